"""Keeps the demo's bot running: kills it when somebody pulls the lever, and starts it again whenever it has ended."""

import asyncio
import contextlib
import time
from asyncio.subprocess import Process
from collections.abc import Callable
from contextlib import AbstractAsyncContextManager

from demo.board import BURST, KILL, TEXTS, Board
from demo.neighbours import Neighbours

FIRST_DELAY = 1.0
LONGEST_DELAY = 30.0
STEADY = 60.0
"""Seconds after which a bot that ends by itself counts as one that had run well."""
LOOK = 0.03
MESSAGES = 50
WRITERS = ("Mei", "Ann")


class NeverRan(Exception):
    """The bot ended by itself before it had asked for a single message: to start it again would not help."""


class Supervisor:
    """One bot at a time. `start` starts its program, `say` tells the terminal, the board tells the page."""

    def __init__(
        self, start: Callable[[], AbstractAsyncContextManager[Process]], sandbox: Neighbours, board: Board,
        say: Callable[[str], None],
    ) -> None:  # fmt: skip
        self._start = start
        self._sandbox = sandbox
        self._board = board
        self._say = say
        self._process: Process | None = None
        self._is_killed = False
        self._has_run = False
        self._now = asyncio.Event()

    async def run(self) -> None:
        """Until cancelled; the bot is ended kindly then. Raises NeverRan."""
        listening = asyncio.create_task(self._listen())
        keeping = asyncio.create_task(self._keep_running())
        try:
            done, _ = await asyncio.wait({listening, keeping}, return_when=asyncio.FIRST_COMPLETED)
            done.pop().result()
        finally:
            for task in (listening, keeping):
                task.cancel()
            await asyncio.gather(listening, keeping, return_exceptions=True)

    async def _listen(self) -> None:
        async for lever in self._board.pulls():
            if lever == KILL:
                self._kill()
            elif lever == BURST:
                await self._burst()

    async def _burst(self) -> None:
        """Two residents write by turns, and the bot is killed when half is written."""
        for number in range(1, MESSAGES + 1):
            who = self._sandbox.ids[WRITERS[number % len(WRITERS)]]
            words = self._sandbox.words(TEXTS["burst_message"]).format(number=number)
            await self._sandbox.post("say", **{"from": who}, text=words)
            if number == MESSAGES // 2:
                self._kill()

    def _kill(self) -> None:
        # Also one that is only just starting; one that waits to be started again need not wait any longer.
        self._now.set()
        if self._process is not None and self._process.returncode is None:
            self._is_killed = True
            self._process.kill()

    async def _keep_running(self) -> None:
        delay = FIRST_DELAY
        told: tuple[str, str] | None = None
        ended = time.monotonic()
        while True:
            self._now.clear()
            self._is_killed = False
            began = time.monotonic()
            async with self._start() as self._process:
                greeting = asyncio.create_task(self._greet(told, ended))
                try:
                    await self._process.wait()
                finally:
                    greeting.cancel()
                    await asyncio.gather(greeting, return_exceptions=True)
            ended = time.monotonic()
            at = await self._board.time()
            if self._is_killed:
                told = ("killed_running", at)
                self._say(await self._board.say("killed", alarm=True, time=at))
                continue
            if not self._has_run:
                raise NeverRan
            delay = FIRST_DELAY if ended - began > STEADY else delay
            told = ("ended_running", at)
            self._say(await self._board.say("ended", alarm=True, time=at, seconds=f"{delay:.0f}"))
            with contextlib.suppress(TimeoutError):
                # `asyncio.wait_for` of Python 3.11 may lose a cancellation.
                async with asyncio.timeout(delay):
                    await self._now.wait()
            delay = min(delay * 2, LONGEST_DELAY)

    async def _greet(self, told: tuple[str, str] | None, ended: float) -> None:
        """Wait until the bot asks for messages: then it runs. Say how long it was away, if it was."""
        before = await self._polls()
        while True:
            if await self._polls() > before:
                break
            await asyncio.sleep(LOOK)
        self._has_run = True
        if told is not None:
            key, at = told
            self._say(await self._board.say(key, time=at, seconds=f"{time.monotonic() - ended:.1f}"))

    async def _polls(self) -> int:
        return int((await self._sandbox.get("updates"))["polls"])
