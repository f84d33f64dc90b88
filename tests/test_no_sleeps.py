"""No test waits for a time: it waits for what should happen, or puts a clock forward (tests/waiting.py)."""

import ast
from pathlib import Path

ROOT = Path(__file__).parent.parent
ALLOWED = {
    "tests/waiting.py": "looks again and again",
    "sandbox/tests/waiting.py": "looks again and again",
    "tests/bot/stand_in.py": "answers late when told to: a slow server's latency, of which no test says how long it is",
    "tests/e2e/operations/test_disk.py": "is a slow disk",
}
"""Where something sleeps, and why."""
PROGRAMS = {ROOT / "tests/crash", ROOT / "tests/power", ROOT / "tests/week"}
"""Run for minutes against the clock on the wall, not tests."""


def sleeps(file: Path) -> bool:
    """Whether a file calls `sleep` with more than 0 (which only lets others have their turn)."""
    calls = [node for node in ast.walk(ast.parse(file.read_text("utf-8"))) if isinstance(node, ast.Call)]
    named = [call for call in calls if getattr(call.func, "attr", getattr(call.func, "id", "")) == "sleep"]
    return any(not (isinstance(each, ast.Constant) and each.value == 0) for call in named for each in call.args)


def test_nothing_sleeps_but_what_says_why() -> None:
    files = [*ROOT.glob("tests/**/*.py"), *ROOT.glob("sandbox/tests/**/*.py")]
    found = {str(file.relative_to(ROOT)) for file in files if PROGRAMS.isdisjoint(file.parents) and sleeps(file)}
    assert found == set(ALLOWED)
