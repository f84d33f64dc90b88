"""`export person`, as a command: a copy of what is kept about somebody, asked for on paper or at the counter.

Who it is about is named by something of theirs that they know the number of. It is never written before it is kept that
somebody took it out; all admins are told once the bot runs.
"""

import asyncio
import shutil
import sqlite3
import tempfile
from datetime import datetime
from pathlib import Path

from bot.command_line.poster import speakers
from bot.community.community_file import load_community
from bot.exports import own_data, own_files
from bot.kit.cannot_start import CannotStart
from bot.kit.private_files import private_files
from bot.kit.request import Request
from bot.kit.settings import Settings
from domain.core.subjects import subject
from services.core.errors import NotFound
from services.personal_data import exporting
from services.personal_data.collecting import collect
from storage.core.migrate import SchemaTooOld, refuse_old
from storage.core.reading import read_beside
from storage.core.writing_beside import write_beside
from storage.people.people import Person

KINDS = ("report", "repair", "pledge")


def copy(settings: Settings, about: str | None, out: Path | None, language: str | None, now: datetime) -> str:
    """Make the copy of the person who has `about` (`report:12`, or `12`); returns what is said of it.

    Raises CannotStart, CommunityError.
    """
    path, named = settings.database, _named(about)
    file = out or Path(f"{named.replace(':', '-')}-person.zip")
    community = load_community(settings.community)
    if not path.exists():
        raise CannotStart(f"There is no database at {path} yet, so there is nothing to export.")
    if not file.parent.is_dir():
        raise CannotStart(f"{file.parent} is no folder. Make it first, or name another with --out.")
    if language is not None:
        speakers(community, [language])  # says so where there are no texts in it
    try:
        refuse_old(path)
        person = write_beside(path, lambda: now, lambda tx: exporting.took_out(tx, named))
        zips, missing, files = asyncio.run(_make(settings, person, file, language, now))
    except NotFound as error:
        raise CannotStart(f"There is no {named.replace(':', ' no. ')}. Nothing was exported.") from error
    except SchemaTooOld as error:
        raise CannotStart(f"{error}.") from error
    except sqlite3.Error as error:
        raise CannotStart(f"{path} cannot be used: {error}. Nothing was exported.") from error
    except OSError as error:
        raise CannotStart(f"{file} cannot be written ({error.strerror}). Name another with --out.") from error
    left_out = f"; {missing} of {files} files could not be fetched, and the page in it names them" if missing else ""
    return f"{', '.join(map(str, zips))}: all that is kept about {person.name}{left_out}; that is recorded"


async def _make(
    settings: Settings, person: Person, file: Path, language: str | None, now: datetime
) -> tuple[list[Path], int, int]:
    """The files, how many of the person's own are missing in them, and of how many."""
    community = load_community(settings.community)
    found = read_beside(settings.database, lambda: now, lambda tx: collect(tx, person.id))
    (say, *_) = speakers(community, [language or person.language])
    with private_files(), tempfile.TemporaryDirectory(dir=file.parent) as made_in:
        folder = Path(made_in)
        (folder / own_files.FOLDER).mkdir()
        proxy = settings.proxy_url.get_secret_value() if settings.proxy_url else None
        request = Request(settings.bot_api_url, settings.bot_token.get_secret_value(), proxy)
        wanted = own_data.listed(found)
        try:
            fetched = await own_files.fetch(request, wanted, folder)
        finally:
            await request.shutdown()
        made = own_data.make(community, say, found, fetched, folder)
        there = [file if not place else file.with_stem(f"{file.stem}-{place + 1}") for place in range(len(made))]
        for each, to in zip(made, there, strict=True):
            shutil.move(each, to)
    return there, len(wanted) - len(fetched), len(wanted)


def _named(about: str | None) -> str:
    kind, colon, number = (about or "").rpartition(":")
    if not number.isascii() or not number.isdecimal() or (kind or "report") not in KINDS or bool(colon) != bool(kind):
        raise CannotStart(
            "Whose data? Name something of theirs behind “person”: the number of a report, such as 12, or repair:5 or "
            "pledge:7."
        )
    return subject(kind or "report", int(number))
