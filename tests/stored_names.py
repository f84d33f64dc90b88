"""Finds by itself every name that is kept: in rows, drafts, buttons and links. test_stored_names.py compares them."""

import ast
import importlib
import pkgutil
import re
from collections.abc import Iterable, Iterator
from dataclasses import fields
from functools import cache
from pathlib import Path
from types import ModuleType
from typing import Any, cast

import bot
import domain
import handlers
import services
import storage
from domain.core.stored import Stored

HOUSE = (domain, storage, services, handlers, bot)
ROOT = Path(__file__).parent.parent

Names = dict[str, list[str]]
"""By kind, sorted."""


def kept(text: str) -> Names:
    """What a text like that section of golden.txt says."""
    found: Names = {}
    for line in text.splitlines():
        if line.startswith("["):
            names = found.setdefault(line.strip("[]"), [])
        elif line:
            names.append(line)
    return found


def written(names: Names) -> str:
    """The other way round."""
    return "\n".join(f"[{kind}]\n" + "".join(f"{each}\n" for each in names[kind]) for kind in sorted(names))


def less(one: Names, other: Names) -> list[str]:
    """What only the first has, as lines: `[kind] name`."""
    return [f"[{kind}] {name}" for kind in sorted(one) for name in sorted(set(one[kind]) - set(other.get(kind, ())))]


def both(one: Names, other: Names) -> Names:
    """What one of them has, or both."""
    return {kind: sorted({*one.get(kind, ()), *other.get(kind, ())}) for kind in {*one, *other}}


def in_the_program() -> Names:
    """Every name that is kept, by kind."""
    import_all()
    found: dict[str, Iterable[str]] = {**_enums(), **_registries(), "subjects": _subjects(), **_events()}
    return {kind: sorted(set(names)) for kind, names in found.items()}


@cache
def import_all() -> None:
    """Import the whole program, so that every class and every registry is there."""
    for package in HOUSE:
        for each in pkgutil.walk_packages(package.__path__, f"{package.__name__}."):
            if not each.name.endswith("__main__"):
                importlib.import_module(each.name)


def enums() -> dict[str, list[Any]]:
    """The members of every enum that is marked as kept, by where they are kept."""
    import_all()
    found: dict[str, list[Any]] = {}
    for each in _below(Stored):
        assert each.kept_in not in found, f"{each.kept_in} has two enums"
        found[each.kept_in] = list(cast(Any, each))
    return found


def _enums() -> Names:
    return {where: [str(each.value) for each in members] for where, members in enums().items()}


def _below(cls: type[Stored]) -> Iterator[type[Stored]]:
    for each in cls.__subclasses__():
        if each.__module__.partition(".")[0] in {package.__name__ for package in HOUSE}:
            yield each
        yield from _below(each)


def _registries() -> dict[str, Iterable[str]]:
    from bot.features import joined
    from handlers.kit.callback_data import CallbackData

    features = joined()
    flows = features.flows.values()
    steps = [f"{flow.name} {step.name}" for flow in flows for step in flow.steps]
    steps += [f"{flow.name} {flow.before_finish.name}" for flow in flows if flow.before_finish is not None]
    classes = [each.prefix for each in CallbackData.__subclasses__() if each.__module__.startswith("handlers.")]
    return {
        "scheduled_tasks.kind": [*features.tasks, *features.chunk_tasks, *features.workers],
        "outbox.content of what is worded when it is sent": features.renderers,
        "conversations.flow": features.flows,
        "conversations.step": steps,
        "first part of buttons": [*features.buttons, *classes],
        "first part of /start links": features.deep_links,
        "buttons of a staff card": features.staff_actions,
        "questions to staff": features.staff_questions,
        "buttons of settings": [row.code for row in features.preferences],
    }


def _events() -> dict[str, Iterable[str]]:
    from domain.events import kinds

    def data(each: type[Any]) -> str:
        return " ".join(field.name for field in fields(each) if field.name not in ("actor", each.subject_kind))

    ours = {name: each for name, each in kinds().items() if each.__module__.startswith("domain.")}
    return {"events.kind": ours, "events.data": [f"{name}: {data(each)}".strip() for name, each in ours.items()]}


def _subjects() -> Iterator[str]:
    """`report` of `report:12`."""
    from domain.events import kinds

    yield from (each.subject_kind for each in kinds().values())
    for _, call in calls("subject", "number_of"):
        yield from (each.value for each in call.args if isinstance(each, ast.Constant) and isinstance(each.value, str))


# -- the source


@cache
def sources() -> dict[str, ast.Module]:
    """The program, by file."""
    return {
        path.relative_to(ROOT).as_posix(): ast.parse(path.read_text(encoding="utf-8"))
        for package in HOUSE
        for path in sorted(Path(_folder(package)).rglob("*.py"))
    }


def _folder(package: ModuleType) -> str:
    return next(iter(package.__path__))


def calls(*names: str) -> Iterator[tuple[str, ast.Call]]:
    """Every call of functions of these names (`plan`, `scheduled_tasks.plan`), with where it stands."""
    for name in names:
        yield from _calls().get(name, ())


@cache
def _calls() -> dict[str, list[tuple[str, ast.Call]]]:
    found: dict[str, list[tuple[str, ast.Call]]] = {}
    for path, tree in sources().items():
        for node in ast.walk(tree):
            if isinstance(node, ast.Call):
                name = re.sub(r"^.*\.(?=\w+\.\w+$)", "", ast.unparse(node.func))
                found.setdefault(name, []).append((f"{path}:{node.lineno}", node))
    return found


def sql_names() -> Iterator[tuple[str, str, str]]:
    """Names that stand in SQL, as (where, column, name)."""
    for path, tree in sources().items():
        for node in ast.walk(tree):
            if isinstance(node, ast.Constant) and isinstance(node.value, str):
                for column, _, names in _IN_SQL.findall(node.value):
                    for name in re.findall(r"'([^']*)'", names):
                        yield f"{path}:{node.lineno}", column, name


_IN_SQL = re.compile(
    r"\b(state|action|purpose|when_uncertain|role|kind|outcome|answer|what)\s*(=|<>|!=|NOT IN|IN)\s*"
    r"('[^']*'|\((?:'[^']*'(?:, )?)+\))"
)
