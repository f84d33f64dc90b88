"""`make bench`: the report flow of our bot beside two others; prints a table, and last the figures as JSON."""

import argparse
import asyncio
import os
import sys

from benchmarks.contestants import PEERS_PYTHON, Broken
from benchmarks.figures import NAMES, ReportFlow
from benchmarks.rounds import crowd_round, one_after_the_other

LATENCIES = (0, 50)


def say(line: str) -> None:
    """Print at once: whoever waits wants to see that it lives."""
    print(line, flush=True)  # noqa: T201 - its output is what it is for


def cores() -> tuple[int | None, int | None]:
    """A core for the programs that are measured, and another for the stand-in; None where there are none to choose."""
    if not hasattr(os, "sched_getaffinity"):
        say("Programs cannot be kept on a core here: the figures are less exact.")
        return None, None
    ours = sorted(os.sched_getaffinity(0))
    if len(ours) < 2:
        say("There is one core only: the stand-in takes its share of it, and the figures are less exact.")
        return None, None
    return ours[0], ours[1]


async def measure(rounds: int, people: int, few: int, alone: int) -> ReportFlow:
    """All rounds, the programs taking turns. `few` is how many people PTB gets at 50 ms. Raises Broken."""
    core, other = cores()
    if other is not None:
        os.sched_setaffinity(0, {other})
    found = ReportFlow()
    for number in range(1, rounds + 1):
        for latency in LATENCIES:
            for name in NAMES:
                crowd = min(people, few) if name == "ptb" and latency else people
                result = await crowd_round(name, crowd, latency / 1000, core)
                found.add(name, latency, result)
                say(
                    f"round {number}: {name:<8}{latency:>3} ms  {crowd:>4} people  {result.cpu_ms:6.2f} ms CPU and "
                    f"{result.calls_per_update:.2f} calls an update, {result.updates_per_s:7.1f} updates/s  "
                    f"(stand-in busy {result.stand_in_cpu:.0%})"
                )
    found.delays = await one_after_the_other(alone, 0.0, core)
    return found


def main() -> int:
    """0 when everything ran; whether the figures are good is for whoever reads them."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--people", type=int, default=500)
    parser.add_argument("--few", type=int, default=10, help="PTB at 50 ms, which handles one update after the other")
    parser.add_argument("--alone", type=int, default=40, help="how often one person alone goes through the script")
    parser.add_argument("--quick", action="store_true", help="only to see that it runs: its timings say nothing")
    given = parser.parse_args()
    if given.quick:
        given.rounds, given.people, given.few, given.alone = 1, 3, 1, 1
    if not PEERS_PYTHON.exists():
        say("The others are not installed: run `make bench`.")
        return 2
    try:
        found = asyncio.run(measure(given.rounds, given.people, given.few, given.alone))
    except Broken as error:
        say(str(error))
        return 1
    for line in found.table():
        say(line)
    say(found.as_json())
    return 0


if __name__ == "__main__":
    sys.exit(main())
