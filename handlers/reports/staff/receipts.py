"""What stands where an answer or a note was sent from: how many have it, true at each moment.

"On its way", then "Sent" once Telegram has taken it for whom it is; who blocked the bot or has no Telegram is named as
such. A row of `scheduled_tasks` keeps it true until everybody has it, for two weeks at most.
"""

from datetime import timedelta
from typing import Any

from domain.core.subjects import split, subject
from handlers.kit import mailer
from handlers.kit.keyboards import Button, Markup, column
from handlers.kit.texts import Html, Speaker, lines, paragraphs
from handlers.kit.update_context import Setup, UpdateContext
from handlers.reports.staff.buttons import NotePress, OfNote
from services.reports.answering import Reached, reached
from storage.core import scheduled_tasks
from storage.core.database import Transaction
from storage.core.instants import from_text, to_text
from storage.core.messages import Purpose
from storage.core.outbox import Action
from storage.reports import answers, supports

KIND = answers.RECEIPT
AFTER = (timedelta(seconds=3), timedelta(minutes=1), timedelta(hours=1))
"""When it is looked at again: soon, then more rarely; at once when one more has it."""
KEPT = timedelta(days=14)


def begin(
    ctx: UpdateContext,
    number: int,
    first: int,
    *,
    card: int | None = None,
    message: int | None = None,
    gist: Html | None = None,
) -> tuple[Html, Markup]:
    """What stands there now, in the `card` or the kept `message`, with the words sent (`gist`) below it.

    `number` is the report, `first` the first part of what was sent.
    """
    found = reached(ctx.tx, number, first)
    data = {
        "number": number, "chat": ctx.where.id, "card": card, "message": message, "gist": gist,
        "language": ctx.say.language, "since": to_text(ctx.now), "looked": 0, "shown": _shown(found),
    }  # fmt: skip
    if card is not None or message is not None:
        scheduled_tasks.plan(ctx.tx, KIND, subject("part", first), ctx.now + AFTER[0], answers.receipt(first), data)
    return _text(ctx.tx, ctx.say, number, first, found, gist)


def somebody_waits(tx: Transaction, number: int, first: int) -> bool:
    """Whether somebody has not got an answer, or can be written to no more."""
    found = reached(tx, number, first)
    return found.got + found.without < found.count or supports.closed_to_us(tx, number) > 0


def hold(tx: Transaction, first: int) -> None:
    """Something else stands there now, and is not to be written over."""
    scheduled_tasks.cancel(tx, subject("part", first), KIND)


def run_due(tx: Transaction, setup: Setup, about: str, data: dict[str, Any]) -> None:
    """The task: it is written anew when more have it, and looked at again while somebody has not."""
    _, first = split(about)
    found = reached(tx, data["number"], first)
    if _shown(found) != data["shown"]:
        text, markup = _text(tx, setup.speaker(data["language"]), data["number"], first, found, data["gist"])
        action, content = Action.CARD if data["card"] is not None else Action.EDIT, {"text": text, "markup": markup}
        place = {"card": data["card"], "message": data["message"]}
        mailer.add(tx, data["chat"], action, content, purpose=Purpose.RECEIPT, subject=about, **place)
    looked = data["looked"] + 1
    if found.got < found.count and tx.now < from_text(data["since"]) + KEPT:
        again = {**data, "looked": looked, "shown": _shown(found)}
        scheduled_tasks.plan(
            tx, KIND, about, tx.now + AFTER[min(looked, len(AFTER) - 1)], answers.receipt(first), again
        )


def _shown(found: Reached) -> list[int]:
    return [found.count, found.got, found.closed, found.without]


def _text(
    tx: Transaction, say: Speaker, number: int, first: int, found: Reached, gist: Html | None
) -> tuple[Html, Markup]:
    own_words = any(part.template is None for part in answers.parts_of(tx, first))
    text = lines(
        _one(say, number, found) if found.count == 1 else _many(say, number, found),
        say("When you change your message, the residents read the change.") if own_words else None,
    )
    back = Button(say.label("Take back"), NotePress(first, OfNote.BACK).pack())
    return paragraphs(text, Html(gist) if gist else None), column(back)


def _one(say: Speaker, number: int, found: Reached) -> Html:
    if found.got:
        return say("Sent to the resident of no. {number}.", number=number)
    if found.closed:
        return say(
            "Not delivered: the resident of no. {number} has blocked me or left Telegram. If they come back, "
            "they get it.",
            number=number,
        )
    if found.without:
        return say(
            "The resident of no. {number} does not use Telegram. A colleague is asked to call them.", number=number
        )
    return say("On its way to the resident of no. {number}.", number=number)


def _many(say: Speaker, number: int, found: Reached) -> Html:
    if found.got == found.count:
        return say("Sent to the {count} people who reported or joined no. {number}.", count=found.count, number=number)
    left = lines(
        say.plural("{count} person has blocked me or left Telegram.",
                   "{count} people have blocked me or left Telegram.", found.closed) if found.closed else None,
        say.plural("{count} person does not use Telegram; a colleague is asked to call them.",
                   "{count} people do not use Telegram; a colleague is asked to call them.", found.without)
        if found.without else None,
    )  # fmt: skip
    head = (
        say(
            "Sent to {got} of the {count} people who reported or joined no. {number}.",
            got=found.got,
            count=found.count,
            number=number,
        )
        if found.got
        else say(
            "On its way to the {count} people who reported or joined no. {number}.", count=found.count, number=number
        )
    )
    return lines(head, left)
