"""Whatever is done twice, because the program died in between, is done once in Telegram; and what stays is counted."""

import json
from typing import Any

import pytest

from bot.background.forgetting import ForgettingOutside
from handlers.kit.update_context import Setup
from services.personal_data import outside
from services.reports.submitting import NewReport, submit
from storage.core import chats, messages, sends, settings
from storage.core.database import Database, Transaction
from storage.core.settings import SettingKey
from storage.people.people import Person
from storage.personal_data import forgetting
from storage.personal_data.forgetting import Step
from storage.reports.reports import NewPart
from tests.services.personal_data.forgotten import forgotten
from tests.support import Clock, person

WORDS = "The zqlamp is dark"


@pytest.fixture
def worker(database: Database, setup: Setup) -> ForgettingOutside:
    return ForgettingOutside(database, setup)


def said(tx: Transaction, setup: Setup, *, may_delete: bool) -> Person:
    """Somebody reported something; it stands in the group and in their chat."""
    mei, wei = person(tx, "Mei"), person(tx, "Wei", "staff")
    group = chats.meet(tx, -100777, "supergroup", "Staff", False)
    settings.put(tx, SettingKey.STAFF_CHAT, str(group.id))
    chats.set_rights(tx, group.id, frozenset({"delete_messages"} if may_delete else ()))
    report = submit(tx, setup.community, mei, NewReport([NewPart("text", text=WORDS)]))
    own = chats.private_with(tx, mei.id)
    assert own is not None and wei.telegram_id is not None
    for at in range(5):
        messages.keep(tx, group.id, 10 + at, incoming=at == 0, purpose="talk", subject=f"report:{report}")
        messages.keep(tx, own.id, 20 + at, incoming=at == 0, purpose="notice", subject=f"report:{report}")
    return mei


def forget(tx: Transaction, setup: Setup, who: Person) -> int:
    """All that is done in the database; returns the number of the forgetting."""
    forgotten(tx, setup.community, who)
    found = forgetting.of_person(tx, who.id)
    assert found is not None
    return found.id


def to_delete(tx: Transaction) -> list[Any]:
    rows = tx.query("SELECT id, chat, action, content, message FROM outbox WHERE purpose = 'forgotten' ORDER BY id")
    return [dict(row) for row in rows]


def at(tx: Transaction) -> str | None:
    rows = tx.query("SELECT data FROM scheduled_tasks WHERE kind = ?", (outside.KIND,))
    return json.loads(rows[0]["data"]).get("at") if rows else None


async def look(worker: ForgettingOutside, database: Database, clock: Clock) -> str | None:
    """One more look of the worker, a little later; returns where it is."""
    clock.advance(minutes=2)
    await worker._prepare()
    await worker.do_due()
    return await database.read(at)


async def test_done_again_after_a_crash_nothing_is_ordered_twice(
    database: Database, worker: ForgettingOutside, setup: Setup, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    mei = await database.run(lambda tx: said(tx, setup, may_delete=True))
    number = await database.run(lambda tx: forget(tx, setup, mei))

    def dies(*_args: object, **_more: object) -> None:
        raise RuntimeError("killed")

    with monkeypatch.context() as killed:
        killed.setattr(outside, "go_on", dies)
        await look(worker, database, clock)
    before = await database.read(to_delete)
    assert {row["action"] for row in before} == {"delete", "delete_many"} and len(before) > 5
    assert await look(worker, database, clock) == "deleting"
    assert [row["id"] for row in await database.read(to_delete)] == [row["id"] for row in before]

    def delivered(tx: Transaction) -> None:
        for row in to_delete(tx):
            sends.finish(tx, row["id"], "sent")

    assert await look(worker, database, clock) == "deleting", "they are not gone yet"
    await database.run(delivered)
    assert await look(worker, database, clock) == "wiping"
    assert await look(worker, database, clock) == "wiping", "the disk is not wiped yet"
    await database.run(settings.put, SettingKey.WIPED, "9999")
    assert await look(worker, database, clock) == "saying"
    await database.run(delivered)
    assert await look(worker, database, clock) is None
    now = await database.read(forgetting.by_id, number)
    assert now is not None and (now.step, now.chat, now.telegram_id) == (Step.DONE, None, None)
    assert await database.read(to_delete) == []
    rows = await database.read(lambda tx: tx.query("SELECT telegram_id FROM chats WHERE kind = 'private'"))
    assert mei.telegram_id not in [row["telegram_id"] for row in rows]


async def test_what_stays_is_told_to_admins_without_whose_it_was(
    database: Database, worker: ForgettingOutside, setup: Setup, clock: Clock
) -> None:
    admin = await database.run(lambda tx: person(tx, "Ada", "admin"))
    mei = await database.run(lambda tx: said(tx, setup, may_delete=False))
    await database.run(lambda tx: forget(tx, setup, mei))
    await look(worker, database, clock)

    def refused(tx: Transaction) -> None:
        for row in to_delete(tx):
            place = messages.place(tx, row["message"])
            assert place is not None
            stays = place["message_id"] in (10, 20)
            sends.finish(tx, row["id"], "dropped" if stays else "sent", "message can't be edited" if stays else None)

    await database.run(refused)
    await look(worker, database, clock)
    await database.run(settings.put, SettingKey.WIPED, "9999")
    await look(worker, database, clock)

    def read(tx: Transaction) -> dict[int, str]:
        rows = tx.query("SELECT chats.telegram_id AS who, content FROM outbox JOIN chats ON chats.id = chat "
                        "WHERE action = 'message' ORDER BY outbox.id")  # fmt: skip
        return {row["who"]: json.loads(row["content"])["text"] for row in rows}

    told = await database.read(read)
    assert mei.telegram_id is not None and admin.telegram_id is not None
    assert "1 message of yours in this chat" in told[mei.telegram_id]
    assert "1 message in other chats could not be deleted" in told[mei.telegram_id]
    assert "https://t.me/c/777/10" in told[admin.telegram_id]
    assert "Mei" not in told[admin.telegram_id] and "zq" not in told[admin.telegram_id]
