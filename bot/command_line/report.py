"""`report`, as a command: the figures of a time in words or as a file. It reads beside the running bot."""

import sqlite3
from collections.abc import Callable
from datetime import date, datetime, timedelta

from bot.command_line import report_formats
from bot.command_line.poster import speakers
from bot.command_line.report_formats import Told
from bot.community.community_file import load_community
from bot.kit.cannot_start import CannotStart
from bot.kit.settings import Settings
from domain.calendar.local_time import local_time
from domain.community import Community
from domain.figures.periods import NoSuchPeriod, Period
from services.core.errors import NotFound
from services.figures import all_figures
from services.figures.report_figures import Asked, By
from storage.core.database import Transaction
from storage.core.migrate import SchemaTooOld, refuse_old
from storage.core.reading import read_beside

Finish = Callable[[], bytes]
"""Makes the file of what was read: nothing is drawn while the database is read."""
FORMATS: dict[str, Callable[[Told], Finish]] = {
    "text": report_formats.as_text,
    "json": report_formats.as_json,
    "csv": report_formats.as_csv,
    "xlsx": report_formats.as_workbook,
    "png": report_formats.as_picture,
    "pdf": report_formats.as_sheet,
}
BINARY = frozenset({"xlsx", "png", "pdf"})


def report(
    settings: Settings, days: tuple[date | None, date | None], only: tuple[str | None, str | None], by: By, form: str,
    language: str | None, now: datetime,
) -> bytes:  # fmt: skip
    """What is written, in one of the formats. `days` are local, both included; without them, since the first report and
    until today. `only`: the codes of an area and of a category. Raises CannotStart, CommunityError."""
    community = load_community(settings.community)
    area, category = only
    if area is not None and community.area(area) is None:
        known = ", ".join(each.code for each in community.all_areas())
        raise CannotStart(f"--area {area}: there is no such area. There are: {known}.")
    if category is not None and community.category(category) is None:
        known = ", ".join(each.code for each in community.categories)
        raise CannotStart(f"--category {category}: there is no such category. There are: {known}.")
    (say, *_) = speakers(community, [language] if language else None)
    path = settings.database
    if not path.exists():
        raise CannotStart(f"There is no database at {path} yet, so there is nothing to count.")

    def read(tx: Transaction) -> Finish:
        asked = _asked(tx, community, days, by, only)
        try:
            found = all_figures.of_period(tx, community, asked, tx.now)
        except (OverflowError, NotFound) as error:
            raise CannotStart(f"{asked.period.first} to {asked.period.last} cannot be counted.") from error
        if found is None:
            raise CannotStart("Nothing has been reported yet, so there is nothing to count.")
        return FORMATS[form](Told(tx, community, say, found))

    try:
        refuse_old(path)
        finish = read_beside(path, lambda: now, read)
    except SchemaTooOld as error:
        raise CannotStart(f"{error}.") from error
    except sqlite3.Error as error:
        raise CannotStart(f"{path} cannot be read: {error}.") from error
    return finish()


def _asked(
    tx: Transaction, community: Community, days: tuple[date | None, date | None], by: By,
    only: tuple[str | None, str | None],
) -> Asked:  # fmt: skip
    """Raises CannotStart."""
    first, last = days
    today = local_time(tx.now, community.zone).date()
    since = all_figures.first(tx)
    begins = first or (local_time(since, community.zone).date() if since else today)
    ends = last or max(today, begins)
    try:
        asked = Asked(Period(begins, ends + timedelta(days=1)), by, *only)
        asked.period.span(community.zone, tx.now)
    except (NoSuchPeriod, OverflowError) as error:
        raise CannotStart(f"From {begins} to {ends} is no time: name the earlier day with --from.") from error
    return asked
