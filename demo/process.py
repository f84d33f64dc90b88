"""A part of the demo as a process of its own."""

import asyncio
import contextlib
import signal
import sys
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

from bot.kit.private_files import child_environment

ROOT = Path(__file__).parent.parent
PATIENCE = 6.0


@contextlib.asynccontextmanager
async def process(
    module: list[str], environment: dict[str, str], log: Path | None = None
) -> AsyncIterator[asyncio.subprocess.Process]:
    """Run `python -m …` beside us; ended when the block ends, kindly first. Settings of the caller's do not leak in.

    What it says is added to the file `log`; without one it can be read here.
    """
    with contextlib.ExitStack() as files:
        output: Any = files.enter_context(log.open("ab")) if log else asyncio.subprocess.PIPE
        started = await asyncio.create_subprocess_exec(
            sys.executable, "-m", *module, cwd=ROOT, env={**child_environment(), **environment}, stdout=output,
            stderr=output if log else None, start_new_session=True,
        )  # fmt: skip
        try:
            yield started
        finally:
            if started.returncode is None:
                started.send_signal(signal.SIGTERM)
                try:
                    async with asyncio.timeout(PATIENCE):
                        await started.wait()
                except TimeoutError:
                    started.kill()
                    await started.wait()
