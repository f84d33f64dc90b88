"""What is made to be sent once: QR codes of links, drawn when they are sent, and the folder of what was printed.

Inside the transaction nothing is drawn and no file touched: whoever else writes waits for it.
"""

import contextlib
import time
from datetime import timedelta
from typing import Any

from handlers.kit.update_context import Setup
from storage.core.disk import make_folder

FOLDER = "once"
FORGOTTEN_AFTER = timedelta(days=8)  # a link that gives a role ends after seven


def content(link: str, caption: str) -> dict[str, Any]:
    """A row of the outbox (action `photo`) that becomes a picture of that link when it is sent."""
    return {"qr": link, "text": caption}


def sweep(setup: Setup) -> None:
    """Delete what was made to be sent once and never was; what was sent, delivery deletes at once. By the machine's
    clock, as files are dated. For the time before anything is handled."""
    folder = setup.media / FOLDER
    make_folder(folder)
    before = time.time() - FORGOTTEN_AFTER.total_seconds()
    for path in sorted(folder.rglob("*"), reverse=True):  # what is in a folder before the folder
        if path.stat().st_mtime >= before:
            continue
        if path.is_dir():
            with contextlib.suppress(OSError):  # there is still something in it
                path.rmdir()
        else:
            path.unlink(missing_ok=True)
