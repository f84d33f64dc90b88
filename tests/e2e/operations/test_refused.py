"""What Telegram refuses: a group that may not be written to, a card that cannot be edited, files that are forbidden."""

import pytest

from sandbox.client import World, written
from tests.e2e.conftest import LAMP, PNG, Estate, Start, estate_in, shows
from tests.e2e.reading import TAKE, presses_send, presses_what

NO_TEXT = "not enough rights to send text messages to the chat"


async def takes_rights(estate: Estate, *what: str) -> None:
    """The bot is an ordinary member now, and those may not send such things."""
    await estate.settled()
    await estate.world.post("group/promote", chat=estate.staff_chat, user=estate.world.bot_id, rights=[])
    await estate.world.post("group/forbid", chat=estate.staff_chat, what=list(what))


async def cards(estate: Estate) -> int:
    found = await estate.world.chat_messages(estate.staff_chat)
    return sum(LAMP in written(each) for each in found)


@pytest.mark.parametrize("how", ["rights", "silently"])
async def test_a_group_that_may_not_be_written_to_gets_everything_when_it_may(
    world: World, start_bot: Start, how: str
) -> None:
    """Whether Telegram tells the bot of its new rights, or all members may write again, of which it tells nobody."""
    async with estate_in(world, start_bot) as estate:
        wei, group = estate.staff, estate.staff_chat
        await takes_rights(estate, "text")
        status = await estate.report()
        told = await wei.sees("I may not write in the staff group")
        assert NO_TEXT in told["text"]
        await estate.resident.replies(status, "it still is")
        await estate.resident.sees("Added to your report")
        await estate.stop()
        await estate.start()
        assert await cards(estate) == 0
        if how == "rights":
            await world.post("group/promote", chat=group, user=world.bot_id)
        else:
            await world.post("group/forbid", chat=group, what=[])
        card = await estate.card()
        assert LAMP in card["text"]
        await wei.sees("it still is", group)
        await wei.sees("I can write in the staff group")
        await presses_what(wei, TAKE, group, card)
        await wei.sees("In charge: Wei", group)
        await estate.nothing_broke()
        assert await cards(estate) == 1
        said = [written(each) for each in await world.chat_messages(wei.id)]
        assert sum("I may not write in" in each for each in said) == 1, "admins are told once"
        assert not any("refused a message" in each for each in said)


@pytest.mark.parametrize("words", [NO_TEXT, "CHAT_WRITE_FORBIDDEN", "have no rights to send a message"])
async def test_a_card_that_is_refused_once_comes(estate: Estate, words: str) -> None:
    fault = {"kind": "refuse", "method": "sendMessage", "words": words, "chat": estate.staff_chat, "times": 1}
    await estate.world.faults(fault)
    await estate.report()
    assert LAMP in (await estate.card())["text"]
    await estate.settled()
    assert await cards(estate) == 1


async def test_photos_that_are_forbidden_hold_up_no_words(estate: Estate) -> None:
    mei, wei, group = estate.resident, estate.staff, estate.staff_chat
    await takes_rights(estate, "photo")
    await mei.sends_photo(PNG, LAMP)
    await presses_send(mei)
    card = await estate.card()
    assert LAMP in card["text"] and "1 photo" in card["text"]
    await wei.sees("does not take everything I send")
    await estate.report("The gate hangs")
    await estate.card(2)
    await estate.world.post("group/promote", chat=group, user=estate.world.bot_id)
    photo = await wei.sees("<photo>", group)
    assert photo["reply_to_message"]["message_id"] == card["message_id"]


@pytest.mark.parametrize("words", ["MESSAGE_ID_INVALID", "MESSAGE_AUTHOR_REQUIRED", "message can't be edited"])
async def test_a_card_that_cannot_be_edited_is_made_anew_with_buttons_that_work(estate: Estate, words: str) -> None:
    wei, group = estate.staff, estate.staff_chat
    await estate.report()
    card = await estate.card()
    await estate.settled()
    fault = {"kind": "refuse", "method": "editMessageText", "words": words, "chat": group, "times": 1}
    await estate.world.faults(fault)
    await presses_what(wei, TAKE, group, card)
    again = await shows(wei, "No. 1 · ", "In charge: Wei", chat=group, after=card)
    await wei.presses("Start", group, again)
    await shows(estate.resident, "No. 1: Work has begun")


async def test_a_closed_topic_is_left_for_a_new_one(estate: Estate) -> None:
    """Without the right to manage topics nothing can be written into a closed one."""
    world, wei, group = estate.world, estate.staff, estate.staff_chat
    await estate.report()
    card = await estate.card()
    await estate.settled()
    await world.post("topic/close", chat=group, thread=card["message_thread_id"], by=wei.id)
    await world.post("group/promote", chat=group, user=world.bot_id, rights=["delete_messages"])
    await estate.report("The gate hangs")
    other = await estate.card(2)
    assert other.get("message_thread_id") != card["message_thread_id"]


@pytest.mark.parametrize("words", ["message to be replied not found", "REPLY_MESSAGE_ID_INVALID", "MESSAGE_ID_INVALID"])
async def test_what_replies_to_something_that_is_gone_comes_without_the_reply(estate: Estate, words: str) -> None:
    status = await estate.report()
    await estate.card()
    await estate.settled()
    fault = {"kind": "refuse", "method": "sendMessage", "words": words, "chat": estate.staff_chat, "times": 1}
    await estate.world.faults(fault)
    await estate.resident.replies(status, "it still is")
    await estate.staff.sees("it still is", estate.staff_chat)


@pytest.mark.parametrize("words", ["the bot has already been closed", "Logged out"])
async def test_what_is_sent_while_the_bot_moves_to_another_server_waits(estate: Estate, words: str) -> None:
    fault = {"kind": "refuse", "method": "sendMessage", "words": words, "chat": estate.staff_chat, "times": 1}
    await estate.world.faults(fault)
    await estate.report()
    assert LAMP in (await estate.card())["text"]


@pytest.mark.parametrize("words", ["not enough rights to manage pinned messages in the chat", "CHAT_ADMIN_REQUIRED"])
async def test_what_may_not_be_pinned_is_pinned_when_it_may(world: World, start_bot: Start, words: str) -> None:
    async with estate_in(world, start_bot) as estate:
        group = estate.staff_chat
        await world.faults({"kind": "refuse", "method": "pinChatMessage", "words": words, "chat": group, "times": 1})
        await world.advance(seconds=30)
        await estate.staff.sees("does not take everything I send")
        await world.post("group/promote", chat=group, user=world.bot_id)
        await estate.settled()
        pinned = [call for call in await world.calls("pinChatMessage") if call.get("error_code") is None]
        assert len(pinned) == 1
        assert (await estate.staff.sees("What is to be done", group))["message_id"] == int(
            pinned[0]["params"]["message_id"]
        )
