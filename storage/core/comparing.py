"""Open reports with all their words, for finding out which of them may be about the same thing."""

import json
from collections.abc import Sequence
from typing import Any

from storage.core import dialect
from storage.core.database import Transaction


def open_nearby(
    tx: Transaction, person: int, areas: Sequence[str], category: str | None, limit: int
) -> list[tuple[int, str]]:
    """Open reports somebody could join, the newest first, as (number, all its words, which nobody else may read).

    In these areas, or without any of this category. None that are theirs, that they joined, or about a person.
    """
    if areas:
        # Of each area the newest by its index: in order, SQLite would else look at all that is open in all of them.
        source = (
            f"{dialect.each('?', 'near')} {dialect.IN_THIS_ORDER} {dialect.read_by('reports_open_area', 'reports')} "
            "ON area = near.value AND reports.id > "
            "coalesce((SELECT id FROM reports WHERE area = near.value AND closed_at IS NULL ORDER BY id DESC "
            f"LIMIT 1 OFFSET {2 * limit}), 0)"
        )
        return _joinable(tx, person, source, "TRUE", (json.dumps(list(areas)),), limit)
    return _joinable(tx, person, "reports", dialect.same("category", "?"), (category,), limit)


def joinable_of(tx: Transaction, person: int, numbers: Sequence[int]) -> list[tuple[int, str]]:
    """As `open_nearby`, of these reports."""
    where = f"reports.id IN ({', '.join('?' * len(numbers))})"
    return _joinable(tx, person, "reports", where, numbers, len(numbers))


def _joinable(
    tx: Transaction, person: int, source: str, where: str, values: Sequence[Any], limit: int
) -> list[tuple[int, str]]:
    return _with_words(
        tx,
        source,
        f"{where} AND person <> ? AND NOT about_person "
        "AND NOT EXISTS (SELECT 1 FROM supports WHERE report = reports.id AND supports.person = ?) "
        "AND NOT EXISTS (SELECT 1 FROM reports AS part WHERE part.merged_into = reports.id AND part.person = ?)",
        (*values, person, person, person),
        limit,
    )


def open_others(tx: Transaction, report: int, limit: int) -> list[tuple[int, str]]:
    """The newest open reports but this one, as (number, all its words): what staff may find it to be the same as."""
    return _with_words(tx, "reports", "reports.id <> ?", (report,), limit)


def _with_words(tx: Transaction, source: str, where: str, values: Sequence[Any], limit: int) -> list[tuple[int, str]]:
    rows = tx.query(
        "SELECT reports.id AS id, coalesce(title, '') || ' ' || coalesce(heard, '') || ' ' || coalesce(("
        f"SELECT {dialect.joined('text', ' ')} FROM report_parts WHERE report = reports.id AND purpose = 'report'), "
        f"'') AS words FROM {source} WHERE closed_at IS NULL AND {where} ORDER BY reports.id DESC LIMIT ?",
        (*values, limit),
    )
    return [(int(row["id"]), str(row["words"])) for row in rows]
