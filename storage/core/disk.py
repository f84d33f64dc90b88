"""What is on the disk, whatever becomes of the power."""

import os
from pathlib import Path


def make_folder(folder: Path) -> None:
    """Make a folder for this user alone, with those above it, and have their names on the disk. Raises OSError.

    What lies in a folder is lost with its name, however well it was flushed itself.
    """
    missing = [each for each in (folder, *folder.parents) if not each.exists()]
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    for each in missing:
        flush(each.parent)


def flush_file(file: Path) -> int:
    """Have a file on the disk with its name, before a row is committed that speaks of it; returns its size in bytes.

    Raises OSError.
    """
    flush(file)
    flush(file.parent)
    return file.stat().st_size


def flush(path: Path) -> None:
    """Have what a file or folder holds on the disk. Raises OSError."""
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
