"""`hotline`, as a command: the hotline's complaints of each month, out of a table. It writes beside the running bot."""

import html
import re
import sqlite3
from datetime import datetime
from pathlib import Path

from bot.command_line.poster import speakers
from bot.community.community_file import load_community
from bot.kit.cannot_start import CannotStart
from bot.kit.settings import Settings
from domain.calendar.local_time import local_time
from domain.figures.hotline_table import MOST_BYTES, read_file
from handlers.figures import hotline_words
from handlers.kit.texts import Html
from services.figures import hotline
from storage.core.migrate import SchemaTooOld, refuse_old
from storage.core.writing_beside import write_beside


def enter(settings: Settings, file: Path, language: str | None, now: datetime) -> str:
    """Enter all months of a file, or none; returns what became of them. Raises CannotStart, CommunityError."""
    community = load_community(settings.community)
    (say, *_) = speakers(community, [language] if language else None)
    path = settings.database
    if not path.exists():
        raise CannotStart(f"There is no database at {path} yet. Start the bot once.")
    try:
        with file.open("rb") as opened:
            data = opened.read(MOST_BYTES + 1)
    except OSError as error:
        raise CannotStart(f"{file} cannot be read: {error.strerror}.") from error
    table = read_file(data, local_time(now, community.zone).date())
    if table.problems:
        raise CannotStart(f"{file}\n{_plain(hotline_words.problems(say, table.problems))}")
    try:
        refuse_old(path)
        found = write_beside(path, lambda: now, lambda tx: hotline.enter_on_server(tx, table.counts))
    except SchemaTooOld as error:
        raise CannotStart(f"{error}.") from error
    except sqlite3.Error as error:
        raise CannotStart(f"Nothing was entered: {path} cannot be written: {error}.") from error
    return _plain(hotline_words.entered(say, found))


def _plain(text: Html) -> str:
    return html.unescape(re.sub("<[^>]*>", "", text))
