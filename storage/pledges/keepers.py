"""When each keeper of pledges wants to be reminded."""

from dataclasses import dataclass

from domain.pledges.weekly_list import MINUTE, WEEKDAY
from storage.core.database import Transaction


@dataclass(frozen=True)
class Keeper:
    """The list of the week comes on `weekday` (Monday is 0) at `minute` of the day.

    `before`: so many minutes before each time another message comes, or None for none.
    """

    person: int
    weekday: int = WEEKDAY
    minute: int = MINUTE
    before: int | None = None


def of(tx: Transaction, person: int) -> Keeper:
    """What somebody chose; who chose nothing is reminded on Monday at nine."""
    row = tx.one("SELECT person, weekday, minute, before FROM keepers WHERE person = ?", (person,))
    return Keeper(**dict(row)) if row else Keeper(person)


def put(tx: Transaction, keeper: Keeper) -> None:
    """Keep what somebody chose."""
    tx.execute(
        "INSERT INTO keepers (person, weekday, minute, before) VALUES (?, ?, ?, ?) ON CONFLICT (person) DO UPDATE "
        "SET weekday = excluded.weekday, minute = excluded.minute, before = excluded.before",
        (keeper.person, keeper.weekday, keeper.minute, keeper.before),
    )
