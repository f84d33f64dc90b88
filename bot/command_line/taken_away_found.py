"""What `restore` needs of the file of what was taken away: found, completed, or missed and said so."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from itertools import pairwise
from pathlib import Path

from bot.kit.cannot_start import CannotStart
from domain.operations.taken_away import Line
from storage.core import taken_away_file
from storage.core.instants import to_text
from storage.core.taken_away import KEY, name_of
from storage.operations.restore import MARGIN, last_in, needing, setting_in, unwritten_in

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
    lacks = _lacking(copy, database, live, key) if key is not None and not missing else 0
    if lacks and not knowingly:
        raise CannotStart(
            f"{live} lacks {lacks} of what was taken away since the backup: it is damaged, or an older copy. What is "
            "missing would come back: a role that was taken from somebody, a name that was public. Put the right file "
            f"there, or go on knowingly with {FLAG}."
        )
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
    known = {line.number for line in taken_away_file.read(live) if line.key == name}
    rest = [line for line in _beside(copy, database, key) if line.number not in known]
    if rest:
        taken_away_file.append(live, rest)
    said = "What was taken away since (roles, links, consents, blocks) is taken away again."
    if missing or lacks:
        said = "Of what was taken away since, only what the copies beside the backups say is taken away again."
    return Found({**needing(name), KEY: key}, said)


def _beside(copy: Path, database: Path, key: str) -> list[Line]:
    """What the file may lack and is known all the same: from copies of it, and from the database that is replaced.

    There it may stand when the program ended before the file had it.
    """
    name = name_of(key)
    found = {line.number: line for line in taken_away_file.together(_copies(copy, database)) if line.key == name}
    if setting_in(database, KEY) == key:
        for number, when, kind, data in unwritten_in(database):
            found[number] = Line(number, when, kind, name, json.loads(data))
    return [found[number] for number in sorted(found) if number]


def _lacking(copy: Path, database: Path, live: Path, key: str) -> int:
    """How many lines newer than the backup are neither in the file nor known otherwise.

    Lines are numbered without a gap, but for those a restore leaves out: `MARGIN` each time.
    """
    name = name_of(key)
    have = {line.number for line in (*taken_away_file.read(live), *_beside(copy, database, key)) if line.key == name}
    since = last_in(copy)
    numbers = sorted({number for number in have if number > since})
    if setting_in(database, KEY) == key:
        numbers.append(max(last_in(database), since, *numbers) + 1)
    lacking = 0
    for before, after in pairwise([since, *numbers]):
        lacking += (after - before - 1) % MARGIN
    return lacking


def _key(copy: Path, database: Path) -> str | None:
    """The key by which people and links are hashed: in the backup, else in what it comes from."""
    for file in (copy, database, *sorted(_backups(copy, database), reverse=True)):
        if file.is_file() and (key := setting_in(file, KEY)) is not None:
            return key
    return None


def _backups(copy: Path, database: Path) -> Iterator[Path]:
    for folder in _folders(copy, database):
        yield from folder.glob("*.db")


def _copies(copy: Path, database: Path) -> list[Path]:
    return [file for folder in _folders(copy, database) for file in folder.glob(f"*.{taken_away_file.NAME}")]


def _folders(copy: Path, database: Path) -> set[Path]:
    return {copy.parent.resolve(), (database.parent / "backups").resolve()}
