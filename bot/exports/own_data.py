"""Make somebody's copy of their data as ordered on standard input, as JSON; a program of its own, as `bot.exports`.

In: {"database": "…", "community": "…", "person": 12, "language": "…", "now": "…"}. Out: the files that belong into it,
{"files": [{"file_id": "…", "unique_id": "…", "kind": "photo", "name": "report-12-3"}]}. With {"folder": "…", "fetched":
{"<unique id>": "files/report-12-3.jpg"}} besides, the ZIP files are made in that folder, where the fetched files are:
{"zips": ["my-data.zip"], "rows": 120}.
"""

import json
import os
import sys
import zipfile
from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from dataclasses import asdict
from datetime import datetime
from pathlib import Path
from typing import Any

from bot.community.community_file import load_community
from domain.community import Community
from handlers.kit.texts import Speaker
from handlers.personal_data.page import page
from services.personal_data import collecting
from services.personal_data.collecting import Collected
from storage.core.reading import read_beside

LARGEST = 45 * 1024 * 1024
"""Bytes of one ZIP file: Telegram takes 50 MB from a bot."""
NAME = "my-data"


def main() -> None:
    """One order."""
    with suppress(OSError):
        os.nice(10)  # people's messages come first
    os.umask(0o077)
    json.dump(carry_out(json.load(sys.stdin)), sys.stdout)


def carry_out(order: Mapping[str, Any]) -> dict[str, Any]:
    """What is asked, answered as above. Raises sqlite3.Error, OSError."""
    now = datetime.fromisoformat(order["now"])
    found = read_beside(Path(order["database"]), lambda: now, lambda tx: collecting.collect(tx, int(order["person"])))
    if "folder" not in order:
        return {"files": listed(found)}
    community = load_community(Path(order["community"]))
    say = Speaker(order["language"], community.zone)
    zips = make(community, say, found, order["fetched"], Path(order["folder"]))
    return {"zips": [each.name for each in zips], "rows": found.count}


def listed(found: Collected) -> list[dict[str, Any]]:
    """The files that belong into it, as above."""
    return [asdict(each) for each in found.files()]


def make(community: Community, say: Speaker, found: Collected, fetched: Mapping[str, str], folder: Path) -> list[Path]:
    """Write the ZIP files into `folder`, for this user alone; page and list are in the first. Raises OSError."""
    texts = {
        "index.html": page(community, say, found, fetched),
        "data.json": json.dumps(found.as_json(fetched), ensure_ascii=False, indent=1),
    }
    made: list[Path] = []
    for place, names in enumerate(_shared_out(folder, sorted(set(fetched.values()))), 1):
        path = folder / f"{NAME}{'' if place == 1 else f'-{place}'}.zip"
        with zipfile.ZipFile(_private(path), "w", zipfile.ZIP_DEFLATED) as archive:
            for name, text in texts.items() if place == 1 else ():
                archive.writestr(name, text)
            for name in names:
                archive.write(folder / name, name, zipfile.ZIP_STORED)
        made.append(path)
    return made


def _shared_out(folder: Path, names: Iterable[str]) -> Iterator[list[str]]:
    """The files, as many together as one ZIP file may hold; the first may be none."""
    together: list[str] = []
    size = 0
    for name in names:
        length = (folder / name).stat().st_size
        if together and size + length > LARGEST:
            yield together
            together, size = [], 0
        together.append(name)
        size += length
    yield together


def _private(path: Path) -> Path:
    os.close(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600))
    path.chmod(0o600)
    return path


if __name__ == "__main__":
    main()
