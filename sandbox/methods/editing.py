"""Changing, deleting, pinning messages, and reacting to them."""

from typing import Any

from sandbox import refusals
from sandbox.call import Call
from sandbox.markup import read_inline
from sandbox.methods.messages import read_ids
from sandbox.methods.registry import answers
from sandbox.outgoing import (
    LONGEST_CAPTION,
    LONGEST_TEXT,
    read_preview,
    read_text,
    same_content,
    take_turn,
    text_content,
    without,
)
from sandbox.posting import change, remove, service, tell, tell_chat
from sandbox.rendering import message_object
from sandbox.shapes import Json
from sandbox.things import Chat, Message

UNTOUCHABLE_AFTER = 48 * 3600
"""Seconds after which Telegram deletes a message for nobody else any more."""


def target(call: Call) -> tuple[Chat, Message]:
    """The bot's own message that an edit names. Raises Refusal."""
    if call.has("inline_message_id"):
        raise refusals.EDIT_NOT_FOUND
    chat = call.chat()
    if not call.has("message_id"):
        raise refusals.NO_MESSAGE_ID
    message = chat.messages.get(call.integer("message_id"))
    if message is None:
        raise refusals.EDIT_NOT_FOUND
    if message.author != call.bot.id:
        raise refusals.CANNOT_EDIT
    return chat, message


def edit_content(call: Call, chat: Chat, message: Message, content: Json, keyboard: Json | None) -> Json:
    """Give a message its new content and keyboard, or none; an edit that changes nothing is refused."""
    if keyboard is not None:
        content = {**content, "reply_markup": keyboard}
    if same_content(content, message.content):
        raise refusals.NOT_MODIFIED
    take_turn(call, chat)
    change(call.world, chat, message, content)
    return message_object(call.world, chat, message)


@answers("editMessageText")
def edit_message_text(call: Call) -> Json:
    """Another text; without reply_markup the keyboard goes."""
    if not call.text("text"):
        raise refusals.TEXT_EMPTY
    text, entities = read_text(call, "text", "parse_mode", "entities")
    if not text:
        raise refusals.TEXT_BLANK
    keyboard = read_inline(call)
    chat, message = target(call)
    if "text" not in message.content:
        raise refusals.NO_TEXT_TO_EDIT
    if len(text) > LONGEST_TEXT:
        raise refusals.EDITED_TOO_LONG
    options = read_preview(call)
    kept = without(message.content, "text", "entities", "link_preview_options", "reply_markup")
    return edit_content(call, chat, message, text_content(text, entities, options) | kept, keyboard)


@answers("editMessageCaption")
def edit_message_caption(call: Call) -> Json:
    """Another caption, or none."""
    text, entities = read_text(call, "caption", "parse_mode", "caption_entities")
    keyboard = read_inline(call)
    chat, message = target(call)
    if not any(kind in message.content for kind in ("photo", "video", "voice", "audio", "document", "animation")):
        raise refusals.NO_CAPTION_TO_EDIT
    if len(text) > LONGEST_CAPTION:
        raise refusals.EDITED_CAPTION_TOO_LONG
    content = without(message.content, "caption", "caption_entities", "reply_markup")
    if text:
        content["caption"] = text
    if entities:
        content["caption_entities"] = entities
    return edit_content(call, chat, message, content, keyboard)


@answers("editMessageReplyMarkup")
def edit_message_reply_markup(call: Call) -> Json:
    """Another inline keyboard, or none."""
    keyboard = read_inline(call)
    chat, message = target(call)
    return edit_content(call, chat, message, without(message.content, "reply_markup"), keyboard)


@answers("deleteMessage")
def delete_message(call: Call) -> bool:
    """Take a message away, if the bot may."""
    chat = call.chat()
    if not call.has("message_id"):
        raise refusals.NO_MESSAGE_ID
    message = chat.messages.get(call.integer("message_id"))
    if message is None:
        raise refusals.DELETE_NOT_FOUND
    refusal = _why_not_deleted(call, chat, message)
    if refusal is not None:
        raise refusal
    remove(call.world, chat, [message.message_id])
    return True


@answers("deleteMessages")
def delete_messages(call: Call) -> bool:
    """Take several away; those that are not there or may not be deleted are passed over."""
    chat = call.chat()
    found = [chat.messages[number] for number in read_ids(call) if number in chat.messages]
    remove(call.world, chat, [one.message_id for one in found if _why_not_deleted(call, chat, one) is None])
    return True


def _why_not_deleted(call: Call, chat: Chat, message: Message) -> refusals.Refusal | None:
    if not chat.is_private and call.membership(chat).may("can_delete_messages"):
        return None
    if "forum_topic_created" in message.content or "migrate_from_chat_id" in message.content:
        return refusals.CANNOT_DELETE
    if call.now - message.date > UNTOUCHABLE_AFTER:
        return refusals.CANNOT_DELETE_FOR_ALL
    if message.author == call.bot.id or chat.is_private:
        return None
    return refusals.CANNOT_DELETE


def _may_pin(call: Call, chat: Chat) -> bool:
    return chat.is_private or call.membership(chat).may("can_pin_messages")


@answers("pinChatMessage")
def pin_chat_message(call: Call) -> bool:
    """Put a message to the top of the chat; a service message tells of it, to the bot as well."""
    chat = call.chat()
    message = chat.messages.get(call.integer("message_id"))
    if message is None:
        raise refusals.PIN_NOT_FOUND
    if not _may_pin(call, chat):
        raise refusals.CANNOT_PIN
    if message.message_id in chat.pinned:
        return True
    chat.pinned.append(message.message_id)
    silent = call.flag("disable_notification")
    content = {"pinned_message": message.message_id}
    service(call.world, chat, call.bot.id, content, reply_to=None, thread=_topic(message), silent=silent)
    tell_chat(call.world, chat)
    return True


def _topic(message: Message) -> int | None:
    return message.thread if message.in_topic else None


@answers("unpinChatMessage")
def unpin_chat_message(call: Call) -> bool:
    """Take a pin away: of the message named, or the latest."""
    chat = call.chat()
    if not _may_pin(call, chat):
        raise refusals.CANNOT_PIN
    number = call.integer("message_id") if call.has("message_id") else (chat.pinned or [0])[-1]
    if number not in chat.pinned:
        raise refusals.UNPIN_NOT_FOUND
    chat.pinned.remove(number)
    tell_chat(call.world, chat)
    return True


@answers("unpinAllChatMessages")
def unpin_all_chat_messages(call: Call) -> bool:
    """Take all pins away."""
    chat = call.chat()
    if not _may_pin(call, chat):
        raise refusals.CANNOT_PIN
    chat.pinned.clear()
    tell_chat(call.world, chat)
    return True


@answers("setMessageReaction")
def set_message_reaction(call: Call) -> bool:
    """The bot's reaction to a message: one emoji, or none."""
    given: Any = call.json("reaction", refusals.REACTION_NOT_JSON) or []
    chat = call.chat()
    message = chat.messages.get(call.integer("message_id"))
    if message is None:
        raise refusals.REACT_NOT_FOUND
    if not isinstance(given, list) or not all(isinstance(one, dict) for one in given):
        raise refusals.REACTION_NOT_JSON
    if len(given) > 1 or any(one.get("emoji") not in REACTIONS for one in given if one.get("type") == "emoji"):
        raise refusals.REACTION_INVALID
    if given:
        message.reactions[call.bot.id] = given
    else:
        message.reactions.pop(call.bot.id, None)
    call.world.events.emit("reaction", chat=chat.id, message_id=message.message_id)
    tell(call.world, "edit", chat, message)
    return True


_EMOJI = """
❤ 👍 👎 🔥 🥰 👏 😁 🤔 🤯 😱 🤬 😢 🎉 🤩 🤮 💩 🙏 👌
🕊 🤡 🥱 🥴 😍 🐳 ❤‍🔥 🌚 🌭 💯 🤣 ⚡ 🍌 🏆 💔 🤨 😐 🍓
🍾 💋 🖕 😈 😴 😭 🤓 👻 👨‍💻 👀 🎃 🙈 😇 😨 🤝 ✍ 🤗 🫡
🎅 🎄 ☃ 💅 🤪 🗿 🆒 💘 🙉 🦄 😘 💊 🙊 😎 👾 🤷‍♂ 🤷 🤷‍♀
😡
"""
REACTIONS = frozenset(_EMOJI.split())
"""The emoji that ReactionTypeEmoji allows."""
