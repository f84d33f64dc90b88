"""A backup, more reports, a restore: the bot goes on, says what it does not know, and promises no number twice."""

import sqlite3
from contextlib import closing
from datetime import datetime
from pathlib import Path

import pyrage
import pytest
from typer.testing import CliRunner

from bot.__main__ import app
from bot.command_line.backup_and_restore import backup_now, restore
from bot.kit.cannot_start import CannotStart
from bot.kit.settings import Settings
from sandbox.client import buttons, written
from sandbox.testing import TOKEN
from services.operations.restoring import MARGIN
from storage.core.migrate import newest
from tests.e2e.conftest import LAMP, Estate, shows
from tests.e2e.reading import TAKE, asked_to_send, presses_send, presses_what, until

HOLE = "There is a hole in the pavement at the north gate"
LATER = datetime.fromisoformat("2026-11-25T15:30:00+08:00")


@pytest.fixture
def settings(estate: Estate, tmp_path: Path) -> Settings:
    return Settings(bot_token=TOKEN, bot_api_url=estate.world.url, data_dir=tmp_path / "data")


def backups(settings: Settings, label: str) -> list[Path]:
    return sorted((settings.data_dir / "backups").glob(f"{label}-*.db"))


async def restored(estate: Estate, settings: Settings) -> None:
    """Stop the bot, put the one backup by hand in place, start again five and a half hours after the morning."""
    await estate.stop()
    (file,) = backups(settings, "manual")
    restore(settings, file, overwrite=True, at=LATER)
    await estate.world.set_time("2026-11-25T15:35:00+08:00")
    await estate.start()


async def test_report_backup_report_restore_and_on(estate: Estate, settings: Settings) -> None:
    mei, wei, group = estate.resident, estate.staff, estate.staff_chat
    await estate.report(LAMP)
    await estate.card(1)
    await estate.settled()
    assert "checked and counted" in backup_now(settings)
    await estate.report(HOLE)
    lost = await estate.card(2)
    await presses_what(wei, TAKE, group, await estate.card(1))
    await shows(wei, "No. 1 · ", "In charge: Wei", chat=group)
    await estate.settled()

    await restored(estate, settings)
    for where in (wei.id, group):
        notice = await shows(wei, "I was restored from a backup", chat=where)
        assert ", 15:30" in written(notice), "until the restore, not until the start"
    await estate.settled()
    assert "In charge: nobody yet" in written(await estate.card(1)), "the card says what the database knows"
    first_card = [each for each in await estate.world.chat_messages(group) if "No. 1 · " in written(each)]
    assert len(first_card) == 1, "it is the same message, edited"

    # What stands in the chats but is not known any more is answered kindly.
    await presses_what(wei, TAKE, group, lost)
    await mei.says("It is still dark.")
    await estate.settled()
    await mei.says("/cancel")
    await mei.says("/my")
    await shows(mei, "No. 1")

    await mei.says(HOLE)
    await asked_to_send(mei, HOLE)
    await presses_send(mei)
    await shows(mei, f"No. {2 + MARGIN}: Received")
    await presses_what(wei, TAKE, group, await estate.card(1))
    await shows(wei, "No. 1 · ", "In charge: Wei", chat=group)
    (aside,) = backups(settings, "replaced")
    with closing(sqlite3.connect(aside)) as database:
        assert database.execute("SELECT count(*) FROM reports").fetchone() == (2,), "the replaced one is kept whole"


async def test_an_encrypted_backup_is_restored_with_its_key(estate: Estate, settings: Settings, tmp_path: Path) -> None:
    pair, key = pyrage.x25519.Identity.generate(), tmp_path / "key.txt"
    key.write_text(f"{pair}\n")
    sealing = settings.model_copy(update={"backup_recipient": str(pair.to_public())})
    await estate.report(LAMP)
    await estate.card(1)
    await estate.settled()
    assert "without its secret key" in backup_now(sealing)
    (file,) = (settings.data_dir / "backups").glob("manual-*.db.age")
    await estate.stop()
    with pytest.raises(CannotStart, match="--identity"):
        restore(settings, file, overwrite=True, at=LATER)
    assert str(file) in restore(settings, file, overwrite=True, at=LATER, identity=key)
    await estate.world.set_time("2026-11-25T15:35:00+08:00")
    await estate.start()
    await shows(estate.staff, "I was restored from a backup")
    await estate.resident.says("/my")
    await shows(estate.resident, "No. 1")
    assert not list(settings.data_dir.glob("opened-*"))


async def test_it_is_told_once(estate: Estate, settings: Settings) -> None:
    backup_now(settings)
    await restored(estate, settings)
    await shows(estate.staff, "I was restored from a backup")
    await estate.stop()
    await estate.start()
    await estate.settled()
    assert len(await estate.rows("SELECT * FROM events WHERE kind = 'database.restored'")) == 1
    await estate.report(LAMP)
    assert await estate.rows("SELECT id FROM reports") == [{"id": 1 + MARGIN}], (
        "one gap, also where there was no report"
    )


async def test_a_card_that_is_gone_is_sent_anew(estate: Estate, settings: Settings) -> None:
    await estate.report(LAMP)
    card = await estate.card(1)
    await estate.settled()
    backup_now(settings)
    await estate.stop()
    await estate.world.post("delete", **{"from": estate.staff.id}, chat=estate.staff_chat, message=card["message_id"])
    await estate.start()
    await restored(estate, settings)
    anew = await shows(estate.staff, "No. 1 · ", chat=estate.staff_chat, after=card)
    assert buttons(anew)


async def test_what_may_have_been_sent_is_dropped_or_sent_again_as_its_kind_says(
    estate: Estate, settings: Settings
) -> None:
    """Rows that waited in the backup: a digest had better not come twice, an answer had better come."""
    await estate.settled()
    (chat,) = await estate.rows("SELECT id FROM chats WHERE kind = 'private' ORDER BY id LIMIT 1")
    backup_now(settings)
    (file,) = backups(settings, "manual")
    with closing(sqlite3.connect(file, isolation_level=None)) as copy:
        for words, uncertain, not_before in (
            ("digest", "drop", None),
            ("answer", "again", None),
            ("tomorrow's digest", "drop", "2026-11-26T00:00:00.000000Z"),
        ):
            copy.execute(
                "INSERT INTO outbox (lane, chat, action, content, when_uncertain, state, not_before, created_at) "
                "VALUES (1, ?, 'message', json_object('text', ?), ?, ?, ?, '2026-11-25T00:00:00.000000Z')",
                (chat["id"], words, uncertain, "waiting" if not_before else "pending", not_before),
            )
    await restored(estate, settings)
    await shows(estate.resident, "answer")

    async def states() -> dict[str, str]:
        found = await estate.rows("SELECT content ->> 'text' AS text, state FROM outbox WHERE lane = 1")
        return {row["text"]: row["state"] for row in found if row["text"] in ("digest", "answer", "tomorrow's digest")}

    expected = {"digest": "dropped", "answer": "sent", "tomorrow's digest": "waiting"}

    async def as_expected() -> bool:
        return await states() == expected

    await until(as_expected, f"{expected}")
    await estate.world.set_time("2026-11-26T08:00:05+08:00")
    await shows(estate.resident, "tomorrow's digest")


async def test_refused_while_the_bot_runs(estate: Estate, settings: Settings) -> None:
    backup_now(settings)
    (file,) = backups(settings, "manual")
    with pytest.raises(CannotStart, match="is running"):
        restore(settings, file, overwrite=True)


def test_the_commands(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What is said where there is nothing, or the wrong thing."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("BOT_TOKEN", TOKEN)
    bot = CliRunner()
    said = bot.invoke(app, ["backup"])
    assert said.exit_code == 2 and "nothing to back up" in said.output
    said = bot.invoke(app, ["restore", "nowhere.db"])
    assert said.exit_code == 2 and "There is no file nowhere.db" in said.output
    Path("letter.db").write_text("Dear neighbours, this is no database. " * 50)
    said = bot.invoke(app, ["restore", "letter.db"])
    assert said.exit_code == 2 and "no database" in said.output
    for name, version, known in (("newer", 999, "4242"), ("another", newest(), "777"), ("empty", 0, None)):
        with closing(sqlite3.connect(f"{name}.db")) as database:
            database.execute("CREATE TABLE settings (key TEXT PRIMARY KEY, value TEXT)")
            if known is not None:
                database.execute("INSERT INTO settings VALUES ('bot_id', ?)", (known,))
            database.execute(f"PRAGMA user_version = {version}")
            database.commit()
    for name, words in (("newer", "newer version"), ("another", "belongs to bot 777"), ("empty", "none of this")):
        said = bot.invoke(app, ["restore", f"{name}.db"])
        assert said.exit_code == 2 and words in said.output, said.output
    assert not Path("data/bot.db").exists()


def test_an_existing_database_is_overwritten_only_when_told_and_kept_aside(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("BOT_TOKEN", TOKEN)
    bot = CliRunner()
    with closing(sqlite3.connect("copy.db")) as database:
        database.execute("CREATE TABLE settings (key TEXT PRIMARY KEY, value TEXT)")
        database.execute("INSERT INTO settings VALUES ('bot_id', ?)", (TOKEN.split(":")[0],))
        database.execute(f"PRAGMA user_version = {newest()}")
        database.commit()
    Path("data").mkdir()
    Path("data/bot.db-wal").write_bytes(b"an old journal that must not be played into the new one")
    assert bot.invoke(app, ["restore", "copy.db", "--without-taken-away"]).exit_code == 0
    assert not Path("data/bot.db-wal").exists()
    said = bot.invoke(app, ["restore", "copy.db", "--without-taken-away"])
    assert said.exit_code == 2 and "--overwrite" in said.output
    Path("data/bot.db").write_bytes(b"damaged" * 1000)
    said = bot.invoke(app, ["restore", "copy.db", "--overwrite", "--without-taken-away"])
    assert said.exit_code == 0 and "is kept as data/backups/replaced-" in said.output
    assert sorted(path.read_bytes()[:7] for path in Path("data/backups").glob("replaced-*.db"))[-1] == b"damaged"
    said = bot.invoke(app, ["backup"])
    assert said.exit_code == 0 and "data/backups/manual-" in said.output and "kB" in said.output
