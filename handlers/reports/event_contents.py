"""What an event of a report is about: the report, and the words and files it names."""

from domain import events
from handlers.kit.parts import media_line, quoted
from handlers.kit.texts import Html, Speaker, lines
from storage.core.database import Transaction
from storage.reports import reports
from storage.reports.reports import Part, Report


def report_of(tx: Transaction, event: events.ReportEvent) -> Report:
    """The report it happened to."""
    return reports.existing(tx, event.report)


def some_parts(tx: Transaction, report: int, ids: tuple[int, ...]) -> list[Part]:
    """The parts of a report with these ids."""
    return [part for part in reports.parts(tx, report) if part.id in ids]


def said(say: Speaker, parts: list[Part]) -> Html | None:
    """Their words, quoted, and what files there are; None when there is nothing."""
    # Of an album only the first part is known by now.
    album = len(parts) == 1 and parts[0].album is not None
    media = say("Several photos or files") if album else media_line(say, parts)
    return lines(quoted(parts), media) or None
