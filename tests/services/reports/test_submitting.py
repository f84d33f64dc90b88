"""Sending a report: what is kept of it, its deadline, danger, and who may send none."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from domain.community import Community
from domain.events import (
    ReportSubmitted,
)
from domain.people.rights import Role
from domain.reports.reports import Relation, State
from services.reports import deadlines, saying_more, submitting, taking_back
from services.reports.submitting import NewReport
from storage.core import blocks, scheduled_tasks
from storage.core.blocks import Blocked
from storage.core.database import Transaction
from storage.core.instants import to_text
from storage.people.people import Person
from storage.reports import reports as store
from storage.reports.reports import NewPart
from tests.services.reporting import known, submitted, words
from tests.support import MONDAY, in_transaction, last_events, person

HOUR = timedelta(hours=1)
PHOTO = NewPart("photo", "Here", "file", "unique")


def staff(tx: Transaction, name: str = "Wei") -> Person:
    return person(tx, name, Role.STAFF)


@in_transaction
def test_a_report_has_a_number_a_deadline_and_all_that_was_said(tx: Transaction, community: Community) -> None:
    mei = person(tx, "Mei")
    sent = NewReport([*words(), PHOTO], "stalls", "b3", "By the gate", 31.2, 121.4)
    number = submitting.submit(tx, community, mei, sent)
    due_at = to_text(MONDAY + timedelta(days=3))
    noted = {"channel": "chat", "category": "stalls", "area": "b3", "department": "order", "due_at": due_at}
    last_events(tx, ReportSubmitted(actor=mei.id, report=number, **noted))
    report = known(tx, number)
    assert (report.person, report.state, report.category, report.area, report.place) == (
        mei.id, State.NEW, "stalls", "b3", "By the gate",
    )  # fmt: skip
    assert (report.latitude, report.longitude, report.recorded_by, report.follows) == (31.2, 121.4, None, None)
    assert report.due_at == MONDAY + timedelta(days=3) and not report.about_person
    parts = [(part.kind, part.text, part.file_id, part.person) for part in store.parts(tx, number)]
    assert parts == [("text", "The lamp is dark", None, mei.id), ("photo", "Here", "file", mei.id)]
    assert scheduled_tasks.planned(tx, f"{deadlines.KIND}:{number}") is not None


@in_transaction
def test_without_a_category_there_is_no_deadline_yet(tx: Transaction, community: Community) -> None:
    number = submitted(tx, community, person(tx, "Mei"))
    assert known(tx, number).due_at is None and scheduled_tasks.planned(tx, f"{deadlines.KIND}:{number}") is None


@in_transaction
def test_out_of_hours_it_says_when_somebody_is_there(tx: Transaction, community: Community) -> None:
    tx.now = datetime(2026, 3, 6, 12, tzinfo=UTC)  # a Friday evening
    mei = person(tx, "Mei")
    number = submitted(tx, community, mei)
    opens = to_text(datetime(2026, 3, 9, 1, tzinfo=UTC))
    last_events(tx, ReportSubmitted(actor=mei.id, report=number, opens=opens, channel="chat"))


@in_transaction
def test_danger_is_due_in_minutes_and_no_later_than_its_category_says(tx: Transaction, community: Community) -> None:
    soon = MONDAY + timedelta(minutes=community.care.danger_minutes)
    for category in (None, "stalls"):
        number = submitted(tx, community, person(tx, "Mei"), "fire", category=category, danger="fire")
        assert (known(tx, number).danger, known(tx, number).due_at) == ("fire", soon)


@in_transaction
def test_a_kind_that_names_people_is_shown_to_nobody_else(tx: Transaction, community: Community) -> None:
    number = submitted(tx, community, person(tx, "Mei"), category="noise")
    assert known(tx, number).about_person


@in_transaction
def test_what_they_have_to_do_with_the_place_is_kept_for_the_next_one(tx: Transaction, community: Community) -> None:
    mei = person(tx, "Mei")
    taking_back.relate(tx, mei, submitted(tx, community, mei), Relation.WORKS)
    assert known(tx, submitted(tx, community, mei)).relation == "works"
    assert known(tx, submitted(tx, community, person(tx, "Bo"))).relation is None


@in_transaction
def test_who_is_blocked_sends_nothing_but_danger(tx: Transaction, community: Community) -> None:
    mei, wei = person(tx, "Mei"), staff(tx)
    number = submitted(tx, community, mei)
    blocks.put(tx, mei.id, wei.id, "Nonsense", MONDAY + HOUR)
    for deed in (
        lambda: submitted(tx, community, mei),
        lambda: saying_more.add(tx, community, mei, number, words()),
        lambda: saying_more.reword(tx, community, mei, number, store.parts(tx, number)[0], "Dark"),
    ):
        with pytest.raises(Blocked):
            deed()
    assert len(tx.query("SELECT 1 FROM reports")) == 1 and len(store.parts(tx, number)) == 1
    assert known(tx, submitted(tx, community, mei, "fire", danger="fire")).danger == "fire"
    tx.now = MONDAY + HOUR
    submitted(tx, community, mei)


@in_transaction
def test_a_kind_that_is_due_sooner_than_danger_stays_so(tx: Transaction, community: Community) -> None:
    slow = replace(community, care=replace(community.care, danger_minutes=10 * 24 * 60))
    number = submitted(tx, slow, person(tx, "Mei"), "fire", category="stalls", danger="fire")
    assert known(tx, number).due_at == MONDAY + timedelta(days=3)
