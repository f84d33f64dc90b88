"""The database's part of `check`."""

from __future__ import annotations

from pathlib import Path

from bot.command_line.findings import Finding, note, ok, wrong
from storage.core.inspection import Inspection, UnreadableError, inspect
from storage.core.migrate import SchemaTooOld, newest

_RESTORE = "restore a backup (they lie in the folder backups beside it)"


def check_database(path: Path, bot_id: int) -> tuple[list[Finding], Inspection | None]:
    """Whether the file is whole and belongs to this program and this bot (0 = not known).

    Comes out with the findings: what the bot has learnt, None when nothing can be read.
    """
    if not path.exists():
        return [note(f"database: there is none yet; the first run makes '{path}'.")], None
    try:
        found = inspect(path)
    except SchemaTooOld as error:
        return [wrong(f"database: {error}.")], None
    except UnreadableError as error:
        if error.damaged:
            return [wrong(f"database: '{path}' is damaged or no database - {_RESTORE}.")], None
        return [wrong(f"database: '{path}' cannot be opened ({error}) - let this user read it.")], None
    findings = [_state(path, found)]
    if found.bot_id and bot_id and found.bot_id != bot_id:
        findings.append(
            wrong(
                f"database: it belongs to bot {found.bot_id}, BOT_TOKEN to bot {bot_id} - "
                "use that bot's token or another DATA_DIR."
            )
        )
    return findings, found


def _state(path: Path, found: Inspection) -> Finding:
    known = newest()
    if found.damage:
        return wrong(f"database: '{path}' is damaged ({found.damage}) - {_RESTORE}.")
    if found.version > known:
        return wrong(
            f"database: '{path}' was written by a newer program (schema {found.version}, this one knows "
            f"{known}) - use the newer program."
        )
    if found.version < known:
        step = f"schema {found.version} of {known}"
        return note(f"database: {step}; the next run brings it up to date, after a backup.")
    return ok(f"database: '{path}' is whole.")
