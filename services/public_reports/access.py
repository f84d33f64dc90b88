"""Which reports everybody may see at all, and which of them staff may release now. Raises what it says."""

from domain.community import Community, ReportsShown
from domain.core.state_machine import WrongState
from domain.people.rights import Action
from domain.public_reports.shown import state
from services.reports.access import for_staff
from storage.core.database import Transaction
from storage.people.people import Person
from storage.public_reports import objections
from storage.reports.reports import Report


class PageIsOff(Exception):
    """The community shows no reports, or (of a photo) none of their photos."""


class NotForEverybody(Exception):
    """It is about a person or of danger: nothing of it is shown to others."""


class ObjectedTo(Exception):
    """Somebody whose report it is does not want it on the public page."""


def shows(community: Community) -> bool:
    """Whether reports are shown at all."""
    return community.public.reports is not ReportsShown.OFF


def shows_photos(community: Community) -> bool:
    """Whether photos of them are shown, too."""
    return community.public.reports is ReportsShown.PHOTOS


def fit(community: Community, report: Report) -> bool:
    """Whether everybody may ever see it: neither about a person, by mark or by kind, nor of danger."""
    kind = community.category(report.category) if report.category else None
    return not report.about_person and report.danger is None and not (kind is not None and kind.about_person)


def to_release(tx: Transaction, community: Community, actor: Person, number: int) -> Report:
    """The report, when the actor may show it to everybody now.

    Raises NotAllowed, NotFound, PageIsOff, WrongState, NotForEverybody or ObjectedTo.
    """
    report = for_staff(tx, actor, number, Action.PUBLISH)
    if not shows(community):
        raise PageIsOff
    if state(report.state) is None or report.nameless_at is not None:
        raise WrongState(report.state)
    if not fit(community, report):
        raise NotForEverybody
    if objections.stands(tx, number):
        raise ObjectedTo
    return report
