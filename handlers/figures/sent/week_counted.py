"""What of a week is told to staff, counted at one moment: five sentences, and what is to be drawn."""

from dataclasses import asdict, dataclass
from typing import Any

from domain.community import Community
from domain.figures.periods import Period
from domain.figures.report_history import Outcome, Way
from domain.figures.report_measures import ReportMeasures
from handlers.figures import wording
from handlers.figures.sent import week_sentences
from handlers.kit.texts import Html, Speaker
from paper.chart import Chart, ChartOrder
from services.figures import report_figures
from services.figures.report_figures import Asked, By, ReportFigures
from speech import figure_charts
from speech.figure_charts import Became
from storage.core.database import Transaction

MOST_GROUPS = 8
"""So many kinds of reports have a bar of their own; the others share one."""
NAME = "week"


@dataclass(frozen=True)
class Week:
    """What is told of it. `charts`: an order of `python -m paper`; None: there is nothing to draw."""

    sentences: list[Html]
    charts: dict[str, Any] | None
    begun: bool = True
    """Something had been reported by then; before that there is nothing to tell."""


def count(tx: Transaction, community: Community, say: Speaker, period: Period) -> Week:
    """Of that week, in the language of the group; only reads."""
    found = report_figures.of_reports(tx, community, Asked(period, By.CATEGORY), tx.now)
    if found is None:
        return Week([], None, begun=False)
    before = report_figures.of_reports(tx, community, Asked(period.one_before()), tx.now)
    sentences = week_sentences.sentences(say, found.total, before.total if before is not None else ReportMeasures())
    charts = _charts(tx, community, say, found)
    return Week(sentences, asdict(ChartOrder(charts, together=NAME, formats=("png",))) if charts else None)


def _charts(tx: Transaction, community: Community, say: Speaker, found: ReportFigures) -> list[Chart]:
    charts = []
    if found.total.collected:
        groups = [(code, each) for code, each in found.groups.items() if each.collected]
        named = [
            (wording.name_of(tx, say, community, By.CATEGORY, code), _became([each]))
            for code, each in groups[:MOST_GROUPS]
        ]
        rest = [each for _, each in groups[MOST_GROUPS:]]
        if rest:
            named.append((say.label("Others"), _became(rest)))
        charts.append(figure_charts.what_became(say, say.label("Reports of last week, and what became of them"), named))
    if found.total.resolutions:
        charts.append(figure_charts.outcomes(say, {each: found.total.outcomes[each] for each in Outcome}))
    return charts


def _became(measures: list[ReportMeasures]) -> Became:
    resolved = sum(each.handled_by[Way.RESOLVED] for each in measures)
    return Became(
        resolved,
        sum(each.handled for each in measures) - resolved,
        sum(each.taken_back for each in measures),
        sum(each.waiting for each in measures),
    )
