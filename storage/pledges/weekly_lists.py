"""What the lists of the week read and note: for hundreds of people with a handful of statements."""

import json
from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import datetime

from domain.calendar.quiet import QuietHours
from domain.core.stored import known
from domain.pledges.pledges import Kind
from storage.core.database import Transaction
from storage.core.instants import from_text, to_text
from storage.people.preferences import QUIET_HOURS
from storage.pledges.pledges import KEEPER_MAY


@dataclass(frozen=True)
class Addressee:
    """Who gets a list: chat (None: never opened one), language, when they want it, and their own quiet hours."""

    person: int
    language: str
    chat: int | None
    unreachable: str | None
    weekday: int
    minute: int
    quiet: QuietHours | None


@dataclass(frozen=True)
class ListedTime:
    """One time in a list. `id` is None for one that is not written down yet."""

    id: int | None
    key: str
    starts_at: datetime
    ends_at: datetime
    target: int | None
    done: int
    told: str | None


@dataclass(frozen=True)
class Listed:
    """One promise in a list, with its open times of the last two weeks and the next one, in order.

    `unit`: what its number is counted in. `of`: whose it is, where somebody else is reminded of it.
    """

    id: int
    kind: Kind
    words: str
    timed: bool
    unit: str | None
    of: str | None
    times: list[ListedTime] = field(default_factory=list)


def addressees(tx: Transaction, people: Collection[int]) -> list[Addressee]:
    """These people, as addressees; who chose no time has Monday at nine."""
    rows = tx.query(
        "SELECT people.id AS person, people.language, CASE WHEN people.started THEN chats.id END AS chat, "
        "chats.unreachable, coalesce(keepers.weekday, 0) AS weekday, coalesce(keepers.minute, 540) AS minute, "
        f"{QUIET_HOURS} AS quiet "
        "FROM people LEFT JOIN chats ON chats.telegram_id = people.telegram_id "
        f"LEFT JOIN keepers ON keepers.person = people.id WHERE people.id IN ({_marks(people)})",
        tuple(people),
    )
    return [
        Addressee(
            row["person"],
            row["language"],
            row["chat"],
            row["unreachable"],
            row["weekday"],
            row["minute"],
            QuietHours.read(row["quiet"]),
        )
        for row in rows
    ]


def promises(tx: Transaction, keepers: Collection[int], since: datetime, until: datetime) -> dict[int, list[Listed]]:
    """The published promises of each keeper, with their open times that ended after `since`, begin before `until`.

    One without any is not among them: of what is done, or comes next month, nothing is to be said this week.
    """
    found: dict[int, dict[int, Listed]] = {}
    rows = tx.query(
        "SELECT pledges.keeper, pledges.id AS pledge, pledges.kind, pledges.words, pledges.plan, makers.name, "
        "occurrences.id, occurrences.key, starts_at, ends_at, target, done, told FROM pledges "
        "LEFT JOIN people AS makers ON makers.id = pledges.person AND pledges.person <> pledges.keeper "
        "LEFT JOIN occurrences ON occurrences.pledge = pledges.id "
        "AND occurrences.outcome = 'open' AND starts_at < ? AND ends_at > ? "
        f"WHERE pledges.state = 'published' AND pledges.keeper IN ({_marks(keepers)}) AND {KEEPER_MAY} "
        "AND (occurrences.id IS NOT NULL OR pledges.kind = 'on_call') "
        "ORDER BY pledges.keeper, pledges.id, starts_at",
        (to_text(until), to_text(since), *keepers),
    )
    for keeper, pledge, kind, words, plan, of, number, key, starts_at, ends_at, target, done, told in rows:
        of_keeper = found.setdefault(keeper, {})
        listed = of_keeper.get(pledge)
        if listed is None:
            planned = json.loads(plan) if kind in (Kind.RECURRING.value, Kind.QUOTA.value) else {}
            timed, unit = kind == Kind.RECURRING.value and bool(planned.get("minutes")), planned.get("unit")
            listed = of_keeper[pledge] = Listed(pledge, known(kind, Kind.ONCE), words, timed, unit, of)
        if number is not None:
            listed.times.append(ListedTime(number, key, from_text(starts_at), from_text(ends_at), target, done, told))
    return {keeper: list(listed.values()) for keeper, listed in found.items()}


def planned_until(tx: Transaction, keepers: Collection[int]) -> dict[int, datetime | None]:
    """Until when the times of all their published promises are written down, for each keeper who has any."""
    rows = tx.query(
        "SELECT keeper, min(coalesce(planned_until, '')) AS until FROM pledges "
        f"WHERE state = 'published' AND keeper IN ({_marks(keepers)}) AND {KEEPER_MAY} GROUP BY keeper",
        tuple(keepers),
    )
    return {row["keeper"]: from_text(row["until"]) if row["until"] else None for row in rows}


def note_told(tx: Transaction, times: Collection[int], once: str) -> None:
    """The list with that key names these times: told by the first that does; what is over is asked about once more."""
    now = to_text(tx.now)
    tx.many(
        "UPDATE occurrences SET told = coalesce(told, ?), "
        "asked_again_at = CASE WHEN ends_at <= ? THEN ? ELSE asked_again_at END WHERE id = ?",
        [(once, now, now, time) for time in times],
    )


def unreached(tx: Transaction, after: int, limit: int) -> list[tuple[int, str, int]]:
    """(person, name, promises) of keepers of published pledges whom nothing reaches."""
    rows = tx.query(
        "SELECT people.id, people.name, count(*) AS n FROM pledges JOIN people ON people.id = pledges.keeper "
        "LEFT JOIN chats ON chats.telegram_id = people.telegram_id "
        f"WHERE pledges.state = 'published' AND {KEEPER_MAY} AND people.id > ? "
        "AND (chats.id IS NULL OR chats.unreachable IS NOT NULL OR NOT people.started) "
        "GROUP BY people.id, people.name ORDER BY people.id LIMIT ?",
        (after, limit),
    )
    return [(row["id"], row["name"], row["n"]) for row in rows]


def _marks(values: Collection[int]) -> str:
    return ", ".join("?" for _ in values)
