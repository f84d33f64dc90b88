"""Handlers read storage, and write nothing to it but what belongs to the road: messages, drafts, what is due.

What is a fact of ours is written by a use case in services/, where a reader who looks for a rule finds it.
"""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).parent.parent
ROAD = {
    "storage.core.outbox",
    "storage.core.unsent_messages",
    "storage.core.messages",
    "storage.core.conversations",
    "storage.core.scheduled_tasks",
}
"""What is sent and when, which message is about what, and drafts."""
TOPICS = ("storage.core.chats", "topic")
"""Where in a group something is sent."""
WRITES = re.compile(r"\b(INSERT|UPDATE|DELETE|REPLACE)\b ")

Name = tuple[str, str]
"""A module and a function of it."""


def _module(path: Path) -> str:
    return ".".join(path.relative_to(ROOT).with_suffix("").parts)


def _trees(folder: str) -> dict[str, ast.Module]:
    return {_module(path): ast.parse(path.read_text()) for path in sorted((ROOT / folder).rglob("*.py"))}


def _used(module: str, tree: ast.AST, imports: ast.Module) -> Iterator[tuple[Name, int]]:
    """Every function of storage that is named in a tree, and where."""
    names: dict[str, Name] = {}
    for node in ast.walk(imports):
        if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("storage"):
            names |= {each.asname or each.name: (node.module or "", each.name) for each in node.names}
    for node in ast.walk(tree):
        if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name) and node.value.id in names:
            yield (".".join(names[node.value.id]), node.attr), node.lineno
        elif isinstance(node, ast.Name):
            yield names.get(node.id, (module, node.id)), node.lineno


def _writing() -> set[Name]:
    """The functions of storage that change a row, by themselves or by another."""
    found: set[Name] = set()
    calls: dict[Name, set[Name]] = {}
    for module, tree in _trees("storage").items():
        for each in tree.body:
            names = [each.name] if isinstance(each, ast.FunctionDef) else []
            if isinstance(each, ast.Assign):  # SQL that has a name
                names = [target.id for target in each.targets if isinstance(target, ast.Name)]
            for name in names:
                calls[module, name] = {used for used, _ in _used(module, each, tree)}
                if WRITES.search(ast.unparse(each)):
                    found.add((module, name))
    while more := {name for name, called in calls.items() if name not in found and called & found}:
        found |= more
    return found


def test_handlers_write_nothing_past_a_service() -> None:
    writing = _writing()
    assert ("storage.reports.reports", "change") in writing and ("storage.core.outbox", "add") in writing
    assert ("storage.reports.reports", "by_id") not in writing
    past = [
        f"{module}:{line} {'.'.join(name)}"
        for module, tree in _trees("handlers").items()
        for name, line in _used(module, tree, tree)
        if name in writing and name[0] not in ROAD and name != TOPICS
    ]
    assert not past, "Give each a use case in services/:\n" + "\n".join(past)
