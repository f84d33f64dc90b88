"""What a step costs among many reports, beside the same step among few; and what the many take of memory."""

import contextlib
import shutil
import tempfile
from collections import defaultdict
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from typing import Any

from benchmarks import burst, released
from benchmarks.board import free_port
from benchmarks.contestants import community_in, database_in
from benchmarks.growth_steps import ASKERS, Steps
from benchmarks.neighbourhood import Neighbourhood
from benchmarks.section import Plan, say
from benchmarks.visitors import Visitors
from bot.community.community_file import EXAMPLE, load_community

PLACES = ("few", "many", "flood")
A_MILLION = 1_000_000


@dataclass(frozen=True)
class Place:
    """A neighbourhood with its running bot."""

    name: str
    visitors: Visitors
    steps: Steps


async def measure(plan: Plan) -> dict[str, Any]:
    """The neighbourhoods take turns, step by step; last comes a burst among the many. Raises Broken."""
    costs: dict[str, dict[str, list[float]]] = defaultdict(lambda: defaultdict(list))
    async with contextlib.AsyncExitStack() as running:
        folder = Path(running.enter_context(tempfile.TemporaryDirectory()))
        residents = await _write(folder, plan)
        places = []
        for name in PLACES:
            visitors, port = Visitors(), free_port()
            more = {"WEB_PORT": str(port), "COMMUNITY": str(_without_figures(folder / name))}
            await running.enter_async_context(visitors.with_bot(folder / name, plan.core, more))
            places.append(Place(name, visitors, Steps(visitors, residents[name], port)))
        for number in range(1, plan.growth_rounds + 1):
            for step in places[0].steps.all():
                # There and back, so that whatever slows the machine for a while slows all of them.
                for place in places if number % 2 else reversed(places):
                    costs[step][place.name].append(await _cost(place, step))
            last = (
                f"{step} " + "/".join(f"{each[-1]:.2f}" for each in found.values()) for step, found in costs.items()
            )
            say(f"round {number} of growth, ms CPU a step with few/many/many open: {', '.join(last)}")
        memory = {place.name: place.visitors.bot.memory_mb() for place in places}
        asked = {place.name: place.steps.questions for place in places}
        found = _figures(plan, costs, memory, asked)
        return found | await burst.measure(places[1].visitors, plan.burst, plan.bursts)


def _without_figures(folder: Path) -> Path:
    """The community file, without public figures: those of many years would be counted while it is measured."""
    file = folder / "without_figures.toml"
    file.write_text(community_in(folder).read_text().replace("figures = true", "figures = false"))
    return file


async def _write(folder: Path, plan: Plan) -> dict[str, int]:
    """The files of all three; how many residents each has. The third is the second with more of it open."""
    community = load_community(EXAMPLE)
    residents = {}
    for name, reports, open_ in zip(PLACES[:2], plan.reports, plan.open, strict=True):
        say(f"Writing a neighbourhood of {reports:,} reports, {open_:,} of them open ...")
        neighbourhood = Neighbourhood(community, reports, open_)
        await neighbourhood.write(database_in(folder / name))
        await released.release_newest(database_in(folder / name), community, reports, plan.released)
        residents[name] = neighbourhood.residents
    many, flood = (database_in(folder / name) for name in PLACES[1:])
    flood.parent.mkdir(parents=True)
    shutil.copyfile(many, flood)
    await neighbourhood.open_more(flood, plan.flood)
    return residents | {PLACES[2]: neighbourhood.residents}


async def _cost(place: Place, step: str) -> float:
    """Milliseconds of CPU for each update of a step, from a rest to the next."""
    taken = 0
    before = 0.0
    async for updates in place.steps.all()[step]():
        await place.visitors.at_rest()
        if updates:
            taken = updates
            used = place.visitors.bot.own_cpu() - before
        before = place.visitors.bot.own_cpu()
    return used / taken * 1000


def _times(these: list[float], few: list[float]) -> float:
    """How many times the cost among few, the median of rounds.

    Both of a round were measured within seconds. From one round to the next a shared machine may be twice as fast, and
    the quotient of two medians is then that of two moments.
    """
    return round(median(each / one for each, one in zip(these, few, strict=True)), 3)


def _figures(
    plan: Plan, costs: dict[str, dict[str, list[float]]], memory: dict[str, float], asked: dict[str, int]
) -> dict[str, Any]:
    cost = {step: {name: median(each) for name, each in found.items()} for step, found in costs.items()}
    ratios = {step: _times(found["many"], found["few"]) for step, found in costs.items()}
    flood = {step: _times(found["flood"], found["few"]) for step, found in costs.items()}
    say("")
    say(f"{'ms CPU a step, medians':<24}" + "".join(f"{reports:>16,}" for reports in (*plan.reports, plan.reports[1])))
    say(f"{'of them open':<24}" + "".join(f"{count:>16,}" for count in (*plan.open, plan.flood)))
    for step, each in cost.items():
        say(f"{step:<24}{each['few']:>16.2f}" + "".join(
            f"{each[name]:>8.2f} ({found[step]:.2f}x)" for name, found in (("many", ratios), ("flood", flood))
        ))  # fmt: skip
    rounds = len(next(iter(costs["one_of_these"].values())))
    say(f"asked whether it is one of these, of {rounds * ASKERS}: {', '.join(map(str, asked.values()))}")
    say(f"resident memory: {', '.join(f'{each:.0f} MB' for each in memory.values())}")
    worst = "step_cost_1m_over_1k" if plan.reports[1] >= A_MILLION else "step_cost_100k_over_1k"
    return {
        "growth": {
            worst: max(ratios.values()),
            "each": ratios,
            "each_with_5k_open": flood,
            "cpu_ms_per_step": {
                step: {name: round(value, 3) for name, value in each.items()} for step, each in cost.items()
            },
        },
        "rss_mb_at_100k": round(max(memory["many"], memory["flood"]), 1),
    }
