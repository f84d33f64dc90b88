"""What is on the disk, whatever becomes of the power."""

import os
from pathlib import Path


def flush(path: Path) -> None:
    """Have what a file or folder holds on the disk."""
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
