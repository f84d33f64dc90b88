"""One visitor's connection: HTTP read by httptools, with a bound on what comes and a deadline for every stage of it."""

import asyncio
import time
from enum import Enum
from typing import Any

from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol

from web.browser_rules import ruled, written
from web.crowd import Crowd

HEAD_BYTES = 64 * 1024
"""Addresses and headers of one request. Browsers and proxies keep to 8 to 16 KB; the parser collects without end."""
HEAD_SECONDS = 10.0
"""From the connection's beginning, or a later request's first byte, until its headers are complete."""
BODY_SECONDS = 15.0
"""From then on for the body. Whoever reads one gives up before that, and says so."""
ANSWER_SECONDS = 90.0
"""For our answer, and for the visitor to take it in: whoever reads nothing would else hold the place for ever."""
IDLE_SECONDS = 75.0
"""Between two requests: longer than a proxy's, or it would post into a connection being closed."""


class Stage(Enum):
    """What is waited for: the visitor in all of them but ANSWER."""

    HEAD = "head"
    BODY = "body"
    ANSWER = "answer"
    IDLE = "idle"


class Connection(HttpToolsProtocol):
    """Counted by its server's crowd (`config.crowd`), which may end it while it keeps us waiting."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._crowd: Crowd = self.config.crowd  # type: ignore[attr-defined]
        self._whole = ruled(self.app)
        self._head = 0
        self._in_head = True
        self._body_comes = False
        self._deadline: asyncio.TimerHandle | None = None
        self._stage = Stage.HEAD
        self.since = 0.0
        self.address = ""
        self.is_known = False
        self.is_answered = False

    # -- what the crowd asks

    @property
    def can_give_way(self) -> bool:
        """Whether it is the visitor who is waited for: also one that does not read what it asked for."""
        return not self.is_answered or self.flow.write_paused

    def end(self) -> None:
        """Close at once, whatever has not been sent."""
        self.transport.abort()

    # -- what happens on the connection

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        """Somebody connects."""
        super().connection_made(transport)
        self.address = self.client[0] if self.client else ""
        self._enter(Stage.HEAD)
        if not self._crowd.comes(self):
            self.end()

    def connection_lost(self, exc: Exception | None) -> None:
        """It is over, whoever ended it."""
        self._crowd.goes(self)
        if self._deadline is not None:
            self._deadline.cancel()
        super().connection_lost(exc)

    def on_message_begin(self) -> None:
        """A request begins."""
        super().on_message_begin()
        self._in_head = True
        if self._stage is Stage.IDLE:
            self._enter(Stage.HEAD)

    def on_headers_complete(self) -> None:
        """What comes now is the body, which whoever reads it bounds. Whether it is answered is decided here."""
        self._in_head, self._body_comes = False, True
        self.app = self._whole if self._crowd.admits(self, self.url, self.headers) else ruled(self._crowd.full)
        super().on_headers_complete()
        if not self.is_answered:
            self.is_answered = True
            self._enter(Stage.BODY)

    def on_message_complete(self) -> None:
        """All of the body is here; there may have been none."""
        self._body_comes = False
        super().on_message_complete()
        if self._stage is Stage.BODY:
            self._enter(Stage.ANSWER if self.is_answered else Stage.IDLE)

    def on_response_complete(self) -> None:
        """The answer is written, if not yet read."""
        more = bool(self.pipeline)
        super().on_response_complete()
        self.is_answered = more
        if not more:
            self._crowd.answered(self)
        if self._body_comes:
            # Nobody reads it any more: its deadline stays the one it has.
            return
        unread = self.transport.is_closing() or self.transport.get_write_buffer_size() > 0
        self._enter(Stage.ANSWER if more or unread else Stage.HEAD if self._in_head else Stage.IDLE)

    def data_received(self, data: bytes) -> None:
        """Some bytes came."""
        super().data_received(data)
        self._head = self._head + len(data) if self._in_head else 0
        if self._head > HEAD_BYTES:
            self.end()

    def send_400_response(self, msg: str) -> None:
        """What came is no HTTP."""
        head = b"HTTP/1.1 400 Bad Request\r\n" + written()
        rest = (
            f"content-type: text/plain; charset=utf-8\r\ncontent-length: {len(msg)}\r\nconnection: close\r\n\r\n{msg}"
        )
        self.transport.write(head + rest.encode("ascii"))
        self.transport.close()

    def _enter(self, stage: Stage) -> None:
        self._stage, self.since = stage, time.monotonic()
        if self._deadline is not None:
            self._deadline.cancel()
        seconds = {
            Stage.HEAD: HEAD_SECONDS,
            Stage.BODY: BODY_SECONDS,
            Stage.ANSWER: ANSWER_SECONDS,
            Stage.IDLE: IDLE_SECONDS,
        }
        self._deadline = self.loop.call_later(seconds[stage], self.end)
