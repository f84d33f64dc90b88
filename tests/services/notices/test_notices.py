"""Notices as use cases: who may, in which state, and what follows; urgent ones need a second person."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

import pytest

from domain.broadcasts.broadcasts import RecipientState, State
from domain.community import Community
from domain.core.state_machine import WrongState
from domain.events import (
    BroadcastDone,
    NoticeAwaits,
    NoticeCorrected,
    NoticeFinished,
    NoticePlanned,
    NoticeRefused,
    NoticeSent,
    NoticeUnconfirmed,
    NoticeWithdrawn,
)
from domain.notices.audience import Audience
from domain.notices.notices import ALONE_AFTER, LATE, WORDS_LENGTH, NoticeKind, NoticeState
from domain.people.rights import NotAllowed, Role
from services.broadcasts import broadcasting
from services.core.errors import AlreadyDone, NotFound
from services.notices import muting, notices, residences
from services.notices.notices import NewNotice
from storage.broadcasts import broadcasts, recipients
from storage.core import scheduled_tasks
from storage.core.database import Transaction
from storage.core.instants import to_text
from storage.people import people
from storage.people.people import Person
from storage.reports.reports import NewPart
from tests.support import MONDAY, happened, in_transaction, last_events, person

NEW = NewNotice(NoticeKind.MAINTENANCE, Audience(), [("en", "Water off"), ("zh_Hans", "停水")])
URGENT = replace(NEW, urgent=True)
TOMORROW = MONDAY + timedelta(days=1)


def written(tx: Transaction, community: Community, by: Person, new: NewNotice = NEW) -> int:
    """A notice, in a neighbourhood with a resident."""
    person(tx, "Mei")
    return notices.write(tx, community, by, new)


def state(tx: Transaction, number: int) -> NoticeState:
    return notices.get(tx, number).state


def carried(tx: Transaction, number: int) -> State:
    """Where that stands which carries it to people."""
    return notices.broadcast(tx, notices.get(tx, number)).state


def delivered(tx: Transaction, number: int) -> None:
    """Everybody has it whom it is for."""
    broadcast = notices.broadcast_of(notices.get(tx, number))
    broadcasts.set_gathered(tx, broadcast, None)
    broadcasts.set_state(tx, broadcast, State.DONE)


@in_transaction
def test_it_goes_out_at_once_with_its_words_and_files(tx: Transaction, community: Community) -> None:
    wei = person(tx, "Wei", Role.STAFF)
    number = written(tx, community, wei, replace(NEW, files=[NewPart("photo", "a caption", "F", "U")]))
    assert (state(tx, number), carried(tx, number)) == (NoticeState.SENDING, State.SENDING)
    parts = notices.parts(tx, notices.get(tx, number))
    assert [(part.language, part.kind, part.text, part.file_id) for part in parts] == [
        ("en", "text", "Water off", None),
        ("zh_Hans", "text", "停水", None),
        (None, "photo", None, "F"),
    ]
    last_events(tx, NoticeSent(actor=wei.id, notice=number))
    notices.finished(tx, community, BroadcastDone(broadcast=notices.broadcast_of(notices.get(tx, number))))
    assert state(tx, number) is NoticeState.SENT
    last_events(tx, NoticeFinished(notice=number))


@in_transaction
def test_only_staff_write_and_steer(tx: Transaction, community: Community) -> None:
    wei, mei = person(tx, "Wei", Role.STAFF), person(tx, "Mei", Role.REPRESENTATIVE)
    with pytest.raises(NotAllowed):
        notices.write(tx, community, mei, NEW)
    number = written(tx, community, wei, URGENT)
    refused: list[Callable[[], object]] = [
        lambda: notices.confirm(tx, mei, number),
        lambda: notices.refuse(tx, mei, number),
        lambda: notices.send_alone(tx, mei, number, "because"),
        lambda: notices.withdraw(tx, mei, number),
        lambda: notices.correct(tx, mei, number, "en", "Ha"),
        lambda: notices.may_steer(tx, mei, f"notice:{number}"),
    ]
    for attempt in refused:
        with pytest.raises(NotAllowed):
            attempt()
    assert state(tx, number) is NoticeState.AWAITING


@in_transaction
def test_what_cannot_be_sent_is_refused_whole(tx: Transaction, community: Community) -> None:
    wei = person(tx, "Wei", Role.STAFF)
    bad = [
        (replace(NEW, audience=Audience(roles=("volunteer",))), notices.ReachesNobody),
        (replace(NEW, audience=Audience(areas=("gone",))), NotFound),
        (replace(NEW, send_at=MONDAY), notices.TimePassed),
        (replace(NEW, send_at=MONDAY + timedelta(days=400)), notices.TimePassed),
        (replace(NEW, words=[(None, "💧" * (WORDS_LENGTH // 2 + 1))]), notices.TooLong),
    ]
    for new, refusal in bad:
        with pytest.raises(refusal):
            notices.write(tx, community, wei, new)
    assert happened(tx) == [] and tx.number("SELECT count(*) FROM broadcasts") == 0
    notices.write(tx, community, wei, replace(NEW, words=[(None, "💧" * (WORDS_LENGTH // 2))]))


@in_transaction
def test_an_urgent_one_waits_for_a_second_person(tx: Transaction, community: Community) -> None:
    wei, li = person(tx, "Wei", Role.STAFF), person(tx, "Li", Role.STAFF)
    number = written(tx, community, wei, URGENT)
    assert (state(tx, number), carried(tx, number)) == (NoticeState.AWAITING, State.PREPARED)
    last_events(tx, NoticeAwaits(actor=wei.id, notice=number))
    with pytest.raises(notices.OwnNotice):
        notices.confirm(tx, wei, number)
    with pytest.raises(notices.OwnNotice):
        notices.refuse(tx, wei, number)
    notices.confirm(tx, li, number)
    assert (state(tx, number), carried(tx, number)) == (NoticeState.SENDING, State.SENDING)
    assert notices.get(tx, number).confirmed_by == li.id
    last_events(tx, NoticeSent(actor=li.id, notice=number))
    with pytest.raises(WrongState):
        notices.confirm(tx, li, number)
    assert scheduled_tasks.planned(tx, f"{notices.UNCONFIRMED_KIND}:{number}") is None


@in_transaction
def test_a_no_ends_it(tx: Transaction, community: Community) -> None:
    wei, li = person(tx, "Wei", Role.STAFF), person(tx, "Li", Role.LEAD)
    number = written(tx, community, wei, URGENT)
    notices.refuse(tx, li, number)
    assert (state(tx, number), carried(tx, number)) == (NoticeState.REFUSED, State.WITHDRAWN)
    last_events(tx, NoticeRefused(actor=li.id, notice=number))
    tx.now += ALONE_AFTER
    for attempt in (
        lambda: notices.confirm(tx, li, number),
        lambda: notices.send_alone(tx, li, number, "because"),
        lambda: notices.withdraw(tx, wei, number),
    ):
        with pytest.raises(WrongState):
            attempt()
    notices.unconfirmed(tx, f"notice:{number}")
    assert "notice.unconfirmed" not in happened(tx)


@in_transaction
def test_after_five_minutes_a_lead_sends_it_alone_and_says_why(tx: Transaction, community: Community) -> None:
    wei, ann = person(tx, "Wei", Role.STAFF), person(tx, "Ann", Role.LEAD)
    number = written(tx, community, ann, URGENT)
    with pytest.raises(notices.TooSoon):
        notices.send_alone(tx, ann, number, "The pipe has burst")
    tx.now += ALONE_AFTER
    notices.unconfirmed(tx, f"notice:{number}")
    last_events(tx, NoticeUnconfirmed(notice=number))
    with pytest.raises(NotAllowed):
        notices.send_alone(tx, wei, number, "I am no lead")
    for reason in ("", "x" * (notices.REASON_LENGTH + 1)):
        with pytest.raises(notices.TooLong):
            notices.send_alone(tx, ann, number, reason)
    notices.send_alone(tx, ann, number, "The pipe has burst")
    found = notices.get(tx, number)
    assert (found.state, found.alone_reason, found.confirmed_by) == (NoticeState.SENDING, "The pipe has burst", None)
    last_events(tx, NoticeSent(actor=ann.id, notice=number, alone=True))


@in_transaction
def test_a_planned_one_goes_out_at_its_time(tx: Transaction, community: Community) -> None:
    wei = person(tx, "Wei", Role.STAFF)
    number = written(tx, community, wei, replace(NEW, send_at=TOMORROW))
    assert (state(tx, number), carried(tx, number)) == (NoticeState.PLANNED, State.PREPARED)
    last_events(tx, NoticePlanned(actor=wei.id, notice=number, at=to_text(TOMORROW)))
    assert scheduled_tasks.planned(tx, f"{notices.SEND_KIND}:{number}") == TOMORROW
    with pytest.raises(WrongState):
        notices.confirm(tx, person(tx, "Li", Role.STAFF), number)
    tx.now = TOMORROW
    notices.send_due(tx, community, f"notice:{number}")
    last_events(tx, NoticeSent(notice=number))
    assert carried(tx, number) is State.SENDING
    notices.send_due(tx, community, f"notice:{number}")
    assert happened(tx).count("notice.sent") == 1


@in_transaction
def test_when_its_writer_is_no_longer_staff_a_colleague_decides(tx: Transaction, community: Community) -> None:
    wei, li = person(tx, "Wei", Role.STAFF), person(tx, "Li", Role.STAFF)
    number = written(tx, community, wei, replace(NEW, send_at=TOMORROW))
    people.revoke(tx, wei.id, Role.STAFF)
    tx.now = TOMORROW
    notices.send_due(tx, community, f"notice:{number}")
    assert (state(tx, number), carried(tx, number)) == (NoticeState.AWAITING, State.PREPARED)
    last_events(tx, NoticeAwaits(notice=number))
    notices.confirm(tx, li, number)
    assert carried(tx, number) is State.SENDING


@in_transaction
def test_one_that_comes_too_late_does_not_go_out_by_itself(tx: Transaction, community: Community) -> None:
    wei = person(tx, "Wei", Role.STAFF)
    soon, late = (written(tx, community, wei, replace(NEW, send_at=TOMORROW)) for _ in range(2))
    tx.now = TOMORROW + LATE
    notices.send_due(tx, community, f"notice:{soon}")
    assert state(tx, soon) is NoticeState.SENDING
    tx.now += timedelta(seconds=1)
    notices.send_due(tx, community, f"notice:{late}")
    assert (state(tx, late), carried(tx, late)) == (NoticeState.AWAITING, State.PREPARED)
    last_events(tx, NoticeAwaits(notice=late, late=True))
    tx.now += ALONE_AFTER
    with pytest.raises(WrongState):
        notices.send_alone(tx, person(tx, "Ann", Role.LEAD), late, "There is no hurry")
    notices.confirm(tx, wei, late)
    assert carried(tx, late) is State.SENDING, "it is not urgent: its writer can say so, too"


@in_transaction
def test_when_nobody_is_left_to_get_it_it_is_not_sent(tx: Transaction, community: Community) -> None:
    wei, bo = person(tx, "Wei", Role.STAFF), person(tx, "Bo", Role.VOLUNTEER)
    new = replace(NEW, audience=Audience(roles=("volunteer",)), send_at=TOMORROW)
    number = written(tx, community, wei, new)
    people.revoke(tx, bo.id, Role.VOLUNTEER)
    tx.now = TOMORROW
    notices.send_due(tx, community, f"notice:{number}")
    assert state(tx, number) is NoticeState.REFUSED
    last_events(tx, NoticeRefused(notice=number))


@in_transaction
def test_it_is_withdrawn_in_any_state_but_once(tx: Transaction, community: Community) -> None:
    wei, li = person(tx, "Wei", Role.STAFF), person(tx, "Li", Role.STAFF)
    for new, before in ((NEW, "sending"), (URGENT, "awaiting"), (replace(NEW, send_at=TOMORROW), "planned")):
        number = written(tx, community, wei, new)
        notices.withdraw(tx, li, number)
        assert (state(tx, number), carried(tx, number)) == (NoticeState.WITHDRAWN, State.WITHDRAWN)
        last_events(tx, NoticeWithdrawn(actor=li.id, notice=number, before=before))
        with pytest.raises(WrongState):
            notices.withdraw(tx, wei, number)
        tx.now = TOMORROW
        notices.send_due(tx, community, f"notice:{number}")
        assert state(tx, number) is NoticeState.WITHDRAWN
        tx.now = MONDAY


@in_transaction
def test_it_is_corrected_in_the_language_it_has_but_not_while_it_is_to_be_said_yes_to(
    tx: Transaction, community: Community
) -> None:
    wei = person(tx, "Wei", Role.STAFF)
    number = written(tx, community, wei)
    notices.correct(tx, wei, number, "en", "Water off on Friday")
    last_events(tx, NoticeCorrected(actor=wei.id, notice=number, language="en"))
    words = {part.language: part.text for part in notices.parts(tx, notices.get(tx, number))}
    assert words == {"en": "Water off on Friday", "zh_Hans": "停水"}
    with pytest.raises(AlreadyDone):
        notices.correct(tx, wei, number, "en", "Water off on Friday")
    with pytest.raises(NotFound):
        notices.correct(tx, wei, number, None, "For all")
    with pytest.raises(notices.TooLong):
        notices.correct(tx, wei, number, "en", "x" * (WORDS_LENGTH + 1))
    with pytest.raises(WrongState):
        notices.correct(tx, wei, written(tx, community, wei, URGENT), "en", "Water off on Friday")


@in_transaction
def test_those_of_whom_nothing_is_known_are_asked_once_when_it_goes_to_a_place(
    tx: Transaction, community: Community
) -> None:
    area = community.areas[0].code
    wei, here, silent = person(tx, "Wei", Role.STAFF), person(tx, "Here"), person(tx, "Silent")
    person(tx, "Never started", started=False)
    residences.say(tx, community, wei, None)
    residences.say(tx, community, here, area)
    for _ in range(2):
        number = notices.write(tx, community, wei, replace(NEW, audience=Audience(areas=(area,))))
        about = f"notice:{number}"
        assert scheduled_tasks.planned(tx, f"{residences.ASK_KIND}:{about}") is not None
        delivered(tx, number)
        residences.ask_next(tx, community, about, 0)
    rows = tx.query("SELECT subject FROM events WHERE kind = 'residence.asked'")
    assert [row["subject"] for row in rows] == [f"person:{silent.id}"], "neither who said nor who would rather not"
    everyone = notices.write(tx, community, wei, NEW)
    assert scheduled_tasks.planned(tx, f"{residences.ASK_KIND}:notice:{everyone}") is None


@in_transaction
def test_where_nobody_is_known_to_live_those_who_may_are_asked_and_get_it_once_they_say_so(
    tx: Transaction, community: Community
) -> None:
    area, other = community.areas[0].code, community.areas[1].code
    wei, mei, bo = person(tx, "Wei", Role.STAFF), person(tx, "Mei"), person(tx, "Bo")
    notice = notices.get(tx, notices.write(tx, community, wei, replace(NEW, audience=Audience(areas=(area,)))))
    delivered(tx, notice.id)
    residences.ask_next(tx, community, f"notice:{notice.id}", 0)
    assert happened(tx).count("residence.asked") == 3
    assert residences.say(tx, community, mei, area) == 1 and residences.say(tx, community, bo, other) == 0
    rows = tx.query("SELECT person FROM broadcast_recipients WHERE broadcast = ?", (notice.broadcast,))
    assert [row["person"] for row in rows] == [mei.id]
    assert residences.say(tx, community, mei, area) == 0, "they are to get it already"
    tx.now += residences.LATELY + timedelta(seconds=1)
    assert residences.say(tx, community, bo, area) == 0, "that is of no use any more"


@in_transaction
def test_who_cannot_be_meant_is_not_asked(tx: Transaction, community: Community) -> None:
    area = community.areas[0].code
    wei, bo, mei = person(tx, "Wei", Role.STAFF), person(tx, "Bo", Role.VOLUNTEER), person(tx, "Mei")
    muted = person(tx, "Muted", Role.VOLUNTEER)
    muting.turn(tx, muted, NoticeKind.MAINTENANCE, on=False)
    new = replace(NEW, audience=Audience(areas=(area,), roles=("volunteer",)))
    number = notices.write(tx, community, wei, new)
    delivered(tx, number)
    residences.ask_next(tx, community, f"notice:{number}", 0)
    rows = tx.query("SELECT subject FROM events WHERE kind = 'residence.asked'")
    assert [row["subject"] for row in rows] == [f"person:{bo.id}"]
    notices.withdraw(tx, wei, number)
    person(tx, "New", Role.VOLUNTEER)
    residences.ask_next(tx, community, f"notice:{number}", mei.id)
    assert happened(tx).count("residence.asked") == 1, "it is withdrawn: nobody is asked for it any more"


@in_transaction
def test_first_those_get_it_whom_it_is_for_and_one_that_is_stopped_asks_nobody(
    tx: Transaction, community: Community
) -> None:
    area = community.areas[0].code
    wei, mei = person(tx, "Wei", Role.STAFF), person(tx, "Mei")
    residences.say(tx, community, mei, area)
    number = notices.write(tx, community, wei, replace(NEW, audience=Audience(areas=(area,))))
    about, key = f"notice:{number}", f"{residences.ASK_KIND}:notice:{number}"
    broadcast = notices.broadcast_of(notices.get(tx, number))
    residences.ask_next(tx, community, about, 0)
    recipients.add(tx, broadcast, [recipients.Recipient(mei.id)])
    broadcasts.set_gathered(tx, broadcast, None)
    residences.ask_next(tx, community, about, 0)
    assert "residence.asked" not in happened(tx) and scheduled_tasks.planned(tx, key) == tx.now + timedelta(seconds=5)
    scheduled_tasks.cancel(tx, about)
    broadcasting.stop(tx, wei, broadcast, notices.may_steer)
    residences.ask_next(tx, community, about, 0)
    assert "residence.asked" not in happened(tx) and scheduled_tasks.planned(tx, key) is None
    delivered(tx, number)
    recipients.set_state(tx, broadcast, RecipientState.SENT, [mei.id])
    notices.finished(tx, community, BroadcastDone(broadcast=broadcast))
    assert scheduled_tasks.planned(tx, key) == tx.now
    residences.ask_next(tx, community, about, 0)
    assert happened(tx).count("residence.asked") == 1


@in_transaction
def test_many_are_asked_a_chunk_at_a_time(
    tx: Transaction, community: Community, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(residences, "CHUNK", 2)
    area = community.areas[0].code
    wei = person(tx, "Wei", Role.STAFF)
    residences.say(tx, community, wei, area)
    silent = [person(tx, f"Silent {each}") for each in range(5)]
    number = notices.write(tx, community, wei, replace(NEW, audience=Audience(areas=(area,))))
    delivered(tx, number)
    about, key, after = f"notice:{number}", f"{residences.ASK_KIND}:notice:{number}", 0
    asked = []
    while after is not None:
        scheduled_tasks.cancel(tx, about, residences.ASK_KIND)
        residences.ask_next(tx, community, about, after)
        noted = scheduled_tasks.noted(tx, key)
        after = noted["after"] if noted is not None else None
        asked.append(tx.number("SELECT count(*) FROM residences WHERE said_at IS NULL"))
    assert asked == [2, 4, 5] and len(silent) == 5


@in_transaction
def test_a_broadcast_of_something_else_is_none_of_its_business(tx: Transaction, community: Community) -> None:
    wei = person(tx, "Wei", Role.STAFF)
    other = broadcasting.prepare(tx, wei, "project:1")
    notices.finished(tx, community, BroadcastDone(broadcast=other.id))
    assert happened(tx) == []
