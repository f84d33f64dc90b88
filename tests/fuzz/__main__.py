"""`python -m tests.fuzz`: real updates with something wrong in them; a seed that fails fails again.

The last line is one JSON object. An update is handled, or set aside because Telegram could not have sent it; anything
else is wrong.
"""

import argparse
import asyncio
import json
import logging
import random
import sys
import tempfile
import time
from dataclasses import asdict
from pathlib import Path

import structlog

from tests.fuzz.fuzz import CHUNK, SHOWN, Found, Fuzz

TELLS_EACH = 20_000


async def fuzz(updates: int, seed: int) -> Found:
    """Feed so many, in hundreds, and see in the end that nobody is stuck."""
    with tempfile.TemporaryDirectory() as folder:
        fuzzing = Fuzz(Path(folder), seed)
        await fuzzing.begin()
        try:
            while fuzzing.found.figures.updates < updates:
                await fuzzing.feed()
                if fuzzing.found.figures.updates % TELLS_EACH < CHUNK:
                    say(f"{fuzzing.found.figures.updates} updates, {len(fuzzing.found.faults)} kinds of failure")
            await fuzzing.finish()
        finally:
            await fuzzing.end(whole=False)
    return fuzzing.found


def say(line: str) -> None:
    """Print at once: somebody waits and wants to see that it lives."""
    print(line, flush=True)  # noqa: T201 - its output is what it is for


def main() -> int:
    """0 when nothing is wrong."""
    parser = argparse.ArgumentParser(prog="python -m tests.fuzz", description=__doc__)
    parser.add_argument("--updates", type=int, default=100_000)
    parser.add_argument("--seed", type=int, default=None, help="default: another one each time; it is printed")
    given = parser.parse_args()
    seed = given.seed if given.seed is not None else random.SystemRandom().randrange(10**6)
    say(f"seed {seed}")
    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(logging.CRITICAL))
    logging.disable()
    began = time.monotonic()
    found = asyncio.run(fuzz(given.updates, seed))
    seconds = time.monotonic() - began
    for kind, fault in sorted(found.faults.items(), key=lambda each: -each[1].times)[:SHOWN]:
        say(f"WRONG  {fault.times} times {kind}\n       {fault.first}")
    figures = asdict(found.figures)
    say(json.dumps({"fuzz": {**figures, "updates_per_second": round(figures["updates"] / seconds)}}))
    return 1 if found.faults else 0


if __name__ == "__main__":
    sys.exit(main())
