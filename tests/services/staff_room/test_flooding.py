"""What one person makes the staff group read: counted by the hour, whatever it is about; past the bound it waits."""

from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import pytest

from domain.people.rights import NotAllowed, Role
from handlers.kit.update_context import Setup
from handlers.staff_room import flooding as shown
from services.staff_room import flooding
from storage.core import chats, folded_messages, outbox, scheduled_tasks, settings
from storage.core.database import Database, Transaction
from storage.core.messages import CardRole
from storage.core.outbox import NEW, Lane, Outgoing
from tests.support import Clock, outbox_of, person

MOST = 3


@dataclass
class Place:
    database: Database
    setup: Setup
    clock: Clock


@pytest.fixture
async def place(database: Database, setup: Setup, clock: Clock, notices: None) -> Place:
    few = replace(setup.community, care=replace(setup.community.care, writes_a_lot=MOST))
    database.fold = flooding.fold(few)

    def staff(tx: Transaction) -> None:
        settings.put(tx, "staff_chat", str(chats.meet(tx, -100900, "supergroup", "Staff", True).id))

    await database.run(staff)
    return Place(database, setup, clock)


def group(tx: Transaction) -> int:
    chat = settings.staff_chat(tx)
    assert chat is not None
    return chat


def writes(tx: Transaction, who: int, times: int, chat: int | None = None, **more: Any) -> list[str]:
    """What becomes of so many messages that somebody causes: the states of their rows."""
    tx.answering = who
    row = Outgoing(**{"chat": chat or group(tx), "action": "message", "content": {"text": "x"}, **more})
    numbers = [outbox.add(tx, row) for _ in range(times)]
    states = {each["id"]: each["state"] for each in outbox_of(tx)}
    return [states[number] for number in numbers if number is not None]


@pytest.mark.parametrize("action", sorted(NEW))
@pytest.mark.parametrize("subject", ["report:1", "repair:2", "pledge:3", "person:4", None])
async def test_whatever_is_new_in_the_group_counts_and_waits_past_the_bound(
    place: Place, action: str, subject: str | None
) -> None:
    def look(tx: Transaction) -> None:
        ann, bo = person(tx, "Ann").id, person(tx, "Bo").id
        assert writes(tx, ann, MOST + 2, action=action, subject=subject) == ["pending"] * MOST + ["folded"] * 2
        assert writes(tx, bo, 1, action=action, subject=subject) == ["pending"], "and of somebody else it does not"
        assert scheduled_tasks.planned(tx, f"{flooding.KIND}:{ann}") == tx.now

    await place.database.run(look)


async def test_what_is_no_news_is_danger_or_goes_elsewhere_never_waits(place: Place) -> None:
    def look(tx: Transaction) -> None:
        ann = person(tx, "Ann").id
        other = chats.meet(tx, -100901, "supergroup", "Garden", False).id
        assert set(writes(tx, ann, MOST + 5, chat=other)) == {"pending"}
        assert set(writes(tx, ann, MOST + 5, lane=Lane.URGENT)) == {"pending"}
        for action in ("edit", "delete", "unbutton", "react"):
            assert set(writes(tx, ann, MOST + 5, action=action)) == {"pending"}
        assert writes(tx, ann, 1) == ["pending"], "and none of it was counted"

    await place.database.run(look)


async def test_staff_write_as_much_as_they_like_and_so_does_the_program(place: Place) -> None:
    def look(tx: Transaction) -> None:
        staff = person(tx, "Wei", Role.STAFF).id
        assert set(writes(tx, staff, MOST + 5)) == {"pending"}
        tx.answering = None
        for _ in range(MOST + 5):
            outbox.add(tx, Outgoing(chat=group(tx), action="message", content={"text": "x"}))
        assert {row["state"] for row in outbox_of(tx)} == {"pending"}

    await place.database.run(look)


async def test_after_an_hour_it_begins_anew_and_what_waits_goes_on_waiting(place: Place) -> None:
    def first(tx: Transaction) -> int:
        ann = person(tx, "Ann").id
        writes(tx, ann, MOST + 2)
        return ann

    ann = await place.database.run(first)
    place.clock.advance(minutes=61)
    assert await place.database.run(writes, ann, MOST + 1) == ["pending"] * MOST + ["folded"]
    assert await place.database.run(lambda tx: folded_messages.count(tx, ann, group(tx))) == 3


async def test_none_is_a_lot_where_the_bound_is_nought(place: Place, tmp_path: Path) -> None:
    none = replace(place.setup.community, care=replace(place.setup.community.care, writes_a_lot=0))
    place.database.fold = flooding.fold(none)
    assert set(await place.database.run(lambda tx: writes(tx, person(tx, "Ann").id, 200))) == {"pending"}


async def test_only_staff_read_on_the_oldest_first_at_their_own_turn(place: Place) -> None:
    def look(tx: Transaction) -> None:
        ann, bo, wei = person(tx, "Ann"), person(tx, "Bo"), person(tx, "Wei", Role.STAFF)
        writes(tx, ann.id, MOST + 15)
        waiting = [row["id"] for row in outbox_of(tx) if row["state"] == "folded"]
        for who in (ann, bo):
            with pytest.raises(NotAllowed):
                flooding.read_on(tx, who, ann.id)
        assert flooding.read_on(tx, wei, bo.id) == 0
        assert flooding.read_on(tx, wei, ann.id) == flooding.AT_ONCE
        rows = {row["id"]: row for row in outbox_of(tx)}
        assert [rows[each]["state"] for each in waiting] == ["pending"] * 10 + ["folded"] * 5
        assert {rows[each]["comes_from"] for each in waiting[:10]} == {wei.id}
        assert flooding.read_on(tx, wei, ann.id) == 5
        assert flooding.read_on(tx, wei, ann.id) == 0

    await place.database.run(look)


async def test_there_is_one_line_a_day_and_it_is_changed_once_a_minute(place: Place) -> None:
    def write(tx: Transaction, ann: int) -> list[dict[str, Any]]:
        for occurrence in scheduled_tasks.claim(tx, (flooding.KIND,), 10):
            shown.write(tx, place.setup, occurrence["subject"], {})
            scheduled_tasks.finished(tx, occurrence["id"])
        return [row for row in outbox_of(tx) if row["purpose"] == CardRole.WRITES_A_LOT]

    def flood(tx: Transaction) -> int:
        ann = person(tx, "Ann").id
        writes(tx, ann, MOST + 1, subject="report:7")
        return ann

    ann = await place.database.run(flood)
    (row,) = await place.database.run(write, ann)
    assert "1 of them waits" in row["content"]["text"] and "no. 7" in row["content"]["text"]
    assert "Ann" not in str(row["content"])
    await place.database.run(writes, ann, 5)
    assert (await place.database.run(write, ann))[0]["content"] == row["content"], "not within the minute"
    place.clock.advance(seconds=61)
    (row,) = await place.database.run(write, ann)
    assert "6 of them wait" in row["content"]["text"]
    place.clock.advance(hours=25)
    await place.database.run(writes, ann, MOST + 1)
    assert len({row["card"] for row in await place.database.run(write, ann)}) == 2


async def test_what_nobody_reads_goes_after_three_months(place: Place) -> None:
    await place.database.run(lambda tx: writes(tx, person(tx, "Ann").id, MOST + 2))
    place.clock.advance(seconds=folded_messages.KEPT.total_seconds() - 3600)
    assert await place.database.run(folded_messages.forget_old) == 0
    place.clock.advance(hours=2)
    assert await place.database.run(folded_messages.forget_old) == 2
