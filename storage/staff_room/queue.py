"""What staff have before them: pages and counts of reports, read by an index whatever their number.

A page is taken behind a report (by its keys, never by an offset), and a count ends at 100: nobody works through more.
"""

from dataclasses import dataclass
from typing import Any

from domain.community import Community
from domain.reports.reports import State
from storage.core import dialect
from storage.core.database import Transaction
from storage.core.instants import to_text
from storage.reports.reports import Report, from_row

CAP = 100
# As in the partial indexes, word for word: SQLite takes them only then.
_WORK = "state IN ('new', 'taken', 'started', 'reopened')"
_BY_DUE, _HANDED_ON = "reports_work_due", "reports_handed_on"
_WORK_OR_HANDED = "state IN ('new', 'taken', 'started', 'handed_on', 'reopened')"


@dataclass(frozen=True)
class Range:
    """One stretch of an index: which reports, and the column they are ordered by before their number (if any).

    `index`: the one to take where SQLite, which counts nothing, would take that of the states and sort all of them.
    """

    where: str
    values: dict[str, Any]
    key: str | None = None
    index: str | None = None

    @property
    def source(self) -> str:
        """What it is read from."""
        return dialect.read_by(self.index, "reports") if self.index else "reports"


@dataclass(frozen=True)
class Count:
    """How many, up to 99; `more` when there are more than that."""

    number: int
    more: bool

    def __str__(self) -> str:
        return f"{self.number}+" if self.more else str(self.number)


FIRST = "danger IS NOT NULL AND closed_at IS NULL AND state <> 'resolved'"


def is_first(report: Report) -> bool:
    """Whether it stands before all others in every list: somebody may be in danger, and staff have not resolved it."""
    return report.danger is not None and report.closed_at is None and report.state is not State.RESOLVED


def in_danger() -> list[Range]:
    """Somebody may be in danger."""
    return [Range(FIRST, {})]


def new() -> list[Range]:
    """Nobody has taken them yet."""
    return [Range("state = 'new' AND closed_at IS NULL", {})]


def taken() -> list[Range]:
    """Somebody looks after them."""
    return [Range(f"state = '{state}' AND closed_at IS NULL", {}) for state in ("taken", "started")]


def mine(person: int) -> list[Range]:
    """That person has work to do with them."""
    return [Range(f"{_WORK_OR_HANDED} AND assignee IS NOT NULL AND assignee = :person", {"person": person})]


def overdue(tx: Transaction) -> list[Range]:
    """Their day has passed, and staff have them; the longest overdue first."""
    return [Range(f"{_WORK} AND due_at IS NOT NULL AND due_at < :now", {"now": to_text(tx.now)}, "due_at", _BY_DUE)]


def due_soon(tx: Transaction) -> list[Range]:
    """Their day is still to come; the nearest first."""
    return [Range(f"{_WORK} AND due_at IS NOT NULL AND due_at >= :now", {"now": to_text(tx.now)}, "due_at", _BY_DUE)]


def reopened() -> list[Range]:
    """A resident said that it is not fixed."""
    return [Range("state = 'reopened' AND closed_at IS NULL", {})]


def handed_on() -> list[Range]:
    """With somebody outside, the one to be asked again first."""
    return [Range("state = 'handed_on'", {}, "ask_again_at", _HANDED_ON)]


def to_ask_again(tx: Transaction) -> list[Range]:
    """With somebody outside who is to be asked again by now."""
    return [Range("state = 'handed_on' AND ask_again_at <= :now", {"now": to_text(tx.now)}, "ask_again_at", _HANDED_ON)]


def all_open() -> list[Range]:
    """Everything that is not closed."""
    return [Range("closed_at IS NULL", {})]


def of_area(community: Community, code: str) -> list[Range]:
    """Open ones of an area and those within it."""
    area = community.area(code)
    codes = [each.code for each in area.walk()] if area else []
    return [Range("area = :area AND closed_at IS NULL", {"area": each}) for each in codes]


def of_department(community: Community, code: str) -> list[Range]:
    """Open ones a department answers for, by its kinds or by hand."""
    kinds = [each.code for each in community.categories if each.department == code]
    return [
        Range("department IS NOT NULL AND department = :department AND closed_at IS NULL", {"department": code}),
        *(
            Range("category = :category AND department IS NULL AND closed_at IS NULL", {"category": each})
            for each in kinds
        ),
    ]


def count(tx: Transaction, ranges: list[Range]) -> Count:
    """How many there are, counted up to 100."""
    found = 0
    for each in ranges:
        found += tx.number(
            f"SELECT count(*) FROM (SELECT 1 FROM {each.source} WHERE {each.where} LIMIT {CAP})", each.values
        )
    return Count(min(found, CAP - 1), found >= CAP)


def page(tx: Transaction, ranges: list[Range], after: Report | None, limit: int) -> list[Report]:
    """The next ones behind `after` (or the first): danger, then the others; of both by their ranges' key and number."""
    found: list[Report] = []
    if after is None or is_first(after):
        found = _of_both(tx, ranges, after, limit, danger=True)
        after = None
    if len(found) < limit:
        found += _of_both(tx, ranges, after, limit - len(found), danger=False)
    return found


def _of_both(tx: Transaction, ranges: list[Range], after: Report | None, limit: int, *, danger: bool) -> list[Report]:
    found: list[Report] = []
    for each in ranges:
        found += _page(tx, each, after, limit, danger)
    key = ranges[0].key if ranges else None
    found.sort(key=lambda report: (_text(report, key), report.id))
    return found[:limit]


def _page(tx: Transaction, each: Range, after: Report | None, limit: int, danger: bool) -> list[Report]:
    behind, values = "", dict(each.values)
    if after is not None:
        behind = f" AND ({each.key}, id) > (:after_key, :after)" if each.key else " AND id > :after"
        values |= {"after": after.id, "after_key": _text(after, each.key)}
    order = f"{each.key}, id" if each.key else "id"
    # Few are in danger, and an index holds just these; the others are walked in their own index's order.
    source, which = (
        (dialect.read_by("reports_in_danger", "reports"), FIRST) if danger else (each.source, f"NOT ({FIRST})")
    )
    sql = f"SELECT * FROM {source} WHERE {which} AND {each.where}{behind} ORDER BY {order} LIMIT {limit}"
    return tx.query_as(from_row, sql, values)


def _text(report: Report, key: str | None) -> str:
    value = getattr(report, key) if key else None
    return to_text(value) if value is not None else ""
