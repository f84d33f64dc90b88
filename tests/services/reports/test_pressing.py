"""Pressing reports: marked by staff, or so by how many stand behind them or how often they were reopened."""

from datetime import date

import pytest

from domain.community import Community
from domain.core.state_machine import WrongState
from domain.events import ReportMarkedPressing
from domain.figures.periods import Period
from domain.people.rights import NotAllowed, Role
from domain.reports.pressing import PEOPLE, Why
from services.core.errors import AlreadyDone
from services.figures import report_figures
from services.figures.report_figures import Asked
from services.reports import deciding, joining, merging, pressing, taking_back, working
from storage.core.database import Transaction
from tests.services.reporting import known, passes, submitted, words
from tests.support import in_transaction, last_events, person

MARCH = Asked(Period(date(2026, 3, 1), date(2026, 4, 1)))
APRIL = Asked(Period(date(2026, 4, 1), date(2026, 5, 1)))


def solved(tx: Transaction, community: Community, asked: Asked) -> int:
    found = report_figures.of_reports(tx, community, asked, tx.now)
    assert found is not None
    return found.total.urgent_solved


def joined_by(tx: Transaction, number: int, count: int) -> None:
    for each in range(count):
        joining.join(tx, person(tx, f"Neighbour {each}"), number, words("With us, too"))


@in_transaction
def test_staff_mark_it_and_take_the_mark_off(tx: Transaction, community: Community) -> None:
    wei, mei = person(tx, "Wei", Role.STAFF), person(tx, "Mei")
    number = submitted(tx, community, mei)
    with pytest.raises(NotAllowed):
        pressing.mark(tx, mei, number, True)
    version = known(tx, number).version
    pressing.mark(tx, wei, number, True)
    last_events(tx, ReportMarkedPressing(actor=wei.id, report=number, on=True))
    assert pressing.why(tx, known(tx, number)) is Why.MARKED
    assert known(tx, number).version == version, "no button becomes stale by it"
    with pytest.raises(AlreadyDone):
        pressing.mark(tx, wei, number, True)
    pressing.mark(tx, wei, number, False)
    assert pressing.why(tx, known(tx, number)) is None


@in_transaction
def test_ten_people_make_it_pressing_and_one_who_leaves_does_not(tx: Transaction, community: Community) -> None:
    number = submitted(tx, community, person(tx, "Mei"))
    joined_by(tx, number, PEOPLE - 2)
    assert pressing.why(tx, known(tx, number)) is None
    last = person(tx, "The tenth")
    joining.join(tx, last, number, words("Here as well"))
    assert pressing.why(tx, known(tx, number)) is Why.PEOPLE
    working.resolve(tx, community, person(tx, "Wei", Role.STAFF), number, words("Done"))
    assert solved(tx, community, MARCH) == 1
    taking_back.take_back(tx, last, number)
    assert pressing.why(tx, known(tx, number)) is None and solved(tx, community, MARCH) == 0


@in_transaction
def test_those_of_a_merged_report_stand_behind_the_whole(tx: Transaction, community: Community) -> None:
    lead = person(tx, "Lin", Role.LEAD)
    one, other = submitted(tx, community, person(tx, "Mei")), submitted(tx, community, person(tx, "Bo"))
    joined_by(tx, one, 4)
    joined_by(tx, other, 4)
    merging.merge(tx, community, lead, one, other)
    assert pressing.why(tx, known(tx, other)) is Why.PEOPLE and pressing.why(tx, known(tx, one)) is None
    working.resolve(tx, community, lead, other, words("Done"))
    assert solved(tx, community, MARCH) == 1
    merging.take_out(tx, community, lead, one)
    assert solved(tx, community, MARCH) == 0 and pressing.why(tx, known(tx, other)) is None


@in_transaction
def test_the_mark_goes_along_to_the_whole(tx: Transaction, community: Community) -> None:
    lead = person(tx, "Lin", Role.LEAD)
    one, other = submitted(tx, community, person(tx, "Mei")), submitted(tx, community, person(tx, "Bo"))
    pressing.mark(tx, lead, one, True)
    merging.merge(tx, community, lead, one, other)
    assert known(tx, other).pressing
    with pytest.raises(WrongState):
        pressing.mark(tx, lead, one, False)
    working.resolve(tx, community, lead, other, words("Done"))
    assert solved(tx, community, MARCH) == 1, "one problem, however many reports"


@in_transaction
def test_reopened_twice_it_is_pressing_and_solved_once(tx: Transaction, community: Community) -> None:
    lead, mei = person(tx, "Lin", Role.LEAD), person(tx, "Mei")
    number = submitted(tx, community, mei)
    for round_ in (1, 2):
        working.resolve(tx, community, lead, number, words("Done"))
        deciding.decide(tx, community, mei, number, round_, fixed=False)
    assert pressing.why(tx, known(tx, number)) is Why.REOPENED
    assert solved(tx, community, MARCH) == 0, "each time was disputed"
    working.resolve(tx, community, lead, number, words("Really done"))
    deciding.decide(tx, community, mei, number, 3, fixed=True)
    assert solved(tx, community, MARCH) == 1


@in_transaction
def test_a_mark_of_april_changes_no_figure_of_march(tx: Transaction, community: Community) -> None:
    lead, mei = person(tx, "Lin", Role.LEAD), person(tx, "Mei")
    number = submitted(tx, community, mei)
    working.resolve(tx, community, lead, number, words("Done"))
    deciding.decide(tx, community, mei, number, 1, fixed=True)
    passes(tx, community, days=40)
    pressing.mark(tx, lead, number, True)
    assert (solved(tx, community, MARCH), solved(tx, community, APRIL)) == (0, 0)
    working_days = Asked(Period(date(2026, 3, 1), date(2026, 5, 1)))
    assert solved(tx, community, working_days) == 1, "of the time that ends after the mark"
