"""`backup` and `restore`, as commands."""

import secrets
import sqlite3
from datetime import UTC, datetime
from pathlib import Path

from bot.command_line.opened_backup import opened
from bot.command_line.taken_away_found import prepare
from bot.kit.cannot_start import CannotStart
from bot.kit.lock import locked
from bot.kit.private_files import private_files
from bot.kit.settings import Settings
from handlers.people.roles import PREFIX as ROLE_LINK
from storage.core.backup import BackupFailed, back_up
from storage.core.inspection import Inspection, UnreadableError, inspect
from storage.core.migrate import SchemaTooOld, newest, refuse_old
from storage.operations.restore import BOT_USERNAME, first_link, put_in_place, setting_in

_FAILURES = (BackupFailed, sqlite3.Error, OSError)


def backup_now(settings: Settings, at: datetime | None = None) -> str:
    """Make a backup, also while the bot runs; returns the sentence that says where. Raises CannotStart."""
    if not settings.database.exists():
        raise CannotStart(f"There is no database at {settings.database} yet, so there is nothing to back up.")
    try:
        refuse_old(settings.database)
        with private_files():
            folder = settings.data_dir / "backups"
            made = back_up(settings.database, folder, "manual", at, public_key=settings.backup_recipient)
    except SchemaTooOld as error:
        raise CannotStart(f"{error}.") from error
    except _FAILURES as error:
        raise CannotStart(f"No backup of {settings.database} could be made: {error}.") from error
    is_sealed = "; without its secret key nobody opens it" if settings.backup_recipient else ""
    return f"The backup is {made} ({_size(made)}), checked and counted{is_sealed}."


def restore(
    settings: Settings, file: Path, overwrite: bool, at: datetime | None = None, *, without_taken_away: bool = False,
    identity: Path | None = None,
) -> str:  # fmt: skip
    """Put a backup in the database's place; returns the sentences that say what was done. Raises CannotStart.

    `without_taken_away`: go on knowingly where the file is missing that says what was taken away since the backup.
    `identity`: the file with the secret key, for a backup that is encrypted.
    """
    settings.data_dir.mkdir(parents=True, exist_ok=True, mode=0o700)
    at = at or datetime.now(UTC)
    with private_files(), locked(settings.data_dir), opened(file, settings.data_dir, identity) as copy:
        _verify(copy, settings.bot_id, file)
        if settings.database.exists() and not overwrite:
            raise CannotStart(
                f"There is a database at {settings.database} already. With --overwrite it is moved to "
                f"{settings.data_dir / 'backups'}, and {file} takes its place."
            )
        code = secrets.token_urlsafe(16)
        try:
            taken = prepare(copy, settings.database, at, knowingly=without_taken_away)
            noted = {**taken.noted, **first_link(code)}
            replaced = put_in_place(copy, settings.database, at, noted)
        except _FAILURES as error:
            raise CannotStart(f"{file} could not be restored: {error}.") from error
        username = setting_in(settings.database, BOT_USERNAME)
    kept = f" The one that was there is kept as {replaced}." if replaced else ""
    return (
        f"{file} is restored to {settings.database}.{kept} {taken.said}\n"
        "Start the bot: it tells staff and admins from when to when it does not know what was sent. Until an admin has "
        "confirmed them, the roles of staff, leads and admins are paused; volunteers stay on call.\n"
        f"When it runs, make yourself the first admin, within a day: {_first_admin(username, code)}"
    )


def _first_admin(username: str | None, code: str) -> str:
    payload = f"{ROLE_LINK}{code}"
    if username is None:
        return f"send the bot, in its private chat, the words /start {payload}"
    return f"open this link on your phone and press Start; it works once: https://t.me/{username}?start={payload}"


def _verify(copy: Path, bot_id: int, file: Path) -> None:
    """Raises CannotStart unless `copy`, which people know as `file`, can take the database's place."""
    found = _inspected(copy, file)
    if found.damage is not None:
        raise CannotStart(f"{file} is damaged ({found.damage}). Take another backup.")
    if found.version > newest():
        raise CannotStart(
            f"{file} was written by a newer version of this program (schema {found.version}; this one knows "
            f"{newest()}). Install the newer version first."
        )
    if found.version == 0 or found.bot_id is None:
        raise CannotStart(f"{file} is a database, but none of this program's.")
    if found.bot_id != bot_id:
        raise CannotStart(f"{file} belongs to bot {found.bot_id}, BOT_TOKEN to bot {bot_id}. Use that bot's token.")


def _inspected(copy: Path, file: Path) -> Inspection:
    try:
        return inspect(copy)
    except SchemaTooOld as error:
        raise CannotStart(f"{error}.") from error
    except UnreadableError as error:
        why = "is damaged, or no database" if error.damaged else f"cannot be read ({error})"
        raise CannotStart(f"{file} {why}. Take another backup.") from error


def _size(path: Path) -> str:
    size = path.stat().st_size
    return f"{size / 1_000_000:.1f} MB" if size >= 100_000 else f"{size / 1_000:.0f} kB"
