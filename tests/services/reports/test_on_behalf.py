"""Staff speak for people without Telegram, and for nobody else; and who may send anything to others at present."""

from datetime import timedelta

import pytest

from domain.people.rights import NotAllowed, Role
from services.reports import allowed, on_behalf
from storage.core import blocks
from storage.core.blocks import Blocked
from storage.core.database import Transaction
from storage.people import people
from tests.support import in_transaction, person


@in_transaction
def test_everybody_speaks_for_themselves(tx: Transaction) -> None:
    mei = person(tx, "Mei")
    assert on_behalf.speaker(tx, mei, None) == mei


@in_transaction
def test_staff_speak_for_somebody_without_telegram(tx: Transaction) -> None:
    wei, chen = person(tx, "Wei", Role.STAFF), people.without_telegram(tx, "Old Chen", None, "en")
    assert on_behalf.speaker(tx, wei, chen.id) == chen
    for who in (person(tx, "Mei"), person(tx, "Rong", Role.REPRESENTATIVE, Role.VOLUNTEER, Role.PLEDGER)):
        with pytest.raises(NotAllowed):
            on_behalf.speaker(tx, who, chen.id)
    for other in (person(tx, "Bo").id, person(tx, "Never wrote", started=False).id, wei.id, 999):
        with pytest.raises(NotAllowed):
            on_behalf.speaker(tx, wei, other)


@in_transaction
def test_who_is_blocked_reads_why_and_until_when(tx: Transaction) -> None:
    mei, until = person(tx, "Mei"), tx.now + timedelta(days=7)
    allowed.to_report(tx, mei)
    blocks.put(tx, mei.id, mei.id, "Insults", until)
    with pytest.raises(Blocked) as raised:
        allowed.to_report(tx, mei)
    assert (raised.value.reason, raised.value.until) == ("Insults", until)
    tx.now = until
    allowed.to_report(tx, mei)
