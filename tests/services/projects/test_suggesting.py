"""What could be a project: many that are alike, and what is reported again and again."""

from datetime import timedelta

import pytest

from domain.community import Community
from domain.people.rights import NotAllowed, Role
from domain.reports.reports import State
from services.projects import bundling, suggesting
from services.reports import steering
from services.staff_room import searching
from storage.core.database import Transaction
from storage.people.people import Person
from tests.services.projects.bundles import made, staff
from tests.services.reporting import stands, submitted
from tests.support import in_transaction, person

LIFT = "The lift in building 3 is stuck again"


def reported(tx: Transaction, community: Community, count: int, text: str = LIFT, **more: str) -> list[int]:
    """So many of them, each with a word of its own."""
    where = {"area": "b1", "category": "lifts"} | more
    mei = person(tx, "Mei", Role.STAFF)  # staff report as much as they like
    return [submitted(tx, community, mei, f"{text}, day {number}", **where) for number in range(count)]


def offered(tx: Transaction, community: Community, actor: Person) -> list[list[int]]:
    return [sorted(each.open) for each in suggesting.suggestions(tx, community, actor)]


@in_transaction
def test_many_open_ones_that_are_alike(tx: Transaction, community: Community) -> None:
    wei = staff(tx)
    lifts = reported(tx, community, 7)
    rats = reported(tx, community, 6, "Rats run around the bins at night", area="north-gate", category="cleaning")
    reported(tx, community, 3, "The lamp over the door flickers", category="lighting")
    assert offered(tx, community, wei) == [lifts, rats]
    found = suggesting.like(tx, community, wei, lifts[2])
    assert found is not None and sorted(found.open) == lifts and found.open[0] == lifts[2]


@in_transaction
def test_those_that_are_not_alike_are_none(tx: Transaction, community: Community) -> None:
    wei = staff(tx)
    for text in ("Rats run around", "The lamp flickers", "Paint peels off", "Somebody parks here", "Benches are wet"):
        reported(tx, community, 1, text)
    assert offered(tx, community, wei) == []


@in_transaction
def test_the_fourth_time_in_ninety_days(tx: Transaction, community: Community) -> None:
    wei = staff(tx)
    long_ago = reported(tx, community, 3)
    tx.now += timedelta(days=suggesting.DAYS + 1)
    lately = reported(tx, community, 3)
    for number in (*long_ago, *lately):
        stands(tx, number, State.CONFIRMED)
    assert offered(tx, community, wei) == [], "nothing of it is open"
    (again,) = reported(tx, community, 1)
    (found,) = suggesting.suggestions(tx, community, wei)
    assert (found.open, sorted(found.closed), found.times) == ([again], lately, 4)


@in_transaction
def test_never_what_is_about_a_person_of_danger_withdrawn_or_in_a_project(
    tx: Transaction, community: Community
) -> None:
    wei = staff(tx)
    personal, withdrawn, taken, *rest = reported(tx, community, 8)
    dangerous = submitted(tx, community, wei, LIFT, area="b1", category="lifts", danger="gas")
    steering.mark_personal(tx, wei, personal, True)
    stands(tx, withdrawn, State.WITHDRAWN)
    bundling.add(tx, wei, made(tx, community, wei).id, taken)
    assert offered(tx, community, wei) == [rest]
    for number in (personal, dangerous, withdrawn, 999):
        assert suggesting.like(tx, community, wei, number) is None
    # One that is in a project finds those that are not.
    found = suggesting.like(tx, community, wei, taken)
    assert found is not None and sorted(found.open) == [taken, *rest]


@in_transaction
def test_older_ones_are_found_by_rare_words(
    tx: Transaction, community: Community, monkeypatch: pytest.MonkeyPatch
) -> None:
    wei = staff(tx)
    monkeypatch.setattr(suggesting, "COMPARED", 3)
    old = reported(tx, community, 4, "The escalator squeaks at the entrance")
    reported(tx, community, 20)
    (newest,) = reported(tx, community, 1, "The escalator squeaks at the entrance")
    searching.put_in(tx, community, 100)
    found = suggesting.like(tx, community, wei, newest)
    assert found is not None and sorted(found.open) == [*old, newest]


@in_transaction
def test_only_staff_ask(tx: Transaction, community: Community) -> None:
    lin = person(tx, "Lin", Role.PLEDGER)
    for deed in (
        lambda: suggesting.suggestions(tx, community, lin),
        lambda: suggesting.like(tx, community, lin, 1),
    ):
        with pytest.raises(NotAllowed):
            deed()
