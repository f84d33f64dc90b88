"""What people wrote is nobody else's business here: files for this user alone, programs without our secrets."""

import contextlib
import os
from collections.abc import Iterator
from pathlib import Path

from storage.core import facts_file, taken_away_file

OTHERS = 0o077
"""What somebody else, or the group, may do."""
_OURS = ("bot.db*", f"{facts_file.NAME}*", "lock", taken_away_file.NAME)
_FOLDERS = ("media", "backups")
_KEPT = ("PATH", "HOME", "LANG", "LANGUAGE", "TZ", "TMPDIR", "LD_LIBRARY_PATH", "SYSTEMROOT")


@contextlib.contextmanager
def private_files() -> Iterator[None]:
    """Whatever is made in the block is for this user alone (0700, 0600), whatever the caller's umask."""
    before = os.umask(OTHERS)
    try:
        yield
    finally:
        os.umask(before)


def take_from_others(data_dir: Path) -> None:
    """Make what an earlier version, or another hand, has made readable for others private: our own files alone, since
    the folder may hold more. What cannot be changed stays as it is."""
    for path in _ours(data_dir):
        with contextlib.suppress(OSError):
            mode = path.lstat().st_mode
            if mode & OTHERS and not path.is_symlink():
                path.chmod(mode & 0o7700)


def open_to_others(folder: Path) -> str | None:
    """The folder's mode, such as `755`, when others may look into it; else None. Raises OSError."""
    mode = folder.stat().st_mode & 0o777
    return f"{mode:03o}" if mode & OTHERS else None


def child_environment() -> dict[str, str]:
    """What a program we start is given of our environment: where things are and how people write, no token."""
    return {name: value for name, value in os.environ.items() if name in _KEPT or name.startswith("LC_")}


def _ours(data_dir: Path) -> Iterator[Path]:
    for pattern in _OURS:
        yield from data_dir.glob(pattern)
    for name in _FOLDERS:
        folder = data_dir / name
        if folder.is_dir() and not folder.is_symlink():
            yield folder
            for place, folders, files in os.walk(folder):
                yield from (Path(place) / each for each in (*folders, *files))
