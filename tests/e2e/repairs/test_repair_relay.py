"""The two sides write to each other through the bot; no number passes unless both agree; either can ring staff."""

from sandbox.client import Person, buttons, written
from tests.e2e.conftest import OGG, PNG, Estate, shows
from tests.e2e.reading import ON_THE_WAY, REPAIRED, TAKES_REPAIR, asked_to_send, presses_send, presses_what
from tests.e2e.repairing import ADDRESS, asks, volunteer


async def taken(estate: Estate, name: str = "Lao Wang") -> Person:
    """A volunteer has taken the resident's repair."""
    lao = await volunteer(estate, name)
    await asks(estate)
    await presses_what(lao, TAKES_REPAIR)
    await shows(lao, "you have taken it")
    await shows(estate.resident, "Repair 1: Somebody will come")
    return lao


async def test_a_reply_goes_to_the_other_side(estate: Estate) -> None:
    lao, mei = await taken(estate), estate.resident
    job = await shows(lao, "you have taken it")
    await lao.replies(job, "Is it the cold tap?")
    asked = await shows(mei, "Lao Wang writes (repair 1):", "Is it the cold tap?")
    await lao.sees("Passed on.")
    await mei.replies(asked, "Yes, the cold one")
    await shows(lao, "Mei writes (repair 1):", "Yes, the cold one")
    await mei.sees("Passed on to Lao Wang.")
    changed = await mei.replies(asked, "Bring a washr")
    await shows(lao, "Bring a washr")
    await mei.edits(changed, "Bring a washer")
    await shows(lao, "Mei has changed this", "Bring a washer")
    assert await estate.rows("SELECT id FROM reports") == [], "nothing of it became a report"


async def test_photos_and_voice_messages_pass(estate: Estate) -> None:
    lao, mei = await taken(estate), estate.resident
    await mei.presses("Write to the volunteer", message=await shows(mei, "Repair 1: Somebody will come"))
    await mei.sees("Write to Lao Wang now")
    await mei.sends_photo(PNG, "this one")
    await mei.sees("Passed on to Lao Wang.\nWrite on, or tap “Enough”.")
    await shows(lao, "<photo>", "Mei writes (repair 1):", "this one")
    await mei.sends_voice(OGG)
    await shows(lao, "<voice>", "Mei writes (repair 1):")
    await mei.says("and a word")
    await shows(lao, "and a word")
    await mei.presses("Enough")
    await mei.sees("To write again, reply to a message about the repair")
    await mei.says("The lamp on the stairs is dark")
    await asked_to_send(mei)


async def test_once_it_is_over_what_is_said_goes_nowhere_unnoticed(estate: Estate) -> None:
    lao, mei = await taken(estate), estate.resident
    for person, repair in ((mei, "Somebody will come"), (lao, "you have taken it")):
        await person.presses("Write to", message=await shows(person, f"Repair 1: {repair}"))
        open_step = await person.sees("All you send here is passed on")
        assert [each["text"] for each in buttons(open_step)] == ["Enough"], "one way out, not two"
    await presses_what(lao, ON_THE_WAY)
    await presses_what(lao, REPAIRED, message=await shows(lao, "You are on the way"))
    await lao.presses("Leave this out", message=await lao.sees("what did you do?"))
    await lao.presses("Leave this out", message=await lao.sees("how long did it take?"))
    await lao.sees("They are asked now whether repair 1 is done")
    await lao.says("The bin at the gate is full")
    await asked_to_send(lao)
    await mei.presses("No, not done", message=await mei.sees("Is it done?"))
    await mei.sees("Repair 1 is open again")
    await mei.says("It drips again")
    await mei.sees("Added to your repair. Whoever takes it reads it.")
    await mei.says("The lamp on the stairs is dark")
    await asked_to_send(mei)


async def test_an_album_passes_as_a_whole(estate: Estate) -> None:
    lao, mei = await taken(estate), estate.resident
    status = await shows(mei, "Repair 1: Somebody will come")
    await mei.sends_album(("photo", PNG), ("photo", PNG), caption="both sides", reply_to=status["message_id"])
    await shows(lao, "both sides")
    await estate.settled()
    photos = [each for each in await estate.world.chat_messages(lao.id) if "photo" in each]
    receipts = [each for each in await estate.world.chat_messages(mei.id) if "Passed on" in written(each)]
    assert (len(photos), len(receipts)) == (2, 1)


async def test_what_cannot_be_passed_on_is_said_so(estate: Estate) -> None:
    lao, mei = await taken(estate), estate.resident
    await mei.presses("Write to the volunteer", message=await shows(mei, "Repair 1: Somebody will come"))
    await mei.sees("Write to Lao Wang now")
    await mei.shares_contact("+86 139 0000 1234", "Mei")
    await mei.sees("I cannot pass this on")
    await estate.settled()
    for message in await estate.world.chat_messages(lao.id):
        assert "139" not in str(message)


async def test_a_voice_message_that_is_not_let_in(estate: Estate) -> None:
    lao, mei = await taken(estate), estate.resident
    await estate.world.post("voices", **{"from": lao.id}, on=False)
    status = await shows(mei, "Repair 1: Somebody will come")
    await mei.sends_voice(OGG, reply_to=status["message_id"])
    await mei.sees("Your voice message did not get through")
    await estate.staff.sees_no("Telegram refused")


async def test_a_voice_message_of_the_request_that_is_not_let_in(estate: Estate) -> None:
    lao, mei = await volunteer(estate, "Lao Wang"), estate.resident
    await estate.world.post("voices", **{"from": lao.id}, on=False)
    await mei.says("/repair It drips")
    await mei.sees("Who is needed?")
    await mei.sends_voice(OGG)
    await mei.sees("I have added that")
    await mei.presses("Plumbing")
    await mei.presses("Today")
    await mei.sees("Where is it?")
    await mei.says("building 3")
    await mei.sees("The address to the door?")
    await mei.says(ADDRESS)
    await mei.presses("No", message=await mei.sees("keep this address"))
    await mei.presses("Leave this out", message=await mei.sees("When is somebody home?"))
    await presses_send(mei)
    await presses_what(lao, TAKES_REPAIR)
    await lao.sees("your settings let none in")


async def test_numbers_pass_only_when_both_agree(estate: Estate) -> None:
    lao, mei = await taken(estate), estate.resident
    status = await shows(mei, "Repair 1: Somebody will come")
    await mei.replies(status, "Ring me: 139 0000 1234")
    await mei.sees("I did not pass this on: it holds a telephone number")
    for hidden in (
        "139–0000–1234",
        "139·0000·1234",
        "一三九零零零零一二三四",
        "1\u200b39\u200b0000\u200b1234",
        "①③⑨ 0000 1234",
    ):
        said = await mei.replies(status, f"Ring me: {hidden}")
        await shows(mei, "I did not pass this on: it holds a telephone number", after=said)
    await mei.replies(status, "The code at the gate is 4821")
    await shows(lao, "The code at the gate is 4821")
    await mei.presses("Exchange numbers", message=await shows(mei, "[Exchange numbers]"))
    await mei.replies(status, "So: 139-0000-1234")
    asked = await lao.sees("Mei would like to exchange telephone numbers")
    await lao.presses("I agree", message=asked)
    await mei.sees("you can write each other your numbers now")
    await lao.presses("Write", message=await lao.sees("you can write each other your numbers now"))
    await lao.says("Mine is 137 0000 5678")
    await shows(mei, "Mine is 137 0000 5678")
    await lao.presses("I agree", message=asked)
    await estate.settled()
    told = [each for each in await estate.world.chat_messages(lao.id) if "Both of you agree" in written(each)]
    assert len(told) == 2, "not that it waits for the other side"
    await mei.replies(status, "Here it is: 139 0000 1234")
    await shows(lao, "Here it is: 139 0000 1234")
    await estate.settled()
    for message in await estate.world.chat_messages(lao.id):
        assert "Ring me" not in written(message) and "So: 139" not in written(message)


async def test_nobody_on_the_other_side(estate: Estate) -> None:
    mei = estate.resident
    card = await asks(estate)
    await mei.replies(card, "It is the cold tap")
    await mei.sees("Added to your repair. Whoever takes it reads it.")
    lao = await volunteer(estate, "Lao Wang")
    await estate.world.advance(minutes=31)
    offer = await lao.sees("can you come?")
    await lao.replies(offer, "What is it?")
    await lao.sees("I do not find that any more")
    await presses_what(lao, TAKES_REPAIR)
    await shows(lao, "you have taken it", "It is the cold tap")
    await mei.presses("Not needed any more", message=await shows(mei, "Repair 1: Somebody will come"))
    await mei.presses("Yes, not needed")
    closed = await shows(mei, "Repair 1: Not needed any more")
    await mei.replies(closed, "Or perhaps it is?")
    await mei.sees("Repair 1 is closed, and nobody reads this")


async def test_given_back_the_words_leave_with_the_address(estate: Estate) -> None:
    lao, mei = await taken(estate), estate.resident
    await mei.replies(await shows(mei, "Repair 1: Somebody will come"), "Ring at Zhou, fifth floor")
    await shows(lao, "fifth floor")
    await lao.presses("I cannot come")
    await lao.presses("Yes, I cannot come")
    await lao.sees("Repair 1 is not yours any more")
    await estate.settled()
    for message in await estate.world.chat_messages(lao.id):
        assert "fifth floor" not in written(message)


async def test_i_feel_unsafe_rings_staff_from_either_side(estate: Estate) -> None:
    lao, mei = await taken(estate), estate.resident
    await estate.world.set_time("2026-11-25T23:30:00+08:00")
    await mei.presses("I feel unsafe", message=await shows(mei, "Repair 1: Somebody will come"))
    await mei.presses("Yes, ring the staff", message=await mei.sees("In danger call 110 now"))
    await mei.sees("The staff are being rung now")
    told = await shows(estate.staff, "UNSAFE: repair 1", "Whoever asked says", chat=estate.staff_chat)
    assert not told.get("disable_notification")
    await shows(estate.staff, "UNSAFE: repair 1")
    for message in await estate.world.chat_messages(estate.staff_chat):
        assert ADDRESS not in written(message) and "Mei" not in written(message)
    card = await shows(estate.staff, "Repair 1 · ", chat=estate.staff_chat)
    await estate.staff.presses("Who and where", estate.staff_chat, card)
    await shows(estate.staff, "Repair 1: who and where", ADDRESS, "Mei", "Lao Wang", "That you looked is recorded")
    assert await estate.rows("SELECT kind FROM events WHERE kind = 'repair.shown'") == [{"kind": "repair.shown"}]
    await lao.presses("I feel unsafe", message=await shows(lao, "you have taken it"))
    await lao.presses("Yes, ring the staff", message=await lao.sees("In danger call 110 now"))
    await shows(estate.staff, "UNSAFE: repair 1", "The volunteer says", chat=estate.staff_chat)


async def test_a_stranger_cannot_write_into_it(estate: Estate) -> None:
    await taken(estate)
    stranger = await estate.newcomer("Stranger")
    hello = await stranger.sees("")
    for what in ("rt:1:write", "rt:1:numbers", "rt:1:unsafe!"):
        answer = await stranger.popup(await stranger.forges(hello, what))
        assert "I do not find that any more" in answer["text"]


async def test_writing_in_chinese(estate: Estate) -> None:
    lao = await volunteer(estate, "老王", "zh-hans")
    await asks(estate)
    await lao.presses("我来修")
    await lao.replies(await shows(lao, "您已接下"), "是冷水龙头吗？")
    asked = await shows(estate.resident, "老王 writes (repair 1):", "是冷水龙头吗？")
    await estate.resident.replies(asked, "Yes")
    await shows(lao, "Mei说（维修单1）：", "Yes")
