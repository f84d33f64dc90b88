"""What SQLite leaves behind of rows that were deleted, and how it goes.

A deleted row's bytes stay where they were until something else is written there; so who writes overwrites what it
frees. Two things are left all the same. The write-ahead log holds pages as they were before: it is emptied. And when
rows move from page to page, copies of them stay in the gap that each page has between its list of rows and the rows
(measured: of a thousand deleted words one or two): the gaps are filled with zeros, which SQLite offers no way to but to
write the whole file anew. What the full-text search leaves is its own matter (storage/staff_room/search.py).
"""

import os
import sqlite3
from collections.abc import Sequence
from contextlib import closing
from pathlib import Path

_LEAVES, _BRANCHES = (0x0D, 0x0A), (0x05, 0x02)
"""The first byte of a page of rows, of a table or an index (fileformat2.html, "B-tree Pages")."""
_FILE_HEADER = 100
"""Bytes before the first page's own header."""
_MOST_PAGES = 0x02000000
"""With more pages (128 GB and up) a page that is none of rows might begin like one."""


def overwrite(connection: sqlite3.Connection) -> None:
    """What this connection deletes is overwritten with zeros, in all files it has open. Outside of a transaction.

    Many SQLites do so by themselves, as Debian's; others do not.
    """
    connection.execute("PRAGMA secure_delete=ON")


def empty_log(database: Path) -> bool:
    """Bring all that is in the write-ahead log into the file, and empty the log; False while somebody reads from it.

    On a connection of its own. First what can be done beside everybody, which is nearly all and takes time; then the
    rest, for which nobody may write or read: without waiting for them, since those who write would wait meanwhile.
    Raises sqlite3.Error.
    """
    address = f"{database.absolute().as_uri()}?mode=rw"
    with closing(sqlite3.connect(address, uri=True, timeout=0, isolation_level=None)) as connection:
        connection.execute("PRAGMA wal_checkpoint(PASSIVE)")
        busy = connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()[0]
    return not busy


class Gaps:
    """The gaps in the pages of a database's file.

    The file may not be closed while this process has the database open: that would take SQLite's own locks from it
    (howtocorrupt.html, 2.2). So this is closed after the connection that opened the database.
    """

    def __init__(self, database: Path) -> None:
        self._log = database.with_name(f"{database.name}-wal")
        self._file = os.open(database, os.O_RDWR)
        header = os.pread(self._file, _FILE_HEADER, 0)
        self._size = int.from_bytes(header[16:18], "big")
        self._known = self._size > 1 and not any(header[52:56])  # else there are pages of other kinds (auto_vacuum)

    def close(self) -> None:
        """Close the file, after the database."""
        os.close(self._file)

    def dirty(self, first: int, count: int) -> list[int] | None:
        """Of so many pages from `first` on (from 0) those with something in their gap; None behind the last page."""
        if not self._known or first + count > _MOST_PAGES:
            return None
        pages = os.pread(self._file, count * self._size, first * self._size)
        if not pages:
            return None
        found = []
        for number in range(first, first + len(pages) // self._size):
            start = (number - first) * self._size
            gap = _gap(pages[start : start + self._size], number)
            if gap.count(0) < len(gap):
                found.append(number)
        return found

    def fill(self, connection: sqlite3.Connection, pages: Sequence[int]) -> bool:
        """Fill the gaps of these pages with zeros; False while the log cannot be emptied, and nothing was done then.

        `connection` is the one that writes, on its thread. It keeps everybody else from writing meanwhile. With nothing
        in the log nobody copies pages into the file either; and who reads never looks at a gap. What the connection
        remembers of the pages it forgets, for it would write the gaps as they were.
        """
        connection.execute("PRAGMA busy_timeout=0")
        try:
            if connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()[0]:
                return False
            connection.execute("BEGIN IMMEDIATE")
        except sqlite3.OperationalError:
            return False
        finally:
            connection.execute("PRAGMA busy_timeout=5000")
        try:
            if self._log.stat().st_size:
                return False  # somebody wrote in between
            for page in pages:
                self._fill(page)
            return True
        finally:
            connection.execute("ROLLBACK")
            connection.execute("PRAGMA shrink_memory")

    def flush(self) -> None:
        """See that the zeros are on the disk."""
        os.fsync(self._file)

    def _fill(self, page: int) -> None:
        content = os.pread(self._file, self._size, page * self._size)
        if gap := _gap(content, page):
            os.pwrite(self._file, bytes(len(gap)), page * self._size + _begin(content, page))


def _gap(content: bytes, page: int) -> bytes:
    """What stands between a page's list of rows and the rows; nothing for a page that has no such list."""
    begin = _begin(content, page)
    if begin == 0:
        return b""
    header = _FILE_HEADER if page == 0 else 0
    return content[begin : int.from_bytes(content[header + 5 : header + 7], "big")]


def _begin(content: bytes, page: int) -> int:
    """Where the gap begins; 0 on a page without one."""
    header = _FILE_HEADER if page == 0 else 0
    kind = content[header]
    if kind not in _LEAVES + _BRANCHES:
        return 0
    rows = int.from_bytes(content[header + 3 : header + 5], "big")
    return header + (8 if kind in _LEAVES else 12) + 2 * rows
