"""The same figures by another way: all rows at once, each measure by itself, as docs/measures.md words it."""

import json
import math
from collections import Counter
from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any

from domain.community import Community
from domain.figures.periods import Span
from storage.core.database import Transaction
from storage.core.instants import from_text

FIRST_WORDS = ("report.answered", "report.asked", "report.resolved", "report.declined", "report.handed_on")
HANDLED = ("report.resolved", "report.declined", "report.handed_on", "report.merged")
Row = dict[str, Any]


def by_hand(tx: Transaction, community: Community, span: Span) -> dict[str, Any]:
    """Counts of all reports over a time."""
    rows = [
        {"id": row["id"], "at": from_text(row["at"]), "of": row["subject"], "kind": row["kind"], "by": row["actor"],
         **json.loads(row["data"])}
        for row in tx.query("SELECT * FROM events WHERE subject LIKE 'report:%' ORDER BY id")
    ]  # fmt: skip
    rows = [row for row in rows if row["at"] < span.ends]
    of: dict[str, list[Row]] = {}
    for row in rows:
        of.setdefault(row["of"], []).append(row)
    inside = [row for row in rows if row["at"] >= span.begins]
    sent = {row["of"]: row for row in inside if row["kind"] == "report.submitted"}
    return {
        "collected": len(sent),
        "by_channel": Counter(row["channel"] for row in sent.values()),
        "handled": sum(any(each["kind"] in HANDLED for each in of[name]) for name in sent),
        "declined_first": sum(_first(of[name], HANDLED) == "report.declined" for name in sent),
        "taken_back": sum(_is_withdrawn(of[name]) and _first(of[name], HANDLED) is None for name in sent),
        "answered": sum(_first_words(of[name]) is not None for name in sent),
        "outcomes": sorted(_outcome(row, of[row["of"]]) for row in inside if row["kind"] == "report.resolved"),
        "declined": sum(row["kind"] == "report.declined" for row in inside),
        "passed_on": sum(row["kind"] == "report.handed_on" for row in inside),
        "reopened": len({row["of"] for row in inside if row["kind"] == "report.reopened"}),
        "overdue": len({row["of"] for row in inside if row["kind"] == "report.overdue"}),
        "objections": sum(row["kind"] == "report.objected" for row in inside),
        "pressing": sum(_is_pressing(of[name]) for name in sent),
        "urgent_solved": sum(_is_pressing(rows_of) and _is_solved(rows_of, span) for rows_of in of.values()),
        "recurring": sum(_recurs(row, rows, of) for row in sent.values()),
        "to_answer": _middle_and_ninth(
            int((said - _sent_at(of[name])).total_seconds())
            for name in of
            if (said := _first_words(of[name])) is not None and said >= span.begins
        ),
        "by_category": _by(sent, of, "category"),
    }


def _middle_and_ninth(seconds: Iterable[int]) -> tuple[int, int | None, int | None]:
    ordered = sorted(seconds)
    count = len(ordered)
    if not ordered:
        return 0, None, None
    return count, ordered[math.ceil(count * 0.5) - 1], ordered[math.ceil(count * 9 / 10) - 1]


def _first(rows: list[Row], kinds: tuple[str, ...]) -> str | None:
    return next((row["kind"] for row in rows if row["kind"] in kinds), None)


def _first_words(rows: list[Row]) -> datetime | None:
    said = [
        row["at"]
        for row in rows
        if row["kind"] in FIRST_WORDS or (row["kind"] == "report.rung_back" and row["reached"])
    ]
    return min(said, default=None)


def _sent_at(rows: list[Row]) -> datetime:
    at: datetime = rows[0]["at"]
    assert rows[0]["kind"] == "report.submitted"
    return at


def _is_withdrawn(rows: list[Row]) -> bool:
    last = [row["kind"] for row in rows if row["kind"] in ("report.withdrawn", "report.opened_again")]
    return last[-1:] == ["report.withdrawn"]


def _outcome(resolved: Row, rows: list[Row]) -> str:
    later = [row for row in rows if row["id"] > resolved["id"]]
    said = [
        row["kind"]
        for row in later
        if row.get("round") == resolved["round"]
        and (
            row["kind"] in ("report.confirmed", "report.lapsed")
            or (row["kind"] == "report.reopened" and not (row["closed"] and row["again"]))
        )
    ]
    if said and said[-1] != "report.lapsed":
        return "confirmed" if said[-1] == "report.confirmed" else "disputed"
    if said:
        lapsed = next(row for row in later if row["kind"] == "report.lapsed" and row["round"] == resolved["round"])
        return "silent" if lapsed["asked"] else "not_reachable"
    ended = any(row["kind"] in ("report.withdrawn", "report.opened_again") for row in later)
    return "withdrawn" if ended else "asked"


def _is_pressing(rows: list[Row]) -> bool:
    """By staff's last word, by how many stand behind it, or by how often a resident reopened it."""
    marks = [row["on"] for row in rows if row["kind"] == "report.marked_pressing"]
    behind = [row["behind"] for row in rows if row.get("behind") is not None]
    reopened = sum(row["kind"] == "report.reopened" for row in rows)
    return marks[-1:] == [True] or (behind or [1])[-1] >= 10 or reopened >= 2


def _is_solved(rows: list[Row], span: Span) -> bool:
    resolved = [row for row in rows if row["kind"] == "report.resolved" and row["at"] >= span.begins]
    return any(_outcome(row, rows) not in ("disputed", "withdrawn") for row in resolved)


def _recurs(sent: Row, rows: list[Row], of: dict[str, list[Row]]) -> bool:
    if sent["follows"] is not None:
        return True
    here = _place_and_kind(of[sent["of"]])
    return None not in here and any(
        row["kind"] == "report.resolved"
        and timedelta(0) < sent["at"] - row["at"] <= timedelta(days=90)
        and _place_and_kind(of[row["of"]]) == here
        for row in rows
    )


def _place_and_kind(rows: list[Row]) -> tuple[str | None, str | None]:
    category, area = rows[0]["category"], rows[0]["area"]
    for row in rows:
        if row["kind"] == "report.completed" and row["category"]:
            category = row["category"]
        elif row["kind"] == "report.completed":
            area = row["area"]
    return category, area


def _by(sent: dict[str, Row], of: dict[str, list[Row]], name: str) -> dict[str, int]:
    counts: dict[str, int] = {}
    for each in sent:
        value = _place_and_kind(of[each])[("category", "area").index(name)] or ""
        counts[value] = counts.get(value, 0) + 1
    return counts
