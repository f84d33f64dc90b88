"""`python -m tests.walk`: longer walks than `make test` has time for; a seed that fails fails again."""

import argparse
import asyncio
import logging
import sys
import tempfile
from collections import Counter
from pathlib import Path

import structlog

from tests.walk.walk import Walk


async def walk(seed: int, steps: int, counts: Counter[str]) -> Walk:
    """One walk from its beginning; raises AssertionError with the last steps when something is wrong."""
    with tempfile.TemporaryDirectory() as folder:
        walking = Walk(Path(folder), seed, counts)
        await walking.begin()
        try:
            for _ in range(steps):
                await walking.step()
        finally:
            await walking.end()
    return walking


def say(line: str) -> None:
    """Print at once: whoever waits wants to see that it lives."""
    print(line, flush=True)  # noqa: T201 - its output is what it is for


def main() -> int:
    """0 when nobody was left without an answer."""
    parser = argparse.ArgumentParser(prog="python -m tests.walk", description=__doc__)
    parser.add_argument("--seeds", type=int, default=20, help="how many walks")
    parser.add_argument("--steps", type=int, default=1000, help="steps of each")
    parser.add_argument("--seed", type=int, default=0, help="the first of them")
    given = parser.parse_args()
    # What a walk has to say is in its error; the log has a line for each step.
    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(logging.CRITICAL))
    logging.disable()
    entered: set[str] = set()
    wrong = 0
    for seed in range(given.seed, given.seed + given.seeds):
        try:
            entered |= asyncio.run(walk(seed, given.steps, Counter())).entered
        except AssertionError as error:
            wrong += 1
            say(f"{error}\n")
    say(f"{given.seeds} walks of {given.steps} steps, {wrong} of them wrong; flows: {', '.join(sorted(entered))}")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
