"""What the promise board shows: published promises, and of their makers only what they let it show.

The names and photos of those who have taken their consent back are in no answer from here, from that instant.
"""

import json
from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from domain.core.stored import known
from domain.language.names import PUBLIC_LONGEST, tidy_name
from domain.pledges.pledges import Answer, Kind, Outcome, Plan, State
from storage.core import dialect
from storage.core.database import Transaction
from storage.core.instants import from_text, to_text

PUBLIC = ("published", "paused", "ended")
FOLDER = "board"
"""Where in the media folder the photos lie that it shows (storage/core/page_files.py)."""
CHANGED = "board"
"""The signal that something the board showed is not so any more."""
WORDLESS = "–"
"""How a promise reads whose maker had their data deleted: that there was one stays, and how often it was kept."""


@dataclass(frozen=True)
class Wanted:
    """Which promises: in any of these areas (of none: for the whole community too), of a kind, state or person."""

    areas: Collection[str] = ()
    kind: Kind | None = None
    state: State | None = None
    person: int | None = None


@dataclass(frozen=True)
class Said:
    """What was said of one time. Words and file are here only when staff released them and, for photos, the maker
    let the board show them."""

    id: int
    at: datetime
    """The time it is about, of a promise that comes again and again; else when it was said."""
    answer: Answer
    amount: int
    words: str | None
    file_id: str | None


@dataclass(frozen=True)
class Shown:
    """A promise as the board shows it. `name` is what staff approved; None without consent."""

    id: int
    name: str | None
    kind: Kind
    state: State
    words: str
    plan: Plan
    zone: str
    published_at: datetime
    areas: tuple[str, ...]
    outcomes: dict[Outcome, int]
    done: int
    """Of a quota's newest window, or how often one on call was there."""
    target: int | None
    thanks: int
    said: list[Said] = field(default_factory=list)
    photos: bool = False


def count(tx: Transaction, wanted: Wanted) -> int:
    """How many promises there are of that sort."""
    where, values = conditions(wanted)
    return tx.number(f"SELECT count(*) FROM pledges WHERE {where}", values)


def page(tx: Transaction, wanted: Wanted, limit: int, offset: int, last: int = 3) -> list[Shown]:
    """One page of them, running ones first, then by number; each with the `last` things said of it."""
    where, values = conditions(wanted)
    rows = tx.query(
        f"{_SELECT} WHERE {where} ORDER BY state = 'ended', state = 'paused', pledges.id LIMIT :limit OFFSET :offset",
        {**values, "limit": limit, "offset": offset, "now": to_text(tx.now)},
    )
    return _shown(tx, [dict(row) for row in rows], last)


def these(tx: Transaction, pledges: Sequence[int], last: int = 3) -> list[Shown]:
    """These promises in this order, as `page` shows them; what the board does not show is left out."""
    names = {f"pledge{place}": number for place, number in enumerate(pledges)}
    marks = ", ".join(f":{name}" for name in names)
    rows = tx.query(f"{_SELECT} WHERE pledges.id IN ({marks}) AND state IN {PUBLIC}", {**names, "now": to_text(tx.now)})
    place = {number: at for at, number in enumerate(pledges)}
    return sorted(_shown(tx, [dict(row) for row in rows], last), key=lambda each: place[each.id])


def one(tx: Transaction, pledge: int, last: int = 10) -> Shown | None:
    """One promise, or None when the board does not show it."""
    rows = tx.query(f"{_SELECT} WHERE pledges.id = :id AND state IN {PUBLIC}", {"id": pledge, "now": to_text(tx.now)})
    found = _shown(tx, [dict(row) for row in rows], last)
    return found[0] if found else None


def makers(tx: Transaction, limit: int, offset: int) -> list[tuple[int, str, int]]:
    """(person, name, promises) of those who let the board show their name on at least one promise, by name."""
    rows = tx.query(
        "SELECT pledges.person AS id, public_names.name, count(*) AS n FROM pledges "
        "JOIN public_names ON public_names.person = pledges.person "
        f"WHERE state IN {PUBLIC} AND EXISTS (SELECT 1 FROM pledge_consents WHERE pledge = pledges.id "
        "AND what = 'name' AND withdrawn_at IS NULL) GROUP BY pledges.person, public_names.name "
        "ORDER BY public_names.name, pledges.person LIMIT ? OFFSET ?",
        (limit, offset),
    )
    return [(row["id"], tidy_name(row["name"], PUBLIC_LONGEST) or "?", row["n"]) for row in rows]


def photos(tx: Transaction, pledge: int, limit: int) -> list[tuple[int, str]]:
    """(check-in, file_id) of the photos the board shows of a promise, the newest first."""
    rows = tx.query(f"{_PHOTOS} AND checkins.pledge = ? ORDER BY checkins.id DESC LIMIT ?", (pledge, limit))
    return [(row["id"], row["file_id"]) for row in rows]


def photo(tx: Transaction, checkin: int) -> str | None:
    """The file_id of that check-in's photo, or None when the board does not show it (any more)."""
    row = tx.one(f"{_PHOTOS} AND checkins.id = ?", (checkin,))
    return None if row is None else str(row["file_id"])


def with_photos(tx: Transaction, after: int, limit: int) -> list[int]:
    """The promises of which the board shows photos, by number; those behind `after`."""
    rows = tx.query(
        f"SELECT DISTINCT pledge FROM ({_PHOTOS} AND checkins.pledge > ?) ORDER BY pledge LIMIT ?", (after, limit)
    )
    return [row["pledge"] for row in rows]


_PHOTOS = f"""SELECT checkins.id, checkins.pledge, file_id FROM checkins JOIN pledges ON pledges.id = checkins.pledge
    WHERE checkins.kind = 'photo' AND pledges.state IN {PUBLIC} AND released_at IS NOT NULL AND undone_at IS NULL
    AND gone_at IS NULL AND EXISTS (SELECT 1 FROM pledge_consents
        WHERE pledge_consents.pledge = pledges.id AND what = 'photos' AND withdrawn_at IS NULL)"""

_SELECT = f"""SELECT pledges.id, pledges.kind, state, words, plan, zone, published_at,
    (SELECT name FROM public_names WHERE public_names.person = pledges.person AND EXISTS (SELECT 1 FROM pledge_consents
        WHERE pledge = pledges.id AND what = 'name' AND withdrawn_at IS NULL)) AS name,
    EXISTS (SELECT 1 FROM pledge_consents WHERE pledge = pledges.id AND what = 'photos' AND withdrawn_at IS NULL)
        AS photos,
    (SELECT count(*) FROM pledge_thanks WHERE pledge = pledges.id) AS thanks,
    (SELECT {dialect.joined("area")} FROM pledge_areas WHERE pledge = pledges.id) AS areas,
    (SELECT done FROM occurrences WHERE pledge = pledges.id AND starts_at <= :now ORDER BY starts_at DESC LIMIT 1)
        AS done,
    (SELECT target FROM occurrences WHERE pledge = pledges.id AND starts_at <= :now ORDER BY starts_at DESC LIMIT 1)
        AS target
    FROM pledges"""


def conditions(wanted: Wanted) -> tuple[str, dict[str, object]]:
    """What a promise must be to be shown to who wants those: a condition, and its values."""
    parts, values = [f"state IN {PUBLIC}"], dict[str, object]()
    if wanted.kind is not None:
        parts.append("kind = :kind")
        values["kind"] = wanted.kind.value
    if wanted.state is not None:
        parts.append("state = :state")
        values["state"] = wanted.state.value
    if wanted.person is not None:
        # By person only what bears the name: else the page would tell whose the nameless ones are.
        parts.append(
            "person = :person AND EXISTS (SELECT 1 FROM pledge_consents WHERE pledge = pledges.id "
            "AND what = 'name' AND withdrawn_at IS NULL)"
        )
        values["person"] = wanted.person
    if wanted.areas:
        names = {f"area{number}": area for number, area in enumerate(wanted.areas)}
        marks = ", ".join(f":{name}" for name in names)
        parts.append(
            f"(EXISTS (SELECT 1 FROM pledge_areas WHERE pledge = pledges.id AND area IN ({marks})) "
            "OR NOT EXISTS (SELECT 1 FROM pledge_areas WHERE pledge = pledges.id))"
        )
        values |= names
    return " AND ".join(parts), values


def _shown(tx: Transaction, rows: list[dict[str, object]], last: int) -> list[Shown]:
    numbers = [int(str(row["id"])) for row in rows]
    if not numbers:
        return []
    marks = ", ".join("?" for _ in numbers)
    outcomes: dict[int, Counter[Outcome]] = {number: Counter() for number in numbers}
    for found in tx.query(
        f"SELECT pledge, outcome, count(*) AS n FROM occurrences WHERE pledge IN ({marks}) AND outcome <> 'open' "
        "GROUP BY pledge, outcome",
        tuple(numbers),
    ):
        outcomes[found["pledge"]][known(found["outcome"], Outcome.NOT_REPORTED)] += found["n"]
    counted = {
        found["pledge"]: found["n"]
        for found in tx.query(
            f"SELECT pledge, sum(amount) AS n FROM checkins WHERE pledge IN ({marks}) AND occurrence IS NULL "
            "AND undone_at IS NULL GROUP BY pledge",
            tuple(numbers),
        )
    }
    shown = []
    for row in rows:
        number, kind = int(str(row["id"])), known(str(row["kind"]), Kind.ONCE)
        shown.append(
            Shown(
                id=number,
                name=tidy_name(str(row["name"]), PUBLIC_LONGEST) or None if row["name"] else None,
                kind=kind,
                state=State(str(row["state"])),
                words=str(row["words"]) or WORDLESS,
                plan=Plan.from_json(json.loads(str(row["plan"]))),
                zone=str(row["zone"]),
                published_at=from_text(str(row["published_at"])),
                areas=tuple(sorted(str(row["areas"]).split(","))) if row["areas"] else (),
                outcomes=outcomes[number],
                done=int(counted.get(number, 0)) if kind is Kind.ON_CALL else int(str(row["done"] or 0)),
                target=int(str(row["target"])) if row["target"] else None,
                thanks=int(str(row["thanks"])),
                said=_said(tx, number, last, again=kind is Kind.RECURRING, photos=bool(row["photos"])),
                photos=bool(row["photos"]),
            )
        )
    return shown


def _said(tx: Transaction, pledge: int, limit: int, *, again: bool, photos: bool) -> list[Said]:
    rows = tx.query(
        "SELECT checkins.*, coalesce(starts_at, created_at) AS at FROM checkins "
        "LEFT JOIN occurrences ON :again AND occurrences.id = checkins.occurrence "
        "WHERE checkins.pledge = :pledge AND undone_at IS NULL "
        "AND (answer <> 'note' OR released_at IS NOT NULL) ORDER BY checkins.id DESC LIMIT :limit",
        {"again": again, "pledge": pledge, "limit": limit},
    )
    said = []
    for row in rows:
        released = row["released_at"] is not None
        photo = released and photos and row["kind"] == "photo" and row["gone_at"] is None
        words, file_id = row["words"] if released else None, row["file_id"] if photo else None
        answer = known(row["answer"], Answer.NOTE)
        said.append(Said(row["id"], from_text(row["at"]), answer, row["amount"], words, file_id))
    return said
