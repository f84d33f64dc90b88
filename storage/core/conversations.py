"""Where a person stands in a flow, with what they have said in it so far."""

import json
import sqlite3
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any

from domain.core.stored import Stored, known
from storage.core.database import Transaction
from storage.core.instants import to_text


class ConversationState(Stored, StrEnum, kept_in="conversations.state"):
    """Whether somebody is in it. Parked: another one came between."""

    OPEN = "open"
    PARKED = "parked"
    ENDED = "ended"


@dataclass
class Conversation:
    """One run of one flow. `draft` holds the answers given; `card` is the question on the screen."""

    id: int
    chat: int
    person: int
    flow: str
    step: str
    draft: dict[str, Any] = field(default_factory=dict)
    state: str = ConversationState.OPEN
    card: int | None = None


ABOUT = "_about"
"""Where a draft says what was made of it, as messages name it: a list."""
_THINGS = {"report": "report", "_told": "report", "repair": "repair", "pledge": "pledge", "_pledge": "pledge"}
"""Where a draft says by number what it is about."""
_COLUMNS = "id, chat, person, flow, step, draft, state, card"


def _conversation(row: sqlite3.Row) -> Conversation:
    values = dict(row)
    values["draft"] = json.loads(values["draft"])
    values["state"] = known(values["state"], ConversationState.PARKED if values["draft"] else ConversationState.ENDED)
    return Conversation(**values)


def open_one(tx: Transaction, chat: int, person: int) -> Conversation | None:
    """The conversation a person is in, in that chat, or None."""
    return tx.one_as(
        _conversation,
        f"SELECT {_COLUMNS} FROM conversations WHERE chat = ? AND person = ? AND state = 'open'",
        (chat, person),
    )


def by_id(tx: Transaction, conversation: int) -> Conversation | None:
    """One conversation in whatever state, or None."""
    return tx.one_as(_conversation, f"SELECT {_COLUMNS} FROM conversations WHERE id = ?", (conversation,))


def last_parked(tx: Transaction, chat: int, person: int) -> Conversation | None:
    """The conversation most recently put aside for another one, or None."""
    return tx.one_as(
        _conversation,
        f"SELECT {_COLUMNS} FROM conversations WHERE chat = ? AND person = ? AND state = 'parked' "
        "ORDER BY id DESC LIMIT 1",
        (chat, person),
    )


def parked_beyond(tx: Transaction, chat: int, person: int, most: int) -> list[Conversation]:
    """What somebody has put aside in a chat beyond the newest `most`, the oldest first."""
    rows = tx.query(
        f"SELECT {_COLUMNS} FROM conversations WHERE chat = ? AND person = ? AND state = 'parked' ORDER BY id DESC",
        (chat, person),
    )[most:]
    return [_conversation(row) for row in reversed(rows)]


def of_flow(tx: Transaction, chat: int, person: int, flow: str) -> list[Conversation]:
    """A person's conversations of one flow that have not ended, the newest first."""
    # Each state has an index of its own, which "either of them" would not use.
    one = f"SELECT {_COLUMNS} FROM conversations WHERE chat = :chat AND person = :person AND flow = :flow AND state = "
    rows = tx.query(
        f"{one} 'open' UNION ALL {one} 'parked' ORDER BY id DESC", {"chat": chat, "person": person, "flow": flow}
    )
    return [_conversation(row) for row in rows]


def open_in_private(tx: Transaction, since: datetime, until: datetime, after: int, limit: int) -> list[Conversation]:
    """Open ones in private chats that were last touched between `since` and `until`, by id behind `after`."""
    return tx.query_as(
        _conversation,
        f"SELECT {_COLUMNS} FROM conversations WHERE state = 'open' AND touched_at >= ? AND touched_at < ? AND id > ? "
        "AND chat IN (SELECT id FROM chats WHERE kind = 'private') ORDER BY id LIMIT ?",
        (to_text(since), to_text(until), after, limit),
    )


def begin(tx: Transaction, chat: int, person: int, flow: str, step: str, draft: dict[str, Any]) -> Conversation:
    """Open a conversation; the one that is open is parked."""
    tx.execute(
        "UPDATE conversations SET state = 'parked' WHERE chat = ? AND person = ? AND state = 'open'", (chat, person)
    )
    number = tx.insert(
        "INSERT INTO conversations (chat, person, flow, step, draft, state, touched_at) "
        "VALUES (?, ?, ?, ?, ?, 'open', ?)",
        (chat, person, flow, step, json.dumps(draft, ensure_ascii=False), to_text(tx.now)),
    )
    return Conversation(number, chat, person, flow, step, draft)


def save(tx: Transaction, conversation: Conversation) -> None:
    """Keep where it stands now."""
    tx.execute(
        "UPDATE conversations SET step = ?, draft = ?, state = ?, card = ?, touched_at = ? WHERE id = ?",
        (
            conversation.step,
            json.dumps(conversation.draft, ensure_ascii=False),
            conversation.state,
            conversation.card,
            to_text(tx.now),
            conversation.id,
        ),
    )


def empty_ended(tx: Transaction, older_than: timedelta, limit: int) -> int:
    """Empty the drafts of conversations that ended so long ago: what was sent is elsewhere. Returns how many.

    What they were about stays, by number: their messages are found by it when somebody is forgotten.
    """
    rows = tx.query(
        "SELECT id, draft FROM conversations WHERE state = 'ended' AND draft <> '{}' AND draft NOT LIKE ? "
        "AND touched_at < ? LIMIT ?",
        (f'{{"{ABOUT}": [%', to_text(tx.now - older_than), limit),
    )
    tx.many("UPDATE conversations SET draft = ? WHERE id = ?", [(emptied(row["draft"]), row["id"]) for row in rows])
    return len(rows)


def about(draft: dict[str, Any]) -> set[str]:
    """What a conversation is about, as messages name it."""
    named = {f"{kind}:{draft[key]}" for key, kind in _THINGS.items() if draft.get(key)}
    return named | set(draft.get(ABOUT, ()))


def emptied(draft: str) -> str:
    """A draft without its words."""
    things = sorted(about(json.loads(draft)))
    return json.dumps({ABOUT: things}) if things else "{}"


def forget_ended(tx: Transaction, older_than: timedelta, limit: int) -> int:
    """Delete conversations that ended so long ago: nobody can go on with one. Returns how many."""
    return tx.execute(
        "DELETE FROM conversations WHERE id IN "
        "(SELECT id FROM conversations WHERE state = 'ended' AND touched_at < ? LIMIT ?)",
        (to_text(tx.now - older_than), limit),
    ).rowcount
