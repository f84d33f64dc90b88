"""What a stranger puts into an address, a header or a body stands in no log, in no figure and in no answer."""

import asyncio
import logging

import pytest
from structlog.testing import capture_logs

from tests.web import public_projects
from tests.web.conftest import Hall

NUMBER, NAME = "13800138000", "Wei-Xiaoming"
TARGETS = ("/{}", "/board?area={}", "/board/{}", "/board/photos/{}", "/projects/{}", "/projects?page={}",
           "/figures?period={}", "/reports?area={}", "/healthz?{}", "/metrics?{}")  # fmt: skip
REQUEST = (
    "{method} {target} HTTP/1.1\r\nHost: us\r\nConnection: close\r\nX-Name: {secret}\r\nCookie: who={secret}\r\n"
    "User-Agent: {secret}\r\nContent-Length: {length}\r\n\r\n{secret}"
)


async def asked(hall: Hall, method: str, target: str, secret: str) -> str:
    reader, writer = await asyncio.open_connection("127.0.0.1", int(hall.address.rpartition(":")[2]))
    try:
        writer.write(REQUEST.format(method=method, target=target, secret=secret, length=len(secret)).encode())
        async with asyncio.timeout(10):
            return (await reader.read()).decode(errors="replace")
    finally:
        writer.close()


@pytest.mark.parametrize("secret", [NUMBER, NAME])
async def test_what_a_stranger_sends_is_written_nowhere(
    hall: Hall, caplog: pytest.LogCaptureFixture, secret: str
) -> None:
    caplog.set_level(logging.DEBUG)
    await hall.promise("No dogs on the path")
    await hall.run(lambda tx: public_projects.project(tx, hall.setup.community, hall.wei))
    with capture_logs() as logs:
        answers = [
            await asked(hall, method, target.format(secret), secret) for target in TARGETS for method in ("GET", "POST")
        ]
    assert all(answers), "each is answered"
    assert [each for each in answers if secret in each] == []
    assert secret not in str(logs) and secret not in caplog.text
