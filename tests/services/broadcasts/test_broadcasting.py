"""Who may say something to many, and what may be done with it when: stop, go on, correct, withdraw."""

from typing import Any

import pytest

from domain.broadcasts.broadcasts import State
from domain.community import Community
from domain.core.parts import PartKind
from domain.core.state_machine import WrongState
from domain.events import (
    BroadcastCorrected,
    BroadcastInterrupted,
    BroadcastStarted,
    BroadcastStopped,
    BroadcastWentOn,
    BroadcastWithdrawn,
    MessageRefused,
)
from domain.people.rights import NotAllowed, Role
from services.broadcasts import broadcasting, copies
from services.core.errors import AlreadyDone, NotFound
from storage.broadcasts import recipients
from storage.broadcasts.recipients import Counts
from storage.core import messages, outbox, scheduled_tasks, sends
from storage.core.database import Transaction
from storage.core.messages import CardRole, Purpose
from storage.core.outbox import Action, Outgoing, RowState
from storage.people import people
from storage.reports.reports import NewPart
from tests.services.broadcasts.saying import (
    ABOUT,
    all_sent,
    chat_of,
    may_steer,
    neighbours,
    pending,
    prepared,
    started,
    step,
    taken,
    to,
)
from tests.support import happened, in_transaction, last_events, outbox_of, person


def said(tx: Transaction, number: int) -> list[tuple[str | None, str | None]]:
    return [(part.language, part.text) for part in broadcasting.parts_of(tx, number)]


def corrected(tx: Transaction, number: int) -> int:
    """The task for corrections runs to its end; returns how many times."""
    times = 0
    while (data := scheduled_tasks.noted(tx, f"broadcast_correcting:{number}")) is not None:
        scheduled_tasks.cancel(tx, f"broadcast:{number}", broadcasting.CORRECTING_KIND)
        copies.correct_next(tx, number, data)
        times += 1
    return times


def withdrawn(tx: Transaction, number: int) -> list[copies.Withdrawn]:
    """The same for a withdrawal; returns what is to vanish."""
    gone: list[copies.Withdrawn] = []
    while (data := scheduled_tasks.noted(tx, f"broadcast_withdrawing:{number}")) is not None:
        scheduled_tasks.cancel(tx, f"broadcast:{number}", broadcasting.WITHDRAWING_KIND)
        gone += copies.withdraw_next(tx, number, data)
    return gone


@in_transaction
def test_only_who_may_steer_it(tx: Transaction, community: Community) -> None:
    broadcast, wei = prepared(tx)
    number, mei = broadcast.id, person(tx, "Mei")

    def refused(*move: Any) -> None:
        with pytest.raises(NotAllowed):
            move[0](tx, mei, number, *move[1:], may_steer)

    refused(broadcasting.start)
    broadcasting.start(tx, wei, number, may_steer)
    refused(broadcasting.stop)
    broadcasting.stop(tx, wei, number, may_steer)
    for move in ((broadcasting.go_on,), (broadcasting.correct, None, "x"), (broadcasting.withdraw,)):
        refused(*move)
    # Also who has begun it, once their role is gone; others go on with it.
    people.revoke(tx, wei.id, Role.STAFF)
    with pytest.raises(NotAllowed):
        broadcasting.go_on(tx, people.by_id(tx, wei.id), number, may_steer)
    broadcasting.go_on(tx, person(tx, "Lin", Role.STAFF), number, may_steer)
    with pytest.raises(NotFound):
        broadcasting.stop(tx, wei, number + 1, may_steer)


@in_transaction
def test_nothing_is_added_and_nothing_sent_twice_once_it_goes_out(tx: Transaction, community: Community) -> None:
    broadcast, wei = prepared(tx)
    assert (
        broadcasting.newest_sent(tx, ABOUT) is None and scheduled_tasks.noted(tx, f"broadcast:{broadcast.id}") is None
    )
    broadcasting.start(tx, wei, broadcast.id, may_steer, by_clock=True)
    last_events(tx, BroadcastStarted(actor=None, broadcast=broadcast.id, about=ABOUT))
    with pytest.raises(WrongState):
        broadcasting.start(tx, wei, broadcast.id, may_steer)
    with pytest.raises(WrongState):
        broadcasting.add_part(tx, broadcasting.get(tx, broadcast.id), NewPart(PartKind.TEXT, text="more"))


@in_transaction
def test_stop_takes_back_all_but_what_is_on_its_way(tx: Transaction, community: Community) -> None:
    people_ = neighbours(tx, 5)
    number, wei = started(tx)
    step(tx, community, number, to(people_))
    first, second, *rest = pending(tx)
    taken(tx, [first])
    sends.claim(tx, [second["id"]])
    broadcasting.stop(tx, wei, number, may_steer)
    last_events(tx, BroadcastStopped(actor=wei.id, broadcast=number))
    assert pending(tx) == [] and len(rest) == 3
    taken(tx, [second])
    step(tx, community, number, to(people_))
    assert broadcasting.counts(tx, number) == Counts(sent=2, waiting=3, total=5) and pending(tx) == []
    assert broadcasting.get(tx, number).state is State.STOPPED
    broadcasting.go_on(tx, wei, number, may_steer)
    last_events(tx, BroadcastWentOn(actor=wei.id, broadcast=number))
    assert all_sent(tx, community, number, to(people_)) == [3]
    assert broadcasting.counts(tx, number) == Counts(sent=5, total=5)
    assert len(tx.query("SELECT id FROM cards")) == 5, "who waited again keeps the card"
    with pytest.raises(WrongState):
        broadcasting.stop(tx, wei, number, may_steer)


@in_transaction
def test_a_correction_edits_all_copies_and_the_last_one_counts(tx: Transaction, community: Community) -> None:
    people_ = neighbours(tx, copies.CHUNK + 20)
    number, wei = started(tx)
    all_sent(tx, community, number, to(people_))
    broadcasting.correct(tx, wei, number, None, "9 to 12", may_steer)
    last_events(tx, BroadcastCorrected(actor=wei.id, broadcast=number, language=None, version=1))
    data = scheduled_tasks.noted(tx, f"broadcast_correcting:{number}")
    assert data is not None
    copies.correct_next(tx, number, data)
    assert len(pending(tx)) == copies.CHUNK
    taken(tx, pending(tx)[:10])
    with pytest.raises(AlreadyDone):
        broadcasting.correct(tx, wei, number, None, "9 to 12", may_steer)
    broadcasting.correct(tx, wei, number, None, "10 to 13", may_steer)
    assert corrected(tx, number) == 2, "it begins again with the first"
    assert {row["card"] for row in pending(tx)} == {row["card"] for row in outbox_of(tx)}
    assert len(pending(tx)) == len(people_), "one edit of each waits"
    assert said(tx, number) == [(None, "10 to 13")] and broadcasting.get(tx, number).version == 2
    assert len(tx.query("SELECT id FROM broadcast_parts")) == 3, "how it read stays on record"
    assert broadcasting.get(tx, number).state is State.DONE


@in_transaction
def test_a_correction_reaches_those_who_read_that_language(tx: Transaction, community: Community) -> None:
    mei, lao = neighbours(tx, 1, language="zh_Hans") + neighbours(tx, 1)
    number, wei = started(tx)
    all_sent(tx, community, number, to([mei, lao]))
    broadcasting.correct(tx, wei, number, "zh_Hans", "停水", may_steer)
    corrected(tx, number)
    assert [row["chat"] for row in pending(tx)] == [chat_of(tx, mei)]
    taken(tx)
    broadcasting.correct(tx, wei, number, None, "Water", may_steer)
    corrected(tx, number)
    assert [row["chat"] for row in pending(tx)] == [chat_of(tx, lao)]
    # Of two at once nobody is forgotten.
    taken(tx)
    broadcasting.correct(tx, wei, number, None, "Water off", may_steer)
    broadcasting.correct(tx, wei, number, "zh_Hans", "停水了", may_steer)
    corrected(tx, number)
    assert {row["chat"] for row in pending(tx)} == {chat_of(tx, mei), chat_of(tx, lao)}


@in_transaction
def test_a_copy_that_first_arrives_as_corrected_stands_below_the_own_card(
    tx: Transaction, community: Community
) -> None:
    (mei,) = neighbours(tx, 1)
    own = messages.new_card(tx, chat_of(tx, mei), "report:12", CardRole.STATUS)
    number, wei = started(tx)
    step(tx, community, number, to([mei], {mei.id: "report:12"}))
    sends.claim(tx, [row["id"] for row in pending(tx)])  # on its way, and whether it arrives nobody knows
    broadcasting.correct(tx, wei, number, None, "9 to 12", may_steer)
    corrected(tx, number)
    assert [row["reply_to_card"] for row in outbox_of(tx) if row["state"] != RowState.SENDING] == [own]


@in_transaction
def test_what_is_not_sent_yet_is_corrected_without_an_edit(tx: Transaction, community: Community) -> None:
    people_ = neighbours(tx, 2)
    broadcast, wei = prepared(tx)
    broadcasting.correct(tx, wei, broadcast.id, None, "9 to 12", may_steer)
    assert corrected(tx, broadcast.id) == 0
    broadcasting.start(tx, wei, broadcast.id, may_steer)
    step(tx, community, broadcast.id, to(people_))
    before = pending(tx)
    broadcasting.correct(tx, wei, broadcast.id, None, "10 to 13", may_steer)
    corrected(tx, broadcast.id)
    assert pending(tx) == before


@in_transaction
def test_withdrawn_it_is_taken_off_every_screen(tx: Transaction, community: Community) -> None:
    sent_to, waits = neighbours(tx, copies.CHUNK + 5), neighbours(tx, 1)
    number, wei = started(tx)
    all_sent(tx, community, number, to(sent_to))
    broadcasting.correct(tx, wei, number, None, "9 to 12", may_steer)
    broadcasting.send_also(tx, number, [recipients.Recipient(waits[0].id)])
    broadcasting.withdraw(tx, wei, number, may_steer)
    last_events(tx, BroadcastWithdrawn(actor=wei.id, broadcast=number))
    assert corrected(tx, number) == 0
    gone = withdrawn(tx, number)
    assert sorted(each.chat for each in gone) == sorted(chat_of(tx, each) for each in sent_to)
    assert pending(tx) == []
    assert broadcasting.counts(tx, number) == Counts(withdrawn=len(sent_to) + 1, total=len(sent_to) + 1)
    assert broadcasting.newest_sent(tx, ABOUT) is None
    for again in (broadcasting.withdraw, broadcasting.go_on):
        with pytest.raises(WrongState):
            again(tx, wei, number, may_steer)
    broadcasting.send_also(tx, number, [recipients.Recipient(wei.id)])
    assert recipients.of_person(tx, number, wei.id) is None


@in_transaction
def test_many_who_still_wait_are_left_out_of_a_withdrawn_one(tx: Transaction, community: Community) -> None:
    people_ = neighbours(tx, 2 * copies.CHUNK + 5)
    number, wei = started(tx)
    step(tx, community, number, to(people_))
    step(tx, community, number, to(people_))
    broadcasting.stop(tx, wei, number, may_steer)
    broadcasting.withdraw(tx, wei, number, may_steer)
    assert withdrawn(tx, number) == []
    assert broadcasting.counts(tx, number) == Counts(withdrawn=len(people_), total=len(people_))


@in_transaction
def test_after_a_restore_it_stands_still_until_somebody_lets_it_go_on(tx: Transaction, community: Community) -> None:
    people_ = neighbours(tx, 3)
    (number, wei), (other, _) = started(tx), started(tx)
    all_sent(tx, community, other, to(people_))
    step(tx, community, number, to(people_))
    taken(tx, pending(tx)[:1])
    broadcasting.interrupted(tx)
    last_events(tx, BroadcastInterrupted(broadcast=number))
    assert pending(tx) == [] and broadcasting.get(tx, number).state is State.STOPPED
    broadcasting.go_on(tx, wei, number, may_steer)
    assert all_sent(tx, community, number, to(people_)) == [2]
    assert happened(tx).count(BroadcastInterrupted.KIND) == 1


@in_transaction
def test_a_file_that_telegram_refuses_is_counted_for_its_person(tx: Transaction, community: Community) -> None:
    mei, lao = neighbours(tx, 2)
    number, _ = started(tx)
    all_sent(tx, community, number, to([mei, lao]))
    for purpose, action, count in (
        (recipients.role(number), Action.MESSAGE, 0),
        (Purpose.ANSWER, Action.PHOTO, 0),
        (recipients.role(number), Action.PHOTO, 1),
        (recipients.role(number), Action.PHOTO, 1),
    ):
        row = outbox.add(tx, Outgoing(chat_of(tx, mei), action, purpose=purpose))
        assert row is not None
        copies.refused(tx, community, MessageRefused(outbox=row, reason="wrong file"))
        assert broadcasting.counts(tx, number) == Counts(sent=2, total=2, no_file=count)


@in_transaction
def test_the_copies_of_files_are_withdrawn_too(tx: Transaction, community: Community) -> None:
    mei, lao = neighbours(tx, 2)
    broadcast, wei = prepared(tx)
    broadcasting.add_part(tx, broadcast, NewPart(PartKind.PHOTO, file_id="p", file_unique_id="u"))
    broadcasting.start(tx, wei, broadcast.id, may_steer)
    all_sent(tx, community, broadcast.id, to([mei, lao]))
    photo = broadcasting.parts_of(tx, broadcast.id)[1].id
    card = messages.new_card(tx, chat_of(tx, mei), ABOUT, recipients.role(broadcast.id, photo))
    messages.new_card(tx, chat_of(tx, lao), ABOUT, recipients.role(broadcast.id + 1, photo))
    broadcasting.withdraw(tx, wei, broadcast.id, may_steer)
    gone = withdrawn(tx, broadcast.id)
    assert [each.kind for each in gone] == [PartKind.TEXT, PartKind.TEXT, PartKind.PHOTO] and gone[2].card == card
