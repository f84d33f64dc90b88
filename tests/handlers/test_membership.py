"""The bot's own place in chats: blocked and let in again, put out of groups, rights given and taken."""

from typing import Any

from handlers.kit.update_context import Setup
from handlers.staff_room import groups
from services.staff_room import staff_chat
from storage.core import chats
from storage.core.database import Database, Transaction
from storage.people.people import Person
from tests.support import BOT_ID, handle, happened, person, user_json

ADMINISTRATOR = {
    "can_be_edited": False, "is_anonymous": False, "can_manage_chat": True, "can_delete_messages": True,
    "can_manage_video_chats": False, "can_restrict_members": False, "can_promote_members": False,
    "can_change_info": False, "can_invite_users": False, "can_post_stories": False, "can_edit_stories": False,
    "can_delete_stories": False, "can_pin_messages": True,
}  # fmt: skip


def changes(tx: Transaction, setup: Setup, who: Person, chat: dict[str, Any], status: str, **more: Any) -> None:
    """The bot's status in a chat becomes `status`."""
    bot = {"id": BOT_ID, "is_bot": True, "first_name": "Bot"}
    new = {"user": bot, "status": status, **({"until_date": 0} if status == "kicked" else {}), **more}
    change = {"chat": chat, "from": user_json(who), "date": 1772416800, "new_chat_member": new,
              "old_chat_member": {"user": bot, "status": "member"}}  # fmt: skip
    handle(tx, setup, groups.membership, my_chat_member=change)


async def test_who_blocks_the_bot_and_lets_it_in_again(database: Database, setup: Setup) -> None:
    def scenario(tx: Transaction) -> None:
        bo = person(tx, "Bo")
        private = {"id": bo.telegram_id, "type": "private", "first_name": "Bo"}
        changes(tx, setup, bo, private, "kicked")
        chat = chats.private_with(tx, bo.id)
        assert chat is not None and chat.unreachable
        changes(tx, setup, bo, private, "member")
        chat = chats.private_with(tx, bo.id)
        assert chat is not None and chat.unreachable is None
        assert happened(tx) == ["person.unreachable", "person.reachable"]

    await database.run(scenario)


async def test_put_out_of_a_group_and_added_again_with_rights(database: Database, setup: Setup) -> None:
    def scenario(tx: Transaction) -> None:
        ada = person(tx, "Ada")
        group = {"id": -1001, "type": "supergroup", "title": "Staff", "is_forum": True}
        changes(tx, setup, ada, group, "left")
        changes(tx, setup, ada, group, "administrator", **ADMINISTRATOR)
        met = chats.by_telegram_id(tx, -1001)
        assert met is not None and met.unreachable is None
        assert staff_chat.missing(tx, met) == ("manage_topics",)
        changes(tx, setup, ada, group, "administrator", **ADMINISTRATOR, can_manage_topics=True)
        assert staff_chat.missing(tx, met) == ()
        changes(tx, setup, ada, group, "member")
        assert staff_chat.missing(tx, met) == staff_chat.NEEDED
        assert happened(tx) == ["group.lost", "group.rights", "group.back", "group.rights", "group.rights"]

    await database.run(scenario)


async def test_leaving_the_old_group_after_it_moved_says_nothing(database: Database, setup: Setup) -> None:
    def scenario(tx: Transaction) -> None:
        ada = person(tx, "Ada")
        ours = staff_chat.meet(tx, -77, "group", "Staff", False)
        staff_chat.moved(tx, -77, -1001)
        changes(tx, setup, ada, {"id": -77, "type": "group", "title": "Staff"}, "left")
        assert chats.by_id(tx, ours.id).unreachable is None
        assert happened(tx) == ["group.moved"]

    await database.run(scenario)
