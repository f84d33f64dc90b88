"""The loop: an update happens whole or not at all, and none keeps the next from being handled."""

import asyncio
import itertools
import sqlite3
from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass, field
from typing import Any

import pytest
from telegram import Update
from telegram.ext import TypeHandler

import bot.handling.loop
import bot.kit.retrying
from bot.handling.answers import Answers
from bot.handling.loop import Loop
from bot.handling.routing import RoutingApplication, build_application
from bot.kit.alarm import Alarm
from bot.kit.request import Request
from domain.events import Event, ReportStarted, UpdateQuarantined
from handlers.kit.update_context import CallbackAnswer, Setup, UpdateContext
from services.people import team
from storage.core import inbox
from storage.core.database import Database, Transaction
from storage.core.settings import get, put
from storage.people import people
from tests.bot.stand_in import TOKEN, StandIn
from tests.support import FEATURES
from tests.waiting import PATIENCE, Gate, LoopClock, until


class Remembered(Answers):
    """Answers to presses, remembered instead of sent."""

    def __init__(self, request: Request) -> None:
        super().__init__(request)
        self.given: list[CallbackAnswer] = []

    def send(self, answer: CallbackAnswer) -> None:
        self.given.append(answer)


@dataclass
class Road:
    """The loop with one handler of the test's own."""

    database: Database
    application: RoutingApplication
    answers: Remembered
    make: Callable[[], Loop]
    tasks: list[tuple[Loop, asyncio.Task[None]]] = field(default_factory=list)

    def handle(self, work: Callable[[UpdateContext], None]) -> None:
        """Every update is handled by this."""

        async def callback(_update: Update, context: Any) -> None:
            context.choose(work)

        self.handle_async(callback)

    def handle_async(self, callback: Callable[..., Any]) -> None:
        self.application.handlers.clear()
        self.application.add_handler(TypeHandler(Update, callback))

    async def take(self, *texts: str) -> None:
        """Updates with these words arrive."""
        first = len(await self.states()) + 1
        await self.database.run(inbox.store, [message(first + number, text) for number, text in enumerate(texts)])

    async def start(self) -> Loop:
        loop = self.make()
        self.tasks.append((loop, asyncio.create_task(loop.run())))
        return loop

    async def stop(self) -> None:
        for loop, task in self.tasks:
            loop.stop()
            await task
        self.tasks.clear()

    async def kill(self) -> None:
        """As a SIGKILL would end it: without a word."""
        for _, task in self.tasks:
            task.cancel()
            await asyncio.wait({task})
        self.tasks.clear()

    async def states(self) -> list[str]:
        found = await self.database.run(lambda tx: tx.query("SELECT state FROM inbox ORDER BY id"))
        return [row["state"] for row in found]

    async def become(self, *states: str) -> None:
        found: list[str] = []

        async def look() -> bool:
            assert all(not task.done() or task.exception() is None for _, task in self.tasks)
            found[:] = await self.states()
            return found == list(states)

        await until(look, lambda: f"{states}; there is {found}")

    async def kept(self) -> list[str]:
        """What handlers have written."""
        rows = await self.database.run(
            lambda tx: tx.query("SELECT key FROM settings WHERE key LIKE 'k:%' ORDER BY rowid")
        )
        return [row["key"][2:] for row in rows]


@pytest.fixture
async def road(database: Database, telegram: StandIn, request_: Request, setup: Setup) -> AsyncIterator[Road]:
    application = build_application(TOKEN, telegram.url, request_, FEATURES)
    await application.initialize()
    answers = Remembered(request_)
    alarm = Alarm(database, request_, setup)
    road = Road(database, application, answers, lambda: Loop(database, application, setup, answers, alarm))
    yield road
    await road.stop()


def message(number: int, text: str, chat: int = 501, kind: str = "private") -> dict[str, Any]:
    who = {"id": 501, "is_bot": False, "first_name": "Mei", "language_code": "en"}
    place = {"id": chat, "type": kind, **({"title": "Staff"} if chat < 0 else {"first_name": "Mei"})}
    return {
        "update_id": number,
        "message": {"message_id": number, "date": 1700000000, "chat": place, "from": who, "text": text},
    }


def press(number: int) -> dict[str, Any]:
    update = message(number, "x")
    update["callback_query"] = {
        "id": f"q{number}", "chat_instance": "c", "data": "v:1:take:0",
        "from": update["message"]["from"], "message": update.pop("message"),
    }  # fmt: skip
    return update


def keep(ctx: UpdateContext, word: str) -> None:
    put(ctx.tx, f"k:{word}", "")


def words(ctx: UpdateContext) -> str:
    return ctx.message.text or ""


async def test_in_order_of_arrival(road: Road) -> None:
    road.handle(lambda ctx: keep(ctx, words(ctx)))
    await road.take(*[f"{number:03}" for number in range(120)])
    await road.start()
    await road.become(*["done"] * 120)
    assert await road.kept() == [f"{number:03}" for number in range(120)]


async def test_who_comes_in_a_crowd_does_not_wait_for_all_of_it(road: Road, monkeypatch: pytest.MonkeyPatch) -> None:
    """Nor are one person's own updates ever turned round."""
    for bound in ("BATCH_SECONDS", "SHORT_BATCH_SECONDS"):
        monkeypatch.setattr(bot.handling.loop, bound, 0.0)  # as slow as can be: each update fills a batch
    road.handle(lambda ctx: keep(ctx, words(ctx)))
    crowd = [message(number, f"{number:03}", chat=1000 + number) for number in range(150)]
    await road.database.run(inbox.store, crowd)
    await road.start()
    while not await road.kept():  # by turns with the loop
        pass
    late = [message(200, "late", chat=7), message(201, "in the group", chat=-7, kind="group")]
    await road.database.run(inbox.store, [*late, message(202, "later", chat=7), message(203, "last", chat=7)])
    await road.become(*["done"] * 154)

    kept = await road.kept()
    assert len(set(kept)) == len(kept) == 154
    assert kept.index("late") < 75 < kept.index("in the group")
    assert kept.index("late") < kept.index("later") < kept.index("last")


async def test_while_as_much_comes_as_can_be_intake_goes_first(road: Road, monkeypatch: pytest.MonkeyPatch) -> None:
    """The last of hundreds is handed over before the first are handled, but nobody is waited for for long."""
    monkeypatch.setattr(bot.handling.loop, "INTAKE_FIRST_SECONDS", 3600.0)
    road.handle(lambda ctx: keep(ctx, words(ctx)))
    await road.start()
    await road.take("first")
    await road.become("done")
    await road.take(*["x"] * inbox.AS_MANY_AS_COME)
    for _ in range(100):  # turns at the database, of which the loop would have had every other
        assert await road.kept() == ["first"]
    await road.take("y")
    await road.become(*["done"] * 102)
    # As much again within a second, and nothing follows: nobody waits for it.
    await road.database.run(inbox.store, [message(1000 + number, "z") for number in range(inbox.AS_MANY_AS_COME)])
    await road.become(*["done"] * 202)


async def test_a_raising_update_costs_only_itself(road: Road) -> None:
    """Tried once more at once, then set aside; nothing of it stays, neither row nor event nor answer to a press."""
    tries: list[str] = []
    published: list[Event] = []
    road.database.publisher = lambda _tx, event: published.append(event)

    def handler(ctx: UpdateContext) -> None:
        tries.append(words(ctx))
        keep(ctx, words(ctx))
        if words(ctx) == "bad":
            ctx.tx.emit(ReportStarted(report=1))
            ctx.answer_callback(CallbackAnswer("undone"))
            raise ValueError("private words")

    road.handle(handler)
    await road.take("one", "bad", "two")
    await road.start()
    await road.become("done", "quarantined", "done")
    assert tries == ["one", "bad", "bad", "two"]
    assert await road.kept() == ["one", "two"]
    assert road.answers.given == []
    (event,) = published
    assert isinstance(event, UpdateQuarantined) and event.update == 2 and event.person is not None
    assert "private words" not in event.error and "test_loop.py" in event.error


async def test_what_raises_once_is_done_the_second_time(road: Road) -> None:
    tries: list[str] = []

    def handler(ctx: UpdateContext) -> None:
        tries.append(words(ctx))
        keep(ctx, f"{words(ctx)}{len(tries)}")
        if len(tries) == 1:
            raise RuntimeError

    road.handle(handler)
    await road.take("x")
    await road.start()
    await road.become("done")
    assert await road.kept() == ["x2"]


async def test_an_unparsable_update_is_set_aside(road: Road) -> None:
    road.handle(lambda ctx: keep(ctx, words(ctx)))
    bodies = [{"update_id": 1, "message": {"message_id": "?"}}, {"update_id": 2, "message": ["x"]}]
    await road.database.run(inbox.store, [*bodies, message(3, "good")])
    await road.start()
    await road.become("quarantined", "quarantined", "done")
    assert await road.kept() == ["good"]


async def test_an_update_of_a_kind_nobody_knows_is_done(road: Road) -> None:
    await road.database.run(inbox.store, [{"update_id": 1}, {"update_id": 2, "new_in_2027": {"a": 1}}])
    await road.start()
    await road.become("done", "done")


async def test_a_quarantine_that_cannot_be_told_stops_nothing(road: Road) -> None:
    """Else the program would end at the same update each time it starts."""

    def publisher(tx: Transaction, event: Event) -> None:
        put(tx, "k:half a notice", "")
        raise LookupError

    road.database.publisher = publisher
    road.handle(lambda ctx: [][int(words(ctx))])
    await road.take("7")
    await road.database.run(inbox.store, [{"update_id": 2, "message": ["x"]}])
    await road.start()
    await road.become("quarantined", "quarantined")
    assert await road.kept() == []


async def test_an_update_whose_events_have_no_end_is_undone_and_quarantined(road: Road) -> None:
    def publisher(tx: Transaction, event: Event) -> None:
        if isinstance(event, ReportStarted):
            tx.emit(ReportStarted(report=1))

    def handler(ctx: UpdateContext) -> None:
        put(ctx.tx, "k:half of it", "")
        if words(ctx) == "0":
            ctx.tx.emit(ReportStarted(report=1))

    road.database.publisher = publisher
    road.handle(handler)
    await road.take("0", "1")
    await road.start()
    await road.become("quarantined", "done")
    (row,) = await road.database.run(lambda tx: tx.query("SELECT error FROM inbox WHERE state = 'quarantined'"))
    assert row["error"].startswith("EventsWithoutEnd") and "report.started, report.started" in row["error"]
    assert await road.database.run(lambda tx: tx.query("SELECT id FROM events WHERE kind = 'report.started'")) == []
    assert await road.kept() == ["half of it"], "of the one that came after it"


async def test_a_press_that_fails_is_answered_all_the_same(road: Road) -> None:
    def handler(ctx: UpdateContext) -> None:
        raise ValueError

    road.handle(handler)
    await road.database.run(inbox.store, [press(1)])
    await road.start()
    await road.become("quarantined")
    assert [answer.query_id for answer in road.answers.given] == ["q1"]


async def test_a_press_nobody_answered_gets_its_little_clock_stopped(road: Road) -> None:
    road.handle(lambda ctx: None)
    await road.database.run(inbox.store, [press(1)])
    await road.start()
    await road.become("done")
    assert road.answers.given == [CallbackAnswer("q1")]


async def test_chatter_in_a_group_gets_no_apology(road: Road) -> None:
    published: list[Event] = []
    road.database.publisher = lambda _tx, event: published.append(event)
    road.handle(lambda ctx: [][0])
    await road.database.run(inbox.store, [message(1, "lunch?", chat=-100, kind="supergroup")])
    await road.start()
    await road.become("quarantined")
    assert [event.person for event in published if isinstance(event, UpdateQuarantined)] == [None]


# -- handlers that take too long


async def test_a_handler_that_waits_for_ever(road: Road, monkeypatch: pytest.MonkeyPatch) -> None:
    """Nobody else waits with it: it holds no transaction."""
    clock, waits = LoopClock(monkeypatch), asyncio.Event()

    async def callback(update: Update, context: Any) -> None:
        context.choose(lambda ctx: keep(ctx, words(ctx)))
        if update.message is not None and update.message.text == "for ever":
            waits.set()
            await asyncio.Event().wait()

    road.handle_async(callback)
    await road.take("for ever", "next")
    await road.start()
    await asyncio.wait_for(waits.wait(), PATIENCE)
    await road.database.run(put, "k:meanwhile", "")
    assert await road.states() == ["new", "new"]
    clock.advance(bot.handling.loop.UPDATE_SECONDS)
    await road.become("quarantined", "done")
    assert await road.kept() == ["meanwhile", "next"]


async def test_a_handler_that_writes_for_ever(road: Road, monkeypatch: pytest.MonkeyPatch) -> None:
    """Its thread cannot be stopped, but its statements are: none comes after the rollback."""
    monkeypatch.setattr(bot.handling.loop, "UPDATE_SECONDS", 0.2)
    tries: list[str] = []
    numbers = itertools.count()

    def handler(ctx: UpdateContext) -> None:
        tries.append(words(ctx))
        keep(ctx, words(ctx))
        while words(ctx) == "slow":
            keep(ctx, f"{next(numbers)}")

    road.handle(handler)
    await road.take("slow", "next")
    await road.start()
    await road.become("quarantined", "done")
    assert tries == ["slow", "next"], "once is enough"
    assert await road.kept() == ["next"]


async def test_a_handler_may_not_call_telegram(road: Road, telegram: StandIn) -> None:
    async def callback(_update: Update, context: Any) -> None:
        await context.bot.send_message(501, "now")

    road.handle_async(callback)
    await road.take("x")
    await road.start()
    await road.become("quarantined")
    assert telegram.of("sendMessage") == []


# -- the disk


async def full(database: Database, pages: int = 1) -> None:
    await database.run_in_database_thread(lambda: database.connection.execute(f"PRAGMA max_page_count={pages}"))


def large(ctx: UpdateContext) -> None:
    keep(ctx, words(ctx))
    ctx.answer_callback(CallbackAnswer(words(ctx)))
    if words(ctx) == "large":
        put(ctx.tx, "k:large content", "x" * 200_000)


def handle_large(road: Road) -> list[str]:
    """Every update is handled by `large`; the words of those that were tried, as often as they were."""
    tries: list[str] = []

    def handler(ctx: UpdateContext) -> None:
        tries.append(words(ctx))
        large(ctx)

    road.handle(handler)
    return tries


@pytest.mark.parametrize("swallow", [False, True])
async def test_a_full_disk_blames_nobody(road: Road, monkeypatch: pytest.MonkeyPatch, swallow: bool) -> None:
    """The batch is done again from the beginning; nothing that was gathered in memory goes out before."""
    monkeypatch.setattr(bot.kit.retrying, "FIRST_DELAY", 0.02)
    monkeypatch.setattr(bot.handling.loop, "BATCH_SECONDS", 60.0)  # a busy machine leaves all three in one batch
    tries: list[str] = []

    def handler(ctx: UpdateContext) -> None:
        tries.append(words(ctx))
        try:
            large(ctx)
        except sqlite3.Error:
            if not swallow:
                raise

    road.handle(handler)
    await road.take("one", "large", "two")
    await full(road.database)
    await road.start()
    await until(lambda: tries.count("one") >= 4, "it to be tried again")
    assert await road.states() == ["new", "new", "new"]
    assert (await road.kept(), road.answers.given) == ([], [])
    await full(road.database, 100_000)
    await road.become("done", "done", "done")
    assert await road.kept() == ["one", "large", "large content", "two"]
    assert [answer.query_id for answer in road.answers.given] == ["one", "large", "two"]


async def test_a_full_disk_counts_no_tries_even_in_careful_mode(road: Road, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bot.kit.retrying, "FIRST_DELAY", 0.01)
    monkeypatch.setattr(bot.kit.retrying, "LONGEST_DELAY", 0.01)
    await road.database.run(put, "running", "yes")
    tries = handle_large(road)
    await road.take("large")
    await full(road.database)
    await road.start()
    await until(lambda: len(tries) >= 4, "it to be tried again")
    await full(road.database, 100_000)
    await road.become("done")
    assert (await road.database.run(lambda tx: tx.query("SELECT tries FROM inbox")))[0]["tries"] == 1


async def test_admins_are_told_directly_that_the_disk_is_full(
    road: Road, telegram: StandIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    def admin(tx: Transaction) -> None:
        team.grant_by_setting(tx, [777], "en")

    await road.database.run(admin)
    monkeypatch.setattr("bot.kit.alarm.PATIENCE", 0.1)
    for delay in ("FIRST_DELAY", "LONGEST_DELAY"):
        monkeypatch.setattr(bot.kit.retrying, delay, 0.05)
    tries = handle_large(road)
    await road.take("large")
    await full(road.database)
    await road.start()
    await telegram.sees(lambda: telegram.of("sendMessage"))
    before = len(tries)
    await until(lambda: len(tries) >= before + 4, "it to be tried again")
    (told,) = telegram.of("sendMessage")
    assert told["chat_id"] == 777 and "disk" in told["text"]
    await full(road.database, 100_000)
    await telegram.sees(lambda: len(telegram.of("sendMessage")) == 2)


async def test_stopping_does_not_wait_for_a_full_disk(road: Road, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bot.kit.retrying, "FIRST_DELAY", 3600.0)
    tries = handle_large(road)
    await road.take("large")
    await full(road.database)
    await road.start()
    await until(lambda: tries, "it to be tried")
    await asyncio.wait_for(road.stop(), PATIENCE)
    await full(road.database, 100_000)


# -- ends, clean and unclean


async def test_an_update_that_kills_the_program_is_found(road: Road) -> None:
    """After unclean ends updates run one by one, their try committed first."""
    started = asyncio.Event()

    async def killer(_update: Update, _context: Any) -> None:
        started.set()
        await asyncio.Event().wait()  # the kill comes here

    road.handle_async(killer)
    await road.take("killer", "innocent")
    for _ in range(4):  # once in a batch, three times alone
        started.clear()
        await road.start()
        await asyncio.wait_for(started.wait(), PATIENCE)
        await road.kill()
    road.handle(lambda ctx: keep(ctx, words(ctx)))
    await road.start()
    await road.become("quarantined", "done")
    assert await road.kept() == ["innocent"]


async def test_a_clean_stop_finishes_the_batch_and_is_remembered(road: Road, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bot.handling.loop, "BATCH_SECONDS", 0.0)  # each update fills a batch
    gate = Gate()

    def handler(ctx: UpdateContext) -> None:
        gate.wait()
        keep(ctx, words(ctx))

    road.handle(handler)
    await road.take("one", "two")
    loop = await road.start()
    await gate.reached()
    loop.stop()
    gate.open()
    await road.stop()
    assert (await road.states(), await road.kept()) == (["done", "new"], ["one"])
    assert await road.database.run(get, "running") == "no"
    await road.start()
    await road.become("done", "done")


async def test_who_speaks_can_be_written_to_again(road: Road) -> None:
    road.handle(lambda ctx: None)
    await road.take("hello")
    await road.start()
    await road.become("done")

    def lose(tx: Transaction) -> None:
        tx.execute("UPDATE chats SET unreachable = 'blocked'")

    await road.database.run(lose)
    await road.take("hello again")
    await road.become("done", "done")
    reachable = await road.database.run(lambda tx: people.by_telegram_id(tx, 501))
    assert reachable is not None
    rows = await road.database.run(lambda tx: tx.query("SELECT unreachable FROM chats"))
    assert rows[0]["unreachable"] is None
