"""Which messages a bot in a group is shown: Telegram's privacy mode.

Source: core.telegram.org/bots/features#privacy-mode and BotFather's own words for /setprivacy. With privacy mode on a
bot that is no administrator gets: commands that name it; commands that name nobody, unless another bot was the last to
write in the group; messages that mention it; replies to its own messages; every service message. As an administrator,
or with privacy mode off, it gets everything but the messages of other bots.
"""

from sandbox.things import BotAccount, Chat, Message
from sandbox.world import World

_ORDINARY = frozenset(
    {
        "text",
        "photo",
        "voice",
        "video",
        "video_note",
        "audio",
        "document",
        "animation",
        "sticker",
        "location",
        "venue",
        "contact",
        "poll",
        "dice",
    }
)


def may_see(world: World, bot: BotAccount, chat: Chat, message: Message) -> bool:
    """Whether this bot gets this message of a chat it is in."""
    if chat.is_private or bot.can_read_all_group_messages or chat.member(bot.id).is_administrator:
        return True
    if not _ORDINARY & message.content.keys():
        return True
    replied = chat.messages.get(message.reply_to) if message.reply_to is not None else None
    if replied is not None and replied.author == bot.id:
        return True
    return _is_meant(bot, chat, message)


def _is_meant(bot: BotAccount, chat: Chat, message: Message) -> bool:
    text = message.content.get("text") or message.content.get("caption") or ""
    units = text.encode("utf-16-le")
    handle = f"@{bot.username}".lower()
    for entity in message.content.get("entities") or message.content.get("caption_entities") or []:
        start, end = entity["offset"] * 2, (entity["offset"] + entity["length"]) * 2
        words = units[start:end].decode("utf-16-le", "ignore").lower()
        if entity["type"] == "mention" and words == handle:
            return True
        if entity["type"] == "text_mention" and entity.get("user", {}).get("id") == bot.id:
            return True
        # Only a command at the very beginning is one.
        if entity["type"] == "bot_command" and entity["offset"] == 0:
            if "@" in words:
                return words.endswith(handle)
            return chat.last_writing_bot in (None, bot.id)
    return False
