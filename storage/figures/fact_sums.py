"""Figures of a period as sums of facts, made by the database: what comes back is a row for each kind of case."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from domain.figures.periods import Span
from domain.figures.report_counting import RECURS_WITHIN
from domain.figures.report_facts import FactsOfReport, Of
from domain.figures.report_history import Channel, Outcome, Ruling, Way
from domain.figures.report_measures import Answered, Collected, Deadline
from domain.figures.spread import MOST
from storage.core import dialect, facts_file
from storage.core.database import Transaction
from storage.figures.fact_rows import COLLECTED, HAPPENED, Rows, instant, names_to_read

Group = str | None
"""A code, the number of a project as text, or none."""
_FOUND_ANEW = (
    f"CREATE TEMP TABLE IF NOT EXISTS scratch_collected ({facts_file.COLLECTED})",
    f"CREATE TEMP TABLE IF NOT EXISTS scratch_happened ({facts_file.HAPPENED})",
    "CREATE TEMP TABLE IF NOT EXISTS scratch_touched (report INTEGER PRIMARY KEY)",
    f"CREATE INDEX IF NOT EXISTS scratch_where ON scratch_happened ({facts_file.HAPPENED_WHERE})",
    "DELETE FROM scratch_collected",
    "DELETE FROM scratch_happened",
    "DELETE FROM scratch_touched",
)
_KNOWN = "known_from < :ends AND known_until >= :ends"
_COUNTED = (Of.DECLINED, Of.PASSED_ON, Of.REOPENED, Of.OVERDUE, Of.OBJECTED, Of.SOLVED)


@dataclass(frozen=True)
class Happened:
    """What is only counted; of an objection also what became of it."""

    of: Of
    ruling: Ruling | None


class Sums:
    """The sums of one period, by one of `category`, `area`, `department`, `project` (None: all as one group).

    `areas`, `category`: reports in these alone. `instead`: the facts of reports of which the file does not know how
    they stood at the period's end, as they are known there.
    """

    def __init__(
        self, tx: Transaction, span: Span, by: str | None, areas: frozenset[str] | None, category: str | None,
        instead: dict[int, FactsOfReport],
    ) -> None:  # fmt: skip
        self._tx = tx
        self._names = names_to_read(tx)
        self._by = by
        self._with_anew = bool(instead)
        if instead:
            self._put(instead)
        self._values: dict[str, Any] = {
            "begins": instant(span.begins),
            "ends": instant(span.ends),
            "within": int(RECURS_WITHIN.total_seconds()) * 1_000_000,
        }
        self._where = _KNOWN
        if areas is not None:
            known = self._names.known(areas)
            self._where += f" AND area IN ({', '.join(map(str, known)) or 'NULL'})"
        if category is not None:
            self._where += f" AND category = {', '.join(map(str, self._names.known([category]))) or 'NULL'}"

    def collected(self, part: Span | None = None) -> Iterator[tuple[Group, Collected, bool, int]]:
        """How many reports of each kind were collected, in that part of the period alone; whether these recur."""
        first, last = (self._values["begins"], self._values["ends"])
        if part is not None:
            first, last = max(first, instant(part.begins)), min(last, instant(part.ends))
        self._values |= {"first": first, "last": last}
        again = " OR ".join(f"EXISTS ({each})" for each in self._fixed_before())
        for row in self._each(
            "collected",
            f"channel, CASE WHEN handled_at < :ends THEN handled_by END AS handled_by, "
            "CASE WHEN withdrawn_at < :ends THEN 1 ELSE 0 END "
            "+ CASE WHEN answered_at < :ends THEN 2 * answered ELSE 0 END "
            "+ CASE WHEN overdue_at < :ends OR due_at < :ends THEN 16 WHEN due_at IS NOT NULL THEN 8 ELSE 0 END "
            f"+ CASE WHEN follows = 1 OR {again} THEN 32 ELSE 0 END "
            "+ CASE WHEN pressing_at < :ends THEN 64 ELSE 0 END AS state",
            "sent_at >= :first AND sent_at < :last",
            "channel, handled_by, state",
        ):
            state, way = row["state"], self._names.name(row["handled_by"])
            one = Collected(
                Channel(self._names.name(row["channel"]) or Channel.CHAT),
                None if way is None else Way(way),
                bool(state & 1),
                Answered(state >> 1 & 3),
                Deadline(state >> 3 & 3),
                bool(state & 64),
            )
            yield self._group(row["g"]), one, bool(state & 32), row["n"]

    def resolutions(self) -> Iterator[tuple[Group, Outcome, bool | None, int]]:
        """How often staff said that something is fixed, by what became of it and whether people were content."""
        for row in self._each(
            "happened",
            "CASE WHEN outcome_at < :ends THEN outcome END AS outcome, "
            "CASE WHEN content_at < :ends THEN content END AS content",
            f"kind = {int(Of.RESOLVED)} AND at >= :begins AND at < :ends",
            "outcome, content",
        ):
            outcome = Outcome(self._names.name(row["outcome"]) or Outcome.ASKED)
            content = None if row["content"] is None else bool(row["content"])
            yield self._group(row["g"]), outcome, content, row["n"]

    def happened(self) -> Iterator[tuple[Group, Happened, int]]:
        """How often everything else happened; reopened and overdue, to how many reports."""
        for row in self._each(
            "happened",
            "kind, CASE WHEN outcome_at < :ends THEN outcome END AS outcome",
            f"kind IN ({', '.join(str(int(each)) for each in _COUNTED)}) AND at >= :begins AND at < :ends "
            "AND (one_before IS NULL OR one_before < :begins)",
            "kind, outcome",
        ):
            of = Of(row["kind"])
            ruling = Ruling(self._names.name(row["outcome"]) or Ruling.WAITING) if of is Of.OBJECTED else None
            yield self._group(row["g"]), Happened(of, ruling), row["n"]

    def buckets(self, of: Of, column: str) -> dict[Group, Counter[int]]:
        """How many of the times to something are in each bucket; `column`: `seconds` or `working`."""
        found: dict[Group, Counter[int]] = {}
        for row in self._each("happened", self._packed(column), self._timed(of), "packed", by=None):
            group, bucket = divmod(row["packed"], MOST)
            found.setdefault(self._group(group or None), Counter())[bucket] += row["n"]
        return found

    def in_buckets(
        self, of: Of, column: str, wanted: Sequence[tuple[Group, int]]
    ) -> dict[tuple[Group, int], Counter[int]]:
        """How often each length of seconds is in each of these buckets of these groups."""
        self._values["wanted"] = str([(self._number(group) or 0) * MOST + bucket for group, bucket in wanted])
        found: dict[tuple[Group, int], Counter[int]] = {}
        packed = self._packed(column)
        among = f"{packed.partition(' AS ')[0]} IN (SELECT value FROM {dialect.each(':wanted', 'wanted')})"
        for row in self._each(
            "happened", f"{packed}, {column} AS length", f"{self._timed(of)} AND {among}", "packed, length", by=None
        ):
            group, bucket = divmod(row["packed"], MOST)
            found.setdefault((self._group(group or None), bucket), Counter())[row["length"]] += row["n"]
        return found

    # -- how it is asked

    def _each(self, table: str, values: str, where: str, groups: str, by: str | None = "g") -> Iterator[Any]:
        """The counts, from the file and from what was found anew."""
        values = values if by is None else f"{self._by or 'NULL'} AS g, {values}"
        groups = groups if by is None else f"g, {groups}"
        for source, besides in self._sources(table):
            yield from self._tx.query(
                f"SELECT {groups}, count(*) AS n FROM (SELECT {values} FROM {source} "
                f"WHERE {where} AND {self._where}{besides}) AS one GROUP BY {groups}",
                self._values,
            )

    def _sources(self, table: str) -> Iterator[tuple[str, str]]:
        if not self._with_anew:
            yield f"facts.{table} AS fact", ""
            return
        yield f"facts.{table} AS fact", " AND report NOT IN (SELECT report FROM scratch_touched)"
        yield f"scratch_{table} AS fact", ""

    def _fixed_before(self) -> Iterator[str]:
        """Another report of the same kind and area was said to be fixed shortly before."""
        for source, besides in self._sources("happened"):
            besides = besides.replace("report", "other.report", 1)
            yield (
                f"SELECT 1 FROM {source.replace('AS fact', 'AS other')} WHERE other.kind = {int(Of.RESOLVED)} "
                "AND other.category = fact.category AND other.area = fact.area AND other.at < fact.sent_at "
                "AND other.at >= fact.sent_at - :within "
                f"AND other.known_from < :ends AND other.known_until >= :ends{besides}"
            )

    def _packed(self, column: str) -> str:
        """Group and bucket in one number: one is sorted by sooner than two."""
        return f"coalesce({self._by or 'NULL'}, 0) * {MOST} + {column}_bucket AS packed"

    def _timed(self, of: Of) -> str:
        return f"kind = {int(of)} AND at >= :begins AND at < :ends AND seconds IS NOT NULL"

    def _group(self, number: int | None) -> Group:
        return str(number) if self._by == "project" and number is not None else self._names.name(number)

    def _number(self, group: Group) -> int | None:
        return int(group) if self._by == "project" and group is not None else self._names.number(group)

    def _put(self, instead: dict[int, FactsOfReport]) -> None:
        rows = Rows()
        for report, facts in instead.items():
            rows.add(report, facts.facts(), self._names)
        for statement in _FOUND_ANEW:
            self._tx.scratch(statement)
        for table, columns, values in (
            ("scratch_touched", ("report",), [(report,) for report in instead]),
            ("scratch_collected", COLLECTED, rows.collected),
            ("scratch_happened", HAPPENED, rows.happened),
        ):
            marks = ", ".join("?" for _ in columns)
            self._tx.scratch(f"INSERT INTO {table} ({', '.join(columns)}) VALUES ({marks})", values)
