"""What the tick does when something is due, and who words what is worded when it is sent: of all features."""

import sqlite3
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from bot.background.scheduler import BoundChunkTask, BoundTask
from bot.sending.row_to_call import Author
from handlers.kit.feature import ChunkTask, Renderer, Task
from handlers.kit.update_context import Setup
from storage.core.database import Transaction


def tasks(setup: Setup) -> dict[str, BoundTask]:
    """Every kind of row that is due, and who handles it."""
    return {kind: _task(setup, run) for kind, run in setup.features.tasks.items()}


def chunk_tasks(setup: Setup) -> dict[str, BoundChunkTask]:
    """The kinds of which many are due at once, such as the weekly lists on Monday at nine: a chunk is done together."""
    return {kind: _chunk_task(setup, run) for kind, run in setup.features.chunk_tasks.items()}


def authors(setup: Setup) -> dict[str, Author]:
    """Who words the rows of the outbox that are worded only when they are sent."""
    return {kind: _author(setup, renderer) for kind, renderer in setup.features.renderers.items()}


def _task(setup: Setup, run: Task) -> BoundTask:
    return lambda tx, about, data: run(tx, setup, about, data)


def _chunk_task(setup: Setup, run: ChunkTask) -> BoundChunkTask:
    def task(tx: Transaction, rows: Sequence[sqlite3.Row]) -> Mapping[int, datetime]:
        return run(tx, setup, rows)

    return task


def _author(setup: Setup, renderer: Renderer) -> Author:
    def words(tx: Transaction, about: str, content: dict[str, Any]) -> dict[str, Any] | None:
        return renderer.words(tx, setup, about, content)

    def sent(
        tx: Transaction, row: int, about: str, content: dict[str, Any], worded: datetime, times: Sequence[str]
    ) -> None:
        assert renderer.sent is not None
        renderer.sent(tx, setup, row, about, content, worded, times)

    return Author(words, sent if renderer.sent is not None else None)
