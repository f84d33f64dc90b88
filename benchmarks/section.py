"""What a part of the benchmark is: a module with a `measure`, named in `benchmarks/__main__.py`."""

import os
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import timedelta
from typing import Any


@dataclass(frozen=True)
class Plan:
    """How much is measured, and on which core the programs run that are measured (None: on any)."""

    rounds: int
    people: int
    few: int
    """PTB at 50 ms, which handles one update after the other."""
    alone: int
    """How often one person alone goes through the script."""
    growth_rounds: int
    """These are short, and there are more of them than of the report flow's."""
    reports: tuple[int, int]
    """Few and many."""
    open: tuple[int, int]
    """How many of them are open."""
    flood: int
    """How many are open in a third neighbourhood, of as many reports as the second, where staff cannot keep up."""
    reminded: int
    """Everybody whose list of the week is due in the same moment."""
    promises: int
    """On the board."""
    board_seconds: float
    """How long each round of looking at it takes."""
    burst: int
    """How many reports are sent in the same moment ..."""
    bursts: int
    """... and how often."""
    volunteers: int
    requests: int
    """How many repairs are open already."""
    races: int
    """How often volunteers tap in the same instant."""
    notified: int
    """How many get a notice; thirty a second, so 10,000 take five and a half minutes."""
    notice_in: timedelta
    """So long before it begins people chat already: a bot that has just been started has read no language yet."""
    bundled: int
    """How many reports are in a project to which a word is said."""
    released: int
    """How many reports stand on the public pages."""
    counted: int
    """Of how many reports figures are made."""
    aged: int
    """Of how many reports those are made nameless that are old."""
    sentences: int | None
    """So many lines of each table of sentences are read; None: all."""
    own_events: int
    """How many events the person has who asks for a copy of their data."""
    flood_messages: int
    """How many messages one person sends in a round ..."""
    flood_seconds: float
    """... within so long ..."""
    flood_rounds: int
    """... how often ..."""
    others: int
    """... and how many others go on meanwhile."""
    core: int | None
    show_misread: bool = False
    """Whether the lines of the tuned tables are said that were misread."""


Section = Callable[[Plan], Awaitable[dict[str, Any]]]
"""Measures, says on the way what it finds, and returns its keys of the last line's JSON. Raises Broken."""


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
