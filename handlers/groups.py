"""The staff group. As an administrator the bot hears everything there; it answers only what is meant for it, and keeps
nothing of what people say among themselves."""

from telegram import ChatMember

from handlers import triage
from handlers.here import Here
from storage import chats
from storage.settings import staff_chat


def message(here: Here) -> None:
    """A plain message in a group: a reply to one of our cards or questions, or none of our business."""
    about = here.replied_to()
    if about is not None and _is_staff_chat(here) and here.person is not None and triage.replied(here, about):
        return
    here.forget_text = True


def migrated(here: Here) -> None:
    """The group became a supergroup: Telegram says so in both; our chat stays the same one."""
    message = here.message
    if message.migrate_to_chat_id is not None:
        chats.migrate(here.tx, here.where.telegram_id, message.migrate_to_chat_id)
    elif message.migrate_from_chat_id is not None:
        chats.migrate(here.tx, message.migrate_from_chat_id, here.where.telegram_id)


def membership(here: Here) -> None:
    """The bot's own place in a chat changed: blocked or unblocked by a person, added to or removed from a group."""
    change = here.update.my_chat_member
    assert change is not None
    gone = change.new_chat_member.status in (ChatMember.LEFT, ChatMember.BANNED)
    reason = f"the bot is {change.new_chat_member.status} there" if gone else None
    if reason != here.where.unreachable:
        chats.set_unreachable(here.tx, here.where.id, reason)


def edited(here: Here) -> None:
    """Staff changed a message of theirs. What became of it is on record as it was."""
    here.forget_text = True


def _is_staff_chat(here: Here) -> bool:
    return staff_chat(here.tx) == here.where.id
