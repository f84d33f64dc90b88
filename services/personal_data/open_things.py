"""What of somebody comes to an end when they are forgotten, counted, so that they know it before they say yes."""

from dataclasses import dataclass

from domain.reports.reports import WORKABLE
from storage.core.database import Transaction
from storage.people import people
from storage.pledges import erasing as promises
from storage.projects import leads
from storage.repairs import erasing as repairs
from storage.repairs import repairs as stored_repairs
from storage.reports import erasing as kept
from storage.reports import reports

MOST = 500
"""So many open reports are looked at: beyond that the number no longer says anything to anybody."""


@dataclass(frozen=True)
class OpenThings:
    """`reports` are taken back or left to others; of `danger` (numbers) staff still have to close each. `repairs` are
    withdrawn, `for_others` (numbers) stay, `jobs` go to other volunteers, `promises` end; `in_charge` reports and
    `projects` are handed back to the team, and `roles` are gone."""

    reports: int
    danger: tuple[int, ...]
    repairs: int
    for_others: tuple[int, ...]
    jobs: int
    promises: int
    in_charge: int
    projects: int
    roles: tuple[str, ...]


def of(tx: Transaction, person: int) -> OpenThings:
    """What somebody has open now."""
    danger = kept.of_open_danger(tx, person)
    mine = [reports.existing(tx, number) for number in kept.concerning(tx, person, 0, MOST)]
    open_ = [each for each in mine if reports.main_of(tx, each).state in WORKABLE and each.id not in danger]
    return OpenThings(
        reports=len(open_),
        danger=tuple(danger),
        repairs=len(repairs.needed_by(tx, person, MOST)),
        for_others=tuple(repairs.for_others(tx, person)),
        jobs=len(stored_repairs.held_by(tx, person)),
        promises=len(promises.made_by(tx, person, running=True)),
        in_charge=len(kept.in_charge_of(tx, person, MOST)),
        projects=len(leads.projects_of(tx, person)),
        roles=tuple(sorted(people.by_id(tx, person).roles)),
    )
