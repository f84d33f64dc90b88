"""Who is meant by the words that are pressed, and that a block stops whatever carries words."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from domain import events
from domain.rights import Role
from handlers.here import Setup
from services import blocking, joining
from services.allowed import Blocked
from services.blocking import Source
from services.voices import Gone, Report, submit
from storage import blocks, voices
from storage.database import Database, Transaction
from storage.voices import NewPart
from tests.support import make_setup, open_database, person


@pytest.fixture
def setup(tmp_path: Path) -> Setup:
    return make_setup(tmp_path)


@pytest.fixture
async def database(tmp_path: Path) -> AsyncIterator[Database]:
    async with open_database(tmp_path) as database:
        yield database


async def test_each_voice_of_a_report_is_told_from_the_others(database: Database, setup: Setup) -> None:
    def run(tx: Transaction) -> None:
        mei, li, wei = person(tx, "Mei"), person(tx, "Li"), person(tx, "Wei", Role.STAFF)
        number = submit(tx, setup.community, mei, Report(parts=[NewPart("text", text="The lamp")], area="north"))
        joining.join(tx, li, number, [NewPart("text", text="Thieves")])
        note = voices.add_parts(tx, number, wei.id, "note", [NewPart("text", text="x")])[0]
        first, second = blocking.writers(tx, number)
        assert blocking.meant(tx, wei, Source.PART, first).person == mei.id
        assert blocking.block(tx, wei, Source.PART, second, "Insults", 7).person == li.id
        assert blocks.of(tx, mei.id) is None
        with pytest.raises(Gone):
            blocking.meant(tx, wei, Source.PART, note)  # staff's own words
        for source in Source:
            with pytest.raises(Gone):
                blocking.meant(tx, wei, source, 999)

    await database.run(run)


async def test_a_block_stops_every_word_and_nothing_else(database: Database, setup: Setup) -> None:
    def run(tx: Transaction) -> None:
        mei, wei = person(tx, "Mei"), person(tx, "Wei", Role.STAFF)
        number = submit(tx, setup.community, mei, Report(parts=[NewPart("text", text="The lamp")]))
        blocking.block(tx, wei, Source.REPORT, number, "Insults", 7)
        for event in (
            events.VoiceAdded(actor=mei.id, voice=number, parts=(1,)),
            events.VoicePlaceChanged(actor=mei.id, voice=number, part=None),
            events.RepairMessagePassed(actor=mei.id, repair=1, to=wei.id),
            events.VolunteerAsked(actor=mei.id, person=mei.id),
            events.PledgeThanked(actor=mei.id, pledge=1),
            events.VoiceObjected(actor=mei.id, voice=number, parts=(1,)),
        ):
            with pytest.raises(Blocked):
                tx.emit(event)
        for event in (
            events.VoiceAdded(actor=mei.id, voice=number, parts=(1,), danger="fire"),
            events.VoiceWithdrawn(actor=mei.id, voice=number, parts=()),
            events.VoiceConfirmed(actor=mei.id, voice=number, round=1),
        ):
            tx.emit(event)

    await database.run(run)
