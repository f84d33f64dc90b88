"""Where somebody lives: said, changed, not said; and what a restore must not bring back."""

from datetime import timedelta

import pytest

from domain.community import Community
from domain.events import ResidenceSaid
from domain.notices.notices import NoticeKind
from domain.operations.taken_away import Taken
from services.core.errors import NotFound
from services.notices import muting, residences
from storage.core import taken_away
from storage.core.database import Transaction
from storage.notices import residences as store
from storage.operations.take_away_again import Again
from storage.people import preferences
from tests.support import MONDAY, in_transaction, last_events, person


@in_transaction
def test_it_is_said_and_changed_and_the_record_does_not_say_where(tx: Transaction, community: Community) -> None:
    mei, (one, other, *_) = person(tx, "Mei"), [area.code for area in community.all_areas()]
    assert store.known(tx, mei.id) is None
    for area in (one, other):
        residences.say(tx, community, mei, area)
        assert store.known(tx, mei.id) == area
        last_events(tx, ResidenceSaid(actor=mei.id, person=mei.id, said=True))
    with pytest.raises(NotFound):
        residences.say(tx, community, mei, "gone")
    assert store.known(tx, mei.id) == other
    assert not tx.query("SELECT 1 FROM events WHERE data LIKE ?", (f"%{other}%",))


@in_transaction
def test_taken_back_it_does_not_come_back_with_a_restore(tx: Transaction, community: Community) -> None:
    mei, area = person(tx, "Mei"), community.areas[0].code
    residences.say(tx, community, mei, area)
    tx.now = MONDAY + timedelta(hours=1)
    residences.say(tx, community, mei, None)
    lines = [each for each in taken_away.waiting(tx) if each.kind == Taken.RESIDENCE_FORGOTTEN]
    assert len(lines) == 1
    # As the database was before: a copy from then, restored.
    tx.execute("UPDATE residences SET area = ?, said_at = asked_at", (area,))
    tx.execute("DELETE FROM taken_away")
    tx.execute("UPDATE sqlite_sequence SET seq = 0 WHERE name = 'taken_away'")
    Again(tx).take(lines)
    assert store.known(tx, mei.id) is None
    found = store.of(tx, mei.id)
    assert found is not None and found.said_at is not None, "that they were asked stays"


@in_transaction
def test_who_never_said_takes_nothing_back(tx: Transaction, community: Community) -> None:
    mei = person(tx, "Mei")
    residences.say(tx, community, mei, None)
    assert taken_away.waiting(tx) == []
    last_events(tx, ResidenceSaid(actor=mei.id, person=mei.id, said=False))


@in_transaction
def test_kinds_are_turned_off_and_on_one_by_one(tx: Transaction) -> None:
    mei = person(tx, "Mei")
    for kind in (NoticeKind.SURVEY, NoticeKind.EVENT, NoticeKind.EVENT):
        muting.turn(tx, mei, kind, on=False)
    assert muting.muted(tx, mei.id) == {NoticeKind.SURVEY, NoticeKind.EVENT}
    muting.turn(tx, mei, NoticeKind.SURVEY, on=True)
    muting.turn(tx, mei, NoticeKind.EVENT, on=True)
    assert muting.muted(tx, mei.id) == frozenset()
    assert preferences.chosen(tx, mei.id, preferences.MUTED) is None, "as usual, also when that changes"
