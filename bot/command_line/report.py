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
from handlers.figures import wording
from handlers.kit.texts import Speaker
from services.core.errors import NotFound
from services.figures import report_figures
from services.figures.as_values import values
from services.figures.report_figures import Asked, By, ReportFigures
from storage.core.database import Transaction
from storage.core.migrate import SchemaTooOld, refuse_old
from storage.core.reading import read_beside
from storage.figures.report_events import first_sent

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
    since = first_sent(tx)
    begins = first or (local_time(since, community.zone).date() if since else today)
    ends = last or max(today, begins)
    try:
        asked = Asked(Period(begins, ends + timedelta(days=1)), by, area)
        found = report_figures.of_reports(tx, community, asked, tx.now)
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
    words = [wording.in_full(say, found)]
    if by is not By.NOTHING:
        words.append(wording.in_groups(tx, say, community, found, most=None))
    return "\n\n".join(html.unescape(re.sub("<[^>]*>", "", each)) for each in words)


def _as_json(tx: Transaction, community: Community, say: Speaker, found: ReportFigures) -> dict[str, Any]:
    period = found.asked.period
    written: dict[str, Any] = {
        "from": period.first.isoformat(),
        "to": period.last.isoformat(),
        "is_over": not found.span.goes_on,
        "area": found.asked.area,
        **values(found.total),
    }
    if found.a_year_before is not None:
        written["a_year_before"] = values(found.a_year_before)
    if found.asked.by is not By.NOTHING:
        written["by"] = str(found.asked.by)
        written["groups"] = [
            {"code": code, "name": wording.name_of(tx, say, community, found.asked.by, code), **values(each)}
            for code, each in found.groups.items()
        ]
    return written


def _as_csv(tx: Transaction, community: Community, say: Speaker, found: ReportFigures) -> str:
    period = found.asked.period
    table = io.StringIO()
    writer = csv.writer(table, lineterminator="\n")
    writer.writerow(["from", "to", "code", "name", *values(found.total)])
    names = {code: wording.name_of(tx, say, community, found.asked.by, code) for code in found.groups}
    for code, name, each in (
        ("", say.label("All together"), found.total),
        *((code, names[code], each) for code, each in found.groups.items()),
    ):
        cells = ["" if value is None else value for value in values(each).values()]
        writer.writerow([period.first, period.last, harmless(code), harmless(name), *cells])
    return table.getvalue().rstrip("\n")
