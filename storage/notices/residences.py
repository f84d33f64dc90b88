"""Where people live, as far as we know.

What somebody said when they were asked counts before all else, also when they would rather not say. Else it is the area
of the address they let us keep for repairs, else that of their newest report of which they said that they live there.
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from domain.operations.taken_away import Taken
from storage.core import taken_away
from storage.core.database import Transaction
from storage.core.instants import from_text, from_text_or_none, to_text

LIVES = """CASE WHEN residences.said_at IS NOT NULL THEN residences.area ELSE coalesce(
    (SELECT homes.area FROM homes WHERE homes.person = people.id),
    (SELECT lived.area FROM reports AS lived WHERE lived.person = people.id AND lived.relation = 'lives'
     AND lived.area IS NOT NULL ORDER BY lived.id DESC LIMIT 1)) END"""
"""The area somebody lives in, or NULL, in a statement about `people` left-joined to `residences`."""


@dataclass(frozen=True)
class Residence:
    """What somebody was asked and said. `said_at` without an area: they would rather not say."""

    person: int
    area: str | None
    asked_at: datetime
    said_at: datetime | None


def of(tx: Transaction, person: int) -> Residence | None:
    """What they were asked and said; None while they were never asked."""
    row = tx.one("SELECT * FROM residences WHERE person = ?", (person,))
    if row is None:
        return None
    return Residence(row["person"], row["area"], from_text(row["asked_at"]), from_text_or_none(row["said_at"]))


def known(tx: Transaction, person: int) -> str | None:
    """The area somebody lives in, as far as we know."""
    row = tx.one(
        f"SELECT {LIVES} AS lives FROM people LEFT JOIN residences ON residences.person = people.id "
        "WHERE people.id = ?",
        (person,),
    )
    return None if row is None else row["lives"]


def say(tx: Transaction, person: int, area: str | None) -> None:
    """They live there, as they say; None: they would rather not say. It takes the place of what they said before."""
    before = of(tx, person)
    tx.execute(
        "INSERT INTO residences (person, area, asked_at, said_at) VALUES (:person, :area, :now, :now) "
        "ON CONFLICT (person) DO UPDATE SET area = excluded.area, said_at = excluded.said_at",
        {"person": person, "area": area, "now": to_text(tx.now)},
    )
    if area is None and before is not None and before.area is not None:
        taken_away.note_of(tx, Taken.RESIDENCE_FORGOTTEN, person)


def note_asked(tx: Transaction, people: Collection[int]) -> None:
    """They are asked now, and never again."""
    tx.many(
        "INSERT INTO residences (person, asked_at) VALUES (?, ?) ON CONFLICT (person) DO NOTHING",
        [(person, to_text(tx.now)) for person in people],
    )
