"""Complaints to the hotline: entering what an office says, and the figures of a period. Raises NotAllowed."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from domain.calendar.local_time import local_time
from domain.community import Community
from domain.events import HotlineCounted
from domain.figures.hotline_figures import HotlineFigures, Known, hotline_figures
from domain.figures.hotline_table import MonthCount
from domain.figures.periods import Period
from domain.people.rights import Action, require
from storage.core.database import Transaction
from storage.figures import hotline_months
from storage.people.people import Person

Values = dict[str, int | float | None]


@dataclass(frozen=True)
class Entered:
    """What became of the months that were entered: of the corrected ones also what had been known."""

    new: tuple[MonthCount, ...]
    corrected: tuple[tuple[MonthCount, int], ...]
    same: tuple[MonthCount, ...]


def enter(tx: Transaction, actor: Person, counts: Sequence[MonthCount]) -> Entered:
    """An admin enters months; of one that is known already it is a correction, which is an event of its own."""
    require(actor.roles, Action.ENTER_OFFICIAL)
    return enter_on_server(tx, counts, actor.id)


def enter_on_server(tx: Transaction, counts: Sequence[MonthCount], actor: int | None = None) -> Entered:
    """The same for who has access to the server."""
    known = hotline_months.known(tx, tx.now)
    new, corrected, same = [], [], []
    for each in counts:
        before = known.get(each.month)
        if before is not None and before.complaints == each.complaints:
            same.append(each)
            continue
        if before is None:
            new.append(each)
        else:
            corrected.append((each, before.complaints))
        tx.emit(
            HotlineCounted(
                actor=actor,
                hotline=hotline_months.number_of(each.month),
                complaints=each.complaints,
                before=None if before is None else before.complaints,
            )
        )
    return Entered(tuple(new), tuple(corrected), tuple(same))


def known_now(tx: Transaction) -> dict[date, Known]:
    """The figure of each month that is known."""
    return hotline_months.known(tx, tx.now)


def newest(tx: Transaction, count: int) -> list[tuple[date, Known]]:
    """The latest months that are known, the newest first."""
    return sorted(hotline_months.known(tx, tx.now).items(), reverse=True)[:count]


def of_period(tx: Transaction, community: Community, period: Period, now: datetime) -> HotlineFigures | None:
    """The months of a period, as they are known at `now`; None where none is.

    An office says in January what December was, so this is what is known when somebody asks, not at the period's end.
    """
    today = local_time(now, community.zone).date()
    return hotline_figures(hotline_months.known(tx, now), period, today)


def values(found: HotlineFigures | None) -> Values:
    """The figures by names that stay; None where nothing is known."""
    return {
        "hotline_complaints": found.complaints if found else None,
        "hotline_complaints_a_year_before": found.a_year_before if found else None,
        "hotline_months": len(found.months) if found else 0,
        "hotline_months_of": found.months_of if found else None,
        "hotline_change_percent": found.change_percent if found else None,
    }
