"""Who was not here for long and has nothing here is forgotten without a word; everybody else stays."""

from datetime import timedelta

import pytest

from domain.community import Community
from domain.people.rights import Role
from domain.reports.reports import State
from services.personal_data import long_away, lookups
from services.personal_data.long_away import LongAway
from services.repairs import growing_old as old_repairs
from services.repairs import repairs
from services.reports import growing_old, working
from storage.core import taken_away
from storage.core.database import Transaction
from storage.people import people
from storage.people.people import Person
from tests.services.repairing import ask
from tests.services.repairing import known as known_repair
from tests.services.reporting import stands, submitted
from tests.support import happened, in_transaction, outbox_of, person

DAY = timedelta(days=1)


def night(tx: Transaction, limit: int = 3, days: int = 730) -> int:
    """All that is looked at in one night; how many pieces that took."""
    away, pieces = LongAway(), 1
    while away.forget_some(tx, tx.now - days * DAY, limit):
        pieces += 1
    return pieces


def is_known(tx: Transaction, who: Person) -> bool:
    return not people.by_id(tx, who.id).forgotten


@in_transaction
def test_only_who_was_away_and_has_nothing_is_forgotten(tx: Transaction, community: Community) -> None:
    away = [person(tx, f"Away {number}") for number in range(5)]
    reports, asks, helps = person(tx, "Reports"), person(tx, "Asks"), person(tx, "Helps", Role.VOLUNTEER)
    submitted(tx, community, reports)
    ask(tx, asks)
    tx.now += 731 * DAY
    new = person(tx, "New")
    comes_back = people.meet(tx, away[0].telegram_id or 0, "Away 0", None, "en")
    before = len(outbox_of(tx))
    night(tx)
    assert [is_known(tx, each) for each in away] == [True, False, False, False, False]
    assert all(is_known(tx, each) for each in (reports, asks, helps, new, comes_back))
    assert happened(tx)[-4:] == ["person.forgotten"] * 4
    assert len(outbox_of(tx)) == before
    assert [row.kind for row in taken_away.waiting(tx)].count("forgotten") == 4, "no old copy brings them back"
    assert tx.number("SELECT count(*) FROM forgetting WHERE tells") == 0


@in_transaction
def test_who_has_only_what_is_old_is_forgotten_once_that_is_gone(tx: Transaction, community: Community) -> None:
    mei = person(tx, "Mei")
    number = submitted(tx, community, mei)
    stands(tx, number, State.CONFIRMED)
    repair = ask(tx, mei)
    repairs.take_back(tx, known_repair(tx, repair), mei.id)
    tx.now += 731 * DAY
    night(tx)
    assert is_known(tx, mei)
    growing_old.forget_some(tx, tx.now, 10)
    night(tx)
    assert is_known(tx, mei)
    old_repairs.forget_words(tx, tx.now, 10)
    night(tx)
    assert not is_known(tx, mei)


@in_transaction
def test_nobody_is_forgotten_a_day_too_early(tx: Transaction) -> None:
    mei = person(tx, "Mei")
    tx.now += 730 * DAY
    night(tx)
    assert is_known(tx, mei)
    tx.now += DAY
    night(tx)
    assert not is_known(tx, mei)


@in_transaction
def test_many_go_in_pieces_and_over_nights(tx: Transaction, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(long_away, "A_NIGHT", 20)
    everybody = [person(tx, f"Away {number}") for number in range(30)]
    tx.now += 731 * DAY
    away = LongAway()

    def one_night() -> int:
        while away.forget_some(tx, tx.now - 730 * DAY, 1000):
            pass
        return sum(not is_known(tx, each) for each in everybody)

    assert one_night() == 24
    assert one_night() == 30


@in_transaction
def test_looks_at_names_are_on_record_for_years(tx: Transaction, community: Community) -> None:
    mei, wei = person(tx, "Mei"), person(tx, "Wei", Role.STAFF)
    number = submitted(tx, community, mei)
    for _ in range(3):
        working.reporter(tx, wei, number)
    before = happened(tx)
    assert not lookups.forget_some(tx, tx.now, 2)
    assert happened(tx) == before
    assert lookups.forget_some(tx, tx.now + DAY, 2)
    assert not lookups.forget_some(tx, tx.now + DAY, 2)
    assert happened(tx) == [kind for kind in before if kind != "report.reporter_shown"]
