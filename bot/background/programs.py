"""Programs the bot starts for what takes seconds: each is given what it needs on standard input, and no secret of ours.

None is left behind when nobody waits for it any more, or the bot stops.
"""

import asyncio
import json
import sys
from asyncio.subprocess import PIPE, Process
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from bot.kit.private_files import child_environment

ROOT = Path(__file__).resolve().parents[2]


class ProgramFailed(Exception):
    """A program ended otherwise than it should, or its answer is none."""


@dataclass(frozen=True)
class Ended:
    """How a program ended: its exit code (negative: the signal that ended it) and what it wrote."""

    code: int
    said: bytes
    trouble: bytes

    @property
    def told(self) -> str:
        """The code and the last line of what it wrote as trouble, for a log."""
        last = self.trouble.decode("utf-8", "replace").strip().rpartition("\n")[2]
        return f"ended with {self.code}: {last[:200]}"


async def start(module: str) -> Process:
    """Start a program of our own; who does ends it, too (`end`). Raises OSError."""
    return await _start((sys.executable, "-m", module), ROOT)


async def _start(command: tuple[str, ...], folder: Path | None) -> Process:
    return await asyncio.create_subprocess_exec(
        *command, cwd=folder, stdin=PIPE, stdout=PIPE, stderr=PIPE, env=child_environment()
    )


async def end(process: Process) -> None:
    """See that it is gone."""
    if process.returncode is None:
        process.kill()
        await process.wait()


async def run(module: str, given: bytes, seconds: float | None) -> Ended:
    """Have a program of our own run to its end, for `seconds` at most (None: however long it takes). Raises OSError,
    TimeoutError."""
    return await _run(await start(module), given, seconds)


async def run_foreign(command: tuple[str, ...], seconds: float) -> Ended:
    """The same with the operator's command, where the bot was started."""
    return await _run(await _start(command, None), b"", seconds)


async def _run(process: Process, given: bytes, seconds: float | None) -> Ended:
    try:
        async with asyncio.timeout(seconds):
            said, trouble = await process.communicate(given)
    finally:
        await end(process)
    assert process.returncode is not None, "it has ended"
    return Ended(process.returncode, said, trouble)


async def carry_out(module: str, order: Mapping[str, Any], seconds: float | None = None) -> dict[str, Any]:
    """Have a program of our own carry out an order; returns its answer, both JSON. Raises ProgramFailed, OSError,
    TimeoutError."""
    ended = await run(module, json.dumps(order).encode(), seconds)
    if ended.code != 0:
        raise ProgramFailed(ended.told)
    try:
        # The answer is the last line: a library may have had something to say before it.
        answer = json.loads(ended.said.strip().rpartition(b"\n")[2])
    except ValueError:
        answer = None
    if not isinstance(answer, dict):
        raise ProgramFailed("its answer is none")
    return answer
