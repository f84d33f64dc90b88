"""Who speaks for somebody without Telegram: whoever has the role now. And consent for them is given by staff alone."""

from datetime import date, datetime

import pytest

from domain.calendar.recurrence import weekly
from domain.people.rights import NotAllowed, Role
from domain.pledges.pledges import Answer, Asked, Kind, Plan
from handlers.kit.update_context import Setup
from services.core.errors import AlreadyDone
from services.pledges import checking_in, pledge_reminders, pledges, replying
from services.pledges.pledges import NotAsked, Promise
from storage.core.database import Database, Transaction
from storage.people import people
from storage.people.people import Person
from storage.pledges import board, occurrences, weekly_lists
from storage.pledges import pledges as stored
from storage.reports.reports import NewPart
from tests.support import person

WEEKEND = Plan(Kind.RECURRING, datetime(2026, 2, 2, 19), weekly(frozenset({5, 6})), 60)
QUOTA = Plan(Kind.QUOTA, datetime(2026, 3, 1), target=80, until=date(2026, 12, 31))


class Place:
    """Staff, a representative, and what she keeps for Old Chen, who has no Telegram."""

    def __init__(self, database: Database, setup: Setup) -> None:
        self.database, self.setup = database, setup

    def prepare(self, tx: Transaction, plan: Plan = QUOTA) -> tuple[Person, Person, int]:
        staff, rong = person(tx, "Wei", Role.ADMIN), person(tx, "Rong", Role.REPRESENTATIVE)
        number = pledges.record(tx, self.setup.community, staff, "Old Chen", rong.id, Promise("I write couplets", plan))
        return staff, rong, number


@pytest.fixture
def place(database: Database, setup: Setup, notices: None) -> Place:
    return Place(database, setup)


def lose(tx: Transaction, who: Person, role: Role) -> Person:
    people.revoke(tx, who.id, role)
    return people.by_id(tx, who.id)


async def test_a_former_representative_speaks_for_nobody(place: Place) -> None:
    def run(tx: Transaction) -> None:
        staff, rong, number = place.prepare(tx)
        [time] = occurrences.last_of(tx, number, tx.now, 1)
        checking_in.count(tx, rong, number, time.id, 3)
        rong = lose(tx, rong, Role.REPRESENTATIVE)
        community, changed = place.setup.community, Promise("Other words", QUOTA)
        for act in (
            lambda: checking_in.count(tx, rong, number, time.id, 3),
            lambda: checking_in.answer(tx, rong, number, time.id, Answer.CANNOT),
            lambda: replying.reply(tx, rong, number, [NewPart("text", text="12")]),
            lambda: checking_in.note(tx, rong, number, time.id, NewPart("text", text="x")),
            lambda: checking_in.undo(tx, rong, 1),
            lambda: pledges.consent(tx, rong, number, "name", given=True, asked=Asked.PAPER),
            lambda: pledges.consent(tx, rong, number, "name", given=False),
            lambda: pledges.change(tx, community, rong, number, changed),
            lambda: pledges.pause(tx, rong, number),
            lambda: pledges.end(tx, rong, number),
        ):
            with pytest.raises(NotAllowed):
                act()
        assert stored.count_concerning(tx, rong.id) == 0 and stored.concerning(tx, rong.id, 10) == []
        assert stored.kept_by(tx, rong.id) == []
        checking_in.count(tx, staff, number, time.id, 1)  # staff may, for one they recorded
        people.grant(tx, rong.id, Role.REPRESENTATIVE, staff.id)
        checking_in.count(tx, people.by_id(tx, rong.id), number, time.id, 1)  # the role is asked now, both ways

    await place.database.run(run)


async def test_a_former_representative_is_reminded_of_nothing(place: Place) -> None:
    def run(tx: Transaction) -> None:
        _, rong, number = place.prepare(tx)
        [time] = occurrences.last_of(tx, number, tx.now, 1)
        about = f"occurrence:{time.id}"
        assert pledge_reminders.behind(tx, time.id, "start") is not None
        assert weekly_lists.planned_until(tx, [rong.id])
        lose(tx, rong, Role.REPRESENTATIVE)
        assert weekly_lists.planned_until(tx, [rong.id]) == {}
        assert weekly_lists.promises(tx, [rong.id], tx.now, tx.now.replace(year=2027)) == {}
        assert pledge_reminders.behind(tx, time.id, "start") is None
        assert pledge_reminders.pace(tx, place.setup.community, about, "start") is None
        assert weekly_lists.unreached(tx, 0, 10) == []

    await place.database.run(run)


async def test_what_nobody_looks_after_staff_take_over(place: Place) -> None:
    def run(tx: Transaction) -> None:
        staff, rong, number = place.prepare(tx)
        community = place.setup.community
        with pytest.raises(AlreadyDone):
            pledges.take_over(tx, community, staff, rong.id)  # she does look after it
        rong = lose(tx, rong, Role.REPRESENTATIVE)
        with pytest.raises(NotAllowed):
            pledges.take_over(tx, community, rong, rong.id)
        assert pledges.take_over(tx, community, staff, rong.id) == [number]
        assert pledges.known(tx, number).keeper == staff.id
        with pytest.raises(AlreadyDone):
            pledges.take_over(tx, community, staff, rong.id)

    await place.database.run(run)


async def test_consent_for_another_is_staffs_and_says_how_it_was_asked(place: Place) -> None:
    def run(tx: Transaction) -> None:
        staff, rong, number = place.prepare(tx)
        for what in ("name", "photos"):
            with pytest.raises(NotAllowed):
                pledges.consent(tx, rong, number, what, given=True, asked=Asked.IN_PERSON)
            with pytest.raises(NotAsked):
                pledges.consent(tx, staff, number, what, given=True)
            pledges.consent(tx, staff, number, what, given=True, asked=Asked.TELEPHONE)
            kept = stored.consent(tx, number, what)
            assert kept is not None and (kept.how, kept.given_by) == (Asked.TELEPHONE, staff.id)
        shown = board.one(tx, number)
        assert shown is not None and shown.name == "Old Chen"
        pledges.consent(tx, rong, number, "name", given=False)  # to take it off is anybody's who speaks for them
        shown = board.one(tx, number)
        assert shown is not None and shown.name is None
        with pytest.raises(NotAsked):
            pledges.record(tx, place.setup.community, staff, "Old Li", rong.id, Promise("x", WEEKEND, show_name=True))

    await place.database.run(run)


async def test_whoever_has_telegram_agrees_themselves(place: Place) -> None:
    def run(tx: Transaction) -> None:
        staff, bo = person(tx, "Wei", Role.ADMIN), person(tx, "Bo", Role.PLEDGER)
        number = pledges.make(tx, place.setup.community, bo, Promise("x", WEEKEND))
        pledges.approve(tx, place.setup.community, staff, number)
        with pytest.raises(NotAllowed):
            pledges.consent(tx, staff, number, "name", given=True, asked=Asked.PAPER)
        pledges.consent(tx, bo, number, "name", given=True)
        kept = stored.consent(tx, number, "name")
        assert kept is not None and (kept.how, kept.given_by) == (None, bo.id)

    await place.database.run(run)
