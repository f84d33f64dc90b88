"""Every refusal in the words of the real thing, in one place.

Source of the words: the code of tdlib/telegram-bot-api (Bot API 10.0) and of tdlib/td; those in capitals come from
Telegram's own servers.
"""

from sandbox.shapes import Json

_PREFIXES = {400: "Bad Request", 401: "Unauthorized", 403: "Forbidden", 409: "Conflict", 500: "Internal Server Error"}


class Refusal(Exception):
    """An answer with `ok: false`. `words` come without the prefix that the code brings."""

    def __init__(self, words: str, code: int = 400, parameters: Json | None = None) -> None:
        prefix = _PREFIXES.get(code)
        self.code = code
        self.description = f"{prefix}: {_first_letter(words)}" if prefix else words
        self.parameters = parameters
        super().__init__(self.description)

    def answer(self) -> Json:
        """The JSON that is sent."""
        answer: Json = {"ok": False, "error_code": self.code, "description": self.description}
        if self.parameters:
            answer["parameters"] = self.parameters
        return answer


class Problem(Exception):
    """A request of the people API that cannot be done; the words are one plain sentence for a person."""


def _first_letter(words: str) -> str:
    # Telegram lowers the first letter unless the second is a capital or an underscore: BUTTON_DATA_INVALID stays.
    if len(words) > 1 and (words[1].isupper() or words[1] == "_"):
        return words
    return words[:1].lower() + words[1:]


def plain(code: int, description: str) -> Refusal:
    """A refusal whose description has no prefix."""
    refusal = Refusal(description, code)
    refusal.description = description
    return refusal


# Routing and token
NOT_FOUND = plain(404, "Not Found")
METHOD_NOT_FOUND = plain(404, "Not Found: method not found")
UNAUTHORIZED = plain(401, "Unauthorized")
INVALID_TOKEN = Refusal("invalid token specified", 401)
RESTARTING = Refusal("restart", 500)


def not_here(method: str) -> Refusal:
    """Not Telegram's words: the method exists there, but the sandbox does not do it."""
    return plain(501, f"Not Implemented: the sandbox does not do {method}")


def too_many_requests(seconds: int) -> Refusal:
    """The flood limits' answer; the same number also goes into the header Retry-After."""
    refusal = plain(429, f"Too Many Requests: retry after {seconds}")
    refusal.parameters = {"retry_after": seconds}
    return refusal


# Two at once
OTHER_POLL = Refusal("terminated by other getUpdates request; make sure that only one bot instance is running", 409)
TERMINATED_BY_WEBHOOK = Refusal("terminated by setWebhook request", 409)
OTHER_WEBHOOK = Refusal("terminated by other setWebhook", 409)
WEBHOOK_ACTIVE = Refusal(
    "can't use getUpdates method while webhook is active; use deleteWebhook to delete the webhook first", 409
)

# Webhooks
WEBHOOK_URL_INVALID = Refusal("invalid webhook URL specified")
SECRET_TOO_LONG = Refusal("secret token is too long")
SECRET_UNALLOWED = Refusal("secret token contains unallowed characters")


def bad_webhook(words: str) -> Refusal:
    """The address was looked at and cannot be used."""
    return Refusal(f"bad webhook: {words}")


# Chats
CHAT_ID_EMPTY = Refusal("chat_id is empty")
CHAT_NOT_FOUND = Refusal("chat not found")
BLOCKED = Refusal("bot was blocked by the user", 403)
DEACTIVATED = Refusal("user is deactivated", 403)
CANNOT_INITIATE = Refusal("bot can't initiate conversation with a user", 403)
TO_A_BOT = Refusal("the bot can't send messages to the bot", 403)
USER_NOT_FOUND = Refusal("user not found")
INVALID_USER_ID = Refusal("invalid user_id specified")
MEMBER_NOT_FOUND = Refusal("member not found")
NO_ADMINISTRATORS_HERE = Refusal("there are no administrators in the private chat")
NO_MEMBERS_HERE = Refusal("can't leave private chats")


def kicked(kind: str) -> Refusal:
    """The bot was thrown out; `kind` is group or supergroup."""
    return Refusal(f"bot was kicked from the {kind} chat", 403)


def not_a_member(kind: str) -> Refusal:
    """The bot left, or never was in."""
    return Refusal(f"bot is not a member of the {kind} chat", 403)


FORBIDDABLE = {
    "text": "text messages",
    "photo": "photos",
    "video": "videos",
    "video_note": "video notes",
    "voice": "voice messages",
    "audio": "music",
    "document": "documents",
}
"""What an owner can forbid ordinary members to send, by the field of the message, in Telegram's words."""


def no_right_to_send(what: str) -> Refusal:
    """The group lets ordinary members send no such thing; `what` is one of FORBIDDABLE's words."""
    return Refusal(f"not enough rights to send {what} to the chat")


def upgraded(new_id: int) -> Refusal:
    """The group lives on under another id."""
    return Refusal("group chat was upgraded to a supergroup chat", 400, {"migrate_to_chat_id": new_id})


# Text
TEXT_EMPTY = Refusal("message text is empty")
TEXT_BLANK = Refusal("text must be non-empty")
TEXT_TOO_LONG = Refusal("text is too long")
MESSAGE_TOO_LONG = Refusal("message is too long")
EDITED_TOO_LONG = Refusal("MESSAGE_TOO_LONG")
CAPTION_TOO_LONG = Refusal("message caption is too long")
EDITED_CAPTION_TOO_LONG = Refusal("MEDIA_CAPTION_TOO_LONG")
LINK_PREVIEW_NOT_JSON = Refusal("can't parse link preview options JSON object")
UNSUPPORTED_PARSE_MODE = Refusal("unsupported parse_mode")


def entities(words: str) -> Refusal:
    """The text's markup cannot be read."""
    return Refusal(f"can't parse entities: {words}")


# Buttons
MARKUP_NOT_JSON = Refusal("can't parse reply keyboard markup JSON object")
MARKUP_NO_OBJECT = Refusal("object expected as reply markup")
MARKUP_NOT_ROWS = Refusal('field "inline_keyboard" of the InlineKeyboardMarkup must be an Array of Arrays')
KEYBOARD_NOT_ROWS = Refusal('field "keyboard" of the ReplyKeyboardMarkup must be an Array of Arrays')
BUTTON_WITHOUT_ACTION = Refusal("can't parse inline keyboard button: Text buttons are unallowed in the inline keyboard")
BUTTON_NO_OBJECT = Refusal("can't parse inline keyboard button: InlineKeyboardButton must be an Object")
BUTTON_NO_TEXT = Refusal('can\'t parse inline keyboard button: Field "text" must be of type String')
KEY_NO_TEXT = Refusal('can\'t parse keyboard button: Field "text" must be of type String')
BUTTON_DATA_INVALID = Refusal("BUTTON_DATA_INVALID")
COPY_TEXT_INVALID = Refusal("BUTTON_COPY_TEXT_INVALID")
MARKUP_TOO_LONG = Refusal("reply markup is too long")
INLINE_EXPECTED = Refusal("inline keyboard expected")


def button_url(url: str, reason: str) -> Refusal:
    """A button's address is none."""
    return Refusal(f"inline keyboard button URL '{url}' is invalid: {reason}")


# Replies
REPLY_NOT_FOUND = Refusal("message to be replied not found")
REPLY_NOT_JSON = Refusal("can't parse reply parameters JSON object")

# Edit, delete, copy
NOT_MODIFIED = Refusal(
    "message is not modified: specified new message content and reply markup are exactly the same as a current "
    "content and reply markup of the message"
)
EDIT_NOT_FOUND = Refusal("message to edit not found")
CANNOT_EDIT = Refusal("message can't be edited")
NO_TEXT_TO_EDIT = Refusal("there is no text in the message to edit")
NO_CAPTION_TO_EDIT = Refusal("there is no caption in the message to edit")
NO_MESSAGE_ID = Refusal("message identifier is not specified")
DELETE_NOT_FOUND = Refusal("message to delete not found")
CANNOT_DELETE = Refusal("message can't be deleted")
CANNOT_DELETE_FOR_ALL = Refusal("message can't be deleted for everyone")
TOO_MANY_IDS = Refusal("too many message identifiers specified")
IDS_NOT_JSON = Refusal("can't parse message identifiers JSON object")
COPY_NOT_FOUND = Refusal("message to copy not found")
CANNOT_COPY = Refusal("message can't be copied")
FORWARD_NOT_FOUND = Refusal("message to forward not found")
CANNOT_FORWARD = Refusal("message can't be forwarded")
PIN_NOT_FOUND = Refusal("message to pin not found")
UNPIN_NOT_FOUND = Refusal("message to unpin not found")
IDS_ORDER = Refusal("message identifiers must be in a strictly increasing order")
NOTHING_TO_COPY = Refusal("there are no messages to copy")
NOTHING_TO_FORWARD = Refusal("there are no messages to forward")
CANNOT_PIN = Refusal("not enough rights to manage pinned messages in the chat")
REACT_NOT_FOUND = Refusal("message to react not found")
REACTION_INVALID = Refusal("REACTION_INVALID")
REACTION_NOT_JSON = Refusal("can't parse reaction types JSON object")

# Callback queries
QUERY_TOO_OLD = Refusal("query is too old and response timeout expired or query ID is invalid")
ANSWER_TOO_LONG = Refusal("MESSAGE_TOO_LONG")

# Files
NO_FILE_ID = Refusal("file_id not specified")
INVALID_FILE_ID = Refusal("invalid file_id")
FILE_TOO_BIG = Refusal("file is too big")
WRONG_PADDING = Refusal("wrong remote file identifier specified: Wrong padding in the string")
WRONG_REMOTE_ID = Refusal("wrong remote file identifier specified: can't unserialize it. Wrong last symbol")
NO_HTTP_HERE = Refusal("failed to get HTTP URL content")
IMAGE_UNREADABLE = Refusal("IMAGE_PROCESS_FAILED")
IMAGE_DIMENSIONS = Refusal("PHOTO_INVALID_DIMENSIONS")
FILE_EMPTY = Refusal("file must be non-empty")
MEDIA_NOT_JSON = Refusal("can't parse media JSON object")
MEDIA_NO_ARRAY = Refusal("expected an Array of InputMedia")
MEDIA_MISSING = Refusal("can't parse InputMedia: media not found")
ALBUM_TOO_LONG = Refusal("too many messages to send as an album")
ALBUM_EMPTY = Refusal("there are no messages to send")
ALBUM_KIND_FIXED = Refusal("can't change media type in the album")
NO_MEDIA_TO_EDIT = Refusal("there is no media in the message to edit")
VOICE_FORBIDDEN = Refusal("VOICE_MESSAGES_FORBIDDEN")
LATITUDE_EMPTY = Refusal("latitude is empty")
LONGITUDE_EMPTY = Refusal("longitude is empty")
LATITUDE_WRONG = Refusal("wrong latitude specified")
PHONE_EMPTY = Refusal("phone number is empty")
FIRST_NAME_EMPTY = Refusal("first name is empty")
WRONG_ACTION = Refusal("wrong parameter action in request")


def no_file(kind: str) -> Refusal:
    """The field with the file is empty; `kind` as in the method's name."""
    return Refusal(f"there is no {kind} in the request")


def album_mixed(kind: str) -> Refusal:
    """Documents and music go only with their own kind."""
    return Refusal(f"{kind} can't be mixed with other media types")


def media_type(kind: object, *, known: bool) -> Refusal:
    """An InputMedia's type does not fit; `known` ones are those that other methods take."""
    return Refusal(
        f'can\'t parse InputMedia: type "{kind}" ' + ("can't be used in sendMediaGroup" if known else "is unsupported")
    )


def wrong_kind(kind: str, wanted: str) -> Refusal:
    """A known file used as something else."""
    return Refusal(f"can't use file of type {kind} as {wanted}")


# Topics
THREAD_NOT_FOUND = Refusal("message thread not found")
THREAD_INVALID = Refusal("invalid message thread identifier specified")
TOPIC_CLOSED = Refusal("TOPIC_CLOSED")
TOPIC_NOT_MODIFIED = Refusal("TOPIC_NOT_MODIFIED")
NOT_A_FORUM = Refusal("the chat is not a forum")
NO_RIGHT_TO_CREATE_TOPIC = Refusal("not enough rights to create a topic")
NO_RIGHT_TO_EDIT_TOPIC = Refusal("not enough rights to edit the topic")
TOPIC_NAME_EMPTY = Refusal("name must be non-empty")
TOPIC_COLOR = Refusal("invalid icon color specified")

# Commands
COMMANDS_NOT_JSON = Refusal("can't parse commands JSON object")
COMMANDS_NO_ARRAY = Refusal("expected an Array of BotCommand")
COMMAND_NO_OBJECT = Refusal("can't parse BotCommand: expected an Object")
COMMAND_INVALID = Refusal("BOT_COMMAND_INVALID")
COMMAND_DESCRIPTION_INVALID = Refusal("BOT_COMMAND_DESCRIPTION_INVALID")
COMMANDS_TOO_MUCH = Refusal("BOT_COMMANDS_TOO_MUCH")
SCOPE_NOT_JSON = Refusal("can't parse BotCommandScope JSON object")
SCOPE_UNSUPPORTED = Refusal("can't parse BotCommandScope: unsupported type specified")
NAME_INVALID = Refusal("BOT_TITLE_INVALID")
DESCRIPTION_TOO_LONG = Refusal("bot description must be no longer than 512 characters")
SHORT_DESCRIPTION_TOO_LONG = Refusal("bot short description must be no longer than 120 characters")
LANGUAGE_INVALID = Refusal("invalid language code specified")

# Groups
NO_RIGHT_TO_CHANGE_TITLE = Refusal("not enough rights to change chat title")
TITLE_EMPTY = Refusal("title must be non-empty")
NO_RIGHT_TO_INVITE = Refusal("not enough rights to manage chat invite link")

# Requests
NOT_JSON = Refusal("can't parse request: can't parse JSON object")
NOT_AN_OBJECT = Refusal("can't parse request: expected an Object")
