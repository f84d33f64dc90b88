"""What everybody reads of reports follows what becomes of them; what must not be seen goes at once, and stays gone."""

from dataclasses import replace

import pytest

from domain.community import Community
from domain.events import ReportReleased, ReportTakenOff
from domain.public_reports.shown import PublicState
from domain.reports.reports import State
from services.public_reports import keeping
from services.reports import completing, deciding, merging, reopening, steering, taking_back, working
from storage.core import taken_away
from storage.core.database import Transaction
from storage.operations.take_away_again import Again
from storage.people.people import Person
from storage.public_reports import entries
from storage.reports import reports, supports
from tests.services.public_reports.released import TITLE, listed, release, released, staff
from tests.services.reporting import known, stands, submitted, words
from tests.support import happened, in_transaction, last_events, person

pytestmark = pytest.mark.usefixtures("notices")


def off(tx: Transaction, number: int) -> bool:
    """Nobody else reads of it, by any list or by its address."""
    tx.publish()
    code = entries.code_of(tx, number)
    return known(tx, number).public_title is None and listed(tx) == [] and (
        code is None or entries.by_code(tx, code) is None)  # fmt: skip


@in_transaction
def test_it_stands_where_it_belongs(tx: Transaction, community: Community) -> None:
    number = released(tx, community, staff(tx), person(tx, "Ann"))
    for area in ("", "north", "b3"):
        for category in ("", "lighting"):
            for state in ("", "open"):
                assert listed(tx, area, category, state) == [number], (area, category, state)
    assert listed(tx, "south") == listed(tx, "", "roads") == listed(tx, "", "", "fixed") == []


@in_transaction
def test_its_state_follows(tx: Transaction, community: Community) -> None:
    wei, ann = staff(tx), person(tx, "Ann")
    number = released(tx, community, wei, ann)

    def only_in(state: PublicState) -> None:
        assert [each for each in PublicState if listed(tx, "north", "lighting", each)] == [state]

    only_in(PublicState.OPEN)
    working.take(tx, community, wei, number)
    only_in(PublicState.IN_PROGRESS)
    working.resolve(tx, community, wei, number, words("Done"))
    only_in(PublicState.NOT_CONFIRMED)
    reopening.say_no(tx, community, ann, number, known(tx, number).rounds)
    only_in(PublicState.OPEN)
    working.resolve(tx, community, wei, number, words("Done now"))
    deciding.decide(tx, community, ann, number, known(tx, number).rounds, fixed=True)
    only_in(PublicState.FIXED)


@in_transaction
def test_kind_and_place_follow_and_what_becomes_unfit_goes(tx: Transaction, community: Community) -> None:
    wei = staff(tx)
    number = released(tx, community, wei, person(tx, "Ann"))
    completing.complete(tx, community, wei, number, category="roads", area="garden")
    assert listed(tx, "garden", "roads") == [number] and listed(tx, "north") == listed(tx, "", "lighting") == []
    completing.complete(tx, community, wei, number, category="noise")
    assert off(tx, number), "this kind is about persons"


@in_transaction
def test_about_a_person_or_danger_goes_at_once_and_does_not_come_back(tx: Transaction, community: Community) -> None:
    wei, ann = staff(tx), person(tx, "Ann")
    number = released(tx, community, wei, ann)
    steering.mark_personal(tx, wei, number, True)
    tx.publish()
    last_events(tx, ReportTakenOff(actor=wei.id, report=number, why="unfit"))
    assert off(tx, number)
    steering.mark_personal(tx, wei, number, False)
    assert off(tx, number), "staff look at it anew"
    release(tx, community, wei, number)
    assert listed(tx) == [number]
    reports.change(tx, number, danger="fire")
    assert listed(tx) == [], "also before anything was told of it"


@in_transaction
def test_what_is_taken_back_goes(tx: Transaction, community: Community) -> None:
    wei, ann = staff(tx), person(tx, "Ann")
    number = released(tx, community, wei, ann)
    taking_back.take_back(tx, ann, number)
    assert off(tx, number)
    steering.open_again(tx, community, wei, number)
    assert off(tx, number), "opened again it is not shown by itself"


@in_transaction
def test_where_its_reporter_leaves_it_to_others_staff_look_anew(tx: Transaction, community: Community) -> None:
    wei, ann, bea, cem = staff(tx), person(tx, "Ann"), person(tx, "Bea"), person(tx, "Cem")
    number = released(tx, community, wei, ann)
    for who in (bea, cem):
        supports.add(tx, number, who.id)
    taking_back.take_back(tx, cem, number)
    assert listed(tx) == [number], "one of those who joined has left"
    taking_back.take_back(tx, ann, number)
    assert off(tx, number) and known(tx, number).state is State.NEW


def two(tx: Transaction, community: Community, wei: Person, *, other_too: bool) -> tuple[int, int]:
    """One that is released, and another one of which it becomes a part."""
    number = released(tx, community, wei, person(tx, "Ann"))
    into = submitted(tx, community, person(tx, "Bea"), "It is dark here", area="north-gate")
    if other_too:
        release(tx, community, wei, into, "The lamps at the gate")
    merging.merge(tx, community, wei, number, into)
    tx.publish()
    return number, into


@in_transaction
def test_two_that_become_one_are_one_there_too(tx: Transaction, community: Community) -> None:
    wei = staff(tx)
    number, into = two(tx, community, wei, other_too=True)
    assert listed(tx) == [into] and known(tx, number).public_title is None
    merging.take_out(tx, community, wei, number)
    assert listed(tx) == [into], "and it does not come back by itself"


@in_transaction
def test_what_it_becomes_a_part_of_goes_on_by_its_title_and_address(tx: Transaction, community: Community) -> None:
    wei, ann = staff(tx), person(tx, "Ann")
    number = released(tx, community, wei, ann)
    title, code = known(tx, number).public_title, entries.code_of(tx, number)
    into = submitted(tx, community, person(tx, "Bea"), "It is dark here", area="north-gate")
    merging.merge(tx, community, wei, number, into)
    tx.publish()
    assert title is not None and code is not None
    tx.publish()
    assert "report.released" in happened(tx)[-3:]
    assert known(tx, into).public_title == title and listed(tx, "north-gate") == [into]
    entry = entries.by_code(tx, code)
    assert entry is not None and entry.report.id == into
    assert ReportReleased(actor=wei.id, report=into, wording=title, part_of_it=number).kind == "report.released"


@in_transaction
def test_it_does_not_go_on_where_the_other_is_unfit(tx: Transaction, community: Community) -> None:
    wei = staff(tx)
    number = released(tx, community, wei, person(tx, "Ann"))
    into = submitted(tx, community, person(tx, "Bea"), "It is dark here")
    steering.mark_personal(tx, wei, into, True)
    merging.merge(tx, community, wei, number, into)
    tx.publish()
    assert off(tx, number) and off(tx, into)


@in_transaction
def test_the_night_makes_true_what_the_community_file_changed(tx: Transaction, community: Community) -> None:
    """A kind that is about persons by now, and a building in which only three live."""
    wei, ann = staff(tx), person(tx, "Ann")
    number, other = released(tx, community, wei, ann), released(tx, community, wei, ann)
    completing.complete(tx, community, wei, other, category="roads")
    north = next(area for area in community.areas if area.code == "north")
    smaller = tuple(replace(each, households=3) if each.code == "b3" else each for each in north.children)
    areas = tuple(replace(each, children=smaller) if each.code == "north" else each for each in community.areas)
    kinds = tuple(replace(each, about_person=each.code == "roads") for each in community.categories)
    changed = replace(community, areas=areas, categories=kinds)
    tx.publish()
    keeping.run_due(tx, changed, "program:1", {"after": 0})
    assert listed(tx, "north") == [number] and listed(tx, "b3") == []
    assert known(tx, other).public_title is None


@in_transaction
def test_what_was_taken_off_stays_off_after_a_restore(tx: Transaction, community: Community) -> None:
    wei = staff(tx)
    number = released(tx, community, wei, person(tx, "Ann"))
    title = known(tx, number).public_title
    assert taken_away.waiting(tx) == []
    steering.mark_personal(tx, wei, number, True)
    tx.publish()
    lines = taken_away.waiting(tx)
    reports.change(tx, number, about_person=0, public_title=title)
    keeping.make_true(tx, community, number)
    assert listed(tx) == [number], "as a copy from before has it"
    tx.execute("DELETE FROM taken_away")
    tx.execute("DELETE FROM sqlite_sequence WHERE name = 'taken_away'")
    Again(tx).take(lines)
    assert off(tx, number)


@in_transaction
def test_pages_go_on_behind_what_was_seen_whatever_changes(tx: Transaction, community: Community) -> None:
    wei, ann = staff(tx), person(tx, "Ann")
    numbers = [released(tx, community, wei, ann, f"{TITLE}, {place}") for place in "abcdefg"]
    seen: list[int] = []
    behind = None
    while True:
        found, behind = entries.page(tx, "", "", "", 3, behind)
        seen += [each.report.id for each in found]
        if behind is None:
            break
        if len(seen) == 3:
            steering.mark_personal(tx, wei, seen[-1], True)  # what the address names is gone meanwhile
            stands(tx, seen[0], State.STARTED)
    assert seen == sorted(numbers, reverse=True)
