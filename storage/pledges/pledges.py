"""Pledges, every wording they had, their areas, and what their makers let the board show."""

import json
import sqlite3
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from zoneinfo import ZoneInfo

from domain.core.stored import Stored, known
from domain.operations.taken_away import Taken
from domain.pledges.pledges import Asked, Kind, Plan, State, state_in
from storage.core import taken_away
from storage.core.database import Transaction
from storage.core.instants import from_text, from_text_or_none, to_text
from storage.pledges.board import CHANGED, WORDLESS


class ConsentTo(Stored, StrEnum, kept_in="pledge_consents.what"):
    """What the board may show with somebody's yes."""

    NAME = "name"
    PHOTOS = "photos"


class WordingState(Stored, StrEnum, kept_in="pledge_wordings.state"):
    """Where a wording of a promise stands."""

    WAITING = "waiting"
    ASKED = "asked"
    APPROVED = "approved"
    REPLACED = "replaced"


NAME, PHOTOS = ConsentTo


@dataclass(frozen=True)
class Pledge:
    """A promise. `keeper` is who is reminded and checks in: its maker, or who speaks for them."""

    id: int
    person: int
    keeper: int
    recorded_by: int | None
    kind: Kind
    state: State
    version: int
    words: str
    plan: Plan
    zone: ZoneInfo
    report: int | None
    planned_until: datetime | None
    created_at: datetime
    changed_at: datetime
    published_at: datetime | None
    ended_at: datetime | None


@dataclass(frozen=True)
class Wording:
    """One wording of a pledge: waiting for staff, asked to be changed, approved, or replaced by a later one."""

    id: int
    pledge: int
    words: str
    plan: Plan
    areas: tuple[str, ...]
    state: str
    asked: str | None
    written_by: int
    decided_by: int | None
    created_at: datetime
    decided_at: datetime | None


@dataclass(frozen=True)
class Consent:
    """When the board was allowed to show something, by whom, and how staff asked whoever has no Telegram."""

    given_at: datetime
    given_by: int | None
    how: Asked | None


KEEPERS = ("representative", "staff", "lead", "admin")
"""Roles of which one is needed to look after the promise of another."""
KEEPER_MAY = f"""(pledges.person = pledges.keeper OR EXISTS (SELECT 1 FROM roles WHERE roles.person = pledges.keeper
    AND NOT roles.asleep AND role IN {KEEPERS}))"""
"""Whether the keeper may look after it *now*: who was a representative once speaks for nobody any more."""
_COLUMNS = """id, person, keeper, recorded_by, kind, state, version, words, plan, zone, report, planned_until,
    created_at, changed_at, published_at, ended_at"""
_TIMES = ("planned_until", "published_at", "ended_at")


def pledge_of(row: sqlite3.Row) -> Pledge:
    """A row of the table as a pledge."""
    values = {name.strip(): row[name.strip()] for name in _COLUMNS.split(",")}
    values |= {name: from_text_or_none(values[name]) for name in _TIMES}
    values |= {name: from_text(values[name]) for name in ("created_at", "changed_at")}
    values["kind"], values["state"] = known(values["kind"], Kind.ONCE), state_in(values)
    values["words"] = values["words"] or WORDLESS
    values["plan"] = Plan.from_json(json.loads(values["plan"]))
    values["zone"] = ZoneInfo(values["zone"])
    return Pledge(**values)


def add(
    tx: Transaction, person: int, keeper: int, words: str, plan: Plan, zone: ZoneInfo, *,
    report: int | None = None, recorded_by: int | None = None,
) -> int:  # fmt: skip
    """A new pledge, waiting for staff; returns its number."""
    now = to_text(tx.now)
    return tx.insert(
        "INSERT INTO pledges (person, keeper, recorded_by, kind, state, words, plan, zone, report, created_at, "
        "changed_at) VALUES (?, ?, ?, ?, 'waiting', ?, ?, ?, ?, ?, ?)",
        (person, keeper, recorded_by, plan.kind.value, words, _plan(plan), zone.key, report, now, now),
    )


def by_id(tx: Transaction, number: int) -> Pledge | None:
    """The pledge with that number, or None."""
    return tx.one_as(pledge_of, f"SELECT {_COLUMNS} FROM pledges WHERE id = ?", (number,))


def move(tx: Transaction, pledge: Pledge, state: State) -> None:
    """Put it into a state; buttons older than this are stale."""
    tx.execute(
        "UPDATE pledges SET state = :state, version = version + 1, changed_at = :now, "
        "published_at = CASE WHEN :state = 'published' THEN coalesce(published_at, :now) ELSE published_at END, "
        "ended_at = CASE WHEN :state = 'ended' THEN :now ELSE ended_at END WHERE id = :id",
        {"state": state.value, "now": to_text(tx.now), "id": pledge.id},
    )


def word(tx: Transaction, pledge: int, words: str, plan: Plan, areas: Iterable[str]) -> None:
    """From now on it reads like this and is due by this plan."""
    tx.execute(
        "UPDATE pledges SET words = ?, plan = ?, kind = ?, version = version + 1, changed_at = ? WHERE id = ?",
        (words, _plan(plan), plan.kind.value, to_text(tx.now), pledge),
    )
    tx.execute("DELETE FROM pledge_areas WHERE pledge = ?", (pledge,))
    for area in dict.fromkeys(areas):
        tx.execute("INSERT INTO pledge_areas (pledge, area) VALUES (?, ?)", (pledge, area))


def set_planned_until(tx: Transaction, pledge: int, until: datetime | None) -> None:
    """The times it is due up to there are written down."""
    tx.execute("UPDATE pledges SET planned_until = ? WHERE id = ?", (to_text(until) if until else None, pledge))


def set_keeper(tx: Transaction, pledge: int, keeper: int) -> None:
    """Somebody else is reminded and checks in from now on."""
    tx.execute("UPDATE pledges SET keeper = ?, version = version + 1 WHERE id = ?", (keeper, pledge))


def concerning(tx: Transaction, person: int, limit: int, offset: int = 0) -> list[Pledge]:
    """The pledges somebody made or keeps for another, the newest first; ended ones behind the others."""
    return tx.query_as(
        pledge_of,
        f"SELECT {_COLUMNS} FROM pledges WHERE person = ? OR (keeper = ? AND {KEEPER_MAY}) "
        "ORDER BY state = 'ended', id DESC "
        "LIMIT ? OFFSET ?",
        (person, person, limit, offset),
    )


def count_concerning(tx: Transaction, person: int) -> int:
    """How many pledges somebody made or keeps."""
    return tx.number(
        f"SELECT count(*) FROM pledges WHERE person = ? OR (keeper = ? AND {KEEPER_MAY})", (person, person)
    )


def count_open(tx: Transaction, person: int) -> int:
    """How many somebody made that are not ended."""
    return tx.number("SELECT count(*) FROM pledges WHERE person = ? AND state <> 'ended'", (person,))


def spoken_for(tx: Transaction, name: str, keeper: int) -> int | None:
    """Somebody without Telegram of that name for whom the keeper speaks already, or None."""
    row = tx.one(
        "SELECT person FROM pledges JOIN people ON people.id = pledges.person WHERE pledges.keeper = ? "
        "AND people.telegram_id IS NULL AND people.name = ? ORDER BY pledges.id LIMIT 1",
        (keeper, name),
    )
    return None if row is None else int(row["person"])


def kept_by(tx: Transaction, keeper: int) -> list[Pledge]:
    """The published pledges somebody is reminded of."""
    return tx.query_as(
        pledge_of,
        f"SELECT {_COLUMNS} FROM pledges WHERE keeper = ? AND state = 'published' AND {KEEPER_MAY} ORDER BY id",
        (keeper,),
    )


def kept_for_others(tx: Transaction, keeper: int) -> list[Pledge]:
    """The promises of others that stand under somebody's care and are not ended, whether they may look after them."""
    return tx.query_as(
        pledge_of,
        f"SELECT {_COLUMNS} FROM pledges WHERE keeper = ? AND person <> keeper AND state <> 'ended' ORDER BY id",
        (keeper,),
    )


def is_looked_after(tx: Transaction, pledge: int) -> bool:
    """Whether its keeper may look after it now."""
    return tx.one(f"SELECT 1 FROM pledges WHERE id = ? AND {KEEPER_MAY}", (pledge,)) is not None


def on_call_of(tx: Transaction, person: int) -> list[Pledge]:
    """Somebody's published promises to be on call, the oldest first."""
    return tx.query_as(
        pledge_of,
        f"SELECT {_COLUMNS} FROM pledges WHERE person = ? AND state = 'published' AND kind = 'on_call' ORDER BY id",
        (person,),
    )


def areas(tx: Transaction, pledge: int) -> tuple[str, ...]:
    """The codes of the areas it is for; none: for the whole community."""
    return tuple(row["area"] for row in tx.query("SELECT area FROM pledge_areas WHERE pledge = ?", (pledge,)))


# -- wordings


def add_wording(tx: Transaction, pledge: int, by: int, words: str, plan: Plan, areas: Sequence[str]) -> int:
    """Another wording, which waits for staff; one that waited or was to be changed is replaced by it."""
    tx.execute(
        "UPDATE pledge_wordings SET state = 'replaced' WHERE pledge = ? AND state IN ('waiting', 'asked')", (pledge,)
    )
    return tx.insert(
        "INSERT INTO pledge_wordings (pledge, words, plan, areas, state, written_by, created_at) "
        "VALUES (?, ?, ?, ?, 'waiting', ?, ?)",
        (pledge, words, _plan(plan), json.dumps(list(areas)), by, to_text(tx.now)),
    )


def wording(tx: Transaction, number: int) -> Wording | None:
    """One wording, or None."""
    return tx.one_as(_wording, "SELECT * FROM pledge_wordings WHERE id = ?", (number,))


def open_wording(tx: Transaction, pledge: int) -> Wording | None:
    """The wording that waits for staff or is to be changed, or None."""
    return tx.one_as(
        _wording,
        "SELECT * FROM pledge_wordings WHERE pledge = ? AND state IN ('waiting', 'asked') ORDER BY id DESC LIMIT 1",
        (pledge,),
    )


def wordings(tx: Transaction, pledge: int) -> list[Wording]:
    """Every wording there was, the oldest first."""
    return tx.query_as(_wording, "SELECT * FROM pledge_wordings WHERE pledge = ? ORDER BY id", (pledge,))


def waiting(tx: Transaction, limit: int) -> list[int]:
    """The promises of which a wording waits for staff, by number."""
    rows = tx.query(
        "SELECT DISTINCT pledge FROM pledge_wordings WHERE state = 'waiting' ORDER BY pledge LIMIT ?", (limit,)
    )
    return [int(row["pledge"]) for row in rows]


def decide_wording(tx: Transaction, wording: int, state: str, by: int, asked: str | None = None) -> None:
    """Staff have decided about it."""
    tx.execute(
        "UPDATE pledge_wordings SET state = ?, decided_by = ?, decided_at = ?, asked = ? WHERE id = ?",
        (state, by, to_text(tx.now), asked, wording),
    )


def _wording(row: sqlite3.Row) -> Wording:
    values = dict(row)
    values["plan"] = Plan.from_json(json.loads(values["plan"]))
    values["areas"] = tuple(json.loads(values["areas"]))
    values["created_at"] = from_text(values["created_at"])
    values["decided_at"] = from_text_or_none(values["decided_at"])
    return Wording(**values)


# -- consents


def consents(tx: Transaction, pledge: int) -> frozenset[str]:
    """What its maker lets the board show at present: name, photos."""
    rows = tx.query("SELECT what FROM pledge_consents WHERE pledge = ? AND withdrawn_at IS NULL", (pledge,))
    return frozenset(row["what"] for row in rows)


def give_consent(tx: Transaction, pledge: int, what: str, by: int, how: Asked | None = None) -> bool:
    """The board may show it; False when it might already. `how`: as staff asked, where they say so for another."""
    return (
        tx.execute(
            "INSERT INTO pledge_consents (pledge, what, given_at, given_by, how) VALUES (?, ?, ?, ?, ?) "
            "ON CONFLICT DO NOTHING",
            (pledge, what, to_text(tx.now), by, how.value if how else None),
        ).rowcount
        > 0
    )


def consent(tx: Transaction, pledge: int, what: str) -> Consent | None:
    """What is known of a consent that holds; None without one."""
    row = tx.one(
        "SELECT given_at, given_by, how FROM pledge_consents WHERE pledge = ? AND what = ? AND withdrawn_at IS NULL",
        (pledge, what),
    )
    if row is None:
        return None
    return Consent(
        from_text(row["given_at"]), row["given_by"], Asked(row["how"]) if row["how"] in list(Asked) else None
    )


def withdraw_consent(tx: Transaction, pledge: int, what: str) -> bool:
    """The board shows it no more, from this instant; False when it did not."""
    withdrawn = (
        tx.execute(
            "UPDATE pledge_consents SET withdrawn_at = ? WHERE pledge = ? AND what = ? AND withdrawn_at IS NULL",
            (to_text(tx.now), pledge, what),
        ).rowcount
        > 0
    )
    if withdrawn:
        taken_away.note(tx, Taken.CONSENT_WITHDRAWN, pledge=pledge, what=what)
    return withdrawn


def put_consents_to_sleep(tx: Transaction) -> None:
    """The board shows no name and no photo of anybody until their maker has said so again."""
    tx.execute("UPDATE pledge_consents SET asleep = 1, withdrawn_at = ? WHERE withdrawn_at IS NULL", (to_text(tx.now),))
    tx.signal(CHANGED)


def asleep_consents(tx: Transaction, person: int) -> list[tuple[int, str]]:
    """(promise, what) of somebody's consents that sleep since a restore, by number."""
    rows = tx.query(
        "SELECT DISTINCT pledge, what FROM pledge_consents JOIN pledges ON pledges.id = pledge "
        "WHERE pledge_consents.asleep AND pledges.person = ? ORDER BY pledge, what",
        (person,),
    )
    return [(row["pledge"], row["what"]) for row in rows]


def makers_asleep(tx: Transaction) -> list[int]:
    """The makers of promises with consents that sleep."""
    rows = tx.query(
        "SELECT DISTINCT pledges.person FROM pledge_consents JOIN pledges ON pledges.id = pledge "
        "WHERE pledge_consents.asleep ORDER BY pledges.person"
    )
    return [row["person"] for row in rows]


def consents_awake(tx: Transaction, person: int) -> None:
    """None of somebody's consents sleeps any more: they have answered."""
    tx.execute(
        "UPDATE pledge_consents SET asleep = 0 WHERE asleep AND pledge IN (SELECT id FROM pledges WHERE person = ?)",
        (person,),
    )


def _plan(plan: Plan) -> str:
    return json.dumps(plan.as_json(), ensure_ascii=False)
