"""The use cases of pledges on a real database: who may, what is due, what is told once, what silence becomes."""

from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from bot.background.scheduler import Scheduler
from bot.sending.cut_to_fit import TEXT_LIMIT, fit
from bot.tasks import authors, chunk_tasks
from domain.calendar.local_time import instant
from domain.calendar.quiet import QuietHours
from domain.calendar.recurrence import weekly
from domain.community import Windows
from domain.core.state_machine import WrongState
from domain.language.words import Words
from domain.people.rights import NotAllowed, Role
from domain.pledges.pledges import Answer, Kind, Outcome, Plan, Span
from handlers.kit.update_context import Setup
from handlers.pledges import pledge_notices, weekly_list
from services.core.errors import AlreadyDone, NotFound
from services.people import quiet
from services.pledges import checking_in, pledge_reminders, pledges, reminder_schedule
from services.pledges.pledges import BadNumber, NeverDue, Promise, TooMany
from storage.core import scheduled_tasks, sends
from storage.core.database import Database, Transaction
from storage.people import people
from storage.people.people import Person
from storage.pledges import keepers, occurrences
from storage.pledges import pledges as stored
from storage.pledges.keepers import Keeper
from storage.pledges.weekly_lists import note_told
from tests.support import Clock, outbox_of, person

SHANGHAI = ZoneInfo("Asia/Shanghai")
WEEKEND = Plan(Kind.RECURRING, datetime(2026, 3, 2, 19), weekly(frozenset({5, 6})), 60)


@dataclass
class Place:
    database: Database
    setup: Setup
    clock: Clock

    async def tick(self) -> None:
        """Do what is due of the lists of the week."""
        await Scheduler(self.database, {}, chunk_tasks(self.setup)).tick()


@pytest.fixture
def place(database: Database, setup: Setup, clock: Clock, notices: None) -> Place:
    return Place(database, setup, clock)


def published(
    tx: Transaction, setup: Setup, plan: Plan = WEEKEND, words: str = "I sweep", **more: Any
) -> tuple[Person, int]:
    maker, staff = person(tx, "Bo", Role.PLEDGER), person(tx, "Wei", Role.STAFF)
    number = pledges.make(tx, setup.community, maker, Promise(words, plan, **more))
    pledges.approve(tx, setup.community, staff, number)
    return maker, number


def keys(tx: Transaction) -> list[str]:
    return [row["key"] for row in tx.query("SELECT key FROM occurrences ORDER BY starts_at")]


async def test_only_those_who_may_promise_and_only_staff_let_it_on_the_board(place: Place) -> None:
    def run(tx: Transaction) -> None:
        community = place.setup.community
        resident, maker = person(tx, "Mei"), person(tx, "Bo", Role.PLEDGER)
        with pytest.raises(NotAllowed):
            pledges.make(tx, community, resident, Promise("x", WEEKEND))
        number = pledges.make(tx, community, maker, Promise("x", WEEKEND))
        for somebody in (resident, maker):
            with pytest.raises(NotAllowed):
                pledges.approve(tx, community, somebody, number)
            with pytest.raises(NotAllowed):
                pledges.ask_for_change(tx, somebody, number, "no")
        for act in (pledges.pause, pledges.end):
            with pytest.raises(NotAllowed):
                act(tx, resident, number)
        with pytest.raises(NotAllowed):
            pledges.record(tx, community, maker, "Old Chen", maker.id, Promise("x", WEEKEND))
        with pytest.raises(NotFound):
            pledges.thank(tx, resident, number)  # on no board yet
        assert keys(tx) == []

    await place.database.run(run)


async def test_windows_that_are_over_numbers_that_are_none_and_too_many(place: Place) -> None:
    def run(tx: Transaction) -> None:
        past = Windows("past", Words.of({"en": "Past"}), (Span(date(2025, 7, 1), date(2025, 8, 31)),))
        community = replace(place.setup.community, windows=(past,))
        maker = person(tx, "Bo", Role.PLEDGER)
        for plan in (
            Plan(Kind.QUOTA, target=1, windows="past"),
            Plan(Kind.QUOTA, target=1, windows="unknown"),
            Plan(Kind.QUOTA, datetime(2026, 3, 2), target=1, until=date(2026, 3, 1)),
            Plan(Kind.ONCE, datetime(2026, 1, 1), until=date(2026, 2, 1)),
            replace(WEEKEND, until=date(2026, 3, 3)),
        ):
            with pytest.raises(NeverDue):
                pledges.make(tx, community, maker, Promise("x", plan))
        for target in (0, 1_000_000, None):
            with pytest.raises(BadNumber):
                pledges.make(tx, community, maker, Promise("x", Plan(Kind.QUOTA, datetime(2026, 3, 2), target=target,
                                                                      until=date(2026, 12, 31))))  # fmt: skip
        for _ in range(pledges.MOST_EACH):
            pledges.make(tx, community, maker, Promise("x", WEEKEND))
        with pytest.raises(TooMany):
            pledges.make(tx, community, maker, Promise("x", WEEKEND))

    await place.database.run(run)


async def test_a_zone_that_changes_its_rules_moves_what_is_to_come_and_doubles_nothing(place: Place) -> None:
    def run(tx: Transaction) -> None:
        _, number = published(tx, place.setup)
        before = keys(tx)
        # As an older time zone database had it: an hour later.
        tx.execute("UPDATE occurrences SET starts_at = replace(starts_at, 'T11', 'T12')")
        tx.execute("UPDATE occurrences SET outcome = 'kept' WHERE id = 1")
        reminder_schedule.ahead(tx, place.setup.community, f"pledge:{number}")
        rows = tx.query("SELECT key, starts_at FROM occurrences ORDER BY id")
        assert [row["key"] for row in rows] == before
        assert ["T12" in row["starts_at"] for row in rows] == [True, *[False] * (len(rows) - 1)], (
            "what was answered stays"
        )

    await place.database.run(run)


async def test_the_list_of_the_week_is_written_once_and_is_about_the_moment_it_is_sent(place: Place) -> None:
    maker, number = await place.database.run(published, place.setup)
    await place.tick()
    assert await place.database.run(lists) == []
    place.clock.at = datetime(2026, 3, 9, 1, tzinfo=place.clock.at.tzinfo)
    await place.tick()
    await place.tick()
    (row,) = await place.database.run(lists)
    assert row["once"] == f"pledges:{maker.id}:2026-03-09"
    # Whoever has answered before it is sent is not asked any more.
    await place.database.run(lambda tx: checking_in.answer(tx, maker, number, 1, Answer.DONE))
    worded = await place.database.run(weekly_list.word, place.setup, row["subject"], row["content"])
    assert worded is not None and "Sun 8 Mar" in worded["text"] and "Sat 7 Mar" not in worded["text"]
    assert await place.database.run(told) == [None, None, None, None], "nobody got it"
    # While it waits for the network, the next one need not be written: this one will be about then.
    place.clock.advance(days=7)
    await place.tick()
    assert len(await place.database.run(lists)) == 1
    late = await place.database.run(weekly_list.word, place.setup, row["subject"], row["content"])
    assert late is not None and "This comes late: it was due on Monday, 9 March, 09:00" in late["text"]
    assert not any(await place.database.run(told))
    await place.database.run(sent, place.setup, row, late)
    assert (await place.database.run(told)).count(f"pledges:{maker.id}:2026-03-16") == len(late["tells"]) == 5
    await place.database.run(lambda tx: pledges.end(tx, maker, number))
    assert await place.database.run(weekly_list.word, place.setup, row["subject"], row["content"]) is None


async def test_a_list_that_waited_for_weeks_is_the_one_of_that_day_and_knows_what_was_due_meanwhile(
    place: Place,
) -> None:
    maker, _ = await place.database.run(published, place.setup)
    place.clock.at = datetime(2026, 3, 9, 1, tzinfo=place.clock.at.tzinfo)
    await place.tick()
    (row,) = await place.database.run(lists)
    place.clock.advance(days=28)  # stopped before it was sent; now it is sent before anything is due
    late = await place.database.run(weekly_list.word, place.setup, row["subject"], row["content"])
    assert late is not None and "Not said yet: Sat 28 Mar 19:00, Sun 29 Mar 19:00, Sat 4 Apr" in late["text"]
    assert not any(await place.database.run(told)), "it is not sent yet"
    await place.tick()
    assert len(await place.database.run(lists)) == 1
    assert not await place.database.run(pledge_reminders.may_tell, place.setup.community, maker.id)
    await place.database.run(sent, place.setup, row, late)
    await place.tick()
    (only,) = await place.database.run(lists)
    assert only["once"] == f"pledges:{maker.id}:2026-04-06"
    assert not await place.database.run(pledge_reminders.may_tell, place.setup.community, maker.id)
    named = late["text"].count(" Apr 19:00") + late["text"].count(" Mar 19:00")
    assert (await place.database.run(told)).count(only["once"]) == named == len(late["tells"])


async def test_a_list_names_nothing_the_next_one_names_as_well(place: Place) -> None:
    at_nine = Plan(Kind.RECURRING, datetime(2026, 3, 2, 9), weekly(frozenset({0})), 60)
    await place.database.run(lambda tx: published(tx, place.setup, at_nine))
    place.clock.at = datetime(2026, 3, 9, 1, tzinfo=place.clock.at.tzinfo)
    await place.tick()
    (row,) = await place.database.run(lists)
    worded = await place.database.run(weekly_list.word, place.setup, row["subject"], row["content"])
    assert worded is not None and "Mon 9 Mar 09:00" in worded["text"] and "16 Mar" not in worded["text"]


async def test_every_day_of_the_last_two_weeks_is_asked_about(place: Place) -> None:
    daily = Plan(Kind.RECURRING, datetime(2026, 3, 2, 19), "FREQ=DAILY", 60)
    await place.database.run(lambda tx: published(tx, place.setup, daily))
    place.clock.at = datetime(2026, 3, 23, 1, tzinfo=place.clock.at.tzinfo)
    await place.tick()
    (row,) = await place.database.run(lists)
    worded = await place.database.run(weekly_list.word, place.setup, row["subject"], row["content"])
    assert worded is not None and "Not said yet: 14 times, Mon 9 Mar to Sun 22 Mar" in worded["text"]
    assert "7 times, Mon 23 Mar to Sun 29 Mar" in worded["text"]


async def test_a_list_worded_on_two_days_is_still_the_message_of_the_day_it_is_sent(place: Place) -> None:
    maker, _ = await place.database.run(published, place.setup)
    place.clock.at = datetime(2026, 3, 9, 1, tzinfo=place.clock.at.tzinfo)
    await place.tick()
    for _ in range(2):  # worded, and Telegram could not be reached; so again on the next day
        place.clock.advance(days=1)
        (row,) = await place.database.run(lists)
        worded = await place.database.run(weekly_list.word, place.setup, row["subject"], row["content"])
    await place.database.run(sent, place.setup, row, worded)
    (row,) = await place.database.run(lists)
    assert row["once"] == f"pledges:{maker.id}:2026-03-11"


async def test_what_a_message_on_its_way_tells_no_second_one_names(place: Place) -> None:
    _, number = await place.database.run(published, place.setup)
    place.clock.at = datetime(2026, 3, 9, 1, tzinfo=place.clock.at.tzinfo)
    await place.tick()

    def look(tx: Transaction) -> None:
        (row,) = lists(tx)
        first = weekly_list.word(tx, place.setup, row["subject"], row["content"])
        assert first is not None
        sends.claim(tx, [row["id"]], {row["id"]: first["tells"]})
        again = weekly_list.word(tx, place.setup, row["subject"], {**row["content"], "row": row["id"]})
        assert again is not None and again["tells"] == first["tells"], "the same message, sent again"
        # Somebody else looks after the promise since, and their list is due.
        other = person(tx, "Rong", Role.REPRESENTATIVE)
        tx.execute("UPDATE pledges SET keeper = ? WHERE id = ?", (other.id, number))
        assert weekly_list.word(tx, place.setup, f"person:{other.id}", row["content"]) is None
        sends.finish(tx, row["id"], "failed", "never answered")
        second = weekly_list.word(tx, place.setup, f"person:{other.id}", row["content"])
        assert second is not None and second["tells"] == first["tells"], "nobody got it: it is still to be told"

    await place.database.run(look)


async def test_wording_a_list_only_reads(place: Place) -> None:
    await place.database.run(published, place.setup)
    place.clock.at = datetime(2026, 3, 9, 1, tzinfo=place.clock.at.tzinfo)
    await place.tick()
    place.clock.advance(days=28)

    def look(tx: Transaction) -> None:
        (row,) = lists(tx)
        for each in authors(place.setup).values():
            with tx.reading():
                each(tx, row["subject"], {**row["content"], "time": 1, "stage": "start", "broadcast": 0,
                               "monday": "2026-03-09"})  # fmt: skip

    await place.database.run(look)


@pytest.mark.parametrize(("count", "more"), [(pledges.MOST_EACH, 0), (pledges.MOST_EACH + 30, 30)])
async def test_however_many_daily_promises_are_unanswered_the_list_is_one_message(
    place: Place, count: int, more: int
) -> None:
    daily = Plan(Kind.RECURRING, datetime(2026, 3, 2, 19), "FREQ=DAILY", 60)
    words = "我每天晚上都到楼下的小路上走一走，提醒大家遛狗要拴绳，" * 6

    def promise(tx: Transaction) -> None:
        rong, staff = person(tx, "Rong", Role.REPRESENTATIVE), person(tx, "Wei", Role.STAFF)
        for each in range(count):
            pledges.record(
                tx, place.setup.community, staff, f"Old Chen of the {each}th floor " * 3, rong.id, Promise(words, daily)
            )

    await place.database.run(promise)
    place.clock.at = datetime(2026, 3, 23, 3, 30, tzinfo=place.clock.at.tzinfo)
    await place.tick()
    (row,) = await place.database.run(lists)
    for language in ("en", "zh-Hans"):
        await place.database.run(lambda tx, to: tx.execute("UPDATE people SET language = ?", (to,)), language)
        worded = await place.database.run(weekly_list.word, place.setup, row["subject"], row["content"])
        assert worded is not None and fit(worded["text"], TEXT_LIMIT) == worded["text"], "nothing is cut off"
        assert worded["text"].count("14 times") + worded["text"].count("14次") == pledges.MOST_EACH
        assert (f"{more}" in worded["text"].splitlines()[-3]) == bool(more)


def told(tx: Transaction) -> list[str | None]:
    """By which message each time was told of."""
    return [row["told"] for row in tx.query("SELECT told FROM occurrences ORDER BY id")]


def sent(tx: Transaction, setup: Setup, row: dict[str, Any], worded: dict[str, Any] | None) -> None:
    """What follows when a list, worded just now, was sent."""
    assert worded is not None
    weekly_list.note_sent(tx, setup, row["id"], row["subject"], row["content"], tx.now, worded["tells"])
    sends.finish(tx, row["id"], "sent")


def lists(tx: Transaction) -> list[dict[str, Any]]:
    return [row for row in outbox_of(tx) if row["action"] == "worded"]


async def test_ones_own_quiet_hours_hold_for_the_list(place: Place) -> None:
    def prepare(tx: Transaction) -> None:
        maker, _ = published(tx, place.setup)
        quiet.choose(tx, maker, QuietHours(8, 12))

    await place.database.run(prepare)
    place.clock.at = datetime(2026, 3, 9, 1, tzinfo=place.clock.at.tzinfo)
    await place.tick()
    assert await place.database.run(lists) == []
    place.clock.advance(hours=3)
    await place.tick()
    (row,) = await place.database.run(lists)
    assert row["content"]["late"] is not None, "three hours later than it was wanted"


async def test_a_nudge_that_waited_is_true_when_it_is_sent_and_spares_who_caught_up(place: Place) -> None:
    plan = Plan(Kind.QUOTA, datetime(2026, 3, 2), target=80, until=date(2026, 4, 10))
    maker, number = await place.database.run(published, place.setup, plan)
    place.clock.at = datetime(2026, 3, 16, 1, tzinfo=place.clock.at.tzinfo)
    await place.tick()
    place.clock.at = datetime(2026, 3, 22, 4, tzinfo=place.clock.at.tzinfo)  # half-way, at noon
    await place.database.run(lambda tx: tx.execute("DELETE FROM outbox"))  # the list was sent
    await place.database.run(pledge_notices.pace, place.setup, "occurrence:1", "half")
    (row,) = await place.database.run(lists)
    for amount, said in ((30, "30 of 80 are done; 41"), (60, None)):
        await place.database.run(lambda tx, more: checking_in.count(tx, maker, number, 1, more), amount)
        worded = await place.database.run(pledge_notices.word_pace, place.setup, row["subject"], row["content"])
        assert (worded is None) if said is None else (worded is not None and said in worded["text"])


async def test_a_bad_row_holds_up_no_other_list(place: Place) -> None:
    def prepare(tx: Transaction) -> None:
        for _ in range(3):
            published(tx, place.setup)
        tx.execute(
            "UPDATE scheduled_tasks SET subject = 'nobody' WHERE kind = ? AND id = (SELECT max(id) FROM "
            "scheduled_tasks WHERE kind = ?)",
            (reminder_schedule.WEEK_KIND, reminder_schedule.WEEK_KIND),
        )

    await place.database.run(prepare)
    place.clock.at = datetime(2026, 3, 9, 1, tzinfo=place.clock.at.tzinfo)
    await place.tick()
    assert len(await place.database.run(lists)) == 2
    bad = await place.database.run(
        lambda tx: tx.query("SELECT tries, next_due FROM scheduled_tasks WHERE subject = 'nobody'")
    )
    assert [tuple(row) for row in bad] == [(1, "2026-03-09T02:00:00.000000Z")]


async def test_another_time_of_reminding_moves_the_list_and_the_announcements(place: Place) -> None:
    def run(tx: Transaction) -> None:
        maker, _ = published(tx, place.setup)
        community = place.setup.community
        reminder_schedule.choose(tx, community, Keeper(maker.id, 4, 18 * 60, 60))
        assert keepers.of(tx, maker.id) == Keeper(maker.id, 4, 18 * 60, 60)
        week = scheduled_tasks.planned(tx, f"{reminder_schedule.WEEK_KIND}:{maker.id}")
        assert week == instant(datetime(2026, 3, 6, 18), SHANGHAI)
        before = tx.query(
            "SELECT next_due FROM scheduled_tasks WHERE kind = ? ORDER BY next_due", (reminder_schedule.BEFORE_KIND,)
        )
        assert [row["next_due"][:16] for row in before] == [f"2026-03-{day}T10:00" for day in ("07", "08", "14", "15")]
        reminder_schedule.choose(tx, community, Keeper(maker.id, 4, 18 * 60, None))
        assert tx.query("SELECT 1 FROM scheduled_tasks WHERE kind = ?", (reminder_schedule.BEFORE_KIND,)) == []

    await place.database.run(run)


async def test_silence_is_not_reported_only_after_two_weeks_and_two_days_to_answer(place: Place) -> None:
    _, number = await place.database.run(published, place.setup)
    place.clock.at = datetime(2026, 3, 21, 12, tzinfo=place.clock.at.tzinfo)  # the 7th is just two weeks ago
    await place.database.run(asked_again)
    await place.database.run(pledge_reminders.close)
    assert await place.database.run(found, number) == {Outcome.OPEN: 4}, "it was asked about a moment ago"
    place.clock.advance(days=2, seconds=1)
    await place.database.run(pledge_reminders.close)
    assert await place.database.run(found, number) == {Outcome.OPEN: 2, Outcome.NOT_REPORTED: 2}


def asked_again(tx: Transaction) -> None:

    note_told(tx, [1, 2], "pledges:1:2026-03-21")


def found(tx: Transaction, number: int) -> dict[Outcome, int]:
    return occurrences.counts(tx, number)


async def test_a_quota_counts_at_its_end_and_one_on_call_has_none(place: Place) -> None:
    plan = Plan(Kind.QUOTA, datetime(2026, 3, 2), target=3, until=date(2026, 3, 10))
    maker, number = await place.database.run(published, place.setup, plan)
    helper, on_call = await place.database.run(published, place.setup, Plan(Kind.ON_CALL))

    def work(tx: Transaction) -> None:
        checking_in.count(tx, maker, number, 1, 1)
        last = checking_in.count(tx, maker, number, 1, 5)
        assert occurrences.by_id(tx, 1).outcome is Outcome.KEPT  # type: ignore[union-attr]
        checking_in.undo(tx, maker, last)
        with pytest.raises(AlreadyDone):
            checking_in.undo(tx, maker, last)
        with pytest.raises(NotAllowed):
            checking_in.count(tx, helper, number, 1, 1)
        with pytest.raises(BadNumber):
            checking_in.count(tx, maker, number, 1, 0)
        with pytest.raises(BadNumber):
            checking_in.answer(tx, maker, number, 1, Answer.DONE)
        with pytest.raises(NotFound):
            checking_in.count(tx, maker, number, None, 1)
        checking_in.count(tx, helper, on_call, None, 1)
        assert occurrences.amount_of(tx, on_call) == 1

    await place.database.run(work)
    place.clock.advance(days=30)
    await place.database.run(pledge_reminders.close)
    assert await place.database.run(found, number) == {Outcome.NOT_KEPT: 1}
    assert await place.database.run(found, on_call) == {}


async def test_said_otherwise_the_newer_word_counts_and_a_year_later_none(place: Place) -> None:
    maker, number = await place.database.run(published, place.setup)
    place.clock.advance(days=7)

    def change(tx: Transaction) -> None:
        checking_in.answer(tx, maker, number, 1, Answer.CANNOT)
        checking_in.answer(tx, maker, number, 1, Answer.DONE)
        assert [each.answer for each in occurrences.checkins_of(tx, number, 9)] == [Answer.DONE]
        assert occurrences.counts(tx, number)[Outcome.KEPT] == 1
        with pytest.raises(checking_in.NotYet):
            checking_in.answer(tx, maker, number, 3, Answer.DONE)
        checking_in.answer(tx, maker, number, 3, Answer.EXCUSED)

    await place.database.run(change)
    place.clock.advance(days=20)
    with pytest.raises(checking_in.TooLate):
        await place.database.run(lambda tx: checking_in.answer(tx, maker, number, 1, Answer.CANNOT))


async def test_staff_end_the_promise_of_one_who_left_and_nobody_else_does(place: Place) -> None:
    maker, number = await place.database.run(published, place.setup)

    def run(tx: Transaction) -> None:
        with pytest.raises(NotAllowed):
            pledges.end(tx, person(tx, "Mei"), number)
        people.revoke(tx, maker.id, Role.PLEDGER)
        pledges.end(tx, person(tx, "Lin", Role.STAFF), number)
        assert keys(tx) == []
        assert tx.query("SELECT 1 FROM scheduled_tasks WHERE kind = ?", (reminder_schedule.AHEAD_KIND,)) == []
        with pytest.raises(WrongState):
            pledges.resume(tx, place.setup.community, maker, number)

    await place.database.run(run)


async def test_a_consent_is_withdrawn_at_once_and_kept_on_record(place: Place) -> None:
    maker, number = await place.database.run(published, place.setup, show_name=True)

    def run(tx: Transaction) -> None:
        pledges.consent(tx, maker, number, stored.NAME, given=False)
        assert stored.consents(tx, number) == frozenset()
        with pytest.raises(AlreadyDone):
            pledges.consent(tx, maker, number, stored.NAME, given=False)
        with pytest.raises(NotFound):
            pledges.consent(tx, maker, number, "address", given=True)
        pledges.consent(tx, maker, number, stored.NAME, given=True)
        rows = tx.query("SELECT withdrawn_at IS NOT NULL AS over FROM pledge_consents ORDER BY id")
        assert [row["over"] for row in rows] == [1, 0]

    await place.database.run(run)
