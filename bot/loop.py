"""The loop: inbox rows become what they cause, in order of arrival.

One transaction a batch, one savepoint an update: an update happens whole or not at all. docs/architecture.md has the
road as a picture.
"""

import asyncio
import json
import sqlite3
import time
import traceback
from datetime import timedelta

import structlog
from telegram import Update

from bot.answers import Answers
from bot.request import INSIDE_UPDATE
from bot.road import RoadApplication
from domain.events import UpdateQuarantined
from handlers.here import CallbackAnswer, Here, Setup, arrive
from services import staff_chat
from storage import inbox
from storage.database import Database, Transaction
from storage.settings import get, put
from storage.trouble import is_trouble

BATCH_ROWS = 50
BATCH_SECONDS = 0.020
UPDATE_SECONDS = 10.0
CAREFUL_ROWS = 50
CAREFUL_TRIES = 3
KEEP_DONE = timedelta(hours=48)
log = structlog.get_logger()


class Loop:
    """Handles inbox rows until stopped."""

    def __init__(self, database: Database, application: RoadApplication, setup: Setup, answers: Answers) -> None:
        self._database = database
        self._application = application
        self._setup = setup
        self._answers = answers
        self._wake = asyncio.Event()
        self._stopping = False
        self._careful = 0
        database.listen("inbox", self._wake.set)

    async def run(self) -> None:
        """Handle updates until `stop`, finishing the batch at hand."""
        if await self._database.run(_note_start):
            # One of the first updates may be what killed the process last time.
            self._careful = CAREFUL_ROWS
            log.warning("unclean_start", one_by_one=self._careful)
        delay = 0.5
        while not self._stopping:
            self._wake.clear()
            try:
                handled = await self._batch()
                delay = 0.5
            except Exception as error:
                if not is_trouble(error):
                    raise
                # No update is blamed and no try counted: the whole batch is done again when storage works again.
                log.error("loop_storage_trouble", error=str(error), retry_in=delay)
                await asyncio.sleep(delay)
                delay = min(delay * 2, 30.0)
                continue
            if not handled:
                await self._wake.wait()
        await self._database.run(put, "running", "no")

    def stop(self) -> None:
        """Begin no further batch; `run` ends after the one at hand."""
        self._stopping = True
        self._wake.set()

    async def _batch(self) -> int:
        """Handle the next rows; returns how many."""
        if self._careful:
            return await self._careful_one()
        started = time.monotonic()
        handled = 0
        async with self._database.transaction() as tx:
            for row in await tx.run(inbox.waiting, BATCH_ROWS):
                await self._one(tx, row)
                handled += 1
                if time.monotonic() - started > BATCH_SECONDS:
                    break
        return handled

    async def _careful_one(self) -> int:
        """One row alone, its try committed before it is made, so that an update which kills the process is found."""
        self._careful -= 1
        rows = await self._database.run(_begin_next)
        for row in rows:
            async with self._database.transaction() as tx:
                if row["tries"] >= CAREFUL_TRIES:
                    await tx.run(_quarantine, row["id"], None, "the program ended each time it was handled")
                else:
                    await self._one(tx, row)
        return len(rows)

    async def _one(self, tx: Transaction, row: sqlite3.Row) -> None:
        try:
            update = self._parse(row["body"])
        except Exception as error:
            log.error("update_unparsable", inbox=row["id"], error=type(error).__name__)
            await tx.run(_quarantine, row["id"], None, f"unparsable: {type(error).__name__}")
            return
        failure: BaseException | None = None
        for attempt in (1, 2):
            failure = await self._attempt(tx, row, update)
            if failure is None:
                return
            log.error(
                "update_failed", inbox=row["id"], update=update.update_id, attempt=attempt,
                error=type(failure).__name__, where=_where(failure),
            )  # fmt: skip
        user = update.effective_user
        await tx.run(_quarantine, row["id"], user.id if user else None, f"{type(failure).__name__} {_where(failure)}")

    def _parse(self, body: str) -> Update:
        update = Update.de_json(json.loads(body), self._application.bot)
        if update is None:
            raise ValueError("an empty update")
        return update

    async def _attempt(self, tx: Transaction, row: sqlite3.Row, update: Update) -> Exception | None:
        """Handle an update in a savepoint of its own. Returns the error that undid it, None when it is done."""
        mark = None
        token = INSIDE_UPDATE.set(True)
        started = time.monotonic()
        try:
            async with asyncio.timeout(UPDATE_SECONDS):
                mark, here = await tx.run(self._open, update)
                self._application.here = here
                await self._application.process_update(update)
                await tx.run(_close, row["id"], here)
        except Exception as error:
            if is_trouble(error):
                raise
            if mark is not None:
                await tx.run(_undo, mark)
            return error
        finally:
            INSIDE_UPDATE.reset(token)
        log.info(
            "update", inbox=row["id"], update=update.update_id, chat=here.chat and here.chat.id,
            person=here.person and here.person.id, ms=round((time.monotonic() - started) * 1000, 1),
        )  # fmt: skip
        return None

    def _open(self, tx: Transaction, update: Update) -> tuple[tuple[int, int], Here]:
        tx.now = self._database.now()
        mark = tx.open_savepoint()
        try:
            here = arrive(tx, self._setup, update)
            _reachable_again(tx, here)
        except BaseException:
            tx.undo_savepoint(mark)
            raise

        def answer(answer: CallbackAnswer) -> None:
            tx.after_commit.append(lambda: self._answers.send(answer))

        here.answer_callback = answer
        return mark, here


def _close(tx: Transaction, inbox_id: int, here: Here) -> None:
    if here.update.callback_query is not None and not here.answered:
        here.pop_up()
    inbox.done(tx, inbox_id)
    if here.forget_text:
        inbox.forget_body(tx, inbox_id)
    tx.close_savepoint()


def _undo(tx: Transaction, mark: tuple[int, int]) -> None:
    tx.undo_savepoint(mark)


def _begin_next(tx: Transaction) -> list[sqlite3.Row]:
    rows = inbox.waiting(tx, 1)
    for row in rows:
        inbox.begin_try(tx, row["id"])
    return rows


def _note_start(tx: Transaction) -> bool:
    """Note that the program runs; True when its last run did not end by itself. Old done rows go at this moment."""
    unclean = get(tx, "running") == "yes"
    put(tx, "running", "yes")
    inbox.forget_done(tx, KEEP_DONE)
    return unclean


def _quarantine(tx: Transaction, inbox_id: int, telegram_id: int | None, error: str) -> None:
    inbox.quarantine(tx, inbox_id, error)
    row = tx.one("SELECT id FROM people WHERE telegram_id = ?", (telegram_id,))
    tx.emit(UpdateQuarantined(update=inbox_id, person=row["id"] if row else None, error=error))
    tx.publish()


def _reachable_again(tx: Transaction, here: Here) -> None:
    """Whoever speaks to us can be written to again. (That the bot was put out of a group is a message too.)"""
    message = here.update.message
    put_out = message is not None and message.left_chat_member is not None
    if here.chat is not None and here.update.my_chat_member is None and not put_out:
        staff_chat.back(tx, here.chat)


def _where(error: BaseException | None) -> str:
    """File, line and function of an error's origin: enough to find it, and none of a person's words."""
    if error is None or error.__traceback__ is None:
        return ""
    last = traceback.extract_tb(error.__traceback__)[-1]
    return f"{'/'.join(last.filename.split('/')[-2:])}:{last.lineno} {last.name}"
