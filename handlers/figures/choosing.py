"""Of which area, or of which category, figures are to be: the choices of the community file, in steps."""

from dataclasses import replace

from domain.people.rights import Action, require
from handlers.figures import ordered
from handlers.figures.buttons import AreaPress, CategoryPress, asked_by, pressing
from handlers.kit.keyboards import Button, column, paged
from handlers.kit.texts import bold
from handlers.kit.update_context import UpdateContext

SHOWN = 5
"""Choices on one screen, beside the buttons that lead back."""


def area(ctx: UpdateContext) -> None:
    """The areas inside of one; an area with others inside can be chosen as a whole, too."""
    require(ctx.who.roles, Action.LOOK_UP)
    ordered.drop(ctx)
    say, community = ctx.say, ctx.setup.community
    pressed = ctx.callback_data(AreaPress)
    asked = asked_by(pressed.length, pressed.day, pressed.view, None, pressed.category)
    inside = community.area(pressed.inside) if pressed.inside else None

    def menu(code: str | None, page: int) -> str:
        return replace(pressed, inside=code, page=page).pack()

    options = [
        (
            say.words(each.name),
            menu(each.code, 0) if each.children else pressing(replace(asked, area=each.code), pressed.view),
        )
        for each in community.choices(inside.code if inside else None)
    ]
    shown = paged(say, options, pressed.page, lambda page: menu(inside.code if inside else None, page), size=SHOWN)
    buttons = [Button(label, data) for label, data in shown]
    if inside is None:
        buttons.append(Button(say.label("All areas"), pressing(asked, pressed.view)))
        ctx.edit_pressed(say("Figures of which area?"), column(*buttons))
        return
    outer = community.path(inside.code)[:-1]
    whole = say.label("All of “{area}”", area=say.words(inside.name))
    buttons.append(Button(whole, pressing(replace(asked, area=inside.code), pressed.view)))
    buttons.append(Button(say.label("Back"), menu(outer[-1].code if outer else None, 0)))
    name = community.place_name(inside.code, say.language)
    ctx.edit_pressed(say("Figures of which part of {place}?", place=bold(name)), column(*buttons))


def category(ctx: UpdateContext) -> None:
    """The categories."""
    require(ctx.who.roles, Action.LOOK_UP)
    ordered.drop(ctx)
    say = ctx.say
    pressed = ctx.callback_data(CategoryPress)
    asked = asked_by(pressed.length, pressed.day, pressed.view, pressed.area, None)
    options = [
        (say.words(each.name), pressing(replace(asked, category=each.code), pressed.view))
        for each in ctx.setup.community.categories
    ]
    shown = paged(say, options, pressed.page, lambda page: replace(pressed, page=page).pack(), size=SHOWN)
    buttons = [Button(label, data) for label, data in shown]
    buttons.append(Button(say.label("All categories"), pressing(asked, pressed.view)))
    ctx.edit_pressed(say("Figures of which category?"), column(*buttons))
