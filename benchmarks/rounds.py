"""One round: a program from its start until everything is drained; and one person alone."""

import asyncio
import tempfile
import time
from collections import Counter
from dataclasses import dataclass
from pathlib import Path

from benchmarks.contestants import Broken, Contestant, started
from benchmarks.crowd import FIRST_PERSON, SCRIPT, Crowd
from benchmarks.stand_in import StandIn

START_SECONDS = 60.0
QUIET_SECONDS = 0.25
ROUND_SECONDS = 300.0
LOOK_EVERY = 0.02


@dataclass(frozen=True)
class Round:
    """What one round cost. `stand_in_cpu` is the share of its core that the stand-in used."""

    updates: int
    seconds: float
    cpu: float
    calls: Counter[str]
    stand_in_cpu: float
    delays: list[float]

    @property
    def cpu_ms(self) -> float:
        """Milliseconds of CPU for each update."""
        return self.cpu / self.updates * 1000

    @property
    def updates_per_s(self) -> float:
        """Updates a second."""
        return self.updates / self.seconds

    @property
    def calls_per_update(self) -> float:
        """Calls of the Bot API for each update, without getUpdates."""
        return self.calls.total() / self.updates


async def crowd_round(name: str, people: int, latency: float, core: int | None) -> Round:
    """All at once. Raises Broken."""
    crowd = Crowd(people, latency)
    with tempfile.TemporaryDirectory() as folder:
        url = await crowd.stand_in.start()
        try:
            with started(name, url, Path(folder), core) as contestant:
                await ready(crowd.stand_in, contestant, name)
                return await _run(crowd, contestant, name)
        finally:
            await crowd.stand_in.stop()


async def one_after_the_other(people: int, latency: float, core: int | None) -> list[float]:
    """Our bot with one person at a time; seconds of waiting that are not the network's, for each step."""
    crowd = Crowd(1, latency)
    delays: list[float] = []
    with tempfile.TemporaryDirectory() as folder:
        url = await crowd.stand_in.start()
        try:
            with started("ours", url, Path(folder), core) as contestant:
                await ready(crowd.stand_in, contestant, "ours")
                for number in range(people):
                    crowd.alone(FIRST_PERSON + number)
                    delays += (await _run(crowd, contestant, "ours")).delays
        finally:
            await crowd.stand_in.stop()
    return delays


async def ready(stand_in: StandIn, contestant: Contestant, name: str) -> None:
    """Wait until it is started, and done with what it does at its start. Raises Broken."""
    deadline = time.monotonic() + START_SECONDS
    calls = -1
    while not stand_in.polled.is_set() or calls != stand_in.calls.total() or not contestant.drained():
        calls = stand_in.calls.total()
        if time.monotonic() > deadline or contestant.process.poll() is not None:
            raise Broken(f"{name} did not start:\n{contestant.words()}")
        await asyncio.sleep(QUIET_SECONDS)


async def _run(crowd: Crowd, contestant: Contestant, name: str) -> Round:
    crowd.stand_in.calls.clear()
    cpu, own, began = contestant.cpu(), time.process_time(), time.perf_counter()
    crowd.begin()
    try:
        async with asyncio.timeout(ROUND_SECONDS):
            await crowd.finished.wait()
            while crowd.stand_in.unanswered or not contestant.drained():  # noqa: ASYNC110 - it is another program
                await asyncio.sleep(LOOK_EVERY)
    except TimeoutError:
        raise Broken(f"{name} did not finish ({crowd.answered} answers):\n{contestant.words()}") from None
    seconds = time.perf_counter() - began
    return Round(
        updates=len(crowd.people) * len(SCRIPT),
        seconds=seconds,
        cpu=contestant.cpu() - cpu,
        calls=Counter(crowd.stand_in.calls),
        stand_in_cpu=(time.process_time() - own) / seconds,
        delays=list(crowd.delays),
    )
