"""/plan: where everybody finds the plan; for admins its picture, and the way to the page where areas are placed."""

from domain.people.rights import Action, require
from handlers.estate_plan import picture_flow
from handlers.estate_plan.buttons import Doing, PlanPress
from handlers.kit.conversation.engine import engine
from handlers.kit.keyboards import Button, Markup, column
from handlers.kit.texts import Html, bold, lines, linked, paragraphs
from handlers.kit.update_context import Setup, UpdateContext
from services.estate_plan import links, pictures, placing
from storage.core.messages import Purpose

PAGE = "/plan"
PLACING = "/plan/placing"


def command(ctx: UpdateContext) -> None:
    """/plan in private."""
    ctx.send(*(_menu(ctx) if ctx.may(Action.PLAN) else _for_everybody(ctx)), purpose=Purpose.SETUP)
    engine.show_open(ctx)


def press(ctx: UpdateContext) -> None:
    """A button of the menu."""
    pressed = ctx.callback_data(PlanPress)
    require(ctx.who.roles, Action.PLAN)
    if pressed.doing is Doing.PICTURE:
        picture_flow.begin(ctx)
    elif pressed.doing is Doing.PLACE:
        _send_link(ctx)
    elif pressed.doing is Doing.REMOVE:
        ctx.edit_pressed(*_asked(ctx))
    elif pressed.doing is Doing.YES:
        pictures.take_down(ctx.tx, ctx.setup.community, ctx.who)
        ctx.edit_pressed(*_menu(ctx))
    else:
        ctx.edit_pressed(*_menu(ctx))


def address(setup: Setup, path: str = PAGE) -> str | None:
    """Where a page of the plan is; None while nobody has said where the public pages are."""
    return None if setup.pages_address is None else f"{setup.pages_address}{path}"


def _for_everybody(ctx: UpdateContext) -> tuple[Html, Markup | None]:
    page = address(ctx.setup)
    if page is None or pictures.shown(ctx.tx, ctx.setup.community) is None:
        return ctx.say("There is no plan to look at at the moment."), None
    text = ctx.say("The plan shows where something has been reported, and what has become of it.")
    return paragraphs(text, linked(ctx.say("Open the plan"), page)), None


def _menu(ctx: UpdateContext) -> tuple[Html, Markup]:
    say, community = ctx.say, ctx.setup.community
    picture, in_file = pictures.shown(ctx.tx, community), pictures.is_from_file(community)
    found, page = placing.places(ctx.tx, community), address(ctx.setup)
    missing = len(list(placing.to_place(community, found)))
    if picture is not None and in_file:
        stands = say("The picture comes from the community file.")
    elif picture is not None:
        stands = say("It has a picture.")
    elif in_file:
        stands = say("The community file names a picture, and I could not use it. I told you why when I started.")
    else:
        stands = say("It has no picture yet. Send me one: a drawing, or a photo of the plan at the gate.")
    text = paragraphs(
        bold(say("The plan of the neighbourhood")),
        say(
            "Everybody sees on it where something is open, in progress or fixed, from the reports that staff released."
        ),
        lines(stands, _placed(ctx, len(found.shown), missing) if picture is not None else None),
        linked(say("Open the plan"), page) if page is not None and picture is not None else None,
        None if page is not None else _no_pages(ctx),
    )
    buttons = []
    if page is not None and picture is not None:
        buttons.append(Button(say.label("Place the areas"), PlanPress(Doing.PLACE).pack()))
    if not in_file:
        label = say.label("Send a picture") if picture is None else say.label("Send another picture")
        buttons.append(Button(label, PlanPress(Doing.PICTURE).pack()))
        if picture is not None:
            buttons.append(Button(say.label("Take the plan down"), PlanPress(Doing.REMOVE).pack()))
    return text, column(*buttons)


def _placed(ctx: UpdateContext, placed: int, missing: int) -> Html:
    say = ctx.say
    return lines(
        say.plural("{count} area has its place on it.", "{count} areas have their place on it.", placed),
        say.plural("{count} has none and is listed below it.", "{count} have none and are listed below it.", missing)
        if missing
        else None,
    )


def _no_pages(ctx: UpdateContext) -> Html:
    return ctx.say(
        "Nobody can see it yet: the settings WEB_PORT and WEB_URL are missing on the machine I run on. They say where "
        "the public pages are."
    )


def _asked(ctx: UpdateContext) -> tuple[Html, Markup]:
    say = ctx.say
    text = say("Take the plan down? Nobody sees it any more. The places of the areas are kept for the next picture.")
    return text, column(
        Button(say.label("Yes, take it down"), PlanPress(Doing.YES).pack()),
        Button(say.label("No, keep it"), PlanPress(Doing.BACK).pack()),
    )


def _send_link(ctx: UpdateContext) -> None:
    say, page = ctx.say, address(ctx.setup, PLACING)
    if page is None:
        ctx.send(_no_pages(ctx))
        return
    code = links.make(ctx.tx, ctx.who)
    text = paragraphs(
        linked(bold(say("Place the areas")), f"{page}/{code}"),
        say("With this link you can place the areas: choose one, then tap on the plan where it is."),
        say(
            "The link is for you alone and works once, within an hour. Please do not pass it on. For another one, "
            "send /plan."
        ),
    )
    ctx.send(text, protected=True)
