"""To whom something is said that is said to everybody in a project: those behind its reports, each with a report that
they know: their own or the one they joined, also where it is part of another by now."""

from dataclasses import dataclass

from storage.core.database import Transaction

_KNOWN = (
    "WITH inside AS (SELECT id FROM reports WHERE project = :project), "
    "together AS (SELECT id FROM inside UNION ALL "
    "SELECT reports.id FROM inside JOIN reports ON reports.merged_into = inside.id), "
    "known AS (SELECT reports.person AS person, together.id AS report FROM together "
    "JOIN reports ON reports.id = together.id UNION ALL "
    "SELECT supports.person, together.id FROM together JOIN supports ON supports.report = together.id)"
)


@dataclass(frozen=True)
class Reach:
    """Of those in a project: how many can be written to, by their language; how many blocked the bot or left Telegram
    (`closed`); and how many are `without` Telegram, so that somebody has to tell them."""

    by_language: dict[str, int]
    closed: int
    without: int

    @property
    def count(self) -> int:
        """How many can be written to."""
        return sum(self.by_language.values())


def page(tx: Transaction, project: int, after: int, limit: int) -> list[tuple[int, int]]:
    """The next people with Telegram behind the person `after`, each once, with the oldest report of the project that
    they know."""
    return _page(tx, project, after, limit, "people.telegram_id IS NOT NULL")


def without_telegram(tx: Transaction, project: int, after: int, limit: int) -> list[tuple[int, int]]:
    """As `page`: those without Telegram."""
    return _page(tx, project, after, limit, "people.telegram_id IS NULL AND people.forgotten_at IS NULL")


def _page(tx: Transaction, project: int, after: int, limit: int, which: str) -> list[tuple[int, int]]:
    rows = tx.query(
        f"{_KNOWN} SELECT person, min(report) AS report FROM known JOIN people ON people.id = known.person "
        f"WHERE person > :after AND {which} GROUP BY person ORDER BY person LIMIT :limit",
        {"project": project, "after": after, "limit": limit},
    )
    return [(int(row["person"]), int(row["report"])) for row in rows]


def of_report(tx: Transaction, report: int) -> list[tuple[int, int]]:
    """As `page`: those behind one report that is in a project, also by what is part of it."""
    rows = tx.query(
        "WITH together AS (SELECT id FROM reports WHERE id = :report OR merged_into = :report), "
        "known AS (SELECT reports.person AS person, together.id AS report FROM together "
        "JOIN reports ON reports.id = together.id UNION ALL "
        "SELECT supports.person, together.id FROM together JOIN supports ON supports.report = together.id) "
        "SELECT person, min(report) AS report FROM known JOIN people ON people.id = known.person "
        "WHERE people.telegram_id IS NOT NULL GROUP BY person ORDER BY person",
        {"report": report},
    )
    return [(int(row["person"]), int(row["report"])) for row in rows]


def reach(tx: Transaction, project: int) -> Reach:
    """How many of them can be reached, and how."""
    rows = tx.query(
        f"{_KNOWN}, everybody AS (SELECT DISTINCT person FROM known) "
        "SELECT people.language, people.telegram_id IS NULL AS without, "
        "NOT people.started OR chats.id IS NULL OR chats.unreachable IS NOT NULL AS closed, count(*) AS count "
        "FROM everybody JOIN people ON people.id = everybody.person "
        "LEFT JOIN chats ON chats.telegram_id = people.telegram_id WHERE people.forgotten_at IS NULL "
        "GROUP BY people.language, without, closed",
        {"project": project},
    )
    by_language: dict[str, int] = {}
    closed = without = 0
    for row in rows:
        if row["without"]:
            without += row["count"]
        elif row["closed"]:
            closed += row["count"]
        else:
            by_language[row["language"]] = by_language.get(row["language"], 0) + row["count"]
    return Reach(by_language, closed, without)
