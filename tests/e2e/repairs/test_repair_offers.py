"""Who is asked, who wins, and that nobody reads more than they may."""

import asyncio
from typing import Any

import pytest

from domain.events import RepairOffered
from domain.people.rights import Role
from sandbox.client import buttons, written
from storage.core.database import Transaction
from storage.people import people
from storage.repairs import offers
from tests.e2e.conftest import PNG, Estate, shows
from tests.e2e.reading import TAKES_REPAIR, asked_to_send, presses_send, presses_what
from tests.e2e.repairing import ADDRESS, TAP, answers_the_rest, asks, to_the_photos, volunteer


async def test_the_first_tap_wins_and_all_others_are_thanked(estate: Estate) -> None:
    everybody = [await volunteer(estate, f"Volunteer {number}") for number in range(12)]
    for round_ in range(1, 4):
        number = await _asked_of_all(estate, [each.id for each in everybody], f"resident {round_}")
        cards = [await each.sees(f"Repair {number}: can you come?") for each in everybody]
        presses = await asyncio.gather(
            *(presses_what(each, TAKES_REPAIR, message=card) for each, card in zip(everybody, cards, strict=True))
        )
        answers = [await each.popup(press) for each, press in zip(everybody, presses, strict=True)]
        texts = [answer["text"] for answer in answers]
        won = [text for text in texts if "It is yours" in text]
        late = [text for text in texts if "is taken, thank you!" in text]
        assert (len(won), len(late)) == (1, 11)
        await estate.settled()
        holders = []
        for each, card in zip(everybody, cards, strict=True):
            now = await each.sees("Repair", after=card["message_id"] - 1)
            said = [
                written(m) for m in await estate.world.chat_messages(each.id) if m["message_id"] == card["message_id"]
            ]
            if ADDRESS in said[0]:
                holders.append(each)
            else:
                assert f"Repair {number} is taken, thank you!" in said[0] and "[" not in said[0], now
        assert len(holders) == 1, "the address is shown to the winner alone"


async def _asked_of_all(estate: Estate, telegram_ids: list[int], name: str) -> int:
    """Somebody asks, and all of these are offered it, as with `offers = 50` in the community file."""
    resident = await estate.newcomer(name)
    await asks(estate, by=resident)

    def to_all(tx: Transaction) -> int:
        row = tx.one("SELECT max(id) AS id FROM repairs")
        assert row is not None
        number = int(row["id"])
        asked = {offer.person for offer in offers.of_repair(tx, number)}
        rest = [found.id for each in telegram_ids if (found := people.by_telegram_id(tx, each)) is not None]
        rest = [person for person in rest if person not in asked]
        for person in rest:
            offers.put(tx, number, person, 0, 0)
        tx.emit(RepairOffered(repair=number, people=tuple(rest), circle=0))
        return number

    return await estate.bot.database.run(to_all)


async def test_an_offer_holds_no_address_no_words_and_no_name(estate: Estate) -> None:
    lao = await volunteer(estate, "Lao Wang")
    await estate.resident.says("/repair My name is Mei Secret, the tap drips")
    await estate.resident.sees("Who is needed?")
    await estate.resident.sends_photo(PNG, "see the tap at Secret's")
    await estate.resident.sees("I have added that.")
    await to_the_photos(estate.resident)
    await estate.resident.presses("Yes", message=await estate.resident.sees("see your photos before"))
    await estate.resident.sees("They may see the photos before.")
    await presses_send(estate.resident)
    await lao.sees("can you come?")
    await estate.settled()
    seen = [written(each) for each in await estate.world.chat_messages(lao.id)]
    assert any("<photo>" in text for text in seen), "photos that were released are shown"
    for text in seen:
        assert "Secret" not in text and ADDRESS not in text and "Mei" not in text
    await presses_what(lao, TAKES_REPAIR)
    await shows(lao, "you have taken it", "Secret")
    await estate.settled()
    photos = [each for each in await estate.world.chat_messages(lao.id) if "photo" in each]
    assert len(photos) == 1, "the photo under the offer is replaced by the one of the job"


async def test_photos_that_were_not_released_are_shown_to_the_taker_alone(estate: Estate) -> None:
    lao = await volunteer(estate, "Lao Wang")
    other = await volunteer(estate, "Other")
    mei = estate.resident
    await mei.says("/repair the tap drips")
    await mei.sees("Who is needed?")
    await mei.sends_photo(PNG)
    await mei.sees("I have added that.")
    await to_the_photos(estate.resident)
    await mei.presses("No", message=await mei.sees("see your photos before"))
    await presses_send(mei)
    for each in (lao, other):
        await each.sees("can you come?")
    await estate.settled()
    for each in (lao, other):
        assert not [message for message in await estate.world.chat_messages(each.id) if "photo" in message]
    await presses_what(lao, TAKES_REPAIR)
    await shows(lao, "you have taken it")
    await estate.settled()
    assert [message for message in await estate.world.chat_messages(lao.id) if "photo" in message]
    assert not [message for message in await estate.world.chat_messages(other.id) if "photo" in message]


async def test_released_again_nothing_of_the_address_stays(estate: Estate) -> None:
    lao, other = await volunteer(estate, "Lao Wang"), await volunteer(estate, "Other")
    await asks(estate)
    await presses_what(lao, TAKES_REPAIR)
    await shows(lao, "you have taken it", ADDRESS)
    await other.sees("is taken, thank you!")
    await lao.presses("I cannot come")
    await lao.presses("Yes, I cannot come")
    await lao.sees("Repair 1 is not yours any more")
    await shows(estate.resident, "Lao Wang cannot come after all")
    await shows(estate.resident, "Repair 1: Looking for somebody", "1 volunteer is being asked")
    offer = await other.sees("Repair 1: can you come?")
    await estate.settled()
    for each in (lao, other):
        for message in await estate.world.chat_messages(each.id):
            assert ADDRESS not in written(message) and TAP not in written(message)
    await presses_what(other, TAKES_REPAIR, message=offer)
    await shows(other, "you have taken it", ADDRESS)


async def test_a_copy_nobody_knows_of_holds_no_address(estate: Estate) -> None:
    """The card is sent anew and no answer comes, so it comes twice: the first copy can never be changed any more."""
    lao = await volunteer(estate, "Lao Wang")
    await asks(estate)
    await presses_what(lao, TAKES_REPAIR)
    await shows(lao, "you have taken it", ADDRESS)
    await lao.says("/jobs")
    listed = await shows(lao, "Jobs done")
    await estate.world.faults({"kind": "drop_after", "method": "sendMessage", "chat": lao.id, "times": 1})
    await presses_what(lao, "jo:1", message=listed)
    await estate.settled()
    told = [written(each) for each in await estate.world.chat_messages(lao.id) if "you have taken it" in written(each)]
    assert len(told) == 2 and [ADDRESS in each for each in told] == [False, True]
    await lao.presses("I cannot come")
    await lao.presses("Yes, I cannot come")
    await lao.sees("Repair 1 is not yours any more")
    await estate.settled()
    assert not [each for each in await estate.world.chat_messages(lao.id) if ADDRESS in written(each)]


async def test_not_this_time_and_somebody_else_is_asked(estate: Estate) -> None:
    everybody = [await volunteer(estate, f"Volunteer {number}") for number in range(4)]
    await asks(estate)
    for each in everybody[:3]:
        await each.sees("can you come?")
    await everybody[0].presses("Not this time")
    await everybody[0].sees("you said not this time")
    await everybody[3].sees("Repair 1: can you come?")


async def test_one_no_is_no_alarm_while_others_are_being_asked(estate: Estate) -> None:
    first, second = await volunteer(estate, "First"), await volunteer(estate, "Second")
    await asks(estate)
    await second.sees("can you come?")
    await first.presses("Not this time", message=await first.sees("can you come?"))
    await shows(estate.resident, "Repair 1: Looking for somebody", "1 volunteer is being asked")
    await estate.settled()
    await estate.staff.sees_no("nobody can come", estate.staff_chat)
    await second.presses("Not this time")
    await shows(estate.staff, "Repair 1: nobody can come", chat=estate.staff_chat)
    await estate.resident.sees("Repair 1: nobody can come at present. The staff know it")


@pytest.mark.parametrize("what", ["ro:1:take", "ro:1:no", "rj:1:cannot:0", "rj:1:done:1", "rr:1:away:0", "rv:1:yes:0"])
async def test_a_foreign_button_does_nothing(estate: Estate, what: str) -> None:
    lao = await volunteer(estate, "Lao Wang")
    stranger = await volunteer(estate, "Locksmith", trades=("locks",))
    await asks(estate)
    await presses_what(lao, TAKES_REPAIR)
    await shows(lao, "you have taken it")
    hello = await stranger.sees("")
    answer = await stranger.popup(await stranger.forges(hello, what))
    assert answer["show_alert"] and answer["text"]
    rows: list[Any] = await estate.rows("SELECT state FROM repairs")
    assert rows == [{"state": "taken"}]
    await estate.settled()
    for message in await estate.world.chat_messages(stranger.id):
        assert ADDRESS not in written(message)


async def test_a_stale_offer_says_so(estate: Estate) -> None:
    lao = await volunteer(estate, "Lao Wang")
    card = await asks(estate)
    offer = await lao.sees("can you come?")
    take = buttons(offer)[0]["callback_data"]
    await estate.resident.presses("Not needed any more", message=card)
    await estate.resident.presses("Yes, not needed")
    await lao.sees("Repair 1 is not needed any more")
    answer = await lao.popup(await lao.forges(offer, take))
    assert "not needed any more" in answer["text"]


async def test_a_deleted_offer_is_replaced_by_what_became_of_it(estate: Estate) -> None:
    lao, other = await volunteer(estate, "Lao Wang"), await volunteer(estate, "Other")
    await asks(estate)
    offer = await other.sees("can you come?")
    await other.deletes(offer)
    await presses_what(lao, TAKES_REPAIR)
    told = await other.sees("Repair 1 is taken, thank you!")
    assert told["message_id"] != offer["message_id"]


async def test_who_loses_the_role_in_the_middle(estate: Estate) -> None:
    lao, other = await volunteer(estate, "Lao Wang"), await volunteer(estate, "Other")
    await asks(estate)
    await presses_what(lao, TAKES_REPAIR)
    await shows(lao, "you have taken it", ADDRESS)
    await estate.staff.says("/team")
    await estate.staff.presses("Take away: volunteer")
    await estate.staff.presses("Lao Wang")
    await estate.staff.presses("Yes, take it away")
    await lao.sees("Repair 1 is not yours any more")
    await shows(estate.resident, "Lao Wang cannot come after all")
    await other.sees("Repair 1: can you come?")
    await estate.settled()
    for message in await estate.world.chat_messages(lao.id):
        assert ADDRESS not in written(message)


async def test_who_blocks_the_bot_in_the_middle(estate: Estate) -> None:
    lao, other = await volunteer(estate, "Lao Wang"), await volunteer(estate, "Other")
    await asks(estate)
    await presses_what(lao, TAKES_REPAIR)
    await shows(lao, "you have taken it")
    await lao.blocks()
    await shows(estate.resident, "Lao Wang cannot come after all")
    await other.sees("Repair 1: can you come?")
    await lao.unblocks()
    await shows(lao, "Repair 1 is not yours any more. The address is taken out of this chat.")
    await lao.sees("while I could not write to you, it went to others")
    await lao.says("/jobs")
    await shows(lao, "You have taken nothing at present.")
    await estate.settled()
    for message in await estate.world.chat_messages(lao.id):
        assert ADDRESS not in written(message)


async def test_who_leaves_telegram_in_the_middle(estate: Estate) -> None:
    lao = await volunteer(estate, "Lao Wang")
    await asks(estate)
    await presses_what(lao, TAKES_REPAIR)
    await shows(lao, "you have taken it")
    status = await shows(estate.resident, "Somebody will come")
    other = await volunteer(estate, "Other")
    await estate.world.post("deactivate", **{"from": lao.id})
    await estate.resident.replies(status, "Are you coming?")
    await shows(estate.resident, "Lao Wang cannot come")
    await shows(other, "Repair 1: can you come?")


async def test_the_resident_blocks_the_bot(estate: Estate) -> None:
    lao = await volunteer(estate, "Lao Wang")
    await asks(estate)
    await presses_what(lao, TAKES_REPAIR)
    await shows(lao, "you have taken it")
    await estate.resident.blocks()
    await lao.sees("they cannot be written to any more")
    await shows(lao, "I cannot write to them now", ADDRESS)
    await estate.resident.unblocks()
    await lao.sees("Repair 1: they can be written to again.")
    await estate.settled()
    for message in await estate.world.chat_messages(lao.id):
        assert "I cannot write to them now" not in written(message)


async def test_a_role_given_by_link_is_asked_for_what_they_can_mend(estate: Estate) -> None:
    bo = await estate.newcomer("Bo")
    await bo.says("/duty")
    await bo.sees("send /volunteer")

    def give(tx: Transaction) -> None:
        known = people.by_telegram_id(tx, bo.id)
        assert known is not None
        people.grant(tx, known.id, Role.VOLUNTEER, None)

    await estate.bot.database.run(give)
    await bo.says("/volunteer")
    await bo.presses("Plumbing", message=await bo.sees("What can you mend?"))
    await bo.presses("That is all", message=await shows(bo, "Chosen: Plumbing"))
    await bo.sees("Where do you help?")
    await bo.says("building 3")
    await bo.presses("That is all", message=await shows(bo, "Chosen: North side, Building 3"))
    await bo.presses("Round the clock")
    await bo.presses("2", message=await bo.sees("How many jobs"))
    await bo.presses("No", message=await bo.sees("wake you at night"))
    await bo.presses("Leave this out", message=await bo.sees("STAFF ring you"))
    await bo.presses("Yes", message=await bo.sees("May neighbours read"))
    await presses_send(bo, await asked_to_send(bo, "Trades: Plumbing", "round the clock"))
    await bo.sees("You are on call from now on")
    await asks(estate)
    await shows(bo, "can you come?", "right where you help")


async def test_who_helps_everywhere_is_not_told_to_be_far_away(estate: Estate) -> None:
    lao = await volunteer(estate, "Lao Wang", areas=("*",))
    near = await volunteer(estate, "Near", areas=("*", "north"))
    await asks(estate)
    offer = await shows(lao, "can you come?", "For you: you help everywhere")
    assert "another part" not in written(offer)
    await shows(near, "can you come?", "For you: near, also in North side")


async def test_asked_in_each_ones_own_language(estate: Estate) -> None:
    lao = await volunteer(estate, "老王", "zh-hans")
    await asks(estate)
    offer = await lao.sees("维修单1：您能来吗？")
    await lao.presses("我来修", message=offer)
    await shows(lao, "您已接下", ADDRESS, "开门暗号")
    await shows(estate.resident, "老王 comes")
    await lao.presses("1小时内", message=await shows(lao, "您什么时候来"))
    await shows(estate.resident, "老王 comes Wednesday, 25 November, 11:00")


async def test_what_was_begun_and_not_sent_is_asked_of_nobody(estate: Estate) -> None:
    lao = await volunteer(estate, "Lao Wang")
    await estate.resident.says(f"/repair {TAP}")
    await answers_the_rest(estate.resident)
    await estate.resident.presses("Cancel")
    await estate.resident.sees("Nothing was sent")
    await lao.sees_no("can you come?")
    assert await estate.rows("SELECT id FROM repairs") == []
