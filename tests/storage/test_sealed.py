"""Encrypted copies: whole, private, and opened by their own key alone."""

import contextlib
import shutil
import sqlite3
import stat
from pathlib import Path

import pyrage
import pytest

from bot.command_line.opened_backup import opened
from bot.kit.cannot_start import CannotStart
from bot.kit.settings import SettingsError, read_settings
from storage.core import backup, sealed, taken_away_file
from storage.core.migrate import migrate

MARKER = "the words that nobody else is to read"


@pytest.fixture
def path(tmp_path: Path) -> Path:
    path = tmp_path / "data" / "bot.db"
    path.parent.mkdir()
    with contextlib.closing(sqlite3.connect(path, isolation_level=None)) as connection:
        connection.execute("CREATE TABLE a (words TEXT)")
        connection.executemany("INSERT INTO a VALUES (?)", [(f"{number} {MARKER}",) for number in range(500)])
    taken_away_file.beside(path).write_text("{}\n")
    return path


class Key:
    """A pair: the public key as it is set, and the file with the secret one as `age-keygen` writes it."""

    def __init__(self, folder: Path, name: str) -> None:
        pair = pyrage.x25519.Identity.generate()
        self.public, self.file = str(pair.to_public()), folder / name
        self.file.write_text(f"# public key: {self.public}\n{pair}\n")


@pytest.fixture
def key(tmp_path: Path) -> Key:
    return Key(tmp_path, "key.txt")


def made(path: Path, key: Key) -> Path:
    return backup.back_up(path, path.parent / "backups", "manual", public_key=key.public)


def words(copy: Path) -> int:
    with contextlib.closing(sqlite3.connect(copy)) as connection:
        count: int = connection.execute("SELECT count(*) FROM a WHERE words LIKE ?", (f"%{MARKER}",)).fetchone()[0]
    return count


def test_nothing_that_can_be_read_stays(path: Path, key: Key) -> None:
    copy = made(path, key)
    assert copy.name.endswith(".db.age") and sealed.is_sealed(copy)
    assert {each.name for each in copy.parent.iterdir()} == {copy.name, backup.companion(copy).name}
    assert not any(MARKER.encode() in each.read_bytes() for each in copy.parent.iterdir())
    assert stat.S_IMODE(copy.stat().st_mode) == 0o600
    assert list(backup.made(copy.parent, "manual").values()) == [copy]


def test_its_key_opens_it_for_as_long_as_it_is_needed(path: Path, key: Key, tmp_path: Path) -> None:
    copy = made(path, key)
    with opened(copy, path.parent, key.file) as found:
        assert words(found) == 500
        assert backup.companion(found).read_text() == "{}\n"
        assert stat.S_IMODE(found.stat().st_mode) == 0o600
        assert stat.S_IMODE(found.parent.stat().st_mode) == 0o700
        shutil.copytree(found.parent, path.parent / "opened-and-left-by-a-kill")
    assert not found.exists()
    with opened(copy, path.parent, key.file):
        assert not (path.parent / "opened-and-left-by-a-kill").exists()
    plain = backup.back_up(path, path.parent / "backups", "manual")
    with opened(plain, path.parent, None) as found:
        assert found == plain


def test_it_stays_closed_without_its_key_and_says_so(path: Path, key: Key, tmp_path: Path) -> None:
    copy, other, no_key = made(path, key), Key(tmp_path, "other.txt"), tmp_path / "empty.txt"
    no_key.write_text("# nothing\n")
    damaged = copy.with_name("manual-damaged.db.age")
    content = bytearray(copy.read_bytes())
    content[len(content) // 2] ^= 1
    damaged.write_bytes(content)
    for file, identity, said in (
        (copy, None, "--identity"),
        (copy, other.file, "no key in"),
        (copy, no_key, "holds no secret key"),
        (copy, path, "holds no secret key"),
        (copy, tmp_path / "none", "There is no file"),
        (damaged, key.file, "cannot be opened"),
    ):
        with pytest.raises(CannotStart, match=said), opened(file, path.parent, identity):
            pass
    assert not list(path.parent.glob("opened-*")), "nothing of it is left"


def test_the_copy_before_a_migration_is_sealed_too(path: Path, key: Key, tmp_path: Path) -> None:
    steps = tmp_path / "steps"
    steps.mkdir()
    (steps / "0028_first.sql").write_text("CREATE TABLE b (id INTEGER);")
    with contextlib.closing(sqlite3.connect(path, isolation_level=None)) as connection:
        connection.execute("PRAGMA user_version=28")
        (steps / "0029_second.sql").write_text("CREATE TABLE c (id INTEGER);")
        migrate(connection, path, steps, public_key=key.public)
    (copy,) = backup.copies(path.parent / "backups", backup.BEFORE_SCHEMA)
    assert sealed.is_sealed(copy)


def test_only_a_public_key_is_a_setting_and_no_other_is_shown(
    key: Key, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("BOT_TOKEN", "4242:SANDBOX-TOKEN")
    monkeypatch.setenv("BACKUP_RECIPIENT", key.public)
    assert read_settings().backup_recipient == key.public
    secret = key.file.read_text().splitlines()[-1]
    for wrong in (secret, key.public[:-1], "nonsense"):
        monkeypatch.setenv("BACKUP_RECIPIENT", wrong)
        with pytest.raises(SettingsError) as refused:
            read_settings()
        assert "BACKUP_RECIPIENT" in str(refused.value) and "age-keygen" in str(refused.value)
        assert wrong not in str(refused.value)
