"""What is done beside the road: a bad row is counted and set aside, admins hear of it once, the others are done."""

import asyncio
import json
import sqlite3
import sys
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from bot.background import programs
from bot.background.board_photos import BoardPhotos
from bot.background.printer import Printer, draw
from bot.background.programs import ProgramFailed
from bot.background.project_photos import ProjectPhotos
from bot.background.report_photos import ReportPhotos
from bot.background.transcriber import Transcriber
from bot.background.worker import Finish, Worker
from bot.kit.request import Refused, Request
from domain.events import ReportSubmitted
from handlers.kit.update_context import Setup
from services.reports import submitting, transcribing
from storage.core import scheduled_tasks
from storage.core.database import Database, Transaction
from storage.people import people
from storage.reports.reports import NewPart
from tests.bot.sending.test_delivery import events_of
from tests.bot.stand_in import StandIn
from tests.support import Clock
from tests.waiting import until

FAULTS: dict[str, BaseException] = {
    "lookup": KeyError("file_path"),
    "type": TypeError("of None"),
    "assertion": AssertionError(),
    "file": OSError(5, "Input/output error"),
    "recursion": RecursionError(),
    "group": ExceptionGroup("several", [ValueError()]),
}


class Errands(Worker):
    """Does what the test says."""

    kind, tries, again = "errand", 3, timedelta(minutes=10)
    poll_seconds = 0.02  # type: ignore[assignment]

    def __init__(self, database: Database, do: Callable[[str], object]) -> None:
        super().__init__(database)
        self.do = do
        self.set_aside: list[str] = []

    async def _do(self, row: sqlite3.Row) -> Finish:
        self.do(row["subject"])
        return lambda tx: True

    def _set_aside(self, tx: Transaction, row: sqlite3.Row, error: Exception) -> None:
        self.set_aside.append(row["subject"])
        raise ValueError("not even that")


class Idle(Worker):
    """Has nothing to do, and waits."""

    kind, tries, again = "idle", 1, timedelta(0)
    poll_seconds = 60.0  # type: ignore[assignment]

    async def do_due(self) -> None: ...

    async def _do(self, row: sqlite3.Row) -> Finish:
        raise AssertionError


@pytest.mark.parametrize("turns", range(5))
async def test_cancelled_in_the_moment_it_is_woken_it_ends(database: Database, turns: int) -> None:
    worker = Idle(database)
    task = asyncio.create_task(worker.run())
    for _ in range(9):
        await asyncio.sleep(0)  # until it waits
    worker.soon()
    for _ in range(turns):
        await asyncio.sleep(0)
    task.cancel()
    ended, _ = await asyncio.wait({task}, timeout=8)
    task.cancel()
    assert ended, "it went on"


@asynccontextmanager
async def at_work(worker: Worker) -> AsyncIterator["asyncio.Task[None]"]:
    task = asyncio.create_task(worker.run())
    yield task
    assert not task.done(), task
    task.cancel()


async def plan(database: Database, kind: str, subject: str, data: dict[str, Any] | None = None) -> None:
    await database.run(lambda tx: scheduled_tasks.plan(tx, kind, subject, tx.now, f"{kind}:{subject}", data))


async def left(database: Database) -> list[tuple[str, int]]:
    """What is still due, and how often each was tried."""
    rows = await database.run(lambda tx: tx.query("SELECT subject, tries FROM scheduled_tasks ORDER BY subject"))
    return [(row["subject"], row["tries"]) for row in rows]


async def nothing_due(database: Database, kind: str) -> bool:
    return not await database.run(scheduled_tasks.claim, (kind,), 10)


async def becomes(database: Database, wanted: list[tuple[str, int]]) -> None:
    found: list[tuple[str, int]] = []

    async def look() -> bool:
        found[:] = await left(database)
        return found == wanted

    await until(look, lambda: f"{wanted}; there is {found}")


@pytest.mark.parametrize("fault", FAULTS.values(), ids=FAULTS)
async def test_a_bad_row_is_set_aside_and_the_others_are_done(
    database: Database, clock: Clock, fault: BaseException
) -> None:
    done: list[str] = []

    def do(subject: str) -> None:
        if subject == "part:1":
            raise fault
        done.append(subject)

    await plan(database, "errand", "part:1")
    await plan(database, "errand", "part:2")
    worker = Errands(database, do)
    async with at_work(worker):
        for tries in (1, 2):
            await becomes(database, [("part:1", tries)])
            assert await events_of(database, "work.given_up") == []
            clock.advance(minutes=10)
        await becomes(database, [])
        await plan(database, "errand", "part:3")
        await becomes(database, [])
    assert done == ["part:2", "part:3"] and worker.set_aside == ["part:1"]
    (told,) = await events_of(database, "work.given_up")
    assert json.loads(told["data"]) == {"of": "errand", "about": "part:1", "error": type(fault).__name__}


async def test_looking_for_rows_may_fail_and_goes_on(database: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    claim, failures = scheduled_tasks.claim, [LookupError("a row nobody can read"), TypeError()]

    def bad_at_first(*given: Any) -> Any:
        if failures:
            raise failures.pop()
        return claim(*given)

    monkeypatch.setattr(scheduled_tasks, "claim", bad_at_first)
    await plan(database, "errand", "part:1")
    async with at_work(Errands(database, lambda _subject: None)):
        await becomes(database, [])


async def test_a_full_disk_is_no_rows_fault(database: Database) -> None:
    full = sqlite3.OperationalError("database or disk is full")
    full.sqlite_errorname = "SQLITE_FULL"
    failures = [full, full]

    def do(_subject: str) -> None:
        if failures:
            raise failures.pop()

    await plan(database, "errand", "part:1")
    async with at_work(Errands(database, do)):
        await becomes(database, [])
    assert await events_of(database, "work.given_up") == []


# -- the four there are


@pytest.mark.parametrize("answer", [{"file_id": "x", "file_unique_id": "y"}, {"file_path": None}, [], None, "file"])
async def test_a_file_without_a_path_is_a_refusal(telegram: StandIn, request_: Request, answer: object) -> None:
    telegram.will("getFile", lambda _each: answer)
    with pytest.raises(Refused):
        await request_.download("x")


SCRIPTS = {
    "a stray line before": ("print('Warning: glyph missing'); print('{\"files\": []}')", {"files": []}),
    "an empty line behind": ("print('{\"files\": []}'); print()", {"files": []}),
    "no answer": ("", None),
    "only a stray line": ("print('Warning')", None),
    "something else": ("print('[1]')", None),
    "no text": ("import sys; sys.stdout.buffer.write(bytes([255, 254]))", None),
}


@pytest.mark.parametrize(("script", "answer"), SCRIPTS.values(), ids=SCRIPTS)
async def test_what_the_drawing_program_says_beside_its_answer(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, script: str, answer: object
) -> None:
    (tmp_path / "paper.py").write_text(script, "utf-8")
    monkeypatch.setattr(programs, "ROOT", tmp_path)
    if answer is None:
        with pytest.raises(ProgramFailed):
            await draw({"folder": str(tmp_path / "media")})
    else:
        assert await draw({"folder": str(tmp_path / "media")}) == answer


@pytest.mark.parametrize("kind", ["print", "transcribe", "board_photos", "project_photos", "report_photos"])
@pytest.mark.parametrize("subject", ["nothing", "chat:99", "part:99", "pledge:99", "pledge:x", "project:99"])
async def test_no_row_ends_any_of_them(
    telegram: StandIn, request_: Request, database: Database, setup: Setup, tmp_path: Path, kind: str, subject: str,
    clock: Clock,
) -> None:  # fmt: skip
    """Also one that cannot be read at all, as an older program may have left it."""
    workers: dict[str, Worker] = {
        "print": Printer(database, setup),
        "transcribe": Transcriber(database, request_, f"{sys.executable} -c 1", tmp_path / "sounds"),
        "board_photos": BoardPhotos(database, request_, tmp_path / "board"),
        "project_photos": ProjectPhotos(database, request_, tmp_path / "projects"),
        "report_photos": ReportPhotos(database, request_, tmp_path / "reports"),
    }
    await plan(database, kind, subject, {"odd": True})
    async with at_work(workers[kind]):
        for _ in range(workers[kind].tries + 1):
            await until(lambda: nothing_due(database, kind), "a try to be counted")
            clock.advance(minutes=11)
            workers[kind].soon()
        await becomes(database, [])


@pytest.mark.parametrize("answer", [{"file_id": "x"}, {}, None], ids=["no path", "nothing", "null"])
async def test_a_voice_message_that_cannot_be_fetched_is_set_aside(
    telegram: StandIn, request_: Request, database: Database, setup: Setup, tmp_path: Path, clock: Clock, answer: object
) -> None:
    telegram.will("getFile", *[lambda _each: answer] * 9)
    worker = Transcriber(database, request_, f"{sys.executable} -c 1", tmp_path / "sounds")

    def report(tx: Transaction) -> None:
        who = people.meet(tx, 501, "Ann", None, "en")
        parts = [NewPart("voice", file_id="x", file_unique_id="y")]
        number = submitting.submit(tx, setup.community, who, submitting.NewReport(parts))
        transcribing.plan(tx, ReportSubmitted(actor=who.id, report=number))

    await database.run(report)
    async with at_work(worker):
        for _ in range(worker.tries):
            await telegram.sees(lambda: len(telegram.of("getFile")) > 0)
            await until(lambda: nothing_due(database, "transcribe"), "a try to be counted")
            clock.advance(minutes=10)
            worker.soon()
        (told,) = await until(lambda: events_of(database, "work.given_up"), "the end of it")
    assert json.loads(told["data"])["error"] == "Refused"
    assert len(telegram.of("getFile")) == worker.tries
