"""Danger that does not come to the staff group: others read it in private, and nobody reads what is not so."""

import pytest

from domain.people.rights import Role
from sandbox.client import Person, World, written
from tests.e2e.conftest import Estate, Start, estate_in, shows
from tests.e2e.moments import time_passes
from tests.e2e.reading import until
from tests.e2e.repairs.test_repair_relay import taken

GAS = "I smell gas in building 2"
FIRST = "I am telling the staff now"
HAS = "The staff group has it."


async def cuts_off(estate: Estate, how: str) -> None:
    """The staff group cannot be reached from now on."""
    world, group = estate.world, estate.staff_chat
    await estate.settled()
    if how == "refuses":
        await world.post("group/promote", chat=group, user=world.bot_id, rights=[])
        await world.post("group/forbid", chat=group, what=["text"])
    else:
        await world.post("group/remove", chat=group, user=world.bot_id)
        await estate.staff.sees("I was removed from the staff group")


async def lets_in(estate: Estate, how: str) -> None:
    world, group = estate.world, estate.staff_chat
    path = "group/promote" if how == "refuses" else "group/add"
    await world.post(path, chat=group, user=world.bot_id, rights=["manage_topics", "pin_messages", "delete_messages"])


async def clock_goes(estate: Estate, seconds: float) -> None:
    """What waits for the group goes on waiting, so nothing comes to rest."""
    await estate.world.advance(seconds=seconds)


async def gone(person: Person, text: str) -> None:
    """Wait until no message says that any more."""

    async def is_gone() -> bool:
        return not any(text in written(each) for each in await person.world.chat_messages(person.id))

    await until(is_gone, f"{text!r} to go")


async def sent_to(estate: Estate, person: Person, text: str) -> list[dict[str, object]]:
    calls = await estate.world.calls("sendMessage")
    return [
        call["params"] for call in calls if call["params"]["chat_id"] == person.id and text in call["params"]["text"]
    ]


async def test_first_it_is_on_its_way_then_the_group_has_it(estate: Estate) -> None:
    mei = estate.resident
    await estate.world.faults(
        {"kind": "latency", "seconds": 1.0, "chat": estate.staff_chat, "method": "sendMessage", "times": 1}
    )
    await mei.says(GAS)
    status = await shows(mei, "No. 1: Received", FIRST)
    assert HAS not in status["text"]
    await estate.card()
    has = await shows(mei, "No. 1: Received", HAS)
    assert has["message_id"] == status["message_id"] and FIRST not in has["text"], "the card is edited"
    await time_passes(estate, minutes=2)
    assert await sent_to(estate, estate.staff, "DANGER") == [], "who reads the group is not told twice"


@pytest.mark.parametrize("how", ["refuses", "removed"])
async def test_out_of_reach_leads_and_admins_are_told_in_private_and_the_resident_reads_whom_to_call(
    world: World, start_bot: Start, how: str
) -> None:
    async with estate_in(world, start_bot) as estate:
        mei, wei = estate.resident, estate.staff
        lena = await estate.colleague("Lena", Role.LEAD)
        await estate.colleague("Sun", Role.STAFF)
        await cuts_off(estate, how)
        await mei.says(GAS)
        status = await shows(mei, "No. 1: Received", FIRST)
        await estate.stop()
        await estate.start()
        await clock_goes(estate, 21)
        for each in (wei, lena):
            copy = await shows(each, "DANGER: Gas", GAS, "Building 2")
            assert "has not got this yet" in copy["text"]
            (params,) = await sent_to(estate, each, "DANGER: Gas")
            assert params["protect_content"] in (True, "true") and "disable_notification" not in params
        await shows(mei, "No. 1: Received", FIRST)
        await estate.stop()
        await estate.start()
        await clock_goes(estate, 41)
        told = await shows(mei, "No. 1: Received", "I could not reach the staff group", after=status)
        assert "2 senior members of staff" in told["text"] and "Please call now: 110" in told["text"]
        assert not any(each in told["text"] for each in (FIRST, HAS, "the staff read it"))
        # More of it: those who were told in private read it, too.
        await mei.replies(told, "it is in stairwell 1")
        await shows(lena, "DANGER: Gas", GAS, "it is in stairwell 1")
        await lets_in(estate, how)
        card = await estate.card()
        assert GAS in card["text"]
        has = await shows(mei, "No. 1: Received", HAS, after=status)
        assert has["message_id"] == told["message_id"] and "could not" not in has["text"]
        for each in (wei, lena):
            copy = await shows(each, "DANGER: Gas", "The staff group has it now.")
            assert "not got" not in copy["text"]
            assert len(await sent_to(estate, each, "DANGER: Gas")) == 1
        await estate.nothing_broke()


async def test_before_there_is_a_group_admins_are_told_and_the_group_gets_it_when_it_is_chosen(
    world: World, start_bot: Start
) -> None:
    async with estate_in(world, start_bot, staff_chat_id=None) as estate:
        mei, wei = estate.resident, estate.staff
        await mei.says("楼道里有煤气味")
        await shows(mei, "No. 1: Received", FIRST)
        await clock_goes(estate, 21)
        await shows(wei, "DANGER: Gas", "楼道里有煤气味")
        await clock_goes(estate, 41)
        await shows(mei, "I could not reach the staff group", "1 senior member of staff")
        await estate.stop()
        estate.settings["staff_chat_id"] = estate.staff_chat
        await estate.start()
        await estate.card()
        await shows(mei, "No. 1: Received", HAS)
        await shows(wei, "The staff group has it now.")


async def test_where_nobody_can_be_reached_that_is_said_and_told_on_when_somebody_can(
    world: World, start_bot: Start
) -> None:
    async with estate_in(world, start_bot, staff_chat_id=None) as estate:
        mei, wei = estate.resident, estate.staff
        await wei.blocks()
        await estate.settled()
        said = await mei.says(GAS)
        told = await shows(mei, "I could not reach anyone.", "119", after=said)
        assert "senior" not in told["text"]
        await wei.unblocks()
        await wei.says("/help")
        await shows(wei, "This is how it works")
        await clock_goes(estate, 61)
        await shows(wei, "DANGER: Gas", GAS)
        await shows(mei, "1 senior member of staff", after=said)
        assert not any("could not reach anyone" in written(each) for each in await world.chat_messages(mei.id))


@pytest.mark.parametrize("how", ["refuses", "removed"])
async def test_danger_in_a_reply_is_followed_in_the_same_way(world: World, start_bot: Start, how: str) -> None:
    async with estate_in(world, start_bot) as estate:
        mei, wei = estate.resident, estate.staff
        status = await estate.report("The lamp is dark")
        await estate.card()
        await cuts_off(estate, how)
        await mei.replies(status, "now sparks come out of it")
        await shows(mei, "No. 1: Received", FIRST)
        await clock_goes(estate, 21)
        await shows(wei, "DANGER", "now sparks come out of it")
        await clock_goes(estate, 41)
        await shows(mei, "No. 1: Received", "I could not reach the staff group", "Please call now")
        await lets_in(estate, how)
        await wei.sees("now sparks come out of it", estate.staff_chat)
        await shows(mei, "No. 1: Received", HAS)


@pytest.mark.parametrize("how", ["refuses", "removed"])
async def test_who_feels_unsafe_reads_how_far_that_came(world: World, start_bot: Start, how: str) -> None:
    async with estate_in(world, start_bot) as estate:
        lao, wei = await taken(estate), estate.staff
        await cuts_off(estate, how)
        await lao.presses("I feel unsafe")
        asked = await lao.sees("In danger call 110 now")
        await lao.presses("Yes, ring the staff", message=asked)
        await lao.sees("The staff are being rung now, about repair 1.")
        await shows(wei, "UNSAFE: repair 1")
        await estate.stop()
        await estate.start()
        await clock_goes(estate, 62)
        told = await shows(lao, "I could not reach the staff group", "1 senior member", "110", after=asked)
        await gone(lao, "being rung")
        await lets_in(estate, how)
        await shows(wei, "UNSAFE: repair 1", chat=estate.staff_chat)
        await clock_goes(estate, 62)
        has = await shows(lao, "The staff group has it: you feel unsafe", "repair 1")
        assert has["message_id"] == told["message_id"]
        await gone(lao, "could not reach")


async def test_who_feels_unsafe_reads_that_the_group_has_it(estate: Estate) -> None:
    lao = await taken(estate)
    await lao.presses("I feel unsafe")
    asked = await lao.sees("In danger call 110 now")
    await lao.presses("Yes, ring the staff", message=asked)
    await lao.sees("The staff are being rung now")
    await shows(estate.staff, "UNSAFE: repair 1", chat=estate.staff_chat)
    has = await shows(lao, "The staff group has it: you feel unsafe")
    assert has["message_id"] == asked["message_id"]


@pytest.mark.parametrize("how", ["refuses", "removed"])
async def test_more_danger_for_a_card_that_rang_before_the_group_was_lost(
    world: World, start_bot: Start, how: str
) -> None:
    """It is folded into the first, which the group has: this it has not."""
    async with estate_in(world, start_bot) as estate:
        mei, wei = estate.resident, estate.staff
        await mei.says(GAS)
        status = await shows(mei, "No. 1: Received", HAS)
        await cuts_off(estate, how)
        if how == "refuses":  # the bot has not heard of it yet: this brings it to light
            await estate.report("The gate hangs", by=await estate.newcomer("Bo"))
            await wei.sees("I may not write in the staff group")
        await mei.replies(status, "now there is fire in stairwell 2")
        await clock_goes(estate, 3)
        await shows(wei, "DANGER: Gas", "now there is fire in stairwell 2")
        await clock_goes(estate, 61)
        await shows(mei, "No. 1: Received", "I could not reach the staff group")
        await lets_in(estate, how)
        await shows(wei, "DANGER: Gas", "now there is fire in stairwell 2", chat=estate.staff_chat)
        await shows(mei, "No. 1: Received", HAS)
