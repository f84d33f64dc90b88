"""New people, groups and topics."""

from __future__ import annotations

from typing import Any

from sandbox import groups, membership, topics
from sandbox.people.registry import people_can, required, words
from sandbox.posting import create_topic
from sandbox.refusals import FORBIDDABLE, Problem
from sandbox.rendering import chat_object
from sandbox.shapes import Json
from sandbox.things import Chat, Topic
from sandbox.world import World

_USER_FIELDS = ("last_name", "username", "language_code")


@people_can("people")
def new_person(world: World, body: Json) -> Json:
    """Somebody new; gives the User."""
    user: Json = {"first_name": words(body, "first_name").strip()}
    if not user["first_name"]:
        raise Problem("A person needs a first name.")
    user |= {name: str(body[name]) for name in _USER_FIELDS if body.get(name)}
    if body.get("is_premium"):
        user["is_premium"] = True
    return world.add_person(user).user


@people_can("groups")
def new_group(world: World, body: Json) -> Json:
    """A new group; gives the Chat."""
    members = [world.number(value) for value in required(body, "members")]
    admins = [world.number(value) for value in body.get("admins") or []]
    is_forum = bool(body.get("forum"))
    is_large = bool(body.get("supergroup")) or is_forum
    chat = groups.make_group(world, words(body, "title"), members, admins, forum=is_forum, supergroup=is_large)
    return chat_object(world, chat)


def _group(world: World, body: Json) -> Chat:
    return world.group(required(body, "chat"))


def _by(world: World, chat: Chat, body: Json) -> int:
    """Who does it: the one named, or the owner."""
    if body.get("by") is not None:
        number = world.number(body["by"])
        world.user(number)
        return number
    return next(member.user_id for member in chat.members.values() if member.status == "creator")


@people_can("group/add")
def add(world: World, body: Json) -> Json:
    """Bring a person or bot into a group, as administrator when rights are given."""
    chat = _group(world, body)
    user = world.number(required(body, "user"))
    world.user(user)
    rights = membership.read_rights(body["rights"]) if body.get("rights") is not None else None
    membership.add(world, chat, user, by=_by(world, chat, body), rights=rights)
    return chat_object(world, chat)


@people_can("group/remove")
def remove(world: World, body: Json) -> Json:
    """Throw somebody out; by oneself: leave."""
    chat = _group(world, body)
    membership.remove(world, chat, world.number(required(body, "user")), by=_by(world, chat, body))
    return chat_object(world, chat)


@people_can("group/promote")
def promote(world: World, body: Json) -> Json:
    """Give rights (all the usual ones when none are named), or take them (an empty list)."""
    chat = _group(world, body)
    rights = membership.read_rights(body.get("rights"))
    membership.promote(world, chat, world.number(required(body, "user")), by=_by(world, chat, body), rights=rights)
    return chat_object(world, chat)


@people_can("group/forbid")
def forbid(world: World, body: Json) -> Json:
    """Forbid ordinary members, bots too, to send these things (`what`: text, photo, …); an empty list allows all.

    As in Telegram, no bot is told.
    """
    chat, what = _group(world, body), required(body, "what")
    if not isinstance(what, list) or not set(what) <= set(FORBIDDABLE):
        raise Problem(f"What can be forbidden: {', '.join(FORBIDDABLE)}.")
    chat.forbidden = frozenset(what)
    return chat_object(world, chat)


@people_can("group/upgrade")
def upgrade(world: World, body: Json) -> Json:
    """Turn a basic group into a supergroup; gives the new Chat."""
    return chat_object(world, groups.upgrade(world, _group(world, body)))


@people_can("group/forum")
def forum(world: World, body: Json) -> Json:
    """Turn topics on or off; gives the Chat, which may be a new one."""
    return chat_object(world, groups.set_forum(world, _group(world, body), bool(body.get("on", True))))


def _forum_group(world: World, body: Json) -> Chat:
    chat = _group(world, body)
    if not chat.is_forum:
        raise Problem("This group has no topics.")
    return chat


def _topic(world: World, body: Json) -> tuple[Chat, Topic, int]:
    chat = _forum_group(world, body)
    given: Any = required(body, "thread")
    topic = chat.topics.get(int(given)) if str(given).isdigit() else None
    topic = topic or next((one for one in chat.topics.values() if one.name == given and not one.is_deleted), None)
    if topic is None or topic.is_deleted:
        raise Problem("There is no such topic.")
    by = _by(world, chat, body)
    if topic.creator != by:
        _require_topics_right(chat, by)
    return chat, topic, by


def _require_topics_right(chat: Chat, by: int) -> None:
    if not chat.member(by).may("can_manage_topics"):
        raise Problem("Only administrators with that right can manage topics.")


def _shape(topic: Topic) -> Json:
    return {"thread_id": topic.thread_id, "message_thread_id": topic.thread_id, "name": topic.name}


@people_can("topic/create")
def open_topic(world: World, body: Json) -> Json:
    """A new topic."""
    chat = _forum_group(world, body)
    by = _by(world, chat, body)
    _require_topics_right(chat, by)
    color = topics.COLORS[len(chat.topics) % len(topics.COLORS)]
    return _shape(create_topic(world, chat, by, words(body, "name").strip()[:128], color))


@people_can("topic/rename")
def rename_topic(world: World, body: Json) -> Json:
    """Another name for a topic."""
    chat, topic, by = _topic(world, body)
    topics.edit_topic(world, chat, topic, by, words(body, "name").strip()[:128], None)
    return _shape(topic)


@people_can("topic/close")
def close_topic(world: World, body: Json) -> Json:
    """Close a topic."""
    chat, topic, by = _topic(world, body)
    topics.set_closed(world, chat, topic, by, True)
    return _shape(topic)


@people_can("topic/reopen")
def reopen_topic(world: World, body: Json) -> Json:
    """Reopen a topic."""
    chat, topic, by = _topic(world, body)
    topics.set_closed(world, chat, topic, by, False)
    return _shape(topic)


@people_can("topic/delete")
def delete_topic(world: World, body: Json) -> Json:
    """Delete a topic with its messages."""
    chat, topic, _ = _topic(world, body)
    topics.delete_topic(world, chat, topic)
    return {"deleted": topic.thread_id}
