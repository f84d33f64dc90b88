"""Blocking by the very words: of a report, a repair, an offer, a promise; and nothing of a blocked person goes on."""

import pytest

from sandbox.client import Person, written
from services.volunteers import volunteers as service
from storage.core.database import Transaction
from storage.people import people
from storage.volunteers.volunteers import Profile
from tests.e2e.conftest import PNG, Estate, Json, shows
from tests.e2e.reading import presses_send
from tests.e2e.repairs.test_repair_relay import taken
from tests.e2e.reports.test_answering import joiner

REASON = "Insults are not answered here."


async def blocked(estate: Estate, who: Person) -> None:
    """Staff have pressed Block, and go on for a day, with a reason."""
    await estate.staff.presses("For 1 day", estate.staff_chat)
    await estate.staff_replies("why are they blocked?", REASON)
    await who.sees(REASON)
    await estate.staff.sees("can send nothing until", estate.staff_chat)


async def blocks_of(estate: Estate) -> list[str]:
    """Who is blocked, by name."""
    rows = await estate.rows("SELECT name FROM blocks JOIN people ON people.id = blocks.person")
    return [row["name"] for row in rows]


async def presses_block(estate: Estate, card: Json) -> None:
    """Block, on the second page of a report's card."""
    await estate.staff.presses("More", estate.staff_chat, card)
    await estate.staff.presses("Block", estate.staff_chat, await shows(estate.staff, "[Block", chat=estate.staff_chat))


async def test_for_a_joiners_insults_the_joiner_is_blocked(estate: Estate) -> None:
    await estate.report()
    li = await joiner(estate, "Li")
    status = await li.sees("No. 1")
    await li.replies(status, "You are thieves, all of you")
    await estate.staff.sees("You are thieves, all of you", estate.staff_chat)
    await estate.settled()
    await presses_block(estate, await estate.card())
    await estate.staff.presses("“You are thieves", estate.staff_chat)
    await shows(estate.staff, "Block them?", "You are thieves, all of you", chat=estate.staff_chat)
    await blocked(estate, li)
    assert await blocks_of(estate) == ["Li"]
    for message in await estate.world.chat_messages(estate.staff_chat):
        if "Block them?" in written(message) or "can send nothing" in written(message):
            assert "Li" not in written(message).split() and "Mei" not in written(message)
    await estate.staff.presses("End the block", estate.staff_chat)
    await li.sees("You can write to us again.")
    assert await blocks_of(estate) == []


async def test_a_blocked_person_does_not_go_on_by_edits(estate: Estate) -> None:
    """A typed place, words of a report and a message passed on to a volunteer: changed, they go nowhere."""
    mei = estate.resident
    lao = await taken(estate)
    await lao.replies(await shows(lao, "you have taken it"), "Is it the cold tap?")
    asked = await shows(mei, "Lao Wang writes (repair 1):")
    passed = await mei.replies(asked, "The cold one")
    await shows(lao, "The cold one")
    said = await mei.says("The lamp at the gate is broken")
    await presses_send(mei)
    await mei.sees("Received")
    await presses_block(estate, await estate.card())
    await blocked(estate, mei)
    for message in (passed, said):
        changed = await mei.edits(message, "You are a thief")
        await mei.sees("You cannot send anything until", after=changed["message_id"] - 1)
    await estate.settled()
    refusals = [
        each for each in await estate.world.chat_messages(mei.id) if "You cannot send anything" in written(each)
    ]
    assert len(refusals) == 2
    for chat in (lao.id, estate.staff_chat):
        for message in await estate.world.chat_messages(chat):
            assert "You are a thief" not in written(message)
    assert not await estate.rows("SELECT id FROM report_parts WHERE text LIKE '%thief%'")
    await mei.edits(said, "There is a fire in building 3, it is burning")
    await estate.staff.sees("it is burning", estate.staff_chat)


async def offers_help(estate: Estate, person: Person) -> None:
    """Somebody offers to help with repairs."""

    def offers(tx: Transaction) -> None:
        known = people.by_telegram_id(tx, person.id)
        assert known is not None
        profile = Profile(("plumbing",), ("north",), True, (), 2, False, None, False)
        service.offer(tx, estate.bot.setup.community, known, profile)

    await estate.bot.database.run(offers)


async def test_an_offer_of_help_can_be_blocked(estate: Estate) -> None:
    eve = await estate.newcomer("Eve")
    await offers_help(estate, eve)
    offer = await shows(estate.staff, "Eve offers help", chat=estate.staff_chat)
    await estate.staff.presses("Block", estate.staff_chat, offer)
    await blocked(estate, eve)
    assert await blocks_of(estate) == ["Eve"]


@pytest.mark.parametrize("side", ["asker", "volunteer"])
async def test_either_side_of_a_repair_can_be_blocked_by_its_card(estate: Estate, side: str) -> None:
    lao, mei = await taken(estate), estate.resident
    await estate.staff.says("/repairs")
    await estate.staff.presses("Repair 1: Plumbing", message=await shows(estate.staff, "Repairs that are not closed"))
    await estate.staff.presses("Block", message=await shows(estate.staff, "Repair 1 · "))
    await estate.staff.presses("Who asked for it" if side == "asker" else "The volunteer Lao Wang")
    await estate.staff.presses("For 1 day")
    asked = await estate.staff.sees("why are they blocked?")
    await estate.staff.replies(asked, REASON)
    who = mei if side == "asker" else lao
    await who.sees(REASON)
    assert await blocks_of(estate) == ["Mei" if side == "asker" else "Lao Wang"]


@pytest.mark.parametrize("kind", ["words", "photo"])
async def test_a_message_of_the_other_side_is_shown_to_staff_and_its_writer_blocked(estate: Estate, kind: str) -> None:
    lao, mei = await taken(estate), estate.resident
    status = await shows(mei, "Repair 1: Somebody will come")
    if kind == "words":
        await mei.replies(status, "You are an idiot")
    else:
        await mei.sends_photo(PNG, "You are an idiot", reply_to=status["message_id"])
    got = await shows(lao, "Mei writes (repair 1):", "You are an idiot")
    assert got["has_protected_content"]
    await lao.presses("Show this to the staff", message=got)
    await lao.presses("Yes, show it", message=await lao.sees("Show this message to the staff?"))
    await lao.sees("The staff can read it now.")
    shown = await shows(estate.staff, "somebody shows you a message", "You are an idiot", chat=estate.staff_chat)
    assert "Mei" not in written(shown) and "The person who asked" in written(shown)
    if kind == "photo":
        await shows(estate.staff, "<photo>", chat=estate.staff_chat)
    await estate.staff.presses("Block", estate.staff_chat, shown)
    await blocked(estate, mei)
    assert await blocks_of(estate) == ["Mei"]
    # Only who got it can show it, and once.
    for person, message in ((mei, status), (lao, got)):
        number = (await estate.rows("SELECT id FROM messages WHERE message_id = ?", got["message_id"]))[0]["id"]
        again = await person.forges(message, f"rt:1:show!={number}".replace("show!", "show"))
        assert (await person.popup(again))["text"]
    await estate.settled()
    found = [
        each for each in await estate.world.chat_messages(estate.staff_chat) if "shows you a message" in written(each)
    ]
    assert len(found) == 1
