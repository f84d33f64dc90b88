"""Promises, a row each. Their words are on the board once staff approved them; here they stand with the names."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

from domain.pledges.pledges import Outcome
from handlers.figures.exports.names import Names
from handlers.figures.exports.people_columns import NOBODY, who_columns
from handlers.figures.exports.table import Column, Moment, Table, table, yes_or_no
from handlers.kit.texts import Speaker, clean
from speech import promises
from storage.core.database import Transaction
from storage.figures import exported
from storage.figures.exported import Chosen, Named
from storage.pledges import occurrences, thanks
from storage.pledges import pledges as storage
from storage.pledges.pledges import ConsentTo, Pledge


@dataclass(frozen=True)
class Row:
    """A promise with what became of it; who people are only where that is wanted."""

    pledge: Pledge
    areas: tuple[str, ...]
    outcomes: dict[Outcome, int]
    done: int
    thanks: int
    consents: frozenset[str]
    named: dict[int, Named] = field(default_factory=dict)


def pledges(tx: Transaction, names_of: Names, chosen: Chosen, *, personal: bool) -> Table:
    """All that were made in the time, for the place."""
    say = names_of.say
    columns = [*_columns(tx, names_of), *(_personal(say) if personal else [])]
    return table(say, say.label("Promises"), columns, _rows(tx, chosen, personal))


def _rows(tx: Transaction, chosen: Chosen, personal: bool) -> Iterator[Row]:
    for found in exported.made_pledges(tx, chosen):
        who = {number for each in found for number in (each.person, each.keeper)}
        named = exported.people(tx, sorted(who)) if personal else {}
        for each in found:
            yield Row(
                each,
                storage.areas(tx, each.id),
                occurrences.counts(tx, each.id),
                occurrences.amount_of(tx, each.id),
                thanks.count(tx, each.id),
                storage.consents(tx, each.id),
                named,
            )


def _columns(tx: Transaction, names_of: Names) -> list[Column[Row] | Moment[Row]]:
    say = names_of.say

    def times(of: Outcome) -> Callable[[Row], int]:
        return lambda row: row.outcomes.get(of, 0)

    return [
        Column("number", say.label("Number"), lambda row: row.pledge.id),
        Column(
            "state", say.label("State"), lambda row: promises.state(say, row.pledge.state), lambda row: row.pledge.state
        ),
        Column("kind", say.label("Type"), lambda row: promises.kind(say, row.pledge.kind), lambda row: row.pledge.kind),
        Column("when", say.label("When"), lambda row: promises.when(say, names_of.community, row.pledge.plan, tx.now)),
        Column(
            "areas",
            say.label("Place"),
            lambda row: promises.areas(say, names_of.community, row.areas),
            lambda row: " ".join(row.areas) or None,
        ),
        Moment("made_at", say.label("Made"), lambda row: row.pledge.created_at),
        Moment("published_at", say.label("On the board since"), lambda row: row.pledge.published_at),
        Moment("ended_at", say.label("Ended on"), lambda row: row.pledge.ended_at),
        Column("kept", say.label("Times kept"), times(Outcome.KEPT)),
        Column("partly", say.label("Times partly kept"), times(Outcome.PARTLY)),
        Column("not_kept", say.label("Times not kept"), times(Outcome.NOT_KEPT)),
        Column("excused", say.label("Times ill or away"), times(Outcome.EXCUSED)),
        Column("no_update", say.label("Times without an update"), times(Outcome.NOT_REPORTED)),
        Column("target", say.label("Number promised"), lambda row: row.pledge.plan.target),
        Column("unit", say.label("Counted in"), lambda row: clean(row.pledge.plan.unit or "") or None),
        Column("done", say.label("Number done"), lambda row: row.done),
        Column("thanks", say.label("Thanked by"), lambda row: row.thanks),
        Column(
            "recorded", say.label("Recorded by staff"), lambda row: yes_or_no(say, row.pledge.recorded_by is not None)
        ),
        Column("report", say.label("About report no."), lambda row: row.pledge.report),
    ]


def _personal(say: Speaker) -> list[Column[Row] | Moment[Row]]:
    def maker(row: Row) -> Named:
        return row.named.get(row.pledge.person, NOBODY)

    def keeper(row: Row) -> str | None:
        return clean(row.named.get(row.pledge.keeper, NOBODY).name) or None

    return [
        Column("words", say.label("The promise"), lambda row: clean(row.pledge.words)),
        *who_columns("maker", say.label("Name of the person who made it"), say, maker),
        Column(
            "name_shown",
            say.label("The board may show the name"),
            lambda row: yes_or_no(say, ConsentTo.NAME in row.consents),
        ),
        Column("keeper", say.label("Looked after by"), keeper),
    ]
