"""A scene sets a world up: people, groups, phones, places, by name."""

from __future__ import annotations

from typing import Any

from sandbox import groups, membership, topics
from sandbox.people.registry import people_can, required, words
from sandbox.people.writing import start
from sandbox.posting import create_topic
from sandbox.refusals import Problem
from sandbox.shapes import Json
from sandbox.world import World

_USER_FIELDS = ("first_name", "last_name", "username", "language_code", "is_premium")


@people_can("scene")
def set_scene(world: World, body: Json) -> Json:
    """Make what a scene describes; gives the ids by name: {"people": {…}, "groups": {…}}.

    People: fields of a User, `name` (else first_name) to speak of them, `avatar_color`, `start` to press Start. Groups:
    title, `name` (else the title), members, admins, forum, supergroup, `topics` (names), `bot` (rights with which the
    bot joins; an empty list: as a member). Phones: person, chat ("bot" or a group), title. `language`: that of the
    page at first (en or zh-hans). Raises Problem.
    """
    people = {_name(one, "first_name"): _person(world, one) for one in _list(body, "people")}
    made = {_name(one, "title"): _group(world, one) for one in _list(body, "groups")}
    for phone in _list(body, "phones"):
        person = world.person(required(phone, "person"))
        chat = phone.get("chat", "bot")
        chat_id = world.number(chat)
        if chat_id not in world.bots:
            chat_id = world.group(chat).id
        world.phones.append({"person": person.id, "chat": chat_id, "title": phone.get("title", "")})
    world.places += _list(body, "places")
    world.timezone = body.get("timezone", world.timezone)
    world.language = body.get("language", world.language)
    for one in _list(body, "people"):
        if one.get("start"):
            start(world, {"from": people[_name(one, "first_name")]})
    world.events.emit("scene")
    return {"people": people, "groups": made}


def _list(body: Json, name: str) -> list[Json]:
    given: Any = body.get(name, [])
    if not isinstance(given, list) or not all(isinstance(one, dict) for one in given):
        raise Problem(f"In a scene {name!r} is a list of objects.")
    return given


def _name(given: Json, otherwise: str) -> str:
    return str(given.get("name") or given.get("key") or words(given, otherwise))


def _person(world: World, given: Json) -> int:
    words(given, "first_name")
    person = world.add_person({name: given[name] for name in _USER_FIELDS if name in given})
    if given.get("avatar_color"):
        person.avatar_color = str(given["avatar_color"])
    world.names[_name(given, "first_name")] = person.id
    return person.id


def _known(world: World, value: Any) -> int:
    number = world.number(value)
    if number not in world.people and number not in world.bots:
        raise Problem(f"The scene speaks of {value!r}, whom it does not make.")
    return number


def _group(world: World, given: Json) -> int:
    members = [_known(world, value) for value in given.get("members", [])]
    admins = [_known(world, value) for value in given.get("admins", [])]
    is_forum = bool(given.get("forum"))
    is_large = bool(given.get("supergroup", is_forum))
    chat = groups.make_group(world, words(given, "title"), members, admins, forum=is_forum, supergroup=is_large)
    if "bot" in given:
        membership.add(
            world, chat, world.first_bot.id, by=members[0], rights=membership.read_rights(given["bot"] or {})
        )
    for index, topic in enumerate(given.get("topics", [])):
        create_topic(world, chat, members[0], str(topic), topics.COLORS[index % len(topics.COLORS)])
    world.names[_name(given, "title")] = chat.id
    return chat.id
