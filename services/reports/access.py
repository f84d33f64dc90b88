"""Which report an actor may do something with. Raises NotAllowed or NotFound."""

from domain.core.state_machine import WrongState
from domain.people.rights import Action, NotAllowed, may, require
from services.core.errors import NotFound
from storage.core.database import Transaction
from storage.people.people import Person
from storage.reports import reports, supports
from storage.reports.reports import Report


def known(tx: Transaction, number: int) -> Report:
    """The report with that number."""
    report = reports.by_id(tx, number)
    if report is None:
        raise NotFound
    return report


def own(tx: Transaction, actor: Person, number: int) -> Report:
    """The report, when it is the actor's own."""
    report = known(tx, number)
    if report.person != actor.id:
        raise NotAllowed(Action.DECIDE_OWN)
    return report


def spoken(tx: Transaction, actor: Person, number: int) -> Report:
    """The report, when the actor may say more about it."""
    report = known(tx, number)
    if not speaks(tx, actor, report):
        raise NotAllowed(Action.DECIDE_OWN)
    return report


def for_staff(tx: Transaction, actor: Person, number: int, action: Action) -> Report:
    """The report, when the actor may do that with reports.

    Raises WrongState, too, for one without words and names: it can only be taken off the public page.
    """
    require(actor.roles, action)
    report = known(tx, number)
    if report.nameless_at is not None and action is not Action.PUBLISH:
        raise WrongState(report.state)
    return report


def speaks(tx: Transaction, actor: Person, report: Report) -> bool:
    """Whether the actor may say more about it: they reported or joined it, or wrote it down for somebody."""
    own = report.person == actor.id or supports.joined(tx, report.id, actor.id)
    return own or speaks_for_reporter(actor, report)


def speaks_for_reporter(actor: Person, report: Report) -> bool:
    """Whether it is the actor who wrote it down for somebody without Telegram, and who may add what these say."""
    return report.recorded_by == actor.id != report.person and may(actor.roles, Action.RECORD)
