"""What handlers must not do, read from their source: each of these would break the road in silence."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

HANDLERS = Path(__file__).parents[2] / "handlers"
SPAWNING = {"create_task", "ensure_future", "to_thread", "run_in_executor", "call_soon", "call_later"}
MEMORY = {"user_data", "chat_data", "bot_data"}


def faults(source: str) -> Iterator[str]:
    """Why this source may not be a handler's."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.keyword) and node.arg == "block":
            yield f"line {node.value.lineno}: block= lets an update go on behind the loop's back"
        if isinstance(node, ast.Attribute | ast.Name):
            name = node.attr if isinstance(node, ast.Attribute) else node.id
            if name in SPAWNING:
                yield f"line {node.lineno}: {name} outlives the update's transaction"
            if name in MEMORY:
                yield f"line {node.lineno}: {name} is memory that a crash loses"
            if name == "ConversationHandler":
                yield f"line {node.lineno}: {name} keeps its state in memory"
        if isinstance(node, ast.Import | ast.ImportFrom):
            names = [alias.name for alias in node.names] + [getattr(node, "module", None) or ""]
            if any(name.partition(".")[0] in ("aiohttp", "httpx", "requests", "socket") for name in names):
                yield f"line {node.lineno}: no network inside an update"
            if "asyncio" in names:
                yield f"line {node.lineno}: a handler has nothing to wait for"


@pytest.mark.parametrize("path", sorted(HANDLERS.rglob("*.py")), ids=lambda path: path.stem)
def test_handlers_keep_to_the_road(path: Path) -> None:
    assert list(faults(path.read_text("utf-8"))) == []


@pytest.mark.parametrize(
    "source",
    ["MessageHandler(f, g, block=False)", "asyncio.create_task(x())", "context.user_data['a'] = 1", "import aiohttp",
     "from asyncio import sleep", "from telegram.ext import ConversationHandler\nConversationHandler([], {}, [])"],
)  # fmt: skip
def test_what_is_forbidden_is_found(source: str) -> None:
    assert list(faults(source))
