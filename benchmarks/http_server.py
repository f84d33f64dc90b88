"""As little of an HTTP server as three well-behaved clients need, so that it is never what is measured."""

import asyncio
import json
import re
from collections.abc import Callable
from typing import Any
from urllib.parse import parse_qsl

Parameters = dict[str, Any]
Reply = Callable[[Any], None]
"""To be called with the result, now or later."""
_FIELD = re.compile(rb'name="(\w+)"\r\n(?:[^\r\n]+\r\n)*\r\n(.*?)\r\n--', re.DOTALL)
Serve = Callable[[str, Parameters, Reply], None]


class Connection(asyncio.Protocol):
    """One kept-alive connection; its requests come one after the other."""

    def __init__(self, serve: Serve) -> None:
        self._serve = serve
        self._transport: asyncio.Transport | None = None
        self._head = b""
        self._received = bytearray()
        self._needed: int | None = None

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        assert isinstance(transport, asyncio.Transport)
        self._transport = transport

    def data_received(self, data: bytes) -> None:
        self._received += data
        if self._needed is None:
            end = self._received.find(b"\r\n\r\n")
            if end < 0:
                return
            self._head = bytes(self._received[:end])
            del self._received[: end + 4]
            self._needed = _length(self._head)
        if len(self._received) >= self._needed:
            body = bytes(self._received[: self._needed])
            del self._received[: self._needed]
            self._needed = None
            method = self._head.split(b" ", 2)[1].rsplit(b"/", 1)[1].decode()
            self._serve(method, _parameters(self._head, body), self._reply)

    def _reply(self, result: Any) -> None:
        payload = json.dumps({"ok": True, "result": result}, ensure_ascii=False).encode()
        head = b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: %d\r\n\r\n" % len(payload)
        if self._transport is not None and not self._transport.is_closing():
            self._transport.write(head + payload)


def _length(head: bytes) -> int:
    for line in head.split(b"\r\n"):
        if line[:15].lower() == b"content-length:":
            return int(line[15:])
    return 0


def _parameters(head: bytes, body: bytes) -> Parameters:
    if not body:
        return {}
    if body.startswith(b"{"):
        parameters: Parameters = json.loads(body)
        return parameters
    # As a form its values are texts; what is an object in them is JSON. Files that come along are passed over.
    if b"multipart/form-data" in head:
        form = {name.decode(): value.decode() for name, value in _FIELD.findall(body)}
    else:
        form = dict(parse_qsl(body.decode()))
    return {name: json.loads(value) if value[:1] in "{[" else value for name, value in form.items()}
