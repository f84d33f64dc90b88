"""A period's figures as a report to be printed and hung up, or as a picture. `paper/` draws what is ordered here."""

from dataclasses import asdict
from typing import Any

from domain.community import Community
from handlers.figures import charts
from handlers.figures.buttons import View
from handlers.kit.texts import Speaker
from services.figures.all_figures import Figures
from services.figures.as_values import all_values, values
from services.figures.report_figures import Asked
from speech import periods, report_text
from storage.core.database import Transaction

NAME = "report"
PRINT_WIDTH, CHAT_WIDTH = 640, 400
"""Of a picture for paper, in pixels as a page counts them."""


def picture(
    tx: Transaction, say: Speaker, community: Community, found: Figures, view: View, *, in_chat: bool = False
) -> dict[str, Any] | None:
    """An order of the charts of a view under each other (`paper/chart.py`), as one PNG; None where nothing happened
    that can be drawn. `in_chat`: as much as Telegram shows sharply, which makes what is tall small."""
    drawn = {
        View.PROMISES: lambda: charts.of_promises(say, found),
        View.PROJECTS: lambda: charts.of_projects(say, found),
        View.REPAIRS: lambda: charts.of_repairs(say, found),
    }.get(view, lambda: charts.of_reports(tx, say, community, found.reports))()
    if not drawn:
        return None
    if in_chat:
        drawn = charts.not_too_tall(drawn)
    width = CHAT_WIDTH if in_chat else PRINT_WIDTH
    return {"charts": [asdict(each) for each in drawn], "together": NAME, "formats": ["png"], "width": width}


def sheet(tx: Transaction, say: Speaker, community: Community, found: Figures) -> dict[str, Any]:
    """An order of a report (`paper/report_sheet.py`) as PDF."""
    period, goes_on = found.asked.period, found.span.goes_on
    told, reports = all_values(found), found.reports
    before = values(reports.a_year_before) if reports.a_year_before is not None else None
    drawn = [
        *charts.of_reports(tx, say, community, reports),
        *(charts.of_promises(say, found) if _went_differently(found) else []),
        *charts.of_hotline(tx, say, found),
    ]
    return {
        "name": NAME,
        "language": say.language,
        "community": place(say, community, found.asked),
        "title": periods.title(say, period),
        "dates": periods.dates(say, period, goes_on=goes_on),
        "sentences": report_text.sentences(say, period, told, before, goes_on=goes_on),
        "sides": [
            {"side": each.side, "number": each.number, "words": each.words}
            for each in report_text.words_of_each_side(say, told)
        ],
        "charts": [asdict(each) for each in drawn],
        "notes": report_text.small_print(say, told),
        "foot": say.label("Counted on {day}", day=periods.full(say, tx.now.astimezone(say.zone).date())),
    }


def _went_differently(found: Figures) -> bool:
    """Whether promises did not all go alike; where they did, the sentence says as much as a chart."""
    return found.pledges is not None and sum(1 for count in found.pledges.by_state.values() if count) > 1


def place(say: Speaker, community: Community, asked: Asked) -> str:
    """The community, and of what in it alone figures are."""
    name = community.place_name(asked.area, say.language) if asked.area else ""
    category = community.category(asked.category) if asked.category else None
    found = say.words(community.name)
    if name:
        found = say.label("{community}, {place}", community=found, place=name)
    return f"{found} · {say.words(category.name)}" if category else found
