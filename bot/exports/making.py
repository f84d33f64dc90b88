"""A file of what the database holds: read beside the bot, on one moment of it, and there whole or not at all."""

import os
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

from bot.exports.writing import WRITERS
from domain.community import Community
from domain.figures.exports import Form, Wanted
from handlers.figures.exports import tables
from handlers.kit.texts import Speaker
from paper.open_list import ListOrder, print_list
from storage.core.database import Transaction
from storage.core.migrate import refuse_old
from storage.core.reading import read_beside


def make(
    database: Path, community: Community, say: Speaker, wanted: Wanted, file: Path, now: datetime,
    before: Callable[[Transaction], None] = lambda _tx: None,
) -> int:  # fmt: skip
    """Write it to `file`, for this user alone; returns how many rows it has (0 of a sheet to be printed).

    `before` runs on the same moment of the database, before anything is written. Raises NotFound, Unwritable,
    SchemaTooOld, sqlite3.Error, OSError.
    """
    refuse_old(database)
    # A process that outlived its bot may still be writing the same: each has a part of its own.
    part = file.with_name(f"{file.name}.{os.getpid()}.part")

    def write(tx: Transaction) -> int:
        before(tx)
        _make_private(part)
        return WRITERS[wanted.form](tables.of(tx, community, say, wanted), part)

    try:
        if wanted.form is Form.PDF:
            order = read_beside(database, lambda: now, lambda tx: tables.on_paper(tx, community, say, wanted))
            _make_private(part)
            print_list(ListOrder.of(order), part)
            rows = 0
        else:
            rows = read_beside(database, lambda: now, write)
        part.replace(file)
    finally:
        part.unlink(missing_ok=True)
    return rows


def _make_private(part: Path) -> None:
    """What people wrote is nobody else's business, whatever the umask."""
    os.close(os.open(part, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600))
    part.chmod(0o600)
