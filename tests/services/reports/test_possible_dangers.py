"""Danger that a program heard in a voice note: it rings once, marked, and its person may say whether it is so."""

from datetime import timedelta

import pytest

from domain.community import Community
from domain.reports.reports import State
from services.reports import dangers, possible_dangers
from storage.core.database import Transaction
from storage.reports import dangers as store
from storage.reports.dangers import Confirmed
from tests.services.reporting import known, stands, submitted
from tests.support import in_transaction, person


@in_transaction
def test_what_was_heard_rings_once_not_confirmed(tx: Transaction, community: Community) -> None:
    mei = person(tx, "Mei")
    number = submitted(tx, community, mei)
    possible_dangers.heard(tx, community, number, "fire")
    assert possible_dangers.just_heard(tx, number) and known(tx, number).danger == "fire"
    (rung,) = store.about(tx, [f"report:{number}"])
    assert rung.confirmed == Confirmed.NOT_YET
    assert known(tx, number).due_at is not None
    tx.now += timedelta(minutes=1)
    possible_dangers.heard(tx, community, number, "gas")
    assert store.about(tx, [f"report:{number}"]) == [rung], "a second voice note of it does not ring again"
    assert not possible_dangers.just_heard(tx, number)
    possible_dangers.confirm(tx, mei, number)
    with pytest.raises(LookupError):
        possible_dangers.confirm(tx, mei, number)


@in_transaction
def test_a_closed_report_and_one_beside_a_danger_do_not_ring(tx: Transaction, community: Community) -> None:
    mei = person(tx, "Mei")
    closed = submitted(tx, community, mei)
    stands(tx, closed, State.CONFIRMED)
    possible_dangers.heard(tx, community, closed, "fire")
    first = submitted(tx, community, mei, danger="fire")
    beside = submitted(tx, community, mei)
    possible_dangers.heard(tx, community, beside, "fire")
    standing = dangers.standing(tx, mei.id)
    assert standing is not None and dangers.number(standing) == first
    assert store.about(tx, [f"report:{closed}", f"report:{beside}"]) == []
