"""Taking back: who is left, who stands for it, and what becomes of what was merged."""

import pytest

from domain.community import Community
from domain.core.state_machine import WrongState
from domain.events import ReportSupportChanged, ReportWithdrawn
from domain.people.rights import NotAllowed, Role
from domain.reports.reports import Relation, State
from services.core.errors import AlreadyDone
from services.people import blocking
from services.people.blocking import Source
from services.reports import joining, submitting, taking_back, working
from storage.core import blocks
from storage.core.database import Database, Transaction
from storage.people.people import Person
from storage.reports import reports, supports, verdicts
from storage.reports.reports import NewPart
from tests.support import happened, last_events, person

WORDS = (NewPart("text", text="The lamp is dark"),)


def reported(tx: Transaction, community: Community, by: Person) -> int:
    return submitting.submit(tx, community, by, submitting.NewReport(WORDS))


async def test_the_first_to_join_stands_for_it_and_nobody_else_changes(
    database: Database, community: Community
) -> None:
    def run(tx: Transaction) -> None:
        mei, bo, eve = (person(tx, name) for name in ("Mei", "Bo", "Eve"))
        number = reported(tx, community, mei)
        taking_back.relate(tx, mei, number, Relation.LIVES)
        for each in (eve, bo):
            joining.join(tx, each, number, WORDS)
        tx.execute("UPDATE supports SET created_at = '2020' WHERE person = ?", (bo.id,))
        assert not taking_back.take_back(tx, mei, number)
        report = reports.by_id(tx, number)
        assert report is not None and (report.person, report.state, report.relation) == (bo.id, State.NEW, None)
        assert supports.concerned(tx, number) == [bo.id, eve.id] and supports.behind(tx, number) == 2
        assert reports.writer(tx, report) == mei.id, "whoever wrote it stays who wrote it"
        assert taking_back.left(tx, mei, number) and not taking_back.left(tx, bo, number)
        with pytest.raises(NotAllowed):
            taking_back.take_back(tx, mei, number)
        # The last of them closes it.
        assert not taking_back.take_back(tx, eve, number)
        assert taking_back.take_back(tx, bo, number)
        assert happened(tx)[-3:] == ["report.left", "report.left", "report.withdrawn"]
        with pytest.raises(WrongState):
            taking_back.take_back(tx, bo, number)

    await database.run(run)


async def test_staff_block_whoever_wrote_it_and_not_who_stands_for_it_now(
    database: Database, community: Community
) -> None:
    def run(tx: Transaction) -> None:
        mei, bo, wei = person(tx, "Mei"), person(tx, "Bo"), person(tx, "Wei", Role.STAFF)
        number = reported(tx, community, mei)
        joining.join(tx, bo, number, WORDS)
        taking_back.take_back(tx, mei, number)
        assert working.reporter(tx, wei, number).name == "Mei"
        assert blocking.block(tx, wei, Source.REPORT, number, "abuse", 7).person == mei.id
        assert blocks.of(tx, bo.id) is None and blocks.of(tx, mei.id) is not None
        blocking.lift(tx, wei, Source.REPORT, number)
        assert blocks.of(tx, mei.id) is None

    await database.run(run)


async def test_who_has_left_owes_no_verdict_but_what_they_said_stays(database: Database, community: Community) -> None:
    def run(tx: Transaction) -> None:
        mei, bo, eve = (person(tx, name) for name in ("Mei", "Bo", "Eve"))
        number = reported(tx, community, mei)
        for each in (bo, eve):
            joining.join(tx, each, number, WORDS)
        tx.execute("UPDATE reports SET state = 'resolved', rounds = 1 WHERE id = ?", (number,))
        verdicts.ask(tx, number, 1, number)
        verdicts.answer(tx, number, 1, bo.id, "yes")
        taking_back.take_back(tx, mei, number)
        taking_back.take_back(tx, bo, number)
        tally = verdicts.tally(tx, number, 1)
        assert (tally.yes, tally.silent) == (1, 1)

    await database.run(run)


async def test_what_is_merged_leaves_the_whole_open(database: Database, community: Community) -> None:
    def run(tx: Transaction) -> None:
        mei, bo = person(tx, "Mei"), person(tx, "Bo")
        whole, part = reported(tx, community, mei), reported(tx, community, bo)
        tx.execute(
            "UPDATE reports SET state = 'merged', state_before = 'new', merged_into = ? WHERE id = ?", (whole, part)
        )
        report = reports.by_id(tx, part)
        assert report is not None and taking_back.stays_open(tx, bo, report)
        assert taking_back.take_back(tx, bo, part)
        states = [row["state"] for row in tx.query("SELECT state FROM reports ORDER BY id")]
        assert states == ["new", "withdrawn"]
        assert supports.concerned(tx, whole) == [mei.id]
        last_events(
            tx,
            ReportWithdrawn(actor=bo.id, report=part, parts=()),
            ReportSupportChanged(actor=bo.id, report=whole, behind=1),
        )

    await database.run(run)


async def test_the_reporter_of_the_whole_is_followed_by_one_of_what_was_merged(
    database: Database, community: Community
) -> None:
    def run(tx: Transaction) -> None:
        mei, bo = person(tx, "Mei"), person(tx, "Bo")
        whole, part = reported(tx, community, mei), reported(tx, community, bo)
        tx.execute(
            "UPDATE reports SET state = 'merged', state_before = 'new', merged_into = ? WHERE id = ?", (whole, part)
        )
        assert not taking_back.take_back(tx, mei, whole)
        report = reports.by_id(tx, whole)
        assert report is not None and report.person == bo.id and report.state is State.NEW
        # When the whole is closed, what is part of it is, too.
        tx.execute("UPDATE reports SET state = 'confirmed' WHERE id = ?", (whole,))
        merged = reports.by_id(tx, part)
        assert merged is not None and not taking_back.can_be_taken_back(tx, merged)
        with pytest.raises(WrongState):
            taking_back.take_back(tx, bo, part)

    await database.run(run)


async def test_a_relation_is_said_of_ones_own_and_once(database: Database, community: Community) -> None:
    def run(tx: Transaction) -> None:
        mei, bo = person(tx, "Mei"), person(tx, "Bo")
        number = reported(tx, community, mei)
        taking_back.relate(tx, mei, number, Relation.WORKS)
        with pytest.raises(AlreadyDone):
            taking_back.relate(tx, mei, number, Relation.WORKS)
        with pytest.raises(NotAllowed):
            taking_back.relate(tx, bo, number, Relation.WORKS)
        following = reports.by_id(tx, reported(tx, community, mei))
        assert following is not None and following.relation == "works"
        of_others = reports.by_id(tx, reported(tx, community, bo))
        assert of_others is not None and of_others.relation is None
        tx.execute("UPDATE reports SET state = 'confirmed' WHERE id = ?", (number,))
        with pytest.raises(WrongState):
            taking_back.relate(tx, mei, number, None)

    await database.run(run)
