"""A copy holds every word that is somebody's, and none of anybody else's; looked at in the bytes of the ZIP file."""

import json
import re
import zipfile
from pathlib import Path
from typing import Any

import pytest

from bot.exports import own_data
from domain.community import Community
from services.personal_data import own_part
from storage.core.database import Database
from storage.core.declared_data import Export
from storage.personal_data.rooms import ROOMS
from tests.services.personal_data.planted import Planted, plant
from tests.support import ROOT

WORD = re.compile(r"\b(?:anna|boris|wei|lin|vera)-[a-z-]+")

NOT_ON_THE_PAGE = ("written", "press", "promise", "file", "unique")
"""What came in as Telegram sent it, how a promise read before, and Telegram's names for a file."""


@pytest.fixture
async def planted(database: Database, community: Community, notices: None) -> Planted:
    return await database.run(plant, community)


def order(database: Database, person: int, **more: Any) -> dict[str, Any]:
    return {
        "database": str(database.path), "community": str(ROOT / "community.example.toml"), "person": person,
        "language": "en", "now": database.now().isoformat(), **more,
    }  # fmt: skip


def packed(database: Database, folder: Path, person: int, **files: str) -> dict[str, str]:
    """What stands in the ZIP file of somebody's copy, by name."""
    folder.mkdir()
    made = own_data.carry_out(order(database, person, folder=str(folder), fetched=files))
    with zipfile.ZipFile(folder / made["zips"][0]) as archive:
        return {name: archive.read(name).decode("utf-8", "replace") for name in archive.namelist()}


async def test_all_their_words_and_nobody_elses(database: Database, planted: Planted, tmp_path: Path) -> None:
    for mark, who in planted.people.items():
        found = packed(database, tmp_path / mark, who.id)
        there = set(WORD.findall(found["data.json"]))
        assert there == planted.own[mark] | planted.answered[mark], mark
        # The page says less, and of nobody else either.
        assert set(WORD.findall(found["index.html"])) <= there, mark


async def test_the_page_says_what_people_ask_for_first(database: Database, planted: Planted, tmp_path: Path) -> None:
    found = packed(database, tmp_path / "anna", planted.people["anna"].id)
    said = set(WORD.findall(found["index.html"]))
    assert planted.own["anna"] - said == {f"anna-{each}" for each in NOT_ON_THE_PAGE}
    assert planted.answered["anna"] <= said
    assert found["index.html"].startswith("<!DOCTYPE html>")
    assert 'charset="utf-8"' in found["index.html"]


async def test_files_are_listed_once_and_a_missing_one_is_named(
    database: Database, planted: Planted, tmp_path: Path
) -> None:
    anna = planted.people["anna"].id
    (wanted,) = own_data.carry_out(order(database, anna))["files"]
    assert (wanted["file_id"], wanted["unique_id"], wanted["kind"]) == ("anna-file", "anna-unique", "photo")
    assert wanted["name"] in packed(database, tmp_path / "without", anna)["index.html"]
    folder = tmp_path / "with"
    (folder / "files").mkdir(parents=True)
    (folder / "files" / "lamp.jpg").write_bytes(b"\xff\xd8\xff photo")
    made = own_data.carry_out(order(database, anna, folder=str(folder), fetched={"anna-unique": "files/lamp.jpg"}))
    with zipfile.ZipFile(folder / made["zips"][0]) as archive:
        assert archive.read("files/lamp.jpg") == b"\xff\xd8\xff photo"
        assert 'src="files/lamp.jpg"' in archive.read("index.html").decode()
    assert (folder / made["zips"][0]).stat().st_mode & 0o777 == 0o600


async def test_many_files_are_several_zips(
    database: Database, planted: Planted, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(own_data, "LARGEST", 10)
    (tmp_path / "files").mkdir()
    files = {}
    for number in range(3):
        (tmp_path / "files" / f"{number}.jpg").write_bytes(b"12345678")
        files[f"unique-{number}"] = f"files/{number}.jpg"
    made = own_data.carry_out(order(database, planted.people["anna"].id, folder=str(tmp_path), fetched=files))
    assert made["zips"] == ["my-data.zip", "my-data-2.zip", "my-data-3.zip"]


async def test_it_is_read_in_chinese_too(database: Database, planted: Planted, tmp_path: Path) -> None:
    folder = tmp_path / "anna"
    folder.mkdir()
    told = order(database, planted.people["anna"].id, folder=str(folder), fetched={})
    made = own_data.carry_out({**told, "language": "zh_Hans"})
    with zipfile.ZipFile(folder / made["zips"][0]) as archive:
        page = archive.read("index.html").decode()
        assert 'lang="zh-Hans"' in page
        assert json.loads(archive.read("data.json"))["rooms"]


def test_what_is_only_partly_theirs_is_told_apart_somewhere() -> None:
    """Else making a copy would fail for everybody."""
    partly = {held.table for room in ROOMS for held in room.held if held.export is Export.OWN}
    assert partly == set(own_part.KEEP)
