"""The loop: inbox rows become what they cause, in order of arrival; in a crowd, some of the newest beside the oldest.

One transaction a batch, one savepoint an update: an update happens whole or not at all. An update is read and routed
first, which touches no database; then a batch is handled in one hop to the database's thread. docs/architecture.md has
the road as a picture, docs/handling.md what is done when something goes wrong.
"""

import asyncio
import contextlib
import json
import sqlite3
import time
import traceback
from collections import deque
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

import structlog
from telegram import Update

from bot.handling.answers import Answers
from bot.handling.readable import check
from bot.handling.routing import RoutingApplication, Work
from bot.kit.alarm import Alarm
from bot.kit.request import INSIDE_UPDATE
from bot.kit.retrying import Retrying
from domain.events import UpdateQuarantined
from handlers.kit.incoming import Incoming
from handlers.kit.update_context import CallbackAnswer, Setup, UpdateContext, arrive
from handlers.telegram.reading import read_update
from services.staff_room import staff_chat
from storage.core import chats, inbox
from storage.core.database import Database, EventsWithoutEnd, Transaction
from storage.core.settings import SettingKey, get, put
from storage.core.settings import staff_chat as staff_chat_of
from storage.core.trouble import is_trouble
from storage.people import people
from web.metrics import Metrics

BATCH_ROWS = 50
BATCH_SECONDS = 0.020
SHORT_BATCH_SECONDS = 0.010
"""Of a batch with somebody who has just come: their answer, too, waits for a turn at the database."""
INTAKE_FIRST_SECONDS = 0.1
INTAKE_FIRST_EVERY = 1.0
"""While intake brings as much as there can be at once, it goes on alone for a moment, at most once a second: who comes
last of five hundred is else handed over only when half of them are handled."""
NEWCOMERS = 2
"""While more waits than a batch can bear, each also takes so many of those who have just come: five hundred who write
in the same moment would else keep everybody after them waiting for seconds."""
UPDATE_SECONDS = 10.0
CAREFUL_ROWS = 50
CAREFUL_TRIES = 3
KEEP_DONE = timedelta(hours=48)
UNPARSABLE, UNROUTABLE = "unparsable", "unroutable"
"""How the reason begins when an update could not be read, or was in no shape to find its handler by."""
log = structlog.get_logger()


@dataclass
class Routed:
    """An inbox row that was read: what is to be done with it, or (`failure`) why nothing can be."""

    inbox_id: int
    incoming: Incoming | None = None
    work: list[Work] = field(default_factory=list)
    failure: str | None = None


class Loop:
    """Handles inbox rows until stopped. `claim` claims for delivery what a batch has written, in its transaction."""

    def __init__(
        self, database: Database, application: RoutingApplication, setup: Setup, answers: Answers, alarm: Alarm,
        metrics: Metrics | None = None, claim: Callable[[Transaction], None] = lambda _tx: None,
    ) -> None:  # fmt: skip
        self._database = database
        self._application = application
        self._claim = claim
        self._setup = setup
        self._answers = answers
        self._alarm = alarm
        self._metrics = metrics or Metrics()
        self._wake = asyncio.Event()
        self._stopping = asyncio.Event()
        self._started = False
        self._careful = 0
        self._survived: set[int] = set()
        self._waiting: deque[Routed] = deque()
        self._intake_rests = asyncio.Event()
        self._intake_rests.set()
        self._intake_was_first = -INTAKE_FIRST_EVERY
        database.listen("inbox", self._came)
        database.listen("inbox_more", self._more_comes)

    async def run(self) -> None:
        """Handle updates until `stop`, finishing the batch at hand."""
        retrying = Retrying("loop", self._alarm, self._stopping)
        while not self._stopping.is_set():
            self._wake.clear()
            try:
                if not self._started:
                    await self._start()
                handled = await self._batch()
            except Exception as error:
                # No update is blamed and no try counted: the whole batch is done again when storage works again.
                await retrying.failed(error)
                continue
            retrying.worked()
            if handled:
                self._alarm.storage_works()
            else:
                await self._wake.wait()
        if self._started:
            await self._database.run(put, SettingKey.RUNNING, "no")

    def stop(self) -> None:
        """Begin no further batch; `run` ends after the one at hand."""
        self._stopping.set()
        self._wake.set()

    def _came(self) -> None:
        self._intake_rests.set()
        self._wake.set()

    def _more_comes(self) -> None:
        if time.monotonic() - self._intake_was_first >= INTAKE_FIRST_EVERY:
            self._intake_was_first = time.monotonic()
            self._intake_rests.clear()
        self._wake.set()

    async def _let_intake_pass(self) -> None:
        if not self._intake_rests.is_set():
            with contextlib.suppress(TimeoutError):
                async with asyncio.timeout(INTAKE_FIRST_SECONDS):
                    await self._intake_rests.wait()
            self._intake_rests.set()

    async def _start(self) -> None:
        if await self._database.run(_note_start):
            # One of the first updates may be what killed the process last time.
            self._careful = CAREFUL_ROWS
            log.warning("unclean_start", one_by_one=self._careful)
        self._started = True

    async def _batch(self) -> int:
        """Handle the next rows; returns how many."""
        if self._careful:
            return await self._careful_one()
        await self._let_intake_pass()
        seconds = BATCH_SECONDS
        if self._waiting:
            if await self._let_in():
                seconds = SHORT_BATCH_SECONDS
        else:
            for row in await self._database.run(inbox.waiting, BATCH_ROWS):
                self._waiting.append(await self._route(row))
        if not self._waiting:
            return 0
        told = await self._database.run(self._handle_and_claim, seconds)
        for line in told:
            self._waiting.popleft()
            self._count(line)
            log.info("update", **line)
        return len(told)

    async def _let_in(self) -> int:
        """Whoever has just come goes before those who wait since the last batch. Returns how many have."""
        known = {routed.inbox_id for routed in self._waiting}
        for row in await self._database.read(inbox.newcomers, max(known), NEWCOMERS):
            if row["id"] not in known:
                self._waiting.appendleft(await self._route(row))
        return len(self._waiting) - len(known)

    async def _careful_one(self) -> int:
        """One row alone, its try committed before it is made, so that an update which kills the process is found."""
        rows = await self._database.run(_begin_next, self._survived)
        for row in rows:
            if row["tries"] >= CAREFUL_TRIES and row["id"] not in self._survived:
                routed = Routed(row["id"], failure="the program ended each time it was handled")
            else:
                self._survived.add(row["id"])
                routed = await self._route(row)
            for line in await self._database.run(self._handle, [routed]):
                self._count(line)
            self._careful -= 1
        return len(rows)

    def _count(self, line: dict[str, Any]) -> None:
        self._metrics.handled(line["ms"] / 1000, "quarantined" in line)

    # -- reading and routing: on the event loop, without the database

    async def _route(self, row: sqlite3.Row) -> Routed:
        inbox_id = row["id"]
        try:
            update = self._parse(row["body"])
            incoming = read_update(update)
            check(incoming)
        except Exception as error:
            log.error("update_unparsable", inbox=inbox_id, error=type(error).__name__)
            return Routed(inbox_id, failure=f"{UNPARSABLE}: {type(error).__name__}")
        token = INSIDE_UPDATE.set(True)
        try:
            async with asyncio.timeout(UPDATE_SECONDS):
                return Routed(inbox_id, incoming, await self._application.route(update))
        except Exception as error:
            _log_failure(inbox_id, incoming, error)
            return Routed(inbox_id, incoming, failure=f"{UNROUTABLE}: {_words(error)}")
        finally:
            INSIDE_UPDATE.reset(token)

    def _parse(self, body: str) -> Update:
        update = Update.de_json(_without_what_was_pressed(json.loads(body)), self._application.bot)
        if update is None:
            raise ValueError("an empty update")
        return update

    # -- handling: on the database's thread

    def _handle_and_claim(self, tx: Transaction, seconds: float) -> list[dict[str, Any]]:
        told = self._handle(tx, self._waiting, seconds)
        self._claim(tx)
        return told

    def _handle(self, tx: Transaction, batch: Sequence[Routed], seconds: float = BATCH_SECONDS) -> list[dict[str, Any]]:
        """Handle what fits into the time of a batch; returns a line for the log for each."""
        started = time.monotonic()
        told: list[dict[str, Any]] = []
        for routed in batch:
            before = time.monotonic()
            line = self._one(tx, routed)
            told.append({**line, "ms": round((time.monotonic() - before) * 1000, 1)})
            if time.monotonic() - started > seconds:
                break
        return told

    def _one(self, tx: Transaction, routed: Routed) -> dict[str, Any]:
        tx.now = self._database.now()
        happened = len(tx.happened)
        line: dict[str, Any] = {"inbox": routed.inbox_id}
        failure = routed.failure
        if routed.incoming is not None:
            line["update"] = routed.incoming.id
            attempts = 2 if failure is None else 0
            for _ in range(attempts):
                try:
                    ctx = self._handle_all(tx, routed, routed.incoming)
                    line |= {"chat": ctx.chat and ctx.chat.id, "person": ctx.person and ctx.person.id}
                    failure = None
                    break
                except Exception as error:
                    if is_trouble(error):
                        raise
                    _log_failure(routed.inbox_id, routed.incoming, error)
                    failure = _words(error)
                    if isinstance(error, TimeoutError):
                        break  # everybody else has waited long enough
        if failure is not None:
            self._quarantine(tx, routed, failure)
            line["quarantined"] = failure
        return {**line, "happened": tx.happened[happened:]}

    def _handle_all(self, tx: Transaction, routed: Routed, incoming: Incoming) -> UpdateContext:
        """All of an update, or (with an exception) nothing of it."""
        tx.answering = tx.own_chat = tx.thread = None
        tx.holds = False
        with tx.savepoint(), tx.within(UPDATE_SECONDS):
            ctx = self._arrive(tx, incoming)
            for work in routed.work:
                work(ctx)
            if incoming.press is not None and not ctx.answered:
                ctx.pop_up()
            finish = inbox.hold if ctx.held else inbox.done
            finish(tx, routed.inbox_id)
            if ctx.forget_text or ctx.is_elsewhere:
                inbox.forget_body(tx, routed.inbox_id)
            tx.publish()
        return ctx

    def _arrive(self, tx: Transaction, incoming: Incoming) -> UpdateContext:
        ctx = arrive(tx, self._setup, incoming)
        tx.answering = ctx.person.id if ctx.person is not None else None
        tx.own_chat = ctx.chat.id if ctx.chat is not None and ctx.chat.is_private else None
        tx.thread = ctx.thread
        ctx.answer_callback = lambda answer: tx.after_commit.append(lambda: self._answers.send(answer))
        put_out = incoming.message is not None and incoming.message.says_who_left
        # Whoever speaks to us can be written to again. (That the bot was put out of a group is a message too; and its
        # buttons in a group can be pressed when it is there no more.)
        pressed_in_group = incoming.press is not None and ctx.chat is not None and not ctx.chat.is_private
        if ctx.chat is not None and incoming.membership is None and not put_out and not pressed_in_group:
            staff_chat.back(tx, ctx.chat)
        return ctx

    def _quarantine(self, tx: Transaction, routed: Routed, error: str) -> None:
        """Set it aside; say so to who sent it and to the admins. That this, too, may fail must stop nothing."""
        try:
            with tx.savepoint():
                inbox.quarantine(tx, routed.inbox_id, error)
                if _is_elsewhere(tx, routed.incoming):
                    inbox.forget_body(tx, routed.inbox_id)
                person = self._sender(tx, routed.incoming)
                tx.emit(UpdateQuarantined(update=routed.inbox_id, person=person, error=error))
        except Exception as second:
            if is_trouble(second):
                raise
            log.error("quarantine_untold", inbox=routed.inbox_id, error=type(second).__name__, where=_where(second))
            inbox.quarantine(tx, routed.inbox_id, error)
        press = routed.incoming.press if routed.incoming is not None else None
        if press is not None:
            answer = CallbackAnswer(press.id)
            tx.after_commit.append(lambda: self._answers.send(answer))

    def _sender(self, tx: Transaction, incoming: Incoming | None) -> int | None:
        """Who waits for an answer to it: whoever wrote in private or pressed a button, not who chats in a group."""
        if incoming is None or incoming.account is None:
            return None
        if incoming.press is None and (incoming.chat is None or not incoming.chat.is_private):
            return None
        try:
            with tx.savepoint():
                person = self._arrive(tx, incoming).person
        except Exception as error:
            if is_trouble(error):
                raise
            person = people.by_telegram_id(tx, incoming.account.id)
        return None if person is None else person.id


def _is_elsewhere(tx: Transaction, incoming: Incoming | None) -> bool:
    """Whether it comes from a group that is not the staff's: what is said there, and by whom, is not kept."""
    chat = incoming.chat if incoming is not None else None
    if chat is None or chat.is_private:
        return False
    known = chats.by_telegram_id(tx, chat.id)
    return known is None or known.id != staff_chat_of(tx)


def _without_what_was_pressed(update: dict[str, Any]) -> dict[str, Any]:
    """Telegram repeats the message under a pressed button, keyboard and all; what it says we know better ourselves.

    To parse it costs more than all the rest of such an update. Dated 0 it is to PTB what Telegram sends of a message
    that is too old to be shown: a chat and a number.
    """
    press = update.get("callback_query")
    message = press.get("message") if isinstance(press, dict) else None
    if not isinstance(message, dict) or not {"message_id", "chat"} <= message.keys():
        return update
    kept = ("message_id", "chat", "message_thread_id", "is_topic_message")
    named = {**{name: message[name] for name in kept if name in message}, "date": 0}
    return {**update, "callback_query": {**update["callback_query"], "message": named}}


def _begin_next(tx: Transaction, survived: set[int]) -> list[sqlite3.Row]:
    """The next row, its try counted; but once only while the program lives: a full disk is not the row's fault."""
    rows = inbox.waiting(tx, 1)
    for row in rows:
        if row["id"] not in survived:
            inbox.begin_try(tx, row["id"])
    return rows


def _note_start(tx: Transaction) -> bool:
    """Note that the program runs; True when its last run did not end by itself. Old done rows go at this moment."""
    unclean = get(tx, SettingKey.RUNNING) == "yes"
    put(tx, SettingKey.RUNNING, "yes")
    inbox.forget_done(tx, KEEP_DONE)
    return unclean


def _log_failure(inbox_id: int, incoming: Incoming, error: Exception) -> None:
    log.error("update_failed", inbox=inbox_id, update=incoming.id, error=type(error).__name__, where=_where(error))


def _words(error: Exception) -> str:
    where = str(error) if isinstance(error, EventsWithoutEnd) else _where(error)
    return f"{type(error).__name__} {where}"


def _where(error: Exception) -> str:
    """File, line and function of an error's origin: enough to find it, and none of a person's words."""
    if error.__traceback__ is None:
        return ""
    last = traceback.extract_tb(error.__traceback__)[-1]
    return f"{'/'.join(last.filename.split('/')[-2:])}:{last.lineno} {last.name}"
