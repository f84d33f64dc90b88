"""Of reports that several people are behind, each has their own part, and of what staff said what they were sent."""

from domain.community import Community
from domain.people.rights import Role
from handlers.kit.texts import Speaker
from handlers.kit.update_context import Setup
from handlers.personal_data.page import page
from services.personal_data import collecting
from services.personal_data.collecting import Collected
from services.reports import answering, declining, joining, recording, taking_back, working
from services.reports.submitting import NewReport
from storage.core.database import Database, Transaction
from storage.people import people
from storage.people.people import Person
from tests.services.reporting import submitted, words
from tests.support import person


def _answers(found: Collected) -> list[str | None]:
    return [each.part.text for each in found.answers]


async def test_a_report_that_was_passed_on_shows_nothing_of_its_writer(
    database: Database, community: Community, notices: None
) -> None:
    """Who takes a report back leaves it to the next who joined."""

    def begin(tx: Transaction) -> tuple[Person, Person, int]:
        mei, bo = person(tx, "Mei"), person(tx, "Bo")
        number = submitted(
            tx, community, mei, "My stove smells", place="by my door 502", latitude=31.2, longitude=121.4
        )
        joining.join(tx, bo, number, words("It smells here, too"))
        answering.answer(tx, person(tx, "Wei", Role.STAFF), number, words("Is it the stove, Mei?"))
        return mei, bo, number

    mei, bo, number = await database.run(begin)
    await database.run(taking_back.take_back, mei, number)
    found = await database.read(collecting.collect, bo.id)
    (row,) = found.rows("reports")
    assert row["id"] == number and not {"place", "latitude", "title"} & set(row)
    assert "502" not in str(found.as_json({})) and "stove" not in str(found.rows("report_parts"))
    (left,) = (await database.read(collecting.collect, mei.id)).rows("report_parts")
    assert left["text"] == "My stove smells", "what they wrote is still theirs"


async def test_an_answer_is_theirs_who_were_sent_it(database: Database, community: Community, notices: None) -> None:
    def begin(tx: Transaction) -> tuple[Person, Person, Person, int, int]:
        mei, bo, wei = person(tx, "Mei"), person(tx, "Bo"), person(tx, "Wei", Role.STAFF)
        number = submitted(tx, community, mei)
        answering.answer(tx, wei, number, words("Dear Mei"))
        return mei, bo, wei, number, answering.note(tx, wei, number, words("She is ill")[0])

    mei, bo, wei, number, note = await database.run(begin)
    await database.run(joining.join, bo, number, words())
    await database.run(answering.answer, wei, number, words("To both"))
    assert _answers(await database.read(collecting.collect, mei.id)) == ["Dear Mei", "To both"]
    assert _answers(await database.read(collecting.collect, bo.id)) == ["To both"]
    await database.run(answering.release_note, wei, note)
    assert "She is ill" in _answers(await database.read(collecting.collect, mei.id))
    await database.run(working.resolve, community, wei, number, words("New bulb"))
    assert "New bulb" in _answers(await database.read(collecting.collect, bo.id)), "everybody reads that"


async def test_what_was_taken_back_is_no_answer_any_more(
    database: Database, community: Community, notices: None
) -> None:
    def begin(tx: Transaction) -> tuple[Person, Person, int]:
        mei, wei = person(tx, "Mei"), person(tx, "Wei", Role.STAFF)
        return mei, wei, answering.answer(tx, wei, submitted(tx, community, mei), words("Wrong person"))

    mei, wei, first = await database.run(begin)
    await database.run(answering.take_back, wei, first)
    assert _answers(await database.read(collecting.collect, mei.id)) == []


async def test_one_of_the_communitys_answers_is_read_in_ones_own_language(
    database: Database, setup: Setup, notices: None
) -> None:
    community = setup.community
    reason = community.reasons[0]

    def begin(tx: Transaction) -> int:
        mei, wei = person(tx, "Mei", language="zh_Hans"), person(tx, "Wei", Role.STAFF)
        number = submitted(tx, community, mei)
        declining.decline(tx, community, wei, number, reason.code)
        return mei.id

    found = await database.read(collecting.collect, await database.run(begin))
    say = Speaker("zh_Hans", community.zone)
    assert reason.text.in_("zh_Hans")[:10] in page(community, say, found, {})


async def test_somebody_without_telegram_has_what_staff_wrote_down(
    database: Database, community: Community, notices: None
) -> None:
    def begin(tx: Transaction) -> tuple[int, int]:
        wei = person(tx, "Wei", Role.STAFF)
        number = recording.record(tx, community, wei, "Vera", "123456", NewReport(words("My lamp")))
        answering.answer(tx, wei, number, words("We come"))
        (row,) = tx.query("SELECT person FROM reports")
        return int(row["person"]), wei.id

    vera, wei = await database.run(begin)
    found = await database.read(collecting.collect, vera)
    assert [row["text"] for row in found.rows("report_parts")] == ["My lamp"] and _answers(found) == ["We come"]
    assert found.rows("people", "id")[0]["phone"] == "123456"
    theirs = await database.read(collecting.collect, wei)
    assert "123456" not in str(theirs.as_json({})) and "My lamp" not in str(theirs.as_json({}))
    assert len(theirs.rows("reports", "recorded_by")) == 1
    assert await database.read(people.find, vera) is not None
