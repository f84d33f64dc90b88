"""Saying more about a report, and saying it otherwise: by whom, in whatever state, and what stays on record."""

from datetime import timedelta

import pytest

from domain.community import Community
from domain.events import (
    ReportAdded,
    ReportReworded,
)
from domain.people.rights import Role
from domain.reports.reports import State
from services.reports import alarms, dangers, joining, recording, saying_more, submitting
from services.reports.submitting import NewReport
from storage.core import blocks
from storage.core.blocks import Blocked
from storage.core.database import Transaction
from storage.reports import reports as store
from storage.reports.reports import NewPart
from tests.services.reporting import known, stands, submitted, texts, words
from tests.support import MONDAY, happened, in_transaction, last_events, person


@pytest.mark.parametrize("state", State)
@in_transaction
def test_who_reported_or_joined_says_more_in_whatever_state_it_is(
    tx: Transaction, community: Community, state: State
) -> None:
    mei, bo = person(tx, "Mei"), person(tx, "Bo")
    number = submitted(tx, community, mei)
    joining.join(tx, bo, number, words("Here, too"))
    stands(tx, number, state)
    for who in (mei, bo):
        saying_more.add(tx, community, who, number, words(f"{who.name} says more"))
        part = store.parts(tx, number)[-1]
        last_events(tx, ReportAdded(actor=who.id, report=number, parts=(part.id,), quietly=True))
        assert (part.person, part.text) == (who.id, f"{who.name} says more")
    assert known(tx, number).state is state


@in_transaction
def test_what_was_said_reads_otherwise_and_the_old_words_stay(tx: Transaction, community: Community) -> None:
    mei = person(tx, "Mei")
    number = submitted(tx, community, mei)
    (part,) = store.parts(tx, number)
    saying_more.reword(tx, community, mei, number, part, "Two lamps are dark")
    earlier = store.parts(tx, number)[-1]
    last_events(tx, ReportReworded(actor=mei.id, report=number, now=part.id, part=earlier.id, quietly=True))
    assert texts(tx, number, "report") == ["Two lamps are dark"] and earlier.text == "The lamp is dark"
    assert known(tx, number).danger is None
    saying_more.reword(tx, community, mei, number, store.parts(tx, number)[0], "The lamp burns", "fire")
    assert known(tx, number).danger == "fire"
    assert known(tx, number).due_at == MONDAY + timedelta(minutes=community.care.danger_minutes)


@in_transaction
def test_a_photo_without_words_leaves_none_behind(tx: Transaction, community: Community) -> None:
    mei = person(tx, "Mei")
    number = submitting.submit(tx, community, mei, NewReport([NewPart("photo", None, "file", "unique")]))
    (part,) = store.parts(tx, number)
    saying_more.reword(tx, community, mei, number, part, "The lamp")
    last_events(tx, ReportReworded(actor=mei.id, report=number, now=part.id, part=None, quietly=True))


@in_transaction
def test_what_it_read_before_it_was_sent_is_kept_and_told_to_nobody(tx: Transaction, community: Community) -> None:
    mei = person(tx, "Mei")
    number = submitted(tx, community, mei)
    saying_more.keep_earlier(tx, mei, number, ["The lump", "The lam"])
    assert texts(tx, number, "earlier") == ["The lump", "The lam"] and len(happened(tx)) == 1


@in_transaction
def test_words_of_danger_ring_once_and_then_go_onto_the_card(tx: Transaction, community: Community) -> None:
    mei = person(tx, "Mei")
    number = submitted(tx, community, mei)
    saying_more.add(tx, community, mei, number, words("It burns"), "fire")
    first = store.parts(tx, number)[-1]
    last_events(tx, ReportAdded(actor=mei.id, report=number, parts=(first.id,), danger="fire"))
    assert known(tx, number).danger == "fire" and alarms.of(tx, number) is not None
    assert known(tx, number).due_at == tx.now + timedelta(minutes=community.care.danger_minutes)
    rung = dangers.standing(tx, mei.id)
    assert rung is not None
    tx.now += timedelta(minutes=29)
    saying_more.add(tx, community, mei, number, words("It burns still"), "fire")
    more = store.parts(tx, number)[-1]
    last_events(
        tx, ReportAdded(actor=mei.id, report=number, parts=(more.id,), danger="fire", into=rung.id, quietly=True)
    )
    assert [part.id for _, part in dangers.on_card(tx, rung)] == [more.id]
    saying_more.reword(tx, community, mei, number, more, "It burns no more", None)
    last_events(
        tx,
        ReportReworded(
            actor=mei.id, report=number, now=more.id, part=more.id + 1, danger=None, into=rung.id, quietly=True
        ),
    )
    assert [part.text for _, part in dangers.on_card(tx, rung)] == ["It burns no more", "It burns still"]


@in_transaction
def test_who_wrote_it_down_says_it_in_their_name_and_rings_each_time(tx: Transaction, community: Community) -> None:
    wei = person(tx, "Wei", Role.STAFF)
    number = recording.record(tx, community, wei, "Old Chen", None, NewReport(words()))
    chen = known(tx, number).person
    for _ in range(2):
        saying_more.add(tx, community, wei, number, words("It burns"), "fire")
        part = store.parts(tx, number)[-1]
        last_events(tx, ReportAdded(actor=wei.id, report=number, parts=(part.id,), danger="fire", spoke_for=chen))
        assert part.person == chen
    alarm = alarms.of(tx, number)
    assert alarm is not None and alarm.person is None


@pytest.mark.parametrize("asked", [True, False])
@in_transaction
def test_who_is_blocked_says_where_the_danger_is_while_asked_and_nothing_else(
    tx: Transaction, community: Community, asked: bool
) -> None:
    mei = person(tx, "Mei")
    number = submitted(tx, community, mei, "fire", danger="fire", area=None if asked else "b3")
    blocks.put(tx, mei.id, mei.id, "Insults", tx.now + timedelta(days=1))
    if asked:
        saying_more.add(tx, community, mei, number, words("By the stairs"))
        said = store.parts(tx, number)[-1]
        saying_more.reword(tx, community, mei, number, said, "By the lift")
        assert texts(tx, number, "addition") == ["By the lift"]
        return
    with pytest.raises(Blocked):
        saying_more.add(tx, community, mei, number, words("By the stairs"))
    with pytest.raises(Blocked):
        saying_more.reword(tx, community, mei, number, store.parts(tx, number)[0], "No fire")
