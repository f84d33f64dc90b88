"""What was taken away in this transaction, on its way to the file beside the database (taken_away_file.py).

A row is written with what takes away and stays until the file has it. What the same update wants to send waits as long
(`Transaction.holds`): nobody reads "done" of what a restore could give back.
"""

import hashlib
import hmac
import json
import secrets
import sqlite3
from datetime import UTC, datetime

from domain.operations.taken_away import Line, Taken
from storage.core import dialect, settings
from storage.core.database import Transaction
from storage.core.instants import to_text
from storage.core.settings import SettingKey

SIGNAL = "taken_away"
HELD_UNTIL = to_text(datetime(9999, 12, 31, tzinfo=UTC))
"""Until when a row of the outbox is held whose time comes with the file."""
KEY = SettingKey.TAKEN_AWAY_KEY
_LENGTH = 32


def key(tx: Transaction) -> str:
    """The secret by which people and links are hashed; made once for each database, copied with its backups."""
    known = settings.get(tx, KEY)
    if known is None:
        known = secrets.token_hex(32)
        settings.put(tx, KEY, known)
    return known


def hashed(secret: str, value: str) -> str:
    """A keyed hash: who has only the file learns nobody's number and no link by it."""
    return hmac.new(bytes.fromhex(secret), value.encode(), hashlib.sha256).hexdigest()[:_LENGTH]


def name_of(secret: str) -> str:
    """What a key is called in the file, so that lines of another database's are known as such."""
    return hashed(secret, "name")[:16]


def who(secret: str, telegram_id: int) -> str:
    """A person, as the file names them."""
    return hashed(secret, f"person:{telegram_id}")


def without_telegram(secret: str, person: int, since: str) -> str:
    """Somebody without Telegram: by our number and since when we know them, for numbers may be given again."""
    return hashed(secret, f"without:{person}:{since}")


def everybody(tx: Transaction) -> dict[str, int]:
    """Everybody the database knows, as the file names them, with our number of them."""
    secret = key(tx)
    rows = tx.query("SELECT id, telegram_id, created_at FROM people WHERE forgotten_at IS NULL")
    return {_named(secret, row): int(row["id"]) for row in rows}


def note_forgotten(tx: Transaction, person: int) -> None:
    """Somebody is forgotten, with Telegram or without."""
    row = tx.one("SELECT id, telegram_id, created_at FROM people WHERE id = ?", (person,))
    assert row is not None
    note(tx, Taken.FORGOTTEN, who=_named(key(tx), row))


def _named(secret: str, row: sqlite3.Row) -> str:
    if row["telegram_id"] is not None:
        return who(secret, int(row["telegram_id"]))
    return without_telegram(secret, int(row["id"]), row["created_at"])


def link(secret: str, code: str) -> str:
    """A one-time link, as the file names it."""
    return hashed(secret, f"link:{code}")


def note(tx: Transaction, kind: Taken, **data: str | int) -> None:
    """Something was taken away; what this update sends from here on waits for the file."""
    tx.execute(
        "INSERT INTO taken_away (at, kind, data) VALUES (?, ?, ?)", (to_text(tx.now), kind.value, json.dumps(data))
    )
    tx.holds = True
    tx.signal(SIGNAL)


def note_of(tx: Transaction, kind: Taken, person: int, **data: str | int) -> None:
    """As `note`, of a person. Nothing for people without Telegram: they have no role, no link and no block."""
    row = tx.one("SELECT telegram_id FROM people WHERE id = ?", (person,))
    if row is not None and row["telegram_id"] is not None:
        note(tx, kind, who=who(key(tx), int(row["telegram_id"])), **data)


def note_link(tx: Transaction, code: str) -> None:
    """A one-time link counts no longer."""
    note(tx, Taken.LINK_ENDED, link=link(key(tx), code))


def waiting(tx: Transaction) -> list[Line]:
    """What the file does not have yet, as far as we know."""
    rows = tx.query("SELECT id, at, kind, data FROM taken_away ORDER BY id")
    name = name_of(key(tx))
    return [Line(row["id"], row["at"], row["kind"], name, json.loads(row["data"])) for row in rows]


def written(tx: Transaction, up_to: int) -> bool:
    """The file has all lines up to that number; what was held is let go. False when more has come meanwhile."""
    tx.execute("DELETE FROM taken_away WHERE id <= ?", (up_to,))
    if tx.one("SELECT 1 FROM taken_away LIMIT 1") is not None:
        return False
    let_go = tx.execute(
        "UPDATE outbox SET state = 'pending', not_before = NULL WHERE state = 'waiting' AND not_before = ?",
        (HELD_UNTIL,),
    )
    if let_go.rowcount:
        tx.signal("outbox")
    return True


def last(tx: Transaction) -> int:
    """The number of the newest line this database has ever had."""
    return dialect.last_number(tx, "taken_away")


def go_on_behind(tx: Transaction, number: int) -> None:
    """The next line has a greater number than that, as those of the file have."""
    if last(tx) < number:
        dialect.count_on_from(tx, "taken_away", number)
