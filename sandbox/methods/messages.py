"""Sending and copying messages."""

from typing import Any

from sandbox import refusals
from sandbox.call import Call
from sandbox.methods.registry import answers
from sandbox.outgoing import (
    LONGEST_TEXT,
    put,
    read_caption,
    read_destination,
    read_preview,
    read_text,
    require_may_send,
    send,
    take_turn,
    text_content,
    without,
)
from sandbox.posting import address
from sandbox.shapes import Json
from sandbox.things import Chat, Message

_ACTIONS = frozenset(
    {
        "typing",
        "upload_photo",
        "record_video",
        "upload_video",
        "record_voice",
        "record_audio",
        "upload_voice",
        "upload_audio",
        "upload_document",
        "choose_sticker",
        "find_location",
        "record_video_note",
        "upload_video_note",
        "cancel",
    }
)
_CAPTIONED = ("photo", "video", "voice", "audio", "document")
_NOT_COPIED = ("reply_markup", "has_protected_content", "media_group_id", "forward_origin")


@answers("sendMessage")
def send_message(call: Call) -> Json:
    """A text."""
    if not call.text("text"):
        raise refusals.TEXT_EMPTY
    text, entities = read_text(call, "text", "parse_mode", "entities")
    if not text:
        raise refusals.TEXT_BLANK
    to = read_destination(call)
    if len(text) > LONGEST_TEXT:
        raise refusals.MESSAGE_TOO_LONG
    return send(call, to, text_content(text, entities, read_preview(call)))


@answers("sendChatAction")
def send_chat_action(call: Call) -> bool:
    """What the bot is busy with, shown for five seconds."""
    action = call.text("action").lower()
    if action not in _ACTIONS:
        raise refusals.WRONG_ACTION
    chat = call.chat()
    require_may_send(call, chat)
    call.world.events.emit("action", action=action, **{"from": call.bot.id}, **address(chat))
    return True


@answers("sendLocation")
def send_location(call: Call) -> Json:
    """A point on the map."""
    location = _location(call)
    return send(call, read_destination(call), {"location": location})


def _location(call: Call) -> Json:
    latitude, longitude = call.number("latitude"), call.number("longitude")
    if latitude is None:
        raise refusals.LATITUDE_EMPTY
    if longitude is None:
        raise refusals.LONGITUDE_EMPTY
    if not (-90 <= latitude <= 90 and -180 <= longitude <= 180):
        raise refusals.LATITUDE_WRONG
    return {"latitude": latitude, "longitude": longitude}


@answers("sendVenue")
def send_venue(call: Call) -> Json:
    """A point on the map with a name."""
    location = _location(call)
    venue = {"location": location, "title": call.text("title"), "address": call.text("address")}
    return send(call, read_destination(call), {"location": location, "venue": venue})


@answers("sendContact")
def send_contact(call: Call) -> Json:
    """A telephone number with a name."""
    contact: Json = {"phone_number": call.text("phone_number"), "first_name": call.text("first_name")}
    if not contact["phone_number"]:
        raise refusals.PHONE_EMPTY
    if not contact["first_name"]:
        raise refusals.FIRST_NAME_EMPTY
    contact |= {name: call.text(name) for name in ("last_name", "vcard") if call.has(name)}
    return send(call, read_destination(call), {"contact": contact})


def _source(call: Call, missing: refusals.Refusal) -> tuple[Chat, Message]:
    chat = call.chat("from_chat_id")
    if not call.has("message_id"):
        raise refusals.NO_MESSAGE_ID
    message = chat.messages.get(call.integer("message_id"))
    if message is None:
        raise missing
    return chat, message


def _is_service(message: Message) -> bool:
    ordinary = ("text", "photo", "voice", "video", "video_note", "audio", "document", "location", "contact", "venue")
    return not any(name in message.content for name in ordinary)


@answers("copyMessage")
def copy_message(call: Call) -> Json:
    """The same content as a message of the bot's own; another caption may be given."""
    to = read_destination(call)
    _, message = _source(call, refusals.COPY_NOT_FOUND)
    if _is_service(message) or message.content.get("has_protected_content"):
        raise refusals.CANNOT_COPY
    content = without(message.content, *_NOT_COPIED)
    if "caption" in call.arguments and any(kind in content for kind in _CAPTIONED):
        content = without(content, "caption", "caption_entities") | read_caption(call)
    return {"message_id": send(call, to, content)["message_id"]}


@answers("copyMessages")
def copy_messages(call: Call) -> list[Json]:
    """Several at once; those that cannot be copied are passed over."""
    return [{"message_id": sent["message_id"]} for sent in _several(call, forward=False)]


@answers("forwardMessage")
def forward_message(call: Call) -> Json:
    """A message passed on, with the name of who wrote it."""
    to = read_destination(call)
    chat, message = _source(call, refusals.FORWARD_NOT_FOUND)
    if _is_service(message) or message.content.get("has_protected_content"):
        raise refusals.CANNOT_FORWARD
    return send(call, to, _forwarded(call, chat, message))


@answers("forwardMessages")
def forward_messages(call: Call) -> list[Json]:
    """Several at once; those that cannot be forwarded are passed over."""
    return [{"message_id": sent["message_id"]} for sent in _several(call, forward=True)]


def _several(call: Call, *, forward: bool) -> list[Json]:
    to = read_destination(call, with_markup=False)
    chat = call.chat("from_chat_id")
    numbers = read_ids(call)
    if sorted(set(numbers)) != numbers:
        raise refusals.IDS_ORDER
    found = [chat.messages[number] for number in numbers if number in chat.messages]
    if not found:
        raise refusals.NOTHING_TO_FORWARD if forward else refusals.NOTHING_TO_COPY
    wanted = [one for one in found if not _is_service(one) and not one.content.get("has_protected_content")]
    require_may_send(call, to.chat, *(one.content for one in wanted))
    take_turn(call, to.chat, len(wanted))
    left = (*_NOT_COPIED, "caption", "caption_entities") if call.flag("remove_caption") else _NOT_COPIED
    contents = [_forwarded(call, chat, one) if forward else without(one.content, *left) for one in wanted]
    albums = _new_albums(call, wanted)
    return [put(call, to, content | album) for content, album in zip(contents, albums, strict=True)]


def _new_albums(call: Call, messages: list[Message]) -> list[Json]:
    # What was together stays together, as an album of its own.
    old = [one.content.get("media_group_id") for one in messages]
    new = {album: call.world.big_number() for album in old if album is not None and old.count(album) > 1}
    return [{"media_group_id": new[album]} if album in new else {} for album in old]


def _forwarded(call: Call, chat: Chat, message: Message) -> Json:
    origin: Any = message.content.get("forward_origin")
    if origin is None and message.is_anonymous:
        shape = {"id": chat.id, "title": chat.title, "type": chat.kind}
        origin = {"type": "chat", "date": message.date, "sender_chat": shape}
    elif origin is None:
        origin = {"type": "user", "date": message.date, "sender_user": call.world.user(message.author)}
    return without(message.content, *_NOT_COPIED) | {"forward_origin": origin}


def read_ids(call: Call) -> list[int]:
    """The argument message_ids. Raises Refusal."""
    given = call.json("message_ids", refusals.IDS_NOT_JSON)
    if not given:
        raise refusals.NO_MESSAGE_ID
    if not isinstance(given, list):
        raise refusals.IDS_NOT_JSON
    if len(given) > 100:
        raise refusals.TOO_MANY_IDS
    return [int(number) for number in given if isinstance(number, int) or str(number).isdigit()]
