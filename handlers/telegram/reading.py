"""An update of Telegram's, read into our own words."""

import os
from typing import Any

import telegram
from telegram.ext import filters

from domain.core.parts import PartKind
from handlers.kit import incoming

# Durations as time spans, which PTB will make the rule; without this it warns at every voice message.
os.environ.setdefault("PTB_TIMEDELTA", "1")
ANONYMOUS_ADMIN = 1087968824
"""GroupAnonymousBot: an administrator who writes as the group."""
_STAND_INS = frozenset(
    {
        777000,  # Telegram itself, and posts of a linked channel
        42777,  # Telegram's notifications, an older number of the same
        136817688,  # Channel_Bot: somebody who writes as a channel
        1271266957,  # Replies: comments on a channel's posts
        ANONYMOUS_ADMIN,
    }
)
_FILES = (PartKind.VOICE, PartKind.VIDEO, PartKind.VIDEO_NOTE, PartKind.AUDIO, PartKind.DOCUMENT)


def read_update(update: telegram.Update) -> incoming.Incoming:
    """What came with an update, of the kinds the bot asks for (`allowed_updates`) and of a chat the bot is in.

    Others come where a token was used otherwise before: what people write to somebody's business account, a post of a
    channel, a reaction, a vote. Nobody has said anything to the bot with those, and nothing of them is read.
    """
    user, chat, query = update.effective_user, update.effective_chat, update.callback_query
    message, change = update.message or update.edited_message, update.my_chat_member
    return incoming.Incoming(
        id=update.update_id,
        sender=sender_of(update),
        account=_account(user) if user is not None else None,
        chat=_chat(chat) if chat is not None else None,
        message=_message(message) if message is not None and message.business_connection_id is None else None,
        is_change=update.edited_message is not None,
        press=_press(query) if query is not None else None,
        membership=_membership(change) if change is not None else None,
        raw=update.to_dict,
        read=_read_kept,
    )


def _read_kept(raw: dict[str, Any]) -> incoming.Incoming:
    update = telegram.Update.de_json(raw, None)
    assert update is not None
    return read_update(update)


def _account(user: telegram.User) -> incoming.Account:
    # Of a deleted account Telegram shows an empty name, which PTB makes None of.
    return incoming.Account(user.id, user.full_name or "", user.username, user.language_code, user.is_bot)


def _chat(chat: telegram.Chat) -> incoming.IncomingChat:
    return incoming.IncomingChat(chat.id, str(chat.type), chat.title or None, bool(chat.is_forum))


def _press(query: telegram.CallbackQuery) -> incoming.Press:
    under = query.message
    if under is None:
        return incoming.Press(query.id, query.data or "")
    return incoming.Press(query.id, query.data or "", under.message_id, _topic(under))


def _topic(message: telegram.MaybeInaccessibleMessage) -> int | None:
    """The loop lets PTB see no more of the message under a button than it shows of one that is too old."""
    if isinstance(message, telegram.Message):
        return message.message_thread_id if message.is_topic_message else None
    return message.api_kwargs.get("message_thread_id") if message.api_kwargs.get("is_topic_message") else None


def _message(message: telegram.Message) -> incoming.IncomingMessage:
    point = message.location or (message.venue.location if message.venue is not None else None)
    return incoming.IncomingMessage(
        id=message.message_id,
        sent_at=message.date,
        changed_at=int(message.edit_date.timestamp()) if message.edit_date is not None else 0,
        text=message.text or "",
        caption=message.caption or "",
        file=_file(message) if message.text is None else None,
        point=incoming.Point(point.latitude, point.longitude) if point is not None else None,
        album=message.media_group_id,
        topic=_topic(message),
        reply_to=_reply(message.reply_to_message) if message.reply_to_message is not None else None,
        quoted=_quoted(message.external_reply) if message.external_reply is not None else None,
        forwarded_from=_author(message.forward_origin),
        users_shared=_shared(message.users_shared) if message.users_shared is not None else None,
        moved_to=message.migrate_to_chat_id,
        moved_from=message.migrate_from_chat_id,
        says_who_left=message.left_chat_member is not None,
    )


def _file(message: telegram.Message) -> incoming.IncomingFile | None:
    photo = message.photo or (message.live_photo.photo if message.live_photo is not None else ())
    if photo:
        largest = photo[-1]
        return incoming.IncomingFile(PartKind.PHOTO, largest.file_id, largest.file_unique_id, None, largest.file_size)
    for kind in _FILES:
        file = getattr(message, kind)
        if file is not None:
            return incoming.IncomingFile(
                kind,
                file.file_id,
                file.file_unique_id,
                _seconds(getattr(file, "duration", None)),
                file.file_size,
            )
    return None


def _seconds(duration: Any) -> int | None:
    if duration is None:
        return None
    return int(duration.total_seconds()) if hasattr(duration, "total_seconds") else int(duration)


def _reply(message: telegram.Message) -> incoming.RepliedTo | None:
    """In a forum every plain message of a topic "replies" to the message that made the topic; that is no reply."""
    if message.forum_topic_created is not None:
        return None
    user = message.from_user
    is_nobody = user is None or user.id == ANONYMOUS_ADMIN or message.sender_chat is not None
    return incoming.RepliedTo(message.message_id, None if user is None or is_nobody else _account(user))


def _quoted(quoted: telegram.ExternalReplyInfo) -> incoming.Quoted:
    return incoming.Quoted(
        quoted.chat.id if quoted.chat is not None else None, quoted.message_id, _author(quoted.origin)
    )


def _author(origin: telegram.MessageOrigin | None) -> int | None:
    return origin.sender_user.id if isinstance(origin, telegram.MessageOriginUser) else None


def _shared(shared: telegram.UsersShared) -> incoming.UsersShared:
    named = [(user, " ".join(filter(None, (user.first_name, user.last_name)))) for user in shared.users]
    return incoming.UsersShared(
        shared.request_id, [incoming.Account(user.user_id, name, user.username) for user, name in named]
    )


def _membership(change: telegram.ChatMemberUpdated) -> incoming.MembershipChange:
    member = change.new_chat_member
    rights = member.to_dict() if isinstance(member, telegram.ChatMemberAdministrator) else {}
    return incoming.MembershipChange(
        str(member.status),
        member.status in (telegram.ChatMember.LEFT, telegram.ChatMember.BANNED),
        frozenset(name.removeprefix("can_") for name, has in rights.items() if name.startswith("can_") and has is True),
    )


def sender_of(update: telegram.Update) -> incoming.Sender:
    """Who an update is really from. A press is always a person's, wherever its button stands.

    Where nobody in particular speaks, Telegram puts a stand-in into `from`. Bot API, Message: "if the message was sent
    on behalf of a chat, the field `from` contains a fake sender user".
    """
    message = update.message or update.edited_message
    if message is not None and message.sender_chat is not None:
        if message.is_automatic_forward:
            return incoming.Sender.NOBODY
        return incoming.Sender.GROUP if message.sender_chat.id == message.chat.id else incoming.Sender.CHANNEL
    user = update.effective_user
    if user is not None and user.id == ANONYMOUS_ADMIN:
        return incoming.Sender.GROUP
    return incoming.Sender.NOBODY if user is None or user.is_bot or user.id in _STAND_INS else incoming.Sender.PERSON


class _FromAPerson(filters.UpdateFilter):
    def filter(self, update: telegram.Update) -> bool:
        return sender_of(update) is incoming.Sender.PERSON


FROM_A_PERSON = _FromAPerson("handlers.telegram.reading.FROM_A_PERSON")
"""Updates somebody sent who can be answered."""
