"""python-telegram-bot as a witness: it must be able to start on the sandbox, and read everything it makes."""

import asyncio
from typing import Any

import pytest
from telegram import Bot as LibraryBot
from telegram import InlineKeyboardButton, InlineKeyboardMarkup, Update
from telegram.error import BadRequest, ChatMigrated, Conflict, Forbidden, RetryAfter

from sandbox.client import Person, World
from sandbox.schema import check_update
from sandbox.tests.bot import PNG, Bot
from sandbox.tests.waiting import until_poll_waits


def library(world: World) -> LibraryBot:
    return LibraryBot(world.token, base_url=f"{world.url}/bot", base_file_url=f"{world.url}/file/bot")


async def test_the_library_reads_every_kind_of_update(world: World, ann: Person, bot: Bot) -> None:
    bo = await world.person("Bo", last_name="Li", is_premium=True)
    await bot.ok("getUpdates", offset=-1, allowed_updates=["message", "edited_message", "callback_query",
                 "my_chat_member", "chat_member", "message_reaction"])  # fmt: skip
    said = await ann.says("/help see https://example.org, +86 138 0000 0000")
    await ann.edits(said, "**")
    for kind in ("photo", "voice", "video", "video_note", "document", "audio"):
        await ann.sends(
            kind, PNG, caption="/caption" if kind != "video_note" else "", album="a" if kind == "photo" else ""
        )
    await ann.shares_location(1.5, 2.5)
    await world.post("contact", **{"from": ann.id}, phone_number="+1", first_name="Ann", user_id=ann.id)
    picker = {"request_id": 1, "request_name": True}
    await bot.says(ann.id, "x", reply_markup={"keyboard": [[{"text": "Choose", "request_users": picker}]]})
    await ann.taps("Choose", users=[bo.id])
    card = await bot.says(ann.id, "x", reply_markup={"inline_keyboard": [[{"text": "A", "callback_data": "a"}]]})
    await ann.presses("A")
    await world.post("react", **{"from": ann.id}, message=card["message_id"], emoji="👍")
    await bot.ok("pinChatMessage", chat_id=ann.id, message_id=card["message_id"])
    await ann.replies(card, "reply")
    await ann.blocks()
    await ann.unblocks()
    basic = (await world.post("groups", title="Basic", members=[ann.id, bo.id, world.bot_id]))["id"]
    later = (await world.post("group/upgrade", chat=basic))["id"]
    await world.post("group/forum", chat=later, on=True)
    await world.post("group/promote", chat=later, user=world.bot_id)
    topic = await world.post("topic/create", chat=later, name="Water")
    await ann.says("chatter", later, thread=topic["thread_id"])
    await ann.says("chatter", later, via_anonymous=True)
    for call in ("close", "reopen"):
        await world.post(f"topic/{call}", chat=later, thread=topic["thread_id"])
    await bot.ok("setChatTitle", chat_id=later, title="x")
    await world.post("group/add", chat=later, user=(await world.person("Cy")).id)
    await world.post("group/remove", chat=later, user=bo.id)
    await world.post("group/remove", chat=later, user=world.bot_id)

    updates = await bot.updates()
    seen = set[str]()
    async with library(world) as parser:
        for update in updates:
            assert check_update(update) == []
            parsed = Update.de_json(update, parser)
            assert parsed.effective_chat is not None
            kind = next(key for key in update if key != "update_id")
            seen |= {kind, *(update[kind] if kind == "message" else ())}
            assert parsed.to_dict()["update_id"] == update["update_id"]
            message = update.get("message", {})
            if message:
                # What the library understood it can say again; it knows no more and no less than was sent.
                assert parsed.message is not None
                assert message.keys() - parsed.message.to_dict().keys() == set(), message
    assert {"message", "edited_message", "callback_query", "my_chat_member", "chat_member", "message_reaction"} <= seen
    assert {
        "photo", "voice", "video", "video_note", "document", "audio", "location", "contact", "users_shared",
        "pinned_message", "reply_to_message", "new_chat_members", "left_chat_member", "migrate_to_chat_id",
        "migrate_from_chat_id", "forum_topic_created", "forum_topic_closed", "forum_topic_reopened", "new_chat_title",
        "media_group_id", "sender_chat", "is_topic_message", "entities", "caption_entities", "group_chat_created",
    } <= seen  # fmt: skip


async def test_the_library_calls_methods_and_reads_their_answers(world: World, ann: Person) -> None:
    keyboard = InlineKeyboardMarkup([[InlineKeyboardButton("A", callback_data="a")]])
    group = await world.group("Staff", [ann])
    async with library(world) as bot:
        assert bot.username == "resident_voices_bot"
        message = await bot.send_message(ann.id, "<b>Hi</b>", parse_mode="HTML", reply_markup=keyboard)
        assert message.text_html == "<b>Hi</b>"
        assert message.reply_markup == keyboard
        edited = await message.edit_text("Ho")
        assert not isinstance(edited, bool)
        assert edited.text == "Ho"
        photo = await bot.send_photo(ann.id, PNG, caption="proof")
        assert bytes(await (await photo.photo[-1].get_file()).download_as_bytearray()) == PNG
        await bot.send_voice(ann.id, b"OggS", duration=3)
        topic = await bot.create_forum_topic(group, "Water")
        inside = await bot.send_message(group, "x", message_thread_id=topic.message_thread_id)
        assert inside.is_topic_message
        assert (await bot.get_chat(group)).is_forum
        assert (await bot.get_chat_member(group, ann.id)).status == "creator"
        assert len(await bot.get_chat_administrators(group)) == 2
        assert (await bot.get_webhook_info()).url == ""
        await bot.set_my_commands([("help", "Help")])
        assert (await bot.get_my_commands())[0].command == "help"
        assert await message.delete()
        updates = await bot.get_updates(timeout=1)
        assert updates
    assert await world.complaints() == []


async def test_the_library_knows_the_refusals(world: World, ann: Person) -> None:
    basic = await world.group("Basic", [ann], forum=False, supergroup=False)
    later = (await world.post("group/upgrade", chat=basic))["id"]
    async with library(world) as bot:
        with pytest.raises(ChatMigrated) as migrated:
            await bot.send_message(basic, "x")
        assert migrated.value.new_chat_id == later
        with pytest.raises(BadRequest, match="Chat not found"):
            await bot.send_message(1, "x")
        await ann.blocks()
        with pytest.raises(Forbidden, match="bot was blocked by the user"):
            await bot.send_message(ann.id, "x")
        await world.faults({"kind": "429", "seconds": 4, "times": 1})
        with pytest.raises(RetryAfter) as retry:
            await bot.get_me()
        seconds: Any = retry.value._retry_after
        assert getattr(seconds, "total_seconds", lambda: seconds)() == 4
        await bot.delete_webhook(drop_pending_updates=True)
        older = asyncio.create_task(bot.get_updates(offset=-1, timeout=3))
        await until_poll_waits(world)
        await world.bot_call("getUpdates", offset=-2, timeout=1)
        with pytest.raises(Conflict, match="terminated by other getUpdates request"):
            await older
