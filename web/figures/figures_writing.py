"""From what is asked for to the page of figures: reads what was published, fills in the form. On a reader's thread."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any
from urllib.parse import urlencode

from domain.community import Community
from domain.figures.closed_periods import PUBLIC, name, named, parts
from domain.figures.periods import Length, Period, containing
from domain.figures.public_tables import added_up
from speech import public_figures as words
from speech.speaker import PlainSpeaker
from storage.core.database import Transaction
from storage.figures import public_figures
from web import asked_language, pages
from web.asked_language import WrongQuestion
from web.figures import charts
from web.figures.shown import GROUPED, RESIDENTS, SILENCE, STAFF, Figures, Line, names_over_time
from web.page_cache import Made
from web.site import Site

OVER_TIME = 12
"""So many periods of one length stand beside each other."""


class FiguresSite(Site):
    """What the pages of figures are made from; `photos` is the folder of charts."""

    @property
    def is_on(self) -> bool:
        """Whether the community has public figures."""
        return self.community.public.figures


@dataclass(frozen=True)
class Asked:
    """Everything a page depends on. `period`: the name of one; None: the month that was over last."""

    language: str
    said: str | None = None
    period: str | None = None

    def address(self, path: str = "/figures", **changes: Any) -> str:
        """The address that asks for this, with some things otherwise."""
        asked = replace(self, **changes)
        values = {"period": asked.period, "lang": asked.said}
        query = urlencode({name: value for name, value in values.items() if value is not None})
        return f"{path}?{query}" if query else path


def read(query: Mapping[str, str], accepted: str, community: Community) -> Asked:
    """What is asked for. What we do not know is left alone, wrong values are not: raises WrongQuestion."""
    said = asked_language.said(query.get("lang"))
    period = query.get("period") or None
    if period is not None and named(period) is None:
        raise WrongQuestion
    return Asked(asked_language.language(said, accepted, community), said, period)


def write(tx: Transaction, shown: FiguresSite, asked: Asked) -> Made | None:
    """The page of a period; None when its figures are not published."""
    there = public_figures.names(tx)
    wanted = asked.period or newest(there, Length.MONTH)
    if wanted is None:
        return pages.write("figures_none.html", _common(shown, asked))
    found = of(tx, shown, asked.language, wanted)
    if found is None:
        return None
    tables = [public_figures.of(tx, each) for each in beside(there, wanted)]
    over_time = [replace(found, table=table) for table in tables if table is not None]
    quarter = name(containing(found.period.first, Length.QUARTER))
    before = public_figures.of(tx, name(found.period.a_year_before()))
    drawn = charts.there(shown.photos, charts.orders(found, over_time))
    say = found.say
    values = {
        **_common(shown, replace(asked, period=wanted)),
        "period": words.period(say, found.period),
        "choices": _choices(there, found),
        "collected": found.number("collected"),
        "handled": found.rate("handled", "collected"),
        "compared": found.compared(before),
        "voices": [
            (say.label("Staff say"), found.lines(STAFF)),
            (say.label("Residents say"), found.lines(RESIDENTS)),
            (say.label("Silence"), found.lines(SILENCE)),
        ],
        "rates": found.rates(),
        "times": found.times(),
        "besides": found.besides(),
        "columns": [words.measure(say, what) for what in GROUPED],
        "categories": found.categories(),
        "places": found.places(),
        "waits": found.period.length is Length.MONTH and quarter not in there,
        "is_month": found.period.length is Length.MONTH,
        "over_time": [
            Line(each_name, [each.number("collected"), each.rate("handled", "collected")])
            for each_name, each in zip(names_over_time(over_time), over_time, strict=True)
        ],
        "charts": {what: drawn.get(what) for what in charts.WHATS},
        "csv": asked.address("/figures.csv", period=wanted),
    }
    return pages.write("figures.html", values)


def write_how(shown: FiguresSite, asked: Asked) -> Made:
    """What each measure means."""
    values = {
        **_common(shown, asked, "/figures/how"),
        "definitions": words.definitions(shown.speaker(asked.language)),
        "home": asked.address(),
    }
    return pages.write("figures_how.html", values)


def write_trouble(shown: FiguresSite, asked: Asked, status: int) -> Made:
    """A page that says what is wrong, and where to go on."""
    label = shown.speaker(asked.language).label
    values = {
        **_common(shown, asked),
        "status": status,
        "unread": label("The figures cannot be read just now"),
        "asked_wrongly": label("It asks for a time that is not there. Perhaps a part of it was lost on the way."),
        "nothing": label("There are no figures of that time, or the address was mistyped."),
        "home": asked.address(period=None),
        "home_words": label("The newest figures"),
    }
    return pages.write("trouble.html", values)


def of(tx: Transaction, shown: FiguresSite, language: str, period: str) -> Figures | None:
    """The figures of a period, in a language; None where there are none."""
    return figures(tx, shown.community, shown.speaker(language), period)


def figures(tx: Transaction, community: Community, say: PlainSpeaker, period: str) -> Figures | None:
    """The same, as somebody says it."""
    table, of_that = public_figures.of(tx, period), named(period)
    if table is None or of_that is None:
        return None
    if of_that.length is Length.YEAR:
        quarters = [public_figures.of(tx, name(each)) for each in parts(of_that)]
        table = added_up(table, [each for each in quarters if each is not None])
    return Figures(say, community, table)


def beside(there: Sequence[str], period: str) -> list[str]:
    """The periods of the same length up to that one that stand beside each other, the oldest first."""
    of_that = named(period)
    alike = _as_long(there, of_that.length if of_that is not None else None)
    return alike[: alike.index(period) + 1][-OVER_TIME:]


def newest(there: Sequence[str], length: Length) -> str | None:
    """The period of that length that was over last."""
    return next(reversed(_as_long(there, length)), None)


def _as_long(there: Sequence[str], length: Length | None) -> list[str]:
    return [each for each in there if (period := named(each)) is not None and period.length is length]


def _choices(there: Sequence[str], found: Figures) -> list[tuple[str, list[tuple[str, str, bool]]]]:
    """Years; quarters and months of the year on the page: a heading each, and name, words and whether it is this."""
    say, year = found.say, found.period.first.year
    periods = [period for each in there if (period := named(each)) is not None]
    headings = {
        Length.MONTH: say.label("Months of {year}", year=year),
        Length.QUARTER: say.label("Quarters of {year}", year=year),
        Length.YEAR: say.label("Years"),
    }
    return [
        (headings[length], chosen)
        for length in reversed(PUBLIC)
        if (chosen := [_choice(each, found) for each in periods if _is_offered(each, length, year)])
    ]


def _is_offered(period: Period, length: Length, year: int) -> bool:
    return period.length is length and (length is Length.YEAR or period.first.year == year)


def _choice(period: Period, found: Figures) -> tuple[str, str, bool]:
    return name(period), words.short(found.say, period), name(period) == found.table.period


def _common(shown: FiguresSite, asked: Asked, path: str = "/figures") -> dict[str, Any]:
    label = shown.speaker(asked.language).label
    return {
        **shown.common(asked.language, lambda said: asked.address(path, said=said), asked.said, path),
        "view": "figures",
        "asked": asked,
        "heading": label("Our figures"),
        "how": asked.address("/figures/how", period=None),
    }
