"""The button "Picture" below figures: ordered here, counted and drawn outside of the loop
(`bot/background/figures_picture.py`), then sent as a photo with the words to it.

An order is a due row, so a crash forgets none; pressed twice it is one row.
"""

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from domain.community import Community
from domain.core.subjects import number_of, subject
from domain.people.rights import Action, may, require
from handlers.figures import report_sheet, wording
from handlers.figures.buttons import PicturePress, asked_by
from handlers.kit import mailer, qr
from handlers.kit.texts import Html, Speaker, escape, lines, paragraphs
from handlers.kit.update_context import Setup, UpdateContext
from handlers.printing import printing
from services.core.errors import NotFound
from services.figures import all_figures
from services.figures.as_values import all_values, values
from speech import report_text
from storage.core import scheduled_tasks
from storage.core.database import Transaction
from storage.core.messages import Purpose
from storage.core.outbox import Action as Sent
from storage.core.outbox import Lane
from storage.people import people

KIND = "figures_picture"
SENTENCES = 5


@dataclass(frozen=True)
class Ordered:
    """What is to be drawn (an order of `python -m paper`; None: nothing can be) and the words that go with it."""

    charts: dict[str, Any] | None
    caption: Html


def press(ctx: UpdateContext) -> None:
    """Have it drawn, and sent in reply to these figures."""
    require(ctx.who.roles, Action.LOOK_UP)
    pressed = ctx.callback_data(PicturePress)
    below = ctx.pressed()
    about = subject("chat", ctx.where.id)
    told = {
        "press": pressed.pack(),
        "person": ctx.who.id,
        "reply_to": below.id if below is not None else None,
        "topic": ctx.thread[1] if ctx.thread is not None else None,
    }
    scheduled_tasks.plan(ctx.tx, KIND, about, ctx.now, f"{KIND}:{ctx.where.id}:{pressed.pack()}", told)
    ctx.pop_up(ctx.say_to_person.label("I am drawing it. It comes here in a moment."))


def reader(tx: Transaction, setup: Setup, about: str) -> Speaker:
    """In which language it is to be."""
    return mailer.speaker_in(tx, setup, _chat(about))


def read(tx: Transaction, community: Community, say: Speaker, told: dict[str, Any]) -> Ordered | None:
    """Count what was ordered; only reads. None when the one who ordered it may look nothing up any more."""
    if not may(people.by_id(tx, told["person"]).roles, Action.LOOK_UP):
        return None
    pressed = PicturePress.unpack(told["press"])
    asked = asked_by(pressed.length, pressed.day, pressed.view, pressed.area, pressed.category)
    try:
        found = all_figures.of_period(tx, community, asked, tx.now)
    except NotFound:  # its area or category has gone from the community file since
        found = None
    if found is None:
        return Ordered(None, say("There is nothing to count any more. Please send /figures again."))
    reports = found.reports
    before = values(reports.a_year_before) if reports.a_year_before is not None else None
    said = report_text.sentences(say, asked.period, all_values(found), before, goes_on=found.span.goes_on)
    caption = paragraphs(
        wording.headed(say, community, reports),
        lines(*map(escape, said[:SENTENCES])),
    )
    return Ordered(report_sheet.picture(tx, say, community, found, pressed.view, in_chat=True), caption)


def drawn(tx: Transaction, setup: Setup, about: str, told: dict[str, Any], ordered: Ordered, files: list[Path]) -> None:
    """It is there: send it; where nothing could be drawn, the words alone."""
    chat, how = _place(tx, about, told)
    if not files:
        mailer.send(tx, chat, ordered.caption, **how)
    for path in files:
        content = {"path": f"{setup.media.name}/{path.relative_to(setup.media).as_posix()}", "once": True}
        mailer.send_file(tx, chat, Sent.PHOTO, content, ordered.caption, **how)


def failed(tx: Transaction, setup: Setup, about: str, told: dict[str, Any], unwritable: str | None) -> None:
    """It could not be drawn; `unwritable`: for want of a font that has these letters."""
    chat, how = _place(tx, about, told)
    mailer.send(tx, chat, printing.could_not(reader(tx, setup, about), unwritable), **how)


def _place(tx: Transaction, about: str, told: dict[str, Any]) -> tuple[int, mailer.How]:
    """The chat, and below the figures in it."""
    chat = _chat(about)
    if told["topic"] is not None:
        tx.thread = chat, told["topic"]
    return chat, {"reply_to": told["reply_to"], "lane": Lane.NOTICE, "purpose": Purpose.PRINTED}


def folder(setup: Setup, number: int) -> Path:
    """Where the file of an order lies until it is sent; drawn anew after a crash it is the same."""
    return setup.media / qr.FOLDER / f"figures-{number}"


def _chat(about: str) -> int:
    number = number_of(about, "chat")
    assert number is not None
    return number
