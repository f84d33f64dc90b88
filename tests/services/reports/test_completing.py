"""Category and place of a report: who adds or changes them, and what follows for its deadline."""

from datetime import timedelta

import pytest

from domain.community import Community
from domain.events import (
    ReportCompleted,
    ReportPlaceChanged,
)
from domain.people.rights import NotAllowed, Role
from services.core.errors import NotFound
from services.reports import completing, dangers, deadlines, joining, saying_more
from storage.core import scheduled_tasks
from storage.core.database import Transaction
from storage.core.instants import to_text
from storage.people.people import Person
from storage.reports import reports as store
from tests.services.reporting import known, submitted, words
from tests.support import MONDAY, in_transaction, last_events, person

HOUR = timedelta(hours=1)


def staff(tx: Transaction, name: str = "Wei") -> Person:
    return person(tx, name, Role.STAFF)


@in_transaction
def test_its_reporter_and_staff_complete_it_and_nobody_else(tx: Transaction, community: Community) -> None:
    mei, wei = person(tx, "Mei"), staff(tx)
    number = submitted(tx, community, mei)
    with pytest.raises(NotAllowed):
        completing.complete(tx, community, person(tx, "Eve"), number, category="stalls")
    with pytest.raises(NotFound):
        completing.complete(tx, community, wei, number, category="moon")
    with pytest.raises(NotFound):
        completing.complete(tx, community, wei, 999, category="stalls")
    tx.now += HOUR
    completing.complete(tx, community, mei, number, category="stalls")
    last_events(
        tx,
        ReportCompleted(
            actor=mei.id,
            report=number,
            category="stalls",
            department="order",
            due_at=to_text(MONDAY + timedelta(days=3)),
        ),
    )
    assert known(tx, number).due_at == MONDAY + timedelta(days=3), "from when it was sent"
    assert scheduled_tasks.planned(tx, f"{deadlines.KIND}:{number}") is not None
    completing.complete(tx, community, wei, number, category="noise")
    assert known(tx, number).category == "noise" and known(tx, number).about_person


@in_transaction
def test_another_kind_makes_it_no_less_dangerous(tx: Transaction, community: Community) -> None:
    mei = person(tx, "Mei")
    number = submitted(tx, community, mei, "fire", danger="fire")
    soon = known(tx, number).due_at
    completing.complete(tx, community, mei, number, category="stalls")
    assert known(tx, number).due_at == soon


@in_transaction
def test_a_place_is_an_area_or_typed_words_and_a_shared_point_stays(tx: Transaction, community: Community) -> None:
    mei, wei = person(tx, "Mei"), staff(tx)
    number = submitted(tx, community, mei)
    completing.complete(tx, community, mei, number, latitude=31.2, longitude=121.4)
    completing.complete(tx, community, wei, number, place="By the stairs")
    typed = store.parts(tx, number)[-1]
    last_events(tx, ReportCompleted(actor=wei.id, report=number, category=None, part=typed.id))
    report = known(tx, number)
    assert (report.place, report.latitude, report.longitude, typed.text) == (
        "By the stairs",
        31.2,
        121.4,
        "By the stairs",
    )
    completing.complete(tx, community, wei, number, area="b3")
    last_events(tx, ReportCompleted(actor=wei.id, report=number, category=None, area="b3"))
    assert (known(tx, number).area, known(tx, number).place) == ("b3", None)


@in_transaction
def test_a_place_that_is_said_otherwise_leaves_the_words_before(tx: Transaction, community: Community) -> None:
    mei = person(tx, "Mei")
    number = submitted(tx, community, mei)
    completing.change_place(tx, mei, number, None, "By the gate")
    last_events(tx, ReportPlaceChanged(actor=mei.id, report=number, part=None))
    completing.change_place(tx, mei, number, "north-gate", "By the north gate")
    (before,) = [part for part in store.parts(tx, number) if part.purpose == "place"]
    last_events(tx, ReportPlaceChanged(actor=mei.id, report=number, part=before.id, area="north-gate"))
    assert before.text == "By the gate"
    assert (known(tx, number).area, known(tx, number).place) == ("north-gate", "By the north gate")


@in_transaction
def test_another_kind_does_not_make_it_fit_for_others_eyes_again(tx: Transaction, community: Community) -> None:
    mei = person(tx, "Mei")
    number = submitted(tx, community, mei)
    completing.complete(tx, community, mei, number, category="stalls")
    assert not known(tx, number).about_person
    completing.complete(tx, community, mei, number, category="noise")
    completing.complete(tx, community, mei, number, category="stalls")
    assert known(tx, number).about_person, "that is for staff to say"


@in_transaction
def test_who_is_asked_where_a_danger_is_may_say_so_of_a_report_they_joined(
    tx: Transaction, community: Community
) -> None:
    mei, bo = person(tx, "Mei"), person(tx, "Bo")
    number = submitted(tx, community, mei)
    joining.join(tx, bo, number, words("Here, too"))
    saying_more.add(tx, community, bo, number, words("It burns"), "fire")
    rung = dangers.standing(tx, bo.id)
    assert rung is not None
    dangers.ask_where(tx, rung)
    completing.complete(tx, community, bo, number, area="b3")
    last_events(tx, ReportCompleted(actor=bo.id, report=number, category=None, area="b3", into=rung.id))
    assert known(tx, number).area == "b3"
