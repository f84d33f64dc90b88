"""Five hundred messages of one person within ten minutes make five cards at most; the rest is named or folded."""

from datetime import timedelta
from typing import Any

from domain.people.rights import Role
from handlers.kit.update_context import Setup
from handlers.reports.staff.notices import burst_notices
from services.reports import saying_more, submitting
from services.reports.submitting import NewReport
from services.staff_room import bursts, flooding, staff_chat
from storage.core import chats
from storage.core.database import Database, Transaction
from storage.people.people import Person
from storage.reports.reports import NewPart
from tests.support import Clock, outbox_of, person

MESSAGES = 500
REPORTS = 30


def group(tx: Transaction) -> int:
    ada = person(tx, "Ada", Role.ADMIN)
    found = chats.meet(tx, -100, "supergroup", "Staff", True)
    staff_chat.choose(tx, ada, staff_chat.link_code(tx, ada), found)
    tx.publish()
    tx.execute("UPDATE outbox SET state = 'sent'")
    return found.id


def report(tx: Transaction, setup: Setup, who: Person, words: str) -> int:
    tx.answering = who.id
    number = submitting.submit(tx, setup.community, who, NewReport([NewPart("text", text=words)]))
    tx.publish()
    return number


def cards(tx: Transaction, chat: int) -> list[Any]:
    return tx.query("SELECT subject FROM cards WHERE chat = ? AND role = 'staff'", (chat,))


async def test_what_one_person_makes_the_group_read(
    database: Database, setup: Setup, clock: Clock, notices: None
) -> None:
    database.fold = flooding.fold(setup.community)
    staff = await database.run(group)
    mei, bo = await database.run(lambda tx: (person(tx, "Mei"), person(tx, "Bo")))
    first = await database.run(report, setup, mei, "Lamp 0 is dark")

    def writes(tx: Transaction, number: int) -> None:
        if number < REPORTS:
            report(tx, setup, mei, f"Lamp {number} is dark")
            return
        tx.answering = mei.id
        saying_more.add(tx, setup.community, mei, first, [NewPart("text", text=f"still dark {number}")])
        tx.publish()

    for number in range(1, MESSAGES):
        clock.advance(seconds=600 / MESSAGES)
        await database.run(writes, number)
        if number % 20 == 0:  # as the tick does, every few seconds
            await database.run(burst_notices.gather, setup, f"chat:{staff}", {})
    assert len(await database.run(cards, staff)) == bursts.OF_ONE_PERSON

    def rest(tx: Transaction) -> tuple[int, int, list[dict[str, Any]]]:
        named = tx.number("SELECT count(*) FROM gathered WHERE card IS NOT NULL")
        folded = tx.number("SELECT count(*) FROM outbox WHERE state = 'folded'")
        return named, folded, [row for row in outbox_of(tx, staff) if "new reports" in row["content"].get("text", "")]

    named, folded, messages = await database.run(rest)
    assert named == REPORTS - bursts.OF_ONE_PERSON and len(messages) == 1, "the other reports are named in one message"
    assert folded >= MESSAGES - REPORTS - setup.community.care.writes_a_lot, "and what they add waits behind one button"
    # Somebody else's report has its card at once, and theirs come by and by once the ten minutes are over.
    await database.run(report, setup, bo, "The gate is stuck")
    assert len(await database.run(cards, staff)) == bursts.OF_ONE_PERSON + 1
    clock.at += bursts.LATELY + timedelta(minutes=1)
    await database.run(burst_notices.gather, setup, f"chat:{staff}", {})
    assert len(await database.run(cards, staff)) == bursts.OF_ONE_PERSON + 2
