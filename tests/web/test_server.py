"""The web server itself: what it does with requests that no browser sends."""

import asyncio
from collections.abc import AsyncIterator

import pytest
from starlette.requests import Request
from starlette.responses import PlainTextResponse
from starlette.routing import Route

from tests.support import free_port
from web.connection import HEAD_BYTES
from web.server import WebServer


async def _length(request: Request) -> PlainTextResponse:
    return PlainTextResponse(str(len(await request.body())))


@pytest.fixture
async def port() -> AsyncIterator[int]:
    port = free_port()
    server = WebServer([Route("/", _length, methods=["POST"])], "127.0.0.1", port)
    server.open()
    task = asyncio.create_task(server.run())
    yield port
    server.end()
    await task


async def _answer(port: int, *sent: bytes) -> bytes:
    """What comes back until the server closes, or has answered that many times."""
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    try:
        for each in sent:
            writer.write(each)
            await writer.drain()
        async with asyncio.timeout(10):
            return await reader.read()
    except ConnectionError:
        return b""
    finally:
        writer.close()


def _post(body: bytes, header: bytes = b"X: y", close: bool = True) -> bytes:
    end = b"Connection: close\r\n" if close else b""
    return b"POST / HTTP/1.1\r\nHost: us\r\n%s\r\n%sContent-Length: %d\r\n\r\n%s" % (header, end, len(body), body)


async def test_headers_without_end_are_not_collected(port: int) -> None:
    endless = [b"POST / HTTP/1.1\r\nHost: us\r\n"] + [b"X-%d: %s\r\n" % (number, b"y" * 1000) for number in range(200)]
    assert await _answer(port, *endless) == b""


async def test_one_header_without_end_is_not_collected(port: int) -> None:
    assert await _answer(port, b"POST / HTTP/1.1\r\nHost: us\r\nX: ", *[b"y" * 8000] * 40) == b""


async def test_large_bodies_and_many_requests_are_no_long_head(port: int) -> None:
    large = b"z" * (4 * HEAD_BYTES)
    several = [_post(large, close=False), _post(b"ab", b"X: " + b"y" * 10_000, close=False), _post(large)]
    answered = await _answer(port, *several)
    assert answered.count(b"200 OK") == 3 and answered.count(b"\r\n\r\n%d" % len(large)) == 2
