"""After a danger the bot asks where it is: what comes next goes onto the person's own card, and can be taken off."""

from typing import Any

import pytest

from sandbox.client import Person, World, buttons, written
from storage.core import blocks
from storage.core.database import Transaction
from storage.people import people
from tests.e2e.conftest import EVENING, OGG, PNG, Estate, Start, estate_in, shows
from tests.e2e.moments import time_passes
from tests.e2e.reading import asked_to_send, presses_send
from tests.e2e.repairing import asks, volunteer

Json = dict[str, Any]
GAS = "I smell gas in the kitchen!"
WHERE = "Building 4 stairwell 1"


async def danger(estate: Estate, words: str = GAS, by: Person | None = None) -> Json:
    """Somebody is in danger and does not say where; returns the question."""
    person = by or estate.resident
    await person.says(words)
    return await shows(person, "Please say where it is")


async def receipt(person: Person, after: Json) -> Json:
    """What they read whose words went onto their card: it has the button that takes them off again."""
    said = ("about the danger", "已补充到您反映危险的")[
        "language_code" in person.user and "zh" in person.user["language_code"]
    ]
    message = await shows(person, said, after=after)
    assert _off(message) is not None, written(message)
    return message


def _off(message: Json) -> str | None:
    found = [str(each.get("callback_data")) for each in buttons(message)]
    return next((data for data in found if data.startswith("da:")), None)


async def something_else(person: Person, message: Json) -> None:
    """They press "That was something else"."""
    data = _off(message)
    assert data is not None
    await person.forges(message, data)


@pytest.mark.parametrize(
    ("language", "gas", "where", "asked", "place"),
    [
        ("en", GAS, WHERE, "Please say where it is", "South side, Building 4"),
        ("zh-hans", "厨房有煤气味", "4号楼1单元", "请告诉我具体在哪里", "South side, Building 4"),
    ],
)
async def test_the_place_goes_onto_the_persons_own_card_at_once(
    world: World, start_bot: Start, language: str, gas: str, where: str, asked: str, place: str
) -> None:
    async with estate_in(world, start_bot) as estate:
        ann = await estate.newcomer("Ann", language)
        await world.set_time(EVENING)
        await ann.says(gas)
        await shows(ann, asked)
        said = await ann.says(where)
        card = await shows(estate.staff, "Said afterwards:", where, place, chat=estate.staff_chat)
        assert gas in written(card) and "In charge:" in written(card)
        await receipt(ann, said)
        assert await estate.rows("SELECT * FROM conversations WHERE state <> 'ended'") == [], "no draft"
        assert len(await estate.rows("SELECT * FROM reports")) == 1
        await estate.settled()
        status = await shows(ann, where.split()[0][:3])
        assert asked not in written(status)
        await estate.nothing_broke()


async def test_all_that_comes_in_the_quarter_of_an_hour_and_nothing_later(estate: Estate) -> None:
    mei = estate.resident
    await danger(estate)
    for words in ("second floor", "the door on the left", "my mother is in there"):
        await mei.says(words)
        await shows(estate.staff, "Said afterwards:", words, chat=estate.staff_chat)
    await time_passes(estate, minutes=14)
    await mei.says("they have opened the windows")
    await shows(estate.staff, "they have opened the windows", chat=estate.staff_chat)
    await time_passes(estate, minutes=2)
    await mei.says("The bench in the park is broken")
    await asked_to_send(mei, "The bench in the park")
    assert all("bench" not in written(each) for each in await estate.world.chat_messages(estate.staff_chat))


async def test_a_photo_a_voice_message_an_album_and_a_shared_point(estate: Estate) -> None:
    mei, group = estate.resident, estate.staff_chat
    await danger(estate)
    await mei.sends("photo", PNG, caption="this is the pipe")
    await mei.sends("voice", OGG, duration=3)
    for number in range(3):
        await mei.sends("photo", PNG + bytes([number]), album="a")
    await estate.settled()
    there = await estate.world.chat_messages(group)
    assert sum("photo" in each for each in there) == 4 and sum("voice" in each for each in there) == 1
    assert any("this is the pipe" in written(each) for each in there)
    await mei.shares_location(24.47, 118.09)
    await shows(estate.staff, "Point on the map", chat=group)
    assert await estate.rows("SELECT * FROM conversations WHERE state <> 'ended'") == []
    assert len(await estate.rows("SELECT * FROM reports WHERE latitude IS NOT NULL")) == 1


async def test_a_change_of_what_was_said_is_on_the_card(estate: Estate) -> None:
    mei = estate.resident
    await danger(estate)
    said = await mei.says(WHERE)
    await shows(estate.staff, WHERE, "South side, Building 4", chat=estate.staff_chat)
    await mei.edits(said, "Building 3 stairwell 1")
    card = await shows(
        estate.staff, "changed: “Building 3 stairwell 1”", "before it was changed: “Building 4", chat=estate.staff_chat
    )
    assert "Place: North side, Building 3" in written(card)
    await mei.says("sorry, it is building 2")
    await shows(estate.staff, "Place: North side, Building 2", chat=estate.staff_chat)


@pytest.mark.parametrize(
    "mentioned",
    ["I am waiting at the north gate", "对了北门的灯也不亮", "building 3 smells, too"],
)
async def test_another_place_that_is_mentioned_is_not_where_it_is(estate: Estate, mentioned: str) -> None:
    mei, wei, group = estate.resident, estate.staff, estate.staff_chat
    await danger(estate)
    await mei.says(WHERE)
    await shows(wei, "Place: South side, Building 4, Stairwell 1", chat=group)
    said = await mei.says(mentioned)
    card = await shows(wei, mentioned, chat=group)
    assert "Place: South side, Building 4, Stairwell 1" in written(card), "they see the words, and the place stays"
    assert "Place: South side, Building 4, Stairwell 1" in written(await receipt(mei, said))
    await mei.says("no, I meant building 2 stairwell 1")
    await shows(wei, "Place: North side, Building 2, Stairwell 1", chat=group)


@pytest.mark.parametrize(("language", "off"), [("en", "was about something else"), ("zh-hans", "was about something")])
async def test_that_was_something_else(world: World, start_bot: Start, language: str, off: str) -> None:
    async with estate_in(world, start_bot) as estate:
        ann, group = await estate.newcomer("Ann", language), estate.staff_chat
        await ann.says("I smell gas in the kitchen! 煤气味")
        await estate.card()
        said = await ann.says("The lamp in building 3 stairwell 1 is broken")
        card = await shows(estate.staff, "Said afterwards:", "The lamp in building 3", "Building 3", chat=group)
        message = await receipt(ann, said)
        await something_else(ann, message)
        await shows(estate.staff, off, chat=group)
        await estate.settled()
        there = {each["message_id"]: written(each) for each in await world.chat_messages(group)}
        assert "lamp" not in there[card["message_id"]] and "Building 3" not in there[card["message_id"]]
        assert not any("The lamp" in text for text in there.values())
        mine = [written(each) for each in await world.chat_messages(ann.id) if "gas in the kitchen" in written(each)]
        assert "Building 3" not in mine[-1] and "3号楼" not in mine[-1], "their own card has the place no more"
        said_to_wei = await estate.staff.says("/find lamp")
        await shows(estate.staff, "There is nothing with all of these words", after=said_to_wei)
        draft = (await estate.rows("SELECT state, draft FROM conversations WHERE state <> 'ended'"))[0]
        assert draft["state"] == "open" and "The lamp in building 3" in draft["draft"]
        assert _off(message) is not None
        await something_else(ann, message)  # pressed twice: nothing more happens
        await estate.settled()
        assert len(await estate.rows("SELECT * FROM conversations WHERE state <> 'ended'")) == 1
        send = await shows(ann, "The lamp in building 3")
        await ann.presses(buttons(send)[0]["text"], message=send)
        await estate.card(2)
        await ann.edits(said, "The lamp in building 3 is dark")
        await shows(estate.staff, "No. 2", "The lamp in building 3 is dark", chat=group)
        await estate.nothing_broke()


async def test_photos_that_were_something_else_leave_the_group(estate: Estate) -> None:
    mei, group = estate.resident, estate.staff_chat
    await danger(estate)
    sent = await mei.sends("photo", PNG, album="a")
    await mei.sends("photo", PNG + b"2", album="a")
    await estate.settled()
    assert sum("photo" in each for each in await estate.world.chat_messages(group)) == 2
    await something_else(mei, await receipt(mei, sent))
    await shows(estate.staff, "was about something else", chat=group)
    await estate.settled()
    assert sum("photo" in each for each in await estate.world.chat_messages(group)) == 0
    await asked_to_send(mei, "2 photos")


async def test_an_open_step_and_another_question_go_first(estate: Estate) -> None:
    """What a volunteer or another flow is told is theirs; and a question asked since is the one that is answered."""
    mei = estate.resident
    lao = await volunteer(estate, "Lao")
    await asks(estate)
    await lao.forges(await shows(lao, ""), "ro:1:take")
    job = await shows(lao, "you have taken it")
    await danger(estate, by=lao)
    await lao.forges(job, "rt:1:write")
    await lao.sees("All you send here is passed on")
    await lao.says("I am at building 4 now")
    await shows(mei, "I am at building 4 now")
    assert all("building 4" not in written(each) for each in await estate.world.chat_messages(estate.staff_chat))
    # And the other way round: what answers the danger's question goes to nobody but staff.
    await danger(estate, by=mei)
    await mei.says(WHERE)
    await shows(estate.staff, "Said afterwards:", WHERE, chat=estate.staff_chat)
    assert all(WHERE not in written(each) for each in await estate.world.chat_messages(lao.id))


async def test_a_question_asked_since_is_the_one_that_is_answered(estate: Estate) -> None:
    mei = estate.resident
    await estate.report()
    await danger(estate)
    await estate.resolves("Fixed", 1)
    await mei.says("The paint is still wet")
    await asked_to_send(mei, "The paint is still wet")
    assert all("paint" not in written(each) for each in await estate.world.chat_messages(estate.staff_chat))


async def test_it_is_asked_wherever_danger_was_told(estate: Estate) -> None:
    """In a reply, in a change, in the reason of a no: only where it was asked are the words that follow its answer."""
    mei, group = estate.resident, estate.staff_chat
    await mei.says("The bench is broken")
    await presses_send(mei, await asked_to_send(mei))
    status = await mei.sees("No. 1: Received")
    said = await mei.replies(status, "and now it is on fire")
    await shows(mei, "Please say where it is: building and stairwell. Just write it here.", after=said)
    await mei.says("behind building 4")
    await shows(estate.staff, "Said afterwards:", "behind building 4", "South side, Building 4", chat=group)
    other = await estate.newcomer("Other")
    first = await other.says("The path is muddy")
    await presses_send(other, await asked_to_send(other))
    await other.sees("No. 2: Received")
    await other.edits(first, "The path is muddy and it smells of gas")
    await shows(other, "Changed in your report no. 2", "Please say where it is")
    await other.says("by the north gate")
    await shows(estate.staff, "Said afterwards:", "by the north gate", chat=group)
    third = await estate.newcomer("Third")
    await third.says("The wall is dirty")
    await presses_send(third, await asked_to_send(third))
    await third.presses("Take back my report", message=await third.sees("No. 3: Received"))
    await third.sees("Take back no. 3?")
    await third.says("no, now it is on fire")
    await shows(third, "is not taken back", "Please say where it is")
    await third.says("at the back of building 4")
    await shows(estate.staff, "Said afterwards:", "at the back of building 4", chat=group)


async def test_a_reply_to_another_report_is_added_to_that_one(estate: Estate) -> None:
    mei = estate.resident
    status = await estate.report()
    await danger(estate)
    said = await mei.replies(status, "the lamp is dark since Monday")
    await shows(mei, "Added to your report no. 1", after=said)
    await shows(estate.staff, "No. 1: the resident writes", "dark since Monday", chat=estate.staff_chat)


async def test_where_the_place_is_known_nothing_is_taken_for_its_answer(estate: Estate) -> None:
    mei = estate.resident
    await mei.says("There is a fire in building 3")
    await estate.card()
    await mei.says("The bench in the park is broken")
    await asked_to_send(mei, "The bench in the park")


async def test_a_blocked_person_can_say_where(estate: Estate) -> None:
    mei = estate.resident

    def block(tx: Transaction) -> None:
        who = people.by_telegram_id(tx, mei.id)
        assert who is not None
        blocks.put(tx, who.id, who.id, "Nonsense", tx.now.replace(year=tx.now.year + 1))

    await estate.bot.database.run(block)
    await danger(estate)
    said = await mei.says(WHERE)
    await shows(estate.staff, "Said afterwards:", WHERE, chat=estate.staff_chat)
    await mei.edits(said, "Building 2 stairwell 1")
    await shows(estate.staff, "Building 2 stairwell 1", chat=estate.staff_chat)
    await something_else(mei, await receipt(mei, said))
    await shows(estate.staff, "was about something else", chat=estate.staff_chat)
    await estate.settled()
    assert await estate.rows("SELECT * FROM conversations WHERE state <> 'ended'") == [], (
        "and nothing else may they begin"
    )


async def test_many_words_are_bounded_too(estate: Estate) -> None:
    mei = estate.resident
    await danger(estate)
    for number in range(40):
        await mei.says(f"word {number} " + "y" * 80)
    await estate.settled()
    sent = [each for each in await estate.world.calls("editMessageText")
            if "Said afterwards" in str(each["params"].get("text"))]  # fmt: skip
    assert len(sent) <= 7
    below = [each for each in await estate.world.chat_messages(estate.staff_chat) if "word" in written(each)]
    assert len(below) == 1
    for _ in range(12):
        await time_passes(estate, seconds=61)
    shown = "\n".join(map(written, await estate.world.chat_messages(estate.staff_chat)))
    assert all(f"word {number} y" in shown for number in range(40))


async def test_the_question_survives_a_restart(world: World, start_bot: Start) -> None:
    async with estate_in(world, start_bot) as estate:
        await danger(estate)
        await estate.stop()
        await estate.start()
        await estate.resident.says(WHERE)
        await shows(estate.staff, "Said afterwards:", WHERE, chat=estate.staff_chat)
        await estate.nothing_broke()


async def test_a_stairwell_that_is_not_there_is_said_and_asked_about(estate: Estate) -> None:
    mei, group = estate.resident, estate.staff_chat
    await mei.says("I smell gas in building 1 stairwell 9")
    wrong = "There is no stairwell 9 in Building 1, so I have noted Building 1."
    await shows(mei, "No. 1: Received", "Place: North side, Building 1", wrong, "Please say where it is")
    said = await mei.says("sorry, stairwell 2, hurry")
    await receipt(mei, said)
    await shows(estate.staff, "Place: North side, Building 1, Stairwell 2", "sorry, stairwell 2", chat=group)
    status = await shows(mei, "No. 1: Received", "Building 1, Stairwell 2")
    assert "There is no" not in written(status) and "Please say where" not in written(status)


async def test_so_is_one_that_is_written_afterwards(estate: Estate) -> None:
    mei = estate.resident
    await danger(estate)
    said = await mei.says("building 1 stairwell 9")
    message = await receipt(mei, said)
    assert "There is no stairwell 9 in Building 1, so I have noted Building 1." in written(message)
    said = await mei.says("building 4")
    assert "There is no" not in written(await receipt(mei, said))
    await shows(estate.staff, "Place: South side, Building 4", chat=estate.staff_chat)


async def test_a_place_that_is_written_in_pieces_becomes_one(estate: Estate) -> None:
    mei, group = estate.resident, estate.staff_chat
    await danger(estate)
    await mei.says("Building 4")
    await shows(estate.staff, "Place: South side, Building 4", chat=group)
    said = await mei.says("stairwell 1")
    await shows(estate.staff, "Place: South side, Building 4, Stairwell 1", chat=group)
    await something_else(mei, await receipt(mei, said))
    await estate.settled()
    assert await estate.rows("SELECT area FROM reports") == [{"area": "b4"}]
