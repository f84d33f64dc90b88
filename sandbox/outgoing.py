"""What all sending methods share: where a message goes, what it says, who may send it, how fast."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any

from sandbox import refusals
from sandbox.call import Call
from sandbox.html_text import parse_html
from sandbox.markdown_text import parse_markdown_v2
from sandbox.markup import Markup, check_on_server, give_keyboard, read_markup
from sandbox.posting import post
from sandbox.rendering import message_object
from sandbox.shapes import Json
from sandbox.text import clean, formatted, length
from sandbox.things import Chat, Message

LONGEST_TEXT = 4096
LONGEST_CAPTION = 1024
LONGEST_RAW_TEXT = 32768


@dataclass(frozen=True)
class Destination:
    """Where a message goes and in which manner."""

    chat: Chat
    thread: int | None
    reply_to: int | None
    silent: bool
    is_protected: bool
    markup: Markup | None


def read_text(call: Call, name: str, mode: str, entities: str) -> tuple[str, list[Json]]:
    """A text with its entities, by parse_mode or as given. Raises Refusal."""
    raw = call.text(name)
    if len(raw.encode("utf-8", "surrogatepass")) > LONGEST_RAW_TEXT:
        raise refusals.TEXT_TOO_LONG
    parse_mode = call.text(mode).lower()
    if parse_mode in ("", "none"):
        return formatted(clean(raw), _given_entities(call, entities, raw))
    if parse_mode == "html":
        return formatted(*parse_html(clean(raw), call.find_user))
    if parse_mode == "markdownv2":
        return formatted(*parse_markdown_v2(clean(raw), call.find_user))
    raise refusals.UNSUPPORTED_PARSE_MODE


def _given_entities(call: Call, name: str, text: str) -> list[Json]:
    given = call.json(name, refusals.entities("expected an Array of MessageEntity"))
    if given is None:
        return []
    if not isinstance(given, list):
        raise refusals.entities("expected an Array of MessageEntity")
    size = length(clean(text))
    kept = []
    for entity in given:
        if not isinstance(entity, dict) or not isinstance(entity.get("type"), str):
            raise refusals.entities("expected an Object")
        offset, extent = entity.get("offset"), entity.get("length")
        if not isinstance(offset, int) or not isinstance(extent, int):
            raise refusals.entities('Field "offset" must be of type Number')
        if offset >= 0 and extent > 0 and offset + extent <= size:
            kept.append(entity)
    return kept


def read_preview(call: Call) -> Any:
    """The argument link_preview_options. Raises Refusal."""
    return call.json("link_preview_options", refusals.LINK_PREVIEW_NOT_JSON)


def read_caption(call: Call) -> Json:
    """The fields caption and caption_entities of a message; nothing when there is no caption."""
    text, entities = read_text(call, "caption", "parse_mode", "caption_entities")
    if not text:
        return {}
    if len(text) > LONGEST_CAPTION:
        raise refusals.CAPTION_TOO_LONG
    content: Json = {"caption": text}
    if entities:
        content["caption_entities"] = entities
    if call.flag("show_caption_above_media"):
        content["show_caption_above_media"] = True
    return content


def read_destination(call: Call, *, with_markup: bool = True) -> Destination:
    """Chat, topic, reply and keyboard, looked at in the order in which Telegram looks. Raises Refusal."""
    reply = call.json("reply_parameters", refusals.REPLY_NOT_JSON)
    if reply is not None and not isinstance(reply, dict):
        raise refusals.REPLY_NOT_JSON
    markup = read_markup(call) if with_markup else None
    chat = call.chat()
    thread = read_thread(call, chat)
    return Destination(
        chat,
        thread,
        _replied(call, chat, reply or {}),
        call.flag("disable_notification"),
        call.flag("protect_content"),
        markup,
    )


def read_thread(call: Call, chat: Chat) -> int | None:
    """The topic to write into; in a group without topics the argument is ignored. Raises Refusal."""
    if not call.has("message_thread_id"):
        return None
    thread = call.integer("message_thread_id")
    if thread < 0:
        raise refusals.THREAD_INVALID
    if not chat.is_forum or thread == 0:
        return None
    topic = chat.topics.get(thread)
    # General has no id of its own: asking for topic 1 is refused too.
    if topic is None or topic.is_deleted:
        raise refusals.THREAD_NOT_FOUND
    if topic.is_closed and not call.membership(chat).may("can_manage_topics"):
        raise refusals.TOPIC_CLOSED
    return thread


def _replied(call: Call, chat: Chat, reply: Json) -> int | None:
    given = reply.get("message_id")
    if isinstance(given, str) and given.isdigit():
        given = int(given)
    if not isinstance(given, int) or given <= 0:
        return None
    elsewhere = reply.get("chat_id") not in (None, "", chat.id, str(chat.id))
    if not elsewhere and given in chat.messages:
        return given
    if reply.get("allow_sending_without_reply") in (True, "true"):
        return None
    raise refusals.REPLY_NOT_FOUND


def require_may_send(call: Call, chat: Chat, *contents: Json) -> None:
    """Raises Refusal when the person has gone or does not want to hear from the bot, or the group forbids such things.

    `contents` are the fields of the messages that are to be sent.
    """
    if not chat.is_private:
        if not call.membership(chat).is_administrator:
            for field, what in refusals.FORBIDDABLE.items():
                if field in chat.forbidden and any(field in content for content in contents):
                    raise refusals.no_right_to_send(what)
        return
    if call.world.people[chat.id].is_deactivated:
        raise refusals.DEACTIVATED
    if chat.is_blocked:
        raise refusals.BLOCKED


def take_turn(call: Call, chat: Chat, count: int = 1) -> None:
    """Count messages against the flood limits. Raises Refusal (429)."""
    call.world.flood.take(call.bot.id, chat.id, is_group=not chat.is_private, count=count)


def send(call: Call, to: Destination, content: Json) -> Json:
    """Send one message; gives the Message that the bot gets as the answer. Raises Refusal."""
    require_may_send(call, to.chat, content)
    check_on_server(to.markup)
    take_turn(call, to.chat)
    return put(call, to, content)


def put(call: Call, to: Destination, content: Json) -> Json:
    """Send what was already allowed."""
    content = dict(content)
    if to.is_protected:
        content["has_protected_content"] = True
    if to.markup is not None and to.markup.kind == "inline":
        content["reply_markup"] = to.markup.content
    message = post(call.world, to.chat, call.bot.id, content, reply_to=to.reply_to, thread=to.thread, silent=to.silent)
    if to.markup is not None and to.markup.kind != "inline":
        give_keyboard(call.world, to.chat, message, to.markup)
    note_send(call, to.chat, message)
    return message_object(call.world, to.chat, message)


def note_send(call: Call, chat: Chat, message: Message) -> None:
    """Remember what a call has produced, so that tests can count what was sent twice."""
    sent: Json = {"method": call.method, "chat": chat.id, "message_id": message.message_id}
    text = message.content.get("text", message.content.get("caption"))
    call.sends.append({**sent, "text": text} if text is not None else sent)


def same_content(one: Json, other: Json) -> bool:
    """Whether two contents are the same for Telegram."""
    return json.dumps(one, sort_keys=True) == json.dumps(other, sort_keys=True)


def without(content: Json, *names: str) -> Json:
    """A copy without some fields."""
    return {name: value for name, value in content.items() if name not in names}


def text_content(text: str, entities: list[Json], options: Any) -> Json:
    """The fields of a text message."""
    content: Json = {"text": text}
    if entities:
        content["entities"] = entities
    if isinstance(options, dict) and options:
        content["link_preview_options"] = options
    return content
