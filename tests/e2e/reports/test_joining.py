"""Is it one of these? Joining what others have reported."""

from sandbox.client import Person, buttons, written
from tests.e2e.conftest import Estate, shows
from tests.e2e.reading import IS_FIXED, asked_to_send, presses_send, presses_what

ALSO = "Light on the stairs of Building 3 is dark, my name is Bo Secret"


async def asked(estate: Estate, name: str = "Bo", words: str = ALSO) -> Person:
    """Somebody else reports much the same and is asked."""
    person = await estate.newcomer(name)
    await person.says(words)
    await presses_send(person)
    await person.sees("Is it one of these?")
    return person


async def test_offered_without_words_and_joined(estate: Estate) -> None:
    await estate.report("The light at Mrs Private's stairwell in Building 3 is dark")
    bo = await asked(estate)
    question = await bo.sees("Is it one of these?")
    assert "Private" not in written(question) and "1 person" in written(question) and "Building 3" in written(question)
    assert [each["text"] for each in buttons(question)] == ["No. 1: Lighting", "Mine is different: send it", "Back"]
    await bo.presses("No. 1: Lighting", message=question)
    status = await bo.sees("No. 1: Received")
    assert status["message_id"] == question["message_id"], "the question becomes the card, in place"
    assert "Secret" in status["text"]
    await shows(estate.staff, "2 people", chat=estate.staff_chat)
    await shows(estate.staff, "one more resident has the same trouble", "Secret", chat=estate.staff_chat)
    await bo.replies(status, "It flickers at night")
    await bo.sees("Added to your report no. 1")
    await shows(estate.staff, "one who joined writes", "It flickers at night", chat=estate.staff_chat)
    await bo.says("/my")
    await bo.sees("You have sent 1 report:")
    await bo.presses("No. 1: Light on the stai…")
    await estate.settled()
    for person, secret in ((bo, "Private"), (estate.resident, "Secret"), (estate.resident, "flickers")):
        own = await estate.world.chat_messages(person.id)
        assert not [each for each in own if each["from"]["id"] == estate.world.bot_id and secret in written(each)]
    await estate.staff.says("/history 1")
    told = await estate.staff.sees("has the same trouble.")
    assert "Another resident has the same trouble." in written(told)
    assert await estate.rows("SELECT id FROM reports") == [{"id": 1}]


async def test_mine_is_different_and_back(estate: Estate) -> None:
    await estate.report()
    bo = await asked(estate)
    await bo.presses("Back")
    await bo.sees("[Send it like this")
    await presses_send(bo)
    await bo.sees("Is it one of these?")
    await bo.presses("Mine is different: send it")
    await bo.sees("No. 2: Received")
    assert await estate.rows("SELECT * FROM supports") == []


async def test_nobody_is_asked_about_their_own_or_about_something_else(estate: Estate) -> None:
    await estate.report()
    await estate.report()
    bo = await estate.newcomer("Bo")
    await estate.report("The lift in Building 3 is stuck", bo)
    assert len(await estate.rows("SELECT id FROM reports")) == 3


async def test_closed_meanwhile(estate: Estate) -> None:
    await estate.report()
    bo = await asked(estate)
    await estate.resolves("New lamp")
    await presses_what(estate.resident, IS_FIXED)
    await estate.resident.sees("It is closed now")
    await bo.presses("No. 1: Lighting")
    await bo.sees("No. 1 is closed by now. You can send yours.")
    await presses_send(bo)
    await bo.sees("No. 2: Received")


async def test_two_taps_and_a_restart_at_the_question(estate: Estate) -> None:
    await estate.report()
    bo = await asked(estate)
    question = await bo.sees("Is it one of these?")
    await estate.stop()
    await estate.start()
    await bo.presses("No. 1: Lighting", message=question)
    await bo.sees("No. 1: Received")
    press = await bo.forges(question, buttons(question)[0]["callback_data"])
    assert "Nothing is sent twice" in (await bo.popup(press))["text"]
    assert len(await estate.rows("SELECT * FROM supports")) == 1
    assert len(await estate.rows("SELECT * FROM report_parts WHERE purpose = 'support'")) == 1


async def test_words_that_come_at_the_question_are_added(estate: Estate) -> None:
    await estate.report()
    bo = await asked(estate)
    await bo.says("and the switch is loose")
    await asked_to_send(bo, "and the switch is loose")


async def test_what_is_about_a_person_is_offered_to_nobody_nor_read_by_who_has_joined(estate: Estate) -> None:
    """Marked by its kind, by staff's choice of another kind, or by hand; a line staff wrote goes with it."""
    wei, group = estate.staff, estate.staff_chat
    await estate.report("The light at Mrs Private's stairwell in Building 3 is dark")
    bo = await asked(estate)
    await bo.presses("No. 1: ")
    await bo.sees("No. 1: Received")
    await wei.presses("Title", group, await estate.card())
    await estate.staff_replies("be called?", "Quarrel with Mr Loud")
    await bo.sees("Quarrel with Mr Loud")
    await wei.presses("More", group, await estate.card())
    await wei.presses("About a person", group)
    await shows(wei, "never shown to other residents", chat=group)
    await bo.says("/my")
    await bo.sees("You have sent 1 report:")
    await estate.settled()
    assert not [each for each in await estate.world.chat_messages(bo.id) if "Loud" in written(each)]
    assert "Loud" in written(await estate.card())
    eve = await estate.newcomer("Eve")
    await eve.says(ALSO)
    await presses_send(eve)
    await eve.sees("No. 2: Received")


async def test_a_kind_that_is_about_people_marks_it(estate: Estate) -> None:
    wei, group = estate.staff, estate.staff_chat
    about = next(each for each in estate.bot.setup.community.categories if each.about_person)
    await estate.report()
    press = await wei.forges(await estate.card(), f"v:1:kind={about.code}:0", group)
    await wei.popup(press)
    await shows(wei, "never shown to other residents", chat=group)
    bo = await estate.newcomer("Bo")
    await bo.says(ALSO)
    await presses_send(bo)
    await bo.sees("No. 2: Received")


async def test_whoever_joins_reads_what_a_tap_does_and_that_they_have_joined(estate: Estate) -> None:
    await estate.report()
    bo = await asked(estate)
    question = await bo.sees("If yours is among them, tap it: your words are added to it")
    press = await bo.presses("No. 1: Lighting", message=question)
    assert "You have joined no. 1." in (await bo.popup(press))["text"]
    await shows(bo, "No. 1: Received", "You have joined this report: your words are with it.")
    await estate.settled()
    own = await estate.world.chat_messages(estate.resident.id)
    assert not any("You have joined" in written(each) for each in own), "the one who wrote it has joined nothing"


async def test_further_words_of_one_who_joined_are_offered_a_way_to_it(estate: Estate) -> None:
    """As with a report of one's own: words that come without a reply may belong to it."""
    await estate.report()
    bo = await asked(estate)
    await bo.presses("No. 1: Lighting")
    await bo.sees("No. 1: Received")
    await bo.says("It flickers at night, too")
    draft = await asked_to_send(bo, "It flickers", "does it belong to a report you sent before?")
    await bo.presses("It belongs to no. 1: Light on", message=draft)
    await bo.sees("Added to your report no. 1.")
    await shows(estate.staff, "one who joined writes", "It flickers", chat=estate.staff_chat)
    assert await estate.rows("SELECT id FROM reports") == [{"id": 1}]


async def test_the_card_of_one_who_joined_follows_their_language(estate: Estate) -> None:
    await estate.report()
    bo = await asked(estate)
    await bo.presses("No. 1: Lighting")
    before = await bo.sees("No. 1: Received")
    await bo.says("/language")
    await bo.presses("简体中文")
    now = await shows(bo, "1号：已收到", "您已加入")
    assert now["message_id"] == before["message_id"]


async def test_the_card_of_one_who_joined_is_made_true_when_they_are_back(estate: Estate) -> None:
    await estate.report()
    bo = await asked(estate)
    await bo.presses("No. 1: Lighting")
    await bo.sees("No. 1: Received")
    await bo.blocks()
    await estate.staff.presses("Start", estate.staff_chat, await estate.card())
    await estate.resident.sees("Work has begun")
    await estate.settled()
    await bo.unblocks()
    await bo.says("/my")
    await bo.sees("No. 1: Work has begun")


async def test_of_many_the_three_most_alike_are_offered_with_the_line_staff_wrote(estate: Estate) -> None:
    for number in range(1, 5):
        person = await estate.newcomer(f"Neighbour {number}")
        await person.says(f"The light on the stairs of Building 3 is dark on {number} floors")
        await presses_send(person)
        if number > 1:
            await person.presses("Mine is different: send it")
        await person.sees(f"No. {number}: Received")
    await estate.staff.presses("Title", estate.staff_chat, await estate.card(2))
    await estate.staff_replies("be called?", "Light on the stairs of Building 3")
    await shows(estate.staff, "No. 2 · ", "Light on the stairs of", chat=estate.staff_chat)
    bo = await asked(estate)
    question = await shows(bo, "Is it one of these?")
    labels = [each["text"] for each in buttons(question)]
    assert len(labels) == 3 + 2 and "No. 2: Light on the stairs of…" in labels
    assert "Kind: Lighting" in question["text"] and "floors" not in question["text"]
