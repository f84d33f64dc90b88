"""Handing a report on to somebody outside: to whom, until when, and how staff are reminded to ask them."""

from datetime import UTC, datetime, timedelta

import pytest

from domain.community import Community
from domain.core.state_machine import WrongState
from domain.events import ReportAskAgainDue, ReportAskedAgain, ReportHandedOn
from domain.people.rights import NotAllowed, Role
from domain.reports.reports import WORKABLE, State
from services.core.errors import AlreadyDone, NotFound
from services.reports import completing, handing_on, merging, working
from storage.core import scheduled_tasks
from storage.core.database import Transaction
from storage.core.instants import to_text
from storage.people.people import Person
from tests.services.reporting import known, passes, stands, submitted, texts
from tests.support import MONDAY, happened, in_transaction, last_events, person

DAY = timedelta(days=1)


def handed_on(tx: Transaction, community: Community, to: str = "grid") -> tuple[int, Person]:
    """A report that is with somebody outside, and who handed it on."""
    number, wei = submitted(tx, community, person(tx, "Mei")), person(tx, "Wei", Role.STAFF)
    handing_on.hand_on(tx, community, wei, number, to)
    return number, wei


def reminders(tx: Transaction) -> int:
    return happened(tx).count(ReportAskAgainDue.KIND)


@in_transaction
def test_only_staff_hand_on_and_ask_again(tx: Transaction, community: Community) -> None:
    mei, lao = person(tx, "Mei"), person(tx, "Lao", Role.VOLUNTEER, Role.PLEDGER, Role.REPRESENTATIVE)
    number, wei = submitted(tx, community, mei), person(tx, "Wei", Role.STAFF)
    for who in (mei, lao):
        with pytest.raises(NotAllowed):
            handing_on.hand_on(tx, community, who, number, "grid")
        with pytest.raises(NotAllowed):
            handing_on.asked_again(tx, community, who, number)
    with pytest.raises(NotFound):
        handing_on.hand_on(tx, community, wei, 999, "grid")
    assert known(tx, number).state is State.NEW and len(happened(tx)) == 1


@pytest.mark.parametrize(
    ("to", "kept", "days"),
    [
        ("grid", "grid", 7),
        ("  power   COMPANY ", "grid", 7),
        ("供电公司", "grid", 7),
        ("City roads", "city", 14),
        ("Aunt  Liu", "Aunt Liu", 14),
        ("x" * 100, "x" * handing_on.NAME_LENGTH, 14),
    ],
)
@in_transaction
def test_a_partner_written_out_is_that_partner_and_anybody_else_has_a_name(
    tx: Transaction, community: Community, to: str, kept: str, days: int
) -> None:
    number, wei = handed_on(tx, community, to)
    report, again = known(tx, number), MONDAY + days * DAY
    assert (report.state, report.assignee, report.handed_to) == (State.HANDED_ON, wei.id, kept)
    assert (report.handed_at, report.ask_again_at) == (MONDAY, again)
    is_partner = kept in ("grid", "city")
    assert texts(tx, number, completing.TYPED) == ([] if is_partner else [kept]), "events hold no words of staff"
    part = None if is_partner else tx.query("SELECT max(id) AS id FROM report_parts")[0]["id"]
    partner = kept if is_partner else None
    last_events(
        tx,
        ReportHandedOn(actor=wei.id, report=number, partner=partner, part=part, ask_again_at=to_text(again)),
    )


@in_transaction
def test_it_goes_from_one_to_another_but_not_twice_to_the_same(tx: Transaction, community: Community) -> None:
    number, wei = handed_on(tx, community)
    with pytest.raises(AlreadyDone):
        handing_on.hand_on(tx, community, wei, number, "Power company")
    other = person(tx, "Li", Role.STAFF)
    tx.now += DAY
    handing_on.hand_on(tx, community, other, number, "city")
    report = known(tx, number)
    assert (report.handed_to, report.ask_again_at, report.assignee) == ("city", MONDAY + 15 * DAY, wei.id)


@pytest.mark.parametrize("state", [each for each in State if each not in WORKABLE])
@in_transaction
def test_what_is_closed_or_resolved_is_not_handed_on(tx: Transaction, community: Community, state: State) -> None:
    number = submitted(tx, community, person(tx, "Mei"))
    stands(tx, number, state)
    with pytest.raises(WrongState):
        handing_on.hand_on(tx, community, person(tx, "Wei", Role.STAFF), number, "grid")


@in_transaction
def test_staff_are_reminded_once_on_the_day_when_they_are_there(tx: Transaction, community: Community) -> None:
    tx.now = datetime(2026, 3, 6, 12, tzinfo=UTC)  # a Friday at eight in the evening: nobody is there
    number, _ = handed_on(tx, community)
    passes(tx, community, days=9)
    assert reminders(tx) == 0, "the Friday after at eight in the evening nobody is there either, nor on the Sunday"
    passes(tx, community, days=1)
    assert reminders(tx) == 1
    last_events(tx, ReportAskAgainDue(report=number))
    passes(tx, community, days=90)
    assert reminders(tx) == 1, "once, until they have asked"


@in_transaction
def test_they_are_asked_again_on_the_day_and_the_next_time_is_as_far_away(
    tx: Transaction, community: Community
) -> None:
    number, wei = handed_on(tx, community)
    with pytest.raises(AlreadyDone):
        handing_on.asked_again(tx, community, wei, number)  # it is not yet time
    passes(tx, community, days=8)
    assert reminders(tx) == 1
    handing_on.asked_again(tx, community, wei, number)
    again = MONDAY + 15 * DAY
    last_events(tx, ReportAskedAgain(actor=wei.id, report=number, ask_again_at=to_text(again)))
    assert known(tx, number).ask_again_at == again
    with pytest.raises(AlreadyDone):
        handing_on.asked_again(tx, community, wei, number)
    passes(tx, community, days=7, hours=1)
    assert reminders(tx) == 2


@in_transaction
def test_what_came_back_is_asked_for_no_more(tx: Transaction, community: Community) -> None:
    number, wei = handed_on(tx, community)
    working.take(tx, community, wei, number)
    report = known(tx, number)
    assert (report.handed_to, report.handed_at, report.ask_again_at) == (None, None, None)
    with pytest.raises(WrongState):
        handing_on.asked_again(tx, community, wei, number)
    passes(tx, community, days=30)
    handing_on.run_due(tx, community, "report:999")
    assert reminders(tx) == 0
    handing_on.plan(tx, number)
    handing_on.plan(tx, 999)
    assert scheduled_tasks.waiting(tx, f"report:{number}", handing_on.KIND) == []


@in_transaction
def test_out_of_another_again_it_is_with_them_as_before_and_asked_for_on_its_day(
    tx: Transaction, community: Community
) -> None:
    number, wei = handed_on(tx, community)
    whole = submitted(tx, community, person(tx, "Bo"))
    merging.merge(tx, community, wei, number, whole)
    passes(tx, community, days=8)
    assert reminders(tx) == 0, "it is part of another one"
    merging.take_out(tx, community, wei, number)
    assert known(tx, number).handed_to == "grid"
    passes(tx, community, days=1)
    assert reminders(tx) == 1
