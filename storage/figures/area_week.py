"""Who wants to read once a week about the building they live in."""

from collections.abc import Collection
from dataclasses import dataclass

from domain.calendar.quiet import QuietHours
from storage.core.database import Transaction
from storage.notices.residences import LIVES
from storage.people.preferences import QUIET_HOURS

CODE = "area_week"
_WANTED = f"EXISTS (SELECT 1 FROM preferences WHERE preferences.person = people.id AND code = '{CODE}')"


@dataclass(frozen=True)
class Addressee:
    """Somebody who wants it: their chat (None: they never opened it), and the area they live in, as far as we know."""

    person: int
    language: str
    chat: int | None
    unreachable: bool
    area: str | None
    quiet: QuietHours | None


def addressees(tx: Transaction, people: Collection[int]) -> list[Addressee]:
    """Those of these people who want it."""
    marks = ", ".join("?" for _ in people)
    rows = tx.query(
        "SELECT people.id AS person, people.language, CASE WHEN people.started THEN chats.id END AS chat, "
        f"chats.unreachable IS NOT NULL AS unreachable, {LIVES} AS lives, {QUIET_HOURS} AS quiet "
        "FROM people LEFT JOIN chats ON chats.telegram_id = people.telegram_id "
        "LEFT JOIN residences ON residences.person = people.id "
        f"WHERE people.id IN ({marks}) AND {_WANTED} ORDER BY people.id",
        tuple(people),
    )
    return [
        Addressee(
            row["person"],
            row["language"],
            row["chat"],
            bool(row["unreachable"]),
            row["lives"],
            QuietHours.read(row["quiet"]),
        )
        for row in rows
    ]


def is_wanted(tx: Transaction, person: int) -> bool:
    """Whether somebody wants it."""
    return bool(addressees(tx, [person]))
