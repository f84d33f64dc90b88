"""What everybody reads of a report, as the chat shows it: to staff beforehand, to those whose report it is after."""

from domain.public_reports import shown
from handlers.kit.texts import Html, Speaker, bold, lines, linked, quote
from handlers.kit.update_context import Setup
from services.public_reports import access
from speech import public_reports
from storage.core.database import Transaction
from storage.public_reports import entries, titles
from storage.public_reports.titles import Title
from storage.reports.reports import Report


def shows(setup: Setup) -> bool:
    """Whether this community shows reports to everybody."""
    return access.shows(setup.community)


def address(tx: Transaction, setup: Setup, report: Report) -> str | None:
    """Where everybody finds it; None while nobody has said where the pages are, or it is not there."""
    code = entries.code_of(tx, report.id) if report.public_title is not None else None
    return None if code is None or setup.pages_address is None else f"{setup.pages_address}/reports/{code}"


def way_there(tx: Transaction, setup: Setup, say: Speaker, report: Report) -> Html | None:
    """A link to its page, where there is one."""
    page = address(tx, setup, report)
    return None if page is None else linked(say("Open the public page"), page)


def title_of(tx: Transaction, report: Report) -> Title | None:
    """The title everybody reads of it; None where nobody does."""
    return None if report.public_title is None else titles.by_id(tx, report.public_title)


def in_all_languages(title: Title) -> Html:
    """The title, each language on a line."""
    return quote("\n".join(text for _, text in title.words.texts))


def entry(setup: Setup, say: Speaker, report: Report, title: Title, now_days: int) -> Html:
    """What stands on the page, as the page says it."""
    stands = shown.state(report.state)
    where = public_reports.place(say, shown.areas(setup.community, report.area))
    kind = setup.community.category(report.category) if report.category else None
    return lines(
        in_all_languages(title),
        bold(public_reports.state(say, stands)) if stands is not None else None,
        say("Kind: {kind}", kind=say.words(kind.name)) if kind else None,
        say("Place: {place}", place=where) if where else say("Place: not shown"),
        public_reports.days(say, now_days, closed=report.closed_at is not None),
    )


def quoted_in(say: Speaker, title: Title) -> Html:
    """The title as it reads in one language."""
    return quote(title.in_(say.language))
