"""Projects, a row each. Title and places are what staff say of them."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date

from domain.projects.disclosure import Answers
from handlers.figures.exports.names import Names
from handlers.figures.exports.people_columns import NOBODY
from handlers.figures.exports.table import Column, Moment, Table, table, yes_or_no
from handlers.kit.texts import Speaker, clean
from speech import projects as words
from storage.core.database import Transaction
from storage.figures import exported
from storage.figures.exported import Chosen, Named
from storage.projects import departments, figures, leads, members, milestones
from storage.projects import projects as storage
from storage.projects.milestones import Milestone
from storage.projects.projects import Project


@dataclass(frozen=True)
class Row:
    """A project with what belongs to it; who leads it by name only where that is wanted."""

    project: Project
    areas: list[str]
    departments: list[str]
    leads: list[int]
    milestones: list[Milestone]
    reports: int
    open_reports: int
    people: int
    answers: Answers
    named: dict[int, Named] = field(default_factory=dict)


def projects(tx: Transaction, names_of: Names, chosen: Chosen, *, personal: bool) -> Table:
    """All that were made in the time, for the place."""
    say = names_of.say
    columns = [*_columns(names_of), *(_personal(say) if personal else [])]
    return table(say, say.label("Projects"), columns, _rows(tx, chosen, personal))


def _rows(tx: Transaction, chosen: Chosen, personal: bool) -> Iterator[Row]:
    for found in exported.made_projects(tx, chosen):
        for each in found:
            leading = leads.of(tx, each.id)
            yield Row(
                each,
                storage.areas(tx, each.id),
                [called.department for called in departments.of(tx, each.id)],
                leading,
                milestones.of(tx, each.id),
                members.count(tx, each.id),
                members.count_open(tx, each.id),
                members.count_people(tx, each.id),
                figures.answers(tx, each.id),
                exported.people(tx, leading) if personal and leading else {},
            )


def _columns(names_of: Names) -> list[Column[Row] | Moment[Row]]:
    say = names_of.say
    return [
        Column("number", say.label("Number"), lambda row: row.project.id),
        Column("title", say.label("Title"), lambda row: clean(row.project.title)),
        Column(
            "stage", say.label("State"), lambda row: words.stage(say, row.project.stage), lambda row: row.project.stage
        ),
        Column("public", say.label("Public"), lambda row: yes_or_no(say, row.project.public)),
        Column(
            "areas",
            say.label("Place"),
            lambda row: names_of.areas(row.areas),
            lambda row: " ".join(row.areas) or None,
        ),
        Column(
            "departments",
            say.label("Departments called in"),
            lambda row: names_of.departments(row.departments),
            lambda row: " ".join(row.departments) or None,
        ),
        Column("leads", say.label("Project leads"), lambda row: len(row.leads)),
        Column("reports", say.label("Reports in it"), lambda row: row.reports),
        Column("open_reports", say.label("Of these open"), lambda row: row.open_reports),
        Column("people", say.label("People behind it"), lambda row: row.people),
        Column("milestones", say.label("Milestones"), lambda row: len(row.milestones)),
        Column(
            "milestones_reached",
            say.label("Of these reached"),
            lambda row: sum(each.reached_at is not None for each in row.milestones),
        ),
        Column("next_milestone", say.label("Next milestone by"), _next_day),
        Column("fixed", say.label("People who say it is fixed"), lambda row: row.answers.fixed),
        Column("not_fixed", say.label("People who say it is not fixed"), lambda row: row.answers.not_fixed),
        Moment("made_at", say.label("Started"), lambda row: row.project.created_at),
        Moment("moved_at", say.label("Last movement"), lambda row: row.project.moved_at),
        Moment("ended_at", say.label("Ended on"), lambda row: row.project.ended_at),
    ]


def _personal(say: Speaker) -> list[Column[Row] | Moment[Row]]:
    def lead_names(row: Row) -> str | None:
        return say.listed(clean(row.named.get(each, NOBODY).name) for each in row.leads) or None

    return [
        Column("goal", say.label("Goal"), lambda row: row.project.goal and clean(row.project.goal)),
        Column(
            "reason", say.label("Why it was given up"), lambda row: row.project.reason and clean(row.project.reason)
        ),
        Column("lead_names", say.label("Names of the project leads"), lead_names),
    ]


def _next_day(row: Row) -> date | None:
    open_days = [each.due_on for each in row.milestones if each.reached_at is None and each.due_on is not None]
    return min(open_days, default=None)
