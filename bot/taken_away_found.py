"""What `restore` needs of the file of what was taken away: found, completed, or missed and said so."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from bot.cannot_start import CannotStart
from domain.taken_away import Line
from storage import taken_away_file
from storage.backup import companion
from storage.instants import to_text
from storage.restore import needing, setting_in, unwritten_in
from storage.taken_away import KEY, name_of

FLAG = "--without-taken-away"


@dataclass(frozen=True)
class Found:
    """What is to be noted in the restored database, and what the operator reads."""

    noted: dict[str, str]
    said: str


def prepare(copy: Path, database: Path, at: datetime, *, knowingly: bool) -> Found:
    """See that the file beside `database` has what was taken away since `copy` was made. Raises CannotStart or OSError.

    The newest lines lie beside the database; copies of it beside each backup end where that one was made. Without the
    first, only `knowingly` goes on, with what the copies have.
    """
    live = taken_away_file.beside(database)
    key = _key(copy, database)
    name = name_of(key) if key is not None else None
    lines = taken_away_file.read(live)
    missing = name is None or name not in taken_away_file.keys(lines)
    if missing and not knowingly:
        newest = max((line.at for line in taken_away_file.together(_copies(copy, database))), default=None)
        copies = f" The copies beside the backups end at {newest}." if newest else ""
        raise CannotStart(
            f"{live} is missing: it says which links, roles, consents and blocks were ended since the backup. Without "
            f"it they come back: somebody could have a role again that was taken from them, a name could be public "
            f"again.{copies} Put the file there, or go on knowingly with {FLAG}."
        )
    if key is None or name is None:
        return Found(needing(None), "Nothing is known of what was taken away since the backup, as you allowed.")
    if missing:
        lines = [line for line in taken_away_file.together(_copies(copy, database)) if line.key == name]
        taken_away_file.append(
            live, [taken_away_file.begun(name, to_text(at)), *(each for each in lines if each.number)]
        )
    # Taken away and committed, and the program ended before the file had it.
    rest = [Line(number, when, kind, name, json.loads(data)) for number, when, kind, data in unwritten_in(database)]
    if rest and setting_in(database, KEY) == key:
        taken_away_file.append(live, rest)
    said = "What was taken away since (roles, links, consents, blocks) is taken away again."
    if missing:
        said = "Of what was taken away since, only what the copies beside the backups say is taken away again."
    return Found({**needing(name), KEY: key}, said)


def _key(copy: Path, database: Path) -> str | None:
    """The key by which people and links are hashed: in the backup, else in what it comes from."""
    for file in (copy, database, *sorted(_backups(copy, database), reverse=True)):
        if file.is_file() and (key := setting_in(file, KEY)) is not None:
            return key
    return None


def _backups(copy: Path, database: Path) -> Iterator[Path]:
    for folder in {copy.parent.resolve(), (database.parent / "backups").resolve()}:
        yield from folder.glob("*.db")


def _copies(copy: Path, database: Path) -> list[Path]:
    return [companion(file) for file in _backups(copy, database) if companion(file).is_file()]
