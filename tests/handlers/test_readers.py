"""Many behind one report: each hears once, in their language, the first at once and the others chunk by chunk."""

import json

import pytest

from bot.background.scheduler import Scheduler
from bot.tasks import tasks
from domain.people.rights import Role
from handlers.kit.update_context import Setup
from handlers.reports import questions, recipients
from services.reports import answering, declining, submitting, working
from services.reports.submitting import NewReport
from storage.core import chats
from storage.core.database import Database, Transaction
from storage.reports import reports, supports
from storage.reports.reports import NewPart
from tests.support import outbox_of, person, texts_of

pytestmark = pytest.mark.usefixtures("notices")

JOINED = 2 * recipients.CHUNK + 7


def _a_report_many_joined(tx: Transaction, setup: Setup) -> int:
    reporter = person(tx, "Mei")
    number = submitting.submit(tx, setup.community, reporter, NewReport([NewPart("text", text="My own secret words")]))
    for count in range(JOINED):
        joined = person(tx, f"Neighbour {count}", language="zh_Hans" if count % 2 else "en")
        supports.add(tx, number, joined.id)
    return number


async def test_everybody_who_joined_hears_once(database: Database, setup: Setup) -> None:
    def answer(tx: Transaction) -> int:
        number = _a_report_many_joined(tx, setup)
        staff = person(tx, "Wei", Role.STAFF)
        answering.answer(tx, staff, number, [NewPart("text", text="We come on Tuesday.")])
        return number

    number = await database.run(answer)
    scheduler = Scheduler(database, tasks(setup))
    told = await database.run(lambda tx: len(_answers(tx)))
    assert told == recipients.CHUNK, "nobody waits until a hundred messages are written"
    for _ in range(3):
        await scheduler.tick()

    def check(tx: Transaction) -> None:
        by_chat: dict[int, list[str]] = {}
        for row in _answers(tx):
            by_chat.setdefault(row["chat"], []).append(row["content"]["text"])
        concerned = supports.concerned(tx, number)
        assert len(concerned) == JOINED + 1
        for each in concerned:
            chat = chats.private_with(tx, each)
            assert chat is not None
            assert len(by_chat[chat.id]) == 1, "exactly once"
        words = [texts[0] for texts in by_chat.values()]
        assert sum("Answer to your report" in each for each in words) == 1 + -(-JOINED // 2)
        assert sum("回复" in each for each in words) == JOINED // 2

    await database.run(check)


@pytest.mark.parametrize("name", ["EventOfOld", ""])
@pytest.mark.parametrize("said", ["resolved", "answered", "declined", "taken"])
async def test_an_event_renamed_half_way_is_told_to_the_rest(
    database: Database, setup: Setup, said: str, name: str
) -> None:
    """Chunks that wait hold the event's name; under a name of old, nobody is left unasked, and nobody told twice."""

    def begin(tx: Transaction) -> int:
        number = _a_report_many_joined(tx, setup)
        staff = person(tx, "Wei", Role.STAFF)
        working.take(tx, setup.community, staff, number)
        words = NewPart("text", text="Words of staff.")
        match said:
            case "resolved":
                working.resolve(tx, setup.community, staff, number, [words])
            case "answered":
                answering.answer(tx, staff, number, [words])
            case "declined":
                declining.decline_as_written(tx, staff, number, declining.write_reason(tx, staff, number, words).id)
        tx.publish()
        for row in tx.query("SELECT id, data FROM scheduled_tasks WHERE kind = ?", (recipients.KIND,)):
            data = json.dumps({**json.loads(row["data"]), "event": name})
            tx.execute("UPDATE scheduled_tasks SET data = ? WHERE id = ?", (data, row["id"]))
        tx.execute("UPDATE events SET kind = ?", (name,))
        return number

    number = await database.run(begin)
    scheduler = Scheduler(database, tasks(setup))
    for _ in range(4):
        await scheduler.tick()

    def check(tx: Transaction) -> None:
        assert tx.query("SELECT * FROM scheduled_tasks WHERE tries > 0 OR kind = ?", (recipients.KIND,)) == []
        for each in supports.concerned(tx, number):
            chat = chats.private_with(tx, each)
            assert chat is not None
            told = [text for text in texts_of(tx, chat.id) if "Words of staff." in text]
            assert len(told) == (said != "taken"), "each hears once"
            assert any(row["purpose"] == "status" for row in outbox_of(tx, chat.id))
        asked = [row for row in outbox_of(tx) if row["purpose"] == questions.FIXED]
        assert len(asked) == (JOINED + 1 if said == "resolved" else 0)

    await database.run(check)


async def test_one_who_joined_reads_no_word_of_the_reporter(database: Database, setup: Setup) -> None:
    def scenario(tx: Transaction) -> None:
        reporter, joined = person(tx, "Mei"), person(tx, "Bo")
        new = NewReport([NewPart("text", text="My own secret words")], place="behind my mother's flat")
        number = submitting.submit(tx, setup.community, reporter, new)
        supports.add(tx, number, joined.id)
        working.set_title(tx, person(tx, "Wei", Role.STAFF), number, "Lamp at the gate")
        tx.publish()
        chat = chats.private_with(tx, joined.id)
        assert chat is not None
        (card,) = [row for row in outbox_of(tx, chat.id) if row["purpose"] == "status"]
        assert "Lamp at the gate" in card["content"]["text"]
        assert "secret" not in card["content"]["text"]
        assert "mother" not in card["content"]["text"]

    await database.run(scenario)


async def test_those_of_a_merged_report_hear_of_the_one_it_is_part_of(database: Database, setup: Setup) -> None:
    def scenario(tx: Transaction) -> None:
        mei, bo = person(tx, "Mei"), person(tx, "Bo")
        first = submitting.submit(tx, setup.community, mei, NewReport([NewPart("text", text="dark")]))
        second = submitting.submit(tx, setup.community, bo, NewReport([NewPart("text", text="no light")]))
        reports.change(tx, second, merged_into=first)
        answering.answer(tx, person(tx, "Wei", Role.STAFF), first, [NewPart("text", text="Tuesday")])
        tx.publish()
        chat = chats.private_with(tx, bo.id)
        assert chat is not None
        (answer,) = [row for row in outbox_of(tx, chat.id) if row["purpose"] == "answer"]
        assert f"no. {second}" in answer["content"]["text"], "by the number they know it by"

    await database.run(scenario)


def _answers(tx: Transaction) -> list[dict[str, object]]:
    return [row for row in outbox_of(tx) if row["purpose"] == "answer"]
