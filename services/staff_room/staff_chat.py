"""The group where staff work: how it is chosen, and what becomes of it (moved, lost, found again, with topics or not).

What is said of any group here is kept for every group; that it is the staff's is asked when it matters.
"""

from datetime import timedelta

from domain.events import (
    GroupBack,
    GroupClosed,
    GroupLost,
    GroupMoved,
    GroupOpen,
    GroupRights,
    GroupTopics,
    PersonReachable,
    PersonUnreachable,
    StaffChatChosen,
)
from domain.operations.taken_away import Taken
from domain.people.rights import Action, require
from services.people.team import LinkExpired, LinkUnknown, LinkUsed, new_code
from services.staff_room import unchosen_groups
from storage.core import chats, sends, settings, taken_away, unsent_messages
from storage.core.chats import Chat
from storage.core.database import Transaction
from storage.core.settings import SettingKey
from storage.people import invitations, people
from storage.people.invitations import InvitationPurpose
from storage.people.people import Person

NEEDED = ("manage_topics", "pin_messages", "delete_messages")
"""The administrator's rights the bot asks for there, and no others."""

PURPOSE = InvitationPurpose.STAFF_CHAT
VALID = timedelta(days=7)
_KEY = SettingKey.STAFF_CHAT
_FROM_SETTING = SettingKey.STAFF_CHAT_SETTING
_LEFT = SettingKey.STAFF_CHAT_LEFT


def link_code(tx: Transaction, actor: Person) -> str:
    """The code by which the actor chooses the group; the same one until it is used or expires."""
    require(actor.roles, Action.SET_UP)
    known = invitations.usable(tx, PURPOSE, actor.id)
    if known is not None:
        return known.code
    return invitations.add(tx, new_code(), PURPOSE, actor.id, tx.now + VALID).code


def choose(tx: Transaction, actor: Person, code: str, chat: Chat) -> bool:
    """Staff work in this group from now on; False when they do already.

    Only an admin may, and only with a code an admin was given. Raises NotAllowed, LinkUnknown, LinkExpired, LinkUsed.
    """
    require(actor.roles, Action.SET_UP)
    invitation = invitations.by_code(tx, code)
    if invitation is None or invitation.purpose != PURPOSE:
        raise LinkUnknown
    current = settings.staff_chat(tx)
    if current == chat.id:
        invitations.use(tx, code, actor.id)
        return False
    if invitation.used_by is not None:
        raise LinkUsed
    if not invitations.use(tx, code, actor.id):
        raise LinkExpired
    settings.put(tx, _KEY, str(chat.id))
    settings.put(tx, _FROM_SETTING, "")
    tx.emit(StaffChatChosen(actor=actor.id, chat=chat.id, before=current))
    _no_longer_chosen(tx, current, chat)
    return True


def wants_setting(tx: Transaction, telegram_id: int) -> bool:
    """Whether STAFF_CHAT_ID has something new to say: a group chosen in Telegram, or one that moved, wins over it."""
    named = chats.by_telegram_id(tx, telegram_id)
    if named is not None and settings.get(tx, _LEFT) == str(named.id):
        return False
    return settings.staff_chat(tx) is None or settings.get(tx, _FROM_SETTING) not in ("", None, str(telegram_id))


def choose_by_setting(tx: Transaction, telegram_id: int, chat: Chat) -> None:
    """Take the group the operator's setting names; `chat` is what it is now, should it have moved."""
    current = settings.staff_chat(tx)
    settings.put(tx, _FROM_SETTING, str(telegram_id))
    if current != chat.id:
        settings.put(tx, _KEY, str(chat.id))
        tx.emit(StaffChatChosen(chat=chat.id, before=current))
        _no_longer_chosen(tx, current, chat)


def _no_longer_chosen(tx: Transaction, before: int | None, now: Chat) -> None:
    """The group where staff worked until now is one like any other: after a day the bot leaves it, too.

    And nothing a restore does brings the staff's messages back to it.
    """
    settings.put(tx, _LEFT, "")
    if before is not None:
        taken_away.note(tx, Taken.GROUP_LEFT, group=before, now=now.id)
        unchosen_groups.wait_for_choice(tx, chats.by_id(tx, before))


def left_before_restore(tx: Transaction, group: int, now: int) -> None:
    """Staff had left that group for another one before the restore. One the backup does not know is to be chosen anew,
    also where STAFF_CHAT_ID names the old one."""
    if settings.staff_chat(tx) != group:
        return
    unsent_messages.drop_for(tx, group, "the staff had left this group before the restore")
    known = chats.find(tx, now)
    settings.put(tx, _KEY, str(known.id) if known is not None else "")
    settings.put(tx, _FROM_SETTING, "")
    settings.put(tx, _LEFT, "" if known is not None else str(group))
    if known is not None:
        tx.emit(StaffChatChosen(chat=known.id, before=group))


def meet(tx: Transaction, telegram_id: int, kind: str, title: str | None, is_forum: bool) -> Chat:
    """The chat an update came from, made or brought up to date; that it turned topics on or off is an event."""
    known = chats.by_telegram_id(tx, telegram_id)
    if known is not None and (known.kind, known.title, known.is_forum) == (kind, title, is_forum):
        return known
    met = chats.meet(tx, telegram_id, kind, title, is_forum)
    if known is not None and known.is_forum != met.is_forum:
        tx.emit(GroupTopics(chat=met.id, on=met.is_forum))
    return met


def moved(tx: Transaction, old_telegram_id: int, new_telegram_id: int) -> None:
    """A group became a supergroup. Said by several updates and refusals; only the first one does anything."""
    chat = chats.migrate(tx, old_telegram_id, new_telegram_id)
    if chat is not None:
        tx.emit(GroupMoved(chat=chat.id))


def lost(tx: Transaction, chat: Chat, reason: str) -> None:
    """Nothing can be sent there: the person blocked the bot, the group removed it."""
    chats.set_unreachable(tx, chat.id, reason)
    if chat.unreachable is not None:
        return
    if not chat.is_private:
        unchosen_groups.no_longer_there(tx, chat)
        tx.emit(GroupLost(chat=chat.id, reason=reason))
        return
    person = people.by_telegram_id(tx, chat.telegram_id)
    if person is not None:
        tx.emit(PersonUnreachable(person=person.id, reason=reason))


def back(tx: Transaction, chat: Chat) -> None:
    """Things can be sent there again."""
    if chat.unreachable is None:
        return
    chats.set_unreachable(tx, chat.id, None)
    if not chat.is_private:
        tx.emit(GroupBack(chat=chat.id))
        return
    person = people.by_telegram_id(tx, chat.telegram_id)
    if person is not None:
        tx.emit(PersonReachable(actor=person.id, person=person.id))


def closed(tx: Transaction, chat: Chat, reason: str) -> None:
    """The chat is there and refuses to be written to. What is for it waits, and now and then it is tried."""
    known = chats.by_id(tx, chat.id)
    chats.set_refuses(tx, chat.id, reason)
    if known.refuses is None and not chat.is_private:
        tx.emit(GroupClosed(chat=chat.id, reason=reason))


def try_again(tx: Transaction, chat: Chat) -> None:
    """Something about the bot's place in a chat has changed: perhaps it may write there now."""
    sends.hurry(tx, chat.id)
    if chat.refuses is not None:
        tx.signal("rights")


def open_again(tx: Transaction, chat: Chat) -> None:
    """A message has arrived in a chat that refused: it may be written to again."""
    if chats.by_id(tx, chat.id).refuses is None:
        return
    chats.set_refuses(tx, chat.id, None)
    sends.hurry(tx, chat.id)
    if not chat.is_private:
        tx.emit(GroupOpen(chat=chat.id))


def is_reachable(tx: Transaction) -> bool:
    """Whether there is a staff group, and as far as is known it can be written to."""
    chosen = settings.staff_chat(tx)
    if chosen is None:
        return False
    chat = chats.by_id(tx, chosen)
    return chat.unreachable is None and chat.refuses is None


def learn_rights(tx: Transaction, chat: Chat, rights: frozenset[str]) -> None:
    """The bot's rights in a group, as Telegram told them."""
    before = missing(tx, chat)
    chats.set_rights(tx, chat.id, rights)
    after = missing(tx, chat)
    if after is not None and after != before:
        tx.emit(GroupRights(chat=chat.id, missing=after))


def missing(tx: Transaction, chat: Chat) -> tuple[str, ...] | None:
    """The rights the bot needs in a group and has not; None while it is not known which it has."""
    rights = chats.rights(tx, chat.id)
    if rights is None:
        return None
    return tuple(name for name in NEEDED if name not in rights and (chat.is_forum or name != "manage_topics"))
