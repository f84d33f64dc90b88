"""`python -m sandbox` as a process of its own, from wherever the tests were started."""

import asyncio
import sys
from asyncio.subprocess import PIPE, Process
from pathlib import Path

ABOVE = Path(__file__).resolve().parents[2]


async def start_program(*arguments: str) -> Process:
    """Start it on a port the system chooses; what it writes can be read from `stdout` and `stderr`."""
    command = ["-m", "sandbox", "--port", "0", *arguments]
    return await asyncio.create_subprocess_exec(sys.executable, *command, cwd=ABOVE, stdout=PIPE, stderr=PIPE)
