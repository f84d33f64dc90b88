"""Who was asked about a repair, and what became of each offer."""

import sqlite3
from dataclasses import dataclass
from enum import StrEnum

from domain.core.stored import Stored
from storage.core.database import Transaction
from storage.core.instants import to_text
from storage.volunteers import volunteers


class OfferState(Stored, StrEnum, kept_in="repair_offers.state"):
    """What became of an offer."""

    OPEN = "open"
    TAKEN = "taken"
    MISSED = "missed"
    DECLINED = "declined"
    GAVE_UP = "gave_up"
    CLOSED = "closed"


OPEN, TAKEN, MISSED, DECLINED, GAVE_UP, CLOSED = OfferState


@dataclass(frozen=True)
class Offer:
    """One volunteer asked about one repair. `distance` is theirs, in steps up the tree of areas."""

    repair: int
    person: int
    state: str
    circle: int
    distance: int
    times: int
    card: int | None


_COLUMNS = "repair, person, state, circle, distance, times, card"


def _offer(row: sqlite3.Row) -> Offer:
    return Offer(**dict(row))


def put(tx: Transaction, repair: int, person: int, circle: int, distance: int) -> None:
    """Ask somebody, again if they were asked before."""
    tx.execute(
        "INSERT INTO repair_offers (repair, person, state, circle, distance, offered_at) "
        "VALUES (?, ?, 'open', ?, ?, ?) "
        "ON CONFLICT (repair, person) DO UPDATE SET state = 'open', circle = excluded.circle, "
        "distance = excluded.distance, offered_at = excluded.offered_at, answered_at = NULL, times = times + 1",
        (repair, person, circle, distance, to_text(tx.now)),
    )
    volunteers.count_jobs(tx, person)


def of(tx: Transaction, repair: int, person: int) -> Offer | None:
    """The offer of a repair to a person, or None when they were never asked."""
    return tx.one_as(_offer, f"SELECT {_COLUMNS} FROM repair_offers WHERE repair = ? AND person = ?", (repair, person))


def of_repair(tx: Transaction, repair: int, *states: str) -> list[Offer]:
    """Who was asked, in the order of their numbers; only offers in these states, when any are named."""
    rows = tx.query(f"SELECT {_COLUMNS} FROM repair_offers WHERE repair = ? ORDER BY person", (repair,))
    return [offer for offer in map(_offer, rows) if not states or offer.state in states]


def open_to(tx: Transaction, person: int) -> list[Offer]:
    """What a person is asked about at present, the oldest first."""
    return tx.query_as(
        _offer, f"SELECT {_COLUMNS} FROM repair_offers WHERE person = ? AND state = 'open' ORDER BY repair", (person,)
    )


def ended_for(tx: Transaction, person: int, limit: int) -> list[Offer]:
    """What a person was asked about before and has a message of, the newest first."""
    return tx.query_as(
        _offer,
        f"SELECT {_COLUMNS} FROM repair_offers WHERE person = ? AND state <> 'open' AND card IS NOT NULL "
        "ORDER BY repair DESC LIMIT ?",
        (person, limit),
    )


def settle(tx: Transaction, repair: int, person: int, state: str) -> None:
    """What became of one offer."""
    tx.execute(
        "UPDATE repair_offers SET state = ?, answered_at = ? WHERE repair = ? AND person = ?",
        (state, to_text(tx.now), repair, person),
    )
    volunteers.count_jobs(tx, person)


def settle_open(tx: Transaction, repair: int, state: str) -> list[int]:
    """All open offers of a repair come to the same end; returns whose they were."""
    rows = tx.query(
        "UPDATE repair_offers SET state = ?, answered_at = ? WHERE repair = ? AND state = 'open' RETURNING person",
        (state, to_text(tx.now), repair),
    )
    found = sorted(int(row["person"]) for row in rows)
    for person in found:
        volunteers.count_jobs(tx, person)
    return found


def not_to_be_asked(tx: Transaction, repair: int) -> set[int]:
    """Who has an open offer of it, or has said no. Who only was too slow can be asked again when it is free."""
    rows = tx.query(
        "SELECT person FROM repair_offers WHERE repair = ? AND state IN ('open', 'taken', 'declined', 'gave_up')",
        (repair,),
    )
    return {int(row["person"]) for row in rows}


def start_anew(tx: Transaction, repair: int) -> None:
    """After it was said not to be done, everybody can be asked once more."""
    settle_open(tx, repair, CLOSED)
    tx.execute("UPDATE repair_offers SET state = 'closed' WHERE repair = ?", (repair,))


def set_card(tx: Transaction, repair: int, person: int, card: int) -> None:
    """Which message asks them."""
    tx.execute("UPDATE repair_offers SET card = ? WHERE repair = ? AND person = ?", (card, repair, person))
