"""Who a message is really from. Where nobody in particular speaks, Telegram puts a stand-in into `from`.

Source: Bot API, Message: "if the message was sent on behalf of a chat, the field `from` contains a fake sender user".
"""

from enum import Enum

from telegram import Message, Update, User
from telegram.ext import filters

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


class Sender(Enum):
    """Who sent an update."""

    PERSON = "person"
    GROUP = "group"
    """An administrator who remains anonymous."""
    CHANNEL = "channel"
    """Somebody who writes as a channel of theirs."""
    NOBODY = "nobody"
    """Telegram itself, another bot, a channel's post passed on: nobody waits for an answer."""


def sender_of(update: Update) -> Sender:
    """Who sent an update. A press is always a person's, wherever its button stands."""
    message = update.effective_message
    pressed = update.callback_query is not None
    if isinstance(message, Message) and not pressed and message.sender_chat is not None:
        if message.is_automatic_forward:
            return Sender.NOBODY
        return Sender.GROUP if message.sender_chat.id == message.chat.id else Sender.CHANNEL
    user = update.effective_user
    if user is not None and user.id == ANONYMOUS_ADMIN:
        return Sender.GROUP
    return Sender.NOBODY if user is None or is_stand_in(user) else Sender.PERSON


def is_stand_in(user: User) -> bool:
    """Whether that is nobody whom one could know: a bot, or one of Telegram's own accounts."""
    return user.is_bot or user.id in _STAND_INS


def is_ours(update: Update) -> bool:
    """Whether it is of a kind the bot asks for (`allowed_updates`), and of a chat the bot is in.

    Others come where a token was used otherwise before: what people write to somebody's business account, a post of a
    channel, a reaction, a vote. Nobody has said anything to the bot with those.
    """
    message = update.effective_message
    if isinstance(message, Message) and message.business_connection_id is not None:
        return False
    asked_for = (update.message, update.edited_message, update.callback_query, update.my_chat_member)
    return any(each is not None for each in asked_for)


class _FromAPerson(filters.UpdateFilter):
    def filter(self, update: Update) -> bool:
        return sender_of(update) is Sender.PERSON


FROM_A_PERSON = _FromAPerson("handlers.telegram.sender.FROM_A_PERSON")
"""Updates somebody sent who can be answered."""
