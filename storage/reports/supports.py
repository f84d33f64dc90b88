"""Who stands behind a report: its reporter, and those who joined it."""

from storage.core.database import Transaction
from storage.core.instants import to_text

SPOKE = (
    "WITH together AS (SELECT :report AS id UNION SELECT id FROM reports WHERE merged_into = :report), "
    "spoke AS (SELECT reports.person AS person FROM together JOIN reports ON reports.id = together.id "
    "UNION SELECT supports.person FROM together JOIN supports ON supports.report = together.id)"
)


def add(tx: Transaction, report: int, person: int) -> bool:
    """Keep that somebody joined; False when they had before."""
    return (
        tx.execute(
            "INSERT INTO supports (report, person, created_at) VALUES (?, ?, ?) ON CONFLICT DO NOTHING",
            (report, person, to_text(tx.now)),
        ).rowcount
        > 0
    )


def remove(tx: Transaction, report: int, person: int) -> bool:
    """They no longer join it; False when they did not."""
    return tx.execute("DELETE FROM supports WHERE report = ? AND person = ?", (report, person)).rowcount > 0


def behind(tx: Transaction, report: int) -> int:
    """How many people stand behind it: its reporter and those who joined, also of what was merged into it."""
    return tx.number(f"{SPOKE} SELECT count(*) FROM spoke", {"report": report})


def concerns(tx: Transaction, report: int, person: int) -> bool:
    """Whether somebody is among them."""
    return concerned(tx, report, person - 1, 1) == [person]


def joined(tx: Transaction, report: int, person: int) -> bool:
    """Whether somebody has joined it."""
    return tx.one("SELECT 1 FROM supports WHERE report = ? AND person = ?", (report, person)) is not None


def first_other(tx: Transaction, report: int, than: int) -> int | None:
    """Who of those concerned would stand for it without `than`: who joined first, else who reported what was merged."""
    row = tx.one(
        "SELECT person FROM supports WHERE report = :report AND person <> :than ORDER BY created_at, person LIMIT 1",
        {"report": report, "than": than},
    )
    if row is not None:
        return int(row["person"])
    return next((person for person in concerned(tx, report) if person != than), None)


def without_telegram(tx: Transaction, report: int) -> int:
    """How many of everybody who spoke about it have no chat with the bot, so that somebody has to tell them."""
    return tx.number(
        f"{SPOKE} SELECT count(*) FROM spoke JOIN people ON people.id = spoke.person "
        "WHERE people.forgotten_at IS NULL AND (people.telegram_id IS NULL OR NOT people.started)",
        {"report": report},
    )


def closed_to_us(tx: Transaction, report: int) -> int:
    """How many of them can be written to no more: they blocked the bot, or left Telegram."""
    return tx.number(
        f"{SPOKE} SELECT count(*) FROM spoke JOIN people ON people.id = spoke.person "
        "JOIN chats ON chats.telegram_id = people.telegram_id WHERE people.started AND chats.unreachable IS NOT NULL",
        {"report": report},
    )


def concerned(tx: Transaction, report: int, after: int = 0, limit: int = 1_000_000) -> list[int]:
    """Everybody who spoke about it: reporters and those who joined, also of what was merged into it.

    Ids of people, each once, in order of id; `after` and `limit` page through them.
    """
    rows = tx.query(
        f"{SPOKE} SELECT person FROM spoke WHERE person > :after ORDER BY person LIMIT :limit",
        {"report": report, "after": after, "limit": limit},
    )
    return [int(row["person"]) for row in rows]
