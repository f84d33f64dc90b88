"""`make crash-test`: kill the bot some hundred times, and reckon what became of everybody's words."""

import argparse
import asyncio
import json
import random
import sys
import tempfile
from pathlib import Path

from tests.crash.accounts import Reckoning
from tests.crash.dispatch import POINTS, DispatchCrashTest
from tests.crash.dispatch_accounts import DispatchFigures
from tests.crash.run import CrashTest, Plan

ENOUGH_IN_FLIGHT = 0.75
ENOUGH_IN_FEW = 0.5
FEW = 100
SHOWN = 30


def show(found: Reckoning, in_flight: float = ENOUGH_IN_FLIGHT) -> list[str]:
    """The table, what is wrong, and last the figures as JSON."""
    figures = found.figures
    wrong = list(found.wrong)
    # A kill in a migration finds what the one before it left, or no table yet; of ten kills it is six such.
    if found.serving_in_flight < in_flight * found.serving:
        wrong.append(f"only {found.serving_in_flight} of {found.serving} kills fell while work was in flight")
    if figures.duplicates > figures.uncertain:
        wrong.append(f"{figures.duplicates} messages came twice, and only {figures.uncertain} were uncertain")
    found.wrong = wrong
    width = max(len(name) for name in found.counted)
    lines = [f"{name:<{width}}  {number:>6}" for name, number in found.counted.items()]
    lines += [f"WRONG  {sentence}" for sentence in wrong[:SHOWN]]
    if len(wrong) > SHOWN:
        lines.append(f"WRONG  and {len(wrong) - SHOWN} more")
    return [*lines, figures.as_json()]


def main() -> int:
    """0 when every figure is right."""
    parser = argparse.ArgumentParser(prog="python -m tests.crash", description=__doc__)
    parser.add_argument("--kills", type=int, default=220)
    parser.add_argument("--seed", type=int, default=None, help="default: another one each time; it is printed")
    parser.add_argument("--sabotage", default="", help="take a promise out (inbox, outbox, claim): it must fail then")
    parser.add_argument("--keep", type=Path, default=None, help="an empty folder in which database and log stay")
    given = parser.parse_args()
    seed = given.seed if given.seed is not None else random.SystemRandom().randrange(10**6)
    say(f"seed {seed}")
    with tempfile.TemporaryDirectory() as temporary:
        folder = given.keep or Path(temporary)
        plan = Plan(given.kills, seed, folder, given.sabotage, limits_until=given.kills // 8, say=say)
        found = asyncio.run(CrashTest(plan).run())
        dispatched = asyncio.run(_dispatch(given.kills // 2, seed, folder / "dispatch", given.sabotage))
    *lines, figures = show(found, ENOUGH_IN_FEW if given.kills < FEW else ENOUGH_IN_FLIGHT)
    lines += [f"{name}  {number:>6}" for name, number in dispatched.counted.items()]
    lines += [f"WRONG  {sentence}" for sentence in dispatched.wrong[:SHOWN]]
    for line in (*lines, json.dumps({**json.loads(figures), "dispatch": dispatched.figures()})):
        say(line)
    return 1 if found.wrong or dispatched.wrong else 0


async def _dispatch(kills: int, seed: int, folder: Path, sabotage: str) -> DispatchFigures:
    """The part with repairs: half as many kills."""
    plan = Plan(kills, seed, folder, sabotage, POINTS, residents=5, staff=6, pause=(0.1, 0.4), say=say)
    return await DispatchCrashTest(plan).run_dispatch()


def say(line: str) -> None:
    """Print at once: whoever waits wants to see that it lives."""
    print(line, flush=True)  # noqa: T201 - its output is what it is for


if __name__ == "__main__":
    sys.exit(main())
