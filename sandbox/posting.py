"""Putting messages into chats, changing them, taking them away; and telling bots and the page of it."""

from __future__ import annotations

from typing import Any

from sandbox.privacy import may_see
from sandbox.refusals import Problem
from sandbox.rendering import message_object
from sandbox.shapes import Json
from sandbox.things import BotAccount, Chat, Message, Topic
from sandbox.world import World

# Service messages that a bot is told of although it caused them itself (Client::need_skip_update_message).
_TOLD_TO_THEIR_MAKER = (
    "pinned_message",
    "left_chat_member",
    "new_chat_title",
    "forum_topic_created",
    "forum_topic_edited",
    "forum_topic_closed",
    "forum_topic_reopened",
)


def post(
    world: World,
    chat: Chat,
    author: int,
    content: Json,
    *,
    reply_to: int | None = None,
    thread: int | None = None,
    is_anonymous: bool = False,
    silent: bool = False,
) -> Message:
    """Put a message into a chat and tell of it. `thread` is a topic's id in a forum; the topic must be there."""
    message = Message(next_id(chat), author, world.clock.timestamp(), content, is_anonymous, reply_to, silent=silent)
    _find_thread(chat, message, thread)
    chat.messages[message.message_id] = message
    if author in world.bots:
        chat.last_writing_bot = author
    tell(world, "message", chat, message)
    hand_over(world, "message", chat, message)
    return message


def next_id(chat: Chat) -> int:
    """The id for the chat's next message."""
    chat.next_message_id += 1
    return chat.next_message_id


def _find_thread(chat: Chat, message: Message, thread: int | None) -> None:
    replied = chat.messages.get(message.reply_to) if message.reply_to is not None else None
    if chat.is_forum:
        if thread is None and replied is not None and replied.in_topic:
            thread = replied.thread
        if thread is not None:
            message.thread, message.in_topic = thread, True
            if message.reply_to is None and "forum_topic_created" not in message.content:
                # In a forum every plain message "replies" to its topic's creation.
                message.reply_to = thread
    elif chat.kind == "supergroup" and replied is not None:
        # Without topics replies form threads of their own, which are no topics.
        message.thread = replied.thread or replied.message_id


def service(world: World, chat: Chat, author: int, content: Json, **more: Any) -> Message:
    """Put a service message into a chat."""
    return post(world, chat, author, content, **more)


def create_topic(world: World, chat: Chat, author: int, name: str, color: int, emoji: str | None = None) -> Topic:
    """Open a topic: its creation is a message, whose id is the topic's."""
    thread = chat.next_message_id + 1
    topic = Topic(thread, name, color, emoji, creator=author)
    chat.topics[thread] = topic
    created: Json = {"name": name, "icon_color": color}
    if emoji:
        created["icon_custom_emoji_id"] = emoji
    post(world, chat, author, {"forum_topic_created": created}, thread=thread)
    tell_chat(world, chat, "topic")
    return topic


def change(world: World, chat: Chat, message: Message, content: Json) -> None:
    """Give a message other content and tell of it; bots hear only of what people edit."""
    message.content = content
    message.edit_date = world.clock.timestamp()
    message.edits += 1
    tell(world, "edit", chat, message)
    if message.author in world.people:
        hand_over(world, "edited_message", chat, message)


def remove(world: World, chat: Chat, message_ids: list[int]) -> None:
    """Take messages away. As in Telegram no bot is told."""
    gone = [number for number in message_ids if chat.messages.pop(number, None) is not None]
    chat.pinned = [number for number in chat.pinned if number not in gone]
    for person, keyboard in list(chat.keyboards.items()):
        if keyboard["message_id"] in gone and "force_reply" in keyboard["markup"]:
            del chat.keyboards[person]
    if gone:
        world.events.emit("delete", messages=gone, **address(chat))


def address(chat: Chat) -> Json:
    """Which chat an event is about: a private chat is known by its person and its bot."""
    return {"chat": chat.id, "bot": chat.bot} if chat.is_private else {"chat": chat.id}


def tell(world: World, kind: str, chat: Chat, message: Message) -> None:
    """Tell the page of a new or changed message."""
    world.events.emit(kind, message=page_message(world, chat, message), **address(chat))


def tell_chat(world: World, chat: Chat, kind: str = "chat") -> None:
    """Tell the page that something about a chat itself has changed."""
    world.events.emit(kind, **address(chat))


def page_message(world: World, chat: Chat, message: Message) -> Json:
    """A message for the page: the Bot API's object, with who really wrote it, and its reactions."""
    shape = message_object(world, chat, message)
    shape["author"] = message.author
    if message.silent:
        shape["silent"] = True
    if message.reactions:
        shape["reactions"] = [one for given in message.reactions.values() for one in given]
    return shape


def hand_over(world: World, kind: str, chat: Chat, message: Message) -> None:
    """Give a message to every bot that may see it."""
    for bot in listeners(world, chat):
        own = message.author == bot.id and not any(name in message.content for name in _TOLD_TO_THEIR_MAKER)
        other_bot = message.author in world.bots and message.author != bot.id
        if not own and not other_bot and may_see(world, bot, chat, message):
            world.push(bot, kind, message_object(world, chat, message), chat=chat.id)


def listeners(world: World, chat: Chat) -> list[BotAccount]:
    """The bots in a chat."""
    if chat.bot is not None:
        return [world.bots[chat.bot]]
    return [world.bots[number] for number in chat.inside() if number in world.bots]


def require_open(chat: Chat) -> None:
    """Raises Problem in a group that lives on under another id."""
    if chat.migrated_to is not None:
        raise Problem("This group has become a supergroup with another id.")
