"""What a disk may hold after a power cut: all that was flushed, and of what came later whatever it likes.

A write that was not flushed is there, is not, or is there by sectors; a name that was made, changed or taken away is
so on the disk once its folder was flushed, and before that as it likes, in whichever order. Only a sector is written
whole or not at all: SQLite relies on that, too.
"""

import random
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath

from tests.power.tape import Record

SECTOR = 512
FOLDER = None
"""What a name means that is no file's."""


@dataclass
class Content:
    """A file: what of it is on the disk, and what was done to it since. `gone`: so many changes were flushed."""

    flushed: bytearray = field(default_factory=bytearray)
    later: list[Record] = field(default_factory=list)
    gone: int = 0


@dataclass
class Change:
    """A name was given (`is_there`) or taken away; a changed name is both. `folders`: those still to be flushed."""

    number: int
    given: tuple[str, Content | None] | None
    taken: str | None
    folders: set[str]


class Disk:
    """Follows a tape. At any place `after_cut` says what could be left."""

    def __init__(self, folder: str) -> None:
        self._root = folder
        self._files: dict[int, Content] = {}
        self._names: dict[str, Content | None] = {}  # as the program sees them
        self._flushed: dict[str, Content | None] = {}  # as the disk has them
        self._changes: list[Change] = []
        self._numbers = 0
        self._flushes: dict[tuple[int, int], tuple[Content | str, int]] = {}

    def apply(self, record: Record) -> None:
        """One more thing was done."""
        act = _ACTS.get(record.kind)
        if act is not None:
            act(self, record)

    @property
    def unflushed(self) -> int:
        """How many changes would be uncertain if the power went now."""
        return len(self._changes) + sum(len(each.later) for each in self._names.values() if each is not None)

    def after_cut(self, chance: random.Random) -> dict[str, bytes | None]:
        """The files (None: a folder) by their paths within the folder, for one cut here."""
        keeps = _choice(chance)
        names = dict(self._flushed)
        for change in keeps(self._changes):
            _rename(names, change)
        found: dict[str, bytes | None] = {}
        for path, content in sorted(names.items()):
            if not all(str(above) in names for above in _above(path, self._root)):
                continue  # it lies in a folder that is not there
            inside = path[len(self._root) :].lstrip("/")
            if inside:
                found[inside] = FOLDER if content is None else _content(content, keeps, chance)
        return found

    # -- what is recorded

    def _made(self, record: Record) -> None:
        content = self._files[record.file] = Content()
        self._change(given=(record.path, content))

    def _written(self, record: Record) -> None:
        if record.file in self._files:
            self._files[record.file].later.append(record)

    def _folder_made(self, record: Record) -> None:
        self._change(given=(record.path, FOLDER))

    def _taken(self, record: Record) -> None:
        self._change(taken=record.path)

    def _renamed(self, record: Record) -> None:
        new = record.other.decode()
        self._change(given=(new, self._names.get(record.path)), taken=record.path)

    def _change(self, given: tuple[str, Content | None] | None = None, taken: str | None = None) -> None:
        paths = ([given[0]] if given else []) + ([taken] if taken else [])
        folders = {str(PurePosixPath(path).parent) for path in paths}
        change = Change(self._numbers, given, taken, folders)
        self._numbers += 1
        self._changes.append(change)
        _rename(self._names, change)

    def _flush_begins(self, record: Record) -> None:
        content = self._files.get(record.file)
        if content is not None:
            self._flushes[record.program, record.at] = content, content.gone + len(content.later)

    def _flush_ends(self, record: Record) -> None:
        content, until = self._flushes.pop((record.program, record.at), (None, 0))
        if isinstance(content, Content):
            count = max(0, until - content.gone)
            for each in content.later[:count]:
                _write(content.flushed, each)
            del content.later[:count]
            content.gone += count

    def _folder_flush_begins(self, record: Record) -> None:
        self._flushes[record.program, record.at] = record.path, self._numbers

    def _folder_flush_ends(self, record: Record) -> None:
        folder, until = self._flushes.pop((record.program, record.at), ("", 0))
        left = []
        for change in self._changes:
            if change.number < until:
                change.folders.discard(str(folder))
            if change.folders:
                left.append(change)
            else:
                _rename(self._flushed, change)
        self._changes = left


_ACTS: dict[str, Callable[[Disk, Record], None]] = {
    "C": Disk._made,
    "W": Disk._written,
    "T": Disk._written,
    "M": Disk._folder_made,
    "U": Disk._taken,
    "R": Disk._renamed,
    "S": Disk._flush_begins,
    "s": Disk._flush_ends,
    "D": Disk._folder_flush_begins,
    "d": Disk._folder_flush_ends,
}


def write_out(files: dict[str, bytes | None], folder: Path) -> None:
    """Put what is left into an empty folder."""
    folder.mkdir(parents=True)
    for name, content in files.items():
        if content is None:
            (folder / name).mkdir(mode=0o700)
        else:
            (folder / name).write_bytes(content)


class _Keeps:
    """Which of what was not flushed is there, for one cut: nothing, all, as far as it came, or any."""

    def __init__(self, style: str, chance: random.Random) -> None:
        self.style = style
        self._chance = chance
        self._share = chance.random()

    def __call__(self, later: list[Change]) -> list[Change]:
        return [later[number] for number in self.chosen(len(later))]

    def chosen(self, count: int) -> Iterable[int]:
        """The numbers of those that are there."""
        if self.style in ("nothing", "everything"):
            return range(count if self.style == "everything" else 0)
        if self.style == "first":
            return range(self._chance.randint(0, count))
        return [number for number in range(count) if self._chance.random() < self._share]


def _choice(chance: random.Random) -> _Keeps:
    return _Keeps(chance.choice(("nothing", "everything", "first", "any", "any", "torn", "torn")), chance)


def _content(content: Content, keeps: _Keeps, chance: random.Random) -> bytes:
    data = bytearray(content.flushed)
    for number in keeps.chosen(len(content.later)):
        each = content.later[number]
        if keeps.style == "torn" and each.kind == "W" and chance.random() < 0.5:
            for part in _torn(each, chance):
                _write(data, part)
        else:
            _write(data, each)
    return bytes(data)


def _torn(record: Record, chance: random.Random) -> Iterable[Record]:
    """Some sectors of a write, by their places on the disk."""
    begin, end = record.at, record.at + len(record.data)
    while begin < end:
        until = min(end, (begin // SECTOR + 1) * SECTOR)
        if chance.random() < 0.5:
            yield Record("W", 0, 0, begin, record.data[begin - record.at : until - record.at])
        begin = until


def _write(data: bytearray, record: Record) -> None:
    if record.kind == "T":
        del data[record.at :]
        data.extend(bytes(record.at - len(data)))
        return
    if len(data) < record.at:
        data.extend(bytes(record.at - len(data)))
    data[record.at : record.at + len(record.data)] = record.data


def _rename(names: dict[str, Content | None], change: Change) -> None:
    if change.taken is not None:
        names.pop(change.taken, None)
    if change.given is not None:
        names[change.given[0]] = change.given[1]


def _above(path: str, root: str) -> Iterable[PurePosixPath]:
    """The folders in which it lies, but for the one that was there before."""
    return [above for above in PurePosixPath(path).parents if len(str(above)) > len(root)]
