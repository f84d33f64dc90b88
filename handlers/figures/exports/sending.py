"""The file of an order: where it lies until it is sent, and what the person who ordered it reads."""

import contextlib
from pathlib import Path

from domain.core.subjects import number_of
from domain.figures.exports import Form, Wanted
from handlers.figures.exports import wording
from handlers.kit import mailer, qr
from handlers.kit.texts import Html, Speaker, lines
from handlers.kit.update_context import Setup
from services.figures import exporting
from storage.core import outbox, scheduled_tasks
from storage.core.database import Transaction
from storage.core.messages import Purpose
from storage.core.outbox import Action, Lane

PURPOSE = Purpose.EXPORTED
_FOLDER = "export-"


def file_of(setup: Setup, number: int, wanted: Wanted) -> Path:
    """Where the file of an order lies; made anew after a crash it is the same."""
    return setup.media / qr.FOLDER / f"{_FOLDER}{number}" / f"{wanted.name}.{wanted.form}"


def folders(setup: Setup) -> list[Path]:
    """The folders of all orders that lie there, also of those nobody waits for."""
    with contextlib.suppress(FileNotFoundError):
        return sorted((setup.media / qr.FOLDER).glob(f"{_FOLDER}*"))
    return []


def is_anything_waiting(tx: Transaction) -> bool:
    """Whether a file is still to be made or sent."""
    return scheduled_tasks.has_any(tx, exporting.KIND) or outbox.has_open(tx, PURPOSE)


def made(tx: Transaction, setup: Setup, about: str, wanted: Wanted, file: Path, rows: int) -> None:
    """It is made: send it. It goes from the disk once it is sent."""
    chat, say = _reader(tx, setup, about)
    content = {"path": f"{setup.media.name}/{file.relative_to(setup.media).as_posix()}", "once": True}
    mailer.send_file(
        tx, chat, Action.DOCUMENT, content, _caption(say, setup, wanted, rows), lane=Lane.NOTICE, purpose=PURPOSE
    )


def failed(tx: Transaction, setup: Setup, about: str) -> None:
    """It could not be made."""
    chat, say = _reader(tx, setup, about)
    text = say("I am sorry: the file could not be made. Please try again; if it fails again, tell an admin.")
    mailer.send(tx, chat, text, purpose=PURPOSE)


def refused(tx: Transaction, setup: Setup, about: str) -> None:
    """The person who ordered it may not have it any more."""
    chat, say = _reader(tx, setup, about)
    mailer.send(tx, chat, say("You cannot have this file any more: your role has changed."), purpose=PURPOSE)


def too_large(tx: Transaction, setup: Setup, about: str, size: int) -> None:
    """Telegram does not take it."""
    chat, say = _reader(tx, setup, about)
    text = say(
        "The file has {count} MB, and Telegram takes 50. Please choose a shorter time, or an Excel file, which is "
        "smaller. Someone with access to the server can make it with “python -m bot export”.",
        count=size // (1024 * 1024),
    )
    mailer.send(tx, chat, text, purpose=PURPOSE)


def unwritable(tx: Transaction, setup: Setup, about: str, letters: str) -> None:
    """No font on this machine has these letters."""
    chat, say = _reader(tx, setup, about)
    text = say(
        "No font on the machine I run on can write {letters}. An admin can install one there, such as fonts-noto-cjk.",
        letters=letters[:20],
    )
    mailer.send(tx, chat, text, purpose=PURPOSE)


def _caption(say: Speaker, setup: Setup, wanted: Wanted, rows: int) -> Html:
    return lines(
        wording.named(say, setup.community, wanted),
        None if wanted.form is Form.PDF else say.plural("{count} row", "{count} rows", rows),
        say("This file has people’s names, numbers, addresses and words. Delete it, here and on your device, as soon "
            "as you no longer need it.") if wanted.personal else None,
    )  # fmt: skip


def _reader(tx: Transaction, setup: Setup, about: str) -> tuple[int, Speaker]:
    number = number_of(about, "chat")
    assert number is not None
    return number, mailer.speaker_in(tx, setup, number)
