"""Every refusal Telegram's documentation and code know: what it is about is read from one table."""

import pytest

from bot.sending.refusals import About, about

MODIFIED = (
    "message is not modified: specified new message content and reply markup are exactly the same as a current "
    "content and reply markup of the message"
)
SEND, EDIT, DELETE, PIN, REACT = (
    "sendMessage",
    "editMessageText",
    "deleteMessage",
    "pinChatMessage",
    "setMessageReaction",
)
PHOTO, ALBUM, COMMANDS, TOPIC = "sendPhoto", "sendMediaGroup", "setMyCommands", "createForumTopic"

BAD_REQUESTS: list[tuple[About, str, str]] = [
    # chats
    (About.MESSAGE, SEND, "chat_id is empty"),
    (About.NOBODY, SEND, "chat not found"),
    (About.NOBODY, EDIT, "chat not found"),
    (About.NOBODY, SEND, "PEER_ID_INVALID"),
    (About.NOBODY, SEND, "USER_IS_BLOCKED"),
    (About.NOBODY, SEND, "INPUT_USER_DEACTIVATED"),
    (About.NOBODY, SEND, "CHANNEL_PRIVATE"),
    (About.NOBODY, SEND, "CHANNEL_INVALID"),
    (About.CHAT, SEND, "have no rights to send a message"),
    (About.CHAT, SEND, "not enough rights to send text messages to the chat"),
    (About.CHAT, SEND, "not enough rights to send messages to the chat"),
    (About.CHAT, SEND, "have no write access to the chat"),
    (About.CHAT, SEND, "CHAT_WRITE_FORBIDDEN"),
    (About.CHAT, EDIT, "CHAT_WRITE_FORBIDDEN"),
    (About.CHAT, PHOTO, "CHAT_WRITE_FORBIDDEN"),
    (About.CHAT, SEND, "CHAT_RESTRICTED"),
    (About.CHAT, SEND, "CHAT_ADMIN_REQUIRED"),
    (About.CHAT, SEND, "CHAT_SEND_PLAIN_FORBIDDEN"),
    (About.CHAT, SEND, "CHAT_GUEST_SEND_FORBIDDEN"),
    (About.CHAT, SEND, "USER_RESTRICTED"),
    (About.CHAT, SEND, "need administrator rights in the channel chat"),
    (About.MEDIA, PHOTO, "not enough rights to send photos to the chat"),
    (About.MEDIA, "sendVoice", "not enough rights to send voice messages to the chat"),
    (About.MEDIA, "sendVideoNote", "not enough rights to send video notes to the chat"),
    (About.MEDIA, ALBUM, "not enough rights to send photos to the chat"),
    (About.MEDIA, PHOTO, "CHAT_SEND_PHOTOS_FORBIDDEN"),
    (About.MEDIA, "sendDocument", "CHAT_SEND_DOCS_FORBIDDEN"),
    (About.MEDIA, ALBUM, "CHAT_SEND_MEDIA_FORBIDDEN"),
    (About.UNWANTED, "sendVoice", "VOICE_MESSAGES_FORBIDDEN"),
    # text, entities, markup
    *((About.MESSAGE, SEND, words) for words in (
        "message text is empty", "text must be non-empty", "text is too long", "message is too long",
        "message caption is too long", "unsupported parse_mode",
        "can't parse entities: Character '.' is reserved and must be escaped with the preceding '\\'",
        "can't parse entities: Can't find end of Bold entity at byte offset 3",
        'can\'t parse entities: Unsupported start tag "x" at byte offset 0',
        'can\'t parse entities: Can\'t find end tag corresponding to start tag "b"',
        'can\'t parse entities: Unmatched end tag at byte offset 4, expected "</b>", found "</i>"',
        "can't parse entities: Unclosed start tag at byte offset 1",
        "can't parse entities: Unexpected end tag at byte offset 1",
        "can't parse reply keyboard markup JSON object", "object expected as reply markup",
        "can't parse inline keyboard button: Text buttons are unallowed in the inline keyboard",
        'field "inline_keyboard" of the InlineKeyboardMarkup must be an Array of Arrays',
        "BUTTON_DATA_INVALID", "BUTTON_TYPE_INVALID", "inline keyboard button URL 'x' is invalid: wrong host",
        "Web App buttons can be used in private chats only", "reply markup is too long", "inline keyboard expected",
        "message to be replied not found",
    )),
    (About.MESSAGE, EDIT, "MESSAGE_TOO_LONG"),
    (About.MESSAGE, "editMessageCaption", "MEDIA_CAPTION_TOO_LONG"),
    # edit, delete, copy
    (About.DONE, EDIT, MODIFIED),
    (About.CARD, EDIT, "message to edit not found"),
    (About.CARD, EDIT, "MESSAGE_ID_INVALID"),
    (About.CARD, "editMessageMedia", "MESSAGE_ID_INVALID"),
    (About.CARD, EDIT, "message can't be edited"),
    (About.CARD, EDIT, "MESSAGE_AUTHOR_REQUIRED"),
    (About.CARD, EDIT, "MESSAGE_EDIT_TIME_EXPIRED"),
    (About.CARD, EDIT, "there is no text in the message to edit"),
    (About.CARD, "editMessageCaption", "there is no caption in the message to edit"),
    (About.CARD, "editMessageMedia", "there is no media in the message to edit"),
    (About.CARD, EDIT, "message identifier is not specified"),
    (About.CARD, "editMessageReplyMarkup", "message to edit not found"),
    (About.NOTHING, DELETE, "message to delete not found"),
    (About.NOTHING, DELETE, "MESSAGE_ID_INVALID"),
    (About.TOO_OLD, DELETE, "message can't be deleted"),
    (About.TOO_OLD, DELETE, "message can't be deleted for everyone"),
    (About.TOO_OLD, DELETE, "MESSAGE_DELETE_FORBIDDEN"),
    (About.NOTHING, PIN, "message to pin not found"),
    (About.NOTHING, PIN, "not enough rights to manage pinned messages in the chat"),
    (About.NOTHING, PIN, "CHAT_ADMIN_REQUIRED"),
    (About.NOTHING, REACT, "message to react not found"),
    (About.NOTHING, REACT, "REACTION_INVALID"),
    (About.MESSAGE, "copyMessage", "message to copy not found"),
    (About.MESSAGE, "forwardMessage", "message to forward not found"),
    (About.MESSAGE, "deleteMessages", "too many message identifiers specified"),
    (About.MESSAGE, "answerCallbackQuery", "query is too old and response timeout expired or query ID is invalid"),
    # files
    *((About.FILE, PHOTO, words) for words in (
        "file_id not specified", "invalid file_id", "file is too big",
        "wrong file_id or the file is temporarily unavailable", "there is no photo in the request",
        "there is no video note in the request",
        "wrong remote file identifier specified: can't unserialize it. Wrong last symbol",
        "wrong remote file identifier specified: Wrong padding in the string",
        "can't use file of type Photo as Document", "wrong file identifier/HTTP URL specified", "MEDIA_EMPTY",
        "wrong HTTP URL specified", "failed to get HTTP URL content", "wrong type of the web page content",
        "PHOTO_INVALID_DIMENSIONS", "IMAGE_PROCESS_FAILED", "FILE_REFERENCE_EXPIRED", "file must be non-empty",
    )),
    *((About.FILE, ALBUM, words) for words in (
        "can't parse media JSON object", "expected an Array of InputMedia", "can't parse InputMedia: media not found",
        "too many messages to send as an album", "there are no messages to send",
        "can't use the media of the specified type in the album", "MEDIA_GROUPED_INVALID",
    )),
    # topics
    *((About.TOPIC, SEND, words) for words in (
        "message thread not found", "TOPIC_CLOSED", "TOPIC_DELETED", "TOPIC_ID_INVALID",
        "invalid message thread identifier specified", "the chat is not a forum",
    )),
    (About.TOPIC, EDIT, "TOPIC_CLOSED"),
    (About.DONE, "editForumTopic", "TOPIC_NOT_MODIFIED"),
    (About.TOPIC, TOPIC, "not enough rights to create a topic"),
    (About.MESSAGE, TOPIC, "name must be non-empty"),
    # commands and the like
    *((About.MESSAGE, COMMANDS, words) for words in (
        "can't parse commands JSON object", "expected an Array of BotCommand", "can't parse BotCommand: no",
        "BOT_COMMAND_INVALID", "BOT_COMMAND_DESCRIPTION_INVALID", "BOT_COMMANDS_TOO_MUCH",
    )),
    (About.MESSAGE, "sendChatAction", "wrong parameter action in request"),
    (About.MESSAGE, "sendLocation", "latitude is empty"),
    (About.MESSAGE, "setWebhook", "bad webhook: An HTTPS URL must be provided for webhook"),
]  # fmt: skip

OTHERS: list[tuple[About, int, str]] = [
    (About.BOT, 404, "Not Found"),
    (About.BOT, 404, "Not Found: method not found"),
    (About.BOT, 401, "Unauthorized: invalid token specified"),
    (About.BOT, 401, "Unauthorized"),
    (About.BOT, 400, "Bad Request: the bot has already been closed"),
    (About.BOT, 400, "Bad Request: logged out"),
    (About.SERVERS, 500, "Internal Server Error: restart"),
    (About.SERVERS, 502, "Bad Gateway"),
    (About.NOBODY, 403, "Forbidden: bot was blocked by the user"),
    (About.NOBODY, 403, "Forbidden: user is deactivated"),
    (About.NOBODY, 403, "Forbidden: bot can't initiate conversation with a user"),
    (About.NOBODY, 403, "Forbidden: the bot can't send messages to the bot"),
    *((About.NOBODY, 403, f"Forbidden: bot was kicked from the {kind} chat") for kind in ("group", "supergroup")),
    *((About.NOBODY, 403, f"Forbidden: bot is not a member of the {kind} chat") for kind in ("channel", "supergroup")),
    (About.NOBODY, 403, "Forbidden: the group chat was deleted"),
    (About.CHAT, 403, "Forbidden: not enough rights to send text messages to the chat"),
    (About.CHAT, 403, "Forbidden: CHAT_WRITE_FORBIDDEN"),
    (About.MEDIA, 403, "Forbidden: not enough rights to send photos to the chat"),
    (About.CHAT, 403, "Forbidden: something that nobody has heard of yet"),
    (About.LIMIT, 429, "Too Many Requests: retry after 5"),
    (About.LIMIT, 420, "FLOOD_WAIT_5"),
    (
        About.BOT,
        409,
        "Conflict: terminated by other getUpdates request; make sure that only one bot instance is running",
    ),
    (About.FILE, 413, "Request Entity Too Large"),
]


@pytest.mark.parametrize(("expected", "method", "words"), BAD_REQUESTS)
def test_what_each_bad_request_is_about(expected: About, method: str, words: str) -> None:
    # From Telegram's servers the same words may come in capitals, or as a 403.
    for said in (f"Bad Request: {words}", f"Bad Request: {words.upper()}"):
        assert about(400, said, method, is_private=False) is expected


@pytest.mark.parametrize(("expected", "code", "words"), OTHERS)
def test_what_each_other_refusal_is_about(expected: About, code: int, words: str) -> None:
    assert about(code, words, PHOTO if expected in (About.MEDIA, About.FILE) else SEND, is_private=False) is expected


def test_a_group_that_moved_and_words_nobody_knows() -> None:
    moved = "Bad Request: group chat was upgraded to a supergroup chat"
    assert about(400, moved, SEND, is_private=False, moved=True) is About.MOVED
    assert about(400, moved, SEND, is_private=False) is About.CHAT, "its new number will be learnt"
    assert about(403, "Forbidden: whatever", SEND, is_private=True) is About.NOBODY, "it is theirs to close"
    assert about(400, "Bad Request: whatever", SEND, is_private=False) is About.MESSAGE
