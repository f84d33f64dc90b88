"""What admins read when a picture was made the plan's, or could not be."""

from collections.abc import Callable

from domain.estate_plan.unfit import Unfit
from handlers.estate_plan.buttons import Doing, PlanPress
from handlers.kit import mailer
from handlers.kit.keyboards import Button, Markup, column
from handlers.kit.texts import Html, Speaker, paragraphs
from handlers.kit.update_context import Setup
from services.estate_plan import pictures, placing
from services.estate_plan.pictures import NewPicture
from storage.core.database import Transaction
from storage.core.messages import Purpose

_WHY: dict[Unfit, Callable[[Speaker], Html]] = {
    Unfit.TOO_HEAVY: lambda say: say(
        "This file is larger than 20 MB, and I cannot fetch larger ones. Please save the plan smaller."
    ),
    Unfit.SVG: lambda say: say(
        "This is an SVG file. Those can hold programs, so I do not take them. Please save the plan as PNG (in most "
        "drawing programs under “Export”)."
    ),
    Unfit.PDF: lambda say: say(
        "This is a PDF and not a picture. Please save the page with the plan as PNG or JPEG, or take a photo of it."
    ),
    Unfit.HEIC: lambda say: say(
        "This is a HEIC or AVIF file, which not every browser can show. Please send it as a photo, or save it as JPEG."
    ),
    Unfit.NO_PICTURE: lambda say: say(
        "This file is no PNG, JPEG or WebP picture. Please save the plan as one of these."
    ),
    Unfit.BROKEN: lambda say: say(
        "I cannot open this picture: it is damaged, or was cut off on the way. Please save it once more."
    ),
    Unfit.TOO_MANY_DOTS: lambda say: say(
        "This picture is too large to be opened safely: it may have 40 million dots, such as 8,000 by 5,000. Please "
        "save it smaller."
    ),
    Unfit.TOO_FEW_DOTS: lambda say: say(
        "This picture is too small to be read: each side needs 200 dots, and 1,500 are better. Please "
        "send a larger one."
    ),
    Unfit.TOO_NARROW: lambda say: say(
        "This picture is more than five times as long as it is wide, so on a phone it could not be read. Please cut "
        "off what is not needed."
    ),
}


def unfit(say: Speaker, why: Unfit) -> Html:
    """Why a file cannot be the picture, and what to do instead."""
    return _WHY[why](say)


def taken(tx: Transaction, setup: Setup, chat: int, person: int, new: NewPicture) -> None:
    """It is the plan's picture from now on: the admin reads what is to be done next."""
    stay = pictures.keep(tx, new, from_file=False, actor=person)
    say = mailer.speaker_in(tx, setup, chat)
    missing = len(list(placing.to_place(setup.community, placing.places(tx, setup.community))))
    if stay:
        places = say(
            "It has the shape of the one before, so the areas stay where they are. Please look whether they still fit."
        )
    elif missing:
        places = say("Now the areas want their places: choose one, then tap on the plan where it is.")
    else:
        places = None
    text = paragraphs(say("The plan has its picture."), places)
    mailer.send(tx, chat, text, _place_button(setup, say), purpose=Purpose.SETUP)


def _place_button(setup: Setup, say: Speaker) -> Markup | None:
    if setup.pages_address is None:
        return None
    return column(Button(say.label("Place the areas"), PlanPress(Doing.PLACE).pack()))


def refused(tx: Transaction, setup: Setup, chat: int, why: Unfit) -> None:
    """What they sent cannot be the picture."""
    say = mailer.speaker_in(tx, setup, chat)
    _say_again(tx, chat, say, unfit(say, why))


def not_fetched(tx: Transaction, setup: Setup, chat: int) -> None:
    """What they sent could not be fetched or looked at."""
    say = mailer.speaker_in(tx, setup, chat)
    _say_again(tx, chat, say, say("I am sorry: I could not fetch the picture. Please send it once more."))


def _say_again(tx: Transaction, chat: int, say: Speaker, why: Html) -> None:
    buttons = column(Button(say.label("Send another picture"), PlanPress(Doing.PICTURE).pack()))
    mailer.send(tx, chat, paragraphs(why, say("The plan is as it was.")), buttons, purpose=Purpose.SETUP)


def file_refused(tx: Transaction, setup: Setup, name: str, why: Unfit | None) -> None:
    """The file that the community file names cannot be the picture; None: it cannot be read. Said once a day."""

    def write(say: Speaker) -> Html:
        reason = say("It cannot be read on the machine I run on.") if why is None else unfit(say, why)
        told = say("The community file names {file} as the picture of the plan, and I cannot use it.", file=name)
        return paragraphs(told, reason)

    mailer.to_admins(tx, setup, write, once=f"plan_file:{why}:{tx.now:%Y%m%d}")
