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


def is_held(data_dir: Path) -> bool:
    """Whether a program holds DATA_DIR; without taking it, so that one which starts just now is not in its way."""
    path = data_dir / "lock"
    if not path.exists():
        return False
    try:
        # Linux says who holds what; a line names the file by its number.
        locks = Path("/proc/locks").read_text("ascii")
    except OSError:
        locks = ""
    if locks:
        number = f":{path.stat().st_ino}"
        return any(line.split()[1] == "FLOCK" and f"{number} " in line for line in locks.splitlines() if line)
    with path.open("r") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_SH | fcntl.LOCK_NB)
        except BlockingIOError:
            return True
    return False
