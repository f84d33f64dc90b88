"""Asking about chats and their members, and leaving."""

from sandbox import refusals
from sandbox.call import Call
from sandbox.membership import set_status
from sandbox.methods.registry import answers
from sandbox.posting import post
from sandbox.rendering import chat_full_info, member_object
from sandbox.shapes import Json
from sandbox.things import Member


@answers("getChat")
def get_chat(call: Call) -> Json:
    """All that is known of a chat."""
    return chat_full_info(call.world, call.chat(), call.bot)


@answers("getChatMember")
def get_chat_member(call: Call) -> Json:
    """Somebody's place in a chat; of somebody known who never was in: left."""
    chat = call.chat()
    user_id = call.integer("user_id", high=2**53, low=-(2**53))
    if user_id <= 0:
        raise refusals.INVALID_USER_ID
    if chat.is_private:
        if user_id not in (chat.id, call.bot.id):
            raise refusals.MEMBER_NOT_FOUND
        return member_object(call.world, chat, Member(user_id))
    if user_id not in call.world.people and user_id not in call.world.bots:
        raise refusals.MEMBER_NOT_FOUND
    return member_object(call.world, chat, chat.member(user_id))


@answers("getChatAdministrators")
def get_chat_administrators(call: Call) -> list[Json]:
    """Owner and administrators; other bots only when asked for."""
    chat = call.chat()
    if chat.is_private:
        raise refusals.NO_ADMINISTRATORS_HERE
    with_bots = call.flag("return_bots")
    return [
        member_object(call.world, chat, member)
        for member in chat.members.values()
        if member.is_administrator
        and (with_bots or member.user_id not in call.world.bots or member.user_id == call.bot.id)
    ]


@answers("getChatMemberCount")
def get_chat_member_count(call: Call) -> int:
    """How many are in."""
    chat = call.chat()
    return 2 if chat.is_private else len(chat.inside())


@answers("leaveChat")
def leave_chat(call: Call) -> bool:
    """The bot leaves a group; it is told of it as of any other change."""
    chat = call.chat()
    if chat.is_private:
        raise refusals.NO_MEMBERS_HERE
    left = {"left_chat_member": call.bot.user}
    post(call.world, chat, call.bot.id, left)
    set_status(call.world, chat, Member(call.bot.id, "left"), by=call.bot.id)
    return True


@answers("getUserProfilePhotos")
def get_user_profile_photos(call: Call) -> Json:
    """Nobody in the sandbox has a picture."""
    user_id = call.integer("user_id", high=2**53)
    if user_id not in call.world.people and user_id not in call.world.bots:
        raise refusals.USER_NOT_FOUND
    return {"total_count": 0, "photos": []}


@answers("setChatTitle")
def set_chat_title(call: Call) -> bool:
    """Another name for a group."""
    chat = call.chat()
    title = call.text("title").strip()
    if chat.is_private or not call.membership(chat).may("can_change_info"):
        raise refusals.NO_RIGHT_TO_CHANGE_TITLE
    if not title:
        raise refusals.TITLE_EMPTY
    chat.title = title[:128]
    post(call.world, chat, call.bot.id, {"new_chat_title": chat.title})
    return True


@answers("exportChatInviteLink")
def export_chat_invite_link(call: Call) -> str:
    """A link into the group; nobody can follow it here."""
    chat = call.chat()
    if chat.is_private or not call.membership(chat).may("can_invite_users"):
        raise refusals.NO_RIGHT_TO_INVITE
    return f"https://t.me/+sandbox{abs(chat.id)}"
