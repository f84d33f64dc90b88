"""Which reports could be a project: many open ones that are alike, or what comes again and again.

What is about a person or of danger is never suggested. The work is bounded, however many reports there are: the newest
of the place, and of the older ones those that share rare words.
"""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta

from domain.community import Community
from domain.people.rights import Action, require
from domain.reports.similar import alike, keys
from services.projects.bundling import fit
from services.reports import joining
from storage.core.database import Transaction
from storage.people.people import Person
from storage.projects import candidates
from storage.projects.candidates import Lately
from storage.reports import nearby, reports
from storage.reports.reports import Report

DAYS = 90
LOOKED_AT = 4000
"""So many of the newest reports are looked at to find what is reported most."""
COMPARED = 250
"""So many open ones nearby are compared with one."""
CLOSED = 80
"""... and so many closed ones."""
SHARING = 40
"""... and so many older ones that share its rare words."""
ASKED_FOR = 12
MOST = 300
RESEMBLES = 0.15
"""Staff look themselves, so less is asked than of what a resident is offered to join."""
MANY = 5
"""So many open ones that are alike are worth a project; or"""
AGAIN = 4
"""so many times within the days."""
OFFERED = 5


@dataclass(frozen=True)
class Suggestion:
    """What could be a project: `seed` is the newest open one, `open` those like it, itself first; `times` how often it
    was reported within the last days, closed ones included."""

    seed: Report
    open: list[int]
    closed: list[int]

    @property
    def times(self) -> int:
        """How often it was reported lately, as far as that was looked at."""
        return len(self.open) + len(self.closed)


def suggestions(tx: Transaction, community: Community, actor: Person) -> list[Suggestion]:
    """What could be projects, what is reported most first; five at most."""
    require(actor.roles, Action.RUN_PROJECTS)
    groups: dict[tuple[str | None, str | None], list[Lately]] = defaultdict(list)
    lately = candidates.lately(tx, tx.now - timedelta(days=DAYS), LOOKED_AT)
    for each in lately:
        groups[each.area, each.category].append(each)
    worth = [group for group in groups.values() if len(group) >= AGAIN and any(each.open for each in group)]
    found: list[Suggestion] = []
    seen: set[int] = set()
    for group in sorted(worth, key=len, reverse=True)[: 2 * OFFERED]:
        seed = next((each for each in group if each.open and each.id not in seen), None)
        if seed is None or len(found) == OFFERED:
            continue
        suggestion = _like(tx, community, reports.existing(tx, seed.id), lately)
        seen.update(suggestion.open)
        if len(suggestion.open) >= MANY or suggestion.times >= AGAIN:
            found.append(suggestion)
    return found


def like(tx: Transaction, community: Community, actor: Person, number: int) -> Suggestion | None:
    """Those that are like one report; None where it may not be suggested."""
    require(actor.roles, Action.RUN_PROJECTS)
    seed = reports.by_id(tx, number)
    if seed is None or not seed.state.is_open or not fit(seed):
        return None
    lately = candidates.lately(tx, tx.now - timedelta(days=DAYS), LOOKED_AT)
    return _like(tx, community, seed, lately)


def _like(tx: Transaction, community: Community, seed: Report, lately: Sequence[Lately]) -> Suggestion:
    ((_, own),) = candidates.words(tx, [seed.id])
    areas = joining.near(community, seed.area) if seed.area else []
    closed = [each.id for each in lately if not each.open and _same_place(each, seed, areas)][:CLOSED]
    newest = [each for each in candidates.open_ones(tx, areas, seed.category, COMPARED) if each != seed.id]
    shared = set(_sharing(tx, seed, areas, own)) - {seed.id, *newest}
    older = candidates.fit_of(tx, sorted(shared))
    said = candidates.words(tx, [*newest, *closed, *older])
    found = alike(own, said, MOST, RESEMBLES, usual=len(newest) + len(closed)) if own.strip() else []
    ended = set(closed)
    return Suggestion(
        seed, [seed.id, *(each for each in found if each not in ended)], [each for each in found if each in ended]
    )


def _same_place(each: Lately, seed: Report, areas: Sequence[str]) -> bool:
    return each.category == seed.category and (each.area in areas if areas else True)


def _sharing(tx: Transaction, seed: Report, areas: Sequence[str], own: str) -> list[int]:
    places = [nearby.area(code) for code in areas]
    if not places:
        places = [nearby.kind(seed.category)] if seed.category else []
    words = keys(own, ASKED_FOR)
    return nearby.sharing(tx, places, words, seed.id, SHARING) if places and words else []
