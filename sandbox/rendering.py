"""The world's things as the Bot API's objects."""

from sandbox.shapes import ANONYMOUS_ADMIN, Json
from sandbox.things import BotAccount, Chat, Member, Message, Topic
from sandbox.world import World

RIGHTS = (
    "can_manage_chat",
    "can_change_info",
    "can_delete_messages",
    "can_invite_users",
    "can_restrict_members",
    "can_promote_members",
    "can_manage_video_chats",
    "can_post_stories",
    "can_edit_stories",
    "can_delete_stories",
)
"""What ChatMemberAdministrator always tells; pins come with groups, topics and tags with supergroups."""


def chat_object(world: World, chat: Chat) -> Json:
    """A Chat."""
    if chat.is_private:
        user = world.user(chat.id)
        names: Json = {key: user[key] for key in ("first_name", "last_name", "username") if key in user}
        return {"id": chat.id, **names, "type": "private"}
    shape = {"id": chat.id, "title": chat.title, "type": chat.kind}
    if chat.is_forum:
        shape["is_forum"] = True
    return shape


def chat_full_info(world: World, chat: Chat, bot: BotAccount) -> Json:
    """A ChatFullInfo, as getChat answers."""
    shape = chat_object(world, chat) | {
        "accent_color_id": abs(chat.id) % 7,
        "max_reaction_count": 11,
        "accepted_gift_types": {
            "unlimited_gifts": False,
            "limited_gifts": False,
            "unique_gifts": False,
            "premium_subscription": False,
            "gifts_from_channels": False,
        },
    }
    if chat.is_private:
        if "username" in shape:
            shape["active_usernames"] = [shape["username"]]
        if world.people[chat.id].refuses_voices:
            shape["has_restricted_voice_and_video_messages"] = True
    else:
        shape["permissions"] = _permissions(chat)
        if chat.member(bot.id).may("can_invite_users"):
            shape["invite_link"] = f"https://t.me/+sandbox{abs(chat.id)}"
    if chat.pinned and chat.pinned[-1] in chat.messages:
        shape["pinned_message"] = message_object(world, chat, chat.messages[chat.pinned[-1]])
    return shape


def _permissions(chat: Chat) -> Json:
    kinds = ("audios", "documents", "photos", "videos", "video_notes", "voice_notes", "polls", "other_messages")
    sending = {f"can_send_{kind}": True for kind in ("messages", *kinds)}
    others = ("can_add_web_page_previews", "can_change_info", "can_invite_users", "can_pin_messages")
    return sending | dict.fromkeys(others, True) | {"can_manage_topics": not chat.is_forum}


def member_object(world: World, chat: Chat, member: Member) -> Json:
    """A ChatMember."""
    shape: Json = {"user": world.user(member.user_id), "status": member.status}
    if member.status == "creator":
        shape["is_anonymous"] = member.rights.get("is_anonymous", False)
    elif member.status == "administrator":
        names = list(RIGHTS)
        if not chat.is_private:
            names.append("can_pin_messages")
        if chat.kind == "supergroup":
            names += ["can_manage_topics", "can_manage_tags"]
        shape["can_be_edited"] = False
        shape |= {name: member.rights.get(name, False) for name in names}
        shape["is_anonymous"] = member.rights.get("is_anonymous", False)
    elif member.status == "kicked":
        shape["until_date"] = 0
    return shape


def message_object(world: World, chat: Chat, message: Message, *, with_reply: bool = True) -> Json:
    """A Message as it stands now. What it replies to comes without its own reply, as in Telegram."""
    shape: Json = {"message_id": message.message_id}
    if message.is_anonymous:
        shape["from"] = ANONYMOUS_ADMIN
        shape["sender_chat"] = chat_object(world, chat)
    else:
        shape["from"] = world.user(message.author)
    shape["chat"] = chat_object(world, chat)
    shape["date"] = message.date
    if message.edit_date is not None:
        shape["edit_date"] = message.edit_date
    if message.thread is not None:
        shape["message_thread_id"] = message.thread
        if message.in_topic:
            shape["is_topic_message"] = True
    if with_reply and message.reply_to in chat.messages:
        shape["reply_to_message"] = message_object(world, chat, chat.messages[message.reply_to], with_reply=False)
    content = message.content
    if "pinned_message" in content:
        pinned = chat.messages.get(content["pinned_message"])
        content = {**content, "pinned_message": _pinned(world, chat, pinned, content["pinned_message"])}
    return shape | content


def _pinned(world: World, chat: Chat, message: Message | None, message_id: int) -> Json:
    if message is None:
        return {"chat": chat_object(world, chat), "message_id": message_id, "date": 0}
    return message_object(world, chat, message, with_reply=False)


def topic_object(topic: Topic) -> Json:
    """A ForumTopic."""
    shape: Json = {"message_thread_id": topic.thread_id, "name": topic.name, "icon_color": topic.icon_color}
    if topic.icon_custom_emoji_id:
        shape["icon_custom_emoji_id"] = topic.icon_custom_emoji_id
    return shape
