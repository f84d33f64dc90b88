"""The recorder of shim.c: made by the C compiler of this machine, put before the program's C library."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

SOURCE = Path(__file__).with_name("shim.c")


def lacks() -> str | None:
    """What this machine lacks for it, in words; None when it can be made here."""
    if sys.platform != "linux":
        return "a power cut is recorded on Linux alone"
    if _compiler() is None:
        return "there is no C compiler here (cc, gcc or clang) to make the recorder of files with"
    return None


def make(folder: Path) -> Path:
    """Compile it into a folder; returns the library. Raises subprocess.CalledProcessError."""
    compiler = _compiler()
    assert compiler is not None
    made = folder / "shim.so"
    options = ["-O1", "-Wall", "-shared", "-fPIC", "-o", str(made), str(SOURCE), "-ldl", "-lpthread"]
    subprocess.run([compiler, *options], check=True, capture_output=True, text=True)
    return made


def environment(library: Path, folder: Path, tape: Path) -> dict[str, str]:
    """What makes a program started with it write on the tape what it does in the folder."""
    return {"LD_PRELOAD": str(library), "POWER_FOLDER": os.path.realpath(folder), "POWER_TAPE": str(tape)}


def _compiler() -> str | None:
    return next((found for name in ("cc", "gcc", "clang") if (found := shutil.which(name))), None)
