"""Names that others may read, as staff approved them."""

from dataclasses import dataclass

from storage.core.database import Transaction
from storage.core.instants import to_text


@dataclass(frozen=True)
class PublicName:
    """`name` is shown; `waiting` is for staff to look at; `refused` is what they did not take over."""

    person: int
    name: str
    waiting: str | None
    refused: str | None
    version: int


def of(tx: Transaction, person: int) -> PublicName | None:
    """Somebody's public name, or None while staff have approved none."""
    row = tx.one("SELECT person, name, waiting, refused, version FROM public_names WHERE person = ?", (person,))
    return None if row is None else PublicName(**dict(row))


def approve(tx: Transaction, person: int, name: str, by: int | None) -> None:
    """From now on others read this name."""
    tx.execute(
        "INSERT INTO public_names (person, name, approved_by, approved_at) VALUES (:person, :name, :by, :now) "
        "ON CONFLICT (person) DO UPDATE SET name = :name, approved_by = :by, approved_at = :now, waiting = NULL, "
        "refused = NULL, version = version + 1",
        {"person": person, "name": name, "by": by, "now": to_text(tx.now)},
    )


def wait(tx: Transaction, person: int, name: str | None) -> None:
    """That name waits for staff; None: nothing does any more."""
    tx.execute("UPDATE public_names SET waiting = ?, version = version + 1 WHERE person = ?", (name, person))


def refuse(tx: Transaction, person: int, name: str) -> None:
    """The name others read stays as it was."""
    tx.execute(
        "UPDATE public_names SET waiting = NULL, refused = ?, version = version + 1 WHERE person = ?", (name, person)
    )


def is_read(tx: Transaction, person: int) -> bool:
    """Whether others read the name: on the board, with their consent, or as a volunteer."""
    row = tx.one(
        "SELECT 1 WHERE EXISTS (SELECT 1 FROM volunteers WHERE person = :person AND state = 'approved') "
        "OR EXISTS (SELECT 1 FROM pledges JOIN pledge_consents ON pledge_consents.pledge = pledges.id "
        "AND what = 'name' AND withdrawn_at IS NULL WHERE pledges.person = :person "
        "AND state IN ('published', 'paused', 'ended'))",
        {"person": person},
    )
    return row is not None
