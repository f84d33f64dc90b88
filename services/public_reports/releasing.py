"""Staff write a title for everybody, look at it, and release it; they change it, or take the report off the page.

Raises what `access.to_release` raises, WrongTitle, AlreadyDone or NotFound.
"""

import secrets

from domain.community import Community
from domain.events import ReportPublicTitleChanged, ReportReleased, WhyOff
from domain.people.rights import Action
from domain.public_reports import titles as rules
from domain.reports.part_purposes import PartPurpose
from services.core.errors import AlreadyDone, NotFound
from services.public_reports import keeping
from services.public_reports.access import to_release
from services.reports.access import for_staff
from storage.core.database import Transaction
from storage.people.people import Person
from storage.public_reports import entries, titles
from storage.public_reports.titles import Title
from storage.reports.reports import Report

OF_RESIDENTS = (
    PartPurpose.REPORT, PartPurpose.ADDITION, PartPurpose.SUPPORT, PartPurpose.REASON, PartPurpose.OBJECTION,
    PartPurpose.PLACE,
)  # fmt: skip
"""What residents wrote: no title repeats it."""
_LETTERS = "abcdefghjkmnpqrstuvwxyz23456789"
_LENGTH = 8
"""Letters of a public address that nobody guesses, and that can be read out."""


def write(tx: Transaction, community: Community, actor: Person, number: int, text: str) -> Title:
    """Keep a title as it may be shown; nobody else reads it yet. One line for all, or one for each language."""
    report = to_release(tx, community, actor, number)
    said = [report.place, report.heard, *titles.words_said(tx, number, OF_RESIDENTS)]
    known = rules.Known(tuple(filter(None, said)), tuple(titles.names_near(tx, number)))
    words = rules.read(text, community.languages, known)
    return _title(tx, titles.add(tx, report.id, actor.id, words))


def release(tx: Transaction, community: Community, actor: Person, number: int, title: int) -> Report:
    """Everybody reads it by that title from now on."""
    report = to_release(tx, community, actor, number)
    if _title(tx, title).report != number:
        raise NotFound
    if report.public_title == title:
        raise AlreadyDone
    today = keeping.today(tx, community)
    if report.public_title is None:
        entries.release(tx, number, title, actor.id, _code(tx), today)
        tx.emit(ReportReleased(actor=actor.id, report=number, wording=title))
    else:
        entries.change_title(tx, number, title, today)
        tx.emit(ReportPublicTitleChanged(actor=actor.id, report=number, wording=title, before=report.public_title))
    keeping.make_true(tx, community, number)
    keeping.plan(tx, community)
    return report


def take_off(tx: Transaction, actor: Person, number: int) -> None:
    """Nobody else reads of it any more."""
    report = for_staff(tx, actor, number, Action.PUBLISH)
    if report.public_title is None:
        raise AlreadyDone
    keeping.take_off(tx, report, actor.id, WhyOff.STAFF)


def _title(tx: Transaction, title: int) -> Title:
    found = titles.by_id(tx, title)
    if found is None:
        raise NotFound
    return found


def _code(tx: Transaction) -> str:
    while True:
        code = "".join(secrets.choice(_LETTERS) for _ in range(_LENGTH))
        if entries.number_of(tx, code) is None:
            return code
