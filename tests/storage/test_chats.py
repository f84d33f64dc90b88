"""A group that becomes a supergroup keeps our id, its topics, cards and conversations, in whatever order it is told."""

from domain.people.rights import Role
from storage.core import chats, conversations, messages, outbox, settings
from storage.core.chats import Chat
from storage.core.database import Database, Transaction
from storage.core.outbox import Outgoing
from tests.support import person

OLD, NEW = -77, -100077


def lived_in(tx: Transaction, telegram_id: int, kind: str, message_id: int) -> Chat:
    """A group with a topic, a card in it, a message, a waiting row."""
    chat = chats.meet(tx, telegram_id, kind, "Staff", kind == "supergroup")
    topic = chats.topic(tx, chat.id, "general", "New reports")
    chats.set_thread(tx, topic, message_id)
    card = messages.new_card(tx, chat.id, f"report:{message_id}", "staff", topic)
    messages.set_card_message(tx, card, message_id)
    messages.keep(tx, chat.id, message_id, incoming=False, purpose="card", card=card)
    outbox.add(tx, Outgoing(chat=chat.id, action="message", content={"text": "?"}, topic=topic))
    return chat


async def test_nothing_known_of_the_new_one(database: Database) -> None:
    def scenario(tx: Transaction) -> None:
        old = lived_in(tx, OLD, "group", 5)
        settings.put(tx, "staff_chat", str(old.id))
        moved = chats.migrate(tx, OLD, NEW)
        assert moved is not None
        assert (moved.id, moved.telegram_id, moved.kind) == (old.id, NEW, "supergroup")
        assert settings.staff_chat(tx) == old.id
        card = messages.newest_card(tx, "report:5", "staff")
        assert card is not None and card["message_id"] is None
        # Message ids begin anew: the new group's message 5 is another one.
        assert messages.find(tx, old.id, 5) is None
        row = tx.one("SELECT thread_id FROM topics WHERE chat = ?", (old.id,))
        assert row is not None and row["thread_id"] is None

    await database.run(scenario)


async def test_both_have_been_lived_in(database: Database) -> None:
    def scenario(tx: Transaction) -> None:
        old, new = lived_in(tx, OLD, "group", 5), lived_in(tx, NEW, "supergroup", 5)
        chats.topic(tx, new.id, "green", "Green")
        chats.set_rights(tx, new.id, frozenset({"pin_messages"}))
        ada = person(tx, "Ada", Role.ADMIN)
        before = conversations.begin(tx, old.id, ada.id, "report", "words", {})
        after = conversations.begin(tx, new.id, ada.id, "report", "words", {})
        settings.put(tx, "staff_chat", str(new.id))
        moved = chats.migrate(tx, OLD, NEW)
        assert moved is not None and moved.id == old.id and moved.is_forum
        topics = {row["key"]: row["thread_id"] for row in tx.query("SELECT * FROM topics WHERE chat = ?", (old.id,))}
        assert topics == {"general": 5, "green": None}
        (general,) = tx.query("SELECT id FROM topics WHERE key = 'general'")
        assert {row["topic"] for row in tx.query("SELECT topic FROM cards UNION SELECT topic FROM outbox")} == {
            general["id"]
        }
        # What was sent in the new group stays where it is.
        found = messages.find(tx, old.id, 5)
        assert found is not None and found.card is not None and messages.is_sent(tx, found.card)
        opened = conversations.open_one(tx, old.id, ada.id)
        assert opened is not None and opened.id == after.id
        parked = conversations.by_id(tx, before.id)
        assert parked is not None and parked.state == "parked"
        assert settings.staff_chat(tx) == old.id
        assert chats.rights(tx, old.id) == {"pin_messages"}
        assert tx.query("PRAGMA foreign_key_check") == []

    await database.run(scenario)


async def test_it_is_told_in_the_other_order_and_more_than_once(database: Database) -> None:
    def scenario(tx: Transaction) -> None:
        old = lived_in(tx, OLD, "group", 5)
        chats.meet(tx, NEW, "supergroup", "Staff", False)  # "migrate_from" comes from there
        assert chats.migrate(tx, OLD, NEW) is not None
        card = messages.newest_card(tx, "report:5", "staff")
        assert card is not None
        messages.set_card_message(tx, card["id"], 9)  # sent anew
        # "migrate_to" comes from the old group, late: the same chat, and nothing is undone.
        assert chats.meet(tx, OLD, "group", "Staff", False).id == old.id
        assert chats.migrate(tx, OLD, NEW) is None
        assert chats.by_id(tx, old.id).telegram_id == NEW
        assert messages.is_sent(tx, card["id"])
        assert len(tx.query("SELECT id FROM chats WHERE kind <> 'private'")) == 1

    await database.run(scenario)


async def test_a_group_that_could_not_be_reached_can_be_when_it_has_moved(database: Database) -> None:
    def scenario(tx: Transaction) -> None:
        old = chats.meet(tx, OLD, "group", "Staff", False)
        chats.set_unreachable(tx, old.id, "upgraded")
        chats.migrate(tx, OLD, NEW)
        assert chats.by_id(tx, old.id).unreachable is None

    await database.run(scenario)


async def test_a_group_we_never_knew(database: Database) -> None:
    def scenario(tx: Transaction) -> None:
        assert chats.migrate(tx, OLD, NEW) is None
        assert tx.query("SELECT * FROM chats") == []

    await database.run(scenario)
