"""Who does not want a report they spoke about on the public page."""

from storage.core.database import Transaction
from storage.core.instants import to_text


def add(tx: Transaction, report: int, person: int) -> bool:
    """They do not want it there; False when they had said so."""
    added = tx.execute(
        "INSERT INTO public_report_objections (report, person, at) VALUES (?, ?, ?) ON CONFLICT DO NOTHING",
        (report, person, to_text(tx.now)),
    )
    return added.rowcount > 0


def withdraw(tx: Transaction, report: int, person: int) -> bool:
    """They do not mind any more; False when they never did."""
    found = tx.execute("DELETE FROM public_report_objections WHERE report = ? AND person = ?", (report, person))
    return found.rowcount > 0


def stands(tx: Transaction, report: int) -> bool:
    """Whether anybody does not want a report there, or one that is part of it."""
    row = tx.one(
        "SELECT 1 FROM public_report_objections WHERE report = :report "
        "OR report IN (SELECT id FROM reports WHERE merged_into = :report) LIMIT 1",
        {"report": report},
    )
    return row is not None


def of_person(tx: Transaction, report: int, person: int) -> bool:
    """Whether that person does not want it there."""
    row = tx.one("SELECT 1 FROM public_report_objections WHERE report = ? AND person = ?", (report, person))
    return row is not None


def forget(tx: Transaction, report: int, person: int) -> None:
    """They have nothing to do with it any more."""
    withdraw(tx, report, person)
