"""What people answer to the words of a project's lead: in the topic of the project, under their report, and back."""

import asyncio
from typing import Any

from domain.people.rights import Role
from sandbox.client import Person, buttons, written
from services.projects import bundling, making, words
from services.projects.words import NewWord
from services.reports import submitting
from services.reports.submitting import NewReport
from storage.core.database import Transaction
from storage.people import people
from storage.reports.reports import NewPart
from tests.e2e.conftest import LAMP, OGG, PNG, Estate
from tests.e2e.moments import time_passes
from tests.e2e.reading import newest, shows

Json = dict[str, Any]
WORD = "The new lamps come in May"


async def project(estate: Estate, *reports: int) -> None:
    """Staff make a project of these reports."""

    def make(tx: Transaction) -> None:
        wei = people.by_telegram_id(tx, estate.staff.id)
        assert wei is not None
        number = making.make(tx, estate.bot.setup.community, wei, "The lamps", None, [wei.id]).id
        bundling.add_many(tx, wei, number, reports)

    await estate.bot.database.run(make)


async def word(estate: Estate, text: str = WORD) -> None:
    """Its lead says something to everybody."""

    def say(tx: Transaction) -> None:
        wei = people.by_telegram_id(tx, estate.staff.id)
        assert wei is not None
        words.say(tx, wei, 1, NewWord([(None, text)]))

    await estate.bot.database.run(say)


async def in_topic(estate: Estate, *texts: str, after: Json | None = None) -> Json:
    """What staff read in the topic of the project."""
    found = await shows(estate.staff, *texts, chat=estate.staff_chat, after=after)
    topics = await estate.rows("SELECT thread_id FROM topics WHERE key = 'project:1'")
    assert [found["message_thread_id"]] == [row["thread_id"] for row in topics]
    return found


async def joins(estate: Estate, person: Person) -> None:
    """Somebody joins no. 1."""
    await person.says(LAMP)
    draft = await shows(person, LAMP)
    await person.presses(data=buttons(draft)[0]["callback_data"], message=draft)
    found = await shows(person, "No. 1: ", after={"message_id": 0})
    await person.presses(data=buttons(found)[0]["callback_data"], message=found)
    await estate.settled()


async def everything(estate: Estate, chat: int, text: str) -> list[Json]:
    """All messages of a chat that hold the text."""
    await estate.settled()
    return [each for each in await estate.world.chat_messages(chat) if text in written(each)]


async def test_an_answer_stands_under_its_report_and_a_reply_reaches_that_person_alone(estate: Estate) -> None:
    mei, wei, group = estate.resident, estate.staff, estate.staff_chat
    await estate.report()
    bo = await estate.newcomer("Bo")
    await joins(estate, bo)
    await project(estate, 1)
    await word(estate)
    copy = await shows(mei, "A word from the project lead", WORD)
    of_bo = await shows(bo, "A word from the project lead", WORD)
    # Each of them answers; both stand under the one message of their report, without a name.
    await mei.replies(copy, "In May already?")
    anchor = await in_topic(estate, "No. 1: the resident answers", "In May already?")
    assert "Mei" not in written(anchor)
    await shows(mei, "Added to your report no. 1")
    await bo.replies(of_bo, "And who pays?")
    bos = await in_topic(estate, "No. 1: one who joined answers", "And who pays?")
    assert bos["reply_to_message"]["message_id"] == anchor["message_id"] and "Bo" not in written(bos)
    # Nowhere else.
    for text in ("In May already?", "And who pays?"):
        assert len(await everything(estate, group, text)) == 1
    # What is written back to one the other does not read.
    await wei.replies(bos, "The district pays", group)
    back = await shows(bo, "Answer to your report no. 1", "The district pays")
    assert await everything(estate, mei.id, "The district pays") == []
    await wei.says("/history 1")
    await shows(wei, "Wei answered.\nOne person alone reads it.\nThe district pays")
    # They go on from there, and it stays in the thread.
    await bo.replies(back, "Good to know")
    again = await in_topic(estate, "No. 1: one who joined answers", "Good to know")
    assert again["reply_to_message"]["message_id"] == anchor["message_id"]
    assert len(await everything(estate, group, "Good to know")) == 1
    await wei.replies(anchor, "Yes, in May", group)
    await shows(mei, "Answer to your report no. 1", "Yes, in May")
    assert await everything(estate, bo.id, "Yes, in May") == []


async def test_photos_voices_albums_and_changes_come_into_the_thread(estate: Estate) -> None:
    mei, group = estate.resident, estate.staff_chat
    await estate.report()
    await project(estate, 1)
    await word(estate)
    copy = await shows(mei, WORD)
    reply = copy["message_id"]
    said = await mei.replies(copy, "It flickers")
    anchor = await in_topic(estate, "It flickers")
    await mei.edits(said, "It flickers at night")
    changed = await in_topic(estate, "No. 1: an answer was changed", "It flickers at night", "Before:")
    assert changed["reply_to_message"]["message_id"] == anchor["message_id"]
    await mei.sends_photo(PNG, "Look", reply_to=reply)
    photo = await newest(estate.staff, lambda each: "photo" in each, "the photo", group)
    assert photo["reply_to_message"]["message_id"] == anchor["message_id"]
    await mei.sends_voice(OGG, reply_to=reply)
    await newest(estate.staff, lambda each: "voice" in each, "the voice message", group)
    await mei.sends_album(*[("photo", PNG)] * 3, reply_to=reply)
    await estate.settled()
    in_group = await estate.world.chat_messages(group)
    files = [each for each in in_group if "photo" in each or "voice" in each]
    assert {each["message_thread_id"] for each in files} == {anchor["message_thread_id"]}
    assert len(files) == 5


async def test_a_hundred_answer_within_a_minute_and_each_stands_in_its_own_thread(estate: Estate) -> None:
    group = estate.staff_chat
    people_ = [await estate.world.person(f"N{number}") for number in range(100)]
    await asyncio.gather(*(each.starts() for each in people_))
    await estate.settled()

    def report(tx: Transaction) -> list[int]:
        found = []
        for each in people_:
            known = people.by_telegram_id(tx, each.id)
            assert known is not None
            new = NewReport([NewPart("text", text=f"Lamp of {each.id} is dark")], category="lighting", area="b1")
            found.append(submitting.submit(tx, estate.bot.setup.community, known, new))
        return found

    numbers = await estate.bot.database.run(report)
    await project(estate, *numbers)
    await word(estate)
    for _ in range(4):
        await time_passes(estate, seconds=2)
    copies = [await shows(each, WORD) for each in people_]
    await asyncio.gather(
        *(each.replies(copy, f"Answer of {each.id}.") for each, copy in zip(people_, copies, strict=True))
    )
    await estate.settled()
    there = [each for each in await estate.world.chat_messages(group) if "Answer of" in written(each)]
    topic = {each["message_thread_id"] for each in there}
    assert len(there) == 100 and len(topic) == 1
    for each, number in zip(people_, numbers, strict=True):
        (its,) = [one for one in there if f"Answer of {each.id}." in written(one)]
        assert written(its).startswith(f"No. {number}: Lamp of {each.id} is dark")


async def test_words_of_danger_in_an_answer_ring_as_ever(estate: Estate) -> None:
    await estate.report()
    await project(estate, 1)
    await word(estate)
    await estate.resident.replies(await shows(estate.resident, WORD), "Help, there is a fire in the stairwell!")
    await shows(estate.staff, "DANGER", chat=estate.staff_chat)
    await in_topic(estate, "No. 1: the resident answers", "fire in the stairwell")


async def test_somebody_who_joins_later_reads_the_last_word(estate: Estate) -> None:
    await estate.report()
    await project(estate, 1)
    await word(estate, "First")
    await word(estate, "Second and last")
    await shows(estate.resident, "Second and last")
    bo = await estate.newcomer("Bo")
    await joins(estate, bo)
    await time_passes(estate, seconds=3)
    await shows(bo, "A word from the project lead", "Second and last")
    assert await everything(estate, bo.id, "First") == []


async def test_who_leads_it_no_more_writes_nobody_back(estate: Estate) -> None:
    await estate.report()
    await project(estate, 1)
    await word(estate)
    await estate.resident.replies(await shows(estate.resident, WORD), "Thanks")
    anchor = await in_topic(estate, "Thanks")
    out = await estate.colleague("Out", Role.VOLUNTEER)
    await out.replies(anchor, "Hello there", estate.staff_chat)
    await estate.settled()
    await estate.resident.sees_no("Hello there")
