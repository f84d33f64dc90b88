"""`python -m bot export person`: a copy for somebody who asked on paper; it is on record before it is written."""

import asyncio
import json
import zipfile
from pathlib import Path

import pytest
from typer.testing import CliRunner

from bot.__main__ import app
from domain.community import Community
from domain.events import OwnDataHandedOut
from domain.people.rights import Role
from handlers.kit.update_context import Setup
from handlers.personal_data import sending
from sandbox.testing import TOKEN
from services.personal_data import exporting
from services.reports import recording
from services.reports.submitting import NewReport
from storage.core.database import Database, Transaction
from storage.reports.reports import NewPart
from tests.services import repairing
from tests.services.reporting import words
from tests.support import ROOT, free_port, happened, last_events, person, texts_of


async def export(*options: str) -> tuple[int, str]:
    run = await asyncio.to_thread(CliRunner().invoke, app, ["export", *options])
    return run.exit_code, " ".join(run.output.split())


def left(folder: Path) -> list[str]:
    """What lies there beside the database."""
    return sorted(each.name for each in folder.iterdir() if not each.name.startswith("bot.db"))


@pytest.fixture
async def vera(database: Database, community: Community, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> int:
    """Somebody without Telegram, of whom a report and a photo were recorded; our number of them."""
    monkeypatch.chdir(tmp_path)
    for name, value in {
        "BOT_TOKEN": TOKEN, "BOT_API_URL": f"http://127.0.0.1:{free_port()}", "DATA_DIR": str(tmp_path),
        "COMMUNITY": str(ROOT / "community.example.toml"),
    }.items():  # fmt: skip
        monkeypatch.setenv(name, value)

    def begin(tx: Transaction) -> int:
        wei = person(tx, "Wei", Role.STAFF)
        parts = [*words("My lamp is dark"), NewPart("photo", None, "file", "unique")]
        recording.record(tx, community, wei, "Vera Lin", "5550199", NewReport(parts))
        repairing.ask(tx, person(tx, "Bo"))
        (row,) = tx.query("SELECT person FROM reports")
        return int(row["person"])

    return await database.run(begin)


async def test_a_copy_for_somebody_without_telegram(
    database: Database, vera: int, tmp_path: Path, setup: Setup
) -> None:
    code, said = await export("person", "1", "--out", "copy.zip", "--language", "zh-Hans")
    assert code == 0 and "Vera Lin" in said and "1 of 1 files could not be fetched" in said
    file = tmp_path / "copy.zip"
    assert file.stat().st_mode & 0o077 == 0
    with zipfile.ZipFile(file) as archive:
        page, listed = archive.read("index.html").decode(), archive.read("data.json").decode()
    assert "My lamp is dark" in page and "5550199" in page and 'lang="zh-Hans"' in page
    assert "Bo" not in json.loads(listed)["rooms"] and repairing.ADDRESS not in page + listed
    assert left(tmp_path) == ["copy.zip"]

    def look(tx: Transaction) -> None:
        last_events(tx, OwnDataHandedOut(person=vera))
        person(tx, "Ann", Role.ADMIN)
        (due,) = tx.query("SELECT subject, data FROM scheduled_tasks WHERE kind = ?", (exporting.TOLD,))
        sending.told(tx, setup, due["subject"], json.loads(due["data"]))
        assert "copy of the data of Vera Lin" in texts_of(tx)[-1]

    await database.run(look)


async def test_a_repair_names_somebody_too(vera: int, tmp_path: Path) -> None:
    code, _ = await export("person", "repair:1")
    assert code == 0
    with zipfile.ZipFile(tmp_path / "repair-1-person.zip") as archive:
        assert repairing.ADDRESS in archive.read("index.html").decode()


@pytest.mark.parametrize("about", [(), ("99",), ("mei",), ("person:1",), ("report:",), (":1",), ("pledge:5",)])
async def test_what_is_nobodys_is_refused_and_nothing_is_kept(
    database: Database, vera: int, tmp_path: Path, about: tuple[str, ...]
) -> None:
    code, said = await export("person", *about)
    assert code != 0 and ("Whose data?" in said or "There is no" in said)
    assert OwnDataHandedOut.KIND not in await database.run(happened)
    assert left(tmp_path) == []


async def test_a_folder_that_is_none_is_said_before_anything_is_kept(database: Database, vera: int) -> None:
    code, said = await export("person", "1", "--out", "nowhere/copy.zip")
    assert code != 0 and "is no folder" in said
    assert OwnDataHandedOut.KIND not in await database.run(happened)


async def test_other_exports_take_nothing_behind_them(vera: int) -> None:
    code, said = await export("reports", "12")
    assert code != 0 and "behind person alone" in said
