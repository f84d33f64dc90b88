"""The web server, inside the bot's own event loop: it starts and stops with the other parts."""

import contextlib
import socket
from collections.abc import Awaitable, Callable, Generator, Sequence
from typing import Any

import uvicorn
from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute

from web.bounded_head import BoundedHead

CONNECTIONS = 300
"""Telegram opens at most 40, a proxy's visitors some more; beyond that the answer is 503."""

Missing = Callable[[Request, Exception], Awaitable[Response]]
"""Answers where no route does."""


class WebServer:
    """Serves `routes` on that address, from `open` until `end`; `missing` answers where there is none."""

    def __init__(self, routes: Sequence[BaseRoute], host: str, port: int, missing: Missing | None = None) -> None:
        self.host = host
        self.port = port
        self._listener: socket.socket | None = None
        handlers: dict[Any, Any] = {} if missing is None else {HTTPException: missing}
        config = uvicorn.Config(
            Starlette(routes=list(routes), exception_handlers=handlers),
            http=BoundedHead,
            ws="none",
            lifespan="off",
            log_config=None,
            log_level="error",
            access_log=False,
            server_header=False,
            proxy_headers=False,
            limit_concurrency=CONNECTIONS,
            timeout_keep_alive=75,  # longer than a proxy's, or it would post into a connection being closed
            timeout_graceful_shutdown=1,
        )
        self._server = _Server(config)

    def open(self) -> None:
        """Take the port. Raises OSError when it is taken, or not ours to take."""
        self._listener = listen(self.host, self.port)

    async def run(self) -> None:
        """Serve until `end`; then finish what is being answered, for a second at most."""
        assert self._listener is not None, "open it first"
        await self._server.serve(sockets=[self._listener])

    def end(self) -> None:
        """Take nothing new; `run` ends soon after."""
        self._server.should_exit = True


class _Server(uvicorn.Server):
    @contextlib.contextmanager
    def capture_signals(self) -> Generator[None, None, None]:
        """Signals belong to the whole program: bot/application.py stops its parts in order."""
        yield


def listen(host: str, port: int) -> socket.socket:
    """A listening socket. Raises OSError."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    # Only with the protocol named does asyncio switch off Nagle's waiting, which costs 40 ms an answer.
    listener = socket.socket(family, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listener.bind((host, port))
        listener.listen(512)
    except OSError:
        listener.close()
        raise
    listener.setblocking(False)
    return listener
