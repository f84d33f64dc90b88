"""Words to many go out: each person once, in chunks, in reply to their own card, not in their quiet hours."""

from datetime import UTC, datetime, timedelta

import pytest

from domain.broadcasts.broadcasts import RecipientState, State
from domain.calendar.quiet import QuietHours
from domain.community import Community
from domain.core.subjects import subject
from domain.events import BroadcastDone, BroadcastStarted
from services.broadcasts import broadcasting, copies, running
from services.people import preferences, quiet
from storage.broadcasts import recipients
from storage.broadcasts.recipients import Counts
from storage.core import chats, messages, scheduled_tasks, sends
from storage.core.database import Transaction
from storage.core.messages import CardRole
from storage.core.outbox import RowState
from storage.people.preferences import MUTED
from tests.services.broadcasts.saying import (
    ABOUT,
    all_sent,
    chat_of,
    may_steer,
    neighbours,
    pending,
    started,
    step,
    taken,
    to,
)
from tests.support import in_transaction, last_events, outbox_of, person

NIGHT = datetime(2026, 3, 2, 15, 0, tzinfo=UTC)  # eleven at night in Shanghai


@in_transaction
def test_everybody_gets_it_once_and_then_it_is_done(tx: Transaction, community: Community) -> None:
    people = neighbours(tx, 3)
    number, wei = started(tx)
    last_events(tx, BroadcastStarted(actor=wei.id, broadcast=number, about=ABOUT))
    assert all_sent(tx, community, number, to(people)) == [3]
    last_events(tx, BroadcastDone(broadcast=number))
    assert broadcasting.counts(tx, number) == Counts(sent=3, total=3)
    assert broadcasting.get(tx, number).state is State.DONE
    assert sorted(row["chat"] for row in outbox_of(tx)) == sorted(chat_of(tx, each) for each in people)
    assert {(row["subject"], row["purpose"], row["lane"]) for row in outbox_of(tx)} == {
        (ABOUT, f"broadcast:{number}", 2)
    }
    planned = scheduled_tasks.planned(tx, f"broadcast:{number}")
    assert planned is not None and planned <= tx.now, "what is due still ends with the task that runs"


@in_transaction
def test_of_many_only_some_wait_in_the_outbox(tx: Transaction, community: Community) -> None:
    people = neighbours(tx, running.LISTED + 30)
    number, _ = started(tx)
    step(tx, community, number, to(people))
    assert len(pending(tx)) == running.CHUNK
    step(tx, community, number, to(people))
    assert len(pending(tx)) == running.CHUNK and broadcasting.counts(tx, number).total == len(people)
    taken(tx, pending(tx)[:1])
    step(tx, community, number, to(people))
    assert len(pending(tx)) == 2 * running.CHUNK - 1
    assert sum(all_sent(tx, community, number, to(people))) == len(people) - 1
    assert broadcasting.counts(tx, number) == Counts(sent=len(people), total=len(people))


@in_transaction
def test_who_is_named_twice_gets_it_once(tx: Transaction, community: Community) -> None:
    (mei,) = neighbours(tx, 1)
    number, _ = started(tx)
    all_sent(tx, community, number, to([mei]))
    broadcasting.send_also(tx, number, [recipients.Recipient(mei.id)])
    assert all_sent(tx, community, number, to([mei])) == []


@in_transaction
def test_who_joins_later_gets_it_too(tx: Transaction, community: Community) -> None:
    mei, lao = neighbours(tx, 2)
    number, _ = started(tx)
    all_sent(tx, community, number, to([mei]))
    assert broadcasting.newest_sent(tx, ABOUT) == broadcasting.get(tx, number)
    broadcasting.send_also(tx, number, [recipients.Recipient(lao.id)])
    assert scheduled_tasks.planned(tx, f"broadcast:{number}") == tx.now
    assert all_sent(tx, community, number, to([mei])) == [1]
    assert broadcasting.counts(tx, number) == Counts(sent=2, total=2)


@in_transaction
def test_it_replies_to_the_card_of_what_it_is_about(tx: Transaction, community: Community) -> None:
    mei, lao = neighbours(tx, 2)
    theirs = subject("report", 12)
    messages.new_card(tx, chat_of(tx, mei), theirs, CardRole.STATUS)
    newest = messages.new_card(tx, chat_of(tx, mei), theirs, CardRole.STATUS)
    number, _ = started(tx)
    step(tx, community, number, to([mei, lao], {mei.id: theirs}))
    found = {row["chat"]: row for row in pending(tx)}
    assert found[chat_of(tx, mei)]["reply_to_card"] == newest and found[chat_of(tx, mei)]["subject"] == theirs
    assert found[chat_of(tx, lao)]["reply_to_card"] is None and found[chat_of(tx, lao)]["subject"] == ABOUT


@in_transaction
def test_who_cannot_be_reached_is_counted(tx: Transaction, community: Community) -> None:
    mei, lao = neighbours(tx, 2)
    stranger = person(tx, "Stranger", started=False)
    chats.set_unreachable(tx, chat_of(tx, lao), "blocked")
    number, _ = started(tx)
    assert all_sent(tx, community, number, to([mei, lao, stranger])) == [1]
    assert broadcasting.counts(tx, number) == Counts(sent=1, unreachable=2, total=3)


@in_transaction
def test_who_blocks_the_bot_meanwhile_and_what_telegram_refuses(tx: Transaction, community: Community) -> None:
    mei, lao, bo = neighbours(tx, 3)
    number, _ = started(tx)
    step(tx, community, number, to([mei, lao, bo]))
    rows = {row["chat"]: row for row in pending(tx)}
    chats.set_unreachable(tx, chat_of(tx, lao), "blocked")
    sends.drop_all(tx, chat_of(tx, lao), "blocked")
    sends.finish(tx, rows[chat_of(tx, bo)]["id"], RowState.FAILED, "refused")
    taken(tx)
    step(tx, community, number, to([mei, lao, bo]))
    assert broadcasting.counts(tx, number) == Counts(sent=1, unreachable=1, failed=1, total=3)
    assert broadcasting.get(tx, number).state is State.DONE


@in_transaction
def test_what_gave_way_to_newer_words_is_not_lost(tx: Transaction, community: Community) -> None:
    (mei,) = neighbours(tx, 1)
    number, wei = started(tx)
    step(tx, community, number, to([mei]))
    (row,) = pending(tx)
    sends.claim(tx, [row["id"]])
    broadcasting.correct(tx, wei, number, None, "Water off, 9 to 12", may_steer)
    copies.correct_next(tx, number, {"after": 0, "languages": [None]})
    sends.release(tx, row["id"], "no network", count_try=False)
    step(tx, community, number, to([mei]))
    assert broadcasting.counts(tx, number).waiting == 1
    assert taken(tx) == 1
    step(tx, community, number, to([mei]))
    assert broadcasting.counts(tx, number) == Counts(sent=1, total=1)


@in_transaction
def test_nobody_gets_it_in_their_quiet_hours(tx: Transaction, community: Community) -> None:
    mei, lao = neighbours(tx, 2)
    quiet.choose(tx, lao, QuietHours(0, 0))
    tx.now = NIGHT
    number, _ = started(tx)
    assert all_sent(tx, community, number, to([mei, lao])) == [1]
    assert broadcasting.counts(tx, number) == Counts(sent=1, later=1, total=2)
    assert broadcasting.get(tx, number).state is State.SENDING
    morning = community.care.quiet.over(tx.now, community.zone)
    assert scheduled_tasks.planned(tx, f"broadcast:{number}") == morning
    tx.now = morning
    assert all_sent(tx, community, number, to([mei, lao])) == [1]
    assert broadcasting.counts(tx, number) == Counts(sent=2, total=2)


@in_transaction
def test_who_has_muted_the_kind_does_not_get_it(tx: Transaction, community: Community) -> None:
    mei, lao = neighbours(tx, 2)
    preferences.choose(tx, mei, MUTED, "news,event")
    for kind, urgent, count in (("event", False, 1), ("survey", False, 2), (None, False, 2), ("event", True, 2)):
        number, _ = started(tx, kind=kind, urgent=urgent)
        assert all_sent(tx, community, number, to([mei, lao])) == [count]
        assert broadcasting.counts(tx, number) == Counts(sent=count, total=count)


@in_transaction
def test_an_urgent_one_passes_quiet_hours_and_all_others(tx: Transaction, community: Community) -> None:
    tx.now = NIGHT
    people = neighbours(tx, 2)
    usual, _ = started(tx)
    gas, _ = started(tx, "Gas!", urgent=True)
    for each in people:
        quiet.choose(tx, each, QuietHours(0, 0))
    step(tx, community, usual, to(people))
    assert pending(tx) == []
    quiet.choose(tx, people[0], None)
    step(tx, community, gas, to(people))
    assert [row["purpose"] for row in pending(tx)] == [f"broadcast:{gas}"] * 2
    all_sent(tx, community, gas, to(people))
    step(tx, community, usual, to(people))
    assert [row["purpose"] for row in pending(tx)] == [f"broadcast:{usual}"]


@pytest.mark.parametrize("state", list(RecipientState))
@in_transaction
def test_each_state_of_a_recipient_is_counted_or_left_out(
    tx: Transaction, community: Community, state: RecipientState
) -> None:
    (mei,) = neighbours(tx, 1)
    number, _ = started(tx)
    step(tx, community, number, to([mei]))
    recipients.set_state(tx, number, state, [mei.id])
    found = broadcasting.counts(tx, number)
    assert found.total == (state is not RecipientState.MUTED)
    assert found.total == found.sent + found.unreachable + found.failed + found.waiting + found.later + found.withdrawn
    assert recipients.of_person(tx, number, mei.id) is state
    tx.now += timedelta(days=1)


@in_transaction
def test_an_urgent_one_that_cannot_be_sent_holds_up_the_others_for_an_hour(
    tx: Transaction, community: Community
) -> None:
    people = neighbours(tx, 1)
    started(tx, "Gas!", urgent=True)
    usual, _ = started(tx)
    step(tx, community, usual, to(people))
    assert pending(tx) == []
    tx.now += running.URGENT_FIRST
    step(tx, community, usual, to(people))
    assert len(pending(tx)) == 1


@in_transaction
def test_where_most_cannot_get_it_now_enough_others_are_found(tx: Transaction, community: Community) -> None:
    strangers = neighbours(tx, running.CHUNK, started=False)
    people = neighbours(tx, 20)
    number, _ = started(tx)
    step(tx, community, number, to([*strangers, *people]))
    assert len(pending(tx)) == 20 and broadcasting.counts(tx, number).unreachable == running.CHUNK
