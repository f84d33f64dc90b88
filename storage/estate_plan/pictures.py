"""The picture of the plan, in the database: so it is in each backup, together with the places on it.

It is made anew by a program of our own (paper/plan_picture.py), half a megabyte or so; of earlier ones nothing is kept
but their shape.
"""

import sqlite3
from dataclasses import dataclass

from domain.estate_plan.spots import Size
from storage.core.database import Transaction
from storage.core.instants import to_text

CHANGED = "plan_page"
"""Signalled after a commit that changes what the page of the plan shows."""
_COLUMNS = "id, source, type, width, height, layout"


@dataclass(frozen=True)
class PlanPicture:
    """A picture without its bytes. `layout`: under which the places on it are kept; `source`: a digest of its file."""

    id: int
    source: str
    type: str
    size: Size
    layout: int


def current(tx: Transaction, from_file: bool) -> PlanPicture | None:
    """The picture that is shown: the one the community file names (`from_file`), else the one an admin sent."""
    return tx.one_as(
        _picture,
        f"SELECT {_COLUMNS} FROM plan_pictures WHERE from_file = ? AND content IS NOT NULL ORDER BY id DESC LIMIT 1",
        (int(from_file),),
    )


def content(tx: Transaction, picture: int) -> bytes | None:
    """Its bytes; None when it is shown no more."""
    row = tx.one("SELECT content FROM plan_pictures WHERE id = ?", (picture,))
    return None if row is None or row["content"] is None else bytes(row["content"])


def add(tx: Transaction, from_file: bool, source: str, kind: str, size: Size, bytes_: bytes) -> PlanPicture:
    """A new picture takes the place of the one before. Places on an earlier one of the same shape are its own."""
    earlier = tx.query_as(_picture, f"SELECT {_COLUMNS} FROM plan_pictures ORDER BY id DESC")
    layout = next((each.layout for each in earlier if size.has_shape_of(each.size)), None)
    take_down(tx, from_file)
    values = (int(from_file), source, kind, size.width, size.height, layout or 0, bytes_, to_text(tx.now))
    number = tx.insert(
        "INSERT INTO plan_pictures (from_file, source, type, width, height, layout, content, made_at) "
        "VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
        values,
    )
    if layout is None:
        layout = number
        tx.execute("UPDATE plan_pictures SET layout = ? WHERE id = ?", (layout, number))
    return PlanPicture(number, source, kind, size, layout)


def take_down(tx: Transaction, from_file: bool) -> bool:
    """No picture of that kind is shown any more; False when none was."""
    tx.signal(CHANGED)
    changed = tx.execute(
        "UPDATE plan_pictures SET content = NULL WHERE from_file = ? AND content IS NOT NULL", (int(from_file),)
    )
    return changed.rowcount > 0


def _picture(row: sqlite3.Row) -> PlanPicture:
    return PlanPicture(row["id"], row["source"], row["type"], Size(row["width"], row["height"]), row["layout"])
