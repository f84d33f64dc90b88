"""The figures of a period in each format of `report`. All is read first; what it makes is drawn afterwards."""

import csv
import html
import io
import json
import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from bot.command_line.drawing import drawn
from bot.kit.cannot_start import CannotStart
from domain.community import Community
from domain.core.spreadsheet_cells import harmless
from domain.projects.projects import Stage
from handlers.figures import community_wording, overview, report_sheet, wording, workbook
from handlers.figures.buttons import View
from handlers.kit.texts import Speaker
from services.figures import year_before
from services.figures.all_figures import Figures
from services.figures.as_values import Values, all_values, values
from services.figures.report_figures import By
from speech import periods, report_text
from storage.core.database import Transaction
from storage.people import people

Finish = Callable[[], bytes]


@dataclass(frozen=True)
class Told:
    """What was counted, and for whom it is written."""

    tx: Transaction
    community: Community
    say: Speaker
    found: Figures

    @property
    def values(self) -> Values:
        """Of the whole period."""
        return all_values(self.found)

    @property
    def before(self) -> Values | None:
        """Of the same time a year before."""
        return year_before.values(self.tx, self.community, self.found, self.tx.now)

    def groups(self) -> list[tuple[str, str, Values]]:
        """Code, name and figures of each."""
        by = self.found.asked.by
        return [
            (code, wording.name_of(self.tx, self.say, self.community, by, code), values(each))
            for code, each in self.found.reports.groups.items()
        ]


def as_text(told: Told) -> Finish:
    """Sentences as for a yearly report, and all figures below them."""
    say, found = told.say, told.found
    period, goes_on = found.asked.period, found.span.goes_on
    sides = report_text.words_of_each_side(say, told.values)
    parts = [
        "\n".join(
            (
                periods.title(say, period),
                periods.dates(say, period, goes_on=goes_on),
                report_sheet.place(say, told.community, found.asked),
            )
        ),
        "\n".join(report_text.sentences(say, period, told.values, told.before, goes_on=goes_on)),
        "\n".join(each.line(say) for each in sides),
        _plain(overview.in_full(told.tx, say, told.community, found)),
    ]
    if found.asked.by is not By.NOTHING:
        parts.append(_plain(wording.in_groups(told.tx, say, told.community, found.reports, most=None)))
    text = "\n\n".join(filter(None, parts))
    return text.encode


def as_json(told: Told) -> Finish:
    """Values by their names, for programs."""
    found, period = told.found, told.found.asked.period
    written: dict[str, Any] = {
        "from": period.first.isoformat(),
        "to": period.last.isoformat(),
        "is_over": not found.span.goes_on,
        "area": found.asked.area,
        **told.values,
    }
    if (before := told.before) is not None:
        written["a_year_before"] = before
    if found.projects is not None:
        written["projects_by_lead"] = [
            {"name": people.by_id(told.tx, person).name, **{f"projects_{stage}": stages[stage] for stage in Stage}}
            for person, stages in sorted(found.projects.by_lead.items())
        ]
    if found.volunteers is not None:
        written["volunteers_on_call_by_trade"] = [
            {"code": code, "name": community_wording.trade_name(told.say, told.community, code), "on_call": count}
            for code, count in sorted(found.volunteers.by_trade.items())
        ]
    if found.asked.by is not By.NOTHING:
        written["by"] = str(found.asked.by)
        written["groups"] = [{"code": code, "name": name, **each} for code, name, each in told.groups()]
    return json.dumps(written, ensure_ascii=False, indent=2).encode


def as_csv(told: Told) -> Finish:
    """A line of all; in groups, lines of what is known of each: reports alone."""
    period, by = told.found.asked.period, told.found.asked.by
    of_all = told.values if by is By.NOTHING else values(told.found.reports.total)
    table = io.StringIO()
    writer = csv.writer(table, lineterminator="\n")
    writer.writerow(["from", "to", "code", "name", *of_all])
    for code, name, each in (("", told.say.label("All together"), of_all), *told.groups()):
        cells = ["" if value is None else value for value in each.values()]
        writer.writerow([period.first, period.last, harmless(code), harmless(name), *cells])
    return table.getvalue().rstrip("\n").encode


def as_workbook(told: Told) -> Finish:
    """XLSX: measures, groups, and what each measure means."""
    say, asked = told.say, told.found.asked
    content = workbook.Content(
        title=periods.title(say, asked.period),
        dates=periods.dates(say, asked.period, goes_on=told.found.span.goes_on),
        place=report_sheet.place(say, told.community, asked),
        total=told.values,
        before=told.before,
        groups=[(name, each) for _, name, each in told.groups()],
        grouped_by=wording.grouped_by(say, asked.by),
    )
    return lambda: workbook.written(say, content)


def as_picture(told: Told) -> Finish:
    """PNG: the charts under each other."""
    view = View(told.found.asked.by)
    order = report_sheet.picture(told.tx, told.say, told.community, told.found, view)
    if order is None:
        raise CannotStart("Nothing happened in this time, so there is nothing to draw.")
    return lambda: drawn("charts", order)


def as_sheet(told: Told) -> Finish:
    """PDF: a report on A4, to be printed."""
    order = report_sheet.sheet(told.tx, told.say, told.community, told.found)
    return lambda: drawn("report", order)


def _plain(marked: str) -> str:
    return html.unescape(re.sub("<[^>]*>", "", marked))
