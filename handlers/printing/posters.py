"""/poster: a sheet for the wall, with a QR code by which a report begins at that place."""

from collections.abc import Sequence
from enum import StrEnum
from typing import Any

from domain.community import Area, Community
from domain.people.rights import Action, require
from handlers.kit import wording
from handlers.kit.callback_data import CallbackData, InvalidCallbackData
from handlers.kit.keyboards import Button, Markup, column, paged
from handlers.kit.texts import Html, Speaker, bold, escape, lines, paragraphs
from handlers.kit.update_context import UpdateContext
from handlers.printing import printing
from handlers.reports.resident import at_place
from storage.core.messages import Purpose

LANGUAGES_ON_ONE = 3
NOWHERE = "-"


class Wanted(StrEnum):
    """What is to be shown, or printed."""

    IN = "in"  # what is inside of an area; an area with nothing inside is printed
    TURN = "turn"
    OF = "of"
    ALL = "all"
    WHOLE = "whole"


class PosterPress(CallbackData, prefix="po"):
    """`area` is a code, or `NOWHERE`; `page` is of the areas inside of it."""

    wanted: Wanted
    area: str = NOWHERE
    page: int = 0


def command(ctx: UpdateContext) -> None:
    """/poster in private: for which place?"""
    require(ctx.who.roles, Action.PRINT)
    ctx.send(*_menu(ctx, None, 0), purpose=Purpose.POSTERS)


def press(ctx: UpdateContext) -> None:
    """Another menu, or a poster to print."""
    pressed = ctx.callback_data(PosterPress)
    wanted, code = pressed.wanted, pressed.area
    if not ctx.where.is_private:
        raise InvalidCallbackData  # its buttons stand in private chats only
    require(ctx.who.roles, Action.PRINT)
    area = None if code == NOWHERE else ctx.setup.community.area(code)
    if code != NOWHERE and area is None:
        ctx.pop_up(ctx.say_to_person.label("That choice is not there any more. Please choose again."), alert=True)
        ctx.edit_pressed(*_menu(ctx, None, 0))
        return
    if wanted is Wanted.TURN or (wanted is Wanted.IN and (area is None or area.children)):
        ctx.edit_pressed(*_menu(ctx, area, pressed.page))
    elif wanted in (Wanted.IN, Wanted.OF) and area is not None:
        _order(ctx, area.code, [area], None)
    elif wanted is Wanted.WHOLE:
        _order(ctx, wanted.value, [None], None)
    elif wanted is Wanted.ALL:
        _order(ctx, wanted.value, list(ctx.setup.community.all_areas()), "posters")
    else:
        raise InvalidCallbackData


def _menu(ctx: UpdateContext, inside: Area | None, page: int) -> tuple[Html, Markup]:
    say, community = ctx.say, ctx.setup.community
    code = inside.code if inside else NOWHERE
    options = [
        (say.words(area.name), PosterPress(Wanted.IN, area.code).pack())
        for area in community.choices(inside.code if inside else None)
    ]
    turned = paged(say, options, page, lambda following: PosterPress(Wanted.TURN, code, following).pack())
    buttons = [Button(label, data) for label, data in turned]
    if inside is not None:
        outer = community.path(inside.code)[:-1]
        buttons.append(
            Button(say.label("Just “{area}”", area=say.words(inside.name)), PosterPress(Wanted.OF, code).pack())
        )
        buttons.append(Button(say.label("Back"), PosterPress(Wanted.IN, outer[-1].code if outer else NOWHERE).pack()))
        return say("For which part of {place}?", place=bold(community.place_name(code, say.language))), column(*buttons)
    count = len(list(community.all_areas()))
    buttons.append(Button(say.label("The whole community"), PosterPress(Wanted.WHOLE).pack()))
    buttons.append(Button(say.label("All {count} places", count=count), PosterPress(Wanted.ALL).pack()))
    text = paragraphs(
        bold(say("A poster to print")),
        say("Whoever scans it with a phone can say at once what is wrong there. For which place?"),
    )
    return text, column(*buttons)


def _order(ctx: UpdateContext, about: str, areas: Sequence[Area | None], together: str | None) -> None:
    say, community = ctx.say, ctx.setup.community
    speakers = [ctx.setup.speaker(language) for language in community.languages[:LANGUAGES_ON_ONE]]
    told = order(community, ctx.setup.bot_username, areas, speakers)
    if together is not None:
        told["together"] = together
    name = say("all places, one page each") if together else escape(place_of(community, say, areas[0]))
    printing.order(ctx, printing.PrintKind.POSTERS, about, told, say("Poster: {place}", place=bold(name)))
    what = say("As PDF for printing.") if together else say("As PDF for printing, and as a picture.")
    text = lines(say("I am drawing the poster: {place}.", place=bold(name)), what, say("It comes here in a moment."))
    ctx.edit_pressed(text, None)


def place_of(community: Community, say: Speaker, area: Area | None) -> str:
    """What a poster is for, in words."""
    return say.words(community.name) if area is None else community.place_name(area.code, say.language)


def order(community: Community, bot: str, areas: Sequence[Area | None], speakers: Sequence[Speaker]) -> dict[str, Any]:
    """An order of posters (`paper/printing.py`), one for each area; None is the whole community.

    `speakers` say the languages, the first on top.
    """
    places = []
    for area in areas:
        start = f"?start={at_place.PREFIX}{area.code}" if area is not None else ""
        places.append(
            {
                "name": f"poster-{area.code}" if area is not None else "poster",
                "link": f"https://t.me/{bot}{start}",
                "letters": f"t.me/{bot}{start}",
                "words": {say.language: _wording(community, say, area) for say in speakers},
            }
        )
    return {"places": places, "title": speakers[0].words(community.name)}


def _wording(community: Community, say: Speaker, area: Area | None) -> dict[str, str]:
    return {
        "community": say.words(community.name),
        "purpose": say.label("Something broken? An idea? Tell us."),
        "how": say.label("Scan the square with your phone's camera, open it in Telegram and press Start."),
        "here": say.label("You are here"),
        "place": community.place_name(area.code, say.language) if area is not None else "",
        "danger": wording.emergency_words(community, say),
    }
