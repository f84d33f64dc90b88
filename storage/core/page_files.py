"""Photos that public pages show, as files: each only while it is shown. Named so that nobody can guess one.

Each kind of page has a folder of its own in `DATA_DIR/media`. A photo belongs to an owner (a promise, a project), and
has an id among all of its kind.
"""

import hashlib
import os
import re
from pathlib import Path

_NAME = re.compile(r"(\d{1,18})-(\d{1,18})-[0-9a-f]{24}(?:\.part)?", re.ASCII)
TYPES = {b"\xff\xd8\xff": "image/jpeg", b"\x89PNG\r\n\x1a\n": "image/png"}
"""Telegram's photos are JPEG; other Bot API servers hand on what they were given."""


def name(owner: int, photo: int, file_id: str) -> str:
    """What the file of that photo is called."""
    return f"{owner}-{photo}-{hashlib.sha256(file_id.encode()).hexdigest()[:24]}"


def named(name: str) -> tuple[int, int] | None:
    """The owner and the photo of that name, or None when it is no name of ours."""
    found = _NAME.fullmatch(name)
    return (int(found[1]), int(found[2])) if found else None


def kind(content: bytes) -> str | None:
    """What sort of picture it is; None when it is none that a page should show."""
    return next((kind for begin, kind in TYPES.items() if content.startswith(begin)), None)


def keep(folder: Path, name: str, content: bytes) -> None:
    """Put it there whole, or not at all. Raises OSError."""
    folder.mkdir(parents=True, exist_ok=True)
    coming = folder / f"{name}.part"
    with coming.open("wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    coming.replace(folder / name)


def names(folder: Path) -> list[str]:
    """What is there, half-written ones too."""
    return sorted(path.name for path in folder.iterdir()) if folder.is_dir() else []


def of_owner(folder: Path, owner: int) -> list[str]:
    """Those of one promise or project, half-written ones too."""
    return [name for name in names(folder) if name.startswith(f"{owner}-")]


def read(folder: Path, name: str) -> tuple[bytes, str] | None:
    """The file and what sort of picture it is; None when it is not there, or no picture. Raises OSError."""
    try:
        content = (folder / name).read_bytes()
    except FileNotFoundError:
        return None
    found = kind(content)
    return None if found is None else (content, found)


def remove(folder: Path, name: str) -> None:
    """It is not to be there any more."""
    (folder / name).unlink(missing_ok=True)
