"""Where repairs were, and what was said about them, taken out for good; what became of them stays."""

from collections.abc import Collection

from storage.core.database import Transaction


def of_person(tx: Transaction, person: int, after: int, limit: int) -> list[int]:
    """The repairs somebody needed or asked for, by number behind `after`."""
    return tx.ids(
        "SELECT id FROM repairs WHERE person = :person AND id > :after UNION SELECT id FROM repairs "
        "WHERE asked_by = :person AND id > :after ORDER BY id LIMIT :limit",
        {"person": person, "after": after, "limit": limit},
    )


def for_others(tx: Transaction, person: int) -> list[int]:
    """Of those that are not closed the ones somebody asked for and somebody else needs."""
    return tx.ids(
        "SELECT id FROM repairs WHERE asked_by = ? AND person <> ? AND closed_at IS NULL ORDER BY id", (person, person)
    )


def needed_by(tx: Transaction, person: int, limit: int) -> list[int]:
    """What somebody needs that nobody has repaired yet."""
    return tx.ids(
        "SELECT id FROM repairs WHERE person = ? AND closed_at IS NULL AND state <> 'done' ORDER BY id LIMIT ?",
        (person, limit),
    )


def empty(tx: Transaction, repairs: Collection[int]) -> None:
    """Nobody knows any more where these were and by which number somebody could be rung."""
    tx.many(
        "UPDATE repairs SET address = '', home = NULL, phone = NULL, code = NULL WHERE id = ?",
        [(number,) for number in repairs],
    )


def delete_parts(tx: Transaction, repairs: Collection[int]) -> None:
    """Nothing that was said about these is left, by anybody."""
    tx.many("DELETE FROM repair_parts WHERE repair = ?", [(number,) for number in repairs])


def delete_said_by(tx: Transaction, person: int, but: Collection[int]) -> None:
    """Nothing that somebody said about any repair is left, but for these."""
    marks = ", ".join("?" for _ in but)
    tx.execute(f"DELETE FROM repair_parts WHERE person = ? AND repair NOT IN ({marks})", (person, *but))
