"""The open list for the staff's meeting: what is open, in staff's words, and without anybody's name, words or door.

What is of danger or about a person is not on it, for the paper leaves the room; how many these are is said.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from domain.calendar.local_time import local_time
from domain.reports.reports import HAS_DEADLINE, State
from handlers.figures.exports.names import Names
from handlers.figures.exports.table import Cell, Column, Moment, Table, table
from handlers.kit.texts import Speaker, clean
from handlers.repairs import repair_words
from handlers.reports import describe
from services.reports import pressing
from speech import projects as project_words
from storage.core.database import Transaction
from storage.figures import open_list as storage
from storage.figures.exported import Chosen
from storage.figures.open_list import LeftOut
from storage.projects import departments, milestones, projects
from storage.projects.projects import Project
from storage.repairs.repairs import Repair
from storage.reports.reports import Report


@dataclass(frozen=True)
class Row:
    """One thing that is open. `kind` is which of the three it is, `since` when it began."""

    kind: str
    kind_code: str
    number: int
    what: str
    place: str | None
    state: str
    state_code: str
    since: datetime
    deadline: datetime | date | None
    is_late: bool
    department: str | None


def open_list(tx: Transaction, names_of: Names, chosen: Chosen) -> Table:
    """As a table."""
    say = names_of.say
    columns: list[Column[Row] | Moment[Row]] = [
        Column("kind", say.label("What it is"), lambda row: row.kind, lambda row: row.kind_code),
        Column("number", say.label("Number"), lambda row: row.number),
        Column("what", say.label("What it is about"), lambda row: row.what),
        Column("place", say.label("Place"), lambda row: row.place),
        Column("state", say.label("State"), lambda row: row.state, lambda row: row.state_code),
        Column("since", say.label("Since"), lambda row: local_time(row.since, say.zone).date()),
        Column("deadline", say.label("Deadline"), lambda row: _deadline(say, row)),
        Column("department", say.label("Department"), lambda row: row.department),
    ]
    note = left_out(say, storage.left_out(tx, chosen, tx.now))
    return table(say, say.label("Open list"), columns, rows(tx, names_of, chosen), note)


def rows(tx: Transaction, names_of: Names, chosen: Chosen) -> Iterator[Row]:
    """Reports by deadline, then projects, then repairs that are stuck."""
    for found in storage.open_reports(tx, chosen):
        yield from (_report(tx, names_of, each) for each in found)
    for project in projects.open_by_movement(tx):
        codes = projects.areas(tx, project.id)
        if chosen.areas is None or set(codes) & set(chosen.areas):
            yield _project(tx, names_of, project, codes)
    yield from (_repair(names_of, each) for each in storage.stuck_repairs(tx, chosen, tx.now))


def left_out(say: Speaker, count: LeftOut) -> str | None:
    """How many must not stand on the list; None where all do."""
    said = [
        say.plural("{count} report", "{count} reports", count.reports) if count.reports else None,
        say.plural("{count} repair", "{count} repairs", count.repairs) if count.repairs else None,
    ]
    shown = [str(each) for each in said if each]
    if not shown:
        return None
    return say.label(
        "Not on this list, because they speak of danger or are about a person: {things}. Staff find them with the bot.",
        things=say.listed(shown),
    )


def on_paper(tx: Transaction, names_of: Names, chosen: Chosen) -> dict[str, Any]:
    """The order of a sheet to be printed (`paper/open_list.py`)."""
    say = names_of.say
    found = list(rows(tx, names_of, chosen))
    sections = [
        (say.label("Reports"), [each for each in found if each.kind_code == _REPORT]),
        (say.label("Projects"), [each for each in found if each.kind_code == _PROJECT]),
        (say.label("Repairs that wait"), [each for each in found if each.kind_code == _REPAIR]),
    ]
    return {
        "language": say.language,
        "title": say.label("Open list"),
        "community": say.words(names_of.community.name),
        "day": say.label("As it stands on {day}", day=say.dated(tx.now)),
        "note": left_out(say, storage.left_out(tx, chosen, tx.now)),
        "legend": say.label("Bold: the deadline has passed.") if any(row.is_late for row in found) else None,
        "headings": [
            say.label("No."),
            say.label("What it is about"),
            say.label("Place"),
            say.label("State"),
            say.label("Since"),
            say.label("Deadline"),
            say.label("Department"),
        ],
        "empty": say.label("Nothing is open."),
        "sections": [
            {
                "title": say.label("{what} ({count})", what=title, count=len(some)),
                "rows": [_cells(say, row) for row in some],
                "late": [row.is_late for row in some],
            }
            for title, some in sections
            if some
        ],
    }


_REPORT, _PROJECT, _REPAIR = "report", "project", "repair"


def _report(tx: Transaction, names_of: Names, report: Report) -> Row:
    say = names_of.say
    deadline = report.due_at if report.state in HAS_DEADLINE else None
    if report.state is State.HANDED_ON:
        deadline = report.ask_again_at
    title = clean(report.title) if report.title else names_of.category(report.category)
    return Row(
        say.label("A report"),
        _REPORT,
        report.id,
        title or say.label("not chosen yet"),
        names_of.area(report.area),
        _state(tx, say, report),
        report.state,
        report.created_at,
        deadline,
        deadline is not None and deadline < tx.now,
        names_of.department(names_of.department_of(report.category, report.department)),
    )


def _state(tx: Transaction, say: Speaker, report: Report) -> str:
    state = describe.state_for_staff(say, report.state)
    if pressing.why(tx, report) is None:
        return state
    return say.label("{state}, PRESSING", state=state)


def _project(tx: Transaction, names_of: Names, project: Project, codes: Sequence[str]) -> Row:
    say = names_of.say
    days = [
        each.due_on for each in milestones.of(tx, project.id) if each.reached_at is None and each.due_on is not None
    ]
    deadline = min(days, default=None)
    return Row(
        say.label("A project"),
        _PROJECT,
        project.id,
        clean(project.title),
        names_of.areas(codes),
        project_words.stage(say, project.stage),
        project.stage,
        project.created_at,
        deadline,
        deadline is not None and deadline < local_time(tx.now, say.zone).date(),
        names_of.departments(called.department for called in departments.of(tx, project.id)),
    )


def _repair(names_of: Names, repair: Repair) -> Row:
    say = names_of.say
    return Row(
        say.label("A repair"),
        _REPAIR,
        repair.id,
        names_of.trade(repair.trade),
        names_of.area(_rough(names_of, repair.area)),
        repair_words.state(say, repair.state),
        repair.state,
        repair.created_at,
        None,
        False,
        None,
    )


def _rough(names_of: Names, area: str | None) -> str | None:
    """The area and the building: a repair is in somebody's home, and its stairwell is half of the address."""
    path = names_of.community.path(area)[: repair_words.NEAREST_LEVEL] if area else ()
    return path[-1].code if path else None


def _deadline(say: Speaker, row: Row) -> Cell:
    if isinstance(row.deadline, datetime):
        return local_time(row.deadline, say.zone).replace(microsecond=0)
    return row.deadline


def _cells(say: Speaker, row: Row) -> list[str]:
    deadline = row.deadline
    if isinstance(deadline, datetime):
        deadline = local_time(deadline, say.zone).date()
    return [
        str(row.number),
        row.what,
        row.place or "",
        row.state,
        local_time(row.since, say.zone).date().isoformat(),
        deadline.isoformat() if deadline is not None else "",
        row.department or "",
    ]
