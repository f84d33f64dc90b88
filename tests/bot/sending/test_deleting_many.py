"""Several messages are deleted with one call; where Telegram refuses that, one by one, and what stays says so."""

import json
import sqlite3

from bot.kit.request import Refused
from bot.sending.blank_picture import SIDE, blank_picture
from bot.sending.outcomes import refused
from bot.sending.row_to_call import AS_FILE, Sending, resolve
from storage.core import chats, messages, outbox, sends
from storage.core.database import Database, Transaction
from storage.core.outbox import Action, Outgoing

TOO_OLD = Refused(400, "Bad Request: message can't be deleted for everyone")


def many(tx: Transaction, *message_ids: int) -> sqlite3.Row:
    chat = chats.meet(tx, -100501, "supergroup", "Staff", False)
    numbers = [messages.keep(tx, chat.id, each, incoming=False, purpose="talk") for each in message_ids]
    content = {"messages": numbers, "otherwise": "It was deleted.", "replace": True}
    row = outbox.add(tx, Outgoing(chat.id, Action.DELETE_MANY, content, purpose="forgotten", once="forgetting:1:x"))
    assert row is not None
    found = outbox.by_id(tx, row)
    assert found is not None
    return found


async def test_what_is_refused_together_is_deleted_one_by_one(database: Database) -> None:
    def go(tx: Transaction) -> None:
        row = many(tx, 7, 8)
        sending = resolve(tx, row, {})
        assert isinstance(sending, Sending) and sending.method == "deleteMessages"
        assert sending.parameters == {"chat_id": -100501, "message_ids": [7, 8]}
        assert refused(row, sending.method, TOO_OLD, is_private=False, has_file=False).kind == "too_old"
        for _ in range(2):  # killed in between, it is done once more
            sends.delete_each(tx, row, "too old")
        alone = tx.query("SELECT * FROM outbox WHERE action = 'delete' ORDER BY id")
        calls = [resolve(tx, each, {}) for each in alone]
        assert [(each.method, each.parameters["message_id"]) for each in calls if isinstance(each, Sending)] == [
            ("deleteMessage", 7),
            ("deleteMessage", 8),
        ]

    await database.run(go)


async def test_a_file_that_cannot_be_deleted_becomes_a_blank_one(database: Database) -> None:
    def go(tx: Transaction) -> None:
        sends.delete_each(tx, many(tx, 7), "too old")
        (row,) = tx.query("SELECT * FROM outbox WHERE action = 'delete'")
        sends.cannot_be_deleted(tx, row["id"], "no text", AS_FILE)
        now = outbox.by_id(tx, row["id"])
        assert now is not None
        sending = resolve(tx, now, {})
        assert isinstance(sending, Sending) and sending.method == "editMessageMedia"
        assert sending.parameters["media"] == {
            "type": "photo", "media": "attach://photo", "caption": "It was deleted.", "parse_mode": "HTML",
        }  # fmt: skip
        assert sending.blank and sending.file_field == "photo"
        assert json.loads(now["content"])["too_late"] == AS_FILE

    await database.run(go)
    assert blank_picture().startswith(b"\x89PNG") and SIDE.to_bytes(4, "big") in blank_picture()[:24]
