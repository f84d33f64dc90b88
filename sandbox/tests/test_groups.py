"""Groups: who comes and goes, what a bot is shown, anonymous administrators, supergroups, topics."""

from typing import Any

import pytest

from sandbox.client import Person, World
from sandbox.tests.bot import Bot

RIGHTS = ["manage_topics", "delete_messages", "pin_messages"]


@pytest.fixture
async def bo(world: World) -> Person:
    return await world.person("Bo")


async def test_a_bot_is_told_when_it_comes_rises_and_goes(world: World, ann: Person, bot: Bot) -> None:
    group = await world.group("Staff", [ann], bot=None)
    assert await bot.kinds() == []
    assert await bot.no("getChat", chat_id=group) == "Bad Request: chat not found"
    await world.post("group/add", chat=group, user=world.bot_id)
    change, message = await bot.updates()
    assert change["my_chat_member"]["old_chat_member"]["status"] == "left"
    assert change["my_chat_member"]["new_chat_member"]["status"] == "member"
    assert change["my_chat_member"]["from"]["id"] == ann.id
    assert message["message"]["new_chat_members"][0]["id"] == world.bot_id
    await world.post("group/promote", chat=group, user=world.bot_id, rights=RIGHTS)
    raised = (await bot.next("my_chat_member"))["new_chat_member"]
    assert (raised["status"], raised["can_manage_topics"], raised["can_invite_users"]) == ("administrator", True, False)
    assert await bot.ok("getChatMember", chat_id=group, user_id=world.bot_id) == raised
    await world.post("group/promote", chat=group, user=world.bot_id, rights=[])
    assert (await bot.next("my_chat_member"))["new_chat_member"]["status"] == "member"
    await world.post("group/remove", chat=group, user=world.bot_id)
    assert (await bot.next("my_chat_member"))["new_chat_member"]["status"] == "kicked"
    answer = await bot.raw("sendMessage", chat_id=group, text="x")
    assert (answer["error_code"], answer["description"]) == (
        403,
        "Forbidden: bot was kicked from the supergroup chat",
    )


async def test_a_bot_that_leaves_is_no_member(world: World, ann: Person, bot: Bot) -> None:
    group = await world.group("Staff", [ann], forum=False, supergroup=False)
    await bot.updates()
    await bot.ok("leaveChat", chat_id=group)
    assert (await bot.next("my_chat_member"))["new_chat_member"]["status"] == "left"
    assert await bot.no("sendMessage", chat_id=group, text="x") == ("Forbidden: bot is not a member of the group chat")


async def test_members_are_told_apart(world: World, ann: Person, bo: Person, bot: Bot) -> None:
    group = await world.group("Staff", [ann])
    await world.post("group/add", chat=group, user=bo.id)
    stranger = await world.person("Cy")

    async def status(user: int) -> Any:
        return (await bot.ok("getChatMember", chat_id=group, user_id=user))["status"]

    assert await status(ann.id) == "creator"
    assert await status(bo.id) == "member"
    assert await status(stranger.id) == "left"
    assert await bot.no("getChatMember", chat_id=group, user_id=5) == "Bad Request: member not found"
    heads = await bot.ok("getChatAdministrators", chat_id=group)
    assert [head["user"]["id"] for head in heads] == [ann.id, world.bot_id]
    assert await bot.ok("getChatMemberCount", chat_id=group) == 3
    chat = await bot.ok("getChat", chat_id=group)
    assert (chat["type"], chat["is_forum"], chat["title"]) == ("supergroup", True, "Staff")
    assert await bot.no("getChatAdministrators", chat_id=ann.id) == (
        "Bad Request: there are no administrators in the private chat"
    )


async def test_privacy_mode_shows_only_what_is_meant_for_the_bot(world: World, ann: Person, bot: Bot) -> None:
    group = await world.group("Staff", [ann], forum=False, bot=())
    mine = await bot.says(group, "I am here")
    await bot.updates()
    shown = ["/help", "/help@resident_voices_bot", "ask @Resident_Voices_Bot", "reply"]
    for text in ["chatter", "/help@another_bot", "see /help", *shown[:3]]:
        await ann.says(text, group)
    await ann.replies(mine, "reply", group)
    hers = await ann.says("not for the bot", group)
    await ann.replies(hers, "nor this", group)
    assert await bot.texts() == shown
    await world.post("group/add", chat=group, user=(await world.person("Bo")).id)
    assert (await bot.next("message"))["new_chat_members"], "service messages are for everybody"


async def test_an_administrator_is_shown_everything(world: World, ann: Person, bot: Bot) -> None:
    group = await world.group("Staff", [ann], forum=False)
    await bot.updates()
    await ann.says("chatter", group)
    assert await bot.texts() == ["chatter"]


async def test_a_bare_command_is_for_the_bot_that_wrote_last() -> None:
    from sandbox.server import Sandbox
    from sandbox.serving import listen, serving

    sandbox = Sandbox([("1:A", "first_bot", "First"), ("2:B", "second_bot", "Second")], seed=1, checks_answers=True)
    async with serving(sandbox.application, sandbox.close, listen("127.0.0.1", 0)) as url, World(url, "2:B") as world:
        ann = await world.person("Ann")
        group = await world.group("All", [ann], forum=False, bot=None)
        for number in (1, 2):
            await world.post("group/add", chat=group, user=number)
        first, second = Bot(World(url, "1:A", sandbox)), Bot(world)
        first.world._session = world._session
        await first.says(group, "the first writes")
        await ann.says("/help", group)
        got = [update["message"] for update in await second.ok("getUpdates", offset=1) if "message" in update]
        assert not any("text" in message for message in got), "neither the command nor the other bot's words"
        got = [update["message"] for update in await first.ok("getUpdates", offset=1) if "message" in update]
        assert [message["text"] for message in got if "text" in message] == ["/help"]


async def test_an_anonymous_administrator_hides_but_for_presses(
    world: World, ann: Person, bo: Person, bot: Bot
) -> None:
    group = await world.group("Staff", [ann, bo])
    await bot.updates()
    await ann.says("/team", group, via_anonymous=True)
    message = await bot.next("message")
    assert message["from"]["id"] == 1087968824
    assert message["sender_chat"]["id"] == group
    shown = (await world.chat_messages(group))[-1]
    assert shown["author"] == ann.id, "the page must know whose message it is"
    with pytest.raises(AssertionError, match="Only administrators"):
        await bo.says("me too", group, via_anonymous=True)
    await bot.says(group, "Who?", reply_markup={"inline_keyboard": [[{"text": "It is me", "callback_data": "me"}]]})
    await ann.presses("It is me", group)
    assert (await bot.next("callback_query"))["from"]["id"] == ann.id


async def test_a_basic_group_becomes_a_supergroup_under_another_id(world: World, ann: Person, bot: Bot) -> None:
    group = await world.group("Staff", [ann], forum=False, supergroup=False)
    card = await bot.says(group, "card")
    await bot.updates()
    later = (await world.post("group/upgrade", chat=group))["id"]
    assert group > -5_000_000_000
    assert str(later).startswith("-100")
    old, change, new = await bot.updates()
    assert (old["message"]["chat"]["id"], old["message"]["migrate_to_chat_id"]) == (group, later)
    assert change["my_chat_member"]["chat"]["id"] == later
    assert (new["message"]["chat"]["id"], new["message"]["migrate_from_chat_id"]) == (later, group)
    for method, more in (("sendMessage", {}), ("editMessageText", {"message_id": card["message_id"]})):
        answer = await bot.raw(method, chat_id=group, text="x", **more)
        assert answer["description"] == "Bad Request: group chat was upgraded to a supergroup chat"
        assert answer["parameters"] == {"migrate_to_chat_id": later}
    await bot.says(later, "here")
    with pytest.raises(AssertionError, match="Only a basic group"):
        await world.post("group/upgrade", chat=later)


async def test_topics_turned_on_upgrade_a_basic_group_first(world: World, ann: Person, bot: Bot) -> None:
    group = await world.group("Staff", [ann], forum=False, supergroup=False)
    forum = await world.post("group/forum", chat=group, on=True)
    assert (forum["type"], forum["is_forum"]) == ("supergroup", True)
    assert forum["id"] != group
    plain = await world.post("group/forum", chat=forum["id"], on=False)
    assert plain["id"] == forum["id"]
    assert "is_forum" not in plain


async def test_a_startgroup_link_adds_the_bot_with_the_rights_it_asks_for(world: World, ann: Person, bot: Bot) -> None:
    group = await world.group("Staff", [ann], bot=None)
    url = "https://t.me/resident_voices_bot?startgroup=s-9&admin=manage_topics+delete_messages"
    rows = {"inline_keyboard": [[{"text": "Choose", "url": url}]]}
    card = await bot.says(ann.id, "x", reply_markup=rows)
    press = {"from": ann.id, "chat": world.bot_id, "message": card["message_id"], "label": "Choose"}
    with pytest.raises(AssertionError, match="into which group"):
        await world.post("press", **press)
    await world.post("press", **press, group=group)
    change, added, started = await bot.updates()
    member = change["my_chat_member"]["new_chat_member"]
    assert (member["can_manage_topics"], member["can_delete_messages"], member["can_pin_messages"]) == (
        True,
        True,
        False,
    )
    assert added["message"]["new_chat_members"][0]["id"] == world.bot_id
    assert started["message"]["text"] == "/start@resident_voices_bot s-9"


async def test_in_a_forum_every_plain_message_replies_to_its_topic(world: World, ann: Person, bot: Bot) -> None:
    group = await world.group("Staff", [ann])
    await bot.updates()
    topic = await bot.ok("createForumTopic", chat_id=group, name="Water", icon_color=7322096)
    thread = topic["message_thread_id"]
    made = await bot.next("message")
    assert made["forum_topic_created"] == {"name": "Water", "icon_color": 7322096}
    assert made["message_id"] == thread, "and the bot is told of what it made itself"
    await ann.says("chatter", group, thread=thread)
    plain = await bot.next("message")
    assert (plain["message_thread_id"], plain["is_topic_message"]) == (thread, True)
    assert plain["reply_to_message"]["forum_topic_created"]["name"] == "Water"
    card = await bot.says(group, "card", message_thread_id=thread)
    assert card["reply_to_message"]["message_id"] == thread
    await ann.says("answer", group, reply_to=card["message_id"])
    answer = await bot.next("message")
    assert (answer["message_thread_id"], answer["reply_to_message"]["message_id"]) == (thread, card["message_id"])
    general = await bot.says(group, "in General")
    assert not {"message_thread_id", "is_topic_message", "reply_to_message"} & general.keys()


async def test_refusals_about_topics(world: World, ann: Person, bot: Bot) -> None:
    group = await world.group("Staff", [ann])
    thread = (await bot.ok("createForumTopic", chat_id=group, name="Water"))["message_thread_id"]
    for wrong in (1, 999_999):
        said = await bot.no("sendMessage", chat_id=group, text="x", message_thread_id=wrong)
        assert said == "Bad Request: message thread not found"
    assert await bot.no("createForumTopic", chat_id=group, name=" ") == "Bad Request: name must be non-empty"
    assert await bot.no("createForumTopic", chat_id=ann.id, name="x") == "Bad Request: the chat is not a forum"
    where = {"chat_id": group, "message_thread_id": thread}
    assert await bot.no("editForumTopic", **where, name="Water") == "Bad Request: TOPIC_NOT_MODIFIED"
    await bot.ok("editForumTopic", **where, name="Pipes")
    await bot.ok("closeForumTopic", **where)
    assert await bot.no("closeForumTopic", **where) == "Bad Request: TOPIC_NOT_MODIFIED"
    await bot.ok("sendMessage", **where, text="who manages topics may still write")
    await world.post("group/promote", chat=group, user=world.bot_id, rights=["delete_messages"])
    assert await bot.no("sendMessage", **where, text="x") == "Bad Request: TOPIC_CLOSED"
    said = await bot.no("createForumTopic", chat_id=group, name="x")
    assert said == "Bad Request: not enough rights to create a topic"
    card = await bot.says(group, "stays")
    await bot.ok("deleteForumTopic", **where)
    assert await bot.no("sendMessage", **where, text="x") == "Bad Request: message thread not found"
    messages = await world.chat_messages(group)
    assert messages[-1]["message_id"] == card["message_id"]
    assert not any(message.get("message_thread_id") == thread for message in messages)


async def test_a_topic_is_ignored_where_there_are_none(world: World, ann: Person, bot: Bot) -> None:
    group = await world.group("Staff", [ann], forum=False)
    assert "message_thread_id" not in await bot.says(group, "x", message_thread_id=5)
    first = await ann.says("one", group)
    await ann.says("two", group, reply_to=first["message_id"])
    message = (await bot.updates())[-1]["message"]
    assert message["message_thread_id"] == first["message_id"], "a thread of replies, which is no topic"
    assert "is_topic_message" not in message


async def test_people_manage_topics(world: World, ann: Person, bot: Bot) -> None:
    group = await world.group("Staff", [ann])
    topic = await world.post("topic/create", chat=group, name="Noise", by=ann.id)
    await world.post("topic/close", chat=group, thread=topic["thread_id"], by=ann.id)
    (shown,) = (await world.get(f"chat?from={ann.id}&chat={group}"))["topics"]
    assert (shown["name"], shown["closed"]) == ("Noise", True)
    await world.post("topic/reopen", chat=group, thread="Noise")
    await world.post("topic/rename", chat=group, thread="Noise", name="Din")
    kinds = [key for update in await bot.updates() for key in update.get("message", {}) if key.startswith("forum_")]
    assert kinds == ["forum_topic_created", "forum_topic_closed", "forum_topic_reopened", "forum_topic_edited"]
    await world.post("topic/delete", chat=group, thread="Din")
    with pytest.raises(AssertionError, match="no such topic"):
        await ann.says("x", group, thread=topic["thread_id"])


@pytest.mark.parametrize(
    ("path", "body", "words"),
    [
        ("say", {"text": "x"}, "The field 'from' is missing."),
        ("say", {"from": 5, "text": "x"}, "There is no person 5."),
        ("groups", {"title": "x", "members": []}, "A group needs members"),
        ("groups", {"title": "x", "members": [5]}, "A group needs members"),
        ("nothing", {}, "There is no /api/nothing."),
        ("group/upgrade", {"chat": 5}, "There is no group 5."),
        ("people", {"first_name": " "}, "A person needs a first name."),
        ("flood", {"speed": 5}, "There is no limit 'speed'"),
        ("faults", {"faults": [{"kind": "x"}]}, "There is no fault 'x'"),
        ("story/start", {}, "This sandbox has no story"),
        ("clock", {"now": "tomorrow"}, "no instant"),
        ("clock", {"advance": 1e18}, "no instant"),
    ],
)
async def test_people_are_refused_in_a_plain_sentence(
    world: World, path: str, body: dict[str, Any], words: str
) -> None:
    async with world.session.post(f"{world.url}/api/{path}", json=body) as response:
        assert response.status == 400
        assert words in (await response.json())["error"]
