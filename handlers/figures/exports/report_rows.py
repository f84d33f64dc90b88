"""Reports, a row each."""

from collections.abc import Iterator
from dataclasses import dataclass, field

from domain.figures.report_history import ReportHistory, Resolution
from domain.reports.part_purposes import PartPurpose
from domain.reports.pressing import Why, why_pressing
from domain.reports.reports import HAS_DEADLINE
from handlers.figures.exports import names
from handlers.figures.exports.names import Names
from handlers.figures.exports.people_columns import NOBODY, who_columns
from handlers.figures.exports.table import Column, Moment, Table, table, yes_or_no
from handlers.kit.texts import Speaker, clean
from handlers.reports import describe
from storage.core.database import Transaction
from storage.figures import exported
from storage.figures.exported import Chosen, Named
from storage.reports.reports import Report

THEIR_WORDS = (
    PartPurpose.REPORT, PartPurpose.ADDITION, PartPurpose.SUPPORT, PartPurpose.REASON, PartPurpose.OBJECTION,
    PartPurpose.WITHDRAWAL,
)  # fmt: skip
OUR_WORDS = (PartPurpose.ANSWER, PartPurpose.QUESTION, PartPurpose.RESOLUTION, PartPurpose.REFUSAL)


@dataclass(frozen=True)
class Row:
    """A report with what belongs to it; who people are and what they wrote only where that is wanted."""

    report: Report
    history: ReportHistory
    people: int
    named: dict[int, Named] = field(default_factory=dict)
    theirs: list[str] = field(default_factory=list)
    ours: list[str] = field(default_factory=list)

    @property
    def is_delicate(self) -> bool:
        """Of danger, or about a person: what staff call it is personal as well."""
        return self.report.danger is not None or self.report.about_person

    @property
    def why(self) -> Why | None:
        """Why it is pressing; None when it is not."""
        of = self.history
        return why_pressing(of.marked_pressing, of.behind, len(of.reopened))

    @property
    def last(self) -> Resolution | None:
        """The last time that staff said it is fixed."""
        return self.history.resolutions[-1] if self.history.resolutions else None


def reports(tx: Transaction, names_of: Names, chosen: Chosen, *, personal: bool) -> Table:
    """All that were sent in the time and place."""
    say = names_of.say
    columns = [*_columns(tx, names_of, personal), *(_personal(say) if personal else [])]
    return table(say, say.label("Reports"), columns, _rows(tx, chosen, personal))


def _rows(tx: Transaction, chosen: Chosen, personal: bool) -> Iterator[Row]:
    for found in exported.sent_reports(tx, chosen):
        numbers = [each.id for each in found]
        histories, behind = exported.histories(tx, numbers), exported.people_behind(tx, numbers)
        if not personal:
            yield from (Row(each, histories[each.id], behind.get(each.id, 0)) for each in found)
            continue
        who = {each.person for each in found} | {each.assignee for each in found} | {each.recorded_by for each in found}
        named = exported.people(tx, sorted(number for number in who if number is not None))
        theirs = exported.words(tx, "report_parts", "report", numbers, THEIR_WORDS)
        ours = exported.words(tx, "report_parts", "report", numbers, OUR_WORDS)
        for each in found:
            heard = [each.heard] if each.heard else []
            said = theirs.get(each.id, []) + heard
            yield Row(each, histories[each.id], behind.get(each.id, 0), named, said, ours.get(each.id, []))


def _columns(tx: Transaction, names_of: Names, personal: bool) -> list[Column[Row] | Moment[Row]]:
    say = names_of.say
    return [
        Column("number", say.label("Number"), lambda row: row.report.id),
        Column(
            "state",
            say.label("State"),
            lambda row: describe.state_for_staff(say, row.report.state),
            lambda row: row.report.state,
        ),
        Column("title", say.label("Title by staff"), lambda row: _title(row, personal)),
        Column(
            "category",
            say.label("Category"),
            lambda row: names_of.category(row.report.category),
            lambda row: row.report.category,
        ),
        Column("area", say.label("Place"), lambda row: names_of.area(row.report.area), lambda row: row.report.area),
        Column(
            "department",
            say.label("Department"),
            lambda row: names_of.department(_department(names_of, row)),
            lambda row: _department(names_of, row),
        ),
        Column(
            "channel",
            say.label("How it came"),
            lambda row: names.channel(say, row.history.channel),
            lambda row: row.history.channel,
        ),
        Column("danger", say.label("Danger"), lambda row: yes_or_no(say, row.report.danger is not None)),
        Column("about_person", say.label("About a person"), lambda row: yes_or_no(say, row.report.about_person)),
        Column(
            "pressing",
            say.label("Pressing problem"),
            lambda row: yes_or_no(say, row.history.pressing),
            lambda row: row.why,
        ),
        Moment("sent_at", say.label("Sent"), lambda row: row.report.created_at),
        Moment("due_at", say.label("Deadline"), lambda row: row.report.due_at),
        Column("overdue", say.label("Overdue"), lambda row: yes_or_no(say, _is_overdue(tx, row.report))),
        Moment("answered_at", say.label("First answer"), lambda row: row.history.answered_at),
        Column(
            "answered_in_time", say.label("Answered in time"), lambda row: yes_or_no(say, row.history.answered_in_time)
        ),
        Moment("handled_at", say.label("Handled"), lambda row: row.history.handled_at),
        Column(
            "handled_by",
            say.label("Handled by"),
            lambda row: names.way(say, row.history.handled_by),
            lambda row: row.history.handled_by,
        ),
        Moment("resolved_at", say.label("Last said to be fixed"), lambda row: row.last.at if row.last else None),
        Column("resolutions", say.label("Times said to be fixed"), lambda row: len(row.history.resolutions)),
        Column(
            "outcomes",
            say.label("What residents said each time"),
            lambda row: say.listed(names.outcome(say, each.outcome) for each in row.history.resolutions) or None,
            lambda row: " ".join(each.outcome for each in row.history.resolutions) or None,
        ),
        Column(
            "satisfied",
            say.label("Satisfied with the handling"),
            lambda row: yes_or_no(say, row.last.content if row.last else None),
        ),
        Column("reopened", say.label("Times reopened"), lambda row: len(row.history.reopened)),
        Column("passed_on", say.label("Times passed on"), lambda row: len(row.history.passed_on)),
        Column("declined", say.label("Times declined"), lambda row: len(row.history.declined)),
        Column(
            "objection",
            say.label("Objection"),
            lambda row: names.ruling(say, row.history.ruling),
            lambda row: row.history.ruling,
        ),
        Column("people", say.label("People behind it"), lambda row: row.people),
        Moment("closed_at", say.label("Closed"), lambda row: row.report.closed_at),
        Moment("changed_at", say.label("Last change"), lambda row: row.report.changed_at),
        Column("merged_into", say.label("Merged with no."), lambda row: row.report.merged_into),
        Column("follows", say.label("Goes on from no."), lambda row: row.report.follows),
        Column("project", say.label("In project no."), lambda row: row.report.project),
    ]


def _personal(say: Speaker) -> list[Column[Row] | Moment[Row]]:
    def reporter(row: Row) -> Named:
        return row.named.get(row.report.person, NOBODY)

    def name(row: Row, person: int | None) -> str | None:
        return clean(row.named.get(person or 0, NOBODY).name) or None

    return [
        *who_columns("reporter", say.label("Name of the person who reported it"), say, reporter),
        Column("place", say.label("Place in their words"), lambda row: row.report.place and clean(row.report.place)),
        Column("latitude", say.label("Latitude"), lambda row: row.report.latitude),
        Column("longitude", say.label("Longitude"), lambda row: row.report.longitude),
        Column("words", say.label("What residents wrote"), lambda row: clean("\n\n".join(row.theirs)) or None),
        Column("answers", say.label("What staff answered"), lambda row: clean("\n\n".join(row.ours)) or None),
        Column("recorded_by", say.label("Recorded by"), lambda row: name(row, row.report.recorded_by)),
        Column("in_charge", say.label("In charge"), lambda row: name(row, row.report.assignee)),
    ]


def _title(row: Row, personal: bool) -> str | None:
    """What staff call it. Of danger, or about a person, that is personal, too."""
    return None if (row.is_delicate and not personal) or row.report.title is None else clean(row.report.title)


def _department(names_of: Names, row: Row) -> str | None:
    return names_of.department_of(row.report.category, row.report.department)


def _is_overdue(tx: Transaction, report: Report) -> bool:
    return report.due_at is not None and report.due_at < tx.now and report.state in HAS_DEADLINE
