"""QR codes of links, as files to send once."""

import contextlib
import os
import secrets
import time
from datetime import timedelta

import segno

from handlers.here import Setup

FOLDER = "once"
FORGOTTEN_AFTER = timedelta(days=8)  # a link that gives a role ends after seven


def write(setup: Setup, link: str) -> str:
    """Write a link's QR code; returns the file's name as an outbox row wants it. Safe on the disk before the commit."""
    folder = setup.media / FOLDER
    folder.mkdir(parents=True, exist_ok=True)
    sweep(setup)
    path = folder / f"qr-{secrets.token_hex(8)}.png"
    with path.open("wb") as file:
        segno.make(link, error="m", micro=False).save(file, kind="png", scale=8, border=4)
        file.flush()
        os.fsync(file.fileno())
    directory = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(directory)
    finally:
        os.close(directory)
    return f"{setup.media.name}/{FOLDER}/{path.name}"


def sweep(setup: Setup) -> None:
    """Delete what was made to be sent once and never was. What was sent, delivery deletes at once."""
    before = time.time() - FORGOTTEN_AFTER.total_seconds()
    for path in sorted((setup.media / FOLDER).rglob("*"), reverse=True):  # what is in a folder before the folder
        if path.stat().st_mtime >= before:
            continue
        if path.is_dir():
            with contextlib.suppress(OSError):  # there is still something in it
                path.rmdir()
        else:
            path.unlink(missing_ok=True)
