"""Forum topics."""

from sandbox import refusals
from sandbox.call import Call
from sandbox.methods.registry import answers
from sandbox.posting import create_topic
from sandbox.rendering import topic_object
from sandbox.shapes import Json
from sandbox.things import Chat, Topic
from sandbox.topics import COLORS, delete_topic, edit_topic, set_closed

LONGEST_NAME = 128


def _forum(call: Call) -> Chat:
    chat = call.chat()
    if not chat.is_forum:
        raise refusals.NOT_A_FORUM
    return chat


def _topic(call: Call, right: str = "can_manage_topics") -> tuple[Chat, Topic]:
    chat = _forum(call)
    topic = chat.topics.get(call.integer("message_thread_id"))
    if topic is None or topic.is_deleted:
        raise refusals.THREAD_NOT_FOUND
    if not call.membership(chat).may(right) and (topic.creator != call.bot.id or right != "can_manage_topics"):
        raise refusals.NO_RIGHT_TO_EDIT_TOPIC
    return chat, topic


@answers("createForumTopic")
def make_topic(call: Call) -> Json:
    """A new topic; its id is the id of the service message that tells of it."""
    name = call.text("name").strip()
    chat = _forum(call)
    if not name:
        raise refusals.TOPIC_NAME_EMPTY
    if not call.membership(chat).may("can_manage_topics"):
        raise refusals.NO_RIGHT_TO_CREATE_TOPIC
    color = call.integer("icon_color", COLORS[len(chat.topics) % len(COLORS)])
    if color not in COLORS:
        raise refusals.TOPIC_COLOR
    emoji = call.text("icon_custom_emoji_id") or None
    return topic_object(create_topic(call.world, chat, call.bot.id, name[:LONGEST_NAME], color, emoji))


@answers("editForumTopic")
def change_topic(call: Call) -> bool:
    """Another name or icon; what is not given stays."""
    chat, topic = _topic(call)
    name = call.text("name").strip()[:LONGEST_NAME] or None
    emoji = call.text("icon_custom_emoji_id") if "icon_custom_emoji_id" in call.arguments else None
    if name in (None, topic.name) and emoji in (None, topic.icon_custom_emoji_id or ""):
        raise refusals.TOPIC_NOT_MODIFIED
    edit_topic(call.world, chat, topic, call.bot.id, name, emoji)
    return True


@answers("closeForumTopic")
def close_topic(call: Call) -> bool:
    """Nobody but administrators can write there any more."""
    return _set_closed(call, True)


@answers("reopenForumTopic")
def reopen_topic(call: Call) -> bool:
    """Everybody can write there again."""
    return _set_closed(call, False)


def _set_closed(call: Call, closed: bool) -> bool:
    chat, topic = _topic(call)
    if topic.is_closed == closed:
        raise refusals.TOPIC_NOT_MODIFIED
    set_closed(call.world, chat, topic, call.bot.id, closed)
    return True


@answers("deleteForumTopic")
def remove_topic(call: Call) -> bool:
    """The topic goes with all its messages."""
    chat, topic = _topic(call, "can_delete_messages")
    delete_topic(call.world, chat, topic)
    return True


@answers("getForumTopicIconStickers")
def icon_stickers(call: Call) -> list[Json]:
    """The sandbox has none to choose from."""
    del call
    return []
