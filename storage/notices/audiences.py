"""Who is among an audience: the next of them, and how many there are."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime

from storage.core.database import Transaction
from storage.core.instants import to_text
from storage.notices.residences import LIVES
from storage.people.preferences import MUTED_KINDS

_IN_REACH = (
    "(people.started AND EXISTS (SELECT 1 FROM chats WHERE chats.telegram_id = people.telegram_id "
    "AND chats.unreachable IS NULL))"
)
_MUTED = f"(',' || coalesce({MUTED_KINDS}, '') || ',' LIKE '%,' || ? || ',%')"


@dataclass(frozen=True)
class Wanted:
    """An audience as the database knows it: codes of areas with all their parts, and what lies around them."""

    areas: Sequence[str] = ()
    around: Sequence[str] = ()
    roles: Sequence[str] = ()
    trades: Sequence[str] = ()
    reported: Sequence[str] = ()
    since: datetime | None = None


@dataclass(frozen=True)
class Counts:
    """How many an audience has. Nobody is counted twice."""

    reached: dict[str, int] = field(default_factory=dict)
    """By the language they read in."""
    muted: int = 0
    """They have turned off notices of this kind."""
    unreachable: int = 0
    """They are without Telegram, never opened the chat, or blocked the bot."""
    unknown: int = 0
    """They could be written to; where they live is not known, or not exactly enough."""
    to_ask: int = 0
    """As many of these were never asked: they are, once it goes out."""

    @property
    def total(self) -> int:
        """How many it reaches."""
        return sum(self.reached.values())


def behind(tx: Transaction, wanted: Wanted, kind: str | None, after: int, limit: int) -> list[int]:
    """The next people it reaches, by number behind `after`. `kind`: of notices that some have turned off."""
    where, values = _chosen(wanted)
    there, places = _there(wanted)
    muted = "" if kind is None else f" AND NOT {_MUTED}"
    of_kind = () if kind is None else (kind,)
    return tx.ids(
        "SELECT people.id FROM people LEFT JOIN residences ON residences.person = people.id "
        f"WHERE people.id > ? AND {_IN_REACH}{muted}{where} AND {there} = 1 ORDER BY people.id LIMIT ?",
        (after, *of_kind, *values, *places, limit),
    )


def to_be_asked(tx: Transaction, wanted: Wanted, kind: str | None, after: int, limit: int) -> list[int]:
    """Of whom it cannot be known whether they live there, who can be written to and was never asked; as `behind`."""
    where, values = _chosen(wanted)
    there, places = _there(wanted)
    muted, of_kind = ("0", ()) if kind is None else (_MUTED, (kind,))
    return tx.ids(
        "SELECT people.id FROM people LEFT JOIN residences ON residences.person = people.id WHERE people.id > ? "
        f"AND residences.person IS NULL AND {_IN_REACH} AND NOT {muted}{where} AND {there} = 2 "
        "ORDER BY people.id LIMIT ?",
        (after, *of_kind, *values, *places, limit),
    )


def counts(tx: Transaction, wanted: Wanted, kind: str | None) -> Counts:
    """How many there are, in one look at everybody. `kind`: as for `behind`."""
    where, values = _chosen(wanted)
    there, places = _there(wanted)
    muted, of_kind = ("0", ()) if kind is None else (_MUTED, (kind,))
    rows = tx.query(
        "SELECT language, in_reach, muted, there, unasked, count(*) AS people FROM (SELECT people.language AS "
        f"language, {_IN_REACH} AS in_reach, {muted} AS muted, {there} AS there, residences.person IS NULL AS unasked "
        "FROM people LEFT JOIN residences ON residences.person = people.id "
        f"WHERE forgotten_at IS NULL{where}) AS each_one WHERE there <> 0 "
        "GROUP BY language, in_reach, muted, there, unasked",
        (*of_kind, *places, *values),
    )
    reached: dict[str, int] = {}
    left = {"muted": 0, "unreachable": 0, "unknown": 0, "to_ask": 0}
    for row in rows:
        if row["there"] == 2:
            left["unknown"] += row["people"] if row["in_reach"] else 0
            left["to_ask"] += row["people"] if row["in_reach"] and row["unasked"] and not row["muted"] else 0
        elif not row["in_reach"]:
            left["unreachable"] += row["people"]
        elif row["muted"]:
            left["muted"] += row["people"]
        else:
            reached[row["language"]] = reached.get(row["language"], 0) + row["people"]
    return Counts(reached, **left)


def _there(wanted: Wanted) -> tuple[str, Sequence[str]]:
    """1: they live in one of the areas; 2: that cannot be known; 0: they live elsewhere."""
    if not wanted.areas:
        return "1", ()
    around = f" WHEN {LIVES} IN ({_marks(wanted.around)}) THEN 2" if wanted.around else ""
    case = f"CASE WHEN {LIVES} IS NULL THEN 2 WHEN {LIVES} IN ({_marks(wanted.areas)}) THEN 1{around} ELSE 0 END"
    return case, (*wanted.areas, *wanted.around)


def _chosen(wanted: Wanted) -> tuple[str, list[str]]:
    """What else has to be so, each behind an AND."""
    where = ""
    values: list[str] = []
    if wanted.roles:
        where += (
            " AND people.id IN (SELECT roles.person FROM roles WHERE NOT roles.asleep "
            f"AND roles.role IN ({_marks(wanted.roles)}))"
        )
        values += wanted.roles
    if wanted.trades:
        where += (
            " AND people.id IN (SELECT volunteers.person FROM volunteers JOIN volunteer_trades USING (person) "
            f"WHERE volunteers.state = 'approved' AND trade IN ({_marks(wanted.trades)}))"
        )
        values += wanted.trades
    if wanted.reported:
        assert wanted.since is not None
        recent = (
            f"reports.created_at >= ? AND reports.state <> 'withdrawn' AND reports.category IN "
            f"({_marks(wanted.reported)})"
        )
        where += (
            f" AND (EXISTS (SELECT 1 FROM reports WHERE reports.person = people.id AND {recent}) "
            "OR EXISTS (SELECT 1 FROM supports JOIN reports ON reports.id = supports.report "
            f"WHERE supports.person = people.id AND {recent}))"
        )
        values += [to_text(wanted.since), *wanted.reported] * 2
    return where, values


def _marks(codes: Sequence[str]) -> str:
    return ", ".join("?" for _ in codes)
