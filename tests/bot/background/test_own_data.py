"""The worker that makes copies: what Telegram refuses is named, what the disk refuses is tried again, nothing stays."""

import asyncio
import zipfile
from pathlib import Path
from typing import Any

import pytest

from bot.background import own_data
from bot.background.own_data import OwnData
from bot.exports import own_data as program
from bot.kit.request import Refused, Request
from domain.community import Community
from domain.events import OwnDataFailed, OwnDataMade
from handlers.kit.update_context import Setup
from handlers.personal_data import sending
from services.personal_data import exporting
from services.reports import saying_more
from storage.core import events, scheduled_tasks
from storage.core.database import Database, Transaction
from storage.people.people import Person
from storage.reports.reports import NewPart
from tests.services.personal_data.forgotten import forgotten
from tests.services.reporting import submitted
from tests.support import ROOT, Clock, happened, outbox_of, person, texts_of


class Files(Request):
    """Telegram, as far as files go: what it hands over, and what it refuses."""

    def __init__(self, **files: bytes) -> None:
        super().__init__("http://localhost", "42:none")
        self.files = files

    async def download_named(self, file_id: str) -> tuple[str, bytes]:
        """By the id."""
        if file_id not in self.files:
            raise Refused(400, "file is too big")
        return f"photos/{file_id}.JPG", self.files[file_id]


@pytest.fixture
async def ordered(database: Database, community: Community, monkeypatch: pytest.MonkeyPatch) -> Person:
    """Somebody with two photos, who asked for a copy."""

    def begin(tx: Transaction) -> Person:
        mei = person(tx, "Mei")
        number = submitted(tx, community, mei)
        photos = [NewPart("photo", None, each, f"unique-{each}") for each in ("lamp", "stairs")]
        saying_more.add(tx, community, mei, number, photos, None)
        exporting.order(tx, mei, "en")
        return mei

    async def here(order: dict[str, Any], _program: str) -> dict[str, Any]:
        return await asyncio.to_thread(program.carry_out, order)

    monkeypatch.setattr(own_data, "make", here)
    return await database.run(begin)


def worker(database: Database, setup: Setup, **files: bytes) -> OwnData:
    return OwnData(database, Files(**files), setup, ROOT / "community.example.toml")


async def test_what_telegram_refuses_is_named_and_the_rest_is_there(
    database: Database, setup: Setup, ordered: Person
) -> None:
    await worker(database, setup, lamp=b"the lamp").do_due()

    def look(tx: Transaction) -> dict[str, Any]:
        made = events.newest_of(tx, OwnDataMade.KIND, f"person:{ordered.id}")
        assert made is not None and (made.data["files"], made.data["missing"]) == (1, 1)
        (row,) = (row for row in outbox_of(tx) if row["action"] == "document")
        return row

    row = await database.run(look)
    file = setup.media.parent / row["content"]["path"]
    assert "1 file could not be fetched" in row["content"]["text"]
    with zipfile.ZipFile(file) as archive:
        (photo,) = (name for name in archive.namelist() if name.startswith("files/"))
        assert photo.endswith(".jpg") and archive.read(photo) == b"the lamp"
    assert [path.name for path in file.parent.iterdir()] == [file.name], "nothing but what is to be sent"
    assert file.stat().st_mode & 0o077 == 0


async def test_what_the_disk_refuses_is_tried_again_and_then_said(
    database: Database, setup: Setup, ordered: Person, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(_self: Path, _content: bytes) -> int:
        raise OSError(28, "No space left on device")

    works = worker(database, setup, lamp=b"the lamp", stairs=b"the stairs")
    with monkeypatch.context() as patch:
        patch.setattr(Path, "write_bytes", full)
        for _ in range(own_data.TRIES - 1):
            await works.do_due()
            assert await database.run(happened) == ["report.submitted", "report.added", "own_data.asked"]
            clock.advance(minutes=1)
        await works.do_due()
    assert OwnDataFailed.KIND in await database.run(happened)
    assert await database.run(lambda tx: exporting.next_one(tx, ordered.id)) is None, "they can ask again"
    assert "could not be made" in (await database.run(texts_of))[-1]


async def test_a_second_run_after_a_crash_begins_anew(database: Database, setup: Setup, ordered: Person) -> None:
    """Dead before the transaction: what lay there is gone, and it is made once."""
    works = worker(database, setup, lamp=b"the lamp", stairs=b"the stairs")
    (row,) = await database.run(scheduled_tasks.claim, (exporting.KIND,), 10)
    left = sending.folder_of(setup, row["id"]) / "files" / "left.jpg"
    left.parent.mkdir(parents=True)
    left.write_bytes(b"left")
    await works._do(row)
    await works.do_due()
    await works.do_due()
    kinds = await database.run(happened)
    assert kinds.count(OwnDataMade.KIND) == 1
    assert len([row for row in await database.run(outbox_of) if row["action"] == "document"]) == 1
    assert not left.exists()


async def test_what_nobody_waits_for_is_deleted(database: Database, setup: Setup, ordered: Person) -> None:
    works = worker(database, setup)
    await works.do_due()
    await works._prepare()
    assert len(sending.folders(setup)) == 1, "it is still to be sent"
    await database.run(lambda tx: tx.execute("UPDATE outbox SET state = 'dropped', finished_at = created_at"))
    await works._prepare()
    assert sending.folders(setup) == []


async def test_who_is_forgotten_meanwhile_is_sent_nothing(
    database: Database, setup: Setup, ordered: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    """They asked for a copy, and for all to be deleted while it is made."""
    works, make = worker(database, setup, lamp=b"the lamp"), own_data.make

    async def meanwhile(order: dict[str, Any], which: str) -> dict[str, Any]:
        made = await make(order, which)
        if "folder" in order:
            await database.run(forgotten, setup.community, ordered)
        return made

    monkeypatch.setattr(own_data, "make", meanwhile)
    await works.do_due()
    assert not [row for row in await database.run(outbox_of) if row["action"] == "document"]
    assert OwnDataMade.KIND not in await database.run(happened)
    assert not await database.run(scheduled_tasks.has_any, exporting.KIND)
    await works._prepare()
    assert sending.folders(setup) == []
