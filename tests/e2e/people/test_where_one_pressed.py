"""Small things seen on the page: photos that went with "Write it again", names, and questions far from their card."""

from sandbox.client import Person, buttons, written
from tests.e2e.conftest import PNG, Estate, Json, shows
from tests.e2e.reading import NOT_FIXED, TAKES_REPAIR, asked_to_send, presses_send, presses_what
from tests.e2e.repairing import asks, volunteer
from tests.e2e.reports.test_recording import begins


async def _again(person: Person, draft: Json, words: str) -> None:
    await person.presses("Write it again", message=draft)
    await shows(person, "This stays with it: 1 photo.", "[Leave photos and files out]")
    await person.says(words)


async def test_written_again_the_photo_stays(estate: Estate) -> None:
    mei, wei, group = estate.resident, estate.staff, estate.staff_chat
    await mei.sends_photo(PNG, "The bench is brown")
    await _again(mei, await asked_to_send(mei, "1 photo"), "The bench is broken")
    draft = await asked_to_send(mei, "The bench is broken", "1 photo")
    assert "brown" not in written(draft)
    await presses_send(mei, draft)
    await shows(wei, "No. 1 · NEW", "The bench is broken", "1 photo", chat=group)
    await shows(wei, "<photo>", chat=group)


async def test_and_can_be_left_out(estate: Estate) -> None:
    mei = estate.resident
    await mei.sends_photo(PNG, "The bench is brown")
    await mei.presses("Write it again", message=await asked_to_send(mei, "1 photo"))
    await mei.presses("Leave photos and files out", message=await shows(mei, "This stays with it"))
    await estate.settled()
    await mei.says("The bench is broken")
    assert "1 photo" not in written(await asked_to_send(mei, "The bench is broken"))


async def test_another_photo_is_one_more(estate: Estate) -> None:
    mei = estate.resident
    await mei.sends_photo(PNG, "The bench is broken")
    await mei.presses("Write it again", message=await asked_to_send(mei, "1 photo"))
    await mei.sends_photo(PNG + b"2")
    await asked_to_send(mei, "The bench is broken", "2 photos")


async def test_staffs_answer_keeps_its_photo_too(estate: Estate) -> None:
    mei, wei = estate.resident, estate.staff
    await estate.report()
    await estate.begins_answer()
    await wei.sends_photo(PNG, "Tomorow")
    await wei.presses("Change", message=await shows(wei, "this is what the resident reads", "Tomorow"))
    await shows(wei, "This stays with it: 1 photo.")
    await wei.says("Tomorrow at nine")
    preview = await shows(wei, "this is what the resident reads", "Tomorrow at nine", "1 photo")
    await presses_send(wei, preview)
    await shows(mei, "Tomorrow at nine")
    await shows(mei, "<photo>")


async def test_a_sentence_is_not_taken_for_a_name(estate: Estate) -> None:
    wei, group = estate.staff, estate.staff_chat
    await begins(wei)
    await wei.says("The lamp in building 3 is dark since Monday")
    asked = await shows(wei, "reads like a sentence. Is it a name?", "Who is speaking?")
    assert [each["text"] for each in buttons(asked)][:2] == ["Yes, that is the name", "No, that is what is wrong"]
    await wei.presses("No, that is what is wrong", message=asked)
    await estate.settled()
    await wei.says("Mrs Zhao")
    await wei.presses("Leave this out", message=await wei.sees("At which telephone number"))
    draft = await asked_to_send(wei, "For: Mrs Zhao", "The lamp in building 3 is dark")
    await presses_send(wei, draft)
    await shows(wei, "No. 1 · NEW", "The lamp in building 3 is dark", chat=group)


async def test_an_odd_name_is_taken_by_a_tap(estate: Estate) -> None:
    wei = estate.staff
    await begins(wei)
    await wei.says("The lady who has the shop at the gate")
    await wei.presses("Yes, that is the name", message=await shows(wei, "reads like a sentence"))
    await wei.sees("At which telephone number")
    draft = await estate.rows("SELECT draft FROM conversations WHERE flow = 'record'")
    assert "The lady who has the shop at the gate" in draft[0]["draft"]


async def test_what_a_button_asks_comes_with_what_was_pressed(estate: Estate) -> None:
    mei = estate.resident
    card = await estate.report()
    await mei.says("/help")
    await mei.sees("This is how it works")
    await mei.presses("Take back my report", message=card)
    asked = await shows(mei, "Take back no. 1?")
    assert asked["reply_to_message"]["message_id"] == card["message_id"]
    await mei.presses("No, keep it", message=asked)
    await estate.resolves("New lamp")
    question = await shows(mei, "Is it fixed?")
    await mei.says("/help")
    await presses_what(mei, NOT_FIXED, message=question)
    why = await shows(mei, "What is still wrong?")
    assert why["reply_to_message"]["message_id"] == question["message_id"]


async def test_so_does_what_the_unsafe_button_asks(estate: Estate) -> None:
    lao = await volunteer(estate, "Lao Wang")
    await asks(estate)
    await presses_what(lao, TAKES_REPAIR)
    job = await shows(lao, "you have taken it", "[I feel unsafe]")
    await lao.presses("I feel unsafe", message=job)
    asked = await shows(lao, "[Yes, ring the staff]")
    assert asked["reply_to_message"]["message_id"] == job["message_id"]
