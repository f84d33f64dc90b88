"""`python -m bot doctor`: how the running bot is, in plain words, and what to do. Changes nothing."""

from __future__ import annotations

import sqlite3
from datetime import UTC, datetime
from html import unescape
from zoneinfo import ZoneInfo

from bot.background.watcher import outside
from bot.command_line.findings import Finding, note, ok, wrong
from bot.kit.lock import is_held
from bot.kit.settings import Settings
from domain.operations.troubles import TroubleKind
from handlers.kit.texts import Speaker
from handlers.operations.troubles import sentence
from services.operations import watching
from storage.core.reading import TooSlow, read_beside

_LESS = frozenset({TroubleKind.FAILED, TroubleKind.REFUSED, TroubleKind.QUARANTINE})
"""What is good to know, and keeps nothing from going on."""


def doctor(settings: Settings) -> list[Finding]:
    """Whether it runs, and what has to be looked after; one line that says so when that is nothing."""
    if not settings.database.is_file():
        return [note(f"database: there is none yet; the first run makes '{settings.database}'.")]
    findings = [_running(settings)]
    try:
        seen = outside(settings.data_dir, settings.database)
        troubles = read_beside(settings.database, lambda: datetime.now(UTC), lambda tx: watching.found(tx, seen))
    except (sqlite3.Error, OSError, TooSlow) as error:
        told = f"the database cannot be read ({error}) - see whether this user may, then write: python -m bot check"
        return [*findings, wrong(f"{told}.")]
    say = Speaker("en", ZoneInfo("UTC"))
    for each in troubles:
        told = unescape(sentence(say, each.kind, each.count))
        since = f" Since {each.since:%Y-%m-%d %H:%M} UTC." if each.since is not None else ""
        findings.append((note if each.kind in _LESS else wrong)(told + since))
    if not troubles:
        findings.append(ok("nothing waits that should not, and nothing has to be looked after."))
    return findings


def _running(settings: Settings) -> Finding:
    if is_held(settings.data_dir):
        return ok("the bot is running.")
    return wrong("the bot is not running - start it: python -m bot run")
