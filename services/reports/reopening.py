"""It is broken again: what was closed by a yes or by silence is opened again by anybody whose report it is.

For a time after it was closed (`reopen_within` in the community file) it reopens for all of them. When it was reopened
twice in that time already, repairing it has not helped: it becomes a new report, which names the old one. Raises
NotAllowed, WrongState, AlreadyDone, NotFound, Blocked or TooLate.
"""

from collections.abc import Sequence
from dataclasses import replace

from domain.community import Community
from domain.core.state_machine import WrongState
from domain.core.subjects import subject
from domain.events import ReportFollowed, ReportReopened
from domain.people.rights import Action, NotAllowed
from domain.reports.part_purposes import PartPurpose
from services.reports import deciding, joining, on_behalf, saying_more, submitting
from services.reports.access import known
from services.reports.reopen_window import CLOSED_BY_RESIDENTS, can_be
from services.reports.submitting import NewReport
from storage.core import events
from storage.core.database import Transaction
from storage.core.instants import to_text
from storage.people.people import Person
from storage.reports import reports as stored
from storage.reports import supports, verdicts
from storage.reports.reports import NewPart, Report
from storage.reports.verdicts import VerdictAnswer

MOST = 2
"""So often it is reopened in that time; then it is a new report."""


class TooLate(Exception):
    """It was closed too long ago, at `closed_at`: it is reported anew."""

    def __init__(self, report: Report) -> None:
        super().__init__(report.id)
        self.report = report


def lately_closed(tx: Transaction, community: Community, actor: Person, limit: int) -> list[int]:
    """The numbers of somebody's reports that can be opened again, the one closed last first."""
    found = stored.closed_of_person(tx, actor.id, limit)
    return [each.id for each in found if can_be(tx, community, stored.main_of(tx, each))]


def say_no(
    tx: Transaction, community: Community, actor: Person, number: int, round_: int, for_person: int | None = None
) -> int:
    """No to "Is it fixed?", also after one's own yes. Returns the number that is open now: its own, or a new one."""
    report = known(tx, number)
    if round_ != report.rounds or report.state not in CLOSED_BY_RESIDENTS:
        deciding.decide(tx, community, actor, number, round_, fixed=False, for_person=for_person)
        return number
    who = on_behalf.speaker(tx, actor, for_person)
    said = verdicts.of(tx, number, round_, who.id)
    if said is not None and said.answer == VerdictAnswer.YES and not can_be(tx, community, report):
        raise TooLate(report)
    return _open(tx, community, actor, who, report, (), for_person, again=False)


def broken_again(
    tx: Transaction, community: Community, actor: Person, number: int, words: Sequence[NewPart] = ()
) -> int:
    """Somebody whose report it is (or was merged into it) says so, with `words` of theirs perhaps.

    Returns the number that is open now: that of the whole, or of the new report.
    """
    report = known(tx, number)
    main = stored.main_of(tx, report)
    if main.state in CLOSED_BY_RESIDENTS and not can_be(tx, community, main):
        raise TooLate(main)
    if not main.state.is_open and main.state not in CLOSED_BY_RESIDENTS:
        raise WrongState(main.state)
    return _open(tx, community, actor, actor, main, words, None, again=True)


def _open(
    tx: Transaction, community: Community, actor: Person, who: Person, report: Report, words: Sequence[NewPart],
    for_person: int | None, *, again: bool,
) -> int:  # fmt: skip
    if not supports.concerns(tx, report.id, who.id):
        raise NotAllowed(Action.DECIDE_OWN)
    if report.state in CLOSED_BY_RESIDENTS and for_person is None and _reopened_lately(tx, community, report) >= MOST:
        return _go_on_as_new(tx, community, who, report, words)
    category = community.category(report.category) if report.category else None
    if not report.state.is_open and category is not None:
        # What was promised for the first time is over; from now on it is promised anew.
        stored.change(tx, report.id, due_at=to_text(category.deadline.due(tx.now, community.hours)))
    deciding.decide(tx, community, actor, report.id, report.rounds, fixed=False, for_person=for_person, again=again)
    return report.id


def _reopened_lately(tx: Transaction, community: Community, report: Report) -> int:
    """How often it was opened again after it was closed, not so long ago."""
    found = events.all_noted(tx, ReportReopened.KIND, subject("report", report.id))
    within = community.care.reopen_within
    return sum(1 for at, data in found if data.get("closed") and tx.now < within.due(at, community.hours))


def _go_on_as_new(tx: Transaction, community: Community, who: Person, old: Report, words: Sequence[NewPart]) -> int:
    going_on = next((each for each in stored.following(tx, old.id) if each.state.is_open), None)
    if going_on is not None and not supports.concerns(tx, going_on.id, who.id) and not going_on.about_person:
        joining.join(tx, who, going_on.id, words)
        return going_on.id
    if going_on is not None and supports.concerns(tx, going_on.id, who.id):
        if words:
            saying_more.add(tx, community, who, going_on.id, words)
        return going_on.id
    parts = words or _said_before(tx, old, who)
    new = NewReport(parts=parts, category=old.category, area=old.area, danger=old.danger, follows=old.id)
    if old.person == who.id:
        new = replace(new, place=old.place, latitude=old.latitude, longitude=old.longitude)
    number = submitting.submit(tx, community, who, new)
    tx.emit(ReportFollowed(actor=who.id, report=old.id, by=number))
    return number


def _said_before(tx: Transaction, old: Report, who: Person) -> list[NewPart]:
    """What they said of it when they reported it: it is so again."""
    together = [old, *stored.merged_into(tx, old.id)]
    said = [part for each in together for part in stored.parts(tx, each.id) if part.person == who.id]
    own = [part for part in said if part.purpose in (PartPurpose.REPORT, PartPurpose.SUPPORT)] or said
    return [
        NewPart(part.kind, part.text, part.file_id, part.file_unique_id, part.duration) for part in own if part.text
    ] or [NewPart(part.kind, part.text, part.file_id, part.file_unique_id, part.duration) for part in own]
