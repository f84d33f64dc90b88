"""Who is meant by the words that are pressed, and that a block stops whatever carries words."""

from datetime import datetime

import pytest

from domain import events
from domain.people.rights import NotAllowed, Role
from domain.pledges.pledges import Answer, Kind, Plan
from handlers.kit.update_context import Setup
from handlers.reports.staff import blocking_writers as desk
from services.core.errors import NotFound
from services.people import blocking, public_names
from services.people.blocking import Source
from services.reports import joining, recording
from services.reports.allowed import Blocked
from services.reports.submitting import NewReport, submit
from storage.core import blocks
from storage.core.database import Database, Transaction
from storage.people import people
from storage.pledges import occurrences, pledges
from storage.reports import reports
from storage.reports.reports import NewPart
from storage.volunteers import volunteers
from tests.support import person

ON_CALL = Plan(Kind.ON_CALL, datetime(2026, 3, 2))


async def test_each_report_of_a_report_is_told_from_the_others(database: Database, setup: Setup) -> None:
    def run(tx: Transaction) -> None:
        mei, li, wei = person(tx, "Mei"), person(tx, "Li"), person(tx, "Wei", Role.STAFF)
        number = submit(tx, setup.community, mei, NewReport(parts=[NewPart("text", text="The lamp")], area="north"))
        joining.join(tx, li, number, [NewPart("text", text="Thieves")])
        note = reports.add_parts(tx, number, wei.id, "note", [NewPart("text", text="x")])[0]
        first, second = blocking.writers(tx, number)
        assert blocking.meant(tx, wei, Source.PART, first).person == mei.id
        assert blocking.block(tx, wei, Source.PART, second, "Insults", 7).person == li.id
        assert blocks.of(tx, mei.id) is None
        with pytest.raises(NotFound):
            blocking.meant(tx, wei, Source.PART, note)  # staff's own words
        for source in Source:
            with pytest.raises(NotFound):
                blocking.meant(tx, wei, source, 999)

    await database.run(run)


async def test_a_block_stops_every_word_and_nothing_else(database: Database, setup: Setup) -> None:
    def run(tx: Transaction) -> None:
        mei, wei = person(tx, "Mei"), person(tx, "Wei", Role.STAFF)
        number = submit(tx, setup.community, mei, NewReport(parts=[NewPart("text", text="The lamp")]))
        blocking.block(tx, wei, Source.REPORT, number, "Insults", 7)
        for event in (
            events.ReportAdded(actor=mei.id, report=number, parts=(1,)),
            events.ReportPlaceChanged(actor=mei.id, report=number, part=None),
            events.RepairNumbersAgreed(actor=mei.id, repair=1, both=False),
            events.RepairMessagePassed(actor=mei.id, repair=1, to=wei.id),
            events.VolunteerAsked(actor=mei.id, person=mei.id),
            events.PledgeThanked(actor=mei.id, pledge=1),
            events.ReportObjected(actor=mei.id, report=number, parts=(1,)),
        ):
            with pytest.raises(Blocked):
                tx.emit(event)
        for event in (
            events.ReportAdded(actor=mei.id, report=number, parts=(1,), danger="fire"),
            events.ReportWithdrawn(actor=mei.id, report=number, parts=()),
            events.ReportConfirmed(actor=mei.id, report=number, round=1),
        ):
            tx.emit(event)

    await database.run(run)


async def test_who_wrote_a_promise_or_a_word_of_it_is_meant_not_whose_it_is(database: Database, setup: Setup) -> None:
    """Old Chen has no Telegram: the words are those of the neighbour who speaks for him."""

    def run(tx: Transaction) -> None:
        rong, wei = person(tx, "Rong", Role.REPRESENTATIVE), person(tx, "Wei", Role.STAFF)
        chen = people.without_telegram(tx, "Old Chen", None, "en")
        number = pledges.add(tx, chen.id, rong.id, "I mend taps", ON_CALL, setup.community.zone, recorded_by=wei.id)
        pledges.add_wording(tx, number, wei.id, "I mend taps", ON_CALL, ())
        with pytest.raises(NotAllowed):
            blocking.block(tx, wei, Source.PLEDGE, number, "Insults", 7)  # staff wrote it
        pledges.add_wording(tx, number, rong.id, "The staff are thieves", ON_CALL, ())
        said = occurrences.say(tx, number, None, rong.id, Answer.NOTE)
        for source, which in ((Source.PLEDGE, number), (Source.PROOF, said)):
            assert blocking.meant(tx, wei, source, which).person == rong.id
        assert blocking.block(tx, wei, Source.PROOF, said, "Insults", 7).person == rong.id

    await database.run(run)


async def test_on_a_report_that_staff_recorded_those_who_joined_can_be_blocked(
    database: Database, setup: Setup
) -> None:
    def run(tx: Transaction) -> None:
        li, wei = person(tx, "Li"), person(tx, "Wei", Role.STAFF)
        words = NewReport(parts=[NewPart("text", text="The lamp")], area="north")
        number = recording.record(tx, setup.community, wei, "Old Chen", None, words)
        report = reports.by_id(tx, number)
        assert report is not None
        action = next(each for each in desk.WORK.actions if each.name == "blocks")
        assert not action.shown(report, reports.parts(tx, number))
        joining.join(tx, li, number, [NewPart("text", text="Thieves")])
        assert action.shown(report, reports.parts(tx, number))
        (said,) = blocking.writers(tx, number)
        assert blocking.meant(tx, wei, Source.PART, said).person == li.id

    await database.run(run)


async def test_a_name_is_no_way_to_say_something_while_blocked(database: Database, setup: Setup) -> None:
    def run(tx: Transaction) -> None:
        hui, wei = person(tx, "Hui", Role.VOLUNTEER), person(tx, "Wei", Role.STAFF)
        profile = volunteers.Profile(("plumbing",), ("north",), True, (), 2, False, None, False)
        volunteers.put(tx, hui.id, profile, volunteers.ASKED)
        volunteers.approve(tx, hui.id, wei.id)
        public_names.approve_as_seen(tx, hui.id, wei.id)
        blocking.block(tx, wei, Source.OFFER, hui.id, "Insults", 7)
        assert hui.telegram_id is not None
        renamed = people.meet(tx, hui.telegram_id, "Thieves", None, "en")
        public_names.check(tx, renamed)
        assert not tx.query("SELECT 1 FROM events WHERE kind = 'public_name.waits'")
        blocking.lift(tx, wei, Source.OFFER, hui.id)
        assert len(tx.query("SELECT 1 FROM events WHERE kind = 'public_name.waits'")) == 1

    await database.run(run)
