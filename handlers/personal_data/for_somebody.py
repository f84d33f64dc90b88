"""`/forget repair 5`, by an admin in private: somebody who asked on paper, or has no Telegram, has their data deleted.

They are named by a report, a repair or a promise of theirs; of a report its card does the same (from_card.py).
"""

import re
from enum import StrEnum

from domain.core.stored import Stored
from domain.people.rights import Action, require
from handlers.kit.callback_data import CallbackData
from handlers.kit.keyboards import Button, Markup, column
from handlers.kit.texts import Html, Speaker, bold, lines, paragraphs
from handlers.kit.update_context import UpdateContext
from handlers.personal_data.forget_words import ends
from services.core.errors import NotFound
from services.personal_data import forgetting, meant, open_things
from services.personal_data.meant import Theirs
from storage.core.messages import Purpose
from storage.people import people

WORDS = {
    Theirs.REPORT: ("report", "诉求"),
    Theirs.REPAIR: ("repair", "维修单", "报修"),
    Theirs.PROMISE: ("promise", "承诺"),
}


class Answer(Stored, StrEnum, kept_in="buttons that delete somebody's data"):
    """How far the admin is."""

    SURE = "sure"
    YES = "yes"
    NO = "no"


class SomebodyPress(CallbackData, prefix="theirs"):
    """Of whom, by what is theirs."""

    answer: Answer
    theirs: Theirs
    number: int


def command(ctx: UpdateContext, words: str) -> None:
    """What stands behind /forget names something of somebody. Raises NotAllowed, or NotFound where there is none."""
    require(ctx.who.roles, Action.FORGET)
    found = re.search(r"\d{1,15}", words, re.ASCII)
    number = int(found[0]) if found else None
    theirs = next((kind for kind, names in WORDS.items() if any(name in words.casefold() for name in names)), None)
    if number is None or theirs is None:
        ctx.send(
            ctx.say(
                "Whose data? Write behind /forget what is theirs, such as: /forget report 12, /forget repair 5 or "
                "/forget promise 7"
            )
        )
        return
    person = _meant(ctx, theirs, number)
    say = ctx.say
    text = paragraphs(bold(whose(say, theirs, number)), *warning(ctx, person))
    ctx.send(text, _buttons(say, say.label("They have asked for it"), Answer.SURE, theirs, number), purpose=Purpose.WHO)


def press(ctx: UpdateContext) -> None:
    """The answers. Raises NotAllowed, NotFound, AlreadyDone or LastAdmin."""
    pressed = ctx.callback_data(SomebodyPress)
    say = ctx.say
    if pressed.answer is Answer.NO:
        ctx.edit_pressed(say("Nothing was deleted. Everything is as it was."), None)
        return
    person = _meant(ctx, pressed.theirs, pressed.number)
    if pressed.answer is Answer.SURE:
        yes = Button(
            say.label("Yes, delete it for good"), SomebodyPress(Answer.YES, pressed.theirs, pressed.number).pack()
        )
        no = Button(say.label("No, leave it"), SomebodyPress(Answer.NO, pressed.theirs, pressed.number).pack())
        # Where the first yes stood there is a no now.
        ctx.edit_pressed(bold(really(say)), column(no, yes))
        return
    forgetting.for_them(ctx.tx, ctx.who, person)
    ctx.edit_pressed(say("Their data are being deleted. Within an hour all of it is gone."), None)


def whose(say: Speaker, theirs: Theirs, number: int) -> Html:
    """The question, without a name."""
    if theirs is Theirs.REPORT:
        return say("Delete all data of the person who reported no. {number}?", number=number)
    if theirs is Theirs.REPAIR:
        return say("Delete all data of the person who needs repair {number}?", number=number)
    return say("Delete all data of the person who made promise {number}?", number=number)


def warning(ctx: UpdateContext, person: int) -> list[Html | None]:
    """What it means."""
    say = ctx.say
    open_now = ends(say, open_things.of(ctx.tx, person))
    return [
        say("Only if they have asked for it: in person, on paper or on the telephone. All they ever wrote and sent "
            "here is deleted, and so are their name and number. It cannot be undone."),
        lines(say("This ends:"), *open_now) if open_now else None,
    ]  # fmt: skip


def really(say: Speaker) -> Html:
    """The second question."""
    return say("Delete everything about this person for good? Nobody can bring it back.")


def _meant(ctx: UpdateContext, theirs: Theirs, number: int) -> int:
    person = meant.person(ctx.tx, theirs, number)
    if person is None or people.by_id(ctx.tx, person).forgotten:
        raise NotFound
    return person


def _buttons(say: Speaker, label: str, answer: Answer, theirs: Theirs, number: int) -> Markup:
    return column(
        Button(label, SomebodyPress(answer, theirs, number).pack()),
        Button(say.label("No, leave it"), SomebodyPress(Answer.NO, theirs, number).pack()),
    )
