"""In private, those who steer a project see what everybody sees of it, add photos, and have its poster printed."""

from enum import StrEnum

from domain.people.rights import Action
from domain.projects.photos import Moment
from handlers.kit.callback_data import CallbackData
from handlers.kit.keyboards import Button, Markup, column
from handlers.kit.texts import Html, bold, lines, linked, paragraphs
from handlers.kit.update_context import Setup, UpdateContext
from handlers.projects.public import own_photos, project_poster
from services.projects import access
from services.projects import photos as service
from storage.projects import photos
from storage.projects.projects import Project


class Wish(StrEnum):
    """What is wanted of the public page of a project."""

    MENU = "menu"
    BEFORE = "before"
    AFTER = "after"
    POSTER = "poster"


class PagePress(CallbackData, prefix="fa"):
    """A button of that menu."""

    project: int
    wish: Wish


def button(ctx: UpdateContext, project: Project) -> Button:
    """The way there from the project."""
    return Button(ctx.say.label("Photos and public page"), PagePress(project.id, Wish.MENU).pack())


def press(ctx: UpdateContext) -> None:
    """The menu, or what was chosen there."""
    pressed = ctx.callback_data(PagePress)
    project = access.steered(ctx.tx, ctx.who, pressed.project)
    if pressed.wish is Wish.MENU:
        ctx.send(*_menu(ctx, project))
    elif pressed.wish is Wish.POSTER:
        project_poster.order(ctx, project)
    else:
        own_photos.ask(ctx, project.id, Moment(pressed.wish.value))


def address(setup: Setup, project: int) -> str | None:
    """Where everybody finds its page; None while nobody has said where the pages are."""
    return None if setup.pages_address is None else f"{setup.pages_address}/projects/{project}"


def _menu(ctx: UpdateContext, project: Project) -> tuple[Html, Markup]:
    say, page = ctx.say, address(ctx.setup, project.id)
    added, seen = len(photos.of(ctx.tx, project.id)), len(photos.shown(ctx.tx, project.id, service.MOST))
    if not project.public:
        public = say("Only the staff and its lead can see it")
    elif page is not None:
        public = linked(say("Everybody can see it"), page)
    else:
        public = say("Everybody can see it")
    text = paragraphs(
        bold(say("Project no. {number}: photos and public page", number=project.id)),
        lines(
            public,
            say.plural("{count} photo has been added.", "{count} photos have been added.", added) if added else None,
            say.plural("{count} photo is on the page.", "{count} photos are on the page.", seen) if added else None,
            say("The staff release and remove them by their cards in the staff group.") if added else None,
        ),
    )
    buttons = [
        Button(say.label("Add a photo: before"), PagePress(project.id, Wish.BEFORE).pack()),
        Button(say.label("Add a photo: after"), PagePress(project.id, Wish.AFTER).pack()),
    ]
    if project.public and ctx.may(Action.PRINT):
        buttons.append(Button(say.label("A poster with a QR code"), PagePress(project.id, Wish.POSTER).pack()))
    return text, column(*buttons)
