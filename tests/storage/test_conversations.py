"""What was said in a conversation is kept as long as it is needed, and no longer."""

from datetime import timedelta

from storage.core import chats, conversations
from storage.core.database import Database, Transaction
from storage.people import people
from tests.support import Clock


async def test_drafts_of_ended_conversations_are_emptied_after_a_while(database: Database, clock: Clock) -> None:
    def begin(tx: Transaction) -> tuple[int, int]:
        chat = chats.meet(tx, 7, "private", None, False)
        mei = people.meet(tx, 7, "Mei", None, "en")
        ended = conversations.begin(tx, chat.id, mei.id, "report", "summary", {"words": ["a lamp"]})
        ended.state = "ended"
        conversations.save(tx, ended)
        going_on = conversations.begin(tx, chat.id, mei.id, "report", "summary", {"words": ["a pipe"]})
        return ended.id, going_on.id

    def drafts(tx: Transaction, *numbers: int) -> list[object]:
        return [found.draft for number in numbers if (found := conversations.by_id(tx, number))]

    numbers = await database.run(begin)
    assert await database.run(conversations.empty_ended, timedelta(hours=48), 9) == 0
    clock.advance(hours=49)
    assert await database.run(conversations.empty_ended, timedelta(hours=48), 9) == 1
    assert await database.run(drafts, *numbers) == [{}, {"words": ["a pipe"]}]


async def test_what_an_emptied_one_was_about_stays_by_number(database: Database, clock: Clock) -> None:
    """Its questions, in somebody else's chat, hold words of who is forgotten."""

    def begin(tx: Transaction) -> int:
        chat = chats.meet(tx, 7, "private", None, False)
        wei = people.meet(tx, 7, "Wei", None, "en")
        ended = conversations.begin(tx, chat.id, wei.id, "answer", "words", {"report": 4, "words": ["we come"]})
        ended.state = "ended"
        conversations.save(tx, ended)
        return ended.id

    number = await database.run(begin)
    clock.advance(hours=49)
    assert await database.run(conversations.empty_ended, timedelta(hours=48), 9) == 1
    assert await database.run(conversations.empty_ended, timedelta(hours=48), 9) == 0, "once is enough"
    found = await database.run(conversations.by_id, number)
    assert found is not None and found.draft == {"_about": ["report:4"]}
    assert conversations.about(found.draft) == {"report:4"}
