"""What is counted long is counted by a program of its own (`counting_program.py`), and only the numbers come back.

On a thread of the bot's, counting shares the interpreter with everybody who waits for an answer: each of them waited
two to three times as long while a year was counted. The program reads on a connection that cannot write, gives way to
all others, and ends with the bot, however that ends.
"""

import asyncio
import pickle
import struct
from asyncio.subprocess import Process
from collections.abc import Callable
from typing import Concatenate, ParamSpec, TypeVar

from bot.background import programs
from bot.background.programs import ProgramFailed
from storage.core.database import Database, Transaction

P = ParamSpec("P")
R = TypeVar("R")
LENGTH = struct.Struct(">I")
"""Before each question and answer: how many bytes it has."""
KEPT_SECONDS = 300.0
"""So long it waits for the next question: staff who look at figures press one button after the other, and it takes a
moment to start."""


class Counting:
    """Has functions that only read carried out, one after the other, by a program that is started when it is needed."""

    def __init__(self, database: Database, kept_seconds: float = KEPT_SECONDS) -> None:
        self._database = database
        self._kept_seconds = kept_seconds
        self._turn = asyncio.Lock()
        self._process: Process | None = None
        self._ends: asyncio.TimerHandle | None = None

    async def count(self, function: Callable[Concatenate[Transaction, P], R], *args: P.args, **kwargs: P.kwargs) -> R:
        """What `function(transaction, …)` returns or raises, read on one moment of the database.

        The function is one of a module and is known there by its name; what it is given and what it returns are plain
        values: both travel by `pickle`. Cancelled, it is counted no further. Raises ProgramFailed, OSError too.
        """
        question = pickle.dumps((self._database.path.absolute(), self._database.now(), function, args, kwargs))
        async with self._turn:
            self._stays()
            try:
                has_raised, found = pickle.loads(await self._ask(question))  # noqa: S301 - our own program wrote it
            except BaseException:
                await self._end()
                raise
            self._ends = asyncio.get_running_loop().call_later(self._kept_seconds, self._ends_now)
        if has_raised:
            raise found
        answer: R = found
        return answer

    async def close(self) -> None:
        """End the program; another question starts it anew."""
        self._stays()
        await self._end()

    async def _ask(self, question: bytes) -> bytes:
        process = self._process
        if process is None or process.returncode is not None:
            process = self._process = await programs.start("bot.background.counting_program")
        assert process.stdin is not None and process.stdout is not None and process.stderr is not None, "pipes"
        try:
            process.stdin.write(LENGTH.pack(len(question)) + question)
            await process.stdin.drain()
            (length,) = LENGTH.unpack(await process.stdout.readexactly(LENGTH.size))
            return await process.stdout.readexactly(length)
        except (ConnectionError, asyncio.IncompleteReadError):
            trouble = await process.stderr.read()
            code = await process.wait()
            raise ProgramFailed(programs.Ended(code, b"", trouble).told) from None

    def _stays(self) -> None:
        if self._ends is not None:
            self._ends.cancel()
            self._ends = None

    def _ends_now(self) -> None:
        self._ends = None
        process, self._process = self._process, None
        if process is not None and process.returncode is None:
            process.kill()

    async def _end(self) -> None:
        process, self._process = self._process, None
        if process is not None:
            await programs.end(process)
