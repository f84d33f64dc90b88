"""It is broken again: who opens it, for how long, and when it becomes a new report."""

from datetime import timedelta
from typing import Any

import pytest

from domain.community import Community
from domain.core.state_machine import WrongState
from domain.events import ReportAdded, ReportFollowed, ReportJoined, ReportReopened
from domain.people.rights import NotAllowed, Role
from domain.reports.reports import State
from services.core.errors import AlreadyDone, NotFound
from services.reports import (
    deciding,
    joining,
    merging,
    reopen_window,
    reopening,
    saying_more,
    steering,
    submitting,
    working,
)
from services.reports.reopening import TooLate
from services.reports.submitting import NewReport
from storage.core import blocks, scheduled_tasks
from storage.core.blocks import Blocked
from storage.core.database import Transaction
from storage.people import people
from storage.people.people import Person
from storage.reports import reports as stored
from storage.reports import supports
from storage.reports.reports import NewPart
from tests.services.reporting import known, passes, stands, submitted, texts, words
from tests.support import MONDAY, happened, in_transaction, last_events, person

WINDOW = timedelta(days=30)


def closed(tx: Transaction, community: Community, mei: Person, *joined: Person, **more: Any) -> int:
    """A report of Mei's that others joined; Mei has said it is fixed."""
    number = submitted(tx, community, mei, **more)
    for each in joined:
        joining.join(tx, each, number, words(f"{each.name} too"))
    closes(tx, community, number, mei)
    return number


def closes(tx: Transaction, community: Community, number: int, mei: Person) -> None:
    working.resolve(tx, community, person(tx, "Wei", Role.STAFF), number, words("A new bulb"))
    deciding.decide(tx, community, mei, number, known(tx, number).rounds, fixed=True)


@in_transaction
def test_only_those_whose_report_it_is_open_it_again(tx: Transaction, community: Community) -> None:
    mei, bo = person(tx, "Mei"), person(tx, "Bo")
    number = closed(tx, community, mei, bo)
    for who in (person(tx, "Eve"), person(tx, "Wei", Role.STAFF, Role.ADMIN)):
        with pytest.raises(NotAllowed):
            reopening.broken_again(tx, community, who, number)
        with pytest.raises(NotAllowed):
            reopening.say_no(tx, community, who, number, 1)
    for deed in (
        lambda: reopening.broken_again(tx, community, mei, 999),
        lambda: reopening.say_no(tx, community, mei, 999, 1),
    ):
        with pytest.raises(NotFound):
            deed()
    assert reopening.broken_again(tx, community, bo, number) == number
    last_events(tx, ReportReopened(actor=bo.id, report=number, round=1, closed=True, again=True))
    assert known(tx, number).state is State.REOPENED
    with pytest.raises(AlreadyDone):
        reopening.broken_again(tx, community, bo, number)


@in_transaction
def test_for_thirty_days_and_not_a_moment_longer(tx: Transaction, community: Community) -> None:
    mei = person(tx, "Mei")
    number = closed(tx, community, mei)
    assert reopen_window.until(community, known(tx, number)) == MONDAY + WINDOW
    assert scheduled_tasks.planned(tx, f"{reopen_window.KIND}:{number}") == MONDAY + WINDOW
    tx.now = MONDAY + WINDOW
    assert not reopen_window.can_be(tx, community, known(tx, number))
    assert reopening.lately_closed(tx, community, mei, 5) == []
    with pytest.raises(TooLate) as raised:
        reopening.broken_again(tx, community, mei, number)
    assert raised.value.report.id == number
    with pytest.raises(TooLate):
        reopening.say_no(tx, community, mei, number, 1)
    tx.now -= timedelta(seconds=1)
    assert reopening.lately_closed(tx, community, mei, 5) == [number]
    assert reopening.broken_again(tx, community, mei, number) == number
    assert reopen_window.is_over(tx, f"report:{number}") is None, "it is open"


@in_transaction
def test_silence_may_be_broken_by_a_no_at_any_time(tx: Transaction, community: Community) -> None:
    mei = person(tx, "Mei")
    number = submitted(tx, community, mei)
    working.resolve(tx, community, person(tx, "Wei", Role.STAFF), number, words("A new bulb"))
    passes(tx, community, days=8)
    assert known(tx, number).state is State.UNANSWERED and reopen_window.is_over(tx, f"report:{number}") == number
    tx.now += 2 * WINDOW
    assert reopening.say_no(tx, community, mei, number, 1) == number
    last_events(tx, ReportReopened(actor=mei.id, report=number, round=1, closed=True))


@pytest.mark.parametrize("state", [State.DECLINED, State.WITHDRAWN])
@in_transaction
def test_what_ended_otherwise_is_not_broken_again(tx: Transaction, community: Community, state: State) -> None:
    mei = person(tx, "Mei")
    number = submitted(tx, community, mei)
    stands(tx, number, state)
    assert reopen_window.until(community, known(tx, number)) is None
    reopen_window.plan(tx, community, number)
    reopen_window.plan(tx, community, 999)
    assert scheduled_tasks.waiting(tx, f"report:{number}", reopen_window.KIND) == []
    with pytest.raises(WrongState):
        reopening.broken_again(tx, community, mei, number)


@in_transaction
def test_while_it_is_asked_a_no_is_a_no(tx: Transaction, community: Community) -> None:
    mei = person(tx, "Mei")
    number = submitted(tx, community, mei)
    working.resolve(tx, community, person(tx, "Wei", Role.STAFF), number, words("A new bulb"))
    assert reopening.say_no(tx, community, mei, number, 1) == number
    last_events(tx, ReportReopened(actor=mei.id, report=number, round=1, closed=False))
    with pytest.raises(WrongState):
        reopening.say_no(tx, community, mei, number, 0)


@in_transaction
def test_it_is_promised_anew_from_the_day_it_was_opened(tx: Transaction, community: Community) -> None:
    mei = person(tx, "Mei")
    number = closed(tx, community, mei, category="stalls")
    assert known(tx, number).due_at == MONDAY + timedelta(days=3)
    tx.now += timedelta(days=10)
    reopening.broken_again(tx, community, mei, number)
    assert known(tx, number).due_at == MONDAY + timedelta(days=13)


@in_transaction
def test_of_what_was_merged_the_whole_is_opened(tx: Transaction, community: Community) -> None:
    mei, bo, wei = person(tx, "Mei"), person(tx, "Bo"), person(tx, "Wei", Role.STAFF)
    part, whole = submitted(tx, community, mei), submitted(tx, community, bo)
    merging.merge(tx, community, wei, part, whole)
    closes(tx, community, whole, bo)
    assert reopening.lately_closed(tx, community, mei, 5) == [part], "by the number they know"
    assert reopening.broken_again(tx, community, mei, part) == whole
    last_events(tx, ReportReopened(actor=mei.id, report=whole, round=1, closed=True, again=True))


# -- the third time


def reopened_twice(tx: Transaction, community: Community, mei: Person, *joined: Person, **more: Any) -> int:
    number = closed(tx, community, mei, *joined, **more)
    for _ in range(reopening.MOST):
        reopening.broken_again(tx, community, mei, number)
        closes(tx, community, number, mei)
    return number


@in_transaction
def test_the_third_time_it_is_a_new_report_that_names_the_old_one(tx: Transaction, community: Community) -> None:
    mei, bo = person(tx, "Mei"), person(tx, "Bo")
    old = reopened_twice(
        tx, community, mei, bo, category="lighting", area="b3", place="By the stairs", latitude=31.2, longitude=121.4
    )
    saying_more.add(tx, community, mei, old, words("As I said"))
    new = reopening.broken_again(tx, community, mei, old)
    assert new != old and known(tx, old).state is State.CONFIRMED
    last_events(tx, ReportFollowed(actor=mei.id, report=old, by=new))
    report = known(tx, new)
    assert (report.follows, report.category, report.area, report.place) == (old, "lighting", "b3", "By the stairs")
    assert (report.latitude, report.longitude) == (31.2, 121.4)
    assert texts(tx, new, "report") == ["The lamp is dark"], "what they said of it is so again"
    going_on = reopen_window.going_on(tx, known(tx, old), mei.id)
    assert going_on is not None and going_on.id == new
    assert reopen_window.going_on(tx, known(tx, old), bo.id) is None
    # Said once more, it is the same one; with words these are added.
    count = len(happened(tx))
    assert reopening.broken_again(tx, community, mei, old) == new and len(happened(tx)) == count
    assert reopening.broken_again(tx, community, mei, old, words("Quite dark")) == new
    assert happened(tx)[-1] == ReportAdded.KIND and texts(tx, new, "addition") == ["Quite dark"]
    # Another one whose report it was joins it.
    assert reopening.say_no(tx, community, bo, old, 3) == new
    assert happened(tx)[-1] == ReportJoined.KIND and supports.joined(tx, new, bo.id)


@in_transaction
def test_somebody_who_joined_gives_no_place_of_the_other(tx: Transaction, community: Community) -> None:
    mei, bo = person(tx, "Mei"), person(tx, "Bo")
    old = reopened_twice(tx, community, mei, bo, area="b3", place="Flat 502, Mei", latitude=31.2, longitude=121.4)
    new = reopening.broken_again(tx, community, bo, old)
    assert (known(tx, new).person, known(tx, new).place, known(tx, new).area) == (bo.id, None, "b3")
    assert (known(tx, new).latitude, known(tx, new).longitude) == (None, None)
    assert texts(tx, new, "report") == ["Bo too"]


@in_transaction
def test_nobody_joins_what_is_about_a_person(tx: Transaction, community: Community) -> None:
    mei, bo = person(tx, "Mei"), person(tx, "Bo")
    old = reopened_twice(tx, community, mei, bo)
    new = reopening.broken_again(tx, community, mei, old)
    steering.mark_personal(tx, person(tx, "Wei", Role.STAFF), new, True)
    own = reopening.broken_again(tx, community, bo, old)
    assert own not in (old, new) and known(tx, own).person == bo.id


@in_transaction
def test_what_was_opened_long_ago_counts_no_more(tx: Transaction, community: Community) -> None:
    mei = person(tx, "Mei")
    old = closed(tx, community, mei)
    for _ in range(4):
        tx.now += timedelta(days=20)
        assert reopening.broken_again(tx, community, mei, old) == old
        closes(tx, community, old, mei)


@in_transaction
def test_who_is_blocked_opens_it_and_makes_no_new_one(tx: Transaction, community: Community) -> None:
    mei, wei = person(tx, "Mei"), person(tx, "Wei", Role.STAFF)
    old, other = reopened_twice(tx, community, mei), closed(tx, community, mei)
    blocks.put(tx, mei.id, wei.id, "Nonsense", tx.now + timedelta(days=1))
    assert reopening.broken_again(tx, community, mei, other) == other
    with pytest.raises(Blocked):
        reopening.broken_again(tx, community, mei, old)


@in_transaction
def test_for_somebody_without_telegram_staff_open_it_each_time(tx: Transaction, community: Community) -> None:
    chen, wei = people.without_telegram(tx, "Old Chen", "555", "en"), person(tx, "Wei", Role.STAFF)
    number = submitted(tx, community, chen)
    for round_ in range(1, 5):
        working.resolve(tx, community, wei, number, words("A new bulb"))
        deciding.decide(tx, community, wei, number, round_, fixed=True, for_person=chen.id)
        assert reopening.say_no(tx, community, wei, number, round_, for_person=chen.id) == number
        last_events_of_opening(
            tx, ReportReopened(actor=wei.id, report=number, round=round_, spoke_for=chen.id, closed=True)
        )


def last_events_of_opening(tx: Transaction, expected: ReportReopened) -> None:
    (row,) = tx.query("SELECT actor, data FROM events WHERE kind = ? ORDER BY id DESC LIMIT 1", (ReportReopened.KIND,))
    assert row["actor"] == expected.actor and f'"spoke_for": {expected.spoke_for}' in row["data"]


@in_transaction
def test_a_stranger_makes_no_new_report_of_it_either(tx: Transaction, community: Community) -> None:
    mei = person(tx, "Mei")
    old = reopened_twice(tx, community, mei)
    with pytest.raises(NotAllowed):
        reopening.broken_again(tx, community, person(tx, "Eve"), old)
    assert len(tx.query("SELECT 1 FROM reports")) == 1


@in_transaction
def test_with_new_words_the_new_report_says_these(tx: Transaction, community: Community) -> None:
    mei = person(tx, "Mei")
    old = reopened_twice(tx, community, mei)
    new = reopening.broken_again(tx, community, mei, old, words("Dark for the third time"))
    assert texts(tx, new, "report") == ["Dark for the third time"]


@in_transaction
def test_of_a_report_without_words_its_photo_goes_along(tx: Transaction, community: Community) -> None:
    mei = person(tx, "Mei")
    old = submitting.submit(tx, community, mei, NewReport([NewPart("photo", None, "file", "unique")]))
    closes(tx, community, old, mei)
    for _ in range(reopening.MOST):
        reopening.broken_again(tx, community, mei, old)
        closes(tx, community, old, mei)
    (part,) = stored.parts(tx, reopening.broken_again(tx, community, mei, old))
    assert (part.kind, part.text, part.file_id, part.file_unique_id) == ("photo", None, "file", "unique")


@in_transaction
def test_a_no_while_it_was_asked_is_no_reopening_of_what_was_closed(tx: Transaction, community: Community) -> None:
    mei, wei = person(tx, "Mei"), person(tx, "Wei", Role.STAFF)
    number = submitted(tx, community, mei)
    for round_ in range(1, 4):
        working.resolve(tx, community, wei, number, words("A new bulb"))
        reopening.say_no(tx, community, mei, number, round_)
    closes(tx, community, number, mei)
    assert reopening.broken_again(tx, community, mei, number) == number


@in_transaction
def test_while_it_is_open_or_asked_about_it_stays_the_same_report(tx: Transaction, community: Community) -> None:
    mei, bo, wei = person(tx, "Mei"), person(tx, "Bo"), person(tx, "Wei", Role.STAFF)
    number = closed(tx, community, mei, bo, category="stalls")
    reopening.broken_again(tx, community, mei, number)
    closes(tx, community, number, mei)
    tx.now += timedelta(hours=1)
    reopening.broken_again(tx, community, mei, number)
    due_at = known(tx, number).due_at
    tx.now += timedelta(hours=1)
    assert reopening.broken_again(tx, community, bo, number) == number, "it is open: one more says so"
    working.resolve(tx, community, wei, number, words("A new bulb"))
    assert reopening.broken_again(tx, community, bo, number) == number
    assert known(tx, number).due_at == due_at, "what was promised is not over yet"
