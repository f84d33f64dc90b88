"""`python -m tests.week`: a week of a community of 20,000 people, in some minutes; Linux.

The last line is one JSON object. Memory at the end may be 5 % more than after the first day at most.
"""

import argparse
import asyncio
import json
import random
import sys
import tempfile
import time
from pathlib import Path

from tests.week.week import MOST_GROWTH, Plan, Week


def main() -> int:
    """0 when memory and tables stay as they should."""
    parser = argparse.ArgumentParser(prog="python -m tests.week", description=__doc__)
    parser.add_argument("--people", type=int, default=Plan.people)
    parser.add_argument("--days", type=int, default=Plan.days)
    parser.add_argument("--reports", type=int, default=Plan.reports, help="a day")
    parser.add_argument("--messages", type=int, default=Plan.messages, help="other ones, a day")
    parser.add_argument("--quiet-days", type=int, default=Plan.quiet_days, help="behind the week, without anybody")
    parser.add_argument("--seed", type=int, default=None, help="default: another one each time; it is printed")
    given = parser.parse_args()
    seed = given.seed if given.seed is not None else random.SystemRandom().randrange(10**6)
    say(f"seed {seed}")
    began = time.monotonic()
    with tempfile.TemporaryDirectory() as folder:
        plan = Plan(
            Path(folder), seed, given.people, given.days, given.reports, given.messages, given.quiet_days, say=say
        )
        found = asyncio.run(Week(plan).run())
    if found.growth > MOST_GROWTH:
        found.wrong.append(f"memory has grown by {found.growth:.1%} since the first day")
    for sentence in found.wrong:
        say(f"WRONG  {sentence}")
    figures = {
        "people": given.people,
        "days": given.days,
        "reports": found.did.get("reports", 0),
        "updates": sum(found.did.get(each, 0) for each in ("reports", "other messages", "presses")),
        "messages": found.did.get("messages of the bot", 0),
        "mb_after_a_day": round(found.memory[0] / 2**20, 1),
        "mb_at_the_end": round(found.memory[-1] / 2**20, 1),
        "growth": round(found.growth, 4),
        "seconds": round(time.monotonic() - began),
    }
    say(json.dumps({"week": figures}))
    return 1 if found.wrong else 0


def say(line: str) -> None:
    """Print at once: somebody waits and wants to see that it lives."""
    print(line, flush=True)  # noqa: T201 - its output is what it is for


if __name__ == "__main__":
    sys.exit(main())
