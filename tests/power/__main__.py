"""`python -m tests.power`: cut the power again and again, at places of what the bot did to its files.

Needs Linux and a C compiler. The last line is one JSON object: nothing may be lost, untrue, damaged or given back.
"""

import argparse
import asyncio
import json
import logging
import random
import sys
import tempfile
from dataclasses import asdict
from pathlib import Path

import structlog

from tests.power import shim
from tests.power.cuts import Cuts
from tests.power.recorded import SABOTAGE
from tests.power.recording import Plan, recorded

SHOWN = 30


async def cut(plan: Plan) -> Cuts:
    """Record, then cut as often as planned."""
    async with recorded(plan) as recording:
        cuts = Cuts(plan, recording)
        await cuts.run()
        cuts.wrong += recording.ended
    figures = cuts.figures
    if figures.duplicates > figures.uncertain:
        cuts.wrong.append(f"{figures.duplicates} messages came twice, and only {figures.uncertain} were uncertain")
    return cuts


def say(line: str) -> None:
    """Print at once: somebody waits and wants to see that it lives."""
    print(line, flush=True)  # noqa: T201 - its output is what it is for


def main() -> int:
    """0 when nothing is wrong; 2 when this machine lacks something for it."""
    parser = argparse.ArgumentParser(prog="python -m tests.power", description=__doc__)
    parser.add_argument("--cuts", type=int, default=200)
    parser.add_argument("--seed", type=int, default=None, help="default: another one each time; it is printed")
    parser.add_argument("--starts-each", type=int, default=1, help="start the bot after each of so many cuts alone")
    parser.add_argument(
        "--sabotage", choices=sorted(SABOTAGE), default="", help="take a promise out: it must fail then"
    )
    given = parser.parse_args()
    lacks = shim.lacks()
    if lacks is not None:
        say(f"This cannot be tried here: {lacks}.")
        return 2
    seed = given.seed if given.seed is not None else random.SystemRandom().randrange(10**6)
    say(f"seed {seed}")
    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(logging.CRITICAL))
    logging.disable()
    with tempfile.TemporaryDirectory() as folder:
        plan = Plan(given.cuts, seed, Path(folder), starts_each=given.starts_each, sabotage=given.sabotage, say=say)
        found = asyncio.run(cut(plan))
    for sentence in found.wrong[:SHOWN]:
        say(f"WRONG  {sentence}")
    if len(found.wrong) > SHOWN:
        say(f"WRONG  and {len(found.wrong) - SHOWN} more")
    say(json.dumps({"power": asdict(found.figures)}))
    return 1 if found.wrong else 0


if __name__ == "__main__":
    sys.exit(main())
