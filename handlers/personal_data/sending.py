"""The files of somebody's copy: where they lie until they are sent, what is said of them, their end after a day."""

import contextlib
import shutil
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from domain.core.parts import PartKind
from domain.core.subjects import number_of
from handlers.kit import mailer, qr
from handlers.kit.texts import Html, Speaker, bold, lines
from handlers.kit.update_context import Setup
from handlers.kit.wording import called
from services.personal_data import exporting
from storage.core import messages, outbox, scheduled_tasks
from storage.core.database import Transaction
from storage.core.instants import from_text
from storage.core.messages import CardRole, Purpose
from storage.core.outbox import Action, Lane
from storage.people import people

PURPOSE = Purpose.OWN_DATA
_FOLDER = "own-data-"


def folder_of(setup: Setup, number: int) -> Path:
    """Where the files of an order lie; made anew after a crash they lie in the same."""
    return setup.media / qr.FOLDER / f"{_FOLDER}{number}"


def folders(setup: Setup) -> list[Path]:
    """The folders of all orders that lie there, also of those nobody waits for."""
    with contextlib.suppress(FileNotFoundError):
        return sorted((setup.media / qr.FOLDER).glob(f"{_FOLDER}*"))
    return []


def is_anything_waiting(tx: Transaction) -> bool:
    """Whether a copy is still to be made or sent."""
    return scheduled_tasks.has_any(tx, exporting.KIND) or outbox.has_open(tx, PURPOSE)


def made(
    tx: Transaction, setup: Setup, about: str, zips: Sequence[Path], *, rows: int, files: int, missing: int
) -> None:
    """It is made: send it, and plan its end. Each file goes from the disk once it is sent."""
    person = _person(about)
    to = mailer.private(tx, setup, person)
    if to is None:
        exporting.failed(tx, person)
        return
    cards = []
    for place, file in enumerate(zips, 1):
        card = messages.new_card(tx, to.chat.id, about, CardRole.OWN_DATA)
        # Not protected: it is theirs, to keep and to take elsewhere.
        content = {"path": f"{setup.media.name}/{file.relative_to(setup.media).as_posix()}", "once": True}
        text = _caption(to.say, place, len(zips), missing)
        mailer.add(
            tx, to.chat.id, Action.DOCUMENT, {**content, "text": text}, card=card, lane=Lane.NOTICE, purpose=PURPOSE,
            subject=about,
        )  # fmt: skip
        cards.append(card)
    exporting.made(tx, person, cards, zips[0].parent.name, rows=rows, files=files, missing=missing)


def failed(tx: Transaction, setup: Setup, about: str) -> None:
    """It could not be made."""
    person = _person(about)
    exporting.failed(tx, person)
    mailer.to_person(
        tx,
        setup,
        person,
        lambda say: say(
            "I am sorry: the copy of your data could not be made. Please try /export again; if it fails again, tell "
            "the staff."
        ),
        purpose=Purpose.NOTICE,
    )


def told(tx: Transaction, setup: Setup, about: str, data: dict[str, Any]) -> None:
    """The task: somebody on the server made a copy of a person's data. All admins read it."""
    person = people.by_id(tx, _person(about))

    def write(say: Speaker) -> Html:
        when = say.moment(from_text(data["at"]), tx.now)
        return say("Someone on the server made a copy of the data of {name}, {when}.", name=called(person), when=when)

    mailer.to_admins(tx, setup, write)


def over(tx: Transaction, setup: Setup, about: str, data: dict[str, Any]) -> None:
    """The task: its day is over. What was sent is deleted; what was not is not sent any more, nor kept on the disk."""
    person = _person(about)
    folder = setup.media / qr.FOLDER / data["folder"]
    tx.after_commit.append(lambda: shutil.rmtree(folder, ignore_errors=True))
    to = mailer.private(tx, setup, person)
    cards = exporting.cards_of(data)
    if to is not None:
        for card in cards:
            mailer.take_back(
                tx, to.chat.id, card,
                to.say("Telegram does not let me delete this copy of your data any more. Please delete it yourself."),
                PartKind.DOCUMENT, purpose=Purpose.TAKEN_BACK, lane=Lane.NOTICE, subject=about,
            )  # fmt: skip
        if any(messages.is_sent(tx, card) for card in cards):
            exporting.gone(tx, person)
            return
    exporting.failed(tx, person)
    mailer.to_person(
        tx,
        setup,
        person,
        lambda say: say(
            "The copy of your data did not reach you within 24 hours, so I deleted it. You can have a new one with "
            "/export."
        ),
        purpose=Purpose.NOTICE,
    )


def _caption(say: Speaker, place: int, count: int, missing: int) -> Html:
    return lines(
        bold(say("Your data")) if count == 1
        else bold(say("Your data, file {place} of {count}. Unpack all of them into one folder.", place=place,
                      count=count)),
        say("Open the ZIP file and then the page “index.html” in it.") if place == 1 else None,
        say.plural("{count} file could not be fetched; the page names it.",
                   "{count} files could not be fetched; the page names them.", missing)
        if missing and place == 1 else None,
        say("I delete this message after 24 hours. If it should still be here then, please delete it yourself."),
    )  # fmt: skip


def _person(about: str) -> int:
    number = number_of(about, "person")
    assert number is not None
    return number
