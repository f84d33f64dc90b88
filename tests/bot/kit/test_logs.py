import asyncio
import io
import json
import logging
import re
import sys
from collections.abc import Iterator

import pytest
import structlog
import telegram.error

from bot.kit.logs import configure_logs
from bot.kit.redaction import HIDDEN, redact

TOKEN = "123456789:AAHdqTcvCH1vGWJxfSeofSAs0K5PALDsaw-_"
URL = f"https://api.telegram.org/bot{TOKEN}/sendMessage"
SAID = "the lamp in stairwell two is broken"


@pytest.fixture(autouse=True)
def restored_logging() -> Iterator[None]:
    root = logging.getLogger()
    handlers, level, hook = root.handlers[:], root.level, sys.excepthook
    yield
    root.handlers[:], sys.excepthook = handlers, hook
    root.setLevel(level)
    structlog.reset_defaults()


@pytest.fixture(params=[True, False], ids=["json", "key-value"])
def written(request: pytest.FixtureRequest) -> io.StringIO:
    stream = io.StringIO()
    configure_logs(as_json=request.param, stream=stream, secrets=["hunter2"])
    return stream


def failed(words: str) -> Exception:
    try:
        raise ConnectionError(words)
    except ConnectionError as error:
        return error


def log_in_every_way() -> None:
    log = structlog.get_logger("test")
    log.info(URL)
    log.info("called", url=URL, secret="hunter2")
    log.info("called", deep={"urls": [URL, {"again": (URL,)}], TOKEN: 1})
    log.info("escaped", url=URL.replace(":AAH", "%3AAAH"))
    log.info("hello %s", URL)
    log.warning("failed", exc_info=failed(URL))
    log.warning("failed", error=failed(URL))
    log.bind(url=URL).error("bound")
    try:
        try:
            raise OSError(URL)
        except OSError as error:
            raise RuntimeError(f"while calling\n{URL}") from error
    except RuntimeError:
        log.exception("failed")
        logging.getLogger("library").exception("failed at %s", URL)
    logging.getLogger("telegram.ext").error("%s", URL)
    broken = logging.LogRecord("library", logging.ERROR, __file__, 1, "broken %d format", (URL,), None)
    logging.getLogger().handlers[0].handle(broken)
    sys.excepthook(ConnectionError, failed(URL), None)


def test_a_token_never_comes_out(written: io.StringIO, capsys: pytest.CaptureFixture[str]) -> None:
    log_in_every_way()
    everything = written.getvalue() + "".join(capsys.readouterr())
    assert everything.count(HIDDEN) >= 13
    assert TOKEN not in everything
    assert TOKEN.partition(":")[2] not in everything
    assert "hunter2" not in everything


def test_every_event_is_one_line(written: io.StringIO) -> None:
    log_in_every_way()
    lines = written.getvalue().splitlines()
    assert len(lines) == 13
    assert all("event" in line for line in lines)


def test_a_task_that_failed_unseen_says_no_token(written: io.StringIO) -> None:
    async def nobody_waits() -> None:
        task = asyncio.get_running_loop().create_task(fail())
        await asyncio.wait({task})
        del task

    async def fail() -> None:
        raise ConnectionError(URL)

    asyncio.run(nobody_waits())
    assert "never retrieved" in written.getvalue()
    assert TOKEN not in written.getvalue()


@pytest.mark.parametrize(
    "error",
    [
        ValueError(f"invalid literal for int() with base 10: '{SAID}'"),
        KeyError(SAID),
        telegram.error.BadRequest(f'Can\'t parse entities: unsupported start tag "{SAID}"'),
    ],
)
def test_what_people_wrote_stays_out_of_errors(written: io.StringIO, error: Exception) -> None:
    structlog.get_logger().error("failed", exc_info=error)
    assert type(error).__name__ in written.getvalue()
    assert SAID not in written.getvalue()


def test_what_telegram_repeats_of_a_message_is_left_out(written: io.StringIO) -> None:
    said = f'Bad Request: can\'t parse entities: unsupported start tag "{SAID}" at byte offset 7'
    structlog.get_logger().warning("refused", said=said, outbox=7)
    assert SAID not in written.getvalue()
    assert "can't parse entities" in written.getvalue()
    assert "7" in written.getvalue()


def test_private_fields_are_hidden_at_any_depth(written: io.StringIO) -> None:
    structlog.get_logger().info(
        "handled", report=7, text=SAID, update={"id": 1, "caption": SAID, "list": [{"text": SAID}]}
    )
    assert "7" in written.getvalue()
    assert SAID not in written.getvalue()


@pytest.mark.parametrize(
    "number",
    [
        "+86 138 0013 8000", "+86–138–0013–8000", "+86·138·0013·8000", "＋86 138,0013,8000",
        "+8\u200b6 138\u200b0013 8000",
        "+(86) 138.0013.8000",
        "+８６ １３８ ００１３ ８０００", "0086 138 0013 8000", "0044 20 7946 0958", "138-0013-8000",
        "138 0013 8000", "13800138000",
    ],
)  # fmt: skip
def test_telephone_numbers_are_hidden(written: io.StringIO, number: str) -> None:
    structlog.get_logger().info(f"called {number} twice")
    said = re.sub(r"timestamp=\S+", "", written.getvalue())  # whose digits are nobody's number
    assert not re.search("138|１３８|7946", said) and "twice" in said


@pytest.mark.parametrize("name", ["httpx", "telegram.ext", "apscheduler.scheduler"])
def test_talkative_libraries_only_warn(written: io.StringIO, name: str) -> None:
    logging.getLogger(name).info("chatter")
    assert written.getvalue() == ""
    logging.getLogger(name).warning("trouble")
    assert "trouble" in written.getvalue()


@pytest.mark.parametrize(
    "harmless",
    [
        "2026-11-23T20:31:45Z",
        "http://127.0.0.1:8081/api",
        "pledge:7:2026-12-05T19:00",
        "v:123:take:7",
        "update 870123456 of chat -1001234567890",
        "7012345678",
        "2026-11-30 09:37:29",
        "0001-01-01 00:00:00",
    ],
)
def test_what_is_no_secret_stays(harmless: str) -> None:
    assert redact(harmless) == harmless


def test_json_when_nobody_looks_on() -> None:
    stream = io.StringIO()
    configure_logs(stream=stream)
    structlog.get_logger().info("started", update=5, place="北门")
    line = json.loads(stream.getvalue())
    assert (line["event"], line["update"], line["place"], line["level"]) == ("started", 5, "北门", "info")


def test_an_error_tells_where_it_came_from(written: io.StringIO) -> None:
    try:
        raise RuntimeError("the inbox is gone")
    except RuntimeError:
        structlog.get_logger().exception("failed")
    assert "RuntimeError: the inbox is gone at tests/bot/kit/test_logs.py:" in written.getvalue()
