"""Reports and all that was said about them."""

import sqlite3
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from domain.core.stored import known
from domain.reports.reports import WORKABLE, Relation, State, state_in
from storage.core import dialect, scheduled_tasks
from storage.core.database import Transaction
from storage.core.instants import from_text, from_text_or_none, to_text
from storage.reports import dangers, nearby

SEARCH = "search"
"""The task that puts what waits into the search (storage/staff_room/search.py)."""
SEARCHED_AFTER = timedelta(seconds=3)
PLACES_LOOKED_AT = 30
"""So many of somebody's reports are looked at for the places they speak of."""
_PARTS = (
    "SELECT report_parts.*, messages.album FROM report_parts LEFT JOIN messages ON messages.id = report_parts.message"
)


@dataclass(frozen=True)
class Report:
    """A resident's report. `area` is a code of the community's; `place` is in the resident's own words."""

    id: int
    person: int
    state: State
    version: int
    category: str | None
    area: str | None
    place: str | None
    latitude: float | None
    longitude: float | None
    title: str | None
    heard: str | None
    heard_right: bool | None
    danger: str | None
    assignee: int | None
    due_at: datetime | None
    rounds: int
    created_at: datetime
    changed_at: datetime
    closed_at: datetime | None
    department: str | None
    relation: str | None
    about_person: bool
    recorded_by: int | None
    merged_into: int | None
    state_before: State | None
    handed_to: str | None
    handed_at: datetime | None
    ask_again_at: datetime | None
    objected_at: datetime | None
    follows: int | None = None
    """The closed one it goes on from."""
    project: int | None = None
    """The project it is in."""
    notice: int | None = None
    """The notice that it answers."""
    public_title: int | None = None
    """The title everybody reads of it (storage/public_reports/titles.py); None: nobody else reads of it."""
    pressing: bool = False
    """Staff have marked it as pressing."""
    nameless_at: datetime | None = None
    """When its words, its places and whose it was went for good: it was closed long ago."""


@dataclass(frozen=True)
class Part:
    """One thing said about a report: words, or a file with or without words."""

    id: int
    report: int
    person: int | None
    purpose: str
    kind: str
    text: str | None
    file_id: str | None
    file_unique_id: str | None
    duration: int | None
    message: int | None
    released: bool
    created_at: datetime
    first: int | None
    template: str | None
    changed_at: datetime | None
    taken_back_at: datetime | None
    album: str | None = None
    """Telegram's number of the album it came in."""


@dataclass(frozen=True)
class NewPart:
    """A part about to be kept; `kind` is text, photo, voice, video, video_note, document or audio.

    `template`: the code of the answer of the community's whose words these are, unchanged.
    """

    kind: str
    text: str | None = None
    file_id: str | None = None
    file_unique_id: str | None = None
    duration: int | None = None
    message: int | None = None
    template: str | None = None


_INSTANTS = (
    "due_at",
    "created_at",
    "changed_at",
    "closed_at",
    "handed_at",
    "ask_again_at",
    "objected_at",
    "nameless_at",
)


def from_row(row: sqlite3.Row | dict[str, Any]) -> Report:
    """A row of `reports` as what it is."""
    values: dict[str, Any] = dict(row)
    values["state"] = state_in(values)
    values["heard_right"] = None if values["heard_right"] is None else bool(values["heard_right"])
    values["about_person"] = bool(values["about_person"])
    values["pressing"] = bool(values["pressing"])
    values["state_before"] = None if values["state_before"] is None else known(values["state_before"], State.NEW)
    for name in _INSTANTS:
        values[name] = from_text_or_none(values[name])
    values["relation"] = _relation(values["relation"])
    return Report(**values)


def _relation(kept: str | None) -> str | None:
    """A name that is none any more says nothing."""
    return kept if kept in set(Relation) else None


def _part(row: sqlite3.Row) -> Part:
    values: dict[str, Any] = dict(row)
    values["released"] = bool(values["released"])
    values["created_at"] = from_text(values["created_at"])
    for name in ("changed_at", "taken_back_at"):
        values[name] = from_text_or_none(values[name])
    return Part(**values)


def add(
    tx: Transaction,
    *,
    person: int,
    category: str | None,
    area: str | None,
    place: str | None,
    latitude: float | None,
    longitude: float | None,
    danger: str | None,
    due_at: datetime | None,
    relation: str | None = None,
    about_person: bool = False,
    recorded_by: int | None = None,
    follows: int | None = None,
    notice: int | None = None,
) -> int:
    """Keep a new report; returns its number."""
    now = to_text(tx.now)
    number = tx.insert(
        "INSERT INTO reports (person, state, category, area, place, latitude, longitude, danger, due_at, relation, "
        "about_person, recorded_by, follows, notice, created_at, changed_at) "
        "VALUES (?, 'new', ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        (
            person, category, area, place, latitude, longitude, danger, due_at and to_text(due_at), relation,
            int(about_person), recorded_by, follows, notice, now, now,
        ),
    )  # fmt: skip
    _to_search(tx, number)
    return number


def _to_search(tx: Transaction, report: int) -> None:
    """It is found by other words from now on (storage/staff_room/search.py)."""
    if tx.execute("INSERT INTO search_waiting (report) VALUES (?) ON CONFLICT DO NOTHING", (report,)).rowcount > 0:
        scheduled_tasks.plan_once(tx, SEARCH, "program:1", tx.now + SEARCHED_AFTER, SEARCH)


def by_id(tx: Transaction, report: int) -> Report | None:
    """The report with that number, or None."""
    return tx.one_as(from_row, "SELECT * FROM reports WHERE id = ?", (report,))


def existing(tx: Transaction, number: int) -> Report:
    """The report with that number, which must be there: who says the number has it from the database."""
    report = by_id(tx, number)
    assert report is not None
    return report


def main_of(tx: Transaction, report: Report) -> Report:
    """The report it is part of, or itself: what is merged stands where that one stands."""
    found = None if report.merged_into is None else by_id(tx, report.merged_into)
    return found or report


def merged_into(tx: Transaction, report: int) -> list[Report]:
    """The reports that are part of this one, the oldest first."""
    return tx.query_as(from_row, "SELECT * FROM reports WHERE merged_into = ? ORDER BY id", (report,))


def following(tx: Transaction, report: int) -> list[Report]:
    """The reports that go on from this one, the newest first."""
    return tx.query_as(from_row, "SELECT * FROM reports WHERE follows = ? ORDER BY id DESC", (report,))


def closed_of_person(tx: Transaction, person: int, limit: int) -> list[Report]:
    """The closed reports a person reported or joined (or that are part of a closed one), by when they were closed."""
    return tx.query_as(
        from_row,
        "SELECT * FROM reports WHERE id IN (SELECT id FROM reports WHERE person = :person "
        "UNION SELECT report FROM supports WHERE person = :person) AND closed_at IS NOT NULL "
        "ORDER BY closed_at DESC, id DESC LIMIT :limit",
        {"person": person, "limit": limit},
    )


def of_person(tx: Transaction, person: int, limit: int, offset: int = 0) -> list[Report]:
    """The reports a person reported or joined: open ones first, of each the newest first."""
    return tx.query_as(
        from_row,
        "SELECT * FROM reports WHERE id IN (SELECT id FROM reports WHERE person = :person "
        "UNION SELECT report FROM supports WHERE person = :person) "
        "ORDER BY closed_at IS NOT NULL, id DESC LIMIT :limit OFFSET :offset",
        {"person": person, "limit": limit, "offset": offset},
    )


def writer(tx: Transaction, report: Report) -> int:
    """Whoever wrote the report, also when they have taken it back and somebody else stands for it now."""
    row = tx.one(
        "SELECT person FROM report_parts WHERE report = ? AND purpose = 'report' AND person IS NOT NULL "
        f"AND {dialect.differs('person', '?')} ORDER BY id LIMIT 1",
        (report.id, report.recorded_by),
    )
    return report.person if row is None else int(row["person"])


def last_relation(tx: Transaction, person: int) -> str | None:
    """What a person said last of what they have to do with the place, or None."""
    row = tx.one("SELECT relation FROM reports WHERE person = ? ORDER BY id DESC LIMIT 1", (person,))
    return None if row is None else _relation(row["relation"])


def last_places(tx: Transaction, person: int, limit: int) -> list[tuple[str | None, str | None]]:
    """The last places a person reported from, each once, the newest first: as (area, typed words)."""
    rows = tx.query(
        "SELECT area, place FROM reports WHERE person = ? AND (area IS NOT NULL OR place IS NOT NULL) "
        "ORDER BY id DESC LIMIT ?",
        (person, PLACES_LOOKED_AT),
    )
    return list(dict.fromkeys((row["area"], row["place"]) for row in rows))[:limit]


def open_of_person(tx: Transaction, person: int, limit: int) -> list[Report]:
    """The reports a person reported or joined that are not closed, the newest first; those that are part of another
    while that is open."""
    return tx.query_as(
        from_row,
        "SELECT * FROM reports WHERE id IN (SELECT id FROM reports WHERE person = :person "
        "UNION SELECT report FROM supports WHERE person = :person) "
        "AND (closed_at IS NULL OR EXISTS (SELECT 1 FROM reports AS whole "
        "WHERE whole.id = reports.merged_into AND whole.closed_at IS NULL)) ORDER BY id DESC LIMIT :limit",
        {"person": person, "limit": limit},
    )


def count_of_person(tx: Transaction, person: int) -> int:
    """How many reports a person reported or joined."""
    return tx.number(
        "SELECT (SELECT count(*) FROM reports WHERE person = :person) "
        "+ (SELECT count(*) FROM supports WHERE person = :person)",
        {"person": person},
    )


def move(tx: Transaction, report: Report, state: State, assignee: int | None, rounds: int) -> None:
    """Set state and assignee, and count the change: a button that is older says so. What closes it notes when.

    Whoever it was handed on to is forgotten when it is back, but not while it is part of another.
    """
    now = to_text(tx.now)
    away = state in (State.HANDED_ON, State.MERGED)
    tx.execute(
        "UPDATE reports SET state = ?, assignee = ?, rounds = ?, version = version + 1, changed_at = ?, "
        "closed_at = CASE WHEN ? THEN NULL ELSE coalesce(closed_at, ?) END, handed_to = CASE WHEN ? THEN handed_to END,"
        " handed_at = CASE WHEN ? THEN handed_at END, ask_again_at = CASE WHEN ? THEN ask_again_at END WHERE id = ?",
        (state, assignee, rounds, now, state.is_open, now, away, away, away, report.id),
    )
    if state not in WORKABLE and state is not State.MERGED:
        dangers.close(tx, report.id)
    if not state.is_open:
        nearby.forget(tx, report.id)
    elif report.closed_at is not None:
        _to_search(tx, report.id)  # with it come the words by which it is offered


def change(tx: Transaction, report: int, **values: Any) -> None:
    """Set columns that are no state (title, category, area, place, heard …): no button becomes stale by it."""
    names = ", ".join(f"{name} = :{name}" for name in values)
    tx.execute(
        f"UPDATE reports SET {names}, changed_at = :changed_at WHERE id = :id",
        {**values, "changed_at": to_text(tx.now), "id": report},
    )
    _to_search(tx, report)


def add_parts(
    tx: Transaction, report: int, person: int | None, purpose: str, parts: Iterable[NewPart], *,
    first: int | None = None, released: bool = False,
) -> list[int]:  # fmt: skip
    """Keep what somebody said about a report; returns the ids in order.

    `first`: the part they were said together with (storage/reports/answers.py).
    """
    _to_search(tx, report)
    return [
        tx.insert(
            "INSERT INTO report_parts (report, person, purpose, kind, text, file_id, file_unique_id, duration, "
            "message, template, first, released, created_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            (
                report, person, purpose, part.kind, part.text, part.file_id, part.file_unique_id, part.duration,
                part.message, part.template, first, int(released), to_text(tx.now),
            ),
        )
        for part in parts
    ]  # fmt: skip


def parts(tx: Transaction, report: int) -> list[Part]:
    """All that was said about a report, oldest first."""
    return parts_where(tx, "report_parts.report = ?", report)


def parts_for_list(tx: Transaction, report: int) -> list[Part]:
    """As `parts`, without their albums: where many reports stand in a list, the message of each part is not looked up.

    Among many reports each of these would be a page of its own to be read.
    """
    return tx.query_as(_part, "SELECT *, NULL AS album FROM report_parts WHERE report = ? ORDER BY id", (report,))


def parts_where(tx: Transaction, condition: str, *values: Any) -> list[Part]:
    """The parts for which a condition of SQL holds, the oldest first: for other modules of this room."""
    return tx.query_as(_part, f"{_PARTS} WHERE {condition} ORDER BY report_parts.id", values)


def part(tx: Transaction, part_id: int) -> Part | None:
    """One part, or None."""
    return tx.one_as(_part, f"{_PARTS} WHERE report_parts.id = ?", (part_id,))


def some(tx: Transaction, ids: Sequence[int]) -> list[Part]:
    """The parts with these ids, the oldest first."""
    marks = ", ".join("?" for _ in ids)
    return parts_where(tx, f"report_parts.id IN ({marks})", *ids) if ids else []


def take_back_part(tx: Transaction, taken: Part) -> None:
    """It was about something else: it stands no more, and stays on record."""
    tx.execute("UPDATE report_parts SET taken_back_at = ? WHERE id = ?", (to_text(tx.now), taken.id))
    _to_search(tx, taken.report)


def part_of_message(tx: Transaction, message: int) -> Part | None:
    """What a message (by our id) became a part of, or None."""
    row = tx.one(f"{_PARTS} WHERE report_parts.message = ? ORDER BY report_parts.id DESC LIMIT 1", (message,))
    return None if row is None else _part(row)


def change_part(tx: Transaction, changed: Part, text: str | None, file: NewPart | None = None) -> None:
    """A part reads so from now on, and says since when; with `file` it has that one."""
    tx.execute(
        "UPDATE report_parts SET text = ?, template = NULL, changed_at = ? WHERE id = ?",
        (text, to_text(tx.now), changed.id),
    )
    if file is not None:
        tx.execute(
            "UPDATE report_parts SET kind = ?, file_id = ?, file_unique_id = ?, duration = ? WHERE id = ?",
            (file.kind, file.file_id, file.file_unique_id, file.duration, changed.id),
        )
    _to_search(tx, changed.report)


def release_part(tx: Transaction, part_id: int) -> bool:
    """Mark a program's draft as used; False when it was before."""
    return tx.execute("UPDATE report_parts SET released = 1 WHERE id = ? AND NOT released", (part_id,)).rowcount > 0
