"""The sandbox as a program of its own, with Telegram's limits in force; and a client that hears of all that happens."""

import asyncio
import contextlib
import json
import os
import sys
import time
from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import aiohttp

from benchmarks.contestants import ROOT, Broken
from benchmarks.stand_in import TOKEN

Json = dict[str, Any]
Listener = Callable[[Json, float], None]
"""Gets each event of the sandbox's stream, and when it came (time.perf_counter)."""
START_SECONDS = 30.0


@dataclass
class SandboxProgram:
    """A running one."""

    url: str
    session: aiohttp.ClientSession

    async def post(self, path: str, **body: Any) -> Any:
        """Act as somebody, or change something. Raises Broken."""
        async with self.session.post(f"{self.url}/api/{path}", json=body) as response:
            answer = await response.json()
        if response.status != 200:
            raise Broken(f"the sandbox says to {path}: {answer}")
        return answer

    async def get(self, path: str) -> Any:
        """Read something."""
        async with self.session.get(f"{self.url}/api/{path}") as response:
            return await response.json()

    async def listens(self, hear: Listener) -> None:
        """Hand over all that happens, until cancelled."""
        forever = aiohttp.ClientTimeout(total=None)
        async with self.session.get(f"{self.url}/api/events", timeout=forever, read_bufsize=1 << 22) as response:
            async for line in response.content:
                if line.startswith(b"data: "):
                    hear(json.loads(line[6:]), time.perf_counter())


@contextlib.asynccontextmanager
async def running(folder: Path) -> AsyncIterator[SandboxProgram]:
    """Start it on the core of who measures; kill it when the block ends. Raises Broken."""
    with (folder / "sandbox.log").open("wb") as log:
        process = await asyncio.create_subprocess_exec(
            sys.executable, "-m", "sandbox", "--port", "0", "--bot", TOKEN, "--seed", "7", "--quiet",
            cwd=ROOT, env={**os.environ, "PYTHONPATH": str(ROOT)}, stdout=asyncio.subprocess.PIPE, stderr=log,
        )  # fmt: skip
    try:
        assert process.stdout is not None
        try:
            url = (await asyncio.wait_for(process.stdout.readline(), START_SECONDS)).decode().strip()
        except TimeoutError:
            url = ""
        if not url:
            raise Broken(f"the sandbox did not start: {(folder / 'sandbox.log').read_text()[-500:]}")
        async with aiohttp.ClientSession(timeout=aiohttp.ClientTimeout(total=120)) as session:
            yield SandboxProgram(url, session)
    finally:
        with contextlib.suppress(ProcessLookupError):
            process.kill()
        await process.wait()
