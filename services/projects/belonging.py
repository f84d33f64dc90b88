"""Who was told that a report of theirs is in a project: each person once, however many reports they stand behind."""

from storage.core.database import Transaction
from storage.projects import members


def tell_next(tx: Transaction, project: int, limit: int) -> list[tuple[int, int]]:
    """The next people to be told, each with a report they stand behind, by our numbers; from now on they were told."""
    found = members.not_told(tx, project, limit)
    members.note_told(tx, project, [person for person, _ in found])
    return found


def has_gone(tx: Transaction, project: int, person: int) -> bool:
    """Whether somebody was told that they belong to it and do so no more; put in again, they are told again."""
    return not members.concerns(tx, project, person) and members.forget_told(tx, project, person)
