"""After a restore the board shows nothing of anybody until they have said so again."""

from datetime import datetime

import pytest

from domain.calendar.recurrence import weekly
from domain.community import Community
from domain.events import PledgeConsent
from domain.people.rights import Role
from domain.pledges.pledges import Kind, Plan
from services.core.errors import AlreadyDone
from services.pledges import asleep_consents
from services.pledges import pledges as service
from services.pledges.pledges import Promise
from storage.core.database import Transaction
from storage.people.people import Person
from storage.pledges import board, pledges
from tests.support import happened, in_transaction, last_events, person

WEEKEND = Plan(Kind.RECURRING, datetime(2026, 3, 2, 19), weekly(frozenset({5, 6})), 60)


def shown(tx: Transaction, community: Community, name: str) -> tuple[Person, int]:
    """Somebody's promise whose maker's name and photos the board may show."""
    maker = person(tx, name, Role.PLEDGER)
    number = service.make(tx, community, maker, Promise("I sweep", WEEKEND))
    for what in ("name", "photos"):
        service.consent(tx, maker, number, what, given=True)
    return maker, number


def holds(tx: Transaction, number: int) -> list[bool]:
    return [pledges.consent(tx, number, what) is not None for what in ("name", "photos")]


@in_transaction
def test_what_was_shown_before_is_shown_again_and_only_ones_own(tx: Transaction, community: Community) -> None:
    (bo, of_bo), (mei, of_mei) = shown(tx, community, "Bo"), shown(tx, community, "Mei")
    pledges.put_consents_to_sleep(tx)
    assert holds(tx, of_bo) == holds(tx, of_mei) == [False, False] and pledges.makers_asleep(tx) == [bo.id, mei.id]
    asleep_consents.wake(tx, bo)
    last_events(
        tx,
        PledgeConsent(actor=bo.id, pledge=of_bo, what="name", given=True),
        PledgeConsent(actor=bo.id, pledge=of_bo, what="photos", given=True),
    )
    assert holds(tx, of_bo) == [True, True] and holds(tx, of_mei) == [False, False]
    assert pledges.makers_asleep(tx) == [mei.id] and board.CHANGED in tx.signals
    with pytest.raises(AlreadyDone):
        asleep_consents.wake(tx, bo)


@in_transaction
def test_what_they_had_withdrawn_themselves_stays_so(tx: Transaction, community: Community) -> None:
    bo, number = shown(tx, community, "Bo")
    service.consent(tx, bo, number, "photos", given=False)
    pledges.put_consents_to_sleep(tx)
    asleep_consents.wake(tx, bo)
    assert holds(tx, number) == [True, False]


@in_transaction
def test_what_was_said_anew_in_between_is_not_said_twice(tx: Transaction, community: Community) -> None:
    bo, number = shown(tx, community, "Bo")
    pledges.put_consents_to_sleep(tx)
    service.consent(tx, bo, number, "name", given=True)
    count = len(happened(tx))
    asleep_consents.wake(tx, bo)
    assert holds(tx, number) == [True, True] and len(happened(tx)) == count + 1


@in_transaction
def test_where_nothing_sleeps_there_is_nothing_to_wake(tx: Transaction, community: Community) -> None:
    bo, _ = shown(tx, community, "Bo")
    for who in (bo, person(tx, "Eve")):
        with pytest.raises(AlreadyDone):
            asleep_consents.wake(tx, who)
