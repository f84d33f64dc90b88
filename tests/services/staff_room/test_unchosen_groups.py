"""Groups that nobody has chosen: the bot leaves them after a day."""

from datetime import timedelta

import pytest

from domain.events import GroupLeft
from services.staff_room import unchosen_groups
from storage.core import chats, scheduled_tasks, settings
from storage.core.chats import Chat
from storage.core.database import Transaction
from tests.support import MONDAY, happened, in_transaction, last_events

DAY = timedelta(days=1)


def group(tx: Transaction, number: int = -1001, kind: str = "supergroup") -> Chat:
    return chats.meet(tx, number, kind, "A group", False)


def planned(tx: Transaction, chat: Chat) -> object:
    return scheduled_tasks.planned(tx, f"{unchosen_groups.KIND}:{chat.id}")


@pytest.mark.parametrize("kind", ["group", "supergroup", "channel"])
@in_transaction
def test_it_leaves_after_a_day_and_a_day_that_runs_goes_on(tx: Transaction, kind: str) -> None:
    chat = group(tx, kind=kind)
    unchosen_groups.wait_for_choice(tx, chat)
    assert planned(tx, chat) == MONDAY + DAY
    tx.now += DAY / 2
    unchosen_groups.wait_for_choice(tx, chat)
    unchosen_groups.wait_everywhere(tx)
    assert planned(tx, chat) == MONDAY + DAY
    unchosen_groups.run_due(tx, f"chat:{chat.id}")
    last_events(tx, GroupLeft(chat=chat.id))


@in_transaction
def test_not_a_private_chat_nor_where_staff_work_nor_where_it_is_no_more(tx: Transaction) -> None:
    private, staff, gone = chats.meet(tx, 7, "private", None, False), group(tx), group(tx, -1002)
    settings.put(tx, "staff_chat", str(staff.id))
    chats.set_unreachable(tx, gone.id, "kicked")
    for chat in (private, staff, chats.by_id(tx, gone.id)):
        unchosen_groups.wait_for_choice(tx, chat)
        assert planned(tx, chat) is None
    unchosen_groups.wait_everywhere(tx)
    assert planned(tx, staff) is None and planned(tx, gone) is None


@in_transaction
def test_chosen_in_the_meantime_it_stays(tx: Transaction) -> None:
    chosen, gone = group(tx), group(tx, -1002)
    for chat in (chosen, gone):
        unchosen_groups.wait_for_choice(tx, chat)
    settings.put(tx, "staff_chat", str(chosen.id))
    chats.set_unreachable(tx, gone.id, "kicked")
    for about in (f"chat:{chosen.id}", f"chat:{gone.id}", "chat:999", "report:1"):
        unchosen_groups.run_due(tx, about)
    assert happened(tx) == []


@in_transaction
def test_put_out_and_added_again_its_day_begins_anew(tx: Transaction) -> None:
    chat, other = group(tx), group(tx, -1002)
    for each in (chat, other):
        unchosen_groups.wait_for_choice(tx, each)
    unchosen_groups.no_longer_there(tx, chat)
    assert planned(tx, chat) is None and planned(tx, other) == MONDAY + DAY
    tx.now += DAY / 2
    unchosen_groups.wait_for_choice(tx, chat)
    assert planned(tx, chat) == tx.now + DAY
