"""How an export is spoken of: what is in it, of which time and place."""

from datetime import date, datetime, time

from domain.calendar.local_time import instant
from domain.community import Community
from domain.core.stored import known
from domain.figures.exports import Form, Stretch, Wanted, What
from handlers.kit.texts import Html, Speaker, bold, escape


def what(say: Speaker, of: What) -> str:
    """What there is a row for each of."""
    return {
        What.REPORTS: say.label("Reports"),
        What.REPAIRS: say.label("Repairs"),
        What.PLEDGES: say.label("Promises"),
        What.PROJECTS: say.label("Projects"),
        What.OPEN: say.label("Open list"),
    }[of]


def form(say: Speaker, of: Form) -> str:
    """A kind of file."""
    return {
        Form.XLSX: say.label("Excel file"),
        Form.CSV: say.label("CSV file"),
        Form.PDF: say.label("PDF to print"),
    }[of]


def stretch(say: Speaker, of: Stretch) -> str:
    """A time that a button offers."""
    return {
        Stretch.THIS_MONTH: say.label("This month"),
        Stretch.LAST_MONTH: say.label("Last month"),
        Stretch.THIS_YEAR: say.label("This year"),
        Stretch.LAST_YEAR: say.label("Last year"),
        Stretch.ALL: say.label("All since the beginning"),
    }[of]


def days(say: Speaker, first: date | None, last: date | None) -> str:
    """From when to when."""
    if first is not None and last is not None:
        return say.label("{first} to {last}", first=_dated(say, first), last=_dated(say, last))
    if first is not None:
        return say.label("since {first}", first=_dated(say, first))
    if last is not None:
        return say.label("until {last}", last=_dated(say, last))
    return say.label("all since the beginning")


def named(say: Speaker, community: Community, wanted: Wanted) -> Html:
    """`Reports, 1 November 2026 to 30 November 2026, North side`."""
    time_ = None if wanted.what is What.OPEN else days(say, wanted.first, wanted.last)
    place = (community.place_name(wanted.area, say.language) or wanted.area) if wanted.area else None
    said = say.listed(each for each in (time_, place) if each)
    name = bold(what(say, wanted.what))
    return say("{what}: {details}", what=name, details=escape(said)) if said else name


def taken_out(say: Speaker, community: Community, data: dict[str, object]) -> Html:
    """The same of what is kept of an export."""
    of = known(str(data["what"]), What.REPORTS)
    first, last = (date.fromisoformat(str(data[each])) if data[each] else None for each in ("first", "last"))
    area = str(data["area"]) if data["area"] else None
    return named(say, community, Wanted(of, Form.CSV, first, last, area))


def _dated(say: Speaker, day: date) -> str:
    return say.dated(instant(datetime.combine(day, time(12)), say.zone))
