"""The whole world as /api/state tells it."""

from __future__ import annotations

import json

from sandbox.people.ruling import describe_clock
from sandbox.posting import page_message
from sandbox.rendering import chat_object
from sandbox.shapes import Json
from sandbox.things import BotAccount, Chat
from sandbox.world import World


def whole_state(world: World) -> Json:
    """Everything but the story, which belongs to its player."""
    state: Json = {
        "clock": describe_clock(world),
        "bots": [bot_state(bot) for bot in world.bots.values()],
        "people": [
            {**person.user, "avatar_color": person.avatar_color, "deactivated": person.is_deactivated}
            for person in world.people.values()
        ],
        "chats": [chat_state(world, chat) for chat in world.chats()],
        "phones": world.phones,
        "panel": world.panel.shown,
        "seq": world.events.seq,
    }
    if world.language:
        state["language"] = world.language
    if world.places:
        state["places"] = world.places
    return state


def bot_state(bot: BotAccount) -> Json:
    """A bot with what it tells of itself. `commands` are those a stranger in a private chat sees."""
    lists = [
        {"scope": json.loads(scope), "language_code": language, "commands": commands}
        for (scope, language), commands in bot.commands.items()
    ]
    wide = [json.dumps({"type": kind}) for kind in ("all_private_chats", "default")]
    seen = next((bot.commands[scope, ""] for scope in wide if (scope, "") in bot.commands), [])
    return {
        **bot.user,
        "commands": seen,
        "command_lists": lists,
        "description": bot.descriptions.get("", ""),
        "short_description": bot.short_descriptions.get("", ""),
    }


def chat_state(world: World, chat: Chat) -> Json:
    """A chat with its members, topics and messages."""
    state: Json = {
        **chat_object(world, chat),
        "is_forum": chat.is_forum,
        "messages": [page_message(world, chat, message) for message in chat.messages.values()],
        "pinned": chat.pinned,
        "keyboards": {str(person): given for person, given in chat.keyboards.items()},
    }
    if chat.is_private:
        state |= {"bot": chat.bot, "started": chat.is_started, "blocked": chat.is_blocked}
        state["members"] = [chat.id, chat.bot]
        state["topics"] = []
    else:
        state["members"] = chat.inside()
        state["admins"] = [member.user_id for member in chat.members.values() if member.is_administrator]
        state["topics"] = [
            {
                "thread_id": topic.thread_id,
                "name": topic.name,
                "icon_color": topic.icon_color,
                "closed": topic.is_closed,
                "deleted": topic.is_deleted,
            }
            for topic in chat.topics.values()
        ]
    if chat.migrated_to is not None:
        state["migrated_to"] = chat.migrated_to
    if chat.migrated_from is not None:
        state["migrate_from"] = chat.migrated_from
    return state
