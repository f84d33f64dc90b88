"""`report`, as a command: the figures of a time as words, JSON or CSV. It reads beside the running bot."""

import csv
import html
import io
import json
import re
import sqlite3
from datetime import date, datetime, timedelta
from functools import partial
from typing import Any

from bot.command_line.poster import speakers
from bot.community.community_file import load_community
from bot.kit.cannot_start import CannotStart
from bot.kit.settings import Settings
from domain.calendar.local_time import local_time
from domain.community import Community
from domain.core.spreadsheet_cells import harmless
from domain.figures.periods import NoSuchPeriod, Period
from domain.projects.projects import Stage
from handlers.figures import community_wording, overview, wording
from handlers.kit.texts import Speaker
from services.core.errors import NotFound
from services.figures import all_figures
from services.figures.all_figures import Figures
from services.figures.as_values import all_values, values
from services.figures.report_figures import Asked, By
from storage.core.database import Transaction
from storage.core.migrate import SchemaTooOld, refuse_old
from storage.core.reading import read_beside
from storage.people import people

FORMATS = ("text", "json", "csv")


def report(
    settings: Settings, first: date | None, last: date | None, area: str | None, by: By, form: str,
    language: str | None, now: datetime,
) -> str:  # fmt: skip
    """What is printed. `first` and `last` are local days, both included; without them, since the first report and until
    today. Raises CannotStart, CommunityError."""
    community = load_community(settings.community)
    if area is not None and community.area(area) is None:
        known = ", ".join(each.code for each in community.all_areas())
        raise CannotStart(f"--area {area}: there is no such area. There are: {known}.")
    (speaker, *_) = speakers(community, [language] if language else None)
    path = settings.database
    if not path.exists():
        raise CannotStart(f"There is no database at {path} yet, so there is nothing to count.")
    write = partial(_write, community=community, first=first, last=last, area=area, by=by, form=form, say=speaker)
    try:
        refuse_old(path)
        return read_beside(path, lambda: now, write)
    except SchemaTooOld as error:
        raise CannotStart(f"{error}.") from error
    except sqlite3.Error as error:
        raise CannotStart(f"{path} cannot be read: {error}.") from error


def _write(
    tx: Transaction, community: Community, first: date | None, last: date | None, area: str | None, by: By, form: str,
    say: Speaker,
) -> str:  # fmt: skip
    today = local_time(tx.now, community.zone).date()
    since = all_figures.first(tx)
    begins = first or (local_time(since, community.zone).date() if since else today)
    ends = last or max(today, begins)
    try:
        asked = Asked(Period(begins, ends + timedelta(days=1)), by, area)
        found = all_figures.of_period(tx, community, asked, tx.now)
    except (NoSuchPeriod, OverflowError) as error:
        raise CannotStart(f"From {begins} to {ends} is no time: name the earlier day with --from.") from error
    except NotFound as error:
        raise AssertionError from error  # the area was looked for before
    if found is None:
        raise CannotStart("Nothing has been reported yet, so there is nothing to count.")
    if form == "json":
        return json.dumps(_as_json(tx, community, say, found), ensure_ascii=False, indent=2)
    if form == "csv":
        return _as_csv(tx, community, say, found)
    words = [overview.in_full(tx, say, community, found)]
    if by is not By.NOTHING:
        words.append(wording.in_groups(tx, say, community, found.reports, most=None))
    return "\n\n".join(html.unescape(re.sub("<[^>]*>", "", each)) for each in words)


def _as_json(tx: Transaction, community: Community, say: Speaker, found: Figures) -> dict[str, Any]:
    period, reports = found.asked.period, found.reports
    written: dict[str, Any] = {
        "from": period.first.isoformat(),
        "to": period.last.isoformat(),
        "is_over": not found.span.goes_on,
        "area": found.asked.area,
        **all_values(found),
    }
    if reports.a_year_before is not None:
        written["a_year_before"] = values(reports.a_year_before)
    if found.projects is not None:
        written["projects_by_lead"] = [
            {"name": people.by_id(tx, person).name, **{f"projects_{stage}": stages[stage] for stage in Stage}}
            for person, stages in sorted(found.projects.by_lead.items())
        ]
    if found.volunteers is not None:
        written["volunteers_on_call_by_trade"] = [
            {"code": code, "name": community_wording.trade_name(say, community, code), "on_call": count}
            for code, count in sorted(found.volunteers.by_trade.items())
        ]
    if found.asked.by is not By.NOTHING:
        written["by"] = str(found.asked.by)
        written["groups"] = [
            {"code": code, "name": wording.name_of(tx, say, community, found.asked.by, code), **values(each)}
            for code, each in reports.groups.items()
        ]
    return written


def _as_csv(tx: Transaction, community: Community, say: Speaker, found: Figures) -> str:
    """A line of all; in groups, lines of what is known of each: reports alone."""
    period, by = found.asked.period, found.asked.by
    of_all = all_values(found) if by is By.NOTHING else values(found.reports.total)
    table = io.StringIO()
    writer = csv.writer(table, lineterminator="\n")
    writer.writerow(["from", "to", "code", "name", *of_all])
    for code, name, counted in (
        ("", say.label("All together"), of_all),
        *(
            (code, wording.name_of(tx, say, community, by, code), values(each))
            for code, each in found.reports.groups.items()
        ),
    ):
        cells = ["" if value is None else value for value in counted.values()]
        writer.writerow([period.first, period.last, harmless(code), harmless(name), *cells])
    return table.getvalue().rstrip("\n")
