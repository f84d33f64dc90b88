"""Repairs, a row each. Of volunteers nothing is said but, where that is wanted, the name of the one who has it."""

from collections.abc import Iterator
from dataclasses import dataclass, field

from domain.reports.part_purposes import RepairPartPurpose
from handlers.figures.exports.names import Names
from handlers.figures.exports.people_columns import NOBODY, who_columns
from handlers.figures.exports.table import Column, Moment, Table, table, yes_or_no
from handlers.kit.texts import Speaker, clean
from handlers.repairs import repair_words
from storage.core.database import Transaction
from storage.figures import exported
from storage.figures.exported import Chosen, Named
from storage.repairs.repairs import Repair


@dataclass(frozen=True)
class Row:
    """A repair with what belongs to it; who people are and what they wrote only where that is wanted."""

    repair: Repair
    asked: int
    """How many volunteers were asked."""
    named: dict[int, Named] = field(default_factory=dict)
    words: list[str] = field(default_factory=list)


def repairs(tx: Transaction, names_of: Names, chosen: Chosen, *, personal: bool) -> Table:
    """All that were asked for in the time and place."""
    say = names_of.say
    columns = [*_columns(names_of), *(_personal(say) if personal else [])]
    return table(say, say.label("Repairs"), columns, _rows(tx, chosen, personal))


def _rows(tx: Transaction, chosen: Chosen, personal: bool) -> Iterator[Row]:
    for found in exported.asked_repairs(tx, chosen):
        numbers = [each.id for each in found]
        asked = exported.volunteers_asked(tx, numbers)
        if not personal:
            yield from (Row(each, asked.get(each.id, 0)) for each in found)
            continue
        who = {number for each in found for number in (each.person, each.asked_by, each.taker) if number is not None}
        named = exported.people(tx, sorted(who))
        words = exported.words(tx, "repair_parts", "repair", numbers, (RepairPartPurpose.REQUEST,))
        yield from (Row(each, asked.get(each.id, 0), named, words.get(each.id, [])) for each in found)


def _columns(names_of: Names) -> list[Column[Row] | Moment[Row]]:
    say = names_of.say
    return [
        Column("number", say.label("Number"), lambda row: row.repair.id),
        Column(
            "state",
            say.label("State"),
            lambda row: repair_words.state(say, row.repair.state),
            lambda row: row.repair.state,
        ),
        Column(
            "trade",
            say.label("Kind of help"),
            lambda row: names_of.trade(row.repair.trade),
            lambda row: row.repair.trade,
        ),
        Column(
            "urgency",
            say.label("How soon"),
            lambda row: repair_words.urgency(say, row.repair.urgency),
            lambda row: row.repair.urgency,
        ),
        Column("area", say.label("Place"), lambda row: names_of.area(row.repair.area), lambda row: row.repair.area),
        Column("danger", say.label("Danger"), lambda row: yes_or_no(say, row.repair.danger is not None)),
        Moment("asked_at", say.label("Asked for"), lambda row: row.repair.created_at),
        Column("volunteers_asked", say.label("Volunteers asked"), lambda row: row.asked),
        Moment("taken_at", say.label("Taken"), lambda row: row.repair.taken_at),
        Moment("arrives_at", say.label("When the volunteer comes"), lambda row: row.repair.arrives_at),
        Column("minutes", say.label("Minutes of work"), lambda row: row.repair.minutes),
        Column("thanked", say.label("Thanked"), lambda row: yes_or_no(say, row.repair.thanked)),
        Moment("closed_at", say.label("Closed"), lambda row: row.repair.closed_at),
        Moment("changed_at", say.label("Last change"), lambda row: row.repair.changed_at),
        Column("report", say.label("Became report no."), lambda row: row.repair.report),
    ]


def _personal(say: Speaker) -> list[Column[Row] | Moment[Row]]:
    def for_whom(row: Row) -> Named:
        return row.named.get(row.repair.person, NOBODY)

    def name(row: Row, person: int | None) -> str | None:
        return clean(row.named.get(person or 0, NOBODY).name) or None

    return [
        *who_columns("resident", say.label("Name of the resident"), say, for_whom),
        Column("phone", say.label("Telephone number for this repair"), lambda row: row.repair.phone),
        Column("address", say.label("Address"), lambda row: clean(row.repair.address)),
        Column("home", say.label("When somebody is home"), lambda row: row.repair.home and clean(row.repair.home)),
        Column("words", say.label("What residents wrote"), lambda row: clean("\n\n".join(row.words)) or None),
        Column("asked_by", say.label("Asked for by"), lambda row: name(row, row.repair.asked_by)),
        Column("volunteer", say.label("Volunteer"), lambda row: name(row, row.repair.taker)),
    ]
