"""What a capability adds stands in its feature.py and nowhere else, and each of those can be read at a glance."""

import ast
from collections.abc import Iterator
from pathlib import Path

from domain.events import Event, kinds
from handlers.kit.access import Door
from tests.support import FEATURES

ROOT = Path(__file__).parents[1]
MOST_LINES, MOST_LINES_OF_ALL = 100, 1250
FEW = 3
"""So many of one kind make a table."""


WORDS = {
    # Nobody hears of an event by these: they say what the history reads.
    "handlers/reports/staff/history.py": "its feature.py gives it as StaffWork.history, checked with the others",
    "handlers/reports/staff/history_details.py": "what stands behind those sentences",
    "handlers/public_reports/history.py": "the same, of the public page",
}


def features() -> list[Path]:
    """The capabilities' own, without the module that says what a feature is."""
    kit = ROOT / "handlers" / "kit" / "feature.py"
    return [each for each in sorted((ROOT / "handlers").rglob("feature.py")) if each != kit]


def lines(path: Path) -> int:
    return sum(1 for line in path.read_text(encoding="utf-8").splitlines() if line.strip())


def tables(source: str, events: set[str]) -> Iterator[str]:
    """Mappings at the top of a module from events, or from kinds of tasks, to something else."""
    for node in ast.parse(source).body:
        value = node.value if isinstance(node, ast.Assign | ast.AnnAssign) else None
        for each in ast.walk(value) if value is not None else ():
            if not isinstance(each, ast.Dict):
                continue
            keys = [ast.unparse(key).rpartition(".")[2] for key in each.keys if key is not None]
            if sum(key in events for key in keys) >= FEW or sum(key.endswith("KIND") for key in keys) >= FEW:
                yield f"{node.lineno}: {', '.join(keys[:5])} …"


def test_no_feature_is_longer_than_can_be_read_at_once() -> None:
    assert {path.relative_to(ROOT).as_posix(): lines(path) for path in features() if lines(path) > MOST_LINES} == {}
    assert sum(map(lines, [*features(), ROOT / "bot" / "features.py"])) <= MOST_LINES_OF_ALL


def test_there_is_no_other_registry() -> None:
    events = {each.__name__ for each in kinds(Event).values()}
    old = (
        "A = {events.ReportTaken: f, events.ReportNoted: f, events.ReportHeard: g}\nB = {a.KIND: f, b.KIND: g, KIND: h}"
    )
    assert len(list(tables(old, events))) == 2, "what this looks for is found"
    mine = set(features())
    found = [
        f"{path.relative_to(ROOT)}:{table}"
        for folder in ("bot", "handlers", "services", "storage", "web")
        for path in sorted((ROOT / folder).rglob("*.py"))
        if path not in mine and path.relative_to(ROOT).as_posix() not in WORDS
        for table in tables(path.read_text(encoding="utf-8"), events)
    ]
    assert found == [], "\n".join(found)


def test_every_button_and_link_says_who_may_use_it() -> None:
    """`needs`, `own`, `own_or` or `anybody` of handlers/kit/access.py; tests/walk/who_may_not.py tries each of them."""
    doors = {**FEATURES.buttons, **{f"/start {prefix}": link for prefix, link in FEATURES.deep_links.items()}}
    assert [name for name, door in doors.items() if not isinstance(door, Door)] == []
