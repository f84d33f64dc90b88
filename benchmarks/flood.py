"""How long others wait for an answer while one person sends five hundred messages, beside how long they wait else.

Rounds without and with the flood take turns, so that a machine that is slower for a while is so for both. The messages
come twenty times as fast as promised about ten minutes.
"""

import asyncio
import itertools
import tempfile
from pathlib import Path
from statistics import median, quantiles
from typing import Any

from benchmarks import section
from benchmarks.crowd import FIRST_PERSON, REACTION_SECONDS
from benchmarks.updates import said
from benchmarks.visitors import Visitors

FLOODER = 990_001
STEPS = ("/my", "/help", "/start", "/settings")
"""What the others do, over and over."""


async def measure(plan: section.Plan) -> dict[str, Any]:
    """Its keys of the last line: `flood`. Raises Broken."""
    visitors = Visitors()
    others = range(FIRST_PERSON, FIRST_PERSON + plan.others)
    quiet: list[list[float]] = []
    flooded: list[list[float]] = []
    with tempfile.TemporaryDirectory() as folder:
        async with visitors.with_bot(Path(folder), plan.core):
            await _round(visitors, others, plan.flood_seconds, 0)  # languages are read, pages of memory touched
            for number in range(plan.flood_rounds):
                quiet.append(await _round(visitors, others, plan.flood_seconds, 0))
                flooded.append(await _round(visitors, others, plan.flood_seconds, plan.flood_messages, number))
    found = _figures(plan, quiet, flooded)
    section.say(
        f"while one person sends {plan.flood_messages} messages in {plan.flood_seconds:g} s, of "
        f"{sum(map(len, flooded))} answers to {plan.others} others one in a hundred takes longer than "
        f"{found['others_ms_p99']} ms, else {found['quiet_ms_p99']} ms: {found['others_p99_vs_quiet']} times as long"
    )
    return {"flood": found}


async def _round(visitors: Visitors, others: range, seconds: float, messages: int, number: int = 0) -> list[float]:
    """Seconds of waiting for each answer to the others."""
    until = asyncio.get_running_loop().time() + seconds
    flood = asyncio.create_task(_flood(visitors, messages, seconds, FLOODER + number))
    waits = await asyncio.gather(*(_goes_on(visitors, person, until) for person in others))
    await flood
    await visitors.at_rest()
    return list(itertools.chain.from_iterable(waits))


async def _flood(visitors: Visitors, messages: int, seconds: float, person: int) -> None:
    for each in range(messages):
        visitors.stand_in.put("message", said(visitors.stand_in, person, f"The lamp is dark, word {each}"))
        await asyncio.sleep(seconds / messages)


async def _goes_on(visitors: Visitors, person: int, until: float) -> list[float]:
    waits: list[float] = []
    for words in itertools.cycle(STEPS):
        await asyncio.sleep(REACTION_SECONDS)
        waits.append(await visitors.says(person, words))
        if asyncio.get_running_loop().time() >= until:
            break
    return waits


def _figures(plan: section.Plan, quiet: list[list[float]], flooded: list[list[float]]) -> dict[str, Any]:
    without, with_it = ([quantiles(each, n=100)[98] for each in rounds] for rounds in (quiet, flooded))
    return {
        "messages": plan.flood_messages,
        "rounds": plan.flood_rounds,
        "quiet_ms_p99": round(median(without) * 1000, 1),
        "others_ms_p99": round(median(with_it) * 1000, 1),
        "others_p99_vs_quiet": round(median(one / other for one, other in zip(with_it, without, strict=True)), 3),
    }
