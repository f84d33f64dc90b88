"""Notes: a reply to a card stays with staff, until two presses send exactly that to everybody concerned."""

from sandbox.client import buttons, written
from tests.e2e.conftest import PNG, Estate, shows
from tests.e2e.reports.test_answering import joiner, texts

QUESTION = "Send this note to everybody who reported or joined no. 1?"


async def test_a_note_is_marked_by_a_reaction_and_the_card_can_send_it(estate: Estate) -> None:
    wei, group, mei = estate.staff, estate.staff_chat, estate.resident
    await estate.report()
    li = await joiner(estate, "Li")
    card = await estate.card()
    assert "[Send this to the resident]" not in written(card)
    note = await wei.replies(card, "The part comes on Monday", group)
    await wei.sees("Kept as a note on no. 1. Only staff see it.", group)
    await estate.settled()
    reactions = await estate.world.calls("setMessageReaction")
    assert [each["params"]["message_id"] for each in reactions] == [note["message_id"]]
    card = await estate.card()
    assert "1 note" in card["text"] and "[Send this to the resident]" in written(card)
    assert len(card["reply_markup"]["inline_keyboard"]) <= 8
    await wei.presses("Send this to the resident", group, card)
    preview = await shows(wei, QUESTION, "2 people", "The part comes on Monday", chat=group)
    assert preview["reply_to_message"]["message_id"] == note["message_id"]
    assert await texts(estate, mei.id, "on Monday") == 0
    await wei.presses("Yes, send it", group, preview)
    for person in (mei, li):
        await person.sees("The part comes on Monday")
    await shows(wei, "Sent to the 2 people who reported or joined no. 1.", "[Take back", chat=group)
    await estate.settled()
    assert "[Send this to the resident]" not in written(await estate.card())
    assert await texts(estate, group, "Only staff see it") == 0, "it is true no longer"
    # Twice pressed, an old button: nothing is sent twice.
    for button in buttons(preview):
        again = await wei.forges(preview, button["callback_data"], group)
        assert "Nothing is done twice" in (await wei.popup(again))["text"]
    again = await wei.forges(card, "v:1:note=1:0", group)
    assert (await wei.popup(again))["text"]
    assert await texts(estate, mei.id, "on Monday") == 1
    await wei.presses("Take back", group)
    await wei.presses("Yes, take it back", group)
    await wei.sees("The answer to no. 1 is taken back.", group)
    for person in (mei, li):
        assert await texts(estate, person.id, "on Monday") == 0


async def test_of_several_notes_exactly_the_chosen_one_is_sent(estate: Estate) -> None:
    wei, group, mei = estate.staff, estate.staff_chat, estate.resident
    await estate.report()
    for words in ("The first of them", "The second of them", "The third of them"):
        await wei.replies(await estate.card(), words, group)
    await wei.sees("3 notes", group)
    await wei.presses("Send this to the resident", group, await estate.card())
    await wei.presses("The second of them", group)
    await wei.presses("Yes, send it", group)
    await mei.sees("The second of them")
    await estate.settled()
    assert await texts(estate, mei.id, "The first of them") == 0 and await texts(estate, mei.id, "The third") == 0
    # Only the first note of a report says in words what a note is.
    assert await texts(estate, group, "Kept as a note on no. 1.") == 1


async def test_notes_without_a_word_can_be_told_apart(estate: Estate) -> None:
    wei, group = estate.staff, estate.staff_chat
    await estate.report()
    for _ in range(2):
        await wei.sends_photo(PNG, chat=group, reply_to=(await estate.card())["message_id"])
    await wei.sees("2 notes", group)
    await wei.presses("Send this to the resident", group, await estate.card())
    await shows(wei, "[1. 1 photo", "[2. 1 photo", chat=group)


async def test_a_note_that_stays_with_staff(estate: Estate) -> None:
    wei, group = estate.staff, estate.staff_chat
    await estate.report()
    await wei.replies(await estate.card(), "Between us", group)
    await wei.presses("Send this to the resident", group, await wei.sees("Kept as a note", group))
    await wei.presses("No, only staff", group, await wei.sees(QUESTION, group))
    await shows(wei, "Kept as a note on no. 1. Only staff see it.", "[Send this", chat=group)
    assert await texts(estate, estate.resident.id, "Between us") == 0


async def test_a_note_that_changed_since_it_was_shown_is_shown_once_more(estate: Estate) -> None:
    wei, group, mei = estate.staff, estate.staff_chat, estate.resident
    await estate.report()
    note = await wei.replies(await estate.card(), "We come on Tuesday", group)
    await wei.presses("Send this to the resident", group, await wei.sees("Kept as a note", group))
    preview = await shows(wei, QUESTION, "Tuesday", chat=group)
    await wei.edits(note, "We come on Sunday", group)
    await estate.settled()
    pressed = await wei.presses("Yes, send it", group, preview)
    assert "changed meanwhile" in (await wei.popup(pressed))["text"]
    assert await texts(estate, mei.id, "We come on") == 0
    await wei.presses("Yes, send it", group, await shows(wei, QUESTION, "Sunday", chat=group))
    await mei.sees("We come on Sunday")
    # Afterwards a change reaches the resident, in place, and what it was stays on record.
    await wei.edits(note, "We come on Monday", group)
    await shows(mei, "We come on Monday", "(changed on")
    await wei.sees("Changed: the residents of no. 1 read it so now.", group)
    assert await texts(estate, mei.id, "We come on") == 1
    await wei.says("/history 1")
    told = written(await wei.sees("Wei changed a note for staff. Before:"))
    assert "We come on Tuesday" in told and "Wei changed what was answered. Before:" in told


async def test_an_album_is_one_note_and_goes_as_a_whole(estate: Estate) -> None:
    wei, group, mei = estate.staff, estate.staff_chat, estate.resident
    await estate.report()
    card = await estate.card()
    for number in range(3):
        await wei.sends(
            "photo", PNG + bytes([number]), caption="The new lamp" if number == 0 else "", chat=group, album="new",
            reply_to=card["message_id"],
        )  # fmt: skip
    await wei.sees("1 note", group)
    await estate.settled()
    await wei.presses("Send this to the resident", group, await estate.card())
    await wei.presses("Yes, send it", group, await shows(wei, QUESTION, "3 photos", chat=group))
    await shows(mei, "The new lamp", "3 photos")
    await estate.settled()
    assert sum("photo" in each for each in await estate.world.chat_messages(mei.id)) == 3


async def test_what_can_be_no_note_is_said(estate: Estate) -> None:
    wei, group = estate.staff, estate.staff_chat
    await estate.report()
    card = await estate.card()
    await wei.world.post(
        "location", **{"from": wei.id}, chat=group, latitude=1.0, longitude=1.0, reply_to=card["message_id"]
    )
    await wei.sees("This I cannot.", group)
    assert "note" not in written(await estate.card()).casefold()


async def test_one_who_is_no_longer_staff_can_send_and_change_no_note(estate: Estate) -> None:
    bo, group, mei = await estate.colleague("Bo"), estate.staff_chat, estate.resident
    await estate.report()
    note = await bo.replies(await estate.card(), "We come on Tuesday", group)
    receipt = await bo.sees("Kept as a note", group)
    await estate.settled()
    card = await estate.card()
    await estate.lose_role(bo)
    pressed = await bo.presses("Send this to the resident", group, receipt)
    assert "You cannot do that" in (await bo.popup(pressed))["text"]
    pressed = await bo.presses("Send this to the resident", group, card)
    assert "You cannot do that" in (await bo.popup(pressed))["text"]
    changed = await bo.edits(note, "We never come", group)
    await shows(bo, "You cannot do that", chat=group, after=changed)
    assert await texts(estate, mei.id, "We come on") == 0
    assert await estate.rows("SELECT text FROM report_parts WHERE purpose = 'note'") == [{"text": "We come on Tuesday"}]


async def test_changing_ordinary_words_among_staff_is_nobodys_business(estate: Estate) -> None:
    wei, group = estate.staff, estate.staff_chat
    await estate.report()
    said = await wei.says("Lunch at one?", group)
    await wei.edits(said, "Lunch at two?", group)
    await estate.settled()
    assert await estate.rows("SELECT * FROM inbox WHERE body LIKE '%Lunch%'") == []
    assert await texts(estate, group, "You cannot") == 0
