"""Who was not here for long, and has nothing here: neither words nor anything open, no right and no duty."""

import json
from collections.abc import Collection

from storage.core import dialect
from storage.core.database import Transaction

START = ("", 0)
_HAVE_SOMETHING = (
    "reports WHERE person = people.id",
    "supports WHERE person = people.id",
    "report_parts WHERE person = people.id",
    "repairs WHERE person = people.id AND wordless_at IS NULL",
    "repairs WHERE asked_by = people.id AND wordless_at IS NULL",
    "repairs WHERE taker = people.id AND wordless_at IS NULL",
    "pledges WHERE person = people.id",
    "pledges WHERE keeper = people.id",
    "roles WHERE person = people.id",
    "volunteers WHERE person = people.id AND state <> 'left'",
    "project_leads WHERE person = people.id",
    "blocks WHERE person = people.id",
)
"""Each is looked up by an index. Of a report or repair whose words are gone nobody is known any more."""


def next_ones(tx: Transaction, before: str, after: tuple[str, int], limit: int) -> list[tuple[str, int]]:
    """People who were last here before that day, behind `after`: that day and their number, in this order."""
    rows = tx.query(
        f"SELECT seen_on, id FROM {dialect.read_by('people_away', 'people')} WHERE forgotten_at IS NULL "
        "AND seen_on <> '' AND seen_on < :before AND (seen_on, id) > (:on, :id) ORDER BY seen_on, id LIMIT :limit",
        {"before": before, "on": after[0], "id": after[1], "limit": limit},
    )
    return [(row["seen_on"], row["id"]) for row in rows]


def with_nothing(tx: Transaction, people: Collection[int]) -> list[int]:
    """Those of these of whom nothing is kept but what they are known by."""
    nothing = " AND ".join(f"NOT EXISTS (SELECT 1 FROM {each})" for each in _HAVE_SOMETHING)
    return tx.ids(
        f"SELECT id FROM people WHERE id IN (SELECT value FROM {dialect.each(':people', 'chosen')}) AND {nothing} "
        "ORDER BY id",
        {"people": json.dumps(list(people))},
    )
