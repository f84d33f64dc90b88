"""Conversations about somebody, in chats of others: an answer that staff wrote, a report written down for them.

Each question in one shows what it is about, with its words. What it is about stands in the draft by number; an emptied
draft keeps that, for as long as the conversation is kept.
"""

import json
from collections.abc import Collection
from typing import Any

from storage.core.conversations import about, emptied
from storage.core.database import Transaction


def concerning(tx: Transaction, own: Collection[str], others: Collection[str]) -> list[str]:
    """Conversations about what is theirs (`own`), and those of the team about what is somebody else's and has words
    of theirs in it (`others`); as messages name them. To be read beside the bot: it looks through all there are."""
    theirs, shared = set(own), set(others)
    team = {row["person"] for row in tx.query("SELECT DISTINCT person FROM roles")}
    found = []
    for row in tx.query("SELECT id, person, draft FROM conversations WHERE draft <> '{}' ORDER BY id"):
        things = about(json.loads(row["draft"]))
        if things & theirs or (row["person"] in team and things & shared):
            found.append(f"conversation:{row['id']}")
    return found


def empty_ended(tx: Transaction, talks: Collection[str]) -> None:
    """What was written in these, as messages name them, says nothing any more where it has ended."""
    for name in talks:
        number = int(name.removeprefix("conversation:"))
        row: Any = tx.one("SELECT draft FROM conversations WHERE id = ? AND state = 'ended'", (number,))
        if row is not None:
            tx.execute("UPDATE conversations SET draft = ? WHERE id = ?", (emptied(row["draft"]), number))
