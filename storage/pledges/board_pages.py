"""Pages of the promise board by key: found by an index however far down it is, among ten thousand promises."""

from collections.abc import Collection
from dataclasses import dataclass, replace

from domain.core.stored import known
from domain.pledges.pledges import Outcome, State
from storage.core.database import Transaction
from storage.core.instants import to_text
from storage.pledges import board
from storage.pledges.board import Shown, Wanted

ORDER = (State.PUBLISHED, State.PAUSED, State.ENDED)
"""Running ones first."""
LAST_TIMES = 10
Times = dict[int, list[Outcome]]
"""What became of the last times of each promise, the oldest first."""


@dataclass(frozen=True)
class Key:
    """A place on the board: behind the promise of that number among those of that state."""

    state: State
    number: int


@dataclass(frozen=True)
class BoardPage:
    """Some promises in order, how their last times went (oldest first), and where the next page begins."""

    shown: list[Shown]
    times: Times
    next: Key | None


def page(tx: Transaction, wanted: Wanted, after: Key | None, limit: int, last: int) -> BoardPage:
    """The promises behind `after`, each with the `last` things said of it."""
    found: list[Key] = []
    for state in _states(wanted, after):
        begin = after.number if after is not None and after.state is state else 0
        found += [Key(state, number) for number in _numbers(tx, wanted, state, begin, limit + 1 - len(found))]
        if len(found) > limit:
            break
    numbers = [key.number for key in found[:limit]]
    following = found[limit - 1] if len(found) > limit else None
    return BoardPage(board.these(tx, numbers, last), last_times(tx, numbers), following)


def before(tx: Transaction, wanted: Wanted, key: Key, limit: int) -> Key | None:
    """Behind what the page begins that ends just before the one behind `key`; None is the first page.

    Told from the promises themselves, so that going back works however one came.
    """
    found: list[Key] = []
    for state in reversed(_states(wanted, None)):
        if ORDER.index(state) > ORDER.index(key.state):
            continue
        bound = key.number if state is key.state else None
        found += [Key(state, number) for number in _numbers_back(tx, wanted, state, bound, limit + 1 - len(found))]
        if len(found) > limit:
            return found[limit]
    return None


def place(tx: Transaction, wanted: Wanted, key: Key | None) -> int:
    """How many stand before what comes behind `key`."""
    if key is None:
        return 0
    earlier = [state for state in ORDER[: ORDER.index(key.state)] if wanted.state in (None, state)]
    where, values = board.conditions(wanted)
    of_its_state = tx.number(
        f"SELECT count(*) FROM pledges WHERE {where} AND state = :here AND id <= :until",
        {**values, "here": key.state.value, "until": key.number},
    )
    return sum(board.count(tx, replace(wanted, state=state)) for state in earlier) + of_its_state


def last_times(tx: Transaction, pledges: Collection[int]) -> Times:
    """How the last times of each that are over went, the oldest first."""
    found = {}
    for pledge in pledges:
        rows = tx.query(
            "SELECT outcome FROM occurrences WHERE pledge = ? AND outcome <> 'open' AND starts_at <= ? "
            "ORDER BY starts_at DESC LIMIT ?",
            (pledge, to_text(tx.now), LAST_TIMES),
        )
        found[pledge] = [known(row["outcome"], Outcome.NOT_REPORTED) for row in reversed(rows)]
    return found


def _states(wanted: Wanted, after: Key | None) -> list[State]:
    first = ORDER.index(after.state) if after is not None else 0
    return [state for state in ORDER[first:] if wanted.state in (None, state)]


def _numbers(tx: Transaction, wanted: Wanted, state: State, after: int, limit: int) -> list[int]:
    where, values = board.conditions(wanted)
    rows = tx.query(
        f"SELECT id FROM pledges WHERE state = :here AND id > :after AND {where} ORDER BY id LIMIT :limit",
        {**values, "here": state.value, "after": after, "limit": limit},
    )
    return [row["id"] for row in rows]


def _numbers_back(tx: Transaction, wanted: Wanted, state: State, until: int | None, limit: int) -> list[int]:
    where, values = board.conditions(wanted)
    bound = "" if until is None else "AND id <= :until"
    rows = tx.query(
        f"SELECT id FROM pledges WHERE state = :here {bound} AND {where} ORDER BY id DESC LIMIT :limit",
        {**values, "here": state.value, "until": until or 0, "limit": limit},
    )
    return [row["id"] for row in rows]
