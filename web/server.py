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

from web.connection import Connection
from web.crowd import Crowd, Known

BACKLOG = 100
"""So many connections are taken at one go at most: what the bot does besides must not wait for a flood of them."""
Missing = Callable[[Request, Exception], Awaitable[Response]]
"""Answers where no route does."""


class WebServer:
    """Serves `routes` on that address, from `open` until `end`; `missing` answers where there is none.

    Requests that are `known` (Telegram's) are answered however many others are.
    """

    def __init__(
        self,
        routes: Sequence[BaseRoute],
        host: str,
        port: int,
        missing: Missing | None = None,
        known: Known | None = None,
    ) -> None:
        self.host = host
        self.port = port
        self._listener: socket.socket | None = None
        handlers: dict[Any, Any] = {} if missing is None else {HTTPException: missing}
        application = Starlette(routes=list(routes), exception_handlers=handlers)
        # It would send who adds a slash to an address made of the Host they name.
        application.router.redirect_slashes = False
        config = _Config(
            application,
            http=Connection,
            ws="none",
            lifespan="off",
            log_config=None,
            log_level="error",
            access_log=False,
            server_header=False,
            proxy_headers=False,
            backlog=BACKLOG,
            timeout_keep_alive=3600,  # web/connection.py has the deadlines
            timeout_graceful_shutdown=1,
        )
        config.crowd = Crowd(known)
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


class _Config(uvicorn.Config):
    """What each connection is given."""

    crowd: Crowd


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
