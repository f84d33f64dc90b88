"""Keyboards that a bot sends: read, checked, and given to those who should see them."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from typing import Any

from sandbox import refusals
from sandbox.call import Call
from sandbox.html_text import full_address, is_address
from sandbox.posting import address
from sandbox.shapes import Json
from sandbox.things import Chat, Message
from sandbox.world import World

_ACTIONS = (
    "url",
    "callback_data",
    "web_app",
    "login_url",
    "switch_inline_query",
    "switch_inline_query_current_chat",
    "switch_inline_query_chosen_chat",
    "copy_text",
    "callback_game",
    "pay",
)
_OPTIONAL = ("icon_custom_emoji_id", "style")
LONGEST = 10_000
"""Bytes of a keyboard's JSON; Telegram's own limit is not documented."""


LONGEST_COPY = 256
"""Characters that a button may copy."""


@dataclass(frozen=True)
class Markup:
    """A reply_markup. `kind`: inline, keyboard, remove or force."""

    kind: str
    content: Json


def read_markup(call: Call) -> Markup | None:
    """The call's reply_markup. Raises Refusal. An inline keyboard without buttons is none."""
    given = call.json("reply_markup", refusals.MARKUP_NOT_JSON)
    if given is None:
        return None
    if not isinstance(given, dict):
        raise refusals.MARKUP_NO_OBJECT
    if "keyboard" in given:
        return Markup("keyboard", {**given, "keyboard": _keys(given["keyboard"])})
    if "inline_keyboard" in given:
        rows = _inline_rows(given["inline_keyboard"])
        return Markup("inline", {"inline_keyboard": rows}) if rows else None
    if given.get("remove_keyboard"):
        return Markup("remove", given)
    if given.get("force_reply"):
        return Markup("force", given)
    return None


def read_inline(call: Call) -> Json | None:
    """The markup of an edit, which can only be an inline keyboard; checked as Telegram's servers check it."""
    markup = read_markup(call)
    if markup is None:
        return None
    if markup.kind != "inline":
        raise refusals.INLINE_EXPECTED
    check_on_server(markup)
    return markup.content


def check_on_server(markup: Markup | None) -> None:
    """What Telegram's servers refuse after everything else was found right."""
    if markup is None:
        return
    for row in markup.content.get("inline_keyboard", ()):
        for button in row:
            if len(button.get("callback_data", "").encode()) > 64:
                raise refusals.BUTTON_DATA_INVALID
            if "copy_text" in button and not _can_be_copied(button["copy_text"]):
                raise refusals.COPY_TEXT_INVALID
    if len(json.dumps(markup.content).encode()) > LONGEST:
        raise refusals.MARKUP_TOO_LONG


def _can_be_copied(given: Any) -> bool:
    text = given.get("text") if isinstance(given, dict) else None
    return isinstance(text, str) and 1 <= len(text) <= LONGEST_COPY


def _rows(given: Any, refusal: refusals.Refusal) -> list[list[Any]]:
    if not isinstance(given, list) or not all(isinstance(row, list) for row in given):
        raise refusal
    return [row for row in given if row]


def _keys(given: Any) -> list[list[Json]]:
    keys = []
    for row in _rows(given, refusals.KEYBOARD_NOT_ROWS):
        keys.append([{"text": key} if isinstance(key, str) else key for key in row])
    for key in (key for row in keys for key in row):
        if not isinstance(key, dict) or not isinstance(key.get("text"), str):
            raise refusals.KEY_NO_TEXT
    return keys


def _inline_rows(given: Any) -> list[list[Json]]:
    return [[_button(button) for button in row] for row in _rows(given, refusals.MARKUP_NOT_ROWS)]


def _button(given: Any) -> Json:
    if not isinstance(given, dict):
        raise refusals.BUTTON_NO_OBJECT
    text = given.get("text")
    if not isinstance(text, str) or not text:
        raise refusals.BUTTON_NO_TEXT
    button: Json = {"text": text}
    button |= {name: given[name] for name in _OPTIONAL if name in given}
    for action in _ACTIONS:
        if action == "callback_data" and not given.get(action):
            continue
        if action in given:
            value = given[action]
            return {**button, action: _address(value) if action == "url" else value}
    raise refusals.BUTTON_WITHOUT_ACTION


def _address(url: Any) -> str:
    if not isinstance(url, str) or not url:
        raise refusals.BUTTON_WITHOUT_ACTION
    user = re.fullmatch(r"tg://user\?id=\d+", url)
    if not user and not is_address(url):
        known = re.match(r"(?i)(https?|tg|ton)://", url) or "://" not in url
        raise refusals.button_url(url, "Wrong HTTP URL" if known else "Unsupported URL protocol")
    return full_address(url)


def give_keyboard(world: World, chat: Chat, message: Message, markup: Markup) -> None:
    """Give a reply keyboard or ForceReply to those it is for, or take theirs away.

    A `selective` one in a group is for whoever the message replies to or mentions.
    """
    content = markup.content
    for person in _readers(world, chat, message, selective=bool(content.get("selective"))):
        if markup.kind == "remove":
            chat.keyboards.pop(person, None)
        else:
            chat.keyboards[person] = {"markup": content, "message_id": message.message_id}
    world.events.emit("keyboard", **address(chat))


def _readers(world: World, chat: Chat, message: Message, *, selective: bool) -> list[int]:
    everybody = [chat.id] if chat.is_private else [one for one in chat.inside() if one in world.people]
    if not selective or chat.is_private:
        return everybody
    chosen: set[int] = set()
    replied = chat.messages.get(message.reply_to) if message.reply_to is not None else None
    if replied is not None:
        chosen.add(replied.author)
    units = message.content.get("text", "").encode("utf-16-le")
    for entity in message.content.get("entities", ()):
        if entity["type"] == "text_mention":
            chosen.add(entity["user"]["id"])
        elif entity["type"] == "mention":
            start, end = entity["offset"] * 2 + 2, (entity["offset"] + entity["length"]) * 2
            name = units[start:end].decode("utf-16-le").lower()
            chosen |= {one for one in everybody if world.user(one).get("username", "").lower() == name}
    return [one for one in everybody if one in chosen]


def forced_reply_done(world: World, chat: Chat, person: int) -> None:
    """Whoever was asked by a ForceReply has written something: the question is off their screen."""
    given = chat.keyboards.get(person)
    if given is not None and given["markup"].get("force_reply"):
        del chat.keyboards[person]
        world.events.emit("keyboard", **address(chat))
