"""The mailer: to whom a message goes, in which language, and what becomes a row of the outbox."""

import ast
from dataclasses import dataclass
from pathlib import Path

import pytest

from domain.core.parts import PartKind
from domain.people.rights import Role
from handlers.kit import mailer
from handlers.kit.keyboards import Button, column
from handlers.kit.mailer import Words
from handlers.kit.texts import Html, Speaker
from handlers.kit.update_context import Setup
from storage.core import chats, messages, settings
from storage.core.database import Database, Transaction
from storage.core.messages import CardRole, Purpose
from storage.core.outbox import FILES, Lane
from tests.support import ROOT, outbox_of, person


@dataclass(frozen=True)
class Said:
    """A part of something that was said."""

    kind: str
    file_id: str | None = None
    album: str | None = None


def hello(say: Speaker) -> Html:
    return say("You can write to us again.")


def chat_of(tx: Transaction, number: int) -> int:
    chat = chats.private_with(tx, number)
    assert chat is not None
    return chat.id


def group(tx: Transaction) -> int:
    chat = chats.meet(tx, -1001, "supergroup", "Staff", True)
    settings.put(tx, settings.SettingKey.STAFF_CHAT, str(chat.id))
    return chat.id


async def test_each_reads_their_own_language_and_the_group_the_first(database: Database, setup: Setup) -> None:
    def scenario(tx: Transaction) -> None:
        staff = group(tx)
        ada, mei = person(tx, "Ada", Role.ADMIN, language="en"), person(tx, "Mei", Role.ADMIN, language="zh_Hans")
        mailer.to_admins(tx, setup, hello)
        mailer.to_staff(tx, setup, hello)
        assert {row["chat"]: row["content"]["text"] for row in outbox_of(tx)} == {
            chat_of(tx, ada.id): hello(setup.speaker("en")),
            chat_of(tx, mei.id): hello(setup.speaker("zh_Hans")),
            staff: hello(setup.group_speaker),
        }
        assert mailer.speaker_in(tx, setup, chat_of(tx, mei.id)).language == "zh_Hans"
        assert mailer.speaker_in(tx, setup, staff).language == setup.group_speaker.language

    await database.run(scenario)


async def test_nothing_is_written_where_nobody_can_read_it(database: Database, setup: Setup) -> None:
    def scenario(tx: Transaction) -> None:
        never, blocked = person(tx, "Never", started=False), person(tx, "Blocked")
        chats.set_unreachable(tx, chat_of(tx, blocked.id), "blocked")
        assert mailer.to_person(tx, setup, never.id, hello) is None
        assert mailer.to_staff(tx, setup, hello) is None, "there is no group"
        assert mailer.to_person(tx, setup, blocked.id, hello, in_reach=True) is None
        assert outbox_of(tx) == []
        assert mailer.to_person(tx, setup, blocked.id, hello) is not None, "it comes when they are back"

    await database.run(scenario)


async def test_how_it_is_said_stands_in_the_row_and_nothing_else(database: Database, setup: Setup) -> None:
    def with_button(say: Speaker) -> Words:
        return hello(say), column(Button("Yes", "x:1"))

    def scenario(tx: Transaction) -> None:
        ada = person(tx, "Ada")
        mailer.to_person(tx, setup, ada.id, hello)
        how: mailer.How = {"lane": Lane.URGENT, "subject": "report:1", "purpose": Purpose.ALARM, "once": "one"}
        first = mailer.to_person(tx, setup, ada.id, with_button, silent=False, protected=True, kept={"from": 1}, **how)
        assert first is not None and mailer.to_person(tx, setup, ada.id, hello, **how) is None, "once"
        plain, told = outbox_of(tx)
        text = hello(setup.speaker("en"))
        assert (plain["content"], plain["lane"], plain["purpose"]) == ({"text": text}, Lane.NOTICE, Purpose.NOTICE)
        assert told["content"] == {
            "from": 1, "text": text, "markup": column(Button("Yes", "x:1")), "silent": False, "protected": True,
        }  # fmt: skip
        assert (told["lane"], told["subject"], told["purpose"]) == (Lane.URGENT, "report:1", Purpose.ALARM)

    await database.run(scenario)


async def test_to_all_admins_it_goes_once_each(database: Database, setup: Setup) -> None:
    def scenario(tx: Transaction) -> None:
        admins = [person(tx, name, Role.ADMIN) for name in ("Ada", "Bo")]
        for _ in range(2):
            mailer.to_admins(tx, setup, hello, once="today")
        assert [row["chat"] for row in outbox_of(tx)] == [chat_of(tx, each.id) for each in admins]

    await database.run(scenario)


async def test_below_a_card_is_in_its_topic_and_in_reply_to_it(database: Database) -> None:
    def scenario(tx: Transaction) -> None:
        staff = group(tx)
        topic = chats.topic(tx, staff, "general", "New reports")
        card = messages.new_card(tx, staff, "report:1", CardRole.STAFF, topic)
        found = messages.newest_card(tx, "report:1", CardRole.STAFF)
        mailer.send(tx, staff, Html("said"), **mailer.below(found, "report:1"))
        mailer.send(tx, staff, Html("said"), **mailer.below(None, "report:2", Purpose.RING))
        under, beside = outbox_of(tx)
        assert (under["topic"], under["reply_to_card"], under["purpose"]) == (topic, card, Purpose.TALK)
        assert (beside["topic"], beside["reply_to_card"], beside["purpose"]) == (None, None, Purpose.RING)

    await database.run(scenario)


@pytest.mark.parametrize("kind", [kind for kind in PartKind if kind is not PartKind.TEXT])
async def test_every_kind_of_part_that_is_a_file_can_be_sent_on(database: Database, kind: PartKind) -> None:
    def scenario(tx: Transaction) -> None:
        staff = group(tx)
        mailer.send_files(tx, staff, [Said(PartKind.TEXT), Said(kind, "f")], silent=True)
        (row,) = outbox_of(tx)
        assert (row["action"], row["content"], row["lane"]) == (kind, {"file_id": "f", "silent": True}, Lane.NOTICE)

    await database.run(scenario)


def test_what_is_a_file_is_said_once() -> None:
    assert {str(each) for each in FILES} == {str(kind) for kind in PartKind if kind is not PartKind.TEXT}


def test_the_mailer_alone_writes_rows_of_the_outbox() -> None:
    """One way to write to somebody: no handler makes a row by itself."""

    def makes_rows(path: Path) -> bool:
        tree = ast.parse(path.read_text(encoding="utf-8"))
        return any(
            (isinstance(node, ast.ImportFrom) and any(each.name == "Outgoing" for each in node.names))
            or (isinstance(node, ast.Attribute) and ast.unparse(node) in ("outbox.add", "outbox.add_to_many"))
            for node in ast.walk(tree)
        )

    found = [path.relative_to(ROOT).as_posix() for path in (ROOT / "handlers").rglob("*.py") if makes_rows(path)]
    assert found == ["handlers/kit/mailer.py"]
