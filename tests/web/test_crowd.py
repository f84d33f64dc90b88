"""Strangers who hold connections: over real sockets, whoever has something to ask is answered all the same."""

import asyncio
import contextlib
from collections.abc import AsyncIterator, Callable
from typing import Any

import pytest
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route

from tests.support import free_port
from tests.waiting import until
from web import connection, crowd
from web.crowd import Crowd
from web.server import WebServer
from web.webhook import SECRET_HEADER, Door, route

SECRET = "a-secret"
LARGE = b"z" * 16_000_000
HALF = b"GET /quick HTTP/1.1\r\nHost: us\r\nX: "
QUICK = b"GET /quick HTTP/1.1\r\nHost: us\r\n\r\n"
POST = b"POST /telegram HTTP/1.1\r\nHost: us\r\n%s: %s\r\nContent-Length: 15\r\n\r\n" % (
    SECRET_HEADER.encode(),
    SECRET.encode(),
)
UPDATE = b'{"update_id":7}'


class Site:
    """A server with a webhook, a quick page, a page that takes its time, and a large one."""

    def __init__(self) -> None:
        self.port = free_port()
        self.kept = 0
        self.goes_on = asyncio.Event()
        self.open: list[asyncio.StreamWriter] = []
        self.crowd: Any = None

    async def quick(self, _request: Request) -> Response:
        return PlainTextResponse("quick")

    async def slow(self, _request: Request) -> Response:
        await self.goes_on.wait()
        return PlainTextResponse("slow")

    async def large(self, _request: Request) -> Response:
        return Response(LARGE)

    async def keep(self, _update: dict[str, Any]) -> None:
        self.kept += 1

    async def connect(self, sent: bytes = b"", address: str = "127.0.0.1") -> asyncio.StreamReader:
        """Somebody connects and sends that."""
        reader, writer = await asyncio.open_connection("127.0.0.1", self.port, local_addr=(address, 0), limit=2**25)
        self.open.append(writer)
        writer.write(sent)
        return reader

    async def ask(self, sent: bytes = QUICK, address: str = "127.0.0.1") -> int:
        """The status somebody new is answered with."""
        return await status(await self.connect(sent, address))


@pytest.fixture
async def site(monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Site]:
    made = Site()
    door = Door("/telegram", SECRET, made.keep, lambda _: None)
    pages: dict[str, Callable[..., Any]] = {"/quick": made.quick, "/slow": made.slow, "/large": made.large}
    routes = [route(door), *(Route(path, page) for path, page in pages.items())]
    server = WebServer(routes, "127.0.0.1", made.port, known=door.is_known)
    server.open()
    task = asyncio.create_task(server.run())
    made.crowd = server._server.config.crowd
    yield made
    made.goes_on.set()
    for writer in made.open:
        writer.close()
    server.end()
    await task


async def status(reader: asyncio.StreamReader) -> int:
    """The status of the next answer."""
    async with asyncio.timeout(10):
        head = await reader.readuntil(b"\r\n\r\n")
    return int(head.split()[1])


async def ended(reader: asyncio.StreamReader) -> bytes:
    """What came until the server closed."""
    got = b""
    async with asyncio.timeout(10):
        with contextlib.suppress(ConnectionError):
            while part := await reader.read(65536):
                got += part
    return got


@pytest.mark.parametrize("sent", [b"", HALF, b"POST /quick HTTP/1.1\r\nHost: us\r\nContent-Length: 90\r\n\r\n", QUICK])
@pytest.mark.parametrize("stranger", ["127.0.0.1", "127.0.0.2"])
async def test_hundreds_who_only_hold_a_place_take_it_from_nobody(site: Site, sent: bytes, stranger: str) -> None:
    for _ in range(crowd.MOST + 100):
        await site.connect(sent, stranger)
    assert await site.ask() == 200
    assert await site.ask(POST + UPDATE) == 200 and site.kept == 1


async def test_telegrams_connection_is_the_last_to_give_way(site: Site) -> None:
    telegram = await site.connect(POST + UPDATE)
    assert await status(telegram) == 200
    for _ in range(crowd.MOST + 100):
        await site.connect(HALF)
    site.open[0].write(POST + UPDATE)
    assert await status(telegram) == 200 and site.kept == 2


async def test_the_address_that_holds_most_gives_way_first(site: Site) -> None:
    first = await site.connect(HALF, "127.0.0.3")
    for _ in range(crowd.MOST + 50):
        await site.connect(HALF, "127.0.0.2")
    site.open[0].write(b"y\r\n\r\n")
    assert await status(first) == 200, "who came first of all, and slowly, still has their place"


@pytest.mark.parametrize(
    ("stage", "sent", "more"),
    [
        ("HEAD_SECONDS", b"", b""),
        ("HEAD_SECONDS", HALF, b"y"),
        ("HEAD_SECONDS", QUICK + HALF, b"y"),
        ("BODY_SECONDS", b"POST /quick HTTP/1.1\r\nHost: us\r\nContent-Length: 90000\r\n\r\n", b"y"),
        ("BODY_SECONDS", POST, b" "),
        ("BODY_SECONDS", b"POST /quick HTTP/1.1\r\nHost: us\r\nTransfer-Encoding: chunked\r\n\r\n", b"1\r\ny\r\n"),
        ("IDLE_SECONDS", QUICK, b""),
        ("ANSWER_SECONDS", b"GET /slow HTTP/1.1\r\nHost: us\r\n\r\n", b""),
    ],
)
async def test_every_stage_has_a_deadline_that_more_bytes_do_not_move(
    site: Site, monkeypatch: pytest.MonkeyPatch, stage: str, sent: bytes, more: bytes
) -> None:
    monkeypatch.setattr(connection, stage, 0.4)
    reader = await site.connect(sent)
    over = asyncio.create_task(ended(reader))
    async with asyncio.timeout(5):
        while not over.done():
            if more:
                site.open[0].write(more)
            await asyncio.wait([over], timeout=0.05)
    assert await site.ask() == 200


async def test_an_answer_nobody_reads_is_not_kept_for_ever(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(connection, "ANSWER_SECONDS", 0.4)
    reader = await site.connect(b"GET /large HTTP/1.1\r\nHost: us\r\n\r\n")
    site.open[0].transport.pause_reading()  # type: ignore[attr-defined]
    await until(lambda: site.crowd._here, "somebody to be there")
    await until(lambda: not site.crowd._here, "the server to end it")
    site.open[0].transport.resume_reading()  # type: ignore[attr-defined]
    assert len(await ended(reader)) < len(LARGE)


async def test_so_many_are_answered_at_once_and_telegram_besides(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(crowd, "VISITORS", 20)
    waiting = [await site.connect(b"GET /slow HTTP/1.1\r\nHost: us\r\n\r\n") for _ in range(20)]
    async with asyncio.timeout(5):
        while await site.ask() != 503:
            pass
    assert await site.ask(POST + UPDATE) == 200 and site.kept == 1
    wrong = POST.replace(b": a-secret", b": b-secret")
    assert await site.ask(wrong + UPDATE) == 503, "only who knows the secret has a share of their own"
    site.goes_on.set()
    assert [await status(each) for each in waiting] == [200] * 20
    assert await site.ask() == 200


async def test_who_asks_for_much_and_reads_nothing_is_not_being_answered(
    site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(crowd, "VISITORS", 5)
    for _ in range(5):
        await site.connect(b"GET /large HTTP/1.1\r\nHost: us\r\n\r\n" * 3)
        site.open[-1].transport.pause_reading()  # type: ignore[attr-defined]
    await until(lambda: len(site.crowd._answering) == 5, "all to be answered")
    await until(lambda: all(guest.flow.write_paused for guest in site.crowd._answering), "nobody to read")
    assert await site.ask() == 200


class Guest:
    """A connection without a network."""

    def __init__(self, address: str, since: float) -> None:
        self.address = address
        self.since = since
        self.is_known = False
        self.can_give_way = True
        self.is_over = False

    def end(self) -> None:
        self.is_over = True


@pytest.mark.parametrize(
    ("addresses", "bounded"),
    [
        (["93.184.216.34"], True),
        ([f"2606:2800:220:1::{number:x}" for number in range(1, 200)], True),
        (["::ffff:93.184.216.34"], True),
        (["127.0.0.1"], False),
        (["172.17.0.1"], False),
        (["::1"], False),
    ],
)
def test_one_public_address_has_so_many_places(addresses: list[str], bounded: bool) -> None:
    """Those of one's own network are web servers in front of this one: all visitors come from their address."""
    ctx = Crowd()
    guests = [Guest(addresses[number % len(addresses)], number) for number in range(crowd.PER_ADDRESS + 10)]
    assert all(ctx.comes(each) for each in guests)
    assert [each.is_over for each in guests] == [bounded and number < 10 for number in range(len(guests))]
    for each in guests[10:]:
        each.can_give_way = False
    assert ctx.comes(Guest(addresses[0], 900)) is not bounded, "nobody who is being answered gives way"
    assert ctx.comes(Guest("198.41.0.4", 901)), "another one's place is another one's"


def test_places_are_free_again_whoever_ends_a_connection() -> None:
    ctx = Crowd()
    for number in range(3 * crowd.PER_ADDRESS):
        guest = Guest("93.184.216.34", number)
        guest.can_give_way = False
        assert ctx.comes(guest) and ctx.admits(guest, b"/", [])
        ctx.goes(guest)
        ctx.goes(guest)
