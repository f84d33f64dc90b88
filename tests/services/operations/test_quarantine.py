"""Updates that were set aside: only admins look at them, and nobody reads their words."""

from datetime import timedelta

import pytest

from domain.events import UpdateForgotten, UpdateTriedAgain
from domain.people.rights import NotAllowed, Role
from services.core.errors import NotFound
from services.operations import quarantine
from storage.core import inbox
from storage.core.database import Transaction
from tests.support import happened, in_transaction, last_events, person


def aside(tx: Transaction, *updates: int) -> list[int]:
    """These updates came and could not be handled; our numbers of them."""
    inbox.store(tx, [{"update_id": number, "message": {"text": "secret"}} for number in updates])
    numbers = [row["id"] for row in inbox.waiting(tx, 99)]
    for number in numbers:
        inbox.begin_try(tx, number)
        inbox.quarantine(tx, number, "KeyError")
    return numbers


def rows(tx: Transaction) -> list[tuple[str, str, int]]:
    return [tuple(row) for row in tx.query("SELECT state, body, tries FROM inbox ORDER BY id")]


@in_transaction
def test_only_admins_see_and_touch_them(tx: Transaction) -> None:
    (number,) = aside(tx, 1)
    for who in (person(tx, "Mei"), person(tx, "Wei", Role.STAFF, Role.LEAD)):
        for deed in (
            lambda: quarantine.listed(tx, who),  # noqa: B023
            lambda: quarantine.one(tx, who, number),  # noqa: B023
            lambda: quarantine.try_again(tx, who, number),  # noqa: B023
            lambda: quarantine.forget(tx, who, number),  # noqa: B023
        ):
            with pytest.raises(NotAllowed):
                deed()
    assert happened(tx) == [] and rows(tx)[0][0] == "quarantined"


@in_transaction
def test_they_are_listed_by_number_and_reason_the_newest_first(tx: Transaction) -> None:
    admin, numbers = person(tx, "Ada", Role.ADMIN), aside(tx, 1, 2)
    assert [each.id for each in quarantine.listed(tx, admin)] == numbers[::-1]
    one = quarantine.one(tx, admin, numbers[0])
    assert (one.received_at, one.error) == (tx.now, "KeyError") and "secret" not in str(one)
    with pytest.raises(NotFound):
        quarantine.one(tx, admin, 999)


@in_transaction
def test_tried_again_it_is_as_if_it_had_just_come(tx: Transaction) -> None:
    admin, (number,) = person(tx, "Ada", Role.ADMIN), aside(tx, 1)
    quarantine.try_again(tx, admin, number)
    last_events(tx, UpdateTriedAgain(actor=admin.id, update=number))
    ((state, body, tries),) = rows(tx)
    assert (state, tries) == ("new", 0) and "secret" in body
    assert [row["id"] for row in inbox.waiting(tx, 9)] == [number] and "inbox" in tx.signals
    for deed in (quarantine.try_again, quarantine.forget):
        with pytest.raises(NotFound):
            deed(tx, admin, number)


@in_transaction
def test_forgotten_it_is_known_that_it_came_and_not_what_it_said(tx: Transaction) -> None:
    admin, (number, other) = person(tx, "Ada", Role.ADMIN), aside(tx, 1, 2)
    quarantine.forget(tx, admin, number)
    last_events(tx, UpdateForgotten(actor=admin.id, update=number))
    assert rows(tx)[0][:2] == ("done", "{}") and rows(tx)[1][0] == "quarantined"
    assert [each.id for each in quarantine.listed(tx, admin)] == [other]


@in_transaction
def test_after_ninety_days_it_is_forgotten_by_itself(tx: Transaction) -> None:
    (number,) = aside(tx, 1)
    tx.now += quarantine.KEPT
    quarantine.forget_old(tx)
    assert happened(tx) == [], "not before they are over"
    tx.now += timedelta(seconds=1)
    quarantine.forget_old(tx)
    quarantine.forget_old(tx)
    assert happened(tx) == [UpdateForgotten.KIND] and rows(tx)[0][:2] == ("done", "{}")
    last_events(tx, UpdateForgotten(update=number))
