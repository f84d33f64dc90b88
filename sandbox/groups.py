"""Making groups, and turning them into supergroups and forums."""

from sandbox.membership import DEFAULT_RIGHTS, set_status
from sandbox.posting import post, tell_chat
from sandbox.refusals import Problem
from sandbox.things import Chat, Member
from sandbox.world import World


def make_group(
    world: World, title: str, members: list[int], admins: list[int], *, forum: bool, supergroup: bool
) -> Chat:
    """A group whose first member is its owner; bots among the members are told that they were added. Raises Problem."""
    if not title.strip():
        raise Problem("A group needs a title.")
    if not members or members[0] not in world.people:
        raise Problem("A group needs members; the first one is its owner and must be a person.")
    for user_id in [*members, *admins]:
        world.user(user_id)
    members = list(dict.fromkeys([*members, *admins]))
    owner = members[0]
    chat = world.new_group("supergroup" if supergroup or forum else "group", title.strip())
    chat.is_forum = forum
    rights = dict.fromkeys(DEFAULT_RIGHTS, True)
    for user_id in members:
        status = "creator" if user_id == owner else "administrator" if user_id in admins else "member"
        member = Member(user_id, status, dict(rights) if status == "administrator" else {})
        if user_id in world.people:
            chat.members[user_id] = member
    created = "group_chat_created" if chat.kind == "group" else "supergroup_chat_created"
    bots = [user_id for user_id in members if user_id in world.bots]
    if chat.kind == "group":
        for bot in bots:
            set_status(world, chat, _bot_member(bot, admins, rights), by=owner)
        post(world, chat, owner, {created: True})
    else:
        # A supergroup is made without bots; they are added then.
        post(world, chat, owner, {created: True})
        for bot in bots:
            set_status(world, chat, _bot_member(bot, admins, rights), by=owner)
            post(world, chat, owner, {"new_chat_members": [world.user(bot)]})
    tell_chat(world, chat)
    return chat


def _bot_member(bot: int, admins: list[int], rights: dict[str, bool]) -> Member:
    return Member(bot, "administrator", dict(rights)) if bot in admins else Member(bot)


def upgrade(world: World, chat: Chat) -> Chat:
    """Turn a basic group into a supergroup: it lives on under a new id, and the old one is dead. Raises Problem."""
    if chat.kind != "group":
        raise Problem("Only a basic group can become a supergroup.")
    later = world.new_group("supergroup", chat.title)
    owner = next(member.user_id for member in chat.members.values() if member.status == "creator")
    later.migrated_from = chat.id
    later.members = {member.user_id: member for member in chat.members.values() if member.user_id in world.people}
    post(world, chat, owner, {"migrate_to_chat_id": later.id})
    chat.migrated_to = later.id
    for name, number in list(world.names.items()):
        if number == chat.id:
            world.names[name] = later.id
    for phone in world.phones:
        if phone.get("chat") == chat.id:
            phone["chat"] = later.id
    for member in [one for one in chat.members.values() if one.user_id in world.bots and one.is_inside]:
        set_status(world, later, member, by=owner)
    # Telegram tells this in the name of the group itself.
    post(world, later, owner, {"migrate_from_chat_id": chat.id}, is_anonymous=True)
    tell_chat(world, chat)
    tell_chat(world, later)
    return later


def set_forum(world: World, chat: Chat, on: bool) -> Chat:
    """Turn topics on or off; a basic group becomes a supergroup first. Gives the group as it is then."""
    if on and chat.kind == "group":
        chat = upgrade(world, chat)
    if chat.kind != "supergroup":
        raise Problem("A basic group has no topics.")
    chat.is_forum = on
    tell_chat(world, chat)
    return chat
