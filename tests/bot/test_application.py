"""Starting, stopping, dying: in order, in plain words, and never half alive."""

import asyncio
import io
import logging
import os
import signal
import socket
import sqlite3
import sys
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, closing
from pathlib import Path
from typing import Any

import aiohttp
import pytest
import structlog

import bot.application
import bot.features
from bot.application import running
from bot.handling.loop import Loop
from bot.kit.cannot_start import MEND_FIRST, CannotStart
from bot.kit.lock import locked
from bot.kit.logs import configure_logs
from bot.kit.settings import Settings
from bot.sending.delivery import Delivery
from domain.events import TwoOfOneName
from storage.core.backup import BackupFailed
from storage.core.database import Transaction
from tests.bot.stand_in import TOKEN, Late, No, Raw, StandIn
from tests.support import free_port
from tests.waiting import until
from web.webhook import SECRET_HEADER

ROOT = Path(__file__).parents[2]
PROMISED_SECONDS = 5
"""So soon the program ends when it is told to."""


@pytest.fixture
def settings(telegram: StandIn, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Settings:
    monkeypatch.chdir(tmp_path)
    given: dict[str, Any] = {"bot_token": TOKEN, "bot_api_url": telegram.url, "data_dir": tmp_path / "data"}
    return Settings(**given)


def says(number: int, text: str, name: str = "Mei") -> dict[str, Any]:
    who = {"id": 501, "is_bot": False, "first_name": name, "language_code": "en"}
    chat = {"id": 501, "type": "private", "first_name": name}
    return {
        "update_id": number,
        "message": {"message_id": number, "date": 1700000000, "chat": chat, "from": who, "text": text},
    }


def states(tx: Transaction, table: str) -> list[str]:
    return [row["state"] for row in tx.query(f"SELECT state FROM {table} ORDER BY id")]


# -- starting


def test_a_second_program_is_refused(tmp_path: Path) -> None:
    another = pytest.raises(CannotStart, match="Another copy of this bot is running")
    with locked(tmp_path), another, locked(tmp_path):
        pass
    with locked(tmp_path):
        pass


async def test_two_events_of_one_name_stop_the_start(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    def two() -> None:
        raise TwoOfOneName("Two events are kept under the name 'report.taken'")

    monkeypatch.setattr(bot.features, "kinds", two)
    with pytest.raises(CannotStart, match=r"Two events are kept under the name 'report\.taken'"):
        async with running(settings):
            pass


async def test_the_data_of_one_bot_are_not_given_to_another(settings: Settings, telegram: StandIn) -> None:
    async with running(settings):
        pass
    telegram.will("getMe", {"id": 43, "is_bot": True, "first_name": "Other", "username": "other_bot"})
    with pytest.raises(CannotStart, match="belongs to another bot"):
        async with running(settings):
            pass
    async with running(settings):
        pass


@pytest.mark.parametrize(
    "answer",
    [No(500, "Internal Server Error"), No(429, "Too Many Requests", {"retry_after": 1}), Raw(200, "<html>")],
    ids=str,
)
async def test_who_we_are_is_asked_patiently(settings: Settings, telegram: StandIn, answer: object) -> None:
    telegram.will("getMe", answer)
    async with running(settings) as parts:
        assert parts.setup.bot_username == "stand_in_bot"


async def test_a_wrong_token_is_told_in_plain_words(settings: Settings, telegram: StandIn) -> None:
    telegram.will("getMe", No(401, "Unauthorized"))
    with pytest.raises(CannotStart, match="Telegram does not accept BOT_TOKEN"):
        async with running(settings):
            pass


async def test_start_is_not_kept_up_by_refusals(settings: Settings, telegram: StandIn) -> None:
    for method in ("setMyCommands", "setMyDescription", "setMyShortDescription"):
        telegram.will(method, *[No(429, "Too Many Requests", {"retry_after": 900})] * 9)
    telegram.updates = [says(1, "/start")]
    async with running(settings):
        await telegram.sees(lambda: telegram.of("sendMessage"))


async def test_a_port_that_is_taken_is_told_in_plain_words(settings: Settings) -> None:
    with socket.create_server(("127.0.0.1", 0)) as other:
        port = other.getsockname()[1]
        with pytest.raises(CannotStart, match=f"WEB_PORT = {port} cannot be served"):
            async with running(settings.model_copy(update={"web_port": port})):
                pass


async def test_health_is_there_without_a_webhook(settings: Settings) -> None:
    port = free_port()
    async with running(settings.model_copy(update={"web_port": port})), aiohttp.ClientSession() as session:
        async with session.get(f"http://127.0.0.1:{port}/healthz") as response:
            assert response.status == 200
        async with session.post(f"http://127.0.0.1:{port}/telegram", json={"update_id": 1}) as response:
            assert response.status == 404
    with socket.create_server(("127.0.0.1", port)):
        pass  # the port went with the program


@pytest.mark.parametrize(
    ("error", "words"),
    [
        (BackupFailed("no room"), "a backup is made, and that failed"),
        ("SQLITE_FULL", "See that the disk has room"),
        ("SQLITE_READONLY", "See that the disk has room"),
        ("SQLITE_NOTADB", "cannot be read as a database"),
        ("SQLITE_CORRUPT", "cannot be read as a database"),
    ],
    ids=str,
)
async def test_what_is_wrong_with_the_file(
    settings: Settings, monkeypatch: pytest.MonkeyPatch, error: Any, words: str
) -> None:
    if isinstance(error, str):
        name, error = error, sqlite3.OperationalError("trouble")
        error.sqlite_errorname = name

    async def open_(_self: object) -> list[int]:
        raise error

    monkeypatch.setattr("storage.core.database.Database.open", open_)
    with pytest.raises(CannotStart, match=words):
        async with running(settings):
            pass


async def test_a_folder_that_takes_nothing_is_tried_again_by_whoever_starts_us(
    settings: Settings, telegram: StandIn
) -> None:
    """A full disk after the power came back must not keep the service down once there is room."""
    async with running(settings):
        pass
    lock = settings.data_dir / "lock"
    lock.unlink()
    lock.mkdir()  # nobody can write to it, not even root
    with pytest.raises(CannotStart, match="See that the disk has room") as refused:
        async with running(settings):
            pass
    assert refused.value.exit_code != MEND_FIRST
    lock.rmdir()
    async with running(settings):
        pass


# -- a part that dies


@pytest.mark.parametrize("part", [Loop, Delivery], ids=["loop", "delivery"])
async def test_when_a_part_dies_the_program_ends(
    settings: Settings, telegram: StandIn, monkeypatch: pytest.MonkeyPatch, part: Any
) -> None:
    """systemd starts it again; half alive it would take updates and answer nobody."""

    async def dies(_self: object) -> None:
        await telegram.sees(lambda: telegram.of("getUpdates"))
        raise LookupError("a fault of ours")

    monkeypatch.setattr(part, "run", dies)
    with pytest.raises(LookupError):
        await asyncio.wait_for(bot.application.run(settings), 5)


async def test_a_part_that_ends_without_a_word_is_no_success(
    settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def ends(_self: object) -> None:
        return

    monkeypatch.setattr(Loop, "run", ends)
    with structlog.testing.capture_logs() as logs:
        assert await asyncio.wait_for(bot.application.run(settings), 5) == 1
    assert [line["part"] for line in logs if line["event"] == "part_ended"] == ["loop"]


async def test_a_token_revoked_meanwhile(settings: Settings, telegram: StandIn) -> None:
    telegram.will("getUpdates", [], No(401, "Unauthorized"))
    with pytest.raises(CannotStart, match="any more"):
        await asyncio.wait_for(bot.application.run(settings), 5)


# -- the real program


@asynccontextmanager
async def program(telegram: StandIn, folder: Path, **settings: str) -> AsyncIterator[asyncio.subprocess.Process]:
    environment = {**os.environ, "BOT_TOKEN": TOKEN, "BOT_API_URL": telegram.url, "DATA_DIR": str(folder / "data"),
                   "PYTHONPATH": str(ROOT), **settings}  # fmt: skip
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "bot", "run", cwd=folder, env=environment,
        stdout=asyncio.subprocess.PIPE, stderr=asyncio.subprocess.PIPE,
    )  # fmt: skip
    try:
        yield process
    finally:
        if process.returncode is None:
            process.kill()
        await process.communicate()


async def test_sigterm_stops_within_five_seconds_with_nothing_half_done(telegram: StandIn, tmp_path: Path) -> None:
    telegram.updates = [says(1, "/start")]
    telegram.will("sendMessage", Late(0.7))
    async with program(telegram, tmp_path) as process:
        await telegram.sees(lambda: telegram.of("sendMessage"), 15)
        process.send_signal(signal.SIGTERM)
        assert await asyncio.wait_for(process.wait(), PROMISED_SECONDS) == 0
    with closing(sqlite3.connect(tmp_path / "data" / "bot.db")) as connection:
        assert connection.execute("SELECT DISTINCT state FROM inbox").fetchall() == [("done",)]
        assert ("sending",) not in connection.execute("SELECT state FROM outbox").fetchall()
        assert ("sent",) in connection.execute("SELECT state FROM outbox").fetchall()
        assert connection.execute("SELECT value FROM settings WHERE key = 'running'").fetchone() == ("no",)


async def test_by_webhook_sigterm_stops_within_five_seconds_too(telegram: StandIn, tmp_path: Path) -> None:
    """Also while a visitor holds a connection open, and with a post that has not come whole."""
    port = free_port()
    address = f"http://127.0.0.1:{port}"
    doors = {"WEBHOOK_URL": f"{address}/telegram", "WEBHOOK_SECRET": "a-secret", "WEB_PORT": str(port)}
    telegram.will("sendMessage", Late(0.7))
    async with program(telegram, tmp_path, **doors) as process, aiohttp.ClientSession() as session:
        await telegram.sees(lambda: telegram.webhook["url"], 15)
        secret = {SECRET_HEADER: "a-secret"}
        async with session.post(f"{address}/telegram", json=says(1, "/start"), headers=secret) as response:
            assert response.status == 200
        await telegram.sees(lambda: telegram.of("sendMessage"))
        async with session.get(f"{address}/healthz") as response:
            assert response.status == 200
        _, idle = await asyncio.open_connection("127.0.0.1", port)
        _, slow = await asyncio.open_connection("127.0.0.1", port)
        slow.write(
            f"POST /telegram HTTP/1.1\r\nHost: x\r\n{SECRET_HEADER}: a-secret\r\nContent-Length: 9\r\n\r\n".encode()
        )
        await slow.drain()
        async with session.get(f"{address}/healthz") as response:  # who came before it has been let in
            assert response.status == 200
        process.send_signal(signal.SIGTERM)
        assert await asyncio.wait_for(process.wait(), PROMISED_SECONDS) == 0
        idle.close()
        slow.close()
    with closing(sqlite3.connect(tmp_path / "data" / "bot.db")) as connection:
        assert connection.execute("SELECT DISTINCT state FROM inbox").fetchall() == [("done",)]
        assert ("sending",) not in connection.execute("SELECT state FROM outbox").fetchall()
        assert connection.execute("SELECT value FROM settings WHERE key = 'running'").fetchone() == ("no",)
    assert telegram.webhook["url"], "what comes now waits at Telegram for the next start"


async def test_a_damaged_file_ends_the_program_with_one_sentence(telegram: StandIn, tmp_path: Path) -> None:
    (tmp_path / "data").mkdir()
    (tmp_path / "data" / "bot.db").write_bytes(b"not a database at all " * 500)
    async with program(telegram, tmp_path) as process:
        _, said = await asyncio.wait_for(process.communicate(), 15)
    assert process.returncode == 2
    assert b"cannot be read as a database" in said and b"Traceback" not in said


# -- what is logged


@pytest.fixture
def written() -> Iterator[io.StringIO]:
    root = logging.getLogger()
    handlers, level, hook = root.handlers[:], root.level, sys.excepthook
    stream = io.StringIO()
    configure_logs(as_json=True, stream=stream, secrets=[TOKEN], level=logging.DEBUG)
    yield stream
    root.handlers[:], sys.excepthook = handlers, hook
    root.setLevel(level)
    structlog.reset_defaults()


async def test_logs_carry_ids_and_never_words(
    settings: Settings, telegram: StandIn, written: io.StringIO, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Words and names through the whole road: read, failed, unparsable, refused by Telegram with a quotation."""
    words, name = "MARKERWORDS", "MARKERNAME"
    monkeypatch.setattr("handlers.private.dangers.watch", _raise_sometimes)
    refusal = f'Bad Request: can\'t parse entities: unsupported start tag "{words}"'
    telegram.will("sendMessage", None, No(400, refusal))
    unparsable = says(4, words, name)
    unparsable["message"]["date"] = words
    telegram.updates = [
        says(1, "/start", name), says(2, f"The lamp {words} is broken", name), says(3, f"fail {words}", name),
        unparsable, {"update_id": words}, says(5, f"And the door {words}", name),
    ]  # fmt: skip
    async with running(settings) as parts:

        async def are_handled() -> bool:
            return await parts.database.run(states, "inbox") == ["done", "done", "quarantined", "quarantined", "done"]

        await until(are_handled, "all to be handled")
        await until(lambda: '"outcome": "refused"' in written.getvalue(), "the refusal in the log")
        await parts.database.run(lambda tx: tx.query("SELECT 1"))
    lines = written.getvalue()
    assert words not in lines and name not in lines and TOKEN not in lines
    assert any(words in text for text in telegram.texts), "they went through"
    for said in ('"update": 2', '"event": "update_failed"', '"event": "update_unparsable"', '"outcome": "refused"'):
        assert said in lines


def _raise_sometimes(ctx: Any) -> None:
    if ctx.message.text.startswith("fail"):
        raise ValueError(ctx.message.text)
