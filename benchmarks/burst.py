"""How long one person waits for an answer while many reports are sent in the same moment."""

import asyncio
import itertools
from statistics import quantiles
from typing import Any

from benchmarks.crowd import REACTION_SECONDS, sounds
from benchmarks.neighbourhood import FIRST_RESIDENT
from benchmarks.section import say
from benchmarks.visitors import Visitors

FIRST_IN_A_CROWD = 700_001
STEPS = ("/my", "The lamp beside the ramp is dark", "/cancel", "/help")
"""What the one person does, over and over."""


async def measure(visitors: Visitors, crowd: int, times: int) -> dict[str, Any]:
    """Bursts of so many reports, and one person who goes on meanwhile. Raises Broken."""
    numbers = itertools.count(FIRST_IN_A_CROWD)
    waits: list[float] = []
    written: list[float] = []
    for _ in range(times):
        people = list(itertools.islice(numbers, crowd))
        await asyncio.gather(*(visitors.says(person, f"The lamp {sounds(person, 0)}") for person in people))
        await visitors.at_rest()
        began = asyncio.get_running_loop().time()
        burst = asyncio.gather(*(visitors.presses(person, "Send it") for person in people))
        waits += await _one_person(visitors, burst)
        await burst
        written.append(asyncio.get_running_loop().time() - began)
        await visitors.at_rest()
    cuts = quantiles(waits, n=100)
    found = {
        "reports": crowd,
        "answered_ms_p50": round(cuts[49] * 1000, 1),
        "answered_ms_p99": round(cuts[98] * 1000, 1),
        "answered_ms_max": round(max(waits) * 1000, 1),
        "answered_within_100_ms": round(sum(wait <= 0.1 for wait in waits) / len(waits), 3),
        "all_answered_s": round(sum(written) / times, 2),
    }
    say(
        f"while {crowd} reports sent at once are written ({found['all_answered_s']} s), one person waits "
        f"{found['answered_ms_p50']} ms for an answer, at most {found['answered_ms_max']} ms, within 100 ms "
        f"{found['answered_within_100_ms']:.1%} of {len(waits)}"
    )
    return {"burst": found}


async def _one_person(visitors: Visitors, burst: asyncio.Future[Any]) -> list[float]:
    """Go on until the burst is answered; at least through all steps once. Seconds of waiting for each."""
    waits: list[float] = []
    for words in itertools.cycle(STEPS):
        await asyncio.sleep(REACTION_SECONDS)
        waits.append(await visitors.says(FIRST_RESIDENT, words))
        if burst.done() and len(waits) >= len(STEPS):
            return waits
    raise AssertionError("a cycle has no end")
