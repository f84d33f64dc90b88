"""`doctor` says in plain words how the bot is, and changes nothing."""

from pathlib import Path

import pytest

from bot.background.watcher import Watcher
from bot.command_line.doctor import doctor
from bot.kit.lock import is_held, locked
from bot.kit.settings import Settings
from domain.community import Community
from services.operations import watching
from storage.core import scheduled_tasks
from storage.core.database import Database
from tests.support import Clock

TOKEN = "4242:SANDBOX-TOKEN"


@pytest.fixture
def settings(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Settings:
    monkeypatch.chdir(tmp_path)
    return Settings(bot_token=TOKEN, data_dir=tmp_path)


def told(settings: Settings) -> str:
    return "\n".join(map(str, doctor(settings)))


async def test_what_has_to_be_looked_after_is_said_with_what_to_do(database: Database, settings: Settings) -> None:
    before = await database.read(lambda tx: tx.number("SELECT total_changes()"))
    said = told(settings)
    assert "wrong the bot is not running - start it: python -m bot run" in said
    assert "wrong No staff group is chosen" in said and "/setup" in said
    assert TOKEN not in said and "&" not in said
    with locked(settings.data_dir):
        assert "ok    the bot is running." in told(settings)
        assert is_held(settings.data_dir)
    assert not is_held(settings.data_dir)
    assert await database.read(lambda tx: tx.number("SELECT total_changes()")) == before


def test_where_nothing_is_yet(settings: Settings) -> None:
    assert told(settings).startswith("note  database: there is none yet")


def test_a_file_that_is_no_database(settings: Settings) -> None:
    settings.database.write_text("not a database at all")
    assert "cannot be read" in told(settings)


async def test_the_daily_look_is_a_row_that_is_done_once(
    database: Database, clock: Clock, tmp_path: Path, community: Community, notices: None
) -> None:
    worker = Watcher(database, tmp_path, community)
    await worker._prepare()
    due = await database.run(scheduled_tasks.planned, watching.KIND)
    assert due is not None
    await worker.do_due()
    assert await database.read(lambda tx: tx.query("SELECT 1 FROM events WHERE kind = 'trouble.found'")) == []
    clock.at = due
    for _ in range(2):
        await worker._prepare()
        await worker.do_due()
    assert len(await database.read(lambda tx: tx.query("SELECT 1 FROM events WHERE kind = 'trouble.found'"))) == 1
    following = await database.run(scheduled_tasks.planned, watching.KIND)
    assert following is not None and following > due
