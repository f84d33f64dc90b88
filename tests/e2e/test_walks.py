"""The walks of docs/architecture.md are true: what each names is really called, in that order."""

import ast
import re
import sys
import threading
from collections.abc import Iterator
from pathlib import Path
from types import FrameType

import pytest

from sandbox.client import Person
from tests.e2e.conftest import LAMP, Estate
from tests.e2e.moments import time_is
from tests.e2e.pledges.test_pledge_making import pledger, published
from tests.e2e.pledges.test_pledge_reminders import LIST
from tests.e2e.reading import NOT_FIXED, asked_to_send, presses_send, presses_what

ROOT = Path(__file__).parents[2]
PAGE = (ROOT / "docs/architecture.md").read_text("utf-8")
Step = tuple[str, str]
"""A file and what of it is called: a function, or a class by any of its methods."""


def walk(heading: str) -> list[Step]:
    """What a section of the page names, in its order; constants are not called, and left out."""
    section = PAGE.partition(f"## {heading}")[2].partition("\n## ")[0]
    named = re.findall(r"`([\w/]+\.py)::(\w+)`", section)
    return [(file, name) for file, name in named if name in callable_in(ROOT / file)]


def callable_in(file: Path) -> set[str]:
    """The functions and classes of a module."""
    kinds = ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef
    return {node.name for node in ast.parse(file.read_text("utf-8")).body if isinstance(node, kinds)}


WALKS = {heading: walk(heading) for heading in ("One update", "One press", "One reminder")}


@pytest.fixture
def called() -> Iterator[list[Step]]:
    """What was called of all that the walks name, on every thread, in order. To be asked for before the bot."""
    files = {str(ROOT / file): file for steps in WALKS.values() for file, _ in steps}
    wanted = {step for steps in WALKS.values() for step in steps}
    found: list[Step] = []

    def note(frame: FrameType, event: str, _argument: object) -> None:
        file = files.get(frame.f_code.co_filename)
        if event == "call" and file is not None:
            step = file, frame.f_code.co_qualname.partition(".")[0]
            if step in wanted:
                found.append(step)

    before = sys.getprofile()
    threading.setprofile(note)
    sys.setprofile(note)
    yield found
    sys.setprofile(before)
    threading.setprofile(before)


def missing(steps: list[Step], called: list[Step]) -> list[Step]:
    """The steps from the first one on that does not follow the one before it."""
    rest = iter(called)
    return [] if not (left := [step for step in steps if step not in rest]) else steps[steps.index(left[0]) :]


async def test_one_update(called: list[Step], estate: Estate) -> None:
    await estate.settled()
    called.clear()
    await estate.resident.says(LAMP)
    await asked_to_send(estate.resident)
    await estate.settled()
    await presses_send(estate.resident)
    await estate.card()
    await estate.settled()
    assert len(WALKS["One update"]) > 15
    assert missing(WALKS["One update"], called) == []


async def test_one_press(called: list[Step], estate: Estate) -> None:
    await estate.report()
    await estate.settled()
    called.clear()
    await estate.resolves("New lamp put in.")
    await presses_what(estate.resident, NOT_FIXED)
    await estate.staff.sees("REOPENED", estate.staff_chat)
    assert len(WALKS["One press"]) > 10
    assert missing(WALKS["One press"], called) == []


async def test_one_reminder(called: list[Step], estate: Estate) -> None:
    bo: Person = await pledger(estate)
    await published(estate, bo)
    await time_is(estate, "2026-11-30T09:00:01+08:00")
    await bo.sees(LIST)
    await estate.settled()
    assert len(WALKS["One reminder"]) > 7
    assert missing(WALKS["One reminder"], called) == []


def test_a_walk_in_another_order_is_noticed() -> None:
    one, two, three = ("a.py", "one"), ("a.py", "two"), ("b.py", "three")
    assert missing([one, three], [one, two, three]) == []
    assert missing([two, one], [one, two, three]) == [one]
    assert missing([one, three], [one, two]) == [three]
