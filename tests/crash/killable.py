"""The bot, in a process that kills itself at a named point: `CRASH_AT` is `point:n`, the n-th passage.

The points are put around functions of the real program from outside; the program itself knows nothing of them. The
same way takes one of its promises out (`SABOTAGE`), to show that the check would notice.
"""

import asyncio
import functools
import os
import signal
import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any

import bot.application
import bot.background.exporter
import bot.background.figures_writer
import bot.features
import bot.handling.loop
import bot.sending.delivery
import bot.sending.row_to_call
import handlers.operations.downtime_notices
import storage.broadcasts.recipients
import storage.core.backup
import storage.core.inbox
import storage.core.migrate
import storage.core.outbox
import storage.core.scheduled_tasks
import storage.repairs.repairs
from bot.__main__ import app
from bot.background.counting import Counting
from bot.handling.answers import Answers
from bot.handling.loop import Loop
from bot.intake.polling import Polling
from handlers.repairs import volunteer_card
from storage.core.database import Database, Transaction

POINTS = {
    # point → up to which passage it is worth waiting for
    "store.inside": 6,
    "store.after_commit": 6,
    "offset_moved": 6,
    "_note_start.after_commit": 1,
    "_begin_next.after_commit": 25,
    "update.inside": 25,
    "update.done": 25,
    "_handle.before_commit": 20,
    "_handle.after_commit": 20,
    "_handle_and_claim.before_commit": 20,
    "_handle_and_claim.after_commit": 20,
    "report.submitted.before_commit": 2,
    "report.submitted.after_commit": 2,
    "report.answered.after_commit": 1,
    "report.resolved.before_commit": 1,
    "_recover.before_commit": 1,
    "_recover.after_commit": 1,
    "_mark_and_claim.before_commit": 25,
    "_mark_and_claim.after_commit": 25,
    "send.before": 20,
    "send.after": 20,
    "topic.made": 1,
    "answer.before": 4,
    "promote.before_commit": 2,
    "draft.reminded.before_commit": 1,
    "draft.reminded.after_commit": 1,
    "program.out_of_reach.before_commit": 1,
    "program.out_of_reach.after_commit": 1,
    "ask_again.inside": 1,
    "_chunk.before_commit": 2,
    "_chunk.after_commit": 2,
    "_tidy.before_commit": 1,
}
MIGRATION_POINTS = {"backup.made": 1, "migration.statement": 3, "migration.applied": 1}
SABOTAGES = ("inbox", "outbox", "claim", "take", "address", "forget", "list")
LATE = 0.25


class Trap:
    """Counts passages of one point, and ends the process at the n-th as a power cut would."""

    def __init__(self, crash_at: str) -> None:
        self._point, _, number = crash_at.partition(":")
        self._left = int(number or 0)
        self._lock = threading.Lock()

    def passes(self, point: str) -> None:
        """Somebody comes by."""
        if point != self._point:
            return
        with self._lock:
            self._left -= 1
            if self._left == 0:
                os.kill(os.getpid(), signal.SIGKILL)

    def around(self, owner: Any, name: str, *, before: str = "", after: str = "") -> None:
        """Put points before and after a function or coroutine function of a module or class."""
        original: Callable[..., Any] = getattr(owner, name)

        @functools.wraps(original)
        def plain(*args: Any, **kwargs: Any) -> Any:
            self.passes(before)
            result = original(*args, **kwargs)
            self.passes(after)
            return result

        @functools.wraps(original)
        async def awaited(*args: Any, **kwargs: Any) -> Any:
            self.passes(before)
            result = await original(*args, **kwargs)
            self.passes(after)
            return result

        setattr(owner, name, awaited if asyncio.iscoroutinefunction(original) else plain)

    def set(self) -> None:
        """Put all points into the program."""
        self._around_commits()
        self.around(storage.core.inbox, "store", after="store.inside")
        self.around(Polling, "_store", after="offset_moved")
        self.around(storage.core.inbox, "done", before="update.inside")
        self.around(Loop, "_one", after="update.done")
        self.around(bot.sending.delivery, "send", before="send.before", after="send.after")
        self.around(bot.sending.row_to_call, "_make_topic", after="topic.made")
        self.around(Answers, "_send", before="answer.before")
        self.around(Counting, "count", before="counting.before", after="counting.after")
        self.around(bot.background.figures_writer, "draw", before="drawing.before", after="drawing.after")
        self.around(bot.background.exporter, "make", before="exporting.before", after="exporting.after")
        self._around_task(handlers.operations.downtime_notices.ASK_AGAIN, after="ask_again.inside")
        self.around(storage.core.migrate, "back_up", after="backup.made")
        self.around(storage.core.migrate, "_apply", after="migration.applied")
        statements = storage.core.migrate._statements

        def stopped(script: str) -> Any:
            for statement in statements(script):
                yield statement
                self.passes("migration.statement")

        storage.core.migrate._statements = stopped

    def _around_task(self, kind: str, *, after: str) -> None:
        """Put a point after what is done when something of that kind is due, whichever feature it is of."""
        (tasks,) = [each.tasks for each in bot.features.FEATURES if kind in each.tasks]
        run = tasks[kind]

        def pointed(*args: Any) -> None:
            run(*args)
            self.passes(after)

        tasks[kind] = pointed  # type: ignore[index]

    def _around_commits(self) -> None:
        """A transaction is known by the function it runs and by what happened in it; it has two points for each."""
        run, commit = Database.run, Database._commit

        async def named_run(database: Database, function: Any, *args: Any, **kwargs: Any) -> Any:
            @functools.wraps(function)
            def named(tx: Transaction, *args: Any, **kwargs: Any) -> Any:
                tx.crash_name = function.__name__  # type: ignore[attr-defined]
                return function(tx, *args, **kwargs)

            return await run(database, named, *args, **kwargs)

        def pointed_commit(database: Database, tx: Transaction) -> None:
            names = [getattr(tx, "crash_name", "")] + [what.partition(" ")[0] for what in tx.happened]
            for name in names:
                self.passes(f"{name}.before_commit")
            commit(database, tx)
            for name in names:
                self.passes(f"{name}.after_commit")

        Database.run = named_run  # type: ignore[method-assign, assignment]
        Database._commit = pointed_commit  # type: ignore[method-assign]


def _acknowledge_before_storing() -> None:
    """Door one taken out: Telegram is told that we have them, and they are stored once it has heard so."""
    store, fetch = Polling._store, Polling._fetch
    told: list[Any] = []

    async def late(polling: Polling, updates: list[Any]) -> None:
        told.extend(updates)
        polling._offset = max(update["update_id"] for update in updates) + 1

    async def fetched(polling: Polling) -> list[Any]:
        found = await fetch(polling)
        if told:
            offset = polling._offset
            await store(polling, told)
            told.clear()
            polling._offset = offset
        return found

    Polling._store = late  # type: ignore[method-assign]
    Polling._fetch = fetched  # type: ignore[method-assign]


def _write_outbox_afterwards() -> None:
    """Door two taken out: the rows are written in a transaction of their own, after the one that caused them."""
    add = storage.core.outbox.add

    def later(tx: Transaction, out: storage.core.outbox.Outgoing) -> None:
        async def soon() -> None:
            await asyncio.sleep(LATE)
            await tx._database.run(add, out)

        def begin() -> None:
            kept = asyncio.ensure_future(soon())
            _KEPT.add(kept)
            kept.add_done_callback(_KEPT.discard)

        tx.after_commit.append(begin)

    storage.core.outbox.add = later  # type: ignore[assignment]


def _send_unclaimed() -> None:
    """Rows go out without being `sending` first: nobody knows after a crash that they may have arrived."""

    def unclaimed(tx: Transaction, ids: Any, tells: Any = None) -> None:
        del tx, ids, tells

    storage.core.sends.claim = unclaimed


def _take_what_is_taken() -> None:
    """Whoever taps has it, whether or not somebody has it already."""

    def take(tx: Transaction, repair: int, taker: int, code: str) -> bool:
        tx.execute("UPDATE repairs SET state = 'taken', taker = ?, code = ? WHERE id = ?", (taker, code, repair))
        return True

    storage.repairs.repairs.take = take


def _address_in_offers() -> None:
    """Whoever is asked reads the address."""
    offer = volunteer_card._offer

    def telling(community: Any, say: Any, repair: Any, *more: Any) -> Any:
        return f"{offer(community, say, repair, *more)} {repair.address}"

    volunteer_card._offer = telling


def _plan_no_nudges() -> None:
    """Whoever has taken a repair is never asked whether they still come."""
    plan = storage.core.scheduled_tasks.plan

    def forgetful(tx: Transaction, kind: str, *args: Any, **kwargs: Any) -> None:
        if kind != "repair_nudge":
            plan(tx, kind, *args, **kwargs)

    storage.core.scheduled_tasks.plan = forgetful


def _list_afterwards() -> None:
    """Who is to get something is listed in a transaction of its own, after the one that notes that they are listed."""
    add = storage.broadcasts.recipients.add

    def later(tx: Transaction, broadcast: int, recipients: Any) -> None:
        listed = list(recipients)

        async def soon() -> None:
            await asyncio.sleep(LATE)
            await tx._database.run(add, broadcast, listed)

        def begin() -> None:
            kept = asyncio.ensure_future(soon())
            _KEPT.add(kept)
            kept.add_done_callback(_KEPT.discard)

        tx.after_commit.append(begin)

    storage.broadcasts.recipients.add = later


_KEPT: set["asyncio.Future[None]"] = set()
_SABOTAGE = {
    "inbox": _acknowledge_before_storing,
    "outbox": _write_outbox_afterwards,
    "claim": _send_unclaimed,
    "take": _take_what_is_taken,
    "address": _address_in_offers,
    "forget": _plan_no_nudges,
    "list": _list_afterwards,
}


def main(environment: dict[str, str], folder: str, log: str) -> None:
    """Be `python -m bot run`, in that folder and with these settings and no others."""
    os.environ.clear()
    os.environ.update(environment)
    os.chdir(folder)
    with Path(log).open("ab") as file:
        os.dup2(file.fileno(), 1)
        os.dup2(file.fileno(), 2)
    migrations = environment.get("MIGRATIONS")
    if migrations is not None:
        storage.core.migrate.migrate = functools.partial(storage.core.migrate.migrate, folder=Path(migrations))
    if environment.get("SABOTAGE"):
        _SABOTAGE[environment["SABOTAGE"]]()
    if environment.get("CRASH_AT"):
        Trap(environment["CRASH_AT"]).set()
    app(["run", "--json-logs"])
