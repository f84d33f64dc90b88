"""Of whom it counts that they were asked whether it is fixed: who can be written to, at present."""

from domain.community import Community
from domain.events import PersonReachable, PersonUnreachable
from domain.people.rights import Role
from domain.reports.reports import State
from services.reports import joining, working
from services.reports import verdicts as asking
from storage.core.database import Transaction
from storage.reports import verdicts
from tests.services.reporting import stands, submitted, words
from tests.support import in_transaction, person


@in_transaction
def test_out_of_reach_they_count_as_not_asked_and_back_as_asked(tx: Transaction, community: Community) -> None:
    mei, bo, eve, wei = *(person(tx, name) for name in ("Mei", "Bo", "Eve")), person(tx, "Wei", Role.STAFF)
    number = submitted(tx, community, mei)
    for each in (bo, eve):
        joining.join(tx, each, number, words("Here, too"))
    working.resolve(tx, community, wei, number, words("A new bulb"))
    verdicts.answer(tx, number, 1, eve.id, "yes")

    def counts() -> tuple[int, int]:
        tally = verdicts.tally(tx, number, 1)
        return tally.silent, tally.unasked

    assert counts() == (2, 0)
    for each in (bo, eve):
        asking.reach(tx, community, PersonUnreachable(person=each.id, reason="blocked"))
    assert counts() == (1, 1), "what was answered stays answered"
    asking.reach(tx, community, PersonReachable(person=bo.id))
    assert counts() == (2, 0)


@in_transaction
def test_of_what_is_decided_or_of_an_earlier_round_nothing_changes(tx: Transaction, community: Community) -> None:
    mei, wei = person(tx, "Mei"), person(tx, "Wei", Role.STAFF)
    number = submitted(tx, community, mei)
    for _ in range(2):
        working.resolve(tx, community, wei, number, words("A new bulb"))
        stands(tx, number, State.REOPENED)
    asking.reach(tx, community, PersonUnreachable(person=mei.id, reason="blocked"))
    assert [verdicts.tally(tx, number, round_).unasked for round_ in (1, 2)] == [0, 0], "nobody is asked any more"
    working.resolve(tx, community, wei, number, words("A new bulb"))
    asking.reach(tx, community, PersonReachable(person=mei.id))
    asking.reach(tx, community, PersonUnreachable(person=mei.id, reason="blocked"))
    assert [verdicts.tally(tx, number, round_).unasked for round_ in (1, 2, 3)] == [0, 0, 1]
