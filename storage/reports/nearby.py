"""The words of open reports by where they are and what kind they are of: which of thousands might be about the same."""

import json
from collections.abc import Collection

from storage.core import dialect
from storage.core.database import Transaction

NEWEST = 8
"""Of those in one place that share a word only so many are looked at: what everybody says finds hardly anybody."""
_PLACES, _WORDS = dialect.each(":places", "places"), dialect.each(":words", "words")


def area(code: str) -> str:
    """The place of reports in that area itself."""
    return f"area:{code}"


def kind(code: str) -> str:
    """The place of reports of that kind, wherever they are."""
    return f"kind:{code}"


def put(tx: Transaction, report: int, places: Collection[str], words: Collection[str]) -> None:
    """An open report is found by these words in these places from now on, and by no others."""
    forget(tx, report)
    tx.execute(
        "INSERT INTO nearby_words (place, word, report) SELECT places.value, words.value, :report "
        f"FROM {_PLACES} CROSS JOIN {_WORDS}",
        {"report": report, "places": json.dumps(list(places)), "words": json.dumps(list(words))},
    )


def forget(tx: Transaction, report: int) -> None:
    """It is closed, or nobody may be offered it."""
    tx.execute("DELETE FROM nearby_words WHERE report = ?", (report,))


def sharing(tx: Transaction, places: Collection[str], words: Collection[str], before: int, limit: int) -> list[int]:
    """Reports in these places with a smaller number that share these words: most of them, and those that few have."""
    rows = tx.query(
        "WITH looked_up AS MATERIALIZED (SELECT places.value AS place, words.value AS word, "
        "(SELECT report FROM nearby_words WHERE place = places.value AND word = words.value AND report < :before "
        "ORDER BY report DESC LIMIT 1 OFFSET :newest) AS cut "
        f"FROM {_PLACES} CROSS JOIN {_WORDS}) "
        f"SELECT found.report FROM looked_up {dialect.IN_THIS_ORDER} nearby_words AS found "
        "ON found.place = looked_up.place AND found.word = looked_up.word "
        "AND found.report < :before AND found.report > coalesce(looked_up.cut, 0) "
        "GROUP BY found.report ORDER BY sum(CASE WHEN cut IS NULL THEN 3 ELSE 1 END) DESC, found.report DESC "
        "LIMIT :limit",
        {
            "places": json.dumps(list(places)),
            "words": json.dumps(list(words)),
            "newest": NEWEST - 1,
            "before": before,
            "limit": limit,
        },
    )
    return [int(row["report"]) for row in rows]
