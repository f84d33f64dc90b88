"""What became of a call: Telegram's answer, or its refusal, as an outcome for the row that was sent."""

import json
import sqlite3
from dataclasses import dataclass
from typing import Any

from bot.kit.request import Refused
from bot.sending.refusals import About, about
from storage.core.outbox import Action


@dataclass(frozen=True)
class Outcome:
    """What became of a row. `kind`: sent, not_sent, uncertain, retry (in `seconds`), backoff, refused, unreachable,
    closed (the chat may not be written to for now), not_now (it may, but takes no such files, no changes, or nothing
    outside of topics), no_file (this file cannot be sent), migrated, topic_made (`thread_id`; the row itself comes
    next), card_gone, topic_gone, reply_gone (what it replies to), too_old (to be deleted), no_text (to be changed),
    unwanted (they let no voice messages in), pointless (nothing left to do and no harm)."""

    kind: str
    result: Any = None
    thread_id: int | None = None
    seconds: float = 0.0
    reason: str = ""


_KINDS = {
    # The token is not accepted. Nothing is wrong with the message; polling tells the operator.
    About.BOT: "not_sent",
    About.SERVERS: "backoff",
    About.NOBODY: "unreachable",
    About.CHAT: "closed",
    About.MEDIA: "not_now",
    About.FILE: "no_file",
    About.TOPIC: "topic_gone",
    About.UNWANTED: "unwanted",
    About.NOTHING: "pointless",
    About.MESSAGE: "refused",
}


def subject_of(error: Refused, method: str, is_private: bool) -> About:
    """What the refusal of a call of `method` is about."""
    return about(error.code, error.description, method, is_private=is_private, moved=error.migrated_to is not None)


def refused(row: sqlite3.Row, method: str, error: Refused, *, is_private: bool, has_file: bool) -> Outcome:
    """What Telegram's refusal of this row comes to."""
    reason, what = error.description, subject_of(error, method, is_private)
    if "there is no text in the message to edit" in reason.lower() and _says_otherwise(row):
        return Outcome("no_text", reason=reason)
    if _replies(row, method) and any(words in reason.lower() for words in _NO_SUCH_REPLY):
        return Outcome("reply_gone", reason=reason)
    if row["action"] == Action.PIN and any(
        words in reason.lower() for words in ("not enough rights", "admin_required")
    ):
        return Outcome("not_now", reason=reason)  # a right that comes back; what is pinned is to be found then
    match what:
        case About.LIMIT:
            return Outcome("retry", seconds=error.retry_after or 1.0, reason=reason)
        case About.MOVED:
            return Outcome("migrated", result=error.migrated_to, reason=reason)
        case About.DONE:
            return Outcome("sent", result=True)
        case About.CARD:
            is_card = row["card"] is not None and row["action"] != Action.TAKE_BACK
            return Outcome("card_gone" if is_card else "pointless", reason=reason)
        case About.TOO_OLD:
            return Outcome("too_old" if _says_otherwise(row) else "pointless", reason=reason)
        case About.TOPIC if row["topic"] is None and row["thread"] is None:
            return Outcome("not_now", reason=reason)  # General is closed; other topics may be open
        case About.CHAT if method.lower().startswith(("edit", "delete")):
            return Outcome("not_now", reason=reason)  # whether anything may be written there, new messages tell
        case About.CHAT if not method.lower().startswith("send"):
            return Outcome("refused", reason=reason)  # command lists, say
        case About.MEDIA if not has_file:
            return Outcome("closed", reason=reason)
        case About.FILE if not has_file:
            return Outcome("refused", reason=reason)
    return Outcome(_KINDS[what], reason=reason)


_NO_SUCH_REPLY = ("message to be replied not found", "message_id_invalid", "reply_to_invalid")
"""Said although it may be sent without the reply: what is quoted is gone, or in a topic that is."""


def _replies(row: sqlite3.Row, method: str) -> bool:
    """Whether it is a new message that replies to another."""
    replies = row["reply_to"] is not None or row["reply_to_card"] is not None
    return replies and method.lower().startswith("send")


def _says_otherwise(row: sqlite3.Row) -> bool:
    """Whether what cannot be deleted is to say something else instead."""
    return row["action"] == Action.TAKE_BACK or (
        row["action"] in (Action.DELETE, Action.DELETE_MANY) and "otherwise" in json.loads(row["content"])
    )
