"""Public figures as a page shows them: everything in words, and nothing but what may be published."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from domain.community import Community
from domain.figures.closed_periods import named
from domain.figures.periods import Period
from domain.figures.public_tables import ALL, AREA, CATEGORY, PublicTable
from domain.figures.rates import Rate, change
from speech import counts
from speech import public_figures as words
from speech.speaker import PlainSpeaker

RATES = (
    ("answered", "answered_of", "answered_strict_of"),
    ("in_time", "in_time_of", "in_time_strict_of"),
    ("confirmed", "judged", "asked"),
    ("satisfied", "satisfied_of", "asked"),
)
"""Part, whole, and the whole if silence counts as no."""
STAFF = ("resolutions", "declined", "passed_on", "overdue")
RESIDENTS = ("confirmed", "disputed", "satisfied", "not_satisfied", "reopened", "objections")
SILENCE = ("silent", "not_reachable", "open")
GROUPED = ("collected", "handled", "confirmed", "disputed")


@dataclass(frozen=True)
class Number:
    """A count in words; None where it is not shown."""

    words: str | None


@dataclass(frozen=True)
class Line:
    """A row: what it is called, and its numbers; `counts` are the same for a chart, where they are counts."""

    name: str
    numbers: Sequence[Number]
    counts: Sequence[int | None] = ()


@dataclass(frozen=True)
class Grouped:
    """Rows of categories or places, and how many have too little to be shown."""

    lines: Sequence[Line]
    left_out: int


def names_over_time(over_time: Sequence["Figures"]) -> list[str]:
    """What periods are called beside each other: with their year where it begins."""
    years = [each.period.first.year for each in over_time]
    return [
        words.short(each.say, each.period)
        if place and years[place - 1] == years[place]
        else words.period(each.say, each.period)
        for place, each in enumerate(over_time)
    ]


@dataclass(frozen=True)
class Figures:
    """Says the figures of one period in one language."""

    say: PlainSpeaker
    community: Community
    table: PublicTable

    @property
    def period(self) -> Period:
        """The period they are of."""
        found = named(self.table.period)
        assert found is not None, self.table.period
        return found

    def count(self, what: str, of: str = ALL) -> int | None:
        """A count that is shown; None where it is not."""
        return self.table.counts[of, what] if (of, what) in self.table.shown else None

    def number(self, what: str, of: str = ALL) -> Number:
        """A count in words, or at least how many it is."""
        count = self.count(what, of)
        if count is not None:
            return Number(counts.number(count))
        least = self.table.at_least.get((of, what))
        return Number(self.say.label("at least {count}", count=counts.number(least)) if least is not None else None)

    def lines(self, measures: Sequence[str]) -> list[Line]:
        """Counts of all reports, one a row."""
        return [Line(words.measure(self.say, what), [self.number(what)]) for what in measures]

    def rates(self) -> list[Line]:
        """Each rate with what it is of, and with silence counted as no."""
        found = []
        for part, whole, strict in RATES:
            if self.table.counts[ALL, whole] or self.table.counts[ALL, strict]:
                numbers = [self.rate(part, each) for each in (whole, strict)]
                found.append(Line(words.rate_name(self.say, part), numbers))
        return found

    def rate(self, part: str, whole: str, of: str = ALL) -> Number:
        """`40 of 45 (88.9 %)`, `at least 40 of 45`, or nothing."""
        counted, all_of_it = self.count(part, of), self.count(whole, of)
        if all_of_it is None:
            return Number(None)
        if counted is not None:
            return Number(counts.rate(self.say, Rate(counted, all_of_it)))
        least = self.table.at_least.get((of, part))
        if least is None:
            return Number(None)
        values = {"part": counts.number(least), "whole": counts.number(all_of_it)}
        return Number(self.say.label("at least {part} of {whole}", **values))

    def besides(self) -> list[Line]:
        """Promises and repairs; of promises also what is few, for the board shows each of them."""
        promised = [
            Line(words.measure(self.say, what), [Number(counts.number(count))])
            for what, count in self.table.promises.items()
            if count or what == "pledges"
        ]
        repairs = self.lines(["repairs_asked", "repairs_done"]) if self.table.counts.get((ALL, "repairs_asked")) else []
        return promised + repairs if any(self.table.promises.values()) or repairs else []

    def times(self) -> list[Line]:
        """How long something took: half within, nine in ten within."""
        return [
            Line(words.time_name(self.say, what), [Number(counts.took(self.say, each)) for each in found])
            for what, found in self.table.times.items()
        ]

    def categories(self) -> Grouped:
        """By category, in the order of the community file; last what was given none."""
        codes = [each.code for each in self.community.categories]
        return self._grouped(CATEGORY, codes, self._category)

    def places(self) -> Grouped:
        """By place, in the order of the community file; a building stands for its units."""
        codes = [area.code for top in self.community.areas for area in (top, *top.children)]
        return self._grouped(AREA, codes, self._place)

    def compared(self, before: PublicTable | None) -> str | None:
        """What was collected at the same time last year; None where that is not known, or not shown."""
        now, then = self.count("collected"), None
        if before is not None and (ALL, "collected") in before.shown:
            then = before.counts[ALL, "collected"]
        if now is None or then is None:
            return None
        percent = change(then, now)
        if percent is None:
            return self.say.label("The same time last year: {count}", count=counts.number(then))
        return self.say.label(
            "The same time last year: {count} (now {change} %)", count=counts.number(then), change=f"{percent:+.1f}"
        )

    def _category(self, code: str) -> str:
        known = self.community.category(code)
        return self.say.words(known.name) if known is not None else code

    def _place(self, code: str) -> str:
        """Its own name; it stands below the area it is in. Two that are called alike are told apart by that."""
        areas = [area for top in self.community.areas for area in (top, *top.children)]
        name = next(self.say.words(area.name) for area in areas if area.code == code)
        alike = sum(self.say.words(area.name) == name for area in areas)
        return name if alike == 1 else self.community.place_name(code, self.say.language) or code

    def _grouped(self, kind: str, codes: Sequence[str], name: Callable[[str], str]) -> Grouped:
        there = [code for code in codes if self.table.counts.get((f"{kind}{code}", "collected"))]
        shown = [code for code in there if self.count("collected", f"{kind}{code}") is not None]
        lines = [self._line(name(code), f"{kind}{code}") for code in shown]
        left = len(there) - len(shown)
        if self.table.counts.get((kind, "collected")):
            if self.count("collected", kind) is not None:
                lines.append(self._line(self.say.label("Not given"), kind))
            else:
                left += 1
        return Grouped(lines, left)

    def _line(self, name: str, of: str) -> Line:
        return Line(name, [self.number(what, of) for what in GROUPED], [self.count(what, of) for what in GROUPED])
