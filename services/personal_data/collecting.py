"""All that is kept about one person, gathered for a copy of it: by room and table, as each declares it.

What staff answered them is theirs, too, and stands beside their reports. Only reads; on whatever connection.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from services.personal_data import own_part
from storage.core.database import Transaction
from storage.core.declared_data import Export, Held, Withheld
from storage.core.instants import to_text
from storage.people import people
from storage.people.people import Person
from storage.personal_data import own_rows
from storage.personal_data.own_rows import Row
from storage.personal_data.rooms import ROOMS
from storage.reports import own_data as reports
from storage.reports.own_data import Answer


@dataclass(frozen=True)
class Entry:
    """What is declared in one place, with the person's rows of it."""

    room: str
    held: Held
    rows: list[Row]


@dataclass(frozen=True)
class File:
    """Something they sent or were sent: Telegram's names for it, and what it is called in the copy, up to its dot."""

    file_id: str
    unique_id: str
    kind: str
    name: str


@dataclass(frozen=True)
class Collected:
    """All of it. `now`: the moment it was read."""

    person: Person
    now: datetime
    entries: list[Entry]
    answers: list[Answer]

    def rows(self, table: str, whose: str = "person") -> list[Row]:
        """Their rows of a table, by the way in which they are theirs; columns of several declarations are joined."""
        found: dict[int, Row] = {}
        for entry in self.entries:
            if (entry.held.table, entry.held.whose) == (table, whose):
                for place, row in enumerate(entry.rows):
                    found.setdefault(place, {}).update(row)
        return list(found.values())

    @property
    def count(self) -> int:
        """How many rows there are."""
        return sum(len(entry.rows) for entry in self.entries) + len(self.answers)

    def files(self) -> list[File]:
        """Each file once, the oldest first."""
        found: dict[str, File] = {}
        for file in (*self._own_files(), *self._answers_files()):
            found.setdefault(file.unique_id, file)
        return list(found.values())

    def as_json(self, files: Mapping[str, str]) -> dict[str, Any]:
        """For programs: by room. `files`: what the files that are in the copy are called, by their unique ids."""
        rooms: dict[str, list[dict[str, Any]]] = {}
        for entry in self.entries:
            if entry.rows:
                rooms.setdefault(entry.room, []).append(
                    {
                        "table": entry.held.table,
                        "what": entry.held.says,
                        "what_for": entry.held.purpose,
                        "how_long": entry.held.until.value,
                        "rows": [_with_file(row, files) for row in entry.rows],
                    }
                )
        if self.answers:
            rooms.setdefault("Reports", []).append(
                {
                    "table": "answers",
                    "what": "what staff said to you",
                    "rows": [_answer(each, files) for each in self.answers],
                }
            )
        return {"made_at": to_text(self.now), "number": self.person.id, "rooms": rooms, "not_in_it": withheld()}

    def _own_files(self) -> Iterator[File]:
        for table, of in (("report_parts", "report"), ("repair_parts", "repair"), ("checkins", "pledge")):
            for row in self.rows(table):
                if row["file_id"] is not None and row["file_unique_id"] is not None:
                    name = f"{'promise' if of == 'pledge' else of}-{row[of]}-{row['id']}"
                    yield File(row["file_id"], row["file_unique_id"], row["kind"], name)

    def _answers_files(self) -> Iterator[File]:
        for each in self.answers:
            part = each.part
            if part.file_id is not None and part.file_unique_id is not None:
                yield File(part.file_id, part.file_unique_id, part.kind, f"report-{each.report}-{part.id}-answer")


def collect(tx: Transaction, person: int) -> Collected:
    """Everything of that person. Raises KeyError where nobody says what of a table is their own part."""
    entries = [
        Entry(room.room, held, _rows(tx, held, person))
        for room in ROOMS
        for held in room.held
        if not isinstance(held.export, Withheld)
    ]
    return Collected(people.by_id(tx, person), tx.now, entries, reports.answers(tx, person))


def withheld() -> list[dict[str, str]]:
    """What is kept and not in a copy, and why."""
    return [
        {"what": held.says, "why": held.export.why}
        for room in ROOMS
        for held in room.held
        if isinstance(held.export, Withheld)
    ]


def _rows(tx: Transaction, held: Held, person: int) -> list[Row]:
    found = own_rows.rows(tx, held, person)
    return own_part.KEEP[held.table](tx, person, found) if held.export is Export.OWN else found


def _with_file(row: Row, files: Mapping[str, str]) -> Row:
    named = files.get(row.get("file_unique_id") or "")
    return row if named is None else {**row, "file": named}


def _answer(each: Answer, files: Mapping[str, str]) -> Row:
    part = each.part
    row: Row = {
        "report": each.report, "purpose": part.purpose, "kind": part.kind, "text": part.text, "template": part.template,
        "created_at": to_text(part.created_at), "file_unique_id": part.file_unique_id,
    }  # fmt: skip
    return _with_file(row, files)
