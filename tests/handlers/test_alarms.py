"""How far danger came: what is waited for, when it is told, and when there is nothing more to do."""

from datetime import timedelta

import pytest

from domain.core.subjects import subject
from domain.people.rights import Role
from handlers.kit.update_context import Setup
from handlers.reports.staff.notices import alarm_copies
from services.reports import alarms, saying_more, submitting, taking_back
from services.reports.submitting import NewReport
from services.staff_room import staff_chat
from storage.core import chats, messages, outbox, scheduled_tasks, settings
from storage.core.database import Database, Transaction
from storage.people import people
from storage.people.people import Person
from storage.reports.reports import NewPart
from tests.support import Clock, happened, outbox_of, person

pytestmark = pytest.mark.usefixtures("notices")


def group(tx: Transaction) -> int:
    chat = chats.meet(tx, -100900, "supergroup", "Staff", False)
    settings.put(tx, "staff_chat", str(chat.id))
    return chat.id


def danger(tx: Transaction, setup: Setup, by: Person, words: str = "I smell gas") -> int:
    number = submitting.submit(tx, setup.community, by, NewReport([NewPart("text", text=words)], danger="gas"))
    tx.publish()
    return number


def looks(tx: Transaction, setup: Setup, number: int) -> None:
    """The task, as the tick runs it."""
    alarm_copies.run_due(tx, setup, subject("report", number))
    tx.publish()


def told_in_private(tx: Transaction, who: Person) -> list[str]:
    chat = chats.private_with(tx, who.id)
    assert chat is not None
    return [row["content"]["text"] for row in outbox_of(tx, chat.id) if row["purpose"] == alarms.ROLE]


async def test_it_is_looked_at_after_twenty_seconds_and_at_once_without_a_group(
    database: Database, setup: Setup, clock: Clock
) -> None:
    def scenario(tx: Transaction) -> None:
        rita, _ = person(tx, "Rita"), person(tx, "Ada", Role.ADMIN)
        first = danger(tx, setup, rita)
        assert scheduled_tasks.planned(tx, f"alarm:report:{first}") == tx.now
        chat = group(tx)
        second = danger(tx, setup, person(tx, "Bo"))
        assert scheduled_tasks.planned(tx, f"alarm:report:{second}") == tx.now + timedelta(seconds=20)
        chats.set_refuses(tx, chat, "no")
        third = danger(tx, setup, person(tx, "Cem"))
        assert scheduled_tasks.planned(tx, f"alarm:report:{third}") == tx.now

    await database.run(scenario)


async def test_who_wrote_it_is_not_told_of_it_as_a_lead(database: Database, setup: Setup) -> None:
    def scenario(tx: Transaction) -> None:
        ada, lee = person(tx, "Ada", Role.ADMIN), person(tx, "Lee", Role.LEAD)
        person(tx, "Sun", Role.STAFF)
        number = danger(tx, setup, ada)
        looks(tx, setup, number)
        assert told_in_private(tx, ada) == []
        (copy,) = told_in_private(tx, lee)
        assert "I smell gas" in copy and "Ada" not in copy

    await database.run(scenario)


async def test_what_staff_recorded_for_somebody_is_told_to_all_of_them(database: Database, setup: Setup) -> None:
    def scenario(tx: Transaction) -> None:
        ada, rita = person(tx, "Ada", Role.ADMIN), people.meet(tx, 99, "Rita", None, "en")
        number = submitting.submit(
            tx,
            setup.community,
            rita,
            NewReport([NewPart("text", text="gas")], danger="gas"),
            recorded_by=ada.id,
        )
        tx.publish()
        looks(tx, setup, number)
        assert len(told_in_private(tx, ada)) == 1

    await database.run(scenario)


@pytest.mark.parametrize("hours", [-25, 25])
async def test_a_clock_that_is_moved_keeps_nobody_waiting(
    database: Database, setup: Setup, clock: Clock, hours: int
) -> None:
    def begin(tx: Transaction) -> int:
        group(tx)
        person(tx, "Ada", Role.ADMIN)
        return danger(tx, setup, person(tx, "Rita"))

    number = await database.run(begin)
    clock.advance(hours=hours)
    await database.run(looks, setup, number)
    alarm = await database.run(alarms.of, number)
    assert alarm is not None and alarm.given_up


async def test_a_report_that_was_closed_is_followed_no_more(database: Database, setup: Setup) -> None:
    def scenario(tx: Transaction) -> None:
        rita, ada = person(tx, "Rita"), person(tx, "Ada", Role.ADMIN)
        number = danger(tx, setup, rita)
        taking_back.take_back(tx, rita, number, [])
        tx.publish()
        looks(tx, setup, number)
        assert told_in_private(tx, ada) == [] and "report.unheard" not in happened(tx)

    await database.run(scenario)


async def test_only_what_brings_the_words_counts_as_arrived(database: Database, setup: Setup, clock: Clock) -> None:
    """An older message below the card, or the card itself as it stood before, does not hold what was said now."""

    def scenario(tx: Transaction) -> None:
        chat, rita = group(tx), person(tx, "Rita")
        number = submitting.submit(tx, setup.community, rita, NewReport([NewPart("text", text="The lamp is dark")]))
        saying_more.add(tx, setup.community, rita, number, [NewPart("text", text="still")])
        tx.publish()
        card = messages.newest_card(tx, subject("report", number), "staff")
        assert card is not None
        messages.set_card_message(tx, card["id"], 50)
        older = [row["id"] for row in outbox_of(tx, chat)]
        saying_more.add(tx, setup.community, rita, number, [NewPart("text", text="now sparks")], "shock")
        tx.publish()
        newer = [row["id"] for row in outbox_of(tx, chat) if row["id"] not in older and row["purpose"] == "talk"]
        for each in older:
            row = outbox.by_id(tx, each)
            assert row is not None
            alarms.arrived(tx, row)
            assert alarms.of(tx, number) is not None
        row = outbox.by_id(tx, newer[0])
        assert row is not None
        alarms.arrived(tx, row)
        assert alarms.of(tx, number) is None and staff_chat.is_reachable(tx)

    await database.run(scenario)
