"""Writing, editing, deleting, reacting; starting and blocking a bot."""

from __future__ import annotations

from typing import Any

from sandbox.markup import forced_reply_done
from sandbox.membership import set_blocked
from sandbox.outgoing import LONGEST_CAPTION, LONGEST_TEXT, same_content
from sandbox.people.registry import people_can, where, which, who, words
from sandbox.posting import change, page_message, post, remove, service, tell, tell_chat
from sandbox.refusals import Problem
from sandbox.rendering import chat_object
from sandbox.shapes import Json
from sandbox.text import typed
from sandbox.things import Chat, Person
from sandbox.world import World


def speak(world: World, body: Json, content: Json) -> Json:
    """Put something into the chat that the body names, as the person it names; gives the message for the page."""
    person = who(world, body)
    chat = where(world, person, body)
    wanted = body.get("via_anonymous")
    # Whoever has the right "remain anonymous" writes so without saying it each time.
    is_anonymous = wanted in (True, "true", "1") if wanted is not None else _remains_anonymous(chat, person)
    _require_may_speak(world, chat, person, is_anonymous)
    reply_to = _replied(chat, body)
    thread = _thread(chat, person, body)
    message = post(world, chat, person.id, content, reply_to=reply_to, thread=thread, is_anonymous=is_anonymous)
    forced_reply_done(world, chat, person.id)
    return page_message(world, chat, message)


def _remains_anonymous(chat: Chat, person: Person) -> bool:
    return not chat.is_private and chat.member(person.id).rights.get("is_anonymous", False)


def _require_may_speak(world: World, chat: Chat, person: Person, is_anonymous: bool) -> None:
    if person.is_deactivated:
        raise Problem("This account is deactivated.")
    if chat.is_private:
        if chat.is_blocked:
            raise Problem("You have blocked this bot: unblock it first.")
        if not chat.is_started:
            chat.is_started = True
            tell_chat(world, chat)
        return
    if chat.migrated_to is not None:
        raise Problem("This group has become a supergroup with another id.")
    member = chat.member(person.id)
    if not member.is_inside:
        raise Problem("You are not in this group.")
    if is_anonymous and not member.is_administrator:
        raise Problem("Only administrators can write anonymously.")


def _replied(chat: Chat, body: Json) -> int | None:
    given = body.get("reply_to")
    if given in (None, ""):
        return None
    number = int(given) if str(given).isdigit() else 0
    if number not in chat.messages:
        raise Problem("The message you reply to is not there.")
    return number


def _thread(chat: Chat, person: Person, body: Json) -> int | None:
    given = body.get("thread")
    if given in (None, "", 0, "0", 1, "1") or not chat.is_forum:
        return None
    topic = chat.topics.get(int(given)) if str(given).isdigit() else None
    if topic is None or topic.is_deleted:
        raise Problem("There is no such topic.")
    if topic.is_closed and not chat.member(person.id).may("can_manage_topics"):
        raise Problem("This topic is closed.")
    return topic.thread_id


def text_fields(text: str, name: str = "text", longest: int = LONGEST_TEXT) -> Json:
    """A typed text with its entities, as fields of a message. Raises Problem for an empty or too long one."""
    kept, entities = typed(text)
    if not kept:
        raise Problem("The text is empty.")
    if len(kept) > longest:
        raise Problem(f"The text is too long: {len(kept)} characters, at most {longest}.")
    marks = "entities" if name == "text" else "caption_entities"
    return {name: kept, marks: entities} if entities else {name: kept}


def caption_fields(caption: Any) -> Json:
    """A caption's fields; none for an empty one."""
    if not isinstance(caption, str) or not caption.strip():
        return {}
    return text_fields(caption, "caption", LONGEST_CAPTION)


@people_can("say")
def say(world: World, body: Json) -> Json:
    """Write a text."""
    return speak(world, body, text_fields(words(body, "text")))


@people_can("start")
def start(world: World, body: Json) -> Json:
    """Open the private chat with a bot: press Start, or follow a link with a payload."""
    payload = body.get("payload")
    text = f"/start {payload}" if payload else "/start"
    person = who(world, body)
    bot = world.bot(body.get("bot"))
    set_blocked(world, world.private_chat(person.id, bot.id), False)
    return speak(world, {"from": person.id, "chat": bot.id}, text_fields(text))


@people_can("edit")
def edit(world: World, body: Json) -> Json:
    """Change one's own text or caption; the bot is told, unless nothing changed."""
    person = who(world, body)
    chat = where(world, person, body)
    message = which(chat, body)
    if message.author != person.id:
        raise Problem("You can edit only your own messages.")
    if "text" in message.content:
        fields = text_fields(words(body, "text"))
        dropped = {"text", "entities"}
    elif any(kind in message.content for kind in ("photo", "video", "voice", "audio", "document")):
        fields = caption_fields(body.get("caption", body.get("text")))
        dropped = {"caption", "caption_entities"}
    else:
        raise Problem("This message has no text to edit.")
    content = {name: value for name, value in message.content.items() if name not in dropped} | fields
    if not same_content(content, message.content):
        change(world, chat, message, content)
    return page_message(world, chat, message)


@people_can("delete")
def delete(world: World, body: Json) -> Json:
    """Delete a message; bots are not told."""
    person = who(world, body)
    chat = where(world, person, body)
    message = which(chat, body)
    may = chat.is_private or message.author == person.id or chat.member(person.id).may("can_delete_messages")
    if not may:
        raise Problem("You can delete only your own messages.")
    remove(world, chat, [message.message_id])
    return {"deleted": message.message_id}


@people_can("react")
def react(world: World, body: Json) -> Json:
    """React to a message with an emoji, or take the reaction back (no emoji)."""
    person = who(world, body)
    chat = where(world, person, body)
    message = which(chat, body)
    emoji = body.get("emoji")
    old = message.reactions.pop(person.id, [])
    new: list[Json] = [{"type": "emoji", "emoji": str(emoji)}] if emoji else []
    if new:
        message.reactions[person.id] = new
    reaction: Json = {
        "chat": chat_object(world, chat),
        "message_id": message.message_id,
        "user": person.user,
        "date": world.clock.timestamp(),
        "old_reaction": old,
        "new_reaction": new,
    }
    for bot in world.bots.values():
        # In groups only administrators are told of reactions.
        if chat.bot == bot.id or chat.member(bot.id).is_administrator:
            world.push(bot, "message_reaction", reaction, chat=chat.id)
    world.events.emit("reaction", chat=chat.id, message_id=message.message_id)
    tell(world, "edit", chat, message)
    return page_message(world, chat, message)


@people_can("pin")
def pin(world: World, body: Json) -> Json:
    """Pin a message, or take the pin away (`on: false`); bots are told of a pin by a service message."""
    person = who(world, body)
    chat = where(world, person, body)
    message = which(chat, body)
    if not chat.is_private and not chat.member(person.id).may("can_pin_messages"):
        raise Problem("Only administrators with that right can pin messages.")
    if not body.get("on", True):
        chat.pinned = [number for number in chat.pinned if number != message.message_id]
    elif message.message_id not in chat.pinned:
        chat.pinned.append(message.message_id)
        thread = message.thread if message.in_topic else None
        service(world, chat, person.id, {"pinned_message": message.message_id}, thread=thread)
    tell_chat(world, chat)
    return {"pinned": chat.pinned}


def _private(world: World, body: Json) -> Chat:
    return world.private_chat(who(world, body).id, world.bot(body.get("bot")).id)


@people_can("block")
def block(world: World, body: Json) -> Json:
    """Block a bot: its messages are refused from now on."""
    set_blocked(world, _private(world, body), True)
    return {"blocked": True}


@people_can("unblock")
def unblock(world: World, body: Json) -> Json:
    """Take the block back."""
    set_blocked(world, _private(world, body), False)
    return {"blocked": False}


@people_can("rename")
def rename(world: World, body: Json) -> Json:
    """The person calls themselves otherwise from now on; bots read it at the next thing they do."""
    person = who(world, body)
    person.user["first_name"] = words(body, "first_name")
    person.user.pop("last_name", None)
    return {"renamed": True}


@people_can("deactivate")
def deactivate(world: World, body: Json) -> Json:
    """The person deletes their account: the bot's messages are refused as Telegram refuses them then."""
    who(world, body).is_deactivated = True
    return {"deactivated": True}


@people_can("voices")
def voices(world: World, body: Json) -> Json:
    """Whether others may send the person voice and round video messages (`on`), as the privacy settings say."""
    person = who(world, body)
    person.refuses_voices = not body.get("on", True)
    return {"voices": not person.refuses_voices}
