"""`make crash-test`: kill the bot some hundred times, and reckon what became of everybody's words and reminders."""

import argparse
import asyncio
import json
import random
import sys
import tempfile
from collections.abc import Callable
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from tests.crash import broadcasts, figures, forgetting, reminders
from tests.crash.accounts import Reckoning
from tests.crash.broadcasts import BroadcastCrashTest
from tests.crash.dispatch import POINTS, DispatchCrashTest
from tests.crash.figures import FiguresCrashTest
from tests.crash.forgetting import ForgettingCrashTest
from tests.crash.run import CrashTest, Plan

ENOUGH_IN_FLIGHT = 0.75
ENOUGH_IN_FEW = 0.5
FEW = 100
SHOWN = 30


@dataclass
class Shown:
    """What a part has to say: lines, what is wrong, and its figures for the last line."""

    lines: list[str]
    wrong: list[str]
    figures: dict[str, Any]


def show(found: Reckoning, in_flight: float = ENOUGH_IN_FLIGHT) -> Shown:
    """The table of the first part, what is wrong, and the figures."""
    figures = found.figures
    wrong = list(found.wrong)
    # A kill in a migration finds what the one before it left, or no table yet; of ten kills it is six such.
    if found.serving_in_flight < in_flight * found.serving:
        wrong.append(f"only {found.serving_in_flight} of {found.serving} kills fell while work was in flight")
    if figures.duplicates > figures.uncertain:
        wrong.append(f"{figures.duplicates} messages came twice, and only {figures.uncertain} were uncertain")
    width = max(len(name) for name in found.counted)
    lines = [f"{name:<{width}}  {number:>6}" for name, number in found.counted.items()]
    return Shown(lines, wrong, asdict(figures))


def road(given: argparse.Namespace, seed: int, folder: Path) -> Shown:
    """What people say and what is sent to them: the figures stand by themselves."""
    plan = Plan(given.kills, seed, folder, given.sabotage, limits_until=given.kills // 8, say=say)
    found = asyncio.run(CrashTest(plan).run())
    return show(found, ENOUGH_IN_FEW if given.kills < FEW else ENOUGH_IN_FLIGHT)


def reminded(given: argparse.Namespace, seed: int, folder: Path) -> Shown:
    """Two years of reminders in five zones."""
    each = max(given.reminder_kills // len(reminders.ZONES), reminders.FEWEST_KILLS)
    found = reminders.run(reminders.Plan(each, seed, folder, sabotage=given.sabotage, say=say))
    return Shown([], found.wrong, {"reminders": found.figures()})


def dispatched(given: argparse.Namespace, seed: int, folder: Path) -> Shown:
    """Residents ask for repairs, and volunteers run for them: half as many kills as on the road."""
    plan = Plan(
        given.kills // 2, seed, folder, given.sabotage, POINTS, residents=8, staff=6, pause=(0.1, 0.4),
        longest_life=6.0, say=say,
    )  # fmt: skip
    found = asyncio.run(DispatchCrashTest(plan).run_dispatch())
    lines = [f"{name}  {number:>6}" for name, number in found.counted.items()]
    return Shown(lines, found.wrong, {"dispatch": found.figures()})


def said_to_many(given: argparse.Namespace, seed: int, folder: Path) -> Shown:
    """Notices and words to a project go out: 200 kills where the road gets 220."""
    plan = broadcasts.plan(given.kills * 10 // 11, seed, folder, given.sabotage, say)
    found = asyncio.run(BroadcastCrashTest(plan).run_broadcasts())
    lines = [f"{name}  {number:>6}" for name, number in found.counted.items()]
    return Shown(lines, found.wrong, {"broadcast": found.figures()})


def people_forgotten(given: argparse.Namespace, seed: int, folder: Path) -> Shown:
    """People have their data deleted: 20 kills where the road gets 220."""
    plan = forgetting.plan(max(given.kills // 11, 2), seed, folder, say)
    found = asyncio.run(ForgettingCrashTest(plan).run_forgetting())
    lines = [f"{name}  {number:>6}" for name, number in found.counted.items()]
    return Shown(lines, found.wrong, {"forgetting": found.figures()})


def figures_sent(given: argparse.Namespace, seed: int, folder: Path) -> Shown:
    """Files are made, and figures and news come by themselves: 80 kills where the road gets 220."""
    plan = figures.plan(given.kills * 4 // 11, seed, folder, given.sabotage, say)
    found = asyncio.run(FiguresCrashTest(plan).run_figures())
    lines = [f"{name}  {number:>6}" for name, number in found.counted.items()]
    return Shown(lines, found.wrong, {"figures": found.figures()})


PARTS: dict[str, Callable[[argparse.Namespace, int, Path], Shown]] = {
    "road": road,
    "dispatch": dispatched,
    "broadcast": said_to_many,
    "forgetting": people_forgotten,
    "figures": figures_sent,
    "reminders": reminded,
}
"""Each gets the arguments, the seed and a folder of its own."""


def main() -> int:
    """0 when every figure is right."""
    parser = argparse.ArgumentParser(prog="python -m tests.crash", description=__doc__)
    parser.add_argument("--kills", type=int, default=220, help="of the part `road`")
    parser.add_argument("--reminder-kills", type=int, default=320, help="of the part `reminders`, in all zones")
    parser.add_argument("--seed", type=int, default=None, help="default: another one each time; it is printed")
    parser.add_argument("--only", choices=PARTS, default=None, help="one part alone")
    parser.add_argument(
        "--sabotage",
        default="",
        help="with --only, take a promise out: it must fail then (road: inbox, outbox, claim;"
        " dispatch: take, address, forget; broadcast: list, claim; figures: outbox, claim; reminders: keys, misfire)",
    )
    parser.add_argument("--keep", type=Path, default=None, help="an empty folder in which databases and logs stay")
    given = parser.parse_args()
    if given.sabotage and given.only is None:
        parser.error("--sabotage needs --only")
    seed = given.seed if given.seed is not None else random.SystemRandom().randrange(10**6)
    say(f"seed {seed}")
    counted: dict[str, Any] = {}
    wrong: list[str] = []
    with tempfile.TemporaryDirectory() as temporary:
        for name in (given.only,) if given.only else PARTS:
            folder = (given.keep or Path(temporary)) / name
            folder.mkdir(parents=True)
            shown = PARTS[name](given, seed, folder)
            counted |= shown.figures
            wrong += shown.wrong
            for line in shown.lines:
                say(line)
    for sentence in wrong[:SHOWN]:
        say(f"WRONG  {sentence}")
    if len(wrong) > SHOWN:
        say(f"WRONG  and {len(wrong) - SHOWN} more")
    say(json.dumps(counted))
    return 1 if wrong else 0


def say(line: str) -> None:
    """Print at once: whoever waits wants to see that it lives."""
    print(line, flush=True)  # noqa: T201 - its output is what it is for


if __name__ == "__main__":
    sys.exit(main())
