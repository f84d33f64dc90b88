"""`export`, as a command: a file of reports, repairs, promises or projects, or the open list. It reads beside the bot.

Personal data is written down with `--personal` alone, and never before it is kept that somebody took it out.
"""

import sqlite3
from datetime import date, datetime
from pathlib import Path

from bot.command_line.poster import INSTALL, speakers
from bot.community.community_file import load_community
from bot.exports.making import make
from bot.kit.cannot_start import CannotStart
from bot.kit.settings import Settings
from domain.figures.exports import FORMS, Form, Wanted, What
from domain.figures.periods import NoSuchPeriod
from paper.printing import Unwritable
from services.figures import exporting
from storage.core.database import Transaction
from storage.core.migrate import SchemaTooOld
from storage.core.writing_beside import write_beside


def export(
    settings: Settings, what: str, form: str | None, first: date | None, last: date | None, area: str | None,
    out: Path | None, language: str | None, now: datetime, *, personal: bool,
) -> str:  # fmt: skip
    """Make the file; returns what is said of it. Raises CannotStart, CommunityError."""
    wanted = _wanted(what, form, first, last, area, out, personal)
    community = load_community(settings.community)
    if area is not None and community.area(area) is None:
        known = ", ".join(each.code for each in community.all_areas())
        raise CannotStart(f"--area {area}: there is no such area. There are: {known}.")
    (say, *_) = speakers(community, [language] if language else None)
    path, file = settings.database, out or Path(f"{wanted.name}.{wanted.form}")
    if not path.exists():
        raise CannotStart(f"There is no database at {path} yet, so there is nothing to export.")
    if not file.parent.is_dir():
        raise CannotStart(f"{file.parent} is no folder. Make it first, or name another with --out.")

    def before(tx: Transaction) -> None:
        if wanted.personal:
            rows = exporting.count(tx, community, wanted)
            write_beside(path, lambda: now, lambda writing: exporting.took_out(writing, wanted, rows))

    try:
        rows = make(path, community, say, wanted, file, now, before)
    except SchemaTooOld as error:
        raise CannotStart(f"{error}.") from error
    except Unwritable as error:
        raise CannotStart(f"No font on this machine can write {error}. {INSTALL}") from error
    except sqlite3.Error as error:
        recorded = " and an export with personal data must be kept in it" if personal else ""
        raise CannotStart(f"{path} cannot be used: {error}{recorded}. Nothing was exported.") from error
    except OSError as error:
        raise CannotStart(f"{file} cannot be written ({error.strerror}). Name another with --out.") from error
    if wanted.form is Form.PDF:
        return str(file)
    return f"{file}: {rows} rows" + (", with personal data; that is recorded" if personal else "")


def _wanted(
    what: str, form: str | None, first: date | None, last: date | None, area: str | None, out: Path | None,
    personal: bool,
) -> Wanted:  # fmt: skip
    if what not in [each.value for each in What]:
        raise CannotStart(f"There is no export of “{what}”. There are: {', '.join(What)}.")
    forms = FORMS[What(what)]
    ending = out.suffix.removeprefix(".").lower() if out is not None else ""
    chosen = form or (ending if ending in list(forms) else forms[0].value)
    if chosen not in list(forms):
        raise CannotStart(f"--format {chosen}: of {what} there is {' or '.join(forms)}.")
    if What(what) is What.OPEN and (personal or first or last):
        raise CannotStart("The open list is of this moment and names nobody: leave out --from, --to and --personal.")
    try:
        return Wanted(What(what), Form(chosen), first, last, area, personal)
    except NoSuchPeriod as error:
        raise CannotStart(f"From {first} to {last} is no time: name the earlier day with --from.") from error
