"""Running the web server: on a port the system may choose, with connections that can be cut, ending at once."""

from __future__ import annotations

import asyncio
import contextlib
import socket
from collections.abc import AsyncIterator, Callable, Generator
from typing import Any

import uvicorn
from starlette.applications import Starlette
from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol


class CuttableProtocol(HttpToolsProtocol):
    """Lets the application see the connection (scope["state"]["transport"]), so that a fault can cut it."""

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        super().connection_made(transport)
        self.app_state = {**self.app_state, "transport": transport}


class Server(uvicorn.Server):
    """Ends everything that waits before it waits for its connections to end."""

    def __init__(self, application: Starlette, before_end: Callable[[], None], *, takes_signals: bool) -> None:
        config = uvicorn.Config(
            application,
            http=CuttableProtocol,
            ws="none",
            lifespan="off",
            log_level="warning",
            access_log=False,
            timeout_graceful_shutdown=1,
            # Longer than clients keep a connection they do not use: else one is closed just when they use it again.
            timeout_keep_alive=75,
        )
        super().__init__(config)
        self._before_end = before_end
        self._takes_signals = takes_signals
        self.ready = asyncio.Event()
        self._ending = asyncio.Event()

    def end(self) -> None:
        """Stop serving at once, whoever is still connected."""
        self.should_exit = self.force_exit = True
        self._ending.set()

    async def main_loop(self) -> None:
        # As uvicorn's own, but for an end that need not wait for the next tick: tests start and stop hundreds of times.
        ticks = 0
        while not await self.on_tick(ticks):
            ticks = (ticks + 1) % 864_000
            with contextlib.suppress(TimeoutError):
                async with asyncio.timeout(0.1):
                    await self._ending.wait()

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets)
        self.ready.set()

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        self._before_end()
        if not self.force_exit:
            await super().shutdown(sockets)
            return
        # uvicorn sleeps a tenth of a second here in any case.
        for server in self.servers:
            server.close()
        for connection in list(self.server_state.connections):
            connection.shutdown()
        if self.server_state.tasks:
            await asyncio.wait(self.server_state.tasks, timeout=1)

    @contextlib.contextmanager
    def capture_signals(self) -> Generator[None, None, None]:
        if not self._takes_signals:
            yield
            return
        with super().capture_signals():
            yield


def listen(host: str, port: int) -> socket.socket:
    """A listening socket; port 0 lets the system choose. Raises OSError when the port is taken."""
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


def address_of(listener: socket.socket) -> str:
    """The address to reach a listening socket at."""
    host, port = listener.getsockname()[:2]
    return f"http://[{host}]:{port}" if ":" in host else f"http://{host}:{port}"


@contextlib.asynccontextmanager
async def serving(
    application: Starlette, before_end: Callable[[], None], listener: socket.socket
) -> AsyncIterator[str]:
    """Serve inside this process while the block runs; gives the address."""
    server = Server(application, before_end, takes_signals=False)
    task: asyncio.Task[Any] = asyncio.create_task(server.serve(sockets=[listener]))
    try:
        await server.ready.wait()
        yield address_of(listener)
    finally:
        server.end()
        await task
        listener.close()
