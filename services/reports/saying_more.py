"""Those who spoke about a report say more, or say it otherwise. Raises NotAllowed, NotFound or Blocked."""

from collections.abc import Sequence

from domain.community import Community
from domain.core.parts import PartKind
from domain.events import ReportAdded, ReportReworded
from domain.reports.part_purposes import PartPurpose
from services.reports import alarms, allowed, dangers, deadlines
from services.reports.access import speaks_for_reporter, spoken
from services.reports.dangers import Heard
from storage.core.database import Transaction
from storage.people.people import Person
from storage.reports import reports
from storage.reports.reports import NewPart, Part, Report


def add(
    tx: Transaction, community: Community, actor: Person, number: int, parts: Sequence[NewPart],
    danger: str | None = None, *, purpose: str = PartPurpose.ADDITION, more: bool = False, thread: str | None = None,
) -> None:  # fmt: skip
    """A person who spoke about a report says more, in whatever state it is; with `reason`, why it is not fixed.

    `thread`: what it answers, such as `project:3`, in whose topic staff read it.
    """
    report = spoken(tx, actor, number)
    speaks_for = report.person if speaks_for_reporter(actor, report) else None
    heard = dangers.hear(tx, actor, report, danger) if speaks_for is None else Heard(rings=danger is not None)
    if danger is None and heard.into is None:
        allowed.to_report(tx, actor)  # but where it is that somebody is in danger, staff hear from anybody
    ids = reports.add_parts(tx, report.id, speaks_for or actor.id, purpose, parts)
    if heard.into is not None:
        dangers.fold(tx, heard.into, reports.some(tx, ids))
    tx.emit(ReportAdded(actor=actor.id, report=report.id, parts=tuple(ids), danger=danger, more=more,
                       spoke_for=speaks_for, into=heard.into.id if heard.into else None,
                       quietly=not heard.rings, thread=thread))  # fmt: skip
    if danger is not None:
        danger_told(tx, community, report, danger, heard, actor.id if speaks_for is None else None)


def reword(
    tx: Transaction, community: Community, actor: Person, number: int, part: Part, words: str | None,
    danger: str | None = None, *, thread: str | None = None,
) -> None:  # fmt: skip
    """What was said reads so from now on; the old words stay on record, and are shown to staff beside the new ones."""
    report = spoken(tx, actor, number)
    speaks_for = report.person if speaks_for_reporter(actor, report) else None
    heard = dangers.reworded(tx, actor, report, part, danger) if speaks_for is None else Heard(rings=danger is not None)
    asked = dangers.awaiting_place(tx, actor.id) if speaks_for is None else None
    if danger is None and (heard.into is None or asked is None or heard.into.id != asked.id):
        allowed.to_report(tx, actor)
    before = [NewPart(PartKind.TEXT, text=part.text)] if part.text else []
    kept = reports.add_parts(tx, report.id, part.person, PartPurpose.EARLIER, before)
    reports.change_part(tx, part, words)
    if heard.into is not None:
        dangers.fold_reworded(tx, heard.into, reports.some(tx, [*kept, part.id]))
    tx.emit(
        ReportReworded(
            actor=actor.id,
            report=report.id,
            now=part.id,
            part=kept[0] if kept else None,
            danger=danger,
            spoke_for=speaks_for,
            into=heard.into.id if heard.into else None,
            quietly=not heard.rings,
            thread=thread,
        )
    )
    if danger is not None:
        danger_told(tx, community, report, danger, heard, actor.id if speaks_for is None else None)


def danger_told(
    tx: Transaction, community: Community, report: Report, danger: str, heard: Heard, by: int | None
) -> None:
    """It speaks of danger from now on: the words are on their way to staff, and it is due in minutes.

    `by`: who said so themselves; None when staff wrote it down.
    """
    dangers.mark(tx, report, danger)
    alarms.more_said(tx, report, by, heard.into)
    deadlines.in_danger(tx, community, report.id, rings=heard.rings and heard.into is None)


def keep_earlier(tx: Transaction, actor: Person, number: int, words: Sequence[str]) -> None:
    """Keep how a report read before its words were changed while it was being written. It is sent to nobody."""
    reports.add_parts(tx, number, actor.id, PartPurpose.EARLIER, [NewPart(PartKind.TEXT, text=each) for each in words])
