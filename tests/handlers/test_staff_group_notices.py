"""What people hear of the house: roles, the staff group and its open reports."""

from datetime import timedelta

import pytest

from bot.background.scheduler import Scheduler
from bot.tasks import tasks
from domain.events import MessageRefused
from domain.people.rights import Role
from handlers.kit.update_context import Setup
from handlers.operations import staff_group_notices
from handlers.people import arriving, commands
from services.people import team
from services.reports import saying_more, submitting
from services.reports.submitting import NewReport
from services.staff_room import staff_chat
from storage.core import chats, messages, sends, settings
from storage.core.database import Database, Transaction
from storage.people import people
from storage.reports.reports import NewPart
from tests.support import Clock, outbox_of, person, says, texts_of

pytestmark = pytest.mark.usefixtures("notices")


async def test_who_gets_or_loses_a_role_hears_of_it_in_their_language(database: Database) -> None:
    def scenario(tx: Transaction) -> None:
        ada, bo = person(tx, "Ada", Role.ADMIN), person(tx, "Bo")
        chat = chats.private_with(tx, bo.id)
        assert chat is not None
        team.grant(tx, ada, bo.id, Role.STAFF)
        team.revoke(tx, ada, bo.id, Role.STAFF)
        tx.publish()
        given, taken = texts_of(tx, chat.id)
        assert "You now have the role: staff." in given
        assert "You no longer have the role: staff." in taken
        lists = [row["content"]["commands"] for row in outbox_of(tx, chat.id) if row["action"] == "commands"]
        assert lists[-1] == []

    await database.run(scenario)


async def test_nothing_is_written_to_who_has_not_pressed_start(database: Database, setup: Setup) -> None:
    def scenario(tx: Transaction) -> None:
        ada, bo = person(tx, "Ada", Role.ADMIN), person(tx, "Bo", started=False)
        team.grant(tx, ada, bo.id, Role.LEAD)
        tx.publish()
        assert outbox_of(tx) == []
        # When they do, they read what they can do, and their commands are there.
        says(tx, setup, arriving.start, bo, "/start")
        assert "Your role: lead" in texts_of(tx)[0]
        (commands,) = [row["content"]["commands"] for row in outbox_of(tx) if row["action"] == "commands"]
        assert {"report", "team", "role"} <= {each["command"] for each in commands}

    await database.run(scenario)


async def test_a_new_admin_is_offered_the_staff_group_only_while_there_is_none(database: Database) -> None:
    def scenario(tx: Transaction) -> None:
        ada, bo, cem = person(tx, "Ada", Role.ADMIN), person(tx, "Bo"), person(tx, "Cem")
        team.grant(tx, ada, bo.id, Role.ADMIN)
        tx.publish()
        assert any("No staff group is chosen yet" in text for text in texts_of(tx))
        settings.put(tx, "staff_chat", str(chats.meet(tx, -1, "group", "Staff", False).id))
        before = len(outbox_of(tx))
        team.grant(tx, ada, cem.id, Role.ADMIN)
        tx.publish()
        assert not any("taff group" in str(row["content"].get("markup")) for row in outbox_of(tx)[before:])

    await database.run(scenario)


async def test_open_reports_come_to_a_new_group_some_at_a_time(database: Database, setup: Setup, clock: Clock) -> None:
    count = staff_group_notices.CHUNK * 2 + 10

    def choose(tx: Transaction) -> int:
        rita, ada = person(tx, "Rita"), person(tx, "Ada", Role.ADMIN)
        for number in range(count):
            submitting.submit(tx, setup.community, rita, NewReport([NewPart("text", text=f"Lamp {number}")]))
        tx.publish()
        group = chats.meet(tx, -100, "supergroup", "Staff", True)
        staff_chat.choose(tx, ada, staff_chat.link_code(tx, ada), group)
        tx.publish()
        assert len(cards(tx, group.id)) == staff_group_notices.CHUNK
        return group.id

    group = await database.run(choose)
    scheduler = Scheduler(database, tasks(setup))
    for expected in (staff_group_notices.CHUNK * 2, count, count):
        clock.advance(seconds=2)
        await scheduler.tick()
        assert len(await database.run(cards, group)) == expected
    assert await database.run(lambda tx: tx.query("SELECT * FROM scheduled_tasks WHERE kind = 'staff_cards'")) == []


def said_to(tx: Transaction, chat: int) -> list[str]:
    """What waits to be sent to a group below its cards: words, and files by Telegram's name for them.

    Also what waits until the file of what was taken away has what this update took (a group that was left).
    """
    unsent = ("pending", "waiting")
    rows = [row for row in outbox_of(tx, chat) if row["purpose"] == "talk" and row["state"] in unsent]
    return [str(row["content"].get("file_id") or row["content"]["text"]) for row in rows]


async def test_what_was_said_before_there_was_a_group_comes_with_the_card(
    database: Database, setup: Setup, clock: Clock
) -> None:
    def report(tx: Transaction) -> None:
        rita = person(tx, "Rita")
        number = submitting.submit(tx, setup.community, rita, NewReport([NewPart("photo", file_id="dark.jpg")]))
        saying_more.add(tx, setup.community, rita, number, [NewPart("text", text="Since Monday")])
        tx.publish()

    def add_photo(tx: Transaction) -> None:
        rita = people.by_id(tx, 1)
        saying_more.add(tx, setup.community, rita, 1, [NewPart("photo", text="Look", file_id="darker.jpg")])
        tx.publish()

    def choose(tx: Transaction, telegram_id: int) -> list[str]:
        ada = (people.with_role(tx, Role.ADMIN) or [person(tx, "Ada", Role.ADMIN)])[0]
        group = chats.meet(tx, telegram_id, "supergroup", "Staff", True)
        staff_chat.choose(tx, ada, staff_chat.link_code(tx, ada), group)
        tx.publish()
        return said_to(tx, group.id)

    await database.run(report)
    clock.advance(minutes=1)
    await database.run(add_photo)
    for telegram_id in (-100, -200):
        first, words, look, second = await database.run(choose, telegram_id)
        assert (first, second) == ("dark.jpg", "darker.jpg")
        assert "the resident writes" in words and "Since Monday" in words and "Look" in look


@pytest.mark.parametrize("days", [1, 10])
async def test_what_was_said_while_the_group_was_lost_comes_when_it_is_found(
    database: Database, setup: Setup, clock: Clock, days: int
) -> None:
    def lose(tx: Transaction) -> int:
        group = staff_chat.meet(tx, -100, "supergroup", "Staff", False)
        settings.put(tx, "staff_chat", str(group.id))
        number = submitting.submit(tx, setup.community, person(tx, "Rita"), NewReport([NewPart("text", text="Lamp")]))
        tx.publish()
        card = messages.newest_card(tx, f"report:{number}", "staff")
        assert card is not None
        messages.set_card_message(tx, card["id"], 50)
        tx.execute("UPDATE outbox SET state = 'sent', finished_at = created_at")
        staff_chat.lost(tx, chats.by_id(tx, group.id), "kicked")
        tx.publish()
        return group.id

    def meanwhile(tx: Transaction, group: int) -> None:
        rita = people.by_id(tx, 1)
        saying_more.add(tx, setup.community, rita, 1, [NewPart("text", text="Now it smokes")])
        submitting.submit(tx, setup.community, rita, NewReport([NewPart("photo", file_id="gate.jpg")]))
        saying_more.add(tx, setup.community, rita, 2, [NewPart("text", text="The gate hangs")])
        tx.publish()
        sends.drop_all(tx, group, "kicked")

    def back(tx: Transaction, group: int) -> list[str]:
        sends.forget_finished(tx, timedelta(days=7), 10_000)
        staff_chat.back(tx, chats.by_id(tx, group))
        tx.publish()
        return said_to(tx, group)

    group = await database.run(lose)
    await database.run(meanwhile, group)
    clock.advance(days=days)
    smokes, photo, hangs = await database.run(back, group)
    assert "Now it smokes" in smokes and photo == "gate.jpg" and "The gate hangs" in hangs


def cards(tx: Transaction, chat: int) -> list[dict[str, object]]:
    """The cards of reports waiting to be sent to a chat."""
    return [row for row in outbox_of(tx, chat) if row["action"] == "card" and row["purpose"] == "card"]


async def test_turning_topics_on_makes_the_cards_anew_in_their_topics(database: Database, setup: Setup) -> None:
    def scenario(tx: Transaction) -> None:
        group = staff_chat.meet(tx, -100, "supergroup", "Staff", False)
        settings.put(tx, "staff_chat", str(group.id))
        number = submitting.submit(tx, setup.community, person(tx, "Rita"), NewReport([NewPart("text", text="Lamp")]))
        tx.publish()
        card = messages.newest_card(tx, f"report:{number}", "staff")
        assert card is not None
        tx.execute("UPDATE outbox SET state = 'sent'")
        sent = messages.keep(tx, group.id, 50, incoming=False, purpose="card", card=card["id"])
        messages.set_card_message(tx, card["id"], 50)
        staff_chat.meet(tx, -100, "supergroup", "Staff", True)
        tx.publish()
        rows = [row for row in outbox_of(tx, group.id) if row["state"] == "pending"]
        assert [row["message"] for row in rows if row["action"] == "delete"] == [sent]
        assert [row["topic"] for row in rows if row["action"] == "card"] == [card["topic"]]
        assert not messages.is_sent(tx, card["id"])

    await database.run(scenario)


async def test_other_groups_are_nobodys_business(database: Database) -> None:
    def scenario(tx: Transaction) -> None:
        person(tx, "Ada", Role.ADMIN)
        other = staff_chat.meet(tx, -100, "group", "Neighbours", False)
        staff_chat.learn_rights(tx, other, frozenset())
        staff_chat.lost(tx, other, "kicked")
        staff_chat.back(tx, chats.by_id(tx, other.id))
        staff_chat.moved(tx, -100, -1000)
        staff_chat.meet(tx, -1000, "supergroup", "Neighbours", True)
        tx.publish()
        assert outbox_of(tx) == []

    await database.run(scenario)


async def test_choosing_another_group_tells_the_one_before(database: Database) -> None:
    def scenario(tx: Transaction) -> None:
        ada = person(tx, "Ada", Role.ADMIN)
        first, second = chats.meet(tx, -1, "group", "First", False), chats.meet(tx, -2, "group", "Second", False)
        for group in (first, second):
            staff_chat.choose(tx, ada, staff_chat.link_code(tx, ada), group)
            tx.publish()
        assert "in another group from now on" in texts_of(tx, first.id)[-1]
        assert "come here from now on" in texts_of(tx, second.id)[0]
        assert people.by_id(tx, ada.id).roles == {Role.ADMIN}

    await database.run(scenario)


async def test_one_cause_of_refused_messages_is_told_once_a_day(database: Database, clock: Clock) -> None:
    def refused(tx: Transaction, reason: str) -> int:
        ada = people.with_role(tx, Role.ADMIN)[0] if people.with_role(tx, Role.ADMIN) else person(tx, "Ada", Role.ADMIN)
        chat = chats.private_with(tx, ada.id)
        assert chat is not None
        for number in (1, 2, 3):
            tx.emit(MessageRefused(outbox=number, reason=reason))
        tx.publish()
        return sum("refused a message" in text for text in texts_of(tx, chat.id))

    assert await database.run(refused, "not enough rights") == 1
    assert await database.run(refused, "not enough rights") == 1
    assert await database.run(refused, "another reason") == 2
    clock.advance(days=1)
    assert await database.run(refused, "not enough rights") == 3


async def test_new_commands_reach_those_who_have_roles_once(
    database: Database, setup: Setup, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(commands, "CHUNK", 2)

    def gather(tx: Transaction) -> None:
        for name, language in (("Ada", "en"), ("Bo", "zh_Hans"), ("Cem", "en")):
            person(tx, name, Role.ADMIN, language=language)
        person(tx, "Rita")
        settings.put(tx, commands.VERSION, "of an earlier version")
        commands.renew(tx, setup)

    def lists(tx: Transaction) -> list[str]:
        rows = [row for row in outbox_of(tx) if row["action"] == "commands"]
        return [
            next(each["description"] for each in row["content"]["commands"] if each["command"] == "quarantine")
            for row in rows
        ]

    await database.run(gather)
    assert len(await database.run(lists)) == 2
    clock.advance(seconds=2)
    await Scheduler(database, tasks(setup)).tick()
    english, chinese, last = await database.run(lists)
    assert english == last == "What I could not handle" and chinese != english
    await database.run(commands.renew, setup)
    assert len(await database.run(lists)) == 3
