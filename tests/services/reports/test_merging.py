"""Two reports that are about the same thing: who may merge them, what becomes of both, and out of it again."""

from datetime import timedelta

import pytest

from domain.community import Community
from domain.core.state_machine import WrongState
from domain.events import ReportLetGo, ReportMerged, ReportTakenIn, ReportTakenOut
from domain.people.rights import NotAllowed, Role
from domain.reports.reports import WORKABLE, State
from services.core.errors import AlreadyDone, NotFound
from services.reports import deciding, joining, merging, working
from services.reports.merging import SameAlready
from storage.core.database import Transaction
from storage.core.instants import to_text
from storage.people.people import Person
from storage.reports import reports as store
from storage.reports import supports, verdicts
from tests.services.reporting import known, stands, submitted, words
from tests.support import MONDAY, happened, in_transaction, last_events, person

HOUR = timedelta(hours=1)


def two(tx: Transaction, community: Community) -> tuple[int, int, Person]:
    """Two people's reports, and somebody of staff."""
    numbers = [submitted(tx, community, person(tx, name)) for name in ("Mei", "Bo")]
    return numbers[0], numbers[1], person(tx, "Wei", Role.STAFF)


@in_transaction
def test_only_staff_merge_and_take_out(tx: Transaction, community: Community) -> None:
    one, other, wei = two(tx, community)
    mei = person(tx, "Mei", Role.VOLUNTEER, Role.REPRESENTATIVE, Role.PLEDGER)
    with pytest.raises(NotAllowed):
        merging.merge(tx, community, mei, one, other)
    merging.merge(tx, community, wei, one, other)
    with pytest.raises(NotAllowed):
        merging.take_out(tx, community, mei, one)
    for deed in (
        lambda: merging.merge(tx, community, wei, 999, other),
        lambda: merging.take_out(tx, community, wei, 999),
    ):
        with pytest.raises(NotFound):
            deed()
    with pytest.raises(NotFound):
        merging.merge(tx, community, wei, other, 999)
    assert known(tx, one).merged_into == other


@in_transaction
def test_it_is_part_of_the_other_and_its_people_are_concerned_there(tx: Transaction, community: Community) -> None:
    one, other, wei = two(tx, community)
    joining.join(tx, person(tx, "Eve"), one, words("Here, too"))
    working.take(tx, community, wei, one)
    assert merging.merge(tx, community, wei, one, other).id == other
    last_events(
        tx,
        ReportMerged(actor=wei.id, report=one, into=other, behind=2),
        ReportTakenIn(actor=wei.id, report=other, other=one, behind=3),
    )
    part, whole = known(tx, one), known(tx, other)
    assert (part.state, part.state_before, part.merged_into) == (State.MERGED, State.TAKEN, other)
    assert whole.state is State.NEW and supports.behind(tx, other) == 3
    with pytest.raises(AlreadyDone):
        merging.merge(tx, community, wei, one, other)


@in_transaction
def test_there_are_no_chains_and_no_circles(tx: Transaction, community: Community) -> None:
    one, other, wei = two(tx, community)
    third, fourth = (submitted(tx, community, person(tx, name)) for name in ("Eve", "Cem"))
    merging.merge(tx, community, wei, one, other)
    # Into what is a part: into the whole.
    assert merging.merge(tx, community, wei, third, one).id == other
    for number, into in ((other, other), (other, one), (other, third)):
        with pytest.raises(SameAlready):
            merging.merge(tx, community, wei, number, into)
    # A whole with its parts: all of them go along, and each says where it was.
    merging.merge(tx, community, wei, other, fourth)
    assert [known(tx, number).merged_into for number in (one, other, third)] == [fourth] * 3
    last_events(
        tx,
        ReportMerged(actor=wei.id, report=other, into=fourth, behind=1),
        ReportTakenIn(actor=wei.id, report=fourth, other=other, behind=4),
        ReportMerged(actor=wei.id, report=one, into=fourth, before=other, behind=1),
        ReportTakenIn(actor=wei.id, report=fourth, other=one, behind=4),
        ReportMerged(actor=wei.id, report=third, into=fourth, before=other, behind=1),
        ReportTakenIn(actor=wei.id, report=fourth, other=third, behind=4),
    )


@pytest.mark.parametrize("state", [each for each in State if each not in WORKABLE])
@in_transaction
def test_what_staff_have_no_work_with_becomes_no_part(tx: Transaction, community: Community, state: State) -> None:
    one, other, wei = two(tx, community)
    stands(tx, one, state)
    assert not merging.mergeable(known(tx, one)) and merging.mergeable(known(tx, other))
    with pytest.raises(WrongState):
        merging.merge(tx, community, wei, one, other)


@pytest.mark.parametrize("state", [State.CONFIRMED, State.UNANSWERED, State.DECLINED, State.WITHDRAWN])
@in_transaction
def test_nothing_becomes_part_of_what_is_closed(tx: Transaction, community: Community, state: State) -> None:
    one, other, wei = two(tx, community)
    stands(tx, other, state)
    with pytest.raises(WrongState):
        merging.merge(tx, community, wei, one, other)
    stands(tx, other, State.RESOLVED)
    assert merging.target(tx, one, other).id == other, "while the residents are asked it is open"


@in_transaction
def test_danger_and_what_is_about_a_person_goes_over_to_the_whole(tx: Transaction, community: Community) -> None:
    one, other, wei = two(tx, community)
    store.change(tx, one, danger="fire", due_at=to_text(MONDAY + HOUR), about_person=1)
    store.change(tx, other, due_at=to_text(MONDAY + 9 * HOUR))
    merging.merge(tx, community, wei, one, other)
    whole = known(tx, other)
    assert (whole.danger, whole.due_at, whole.about_person) == ("fire", MONDAY + HOUR, True)


@in_transaction
def test_a_deadline_becomes_no_later_and_another_danger_stays(tx: Transaction, community: Community) -> None:
    one, other, wei = two(tx, community)
    store.change(tx, one, danger="fire", due_at=to_text(MONDAY + 9 * HOUR))
    store.change(tx, other, due_at=to_text(MONDAY + HOUR))
    merging.merge(tx, community, wei, one, other)
    assert (known(tx, other).danger, known(tx, other).due_at) == ("fire", MONDAY + HOUR)
    one, other, wei = two(tx, community)
    store.change(tx, one, danger="fire", due_at=to_text(MONDAY + HOUR))
    store.change(tx, other, danger="gas")
    merging.merge(tx, community, wei, one, other)
    assert (known(tx, other).danger, known(tx, other).due_at) == ("gas", None)


@in_transaction
def test_without_danger_each_keeps_its_deadline(tx: Transaction, community: Community) -> None:
    one, other, wei = two(tx, community)
    store.change(tx, one, due_at=to_text(MONDAY + HOUR))
    merging.merge(tx, community, wei, one, other)
    assert known(tx, other).due_at is None and not known(tx, other).about_person


@pytest.mark.parametrize("before", sorted(WORKABLE))
@in_transaction
def test_out_of_it_again_it_stands_where_it_stood(tx: Transaction, community: Community, before: State) -> None:
    one, other, wei = two(tx, community)
    working.take(tx, community, wei, one)
    stands(tx, one, before)
    merging.merge(tx, community, wei, one, other)
    assert merging.take_out(tx, community, wei, one) == other
    last_events(
        tx,
        ReportTakenOut(actor=wei.id, report=one, before=other),
        ReportLetGo(actor=wei.id, report=other, other=one, behind=1),
    )
    report = known(tx, one)
    assert (report.state, report.assignee) == (before, wei.id)
    assert (report.merged_into, report.state_before, report.closed_at) == (None, None, None)
    with pytest.raises(WrongState):
        merging.take_out(tx, community, wei, one)


@in_transaction
def test_out_of_it_again_its_people_owe_no_answer_about_the_other(tx: Transaction, community: Community) -> None:
    mei, bo, eve, cem = (person(tx, name) for name in ("Mei", "Bo", "Eve", "Cem"))
    wei = person(tx, "Wei", Role.STAFF)
    one, other = submitted(tx, community, mei), submitted(tx, community, bo)
    for who, number in ((eve, one), (eve, other), (cem, one)):
        joining.join(tx, who, number, words("Here, too"))
    merging.merge(tx, community, wei, one, other)
    working.resolve(tx, community, wei, other, words("A new bulb"))
    verdicts.answer(tx, other, 1, cem.id, "yes")
    merging.take_out(tx, community, wei, one)
    asked = [verdicts.of(tx, other, 1, each.id) is not None for each in (mei, bo, eve, cem)]
    assert asked == [False, True, True, True], "Eve joined the other as well; what Cem has said stays"
    with pytest.raises(NotAllowed):
        deciding.decide(tx, community, mei, other, 1, fixed=True)


@in_transaction
def test_those_that_are_alike_and_open_are_offered(tx: Transaction, community: Community) -> None:
    lift = "The lift in building 1 jerks and its door stays open"
    one = submitted(tx, community, person(tx, "Mei"), lift)
    other = submitted(tx, community, person(tx, "Bo"), "The lift jerks between the floors, the door stays open")
    far = submitted(tx, community, person(tx, "Eve"), "Rubbish lies beside the bins")
    closed = submitted(tx, community, person(tx, "Cem"), lift)
    stands(tx, closed, State.CONFIRMED)
    assert [each.id for each in merging.offers(tx, known(tx, one))] == [other]
    store.change(tx, far, title="Rubbish, and the lift jerks with its door open")
    assert {each.id for each in merging.offers(tx, known(tx, one))} == {other, far}, "by what staff wrote, too"
    assert len(happened(tx)) == 4


@in_transaction
def test_without_a_word_nothing_is_offered(tx: Transaction, community: Community) -> None:
    silent = store.add(
        tx, person=person(tx, "Mei").id, category=None, area=None, place=None, latitude=None, longitude=None,
        danger=None, due_at=None,
    )  # fmt: skip
    submitted(tx, community, person(tx, "Bo"))
    assert merging.offers(tx, known(tx, silent)) == []
    store.change(tx, silent, heard="The lamp is dark")
    assert len(merging.offers(tx, known(tx, silent))) == 1, "by what was heard in a voice note"
