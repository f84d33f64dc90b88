"""Sending: the shape of what comes back, who can be written to, keyboards, the real refusals."""

from typing import Any

import pytest

from sandbox.client import Person, World
from sandbox.tests.bot import Bot

BUTTON = {"inline_keyboard": [[{"text": "A", "callback_data": "a"}]]}


async def test_a_message_has_the_shape_of_the_real_one(world: World, ann: Person, bot: Bot) -> None:
    asked = await ann.says("Is anybody there?")
    message = await bot.says(ann.id, "Yes", reply_parameters={"message_id": asked["message_id"]})
    assert message == {
        "message_id": asked["message_id"] + 1,
        "from": {
            "id": world.bot_id,
            "is_bot": True,
            "first_name": "Resident Voices",
            "username": "resident_voices_bot",
        },
        "chat": {"id": ann.id, "first_name": "Ann", "username": "ann_of_block_3", "type": "private"},
        "date": message["date"],
        "reply_to_message": {
            "message_id": asked["message_id"],
            "from": {
                "id": ann.id,
                "is_bot": False,
                "first_name": "Ann",
                "language_code": "en",
                "username": "ann_of_block_3",
            },
            "chat": {"id": ann.id, "first_name": "Ann", "username": "ann_of_block_3", "type": "private"},
            "date": asked["date"],
            "text": "Is anybody there?",
        },
        "text": "Yes",
    }


async def test_the_movable_clock_dates_messages(world: World, ann: Person, bot: Bot) -> None:
    before = await bot.says(ann.id, "now")
    await world.advance(days=7)
    after = await bot.says(ann.id, "later")
    assert 604_800 <= after["date"] - before["date"] <= 604_802


async def test_only_who_has_started_can_be_written_to(world: World, ann: Person, bot: Bot) -> None:
    bo = await world.person("Bo")
    assert await bot.no("sendMessage", chat_id=bo.id, text="x") == "Bad Request: chat not found"
    await world.group("Staff", [ann, bo])
    said = "Forbidden: bot can't initiate conversation with a user"
    assert await bot.no("sendMessage", chat_id=bo.id, text="x") == said
    await bo.starts()
    await bot.says(bo.id, "x")


@pytest.mark.parametrize("chat", [1, "@somebody", "nonsense", -100123])
async def test_unknown_chats_are_not_found(bot: Bot, chat: Any) -> None:
    assert await bot.no("sendMessage", chat_id=chat, text="x") == "Bad Request: chat not found"


async def test_refusals_about_people(world: World, ann: Person, bot: Bot) -> None:
    assert await bot.no("sendMessage", text="x") == "Bad Request: chat_id is empty"
    assert await bot.no("sendMessage", chat_id=world.bot_id, text="x") == (
        "Forbidden: the bot can't send messages to the bot"
    )
    await ann.blocks()
    answer = await bot.raw("sendMessage", chat_id=ann.id, text="x")
    assert (answer["error_code"], answer["description"]) == (403, "Forbidden: bot was blocked by the user")
    change = await bot.next("my_chat_member")
    assert (change["old_chat_member"]["status"], change["new_chat_member"]["status"]) == ("member", "kicked")
    await ann.unblocks()
    assert (await bot.next("my_chat_member"))["new_chat_member"]["status"] == "member"
    await bot.says(ann.id, "x")
    await world.post("deactivate", **{"from": ann.id})
    assert await bot.no("sendMessage", chat_id=ann.id, text="x") == "Forbidden: user is deactivated"


@pytest.mark.parametrize(
    ("markup", "words"),
    [
        ("{", "can't parse reply keyboard markup JSON object"),
        ("[1]", "object expected as reply markup"),
        (
            {"inline_keyboard": [{"text": "A"}]},
            'field "inline_keyboard" of the InlineKeyboardMarkup must be an Array of Arrays',
        ),
        (
            {"inline_keyboard": [[{"text": "A"}]]},
            "can't parse inline keyboard button: Text buttons are unallowed in the inline keyboard",
        ),
        (
            {"inline_keyboard": [[{"text": "A", "callback_data": ""}]]},
            "can't parse inline keyboard button: Text buttons are unallowed in the inline keyboard",
        ),
        ({"inline_keyboard": [[{"text": "A", "callback_data": "字" * 22}]]}, "BUTTON_DATA_INVALID"),
        (
            {"inline_keyboard": [[{"text": "A", "url": "ftp://x.org"}]]},
            "inline keyboard button URL 'ftp://x.org' is invalid: Unsupported URL protocol",
        ),
    ],
)
async def test_broken_keyboards_are_refused(ann: Person, bot: Bot, markup: Any, words: str) -> None:
    said = await bot.no("sendMessage", chat_id=ann.id, text="x", reply_markup=markup)
    assert said == f"Bad Request: {words}"


async def test_the_text_is_looked_at_before_the_keyboard_and_that_before_the_chat(bot: Bot) -> None:
    assert "text is empty" in await bot.no("sendMessage", chat_id=1, text="", reply_markup="{")
    assert "markup" in await bot.no("sendMessage", chat_id=1, text="x", reply_markup="{")
    assert "chat not found" in await bot.no("sendMessage", chat_id=1, text="x", reply_parameters={"message_id": 5})


async def test_sixty_four_bytes_of_data_are_accepted(ann: Person, bot: Bot) -> None:
    markup = {"inline_keyboard": [[{"text": "A", "callback_data": "x" * 64}]]}
    assert (await bot.says(ann.id, "x", reply_markup=markup))["reply_markup"] == markup
    assert "reply_markup" not in await bot.says(ann.id, "x", reply_markup={"inline_keyboard": []})


async def test_a_reply_to_nothing_is_refused_unless_allowed(ann: Person, bot: Bot) -> None:
    reply: dict[str, Any] = {"message_id": 999_999}
    assert await bot.no("sendMessage", chat_id=ann.id, text="x", reply_parameters=reply) == (
        "Bad Request: message to be replied not found"
    )
    reply["allow_sending_without_reply"] = True
    assert "reply_to_message" not in await bot.says(ann.id, "x", reply_parameters=reply)


async def test_manners_are_kept_and_shown_to_the_page(world: World, ann: Person, bot: Bot) -> None:
    message = await bot.says(ann.id, "x", disable_notification=True, protect_content=True)
    assert message["has_protected_content"] is True
    shown = (await world.chat_messages(ann.id))[-1]
    assert shown["silent"] is True


async def test_reply_keyboards_are_given_tapped_and_taken_away(world: World, ann: Person, bot: Bot) -> None:
    keys = [["Report"], [{"text": "My number", "request_contact": True}, {"text": "Here", "request_location": True}]]
    sent = await bot.says(ann.id, "x", reply_markup={"keyboard": keys})
    assert "reply_markup" not in sent, "only inline keyboards come back"
    await ann.taps("Report")
    await ann.taps("My number", contact={"phone_number": "+1", "first_name": "Ann", "user_id": ann.id})
    await ann.taps("Here", location={"lat": 1.5, "lon": 2})
    text, contact, location = (update["message"] for update in await bot.updates())
    assert text["text"] == "Report"
    assert contact["contact"]["user_id"] == ann.id
    assert location["location"] == {"latitude": 1.5, "longitude": 2.0}
    with pytest.raises(AssertionError, match="There is no such button; there are: Report, My number, Here"):
        await ann.taps("Nothing")
    await bot.says(ann.id, "x", reply_markup={"remove_keyboard": True})
    with pytest.raises(AssertionError, match="there are: none"):
        await ann.taps("Report")


async def test_people_chosen_from_the_picker_are_shared(world: World, ann: Person, bot: Bot) -> None:
    bo = await world.person("Bo", username="bo_of_block_5")
    asked = {"request_id": 7, "max_quantity": 2, "request_name": True, "request_username": True}
    await bot.says(ann.id, "x", reply_markup={"keyboard": [[{"text": "Choose", "request_users": asked}]]})
    await ann.taps("Choose", users=[bo.id])
    assert (await bot.next("message"))["users_shared"] == {
        "request_id": 7,
        "users": [{"user_id": bo.id, "first_name": "Bo", "username": "bo_of_block_5"}],
    }


async def test_a_forced_reply_is_shown_until_it_is_answered(world: World, ann: Person, bot: Bot) -> None:
    question = await bot.says(ann.id, "Which floor?", reply_markup={"force_reply": True})
    chat = await world.get(f"chat?from={ann.id}")
    assert chat["keyboards"][str(ann.id)] == {"markup": {"force_reply": True}, "message_id": question["message_id"]}
    await ann.replies(question, "The third")
    assert (await world.get(f"chat?from={ann.id}"))["keyboards"] == {}
    assert (await bot.next("message"))["reply_to_message"]["message_id"] == question["message_id"]


async def test_a_selective_keyboard_is_for_whoever_is_replied_to(world: World, ann: Person, bot: Bot) -> None:
    bo = await world.person("Bo")
    group = await world.group("Staff", [ann, bo], forum=False)
    said = await bo.says("hello", group)
    markup = {"force_reply": True, "selective": True}
    await bot.says(group, "Why?", reply_parameters={"message_id": said["message_id"]}, reply_markup=markup)
    assert list((await world.get(f"chat?from={bo.id}&chat={group}"))["keyboards"]) == [str(bo.id)]


async def test_places_contacts_and_actions(world: World, ann: Person, bot: Bot) -> None:
    place = await bot.ok("sendLocation", chat_id=ann.id, latitude=31.2, longitude=121.4)
    assert place["location"] == {"latitude": 31.2, "longitude": 121.4}
    contact = await bot.ok("sendContact", chat_id=ann.id, phone_number="+1", first_name="Bo")
    assert contact["contact"] == {"phone_number": "+1", "first_name": "Bo"}
    assert await bot.no("sendLocation", chat_id=ann.id, longitude=1) == "Bad Request: latitude is empty"
    assert await bot.ok("sendChatAction", chat_id=ann.id, action="typing") is True
    said = await bot.no("sendChatAction", chat_id=ann.id, action="dancing")
    assert said == "Bad Request: wrong parameter action in request"


async def test_messages_are_copied_and_forwarded(world: World, ann: Person, bot: Bot) -> None:
    bo = await world.person("Bo")
    await bo.starts()
    said = await ann.says("the lamp is out")
    source = {"from_chat_id": ann.id, "message_id": said["message_id"]}
    copied = await bot.ok("copyMessage", chat_id=bo.id, **source)
    assert list(copied) == ["message_id"]
    forwarded = await bot.ok("forwardMessage", chat_id=bo.id, **source)
    assert forwarded["forward_origin"]["sender_user"]["id"] == ann.id
    assert [message["text"] for message in (await world.chat_messages(bo.id))[-2:]] == ["the lamp is out"] * 2
    source["message_id"] = 1
    assert await bot.no("copyMessage", chat_id=bo.id, **source) == "Bad Request: message to copy not found"
    assert await bot.no("forwardMessage", chat_id=bo.id, **source) == "Bad Request: message to forward not found"
    secret = await bot.says(ann.id, "x", protect_content=True)
    source["message_id"] = secret["message_id"]
    assert await bot.no("copyMessage", chat_id=bo.id, **source) == "Bad Request: message can't be copied"
