"""The charts of a period's figures: for the chat, and for what `python -m bot report` writes."""

from collections.abc import Iterator
from dataclasses import replace

from domain.community import Community
from domain.figures.period_parts import parts
from domain.figures.periods import Length, Period, containing
from domain.figures.report_history import Way
from domain.figures.report_measures import ReportMeasures
from handlers.figures import wording
from handlers.kit.texts import Speaker
from paper.chart import Chart, ChartKind
from services.figures import hotline, over_time
from services.figures.all_figures import Figures
from services.figures.over_time import Part
from services.figures.report_figures import By, ReportFigures
from speech import community_charts, figure_charts, periods
from speech.figure_charts import Became
from storage.core.database import Transaction

MOST_GROUPS = 10
"""So many groups have a bar of their own; the others share one."""
SHORT = 5
"""Of so many rows at most a chart has room for another below it, in a chat."""
FEWEST_OVER_TIME = 3
"""Of fewer parts no line over time is drawn."""


def of_reports(tx: Transaction, say: Speaker, community: Community, found: ReportFigures) -> list[Chart]:
    """What can be drawn of reports, the most telling first: by group where groups were asked for, else by time."""
    return list(_charts(tx, say, community, found))


def not_too_tall(charts: list[Chart]) -> list[Chart]:
    """The first, and below a short one what residents say."""
    first, *others = charts
    short = len(first.labels) <= SHORT and first.kind is not ChartKind.LINES
    return [first, *(each for each in others if short and each.kind is ChartKind.WHOLE)]


def of_promises(say: Speaker, found: Figures) -> list[Chart]:
    """What became of those made; none where none were, or an area was asked for."""
    return [community_charts.promises(say, found.pledges)] if found.pledges is not None and found.pledges.made else []


def of_projects(say: Speaker, found: Figures) -> list[Chart]:
    """Where they stand; as for promises."""
    one = found.projects
    return [community_charts.projects(say, one)] if one is not None and one.count else []


def of_hotline(tx: Transaction, say: Speaker, found: Figures) -> list[Chart]:
    """Complaints to the hotline month by month, beside the year before; none of fewer months than make a line, or where
    the year before is not known."""
    official = found.hotline
    if official is None or official.a_year_before is None or len(official.months) < FEWEST_OVER_TIME:
        return []
    known, months = hotline.known_now(tx), official.months
    whole = Period(months[0], containing(months[-1], Length.MONTH).after)
    earlier = [each.replace(year=each.year - 1) for each in months]
    chart = figure_charts.year_before(
        say,
        say.label("Complaints to the hotline, beside the year before"),
        [periods.part(say, whole, containing(each, Length.MONTH)) for each in months],
        (periods.name(say, whole), [known[each].complaints for each in months]),
        (periods.name(say, whole.a_year_before()), [known[each].complaints for each in earlier]),
        note=say.label("An official figure, as it was entered here."),
    )
    return [replace(chart, name="hotline")]


def of_repairs(say: Speaker, found: Figures) -> list[Chart]:
    """What became of those asked for; as for promises."""
    return [community_charts.repairs(say, found.repairs)] if found.repairs is not None and found.repairs.asked else []


def _charts(tx: Transaction, say: Speaker, community: Community, found: ReportFigures) -> Iterator[Chart]:
    if found.asked.by is not By.NOTHING:
        yield _groups(tx, say, community, found)
    else:
        by_time = over_time.in_parts(tx, community, found.asked, tx.now)
        if found.total.collected:
            yield _by_time(say, found, by_time)
        if found.a_year_before is not None and len(by_time) >= FEWEST_OVER_TIME:
            yield _year_before(tx, say, community, found, by_time)
    if found.total.resolutions:
        yield figure_charts.outcomes(say, found.total.outcomes)


def _by_time(say: Speaker, found: ReportFigures, by_time: list[Part]) -> Chart:
    whole = found.asked.period
    return figure_charts.collected_and_handled(
        say,
        [periods.part(say, whole, each.period) for each in by_time],
        [each.found.collected for each in by_time],
        [each.found.handled for each in by_time],
        note=say.label("The last one is not over yet.") if found.span.goes_on else "",
    )


def _year_before(
    tx: Transaction, say: Speaker, community: Community, found: ReportFigures, by_time: list[Part]
) -> Chart:
    whole, earlier = found.asked.period, found.asked.period.a_year_before()
    labels = [periods.part(say, whole, each) for each in parts(whole)]
    over = by_time[:-1] if found.span.goes_on else by_time  # a month of which two days are over looks like a fall
    now = {each.period: each.found.collected for each in over}
    then = {
        each.period: each.found.collected
        for each in over_time.in_parts(tx, community, replace(found.asked, period=earlier), tx.now)
    }
    before = [then.get(each) for each in parts(earlier)]
    return figure_charts.year_before(
        say,
        say.label("Reports collected, beside the year before"),
        labels,
        (periods.name(say, whole, goes_on=found.span.goes_on), [now.get(each) for each in parts(whole)]),
        (periods.name(say, earlier), [*before, *[None] * len(labels)][: len(labels)]),
    )


def _groups(tx: Transaction, say: Speaker, community: Community, found: ReportFigures) -> Chart:
    by = found.asked.by
    shown = [(code, each) for code, each in found.groups.items() if each.collected]
    named = [(wording.name_of(tx, say, community, by, code), became([each])) for code, each in shown[:MOST_GROUPS]]
    rest = [each for _, each in shown[MOST_GROUPS:]]
    if rest:
        named.append((say.plural("{count} other", "{count} others", len(rest)), became(rest)))
    titles = {
        By.CATEGORY: say.label("What became of reports, by category"),
        By.AREA: say.label("What became of reports, by area"),
        By.DEPARTMENT: say.label("What became of reports, by department"),
        By.LEAD: say.label("What became of reports, by project lead"),
        By.PROJECT: say.label("What became of reports, by project"),
    }
    chart = figure_charts.what_became(say, titles[by], named)
    twice = say.label("A report with two project leads is counted for both.") if by is By.LEAD else ""
    return replace(chart, note=twice)


def became(measures: list[ReportMeasures]) -> Became:
    """What had become of the reports of these together."""
    resolved = sum(each.handled_by[Way.RESOLVED] for each in measures)
    return Became(
        resolved,
        sum(each.handled for each in measures) - resolved,
        sum(each.taken_back for each in measures),
        sum(each.waiting for each in measures),
    )
