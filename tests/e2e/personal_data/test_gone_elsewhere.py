"""Who has their data deleted is gone from the chats of others as well, as far as Telegram lets the bot; the rest is
said, without whose it was."""

from typing import Any

from sandbox.client import Person, written
from tests.e2e.conftest import PNG, Estate, Json, estate_in, shows
from tests.e2e.reading import asked_to_send, presses_send, presses_what, until

WORDS = "The zqlamp by my door is dark"
MORE = "It is the zqfloor above the bakery"


async def forgets(person: Person) -> None:
    """/forget with both yeses, until all is done."""
    await person.says("/forget")
    await presses_what(person, "gone:sure:*")
    await presses_what(person, "gone:yes:*")


async def is_done(estate: Estate) -> None:
    """Wait until nothing leads to them any more."""

    async def look() -> bool:
        rows = await estate.rows("SELECT chat, telegram_id, step FROM forgetting")
        return rows == [{"chat": None, "telegram_id": None, "step": "done"}]

    await until(look, "all to be done")


async def said_in(estate: Estate, chat: int, *, by_bot: bool = False) -> str:
    """All that can be read in a chat, or what the bot said there."""
    found = await estate.world.chat_messages(chat)
    return "\n".join(written(each) for each in found if not by_bot or each["from"]["id"] == estate.world.bot_id)


async def reports_with_a_photo(estate: Estate) -> None:
    mei = estate.resident
    await mei.sends_photo(PNG + b"the lamp", caption=WORDS)
    await presses_send(mei, await asked_to_send(mei))
    card = await mei.sees("Received")
    await mei.replies(card, MORE)
    await shows(estate.staff, "zqfloor", chat=estate.staff_chat)


async def photos(estate: Estate, chat: int) -> list[Json]:
    return [each for each in await estate.world.chat_messages(chat) if "photo" in each]


async def test_words_and_photos_leave_the_chats_of_others(estate: Estate) -> None:
    mei, wei, group = estate.resident, estate.staff, estate.staff_chat
    await reports_with_a_photo(estate)
    await wei.says("/find zqlamp")
    await wei.sees("zqlamp")
    assert await photos(estate, group)
    await forgets(mei)
    await mei.sees("Done: your data are deleted.")
    await estate.settled()
    assert "zq" not in await said_in(estate, group) + await said_in(estate, wei.id, by_bot=True)
    assert await photos(estate, group) == []
    assert "No. 1 · " in await said_in(estate, group), "its card says what became of it"
    (last,) = await estate.world.chat_messages(mei.id)
    assert "last message" in written(last)
    assert "could not be deleted" not in written(last)
    await is_done(estate)
    assert await estate.rows("SELECT 1 FROM chats WHERE telegram_id = ?", mei.id) == []
    assert await estate.rows("SELECT 1 FROM outbox WHERE purpose = 'forgotten'") == []


async def test_what_telegram_keeps_is_changed_or_said(world: Any, start_bot: Any) -> None:
    """After two days, in a group in which the bot may delete nothing."""
    async with estate_in(world, start_bot) as estate:
        mei, wei, group = estate.resident, estate.staff, estate.staff_chat
        await world.post("group/promote", chat=group, user=world.bot_id, rights=["manage_topics"])
        await reports_with_a_photo(estate)
        await wei.says("/find zqlamp")
        await wei.sees("zqlamp")
        await estate.staff.replies(await estate.card(), "zqnote: she is afraid", group)
        await estate.settled()
        await world.advance(hours=49)
        await forgets(mei)
        done = await mei.sees("Done: your data are deleted.")
        await estate.settled()
        left = [each for each in await world.chat_messages(group) if "zq" in written(each)]
        assert {each["from"]["id"] for each in left} == {wei.id}, "what others wrote the bot cannot change"
        assert "zq" not in await said_in(estate, wei.id, by_bot=True)
        assert all("photo" not in each or "deleted" in written(each) for each in await photos(estate, group))
        assert "asked to delete it" in written(done) or "asked to delete them" in written(done)
        told = await shows(wei, "In the staff group, please delete these by hand:")
        assert all(f"/{each['message_id']}" in written(told) for each in left)
        assert "zq" not in written(told) and "Mei" not in written(told)
        # What they wrote themselves only they can delete.
        assert "too old for me to delete" in written(done)
