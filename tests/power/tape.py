"""The record of what a program did to its files, and of what the outside world saw of it meanwhile (shim.c)."""

import json
import os
import struct
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

Json = dict[str, Any]
_HEAD = struct.Struct("=IIQqII")
NOTE = "N"


@dataclass(frozen=True)
class Record:
    """One thing that was done. `kind`:

    C a file was made (`path`), W written at `at` (`data`), T cut or grown to `at`; M a folder was made, U a name was
    taken away, R `path` became `other`. S and s: a flush of a file begins and has ended, D and d: of a folder; `at` is
    the number of the flush. N: a note from outside (`data` is JSON).
    """

    kind: str
    program: int
    file: int
    at: int
    data: bytes
    other: bytes = b""

    @property
    def path(self) -> str:
        """The path, where the first part is one."""
        return os.fsdecode(self.data)

    def note(self) -> Json:
        """What was noted from outside."""
        found: Json = json.loads(self.data)
        return found


class Notes:
    """Writes notes to the tape, from outside of the program that is recorded."""

    def __init__(self, path: Path) -> None:
        self._file: int | None = os.open(path, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600)

    def add(self, **note: Any) -> None:
        """Note something: in one write, so that it stands whole between the program's records.
        Once it is closed, nothing is noted any more."""
        if self._file is None:
            return
        data = json.dumps(note).encode()
        os.write(self._file, _HEAD.pack(ord(NOTE), os.getpid(), 0, 0, len(data), 0) + data)

    def close(self) -> None:
        """No more notes."""
        assert self._file is not None
        os.close(self._file)
        self._file = None


def read(path: Path) -> Iterator[Record]:
    """All whole records, in order; of a last one that a kill cut short nothing."""
    with path.open("rb") as file:
        while len(head := file.read(_HEAD.size)) == _HEAD.size:
            kind, program, number, at, first, second = _HEAD.unpack(head)
            data, other = file.read(first), file.read(second)
            if len(data) < first or len(other) < second:
                return
            yield Record(chr(kind), program, number, at, data, other)
