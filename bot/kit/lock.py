"""The lock on DATA_DIR: one program at a time."""

import contextlib
import fcntl
from collections.abc import Iterator
from pathlib import Path

from bot.kit.cannot_start import CannotStart, DiskRefuses


@contextlib.contextmanager
def locked(data_dir: Path) -> Iterator[None]:
    """Hold DATA_DIR alone. Raises CannotStart when another program holds it; the lock dies with its holder."""
    try:
        lock = (data_dir / "lock").open("w")
    except OSError as error:
        raise DiskRefuses(data_dir, error) from error
    with lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise CannotStart(
                f"Another copy of this bot is running on {data_dir}. Stop it first: two would answer everybody twice."
            ) from None
        yield
