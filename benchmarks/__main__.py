"""`make bench`: what the bot costs, section by section; prints tables, and last all figures as one line of JSON."""

import argparse
import asyncio
import json
import os
import sys
from dataclasses import replace
from datetime import timedelta
from typing import Any

from benchmarks import (
    board,
    broadcast,
    counting,
    dispatch,
    flood,
    growth,
    own_data,
    pages,
    project_word,
    reminders,
    report_flow,
    retention,
    words,
)
from benchmarks.contestants import Broken
from benchmarks.section import Plan, Section, cores, say

# One module each; its `measure` returns the keys it adds to the last line.
SECTIONS: dict[str, Section] = {
    "report_flow": report_flow.measure,
    "growth": growth.measure,
    "dispatch": dispatch.measure,
    "reminders": reminders.measure,
    "board": board.measure,
    "pages": pages.measure,
    "broadcast": broadcast.measure,
    "project_word": project_word.measure,
    "figures": counting.measure,
    "retention": retention.measure,
    "words": words.measure,
    "own_data": own_data.measure,
    "flood": flood.measure,
}
PLAN = Plan(
    rounds=3, people=500, few=10, alone=40,
    growth_rounds=9, reports=(1_000, 100_000), open=(100, 1_000), flood=5_000, burst=500, bursts=3,
    volunteers=10_000, requests=1_000, races=200, reminded=100_000, promises=10_000, board_seconds=10.0,
    notified=1_500, notice_in=timedelta(seconds=20), bundled=5_000, released=100_000, counted=100_000, aged=20_000,
    sentences=None, own_events=10_000, flood_messages=500, flood_seconds=30.0, flood_rounds=3, others=20, core=None,
)  # fmt: skip
NOTIFIED_ALONE = 10_000
"""The section `broadcast` run by itself: seven minutes, which is too long beside all others."""
COUNTED_ALONE = 1_000_000
"""The section `figures` run by itself: writing that many takes ten minutes and three gigabytes."""
AGED_ALONE = 1_000_000
"""The section `retention` run by itself: writing that many takes half an hour and some gigabytes."""
QUICK = Plan(
    rounds=1, people=3, few=1, alone=1,
    growth_rounds=1, reports=(100, 300), open=(20, 40), flood=100, burst=5, bursts=1,
    volunteers=300, requests=30, races=5, reminded=1_000, promises=60, board_seconds=0.7,
    notified=60, notice_in=timedelta(seconds=2), bundled=300, released=300, counted=2_000, aged=300, sentences=40,
    own_events=100, flood_messages=30, flood_seconds=0.5, flood_rounds=1, others=3, core=None,
)  # fmt: skip


async def measure(plan: Plan, names: list[str]) -> dict[str, Any]:
    """The sections of these names, one after the other. Raises Broken."""
    core, other = cores()
    if other is not None:
        os.sched_setaffinity(0, {other})
    found: dict[str, Any] = {}
    for name in names:
        found |= await SECTIONS[name](replace(plan, core=core))
    return found


def main() -> int:
    """0 when everything ran; whether the figures are good is for whoever reads them."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument("--only", choices=SECTIONS, action="append", help="this section; may be said several times")
    parser.add_argument("--rounds", type=int)
    parser.add_argument("--people", type=int)
    parser.add_argument("--notified", type=int, help="how many get the notice of the section `broadcast`")
    parser.add_argument("--many", type=int, help="how many reports the larger neighbourhoods of `growth` have")
    parser.add_argument("--released", type=int, help="how many reports the public pages of `pages` and `growth` show")
    parser.add_argument("--counted", type=int, help="of how many reports the section `figures` makes figures")
    parser.add_argument("--quick", action="store_true", help="only to see that it runs: its timings say nothing")
    parser.add_argument("--aged", type=int, help="how many reports the neighbourhood of the section `retention` has")
    parser.add_argument("--show", choices=["tuned"], help="the section `words`: the lines it misread, of these tables")
    given = parser.parse_args()
    plan = QUICK if given.quick else PLAN
    plan = replace(plan, show_misread=given.show is not None)
    plan = replace(plan, rounds=given.rounds or plan.rounds, people=given.people or plan.people)
    plan = replace(plan, reports=(plan.reports[0], given.many or plan.reports[1]))
    alone = given.only[0] if given.only and len(given.only) == 1 and not given.quick else None
    plan = replace(plan, notified=given.notified or (NOTIFIED_ALONE if alone == "broadcast" else plan.notified))
    plan = replace(plan, released=given.released or plan.released)
    plan = replace(plan, counted=given.counted or (COUNTED_ALONE if alone == "figures" else plan.counted))
    plan = replace(plan, aged=given.aged or (AGED_ALONE if alone == "retention" else plan.aged))
    try:
        found = asyncio.run(measure(plan, given.only or list(SECTIONS)))
    except Broken as error:
        say(str(error))
        return 1
    say(json.dumps(found))
    return 0


if __name__ == "__main__":
    sys.exit(main())
