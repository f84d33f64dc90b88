"""What can happen to a forum topic, whoever does it."""

from sandbox.posting import post, remove, tell_chat
from sandbox.shapes import Json
from sandbox.things import Chat, Topic
from sandbox.world import World

COLORS = (0x6FB9F0, 0xFFD67E, 0xCB86DB, 0x8EEE98, 0xFF93B2, 0xFB6F5F)
"""The colours the Bot API allows."""


def edit_topic(world: World, chat: Chat, topic: Topic, author: int, name: str | None, emoji: str | None) -> None:
    """Rename a topic or give it another icon; None leaves it."""
    edited: Json = {}
    if name is not None and name != topic.name:
        topic.name = edited["name"] = name
    if emoji is not None:
        topic.icon_custom_emoji_id = emoji or None
        edited["icon_custom_emoji_id"] = emoji
    post(world, chat, author, {"forum_topic_edited": edited}, thread=topic.thread_id)
    tell_chat(world, chat, "topic")


def set_closed(world: World, chat: Chat, topic: Topic, author: int, closed: bool) -> None:
    """Close or reopen a topic."""
    topic.is_closed = closed
    kind = "forum_topic_closed" if closed else "forum_topic_reopened"
    post(world, chat, author, {kind: {}}, thread=topic.thread_id)
    tell_chat(world, chat, "topic")


def delete_topic(world: World, chat: Chat, topic: Topic) -> None:
    """A topic goes with its messages; as with all deleting, no bot is told."""
    topic.is_deleted = True
    remove(world, chat, [one.message_id for one in chat.messages.values() if one.thread == topic.thread_id])
    tell_chat(world, chat, "topic")
