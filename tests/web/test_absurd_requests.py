"""What no browser asks for: over a real socket nothing is a fault of ours, and nothing is drawn again and again."""

import asyncio
import logging
from typing import Any
from urllib.parse import quote

import pytest
import segno

from tests.web import public_projects
from tests.web.conftest import Hall
from web import pages
from web.browser_rules import RULES
from web.pledges import board_writing

NUMBERS = ["0", "-1", "00", "01", "1.5", "1e3", "+1", "%2B1", " 1", "%00", "1%00", "9" * 19, "9" * 5000,
           "-" + "9" * 5000, "٣", "３", "²", "一", "0x1", "1_000", "%ff", "%", "%zz", "..", "%2e%2e%2fbot.db", "1/2",
           "1;2", "'--", "{{7*7}}", "\u202e1", "NaN", "Infinity"]  # fmt: skip
PATHS = ["/board/{}", "/board/photos/{}", "/board/photos/1-{}-" + "a" * 24, "/board/{}/", "/{}", "/board/1/{}",
         "/projects/{}", "/projects/photos/{}", "/projects/{}/page.svg", "/projects/{}/", "/projects/1/{}",
         "/figures/{}", "/figures/charts/{}", "/figures/charts/{}.svg"]  # fmt: skip
KEYS = ["area", "period", "kind", "state", "after", "lang", "screen", "print", "page", ""]
VALUES = [*NUMBERS, "published-{}", "b3", "x" * 30_000]
LINE = "{method} {target} HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n{more}\r\n"


async def ask(hall: Hall, target: str, method: str = "GET", more: str = "", host: str = "us") -> tuple[int, str]:
    """The status and the whole answer; status 0 when it is closed without one."""
    reader, writer = await asyncio.open_connection("127.0.0.1", int(hall.address.rpartition(":")[2]))
    try:
        writer.write(LINE.format(method=method, target=target, host=host, more=more).encode("utf-8", "surrogateescape"))
        async with asyncio.timeout(10):
            got = (await reader.read()).decode(errors="replace")
    finally:
        writer.close()
    status = int(got.split()[1]) if got else 0
    if status >= 200:
        head = got.partition("\r\n\r\n")[0].lower()
        assert [rule for rule in RULES if head.count(f"\r\n{rule.lower()}: ") != 1] == [], (target[:60], head)
    return status, got


async def test_every_part_of_an_address_bears_absurd_values(hall: Hall, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.WARNING)
    await hall.promise("No dogs on the path")
    await hall.run(lambda tx: public_projects.project(tx, hall.setup.community, hall.wei))
    wrong = []
    targets = [path.format(each) for path in PATHS for each in NUMBERS]
    targets += [f"/board?{key}={value}" for key in KEYS for value in VALUES]
    targets += [f"/board?after=published-{each}" for each in NUMBERS]
    targets += [f"/projects?page={value}" for value in VALUES]
    targets += [
        f"{path}?period={value}" for value in (*VALUES, "2026-{}", "2026-Q9") for path in ("/figures", "/figures.csv")
    ]
    targets += [f"/board?{key}=en&{key}=" + "9" * 5000 + f"&{key}=zh" for key in KEYS]
    targets += [
        "/board?" + "&".join("lang=en" for _ in range(3000)),
        "/board?" + "&" * 20_000,
        "/board?lang",
        "/board?=",
        "/board??",
    ]
    targets += [
        f"{path}?lang={'9' * 5000}"
        for path in (
            "/",
            "/board/",
            "/board/1",
            "/board/bot.svg",
            "/board/sheet.css",
            "/projects",
            "/projects/1",
            "/figures",
            "/figures.csv",
            "/figures/how",
        )
    ]
    for target in targets:
        for written in {target, quote(target, safe="/?=&%:")}:
            status, got = await ask(hall, written)
            if status not in (200, 307, 400, 404):
                wrong.append((written[:60], status))
            if "Traceback" in got:
                wrong.append((written[:60], 500))
    assert wrong == []
    assert [each.getMessage() for each in caplog.records if each.exc_info or each.levelno >= logging.ERROR] == []


async def test_every_way_of_asking_is_answered(hall: Hall, caplog: pytest.LogCaptureFixture) -> None:
    number = await hall.promise("No dogs on the path")
    await hall.run(lambda tx: public_projects.project(tx, hall.setup.community, hall.wei))
    for path in (
        "/",
        "/board",
        "/board/",
        f"/board/{number}",
        "/board/bot.svg",
        "/board/board.css",
        "/board/photos/1-1-a",
        "/projects",
        "/projects/1",
        "/projects/1/page.svg",
        "/projects/photos/1-1-a",
    ):
        whole, _ = await ask(hall, path)
        status, got = await ask(hall, path, "HEAD")
        assert status == whole and got.endswith("\r\n\r\n"), (path, "a head alone, and the same one")
        for method in ("POST", "PUT", "DELETE", "PATCH", "OPTIONS", "TRACE", "PROPFIND"):
            status, _ = await ask(hall, path, method)
            assert status == 405, (path, method)
    for line in ("OPTIONS *", "CONNECT us:443", "FOO /board", "GET http://us/board", "GET //us/board", "GET /board#x",
                 "GET ?", "GET \\board", "GET /board HTTP/9.9 x"):  # fmt: skip
        method, _, target = line.partition(" ")
        status, _ = await ask(hall, target, method)
        assert status in (0, 200, 400, 404, 405), line
    for header in ("Content-Length: -1", "Content-Length: " + "9" * 5000, "Content-Length: ²",
                   "Range: bytes=-" + "9" * 5000, "If-None-Match: " + "," * 30_000,
                   "Accept-Language: " + "a;q=9e999," * 900, "Accept-Language: a;q=nan",
                   "Accept-Language: a;q=-1, \x00", "Upgrade: websocket\r\nConnection: upgrade", "Expect: 100-continue",
                   "Transfer-Encoding: gzip", "If-None-Match: *"):  # fmt: skip
        status, _ = await ask(hall, "/board", more=header + "\r\n")
        assert status in (0, 100, 200, 304, 400), header[:40]
    assert [each.getMessage() for each in caplog.records if each.exc_info or each.levelno >= logging.ERROR] == []
    assert (await ask(hall, "/board"))[0] == 200


@pytest.mark.parametrize(
    "path",
    ["/", "/board/", "/board/?lang=zh", "/board/1/", "/healthz/", "//evil.example/board", "/board//", "/projects/",
     "/projects/1/", "//evil.example/projects", "/figures/", "//evil.example/figures",
     "/reports/", "//evil.example/reports", "/reports/?area=north"],
)  # fmt: skip
async def test_nobody_is_sent_to_an_address_a_stranger_named(hall: Hall, path: str) -> None:
    await hall.promise("No dogs on the path")
    _, got = await ask(hall, path, host="evil.example")
    places = [line.partition(": ")[2] for line in got.splitlines() if line.lower().startswith("location:")]
    assert all(each.startswith(("/board", "/projects", "/figures", "/reports")) for each in places), places
    if path.startswith("/board/?") or path == "/board/":
        assert places == ["/board" + path.partition("/board/")[2]]


async def test_what_never_changes_is_drawn_once(hall: Hall, monkeypatch: pytest.MonkeyPatch) -> None:
    number = await hall.promise("No dogs on the path")
    drawn: list[str] = []

    def counting(module: Any, name: str) -> None:
        real = getattr(module, name)
        monkeypatch.setattr(module, name, lambda *given, **more: (drawn.append(name), real(*given, **more))[1])

    counting(segno, "make")
    counting(pages, "write")
    counting(board_writing, "write_foot")
    await hall.run(lambda tx: public_projects.project(tx, hall.setup.community, hall.wei))
    paths = ("/projects", "/projects/1", "/projects/1/page.svg", "/projects/999", "/projects?page=x",
             "/board/bot.svg", "/board", f"/board/{number}", "/board/sheet.css", "/nowhere", "/board/999",
             "/board?kind=x", "/board?screen=1", "/board?print=1", "/nowhere?screen=1",
             "/board/photos/1-1-x")  # fmt: skip
    for path in paths:
        drawn.clear()
        seen = {(await ask(hall, path))[0] for _ in range(5)}
        assert len(seen) == 1 and len(drawn) <= 1, (path, drawn)
