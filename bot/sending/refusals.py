"""What each refusal of Telegram is about: one table, read from top to bottom; the first line that fits counts.

The words are those of tdlib/telegram-bot-api and tdlib/td; those in capitals come from Telegram's own servers, and
what comes from there may have either form, with 400 or 403. They are compared in small letters.
"""

import re
from dataclasses import dataclass
from enum import StrEnum


class About(StrEnum):
    """What a refusal is about, and so what is to be done with the row that met it."""

    LIMIT = "limit"
    """Too many at once: obeyed to the second."""
    SERVERS = "servers"
    """Telegram's own trouble: tried again for about a day."""
    BOT = "bot"
    """The token, or a second program with it: nothing is wrong with the message, it waits."""
    MOVED = "moved"
    """The group has another number now."""
    NOBODY = "nobody"
    """There is no such chat any more, or the bot is not let in: unreachable until somebody speaks there again."""
    CHAT = "chat"
    """The chat is there and the bot may not write in it: what is for it waits until it may."""
    MEDIA = "media"
    """The chat takes words and not this kind of file: words go now, the file waits until it may."""
    FILE = "file"
    """This very file cannot be sent: words go without it."""
    TOPIC = "topic"
    """The topic is gone or closed: made anew; where there can be none, the message goes outside of topics."""
    CARD = "card"
    """The message to be changed is gone or not to be changed any more: a card is made anew."""
    TOO_OLD = "too old"
    """It can no longer be deleted: it says that it was taken back."""
    UNWANTED = "unwanted"
    """Who it is for lets no voice messages in."""
    DONE = "done"
    """It is so already."""
    NOTHING = "nothing"
    """There is nothing left to do, and no harm: what was to be changed, deleted or decorated is not there."""
    MESSAGE = "message"
    """The message itself: this row alone fails, and admins are told."""


@dataclass(frozen=True)
class Line:
    """One line: these words (regular expressions), of these methods (none named: of all), mean that."""

    about: About
    words: tuple[str, ...]
    methods: frozenset[str] = frozenset()


DELETING = frozenset({"deletemessage", "deletemessages"})
EDITING = frozenset({"editmessagetext", "editmessagemedia", "editmessagecaption", "editmessagereplymarkup"})
DECORATING = frozenset({"setmessagereaction", "pinchatmessage", "unpinchatmessage"})
"""What it stands for is kept all the same: the mark on a note, the pin of the queue."""

TABLE: tuple[Line, ...] = (
    Line(About.BOT, ("bot has already been closed", "logged out")),  # it is moving to another Bot API server
    Line(
        About.NOBODY,
        (
            "chat not found", "bot was blocked by the user", "user_is_blocked", "user is deactivated",
            "user_deactivated", "bot can't initiate conversation", "peer_id_invalid", "can't send messages to the bot",
            "bot was kicked", "bot is not a member", "chat was deleted", "channel_private", "channel_invalid",
            "chat_id_invalid", "chat_forbidden", "user_is_bot",
        ),
    ),
    Line(About.DONE, ("message is not modified", "message_not_modified", "topic_not_modified")),
    Line(About.NOTHING, ("",), DECORATING),
    Line(
        About.NOTHING,
        ("message to delete not found", "message_id_invalid", "message identifier is not specified"),
        DELETING,
    ),
    Line(
        About.TOO_OLD,
        ("message can't be deleted", "message_delete_forbidden", "not enough rights", "chat_admin_required"),
        DELETING,
    ),
    Line(
        About.CARD,
        (
            "message to edit not found", "message_id_invalid", "message can't be edited", "message_author_required",
            "message_edit_time_expired", "there is no (text|caption|media) in the message to edit",
            "message identifier is not specified", "message not found",
        ),
        EDITING,
    ),
    Line(
        About.TOPIC,
        (
            "message thread not found", "topic_closed", "topic_deleted", "topic_id_invalid",
            "invalid message thread identifier", "message_thread_invalid", "the chat is not a forum",
            "channel_forum_missing", "not enough rights to create a topic", "not enough rights to edit the topic",
        ),
    ),
    Line(About.UNWANTED, ("voice_messages_forbidden",)),
    Line(
        About.MEDIA,
        (
            r"not enough rights to send (?!text messages|messages|a message)",
            r"chat_send_(?!plain)\w+_forbidden",
        ),
    ),
    Line(
        About.CHAT,
        (
            "have no rights to send", "have no write access", "not enough rights", "need administrator rights",
            "chat_write_forbidden", "chat_restricted", "chat_send_plain_forbidden", "chat_guest_send_forbidden",
            "chat_admin_required", "chat_admin_invite_required", "user_restricted", "user_banned_in_channel",
            "send_as_peer_invalid",
            # Its new number was not said; it is learnt from the group itself, or with the next refusal.
            "group chat was upgraded",
        ),
    ),
    Line(
        About.FILE,
        (
            "wrong file", "wrong remote file", "invalid file_id", "file_id_invalid", "file_id not specified",
            "file_reference_", "file is too big", "file must be non-empty", "file_part", "can't use file of type",
            "media_empty", "media_invalid", "media_grouped_invalid", "photo_invalid", "photo_ext_invalid",
            "photo_save_file_invalid", "image_process_failed", "video_file_invalid", "document_invalid",
            "wrong http url", "failed to get http url", "wrong type of the web page", "webpage_curl_failed",
            "webpage_media_empty", "can't parse media", "can't parse inputmedia", "expected an array of inputmedia",
            "in the album", "as an album", "there are no messages to send", "can't be mixed with other media types",
            r"there is no [\w ]+ in the request", "request entity too large",
        ),
    ),
)  # fmt: skip

_LIMITS = (420, 429)
_TOKEN = (401, 404, 409)
_COMPILED = tuple((line, re.compile("|".join(line.words))) for line in TABLE)


def about(code: int, description: str, method: str, *, is_private: bool, moved: bool = False) -> About:
    """What the refusal of a call is about.

    `code` and `description` are Telegram's, `method` is what was called, `is_private` says whether it was for a private
    chat, `moved` whether the answer named another number for the group.
    """
    if code in _LIMITS:
        return About.LIMIT
    if code in _TOKEN:
        return About.BOT
    if code >= 500:
        return About.SERVERS
    if moved:
        return About.MOVED
    words, called = description.lower(), method.lower()
    for line, pattern in _COMPILED:
        if (not line.methods or called in line.methods) and pattern.search(words):
            return line.about
    if code == 413:
        return About.FILE
    if code == 403:
        # Words nobody knows yet. A person's chat is theirs to close; for a group better wait than throw away.
        return About.NOBODY if is_private else About.CHAT
    return About.MESSAGE
