"""Pressing buttons: under messages, of reply keyboards, and links to bots."""

from __future__ import annotations

import re
from typing import Any
from urllib.parse import SplitResult, parse_qs, urlsplit

from sandbox.membership import add, read_rights
from sandbox.people.registry import number, people_can, required, where, which, who, words
from sandbox.people.writing import speak, start, text_fields
from sandbox.posting import page_message
from sandbox.refusals import Problem
from sandbox.rendering import message_object
from sandbox.shapes import Json
from sandbox.things import BotAccount, CallbackQuery, Chat, Message, Person
from sandbox.world import World


@people_can("press")
def press(world: World, body: Json) -> Json:
    """Press an inline button: by its data, its label, or row and column.

    `forged: true` sends data that no button has, as a tampered client can.
    """
    person = who(world, body)
    chat = where(world, person, body)
    message = which(chat, body)
    if not chat.is_private and not chat.member(person.id).is_inside:
        raise Problem("You are not in this group.")
    if body.get("forged"):
        return _query(world, person, chat, message, str(body.get("data", "")))
    button = _button(message, body)
    if "callback_data" in button:
        return _query(world, person, chat, message, button["callback_data"])
    if "url" in button:
        return follow(world, person, button["url"], body)
    if "copy_text" in button:
        return {"copied": button["copy_text"]["text"]}
    raise Problem("The sandbox does not know what this button does.")


def _button(message: Message, body: Json) -> Json:
    rows: list[list[Json]] = message.content.get("reply_markup", {}).get("inline_keyboard", [])
    if not rows:
        raise Problem("This message has no buttons.")
    buttons = [button for row in rows for button in row]
    if body.get("data") is not None:
        found = [button for button in buttons if button.get("callback_data") == body["data"]]
    elif body.get("label") is not None:
        label = str(body["label"])
        found = [button for button in buttons if button["text"] == label]
        found = found or [button for button in buttons if label in button["text"]]
    else:
        place = body.get("button") or [body.get("row"), body.get("column", 0)]
        found = _at(rows, place)
    if not found:
        raise Problem(f"There is no such button; there are: {', '.join(button['text'] for button in buttons)}.")
    return found[0]


def _at(rows: list[list[Json]], place: Any) -> list[Json]:
    try:
        row, column = (int(value) for value in place)
    except (TypeError, ValueError):
        raise Problem("Say which button: by data, by label, or by row and column.") from None
    inside = 0 <= row < len(rows) and 0 <= column < len(rows[row])
    return [rows[row][column]] if inside else []


def _query(world: World, person: Person, chat: Chat, message: Message, data: str) -> Json:
    bot = world.bots.get(message.author)
    if bot is None:
        raise Problem("Only messages of bots have buttons.")
    query = CallbackQuery(world.big_number(), bot.id, person.id, chat.id, world.clock.timestamp())
    world.callbacks[query.id] = query
    # A press always carries who pressed, also of an administrator who writes anonymously.
    update = {
        "id": query.id,
        "from": person.user,
        "message": message_object(world, chat, message),
        "chat_instance": chat.instance,
        "data": data,
    }
    world.push(bot, "callback_query", update, chat=chat.id)
    return {"id": query.id}


def follow(world: World, person: Person, url: str, body: Json) -> Json:
    """Follow a link as a Telegram client does: to a bot, or to a message of a group. All others are only told.

    Raises Problem for a message of a group they are not in, or that is not there.
    """
    link = urlsplit(url)
    shown = _linked_message(world, person, link)
    if shown is not None:
        return shown
    found = _linked_bot(world, url)
    if found is None:
        return {"url": url}
    query = parse_qs(link.query, keep_blank_values=True)
    if "startgroup" in query:
        return _start_in_group(world, person, found, query, body)
    payload = query.get("start", [""])[0]
    return {"message": start(world, {"from": person.id, "bot": found.id, "payload": payload})}


def _linked_message(world: World, person: Person, link: SplitResult) -> Json | None:
    """t.me/c/<supergroup>/[<topic>/]<message>: the message, where that group is in this world."""
    path = link.path.strip("/").split("/")
    if link.netloc.lower() not in ("t.me", "telegram.me") or path[0] != "c" or len(path) < 3:
        return None
    numbers = [int(part) if part.isascii() and part.isdigit() else 0 for part in (path[1], path[-1])]
    chat = world.groups.get(int(f"-100{numbers[0]}"))
    if chat is None:
        return None
    if not chat.member(person.id).is_inside or numbers[1] not in chat.messages:
        raise Problem("Only members of the group can see this message, as long as it is there.")
    return {"chat": chat.id, "message": page_message(world, chat, chat.messages[numbers[1]])}


def _linked_bot(world: World, url: str) -> BotAccount | None:
    link = urlsplit(url)
    if link.scheme == "tg" and link.netloc == "resolve":
        name = parse_qs(link.query).get("domain", [""])[0]
    elif link.netloc.lower() in ("t.me", "telegram.me"):
        name = link.path.strip("/")
    else:
        return None
    return next((bot for bot in world.bots.values() if bot.username.lower() == name.lower()), None)


def _start_in_group(world: World, person: Person, bot: BotAccount, query: dict[str, list[str]], body: Json) -> Json:
    if body.get("group") is None:
        raise Problem("Say into which group: the field 'group'.")
    group = world.group(body["group"])
    asked = [right for right in re.split(r"[ +]", query.get("admin", [""])[0]) if right]
    add(world, group, bot.id, by=person.id, rights=read_rights(asked) if asked else None)
    payload = query["startgroup"][0]
    answer: Json = {"chat": group.id}
    if payload:
        text = text_fields(f"/start@{bot.username} {payload}")
        answer["message"] = speak(world, {"from": person.id, "chat": group.id}, text)
    return answer


@people_can("follow")
def follow_link(world: World, body: Json) -> Json:
    """Follow a link from a text, such as https://t.me/<bot>?start=…"""
    return follow(world, who(world, body), words(body, "url"), body)


@people_can("tap")
def tap(world: World, body: Json) -> Json:
    """Press a button of the reply keyboard: says its label, or shares what it asks for."""
    person = who(world, body)
    chat = where(world, person, body)
    given = chat.keyboards.get(person.id, {"markup": {}, "message_id": None})
    keys = [key for row in given["markup"].get("keyboard", []) for key in row]
    label = words(body, "label")
    key = next((key for key in keys if key["text"] == label), None)
    if key is None:
        raise Problem(f"There is no such button; there are: {', '.join(key['text'] for key in keys) or 'none'}.")
    if key.get("request_contact"):
        return speak(world, body, {"contact": contact_fields(required(body, "contact"))})
    if key.get("request_location"):
        return speak(world, body, {"location": location_fields(required(body, "location"))})
    if "request_users" in key:
        return speak(world, body, _users_shared(world, key["request_users"], required(body, "users")))
    body = dict(body)
    if not chat.is_private and body.get("reply_to") is None and given["message_id"] in chat.messages:
        # In groups a label is said as a reply to the message that brought the keyboard, so that the bot sees it.
        body["reply_to"] = given["message_id"]
    return speak(world, body, text_fields(label))


def _users_shared(world: World, request: Json, chosen: Any) -> Json:
    if not isinstance(chosen, list) or not 1 <= len(chosen) <= request.get("max_quantity", 1):
        raise Problem(f"Choose 1 to {request.get('max_quantity', 1)} people.")
    users = []
    for value in chosen:
        user = world.user(world.number(value))
        shared: Json = {"user_id": user["id"]}
        if request.get("request_name"):
            shared |= {name: user[name] for name in ("first_name", "last_name") if name in user}
        if request.get("request_username") and "username" in user:
            shared["username"] = user["username"]
        users.append(shared)
    return {"users_shared": {"request_id": request["request_id"], "users": users}}


def contact_fields(given: Any) -> Json:
    """A Contact from a person's request. Raises Problem."""
    if not isinstance(given, dict):
        raise Problem("A contact has phone_number and first_name.")
    contact: Json = {"phone_number": words(given, "phone_number"), "first_name": words(given, "first_name")}
    if given.get("last_name"):
        contact["last_name"] = str(given["last_name"])
    if given.get("user_id"):
        contact["user_id"] = int(given["user_id"])
    return contact


def location_fields(given: Any) -> Json:
    """A Location from a person's request, with long or short names. Raises Problem."""
    if not isinstance(given, dict):
        raise Problem("A location has latitude and longitude.")
    latitude = number(given, "latitude" if "latitude" in given else "lat")
    longitude = number(given, "longitude" if "longitude" in given else "lon")
    if not (-90 <= latitude <= 90 and -180 <= longitude <= 180):
        raise Problem("There is no such place on earth.")
    return {"latitude": latitude, "longitude": longitude}
