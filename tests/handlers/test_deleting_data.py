"""/forget, as its buttons see it: what is said before, who may, and what old buttons and second taps come to."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any

import pytest

from domain.calendar.recurrence import weekly
from domain.people.rights import Role
from domain.pledges.pledges import Kind, Plan
from handlers.kit.update_context import Setup
from handlers.personal_data import deleting, for_somebody, from_card
from handlers.reports.staff import triage
from services.pledges import pledges
from services.pledges.pledges import Promise
from services.repairs.repairs import Other
from services.reports import joining
from storage.core import chats, settings
from storage.core.database import Transaction
from storage.people import people
from storage.people.people import Person
from tests.services.personal_data.forgotten import steps
from tests.services.repairing import ask
from tests.services.reporting import known, submitted, words
from tests.support import in_transaction, outbox_of, person, presses, says, texts_of


def buttons(tx: Transaction, chat: int | None = None) -> Iterator[str]:
    """What all buttons on screens carry, the newest message's first."""
    for row in reversed(outbox_of(tx, chat)):
        keyboard: Any = row["content"].get("markup") or {}
        for line in keyboard.get("inline_keyboard", ()):
            yield from (each["callback_data"] for each in line if "callback_data" in each)


def button(tx: Transaction, *parts: str) -> str:
    return next(each for each in buttons(tx) if all(part in each for part in parts))


def forgotten(tx: Transaction, who: Person) -> bool:
    return people.by_id(tx, who.id).forgotten


@in_transaction
def test_the_second_yes_stands_where_nothing_stood(tx: Transaction, setup: Setup, notices: None) -> None:
    mei = person(tx, "Mei")
    says(tx, setup, deleting.command, mei, "/forget")
    first = list(buttons(tx))
    presses(tx, setup, deleting.press, mei, button(tx, "gone:sure"))
    second = list(buttons(tx))[: -len(first)]
    yes = next(each for each in second if "yes" in each)
    assert second.index(yes) >= len(first), "a second tap at the same place keeps everything"
    presses(tx, setup, deleting.press, mei, yes)
    assert forgotten(tx, mei)


@in_transaction
def test_nothing_is_deleted_without_the_second_yes(tx: Transaction, setup: Setup, notices: None) -> None:
    mei = person(tx, "Mei")
    says(tx, setup, deleting.command, mei, "/forget")
    presses(tx, setup, deleting.press, mei, button(tx, "gone:sure"))
    presses(tx, setup, deleting.press, mei, button(tx, "gone:no"))
    assert not forgotten(tx, mei)


@in_transaction
def test_a_tap_after_the_last_makes_nobody_known_anew(tx: Transaction, setup: Setup, notices: None) -> None:
    mei = person(tx, "Mei")
    says(tx, setup, deleting.command, mei, "/forget")
    presses(tx, setup, deleting.press, mei, button(tx, "gone:sure"))
    yes = button(tx, "gone:yes")
    count = tx.number("SELECT count(*) FROM people")
    presses(tx, setup, deleting.press, mei, yes)
    presses(tx, setup, deleting.press, mei, yes)
    assert tx.number("SELECT count(*) FROM people") == count and tx.number("SELECT count(*) FROM forgetting") == 1
    says(tx, setup, deleting.command, mei, "/forget")
    assert mei.telegram_id is not None
    new = people.by_telegram_id(tx, mei.telegram_id)
    assert new is not None and new.id != mei.id
    tx.now += timedelta(minutes=1)
    presses(tx, setup, deleting.press, mei, yes)
    assert not forgotten(tx, new), "an old button is about who they were"


@in_transaction
def test_a_button_counts_for_an_hour_and_for_who_was_asked(tx: Transaction, setup: Setup, notices: None) -> None:
    mei, bo = person(tx, "Mei"), person(tx, "Bo")
    says(tx, setup, deleting.command, mei, "/forget")
    presses(tx, setup, deleting.press, mei, button(tx, "gone:sure"))
    yes = button(tx, "gone:yes")
    tx.now += timedelta(minutes=1)
    presses(tx, setup, deleting.press, bo, yes)
    tx.now += 2 * deleting.COUNTS
    presses(tx, setup, deleting.press, mei, yes)
    assert not forgotten(tx, mei) and not forgotten(tx, bo)


@in_transaction
def test_the_last_admin_reads_whom_to_ask_for(tx: Transaction, setup: Setup, notices: None) -> None:
    lin = person(tx, "Lin", Role.ADMIN)
    says(tx, setup, deleting.command, lin, "/forget")
    answers = presses(tx, setup, deleting.press, lin, button(tx, "gone:sure")).answers
    assert answers[0].text is not None and "admin" in answers[0].text
    assert not any("yes" in each for each in buttons(tx))


@pytest.mark.parametrize("language", ["en", "zh_Hans"])
@in_transaction
def test_what_is_open_is_named_before(tx: Transaction, setup: Setup, notices: None, language: str) -> None:
    mei, bo = person(tx, "Mei", language=language), person(tx, "Bo")
    submitted(tx, setup.community, mei)
    danger = submitted(tx, setup.community, mei, "It smells of gas", danger="gas")
    joining.join(tx, mei, submitted(tx, setup.community, bo, "The lift"), words("Mine, too"))
    says(tx, setup, deleting.command, mei, "/forget")
    text = texts_of(tx)[-1]
    assert (f"no. {danger} " in text and "2 open reports" in text) or (f"第{danger}号" in text and "2件" in text)


@in_transaction
def test_an_admin_does_it_from_a_card_with_two_yeses(tx: Transaction, setup: Setup, notices: None) -> None:
    group = chats.meet(tx, -1001, "supergroup", "Staff", True)
    settings.put(tx, "staff_chat", str(group.id))
    at = {"id": -1001, "type": "supergroup", "title": "Staff", "is_forum": True}
    mei, wei, lin = person(tx, "Mei"), person(tx, "Wei", Role.STAFF), person(tx, "Lin", Role.ADMIN)
    number = submitted(tx, setup.community, mei)
    version = known(tx, number).version
    for who in (wei, lin):
        presses(tx, setup, triage.press, who, f"v:{number}:forget:{version}", at)
    assert sum("forgetsure" in each for each in buttons(tx, group.id)) == 1, "staff who are no admins may not"
    presses(tx, setup, triage.press, lin, button(tx, "forgetsure"), at)
    assert not forgotten(tx, mei)
    yes = button(tx, "forgetyes")
    presses(tx, setup, triage.press, wei, yes, at)
    assert not forgotten(tx, mei)
    presses(tx, setup, triage.press, lin, yes, at)
    steps(tx, setup.community)
    again = presses(tx, setup, triage.press, lin, yes, at)
    assert forgotten(tx, mei) and again.answers[0].alert and from_card.WORK.actions
    assert "Mei" not in "".join(texts_of(tx, group.id))


@in_transaction
def test_admins_read_that_somebody_left_and_no_name(tx: Transaction, setup: Setup, notices: None) -> None:
    lin, wei = person(tx, "Lin", Role.ADMIN), person(tx, "Wei Canary", Role.STAFF)
    says(tx, setup, deleting.command, wei, "/forget")
    presses(tx, setup, deleting.press, wei, button(tx, "gone:sure"))
    presses(tx, setup, deleting.press, wei, button(tx, "gone:yes"))
    chat = chats.private_with(tx, lin.id)
    assert chat is not None
    (told,) = texts_of(tx, chat.id)
    assert "staff" in told and "Canary" not in told


@pytest.mark.parametrize("words", ["/forget repair 1", "/forget 报修1", "/forget promise 1", "/forget 承诺 1"])
@in_transaction
def test_an_admin_names_somebody_by_what_is_theirs(tx: Transaction, setup: Setup, notices: None, words: str) -> None:
    """Without Telegram nobody can send /forget; a repair or a promise of theirs says who is meant."""
    wei, lin, mei = person(tx, "Wei", Role.STAFF), person(tx, "Lin", Role.ADMIN), person(tx, "Mei")
    hui = person(tx, "Hui", Role.REPRESENTATIVE)
    ask(tx, mei, other=Other("Old Chen", "13800000000"))
    plan = Plan(Kind.RECURRING, datetime(2026, 3, 2, 19), weekly(frozenset({5})), 60)
    pledges.record(tx, setup.community, wei, "Old Chen", hui.id, Promise("I sweep", plan))
    says(tx, setup, deleting.command, wei, words)
    assert list(buttons(tx)) == [] or not any("theirs" in each for each in buttons(tx)), "staff who are no admins"
    says(tx, setup, deleting.command, lin, words)
    presses(tx, setup, for_somebody.press, lin, button(tx, "theirs:sure"))
    yes = button(tx, "theirs:yes")
    presses(tx, setup, for_somebody.press, lin, yes)
    presses(tx, setup, for_somebody.press, lin, yes)
    gone = tx.query("SELECT name FROM people WHERE forgotten_at IS NOT NULL")
    assert len(gone) == 1 and tx.number("SELECT count(*) FROM people WHERE name = 'Old Chen'") == 1
    steps(tx, setup.community)


@in_transaction
def test_what_is_nobodys_is_said(tx: Transaction, setup: Setup, notices: None) -> None:
    lin = person(tx, "Lin", Role.ADMIN)
    says(tx, setup, deleting.command, lin, "/forget somebody")
    assert "/forget report 12" in texts_of(tx)[-1]
    before = len(list(buttons(tx)))
    says(tx, setup, deleting.command, lin, "/forget report 12")
    assert len(list(buttons(tx))) == before
