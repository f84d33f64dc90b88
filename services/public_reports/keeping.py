"""What everybody reads of reports is kept true: each stands in the lists it belongs to, and none that must not.

What a report may not be is asked at every look, too (storage/public_reports/entries.py); here it is taken off for good,
so that it does not come back by itself.
"""

from datetime import date, datetime, time, timedelta
from itertools import product
from typing import Any

from domain.calendar.local_time import instant, local_time
from domain.community import Community
from domain.events import ReportEvent, ReportLeft, ReportMerged, ReportReleased, ReportTakenOff, WhyOff
from domain.operations.taken_away import Taken
from domain.public_reports import shown
from domain.reports.reports import State
from services.public_reports.access import fit
from storage.core import scheduled_tasks, taken_away
from storage.core.database import Transaction
from storage.public_reports import entries, objections, photos
from storage.reports import reports
from storage.reports.reports import Report

KIND = "public_reports"
CHUNK = 200
NIGHT = time(2, 30)
_PROGRAM = "program:1"


def today(tx: Transaction, community: Community) -> date:
    """The day it is where the community is."""
    return local_time(tx.now, community.zone).date()


def take_off(tx: Transaction, report: Report, actor: int | None, why: WhyOff) -> None:
    """Nobody else reads of it, nor sees its photos, until staff release it anew."""
    if not entries.take_off(tx, report.id):
        return
    for photo in photos.of(tx, report.id):
        photos.remove(tx, photo.id)
    taken_away.note(tx, Taken.REPORT_OFF_PAGE, report=report.id)
    tx.signal(entries.CHANGED)
    tx.emit(ReportTakenOff(actor=actor, report=report.id, why=why))


def make_true(tx: Transaction, community: Community, number: int, actor: int | None = None) -> None:
    """A report stands where it belongs; what must not be seen is taken off."""
    report = reports.existing(tx, number)
    if report.public_title is None:
        return
    stands = shown.state(report.state)
    if not fit(community, report):
        take_off(tx, report, actor, WhyOff.UNFIT)
    elif report.state is State.WITHDRAWN:
        take_off(tx, report, actor, WhyOff.WITHDRAWN)
    elif stands is None:
        if entries.list_in(tx, number, ()):
            tx.signal(entries.CHANGED)
    else:
        _list(tx, community, report, stands)


def _list(tx: Transaction, community: Community, report: Report, stands: shown.PublicState) -> None:
    areas = ["", *(area.code for area in shown.areas(community, report.area))]
    kinds = sorted({"", shown.category(community, report.category)})
    wanted = set(product(areas, kinds, ("", stands.value)))
    there = entries.lists_of(tx, report.id)
    if there and {each[:3] for each in there} != wanted:
        entries.touch(tx, report.id, today(tx, community))
    day = entries.changed_on(tx, report.id)
    assert day is not None
    if entries.list_in(tx, report.id, ((*each, day) for each in wanted)):
        tx.signal(entries.CHANGED)


# -- because of what happens to reports


def follow(tx: Transaction, community: Community, event: ReportEvent) -> None:
    """Something happened to a report: what everybody reads of it follows."""
    make_true(tx, community, event.report, event.actor)


def merged(tx: Transaction, community: Community, event: ReportMerged) -> None:
    """Two reports that are about the same thing are one on the page, too: by the title of the one that remains.

    Where that has none, it goes on by the other one's.
    """
    report, main = reports.existing(tx, event.report), reports.existing(tx, event.into)
    if report.public_title is None:
        return
    free = main.public_title is None and fit(community, main) and shown.state(main.state) is not None
    if not free or objections.stands(tx, main.id):
        take_off(tx, report, event.actor, WhyOff.MERGED)
        return
    title = report.public_title
    entries.pass_on(tx, report.id, main.id, today(tx, community))
    tx.signal(entries.CHANGED)
    tx.emit(ReportReleased(actor=event.actor, report=main.id, wording=title, part_of_it=report.id))
    make_true(tx, community, main.id, event.actor)


def left(tx: Transaction, _community: Community, event: ReportLeft) -> None:
    """Somebody has nothing to do with a report any more. Where they had reported it, staff look at it anew."""
    if event.actor is not None:
        objections.forget(tx, event.report, event.actor)
    if event.heir is not None:
        report = reports.main_of(tx, reports.existing(tx, event.report))
        take_off(tx, report, event.actor, WhyOff.WITHDRAWN)


# -- every night, because the community file may say otherwise by now


def plan(tx: Transaction, community: Community) -> None:
    """See to it that the next night looks through all of them."""
    scheduled_tasks.plan_once(tx, KIND, _PROGRAM, _next_night(tx, community), KIND)


def run_due(tx: Transaction, community: Community, _about: str, data: dict[str, Any]) -> None:
    """The task: the next of them are made true."""
    after = data.get("after", 0)
    found = entries.some_behind(tx, after, CHUNK)
    for number in found:
        make_true(tx, community, number)
    if len(found) == CHUNK:
        scheduled_tasks.plan(tx, KIND, _PROGRAM, tx.now, KIND, {"after": found[-1]})
    elif found or after:
        scheduled_tasks.plan(tx, KIND, _PROGRAM, _next_night(tx, community), KIND)


def _next_night(tx: Transaction, community: Community) -> datetime:
    return instant(datetime.combine(today(tx, community) + timedelta(days=1), NIGHT), community.zone)
