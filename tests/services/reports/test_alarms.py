"""How far a report came on its way to the staff group: what is waited for, what is said, and when it is over."""

from datetime import timedelta
from typing import Any

import pytest

from domain.community import Community
from domain.events import GroupLost, ReportReachedStaff, ReportUnheard
from domain.people.rights import Role
from domain.reports.reports import State
from services.reports import alarms, dangers, saying_more, submitting
from services.reports.submitting import NewReport
from storage.core import chats, outbox, scheduled_tasks, settings
from storage.core.database import Transaction
from storage.core.instants import to_text
from storage.core.messages import Purpose
from storage.core.outbox import Action, Outgoing
from storage.people.people import Person
from tests.services.reporting import known, stands, submitted, words
from tests.support import MONDAY, happened, in_transaction, last_events, person

SECOND = timedelta(seconds=1)


def group(tx: Transaction) -> int:
    chat = chats.meet(tx, -1001, "supergroup", "Staff", True)
    settings.put(tx, "staff_chat", str(chat.id))
    return chat.id


def danger(tx: Transaction, community: Community) -> tuple[int, Person]:
    mei = person(tx, "Mei")
    return submitted(tx, community, mei, "fire", danger="fire"), mei


def planned(tx: Transaction, kind: str, number: int) -> object:
    return scheduled_tasks.planned(tx, f"{kind}:report:{number}")


def arrives(tx: Transaction, chat: int, number: int, **more: Any) -> int:
    """Telegram takes a message about that report in that chat; its row."""
    given = {"subject": f"report:{number}", "purpose": Purpose.CARD, **more}
    row = outbox.add(tx, Outgoing(chat, Action.MESSAGE, {"text": "x"}, **given))
    assert row is not None
    found = outbox.by_id(tx, row)
    assert found is not None
    alarms.arrived(tx, found)
    return row


@in_transaction
def test_danger_is_waited_for_twenty_seconds_and_not_at_all_without_a_group(
    tx: Transaction, community: Community
) -> None:
    alone, mei = danger(tx, community)
    assert alarms.of(tx, alone) == alarms.Alarm(to_text(MONDAY), mei.id) and planned(tx, "alarm", alone) == MONDAY
    group(tx)
    number, _ = danger(tx, community)
    assert planned(tx, "alarm", number) == MONDAY + alarms.PRIVATE_AFTER
    written_down = submitting.submit(
        tx,
        community,
        person(tx, "Old Chen", started=False),
        NewReport(words("fire"), danger="fire"),
        recorded_by=mei.id,
    )
    alarm = alarms.of(tx, written_down)
    assert alarm is not None and alarm.person is None, "who wrote it down reads it like everybody else"


@in_transaction
def test_without_danger_only_a_group_out_of_reach_is_waited_for(tx: Transaction, community: Community) -> None:
    number = submitted(tx, community, person(tx, "Mei"))
    assert alarms.is_unread(tx, number) and planned(tx, "unread", number) == MONDAY + alarms.LOOK_AGAIN
    group(tx)
    other = submitted(tx, community, person(tx, "Bo"))
    assert not alarms.is_unread(tx, other) and alarms.of(tx, other) is None
    tx.now += timedelta(minutes=5)
    alarms.still_unread(tx, f"report:{number}")
    assert planned(tx, "unread", number) == tx.now + alarms.LOOK_AGAIN
    stands(tx, number, State.CONFIRMED)
    scheduled_tasks.cancel(tx, f"report:{number}", "unread")
    for about in (f"report:{number}", "report:999", "repair:1"):
        alarms.still_unread(tx, about)
    assert planned(tx, "unread", number) is None


@in_transaction
def test_after_twenty_seconds_leads_are_told_and_after_a_minute_who_is_in_danger(
    tx: Transaction, community: Community
) -> None:
    group(tx)
    person(tx, "Ada", Role.ADMIN)
    number, mei = danger(tx, community)
    tx.now += alarms.PRIVATE_AFTER
    assert alarms.run_due(tx, f"report:{number}") == known(tx, number)
    last_events(tx, ReportUnheard(report=number, person=mei.id, given_up=False))
    assert planned(tx, "alarm", number) == MONDAY + alarms.GIVE_UP_AFTER
    tx.now = MONDAY + alarms.GIVE_UP_AFTER
    alarms.run_due(tx, f"report:{number}")
    last_events(tx, ReportUnheard(report=number, person=mei.id, given_up=True))
    assert planned(tx, "alarm", number) == tx.now + alarms.AGAIN
    count = len(happened(tx))
    tx.now += alarms.AGAIN
    assert alarms.run_due(tx, f"report:{number}") is not None and len(happened(tx)) == count, "looked at, and said once"
    stands(tx, number, State.CONFIRMED)
    for about in (f"report:{number}", "report:999", "repair:1"):
        assert alarms.run_due(tx, about) is None
    assert len(happened(tx)) == count


@in_transaction
def test_with_neither_group_nor_lead_nothing_is_waited_for(tx: Transaction, community: Community) -> None:
    number, mei = danger(tx, community)
    alarms.run_due(tx, f"report:{number}")
    last_events(tx, ReportUnheard(report=number, person=mei.id, given_up=True))


@in_transaction
def test_whoever_raised_it_is_no_lead_to_be_told_of_it(tx: Transaction) -> None:
    ada, lee = person(tx, "Ada", Role.ADMIN), person(tx, "Lee", Role.LEAD)
    both = person(tx, "Bo", Role.LEAD, Role.ADMIN)
    gone, _ = person(tx, "Gone", Role.LEAD), person(tx, "New", Role.ADMIN, started=False)
    chat = chats.private_with(tx, gone.id)
    assert chat is not None
    chats.set_unreachable(tx, chat.id, "blocked")
    assert {each.id for each, _ in alarms.in_private(tx, ada.id)} == {lee.id, both.id}
    assert {each.id for each, _ in alarms.in_private(tx, None)} == {ada.id, lee.id, both.id}


# -- it has arrived


@in_transaction
def test_the_card_in_the_staff_group_ends_it(tx: Transaction, community: Community) -> None:
    chat, other = group(tx), chats.meet(tx, -1002, "supergroup", "Another", True).id
    number, _ = danger(tx, community)
    arrives(tx, other, number)
    arrives(tx, chat, number, purpose=Purpose.TALK)
    arrives(tx, chat, number, purpose=Purpose.NOTICE)
    arrives(tx, chat, number, subject=None)
    assert alarms.of(tx, number) is not None
    arrives(tx, chat, number)
    last_events(tx, ReportReachedStaff(report=number))
    assert alarms.of(tx, number) is None
    count = len(happened(tx))
    arrives(tx, chat, number)
    assert len(happened(tx)) == count


@in_transaction
def test_words_below_the_card_end_it_when_it_is_they_that_bring_it(tx: Transaction, community: Community) -> None:
    chat = group(tx)
    number, _ = danger(tx, community)
    before = outbox.add(tx, Outgoing(chat, Action.MESSAGE, {"text": "x"}))
    row = outbox.add(tx, Outgoing(chat, Action.MESSAGE, {"text": "x"}))
    alarms.comes_with(tx, f"report:{number}", row)
    alarm = alarms.of(tx, number)
    assert alarm is not None and alarm.row == row and before is not None
    arrives(tx, chat, number)
    assert alarms.of(tx, number) is not None, "the card was there already"
    arrives(tx, chat, number, purpose=Purpose.TALK)
    assert alarms.of(tx, number) is None
    alarms.comes_with(tx, f"report:{number}", row)
    alarms.comes_with(tx, "repair:1", row)
    assert alarms.of(tx, number) is None


@in_transaction
def test_what_waited_for_a_group_has_arrived_with_its_card(tx: Transaction, community: Community) -> None:
    number = submitted(tx, community, person(tx, "Mei"))
    chat = group(tx)
    arrives(tx, chat, number)
    last_events(tx, ReportReachedStaff(report=number))
    assert not alarms.is_unread(tx, number)


@pytest.mark.parametrize("given_up", [True, False])
@in_transaction
def test_a_lead_who_has_it_is_told_to_who_thought_nobody_had(
    tx: Transaction, community: Community, given_up: bool
) -> None:
    ada = person(tx, "Ada", Role.ADMIN)
    group(tx)
    number, _ = danger(tx, community)
    if given_up:
        tx.now += alarms.GIVE_UP_AFTER
        alarms.run_due(tx, f"report:{number}")
    tx.now += SECOND
    chat = chats.private_with(tx, ada.id)
    assert chat is not None
    arrives(tx, chat.id, number, purpose=Purpose.ALARM)
    assert (planned(tx, "alarm", number) == tx.now) is given_up


# -- more is said; the group is lost


@in_transaction
def test_more_words_of_danger_begin_it_anew_unless_they_go_onto_a_card_that_has_rung(
    tx: Transaction, community: Community
) -> None:
    chat = group(tx)
    number, mei = danger(tx, community)
    arrives(tx, chat, number)
    saying_more.add(tx, community, mei, number, words("It burns"), "fire")
    assert dangers.standing(tx, mei.id) is not None and alarms.of(tx, number) is None
    chats.set_refuses(tx, chat, "no")
    saying_more.add(tx, community, mei, number, words("It burns!"), "fire")
    assert alarms.of(tx, number) == alarms.Alarm(to_text(MONDAY), mei.id), "the group is out of reach"


@in_transaction
def test_when_the_group_is_lost_those_read_so_whose_report_never_came_there(
    tx: Transaction, community: Community
) -> None:
    chat = group(tx)
    number, (dangerous, _) = submitted(tx, community, person(tx, "Mei")), danger(tx, community)
    other = chats.meet(tx, -1002, "supergroup", "Another", True).id
    count = len(happened(tx))
    alarms.out_of_reach(tx, community, GroupLost(chat=other, reason="kicked"))
    assert len(happened(tx)) == count
    for _ in range(2):
        alarms.out_of_reach(tx, community, GroupLost(chat=chat, reason="kicked"))
    last_events(tx, ReportUnheard(report=number, person=None, given_up=False))
    assert len(happened(tx)) == count + 1 and alarms.is_unread(tx, number) and not alarms.is_unread(tx, dangerous)
