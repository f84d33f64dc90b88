"""Editing, deleting, pinning, reacting, and answering presses."""

from typing import Any

import pytest

from sandbox.client import Person, World
from sandbox.tests.bot import Bot

BUTTON = {"inline_keyboard": [[{"text": "Take", "callback_data": "v:1:take"}]]}
NOT_MODIFIED = (
    "Bad Request: message is not modified: specified new message content and reply markup are exactly the same as a "
    "current content and reply markup of the message"
)


def at(message: dict[str, Any]) -> dict[str, Any]:
    """How a call names a message."""
    return {"chat_id": message["chat"]["id"], "message_id": message["message_id"]}


async def test_a_text_is_edited_and_loses_its_keyboard_unless_given_again(ann: Person, bot: Bot) -> None:
    card = await bot.says(ann.id, "new", reply_markup=BUTTON)
    kept = await bot.ok("editMessageText", **at(card), text="<b>taken</b>", parse_mode="HTML", reply_markup=BUTTON)
    assert (kept["text"], kept["reply_markup"]) == ("taken", BUTTON)
    assert kept["edit_date"] >= kept["date"]
    lost = await bot.ok("editMessageText", **at(card), text="done")
    assert "reply_markup" not in lost
    assert "entities" not in lost
    assert await bot.kinds() == [], "a bot hears nothing of its own edits"


async def test_an_edit_that_changes_nothing_is_refused(ann: Person, bot: Bot) -> None:
    card = await bot.says(ann.id, "<b>new</b>", parse_mode="HTML", reply_markup=BUTTON)
    same = {**at(card), "text": "<b>new</b>", "parse_mode": "HTML", "reply_markup": BUTTON}
    assert await bot.no("editMessageText", **same) == NOT_MODIFIED
    assert await bot.no("editMessageReplyMarkup", **at(card), reply_markup=BUTTON) == NOT_MODIFIED
    await bot.ok("editMessageText", **{**same, "parse_mode": ""})
    await bot.ok("editMessageReplyMarkup", **at(card))
    assert await bot.no("editMessageReplyMarkup", **at(card)) == NOT_MODIFIED


async def test_only_own_messages_with_text_can_be_edited(ann: Person, bot: Bot) -> None:
    hers = await ann.says("hello")
    where = {"chat_id": ann.id}
    assert await bot.no("editMessageText", **where, message_id=1, text="x") == "Bad Request: message to edit not found"
    said = await bot.no("editMessageText", **where, message_id=hers["message_id"], text="x")
    assert said == "Bad Request: message can't be edited"
    assert await bot.no("editMessageText", **where, text="x") == "Bad Request: message identifier is not specified"
    place = await bot.ok("sendLocation", **where, latitude=1, longitude=1)
    assert await bot.no("editMessageText", **at(place), text="x") == (
        "Bad Request: there is no text in the message to edit"
    )
    card = await bot.says(ann.id, "x")
    assert await bot.no("editMessageText", **at(card), text="x" * 4097) == "Bad Request: MESSAGE_TOO_LONG"
    said = await bot.no("editMessageText", **at(card), text="y", reply_markup={"force_reply": True})
    assert said == "Bad Request: inline keyboard expected"


async def test_deleting(ann: Person, bot: Bot, world: World) -> None:
    card = await bot.says(ann.id, "x")
    assert await bot.ok("deleteMessage", **at(card)) is True
    assert await bot.no("deleteMessage", **at(card)) == "Bad Request: message to delete not found"
    assert await bot.no("editMessageText", **at(card), text="y") == "Bad Request: message to edit not found"
    hers = await ann.says("in a private chat a bot may delete this")
    old = await bot.says(ann.id, "old")
    await bot.ok("deleteMessages", chat_id=ann.id, message_ids=[hers["message_id"], 1, card["message_id"]])
    await world.advance(hours=49)
    assert await bot.no("deleteMessage", **at(old)) == "Bad Request: message can't be deleted for everyone"
    said = await bot.no("deleteMessages", chat_id=ann.id, message_ids=list(range(1, 102)))
    assert said == "Bad Request: too many message identifiers specified"


async def test_what_people_write_in_groups_only_an_administrator_deletes(world: World, ann: Person, bot: Bot) -> None:
    group = await world.group("Staff", [ann], bot=())
    hers = await ann.says("/hello", group)
    assert await bot.no("deleteMessage", chat_id=group, message_id=hers["message_id"]) == (
        "Bad Request: message can't be deleted"
    )
    await world.post("group/promote", chat=group, user=world.bot_id, rights=["delete_messages"])
    await bot.ok("deleteMessage", chat_id=group, message_id=hers["message_id"])


async def test_a_pin_is_told_also_to_the_bot_that_set_it(world: World, ann: Person, bot: Bot) -> None:
    card = await bot.says(ann.id, "read this")
    await bot.ok("pinChatMessage", **at(card))
    assert (await bot.next("message"))["pinned_message"]["text"] == "read this"
    assert (await bot.ok("getChat", chat_id=ann.id))["pinned_message"]["message_id"] == card["message_id"]
    await bot.ok("unpinChatMessage", **at(card))
    assert "pinned_message" not in await bot.ok("getChat", chat_id=ann.id)
    assert await bot.no("pinChatMessage", chat_id=ann.id, message_id=1) == "Bad Request: message to pin not found"


async def test_reactions_of_both_sides(world: World, ann: Person, bot: Bot) -> None:
    hers = await ann.says("it is fixed")
    await bot.ok("setMessageReaction", **at(hers), reaction=[{"type": "emoji", "emoji": "👍"}])
    shown = (await world.chat_messages(ann.id))[-1]
    assert shown["reactions"] == [{"type": "emoji", "emoji": "👍"}]
    said = await bot.no("setMessageReaction", **at(hers), reaction=[{"type": "emoji", "emoji": "🦆"}])
    assert said == "Bad Request: REACTION_INVALID"
    card = await bot.says(ann.id, "thank you")
    await bot.ok("getUpdates", offset=-1, allowed_updates=["message", "message_reaction"])
    await world.post("react", **{"from": ann.id}, message=card["message_id"], emoji="❤")
    reaction = await bot.next("message_reaction")
    assert (reaction["user"]["id"], reaction["new_reaction"]) == (ann.id, [{"type": "emoji", "emoji": "❤"}])


async def test_people_edit_and_bots_are_told(world: World, ann: Person, bot: Bot) -> None:
    hers = await ann.says("the lamp is uot")
    await ann.edits(hers, "the lamp is out")
    first, second = await bot.updates()
    assert first["message"]["text"] == "the lamp is uot", "an update tells what was true when it was made"
    assert second["edited_message"]["text"] == "the lamp is out"
    assert second["edited_message"]["edit_date"]
    await ann.edits(hers, "the lamp is out")
    assert await bot.kinds() == []
    card = await bot.says(ann.id, "x")
    with pytest.raises(AssertionError, match="only your own"):
        await ann.edits(card, "y")
    await world.post("delete", **{"from": ann.id}, message=hers["message_id"])
    assert await bot.kinds() == []


async def test_a_press_is_a_query_that_can_be_answered(world: World, ann: Person, bot: Bot) -> None:
    card = await bot.says(ann.id, "new", reply_markup=BUTTON)
    press = await ann.presses("Take")
    query = await bot.next("callback_query")
    assert query["id"] == press["id"]
    assert (query["data"], query["from"]["id"]) == ("v:1:take", ann.id)
    assert query["message"]["message_id"] == card["message_id"]
    assert query["message"]["reply_markup"] == BUTTON
    await bot.ok("answerCallbackQuery", callback_query_id=query["id"], text="Yours", show_alert=True)
    assert await ann.popup(press) == {"text": "Yours", "show_alert": True, "url": ""}


async def test_a_press_can_be_answered_for_150_seconds_of_the_movable_clock(
    world: World, ann: Person, bot: Bot
) -> None:
    too_old = "Bad Request: query is too old and response timeout expired or query ID is invalid"
    await bot.says(ann.id, "new", reply_markup=BUTTON)
    query = (await ann.presses("Take"))["id"]
    said = await bot.no("answerCallbackQuery", callback_query_id=query, text="x" * 201)
    assert said == "Bad Request: MESSAGE_TOO_LONG"
    await world.advance(seconds=140)
    await bot.ok("answerCallbackQuery", callback_query_id=query)
    await world.advance(seconds=15)
    assert await bot.no("answerCallbackQuery", callback_query_id=query) == too_old
    assert await bot.no("answerCallbackQuery", callback_query_id="5") == too_old


async def test_buttons_are_pressed_by_place_and_forged(world: World, ann: Person, bot: Bot) -> None:
    card = await bot.says(ann.id, "new", reply_markup=BUTTON)
    press = {"from": ann.id, "chat": world.bot_id, "message": card["message_id"]}
    await world.post("press", **press, row=0, column=0)
    await world.post("press", **press, button=[0, 0])
    with pytest.raises(AssertionError, match="There is no such button; there are: Take"):
        await world.post("press", **press, row=1, column=0)
    with pytest.raises(AssertionError, match="There is no such button"):
        await world.post("press", **press, data="v:1:admin")
    await ann.forges(card, "v:1:admin")
    assert [update["callback_query"]["data"] for update in await bot.updates()] == ["v:1:take", "v:1:take", "v:1:admin"]


async def test_links_to_the_bot_are_followed(world: World, ann: Person, bot: Bot) -> None:
    rows = [
        [{"text": "Start", "url": "https://t.me/resident_voices_bot?start=i-123"}],
        [{"text": "Elsewhere", "url": "https://example.org/"}],
    ]
    await bot.says(ann.id, "x", reply_markup={"inline_keyboard": rows})
    assert await ann.presses("Elsewhere") == {"url": "https://example.org/"}
    await ann.presses("Start")
    assert await bot.texts() == ["/start i-123"]


async def test_links_to_messages_lead_members_there(world: World, ann: Person, bot: Bot) -> None:
    group = await world.group("Staff", [ann], supergroup=True)
    stranger = await world.person("Bo")
    said = await ann.says("hello", group)
    link = f"https://t.me/c/{str(group).removeprefix('-100')}/{said['message_id']}"
    assert (await ann.follows(link))["message"]["text"] == "hello"
    in_topic = link.replace(f"/{said['message_id']}", f"/1/{said['message_id']}")
    assert (await ann.follows(in_topic))["chat"] == group
    for who, url in ((stranger, link), (ann, f"{link}9")):
        with pytest.raises(AssertionError, match="Only members"):
            await who.follows(url)
    assert await ann.follows("https://t.me/c/55/1") == {"url": "https://t.me/c/55/1"}
