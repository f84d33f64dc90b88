"""The file of what was taken away: one JSON line each, flushed to the disk before anybody is told.

Lines are only added; of a last line that a crash cut short what is there is taken off.

Numbers of ours and keyed hashes stand in it, no names and no words. It lies beside the database and not in it, so that
a backup put in the database's place does not bring back what was taken since.
"""

import json
import os
from collections.abc import Collection, Iterable, Sequence
from pathlib import Path

from domain.operations.taken_away import Line
from storage.core.disk import flush

NAME = "taken-away.jsonl"
BEGUN = "begun"
_TAIL = 65_536


def beside(database: Path) -> Path:
    """Where the file of a database lies."""
    return database.with_name(NAME)


def append(path: Path, lines: Sequence[Line]) -> None:
    """Add lines, those the file has already left out, and flush it. Raises OSError.

    Whatever a crash has left of a last line is taken off first: it was never promised.
    """
    handle = os.open(path, os.O_RDWR | os.O_CREAT, 0o600)
    try:
        size = os.fstat(handle).st_size
        tail = os.pread(handle, _TAIL, max(0, size - _TAIL))
        torn = len(tail) - (tail.rfind(b"\n") + 1)
        if torn:
            os.ftruncate(handle, size - torn)
        known = _numbers(tail)
        text = "".join(_as_text(line) for line in lines if (line.key, line.number) not in known)
        data = memoryview(text.encode())
        os.lseek(handle, 0, os.SEEK_END)
        while data:
            data = data[os.write(handle, data) :]
        os.fsync(handle)
    finally:
        os.close(handle)
    # Each time: a program that was killed may have made the file and not come so far.
    flush(path.parent)


def read(path: Path) -> list[Line]:
    """All whole lines of the file, in order; none when there is no such file. Raises OSError."""
    try:
        data = path.read_bytes()
    except FileNotFoundError:
        return []
    return [line for text in data[: data.rfind(b"\n") + 1].splitlines() if (line := _as_line(text)) is not None]


def keys(lines: Iterable[Line]) -> frozenset[str]:
    """By which databases' keys the lines are hashed."""
    return frozenset(line.key for line in lines)


def begun(key: str, at: str) -> Line:
    """The line by which a file begins: that there was something to be written since then."""
    return Line(0, at, BEGUN, key, {})


def together(files: Collection[Path]) -> list[Line]:
    """The lines of several files, each once, by key and number."""
    found = {(line.key, line.number): line for file in files for line in read(file)}
    return [found[place] for place in sorted(found)]


def copy(source: Path, target: Path) -> None:
    """Copy the whole lines and flush the copy. Raises OSError."""
    data = source.read_bytes()
    partial = target.with_suffix(".partial")
    partial.touch(mode=0o600)
    partial.write_bytes(data[: data.rfind(b"\n") + 1])
    flush(partial)
    partial.rename(target)
    flush(target.parent)


def _numbers(tail: bytes) -> set[tuple[str, int]]:
    return {(line.key, line.number) for text in tail.splitlines() if (line := _as_line(text)) is not None}


def _as_text(line: Line) -> str:
    return json.dumps({"n": line.number, "at": line.at, "kind": line.kind, "key": line.key, **line.data}) + "\n"


def _as_line(text: bytes) -> Line | None:
    """A line, or None for what is none: half a line at the place where reading began, or somebody else's."""
    try:
        found = json.loads(text)
        number, at, kind, key = (found.pop(name) for name in ("n", "at", "kind", "key"))
        return Line(int(number), str(at), str(kind), str(key), found)
    except (ValueError, KeyError, AttributeError, TypeError):
        return None
