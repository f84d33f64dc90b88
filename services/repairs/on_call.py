"""A promise to be on call is kept by repairs: whoever confirms one has counted it for the volunteer who came."""

from domain.community import Community
from domain.events import PledgeCheckedIn
from domain.pledges.pledges import Answer
from domain.reports.suggest import named_trade
from storage.core.database import Transaction
from storage.pledges import occurrences, pledges


def repair_done(tx: Transaction, community: Community, volunteer: int, trade: str) -> None:
    """Count a repair of that trade for the volunteer's promise to be on call.

    Of several promises for those that speak of the trade; when none does, for the oldest.
    """
    promises = pledges.on_call_of(tx, volunteer)
    named = [each for each in promises if (found := named_trade(each.words, community.trades)) and found.code == trade]
    for pledge in named or promises[:1]:
        checkin = occurrences.say(tx, pledge.id, None, volunteer, Answer.DONE, 1)
        tx.emit(
            PledgeCheckedIn(
                actor=volunteer, pledge=pledge.id, checkin=checkin, occurrence=None, answer=Answer.DONE.value, amount=1
            )
        )
