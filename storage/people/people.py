"""People, their language, and their roles."""

from collections.abc import Collection
from dataclasses import dataclass

from domain.calendar.quiet import QuietHours
from domain.language.names import tidy_name
from domain.operations.taken_away import Taken
from storage.core import blocks, dialect, taken_away
from storage.core.database import Transaction
from storage.core.instants import to_text
from storage.people.preferences import QUIET_HOURS


@dataclass(frozen=True)
class Person:
    """Somebody we know. `telegram_id` is None for people without Telegram; `quiet` while they have chosen no hours.

    Of somebody who was `forgotten` only the number is left.
    """

    id: int
    telegram_id: int | None
    name: str
    username: str | None
    language: str
    chose_language: bool
    started: bool
    roles: frozenset[str]
    quiet: QuietHours | None
    forgotten: bool
    seen_on: str
    """The day on which they were last here, such as 2026-12-05, by UTC."""

    @property
    def is_spoken_for(self) -> bool:
        """They have no Telegram: staff ring them, and note what they say. Who was forgotten cannot be rung."""
        return self.telegram_id is None and not self.forgotten


_COLUMNS = f"""people.id, telegram_id, name, username, language, chose_language, started, {QUIET_HOURS} AS quiet,
    forgotten_at IS NOT NULL AS forgotten, seen_on,
    (SELECT {dialect.joined("role")} FROM roles WHERE roles.person = people.id AND NOT asleep) AS roles"""


def _person(row: object) -> Person:
    values = dict(row)  # type: ignore[call-overload]
    values["roles"] = frozenset((values["roles"] or "").split(",")) - {""}
    values["name"] = tidy_name(values["name"]) or "?"  # kept from before names were bounded, perhaps
    values["started"] = bool(values["started"])
    values["chose_language"] = bool(values["chose_language"])
    values["forgotten"] = bool(values["forgotten"])
    values["quiet"] = QuietHours.read(values["quiet"])
    return Person(**values)


def by_id(tx: Transaction, person: int) -> Person:
    """The person with our id `person`; it must exist."""
    row = tx.one(f"SELECT {_COLUMNS} FROM people WHERE id = ?", (person,))
    if row is None:
        raise LookupError(f"no person {person}")
    return _person(row)


def find(tx: Transaction, person: int) -> Person | None:
    """The person with our id `person`, or None: for ids that come from outside."""
    return tx.one_as(_person, f"SELECT {_COLUMNS} FROM people WHERE id = ?", (person,))


def by_telegram_id(tx: Transaction, telegram_id: int) -> Person | None:
    """The person with that Telegram id, or None."""
    return tx.one_as(_person, f"SELECT {_COLUMNS} FROM people WHERE telegram_id = ?", (telegram_id,))


def meet(
    tx: Transaction, telegram_id: int, name: str, username: str | None, language: str, known: Person | None = None
) -> Person:
    """The person with that Telegram id, made or brought up to date. A chosen language stays.

    `known`: who that is, for whoever has looked already.
    """
    name = tidy_name(name) or username or "?"
    known = known or by_telegram_id(tx, telegram_id)
    if known is None:
        tx.execute(
            "INSERT INTO people (telegram_id, name, username, language, created_at, seen_on) VALUES (?, ?, ?, ?, ?, ?)",
            (telegram_id, name, username, language, to_text(tx.now), _today(tx)),
        )
    else:
        language = known.language if known.chose_language else language
        if (known.name, known.username, known.language, known.seen_on) == (name, username, language, _today(tx)):
            return known
        tx.execute(
            "UPDATE people SET name = ?, username = ?, language = ?, seen_on = ? WHERE id = ?",
            (name, username, language, _today(tx), known.id),
        )
    met = by_telegram_id(tx, telegram_id)
    assert met is not None
    if known is None:
        blocks.stranger_came(tx, met.id, telegram_id)
    return met


def _today(tx: Transaction) -> str:
    return tx.now.date().isoformat()


def without_telegram(tx: Transaction, name: str, phone: str | None, language: str) -> Person:
    """Somebody whom staff speak for; the same one as before when name and telephone number are the same."""
    name = tidy_name(name) or "?"
    known = tx.one(
        "SELECT id FROM people WHERE telegram_id IS NULL AND phone = ? AND name = ? ORDER BY id LIMIT 1", (phone, name)
    )
    if known is not None:
        tx.execute("UPDATE people SET seen_on = ? WHERE id = ?", (_today(tx), known["id"]))
        return by_id(tx, int(known["id"]))
    number = tx.insert(
        "INSERT INTO people (name, phone, language, created_at, seen_on) VALUES (?, ?, ?, ?, ?)",
        (name, phone, language, to_text(tx.now), _today(tx)),
    )
    return by_id(tx, number)


def phone(tx: Transaction, person: int) -> str | None:
    """The telephone number somebody agreed to have kept, for staff to ring back; None without one."""
    row = tx.one("SELECT phone FROM people WHERE id = ?", (person,))
    return None if row is None else row["phone"]


def set_started(tx: Transaction, person: int) -> None:
    """They opened the private chat: we may write to them."""
    tx.execute("UPDATE people SET started = 1 WHERE id = ?", (person,))


def choose_language(tx: Transaction, person: int, language: str) -> None:
    """From now on they are spoken to in `language`, whatever their Telegram says."""
    tx.execute("UPDATE people SET language = ?, chose_language = 1 WHERE id = ?", (language, person))


def unmeet(tx: Transaction, person: int) -> bool:
    """Somebody who was met in this very instant, and of whom nothing is kept, was never met; False for others."""
    tx.execute(
        "DELETE FROM counts_of_people WHERE person IN (SELECT id FROM people WHERE id = ? AND created_at = ?)",
        (person, to_text(tx.now)),
    )
    return (
        tx.execute(
            "DELETE FROM people WHERE id = :person AND created_at = :now "
            "AND NOT EXISTS (SELECT 1 FROM conversations WHERE person = :person) "
            "AND NOT EXISTS (SELECT 1 FROM roles WHERE person = :person) "
            "AND NOT EXISTS (SELECT 1 FROM blocks WHERE person = :person)",
            {"person": person, "now": to_text(tx.now)},
        ).rowcount
        > 0
    )


def forget(tx: Transaction, person: int) -> None:
    """Nothing is left of them but the number. Who writes with their Telegram afterwards is somebody new."""
    tx.execute("DELETE FROM public_names WHERE person = ?", (person,))
    tx.execute(
        "UPDATE people SET telegram_id = NULL, name = '', username = NULL, phone = NULL, started = 0, "
        "chose_language = 0, seen_on = '', forgotten_at = ? WHERE id = ?",
        (to_text(tx.now), person),
    )


def grant(tx: Transaction, person: int, role: str, granted_by: int | None) -> bool:
    """Give a role, or wake one that slept; False when they had it."""
    return (
        tx.execute(
            "INSERT INTO roles (person, role, granted_by, granted_at) VALUES (?, ?, ?, ?) ON CONFLICT (person, role) "
            "DO UPDATE SET granted_by = excluded.granted_by, granted_at = excluded.granted_at, asleep = 0 "
            "WHERE roles.asleep",
            (person, role, granted_by, to_text(tx.now)),
        ).rowcount
        > 0
    )


def revoke(tx: Transaction, person: int, role: str) -> bool:
    """Take a role away; False when they did not have it."""
    taken = tx.execute("DELETE FROM roles WHERE person = ? AND role = ?", (person, role)).rowcount > 0
    if taken:
        taken_away.note_of(tx, Taken.ROLE_REVOKED, person, role=role)
    return taken


def every_role(tx: Transaction, person: int) -> frozenset[str]:
    """All roles somebody has, those that sleep since a restore among them."""
    return frozenset(row["role"] for row in tx.query("SELECT role FROM roles WHERE person = ?", (person,)))


def with_role(tx: Transaction, role: str) -> list[Person]:
    """Everybody who has that role, in the order they got it; not those whose role sleeps since a restore."""
    return tx.query_as(
        _person,
        f"SELECT {_COLUMNS} FROM people JOIN roles given ON given.person = people.id WHERE given.role = ? "
        "AND NOT given.asleep ORDER BY given.granted_at, people.id",
        (role,),
    )


def with_any_role(tx: Transaction, after: int, limit: int) -> list[Person]:
    """The next people who have a role, by our number, behind `after`."""
    return tx.query_as(
        _person,
        f"SELECT {_COLUMNS} FROM people WHERE id > ? AND id IN (SELECT person FROM roles) ORDER BY id LIMIT ?",
        (after, limit),
    )


# -- roles that sleep since a restore


def put_to_sleep(tx: Transaction, roles: Collection[str]) -> int:
    """These roles count for nobody until they are confirmed; returns how many there are."""
    marks = ", ".join("?" for _ in roles)
    return tx.execute(f"UPDATE roles SET asleep = 1 WHERE role IN ({marks})", tuple(roles)).rowcount


def asleep(tx: Transaction) -> list[tuple[Person, str]]:
    """Everybody with a role that sleeps, and which, in the order they were given."""
    rows = tx.query("SELECT person, role FROM roles WHERE asleep ORDER BY granted_at, person, role")
    return [(by_id(tx, row["person"]), row["role"]) for row in rows]


def wake(tx: Transaction, person: int, role: str) -> bool:
    """A role that slept counts again; False when it did not sleep."""
    return (
        tx.execute("UPDATE roles SET asleep = 0 WHERE person = ? AND role = ? AND asleep", (person, role)).rowcount > 0
    )
