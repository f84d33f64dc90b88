"""What somebody wants printed: ordered here, drawn outside of the loop (`bot/background/printer.py`), and then sent.

An order is a due row, so a crash forgets none. `paper/printing.py` says what an order holds.
"""

from enum import StrEnum
from pathlib import Path
from typing import Any

from domain.core.stored import Stored
from domain.core.subjects import number_of, subject
from handlers.kit import mailer, qr, wording
from handlers.kit.callback_data import InvalidCallbackData
from handlers.kit.texts import Html, Speaker, lines
from handlers.kit.update_context import Setup, UpdateContext
from storage.core import scheduled_tasks
from storage.core.database import Transaction
from storage.core.messages import Purpose
from storage.core.outbox import Action, Lane

KIND = "print"


class PrintKind(Stored, StrEnum, kept_in="scheduled_tasks.data of what is printed"):
    """What can be printed (paper/__main__.py)."""

    POSTERS = "posters"
    BOARD = "board"


PURPOSE = Purpose.PRINTED
NUMBERS_SHOWN = 20


def order(ctx: UpdateContext, kind: PrintKind, about: str, told: dict[str, Any], caption: Html) -> None:
    """Have it drawn and sent to this chat, with that caption. The same again, while it waits, is drawn once."""
    if not ctx.where.is_private:
        raise InvalidCallbackData  # our buttons for it stand in private chats alone
    data = {"kind": kind, "order": told, "caption": caption}
    scheduled_tasks.plan(
        ctx.tx, KIND, subject("chat", ctx.where.id), ctx.now, f"{KIND}:{ctx.where.id}:{kind}:{about}", data
    )


def folder(setup: Setup, number: int) -> Path:
    """Where the files of an order lie until they are sent; drawn anew after a crash they are the same."""
    return setup.media / qr.FOLDER / f"print-{number}"


def printed(tx: Transaction, setup: Setup, about: str, caption: str, files: list[Path], left_out: list[str]) -> None:
    """It is drawn: send it. `files` lie in the order's folder."""
    chat, say = _reader(tx, setup, about)
    for place, path in enumerate(files):
        last = place == len(files) - 1
        text = lines(Html(caption), *_all_missing(say, left_out)) if last else None
        content = {"path": f"{setup.media.name}/{path.relative_to(setup.media).as_posix()}", "once": True}
        mailer.send_file(tx, chat, Action.DOCUMENT, content, text, lane=Lane.NOTICE, purpose=PURPOSE)


def failed(tx: Transaction, setup: Setup, about: str, unwritable: str | None) -> None:
    """It could not be drawn; `unwritable`: for want of a font that has these letters."""
    chat, say = _reader(tx, setup, about)
    mailer.send(tx, chat, could_not(say, unwritable), purpose=PURPOSE)


def could_not(say: Speaker, unwritable: str | None) -> Html:
    """Why something was not drawn; `unwritable`: for want of a font that has these letters."""
    if unwritable is None:
        return say("I am sorry: it could not be drawn. Please try again; if it fails again, tell an admin.")
    return say(
        "No font on the machine I run on can write {letters}. An admin can install one there, such as fonts-noto-cjk.",
        letters=unwritable[:20],
    )


def _all_missing(say: Speaker, left_out: list[str]) -> list[Html]:
    """Of posters languages are left out, of the board promises, by number."""
    numbers = [each for each in left_out if each.isdecimal()]
    told = [_missing(say, each) for each in left_out if not each.isdecimal()]
    if numbers:
        told.append(
            say(
                "Left out: promises no. {numbers}. No font on the machine I run on can write them.",
                numbers=say.listed(numbers[:NUMBERS_SHOWN]) + ("…" if len(numbers) > NUMBERS_SHOWN else ""),
            )
        )
    return told


def _missing(say: Speaker, language: str) -> Html:
    return say(
        "{language} is left out: no font on the machine I run on can write it. An admin can install one there, such "
        "as fonts-noto-cjk.",
        language=wording.language(say, language),
    )


def _reader(tx: Transaction, setup: Setup, about: str) -> tuple[int, Speaker]:
    number = number_of(about, "chat")
    assert number is not None
    return number, mailer.speaker_in(tx, setup, number)
