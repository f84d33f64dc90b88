"""Coming into groups, leaving them, becoming administrator; blocking a bot. The bot concerned gets my_chat_member."""

from __future__ import annotations

from typing import Any

from sandbox.posting import post, tell_chat
from sandbox.refusals import Problem
from sandbox.rendering import RIGHTS, chat_object, member_object
from sandbox.shapes import Json
from sandbox.things import Chat, Member
from sandbox.world import World

DEFAULT_RIGHTS = (
    "can_manage_chat",
    "can_change_info",
    "can_delete_messages",
    "can_invite_users",
    "can_restrict_members",
    "can_pin_messages",
    "can_manage_topics",
    "can_manage_video_chats",
)
_ALL_RIGHTS = frozenset({*RIGHTS, "can_pin_messages", "can_manage_topics", "can_manage_tags", "is_anonymous"})


def read_rights(given: Any) -> dict[str, bool]:
    """Rights as a list of names or an object of booleans, with or without `can_`. Raises Problem."""
    if given is None:
        return dict.fromkeys(DEFAULT_RIGHTS, True)
    named = dict.fromkeys(given, True) if isinstance(given, list) else given
    if not isinstance(named, dict):
        raise Problem("Rights are a list of names, or an object of names with true or false.")
    rights = {}
    for name, value in named.items():
        full = "is_anonymous" if name in ("anonymous", "is_anonymous") else f"can_{str(name).removeprefix('can_')}"
        if full in ("can_post_messages", "can_edit_messages"):
            continue
        if full not in _ALL_RIGHTS:
            raise Problem(f"There is no right {name!r}.")
        rights[full] = bool(value)
    if any(rights.values()):
        rights["can_manage_chat"] = True
    return rights


def set_status(world: World, chat: Chat, member: Member, *, by: int) -> None:
    """Give somebody another place in a group. A bot is told of its own; administrators that ask for it of others'."""
    old = chat.member(member.user_id)
    chat.members[member.user_id] = member
    change: Json = {
        "chat": chat_object(world, chat),
        "from": world.user(by),
        "date": world.clock.timestamp(),
        "old_chat_member": member_object(world, chat, old),
        "new_chat_member": member_object(world, chat, member),
    }
    for bot in world.bots.values():
        if bot.id == member.user_id:
            world.push(bot, "my_chat_member", change, chat=chat.id)
        elif chat.member(bot.id).is_administrator:
            world.push(bot, "chat_member", change, chat=chat.id)
    tell_chat(world, chat)


def add(world: World, chat: Chat, user_id: int, *, by: int, rights: dict[str, bool] | None = None) -> None:
    """Bring somebody into a group, at once as administrator when rights are given. Raises Problem."""
    if not chat.member(by).is_inside and by != user_id:
        raise Problem("Only members can add somebody to a group.")
    if user_id in world.bots and not world.bots[user_id].can_join_groups:
        raise Problem("This bot cannot be added to groups.")
    if chat.member(user_id).is_inside:
        if rights is not None and any(rights.values()):
            promote(world, chat, user_id, by=by, rights=rights)
        return
    if rights is not None and any(rights.values()):
        _require_may_promote(chat, by)
        if chat.kind == "group":
            # A basic group adds first and promotes then; a supergroup does both at once.
            set_status(world, chat, Member(user_id), by=by)
        set_status(world, chat, Member(user_id, "administrator", rights), by=by)
    else:
        set_status(world, chat, Member(user_id), by=by)
    post(world, chat, by, {"new_chat_members": [world.user(user_id)]})


def remove(world: World, chat: Chat, user_id: int, *, by: int) -> None:
    """Throw somebody out; whoever removes themselves just leaves. Raises Problem."""
    if not chat.member(user_id).is_inside:
        raise Problem("Nobody of that name is in the group.")
    if by != user_id and not chat.member(by).is_administrator:
        raise Problem("Only administrators can remove somebody.")
    if chat.member(user_id).status == "creator" and by != user_id:
        raise Problem("Nobody can remove the owner.")
    told: Json = {"left_chat_member": world.user(user_id)}
    if chat.kind == "group":
        # A bot hears of its own going in a basic group only; from a supergroup it hears nothing any more.
        post(world, chat, by, told)
    set_status(world, chat, Member(user_id, "left" if by == user_id else "kicked"), by=by)
    if chat.kind != "group":
        post(world, chat, by, told)


def promote(world: World, chat: Chat, user_id: int, *, by: int, rights: dict[str, bool]) -> None:
    """Make a member an administrator with these rights; without any, an ordinary member again. Raises Problem."""
    member = chat.member(user_id)
    if not member.is_inside:
        raise Problem("Only members can become administrators.")
    _require_may_promote(chat, by)
    if member.status == "creator":
        # The owner has every right already; only their anonymity can change.
        set_status(world, chat, Member(user_id, "creator", rights), by=by)
    elif any(rights.values()):
        set_status(world, chat, Member(user_id, "administrator", rights), by=by)
    else:
        set_status(world, chat, Member(user_id), by=by)


def _require_may_promote(chat: Chat, by: int) -> None:
    if not chat.member(by).may("can_promote_members"):
        raise Problem("Only the owner, or an administrator with that right, can make administrators.")


def set_blocked(world: World, chat: Chat, blocked: bool) -> None:
    """A person blocks or unblocks a bot in their private chat; the bot is told of the change."""
    if chat.is_blocked == blocked:
        return
    chat.is_blocked = blocked
    assert chat.bot is not None
    bot = world.bots[chat.bot]
    inside, outside = Member(bot.id), Member(bot.id, "kicked")
    change: Json = {
        "chat": chat_object(world, chat),
        "from": world.user(chat.id),
        "date": world.clock.timestamp(),
        "old_chat_member": member_object(world, chat, inside if blocked else outside),
        "new_chat_member": member_object(world, chat, outside if blocked else inside),
    }
    if chat.is_started:
        world.push(bot, "my_chat_member", change, chat=chat.id)
    tell_chat(world, chat)
