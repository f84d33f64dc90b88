"""Who stands behind a voice: its reporter, and those who joined it."""

from storage.core.database import Transaction
from storage.core.instants import to_text

SPOKE = (
    "WITH together AS (SELECT :voice AS id UNION SELECT id FROM voices WHERE merged_into = :voice), "
    "spoke AS (SELECT voices.person AS person FROM together JOIN voices ON voices.id = together.id "
    "UNION SELECT supports.person FROM together JOIN supports ON supports.voice = together.id)"
)


def add(tx: Transaction, voice: int, person: int) -> bool:
    """Keep that somebody joined; False when they had before."""
    return (
        tx.execute(
            "INSERT INTO supports (voice, person, created_at) VALUES (?, ?, ?) ON CONFLICT DO NOTHING",
            (voice, person, to_text(tx.now)),
        ).rowcount
        > 0
    )


def remove(tx: Transaction, voice: int, person: int) -> bool:
    """They no longer join it; False when they did not."""
    return tx.execute("DELETE FROM supports WHERE voice = ? AND person = ?", (voice, person)).rowcount > 0


def behind(tx: Transaction, voice: int) -> int:
    """How many people stand behind it: its reporter and those who joined, also of what was merged into it."""
    row = tx.one(f"{SPOKE} SELECT count(*) AS n FROM spoke", {"voice": voice})
    assert row is not None
    return int(row["n"])


def concerns(tx: Transaction, voice: int, person: int) -> bool:
    """Whether somebody is among them."""
    return concerned(tx, voice, person - 1, 1) == [person]


def joined(tx: Transaction, voice: int, person: int) -> bool:
    """Whether somebody has joined it."""
    return tx.one("SELECT 1 FROM supports WHERE voice = ? AND person = ?", (voice, person)) is not None


def first_other(tx: Transaction, voice: int, than: int) -> int | None:
    """Who of those concerned would stand for it without `than`: who joined first, else who reported what was merged."""
    row = tx.one(
        "SELECT person FROM supports WHERE voice = :voice AND person <> :than ORDER BY created_at, person LIMIT 1",
        {"voice": voice, "than": than},
    )
    if row is not None:
        return int(row["person"])
    return next((person for person in concerned(tx, voice) if person != than), None)


def without_telegram(tx: Transaction, voice: int) -> int:
    """How many of everybody who spoke about it have no chat with the bot, so that somebody has to tell them."""
    row = tx.one(
        f"{SPOKE} SELECT count(*) AS n FROM spoke JOIN people ON people.id = spoke.person "
        "WHERE people.telegram_id IS NULL OR NOT people.started",
        {"voice": voice},
    )
    assert row is not None
    return int(row["n"])


def closed_to_us(tx: Transaction, voice: int) -> int:
    """How many of them can be written to no more: they blocked the bot, or left Telegram."""
    row = tx.one(
        f"{SPOKE} SELECT count(*) AS n FROM spoke JOIN people ON people.id = spoke.person "
        "JOIN chats ON chats.telegram_id = people.telegram_id WHERE people.started AND chats.unreachable IS NOT NULL",
        {"voice": voice},
    )
    assert row is not None
    return int(row["n"])


def concerned(tx: Transaction, voice: int, after: int = 0, limit: int = 1_000_000) -> list[int]:
    """Everybody who spoke about it: reporters and those who joined, also of what was merged into it.

    Ids of people, each once, in order of id; `after` and `limit` page through them.
    """
    rows = tx.query(
        f"{SPOKE} SELECT person FROM spoke WHERE person > :after ORDER BY person LIMIT :limit",
        {"voice": voice, "after": after, "limit": limit},
    )
    return [int(row["person"]) for row in rows]
