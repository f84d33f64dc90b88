"""A project's poster for the notice board: its title, and a QR code that opens its page, or the project in the bot."""

from typing import Any

from domain.people.rights import Action, require
from handlers.kit import wording
from handlers.kit.texts import Speaker, bold, clean, lines, one_line
from handlers.kit.update_context import Setup, UpdateContext
from handlers.printing import printing
from services.core.errors import NotFound
from storage.projects.projects import Project

PREFIX = "j-"
"""The link that opens a project in the bot begins so (handlers/projects/project_view.py, which imports this)."""
TITLE = 60
LANGUAGES_ON_ONE = 3


def order(ctx: UpdateContext, project: Project) -> None:
    """Have it drawn; it comes to this chat. Raises NotFound where everybody may not see the project."""
    require(ctx.who.roles, Action.PRINT)
    if not project.public:
        raise NotFound
    say, community = ctx.say, ctx.setup.community
    speakers = [ctx.setup.speaker(language) for language in community.languages[:LANGUAGES_ON_ONE]]
    name = bold(say("Project no. {number}", number=project.id))
    caption = say("Poster: {place}", place=name)
    printing.order(
        ctx, printing.PrintKind.POSTERS, f"project-{project.id}", told(ctx.setup, project, speakers), caption
    )
    ctx.send(lines(say("I am drawing the poster: {place}.", place=name), say("It comes here in a moment.")))


def told(setup: Setup, project: Project, speakers: list[Speaker]) -> dict[str, Any]:
    """The order (`paper/printing.py`); `speakers` say the languages, the first on top."""
    if setup.pages_address is not None:
        link = f"{setup.pages_address}/projects/{project.id}"
    else:
        link = setup.start_link(f"{PREFIX}{project.id}")
    place = {
        "name": f"project-{project.id}",
        "link": link,
        "letters": link.partition("://")[2],
        "words": {say.language: _wording(setup, say, place, speakers, project) for place, say in enumerate(speakers)},
    }
    return {"places": [place], "title": f"{speakers[0].words(setup.community.name)} · {project.id}"}


def _wording(setup: Setup, say: Speaker, place: int, speakers: list[Speaker], project: Project) -> dict[str, str]:
    """The title is in one language, so it stands there once."""
    if setup.pages_address is not None:
        how = say.label("Scan the square with your phone's camera: the page says how far it is, every day anew.")
    else:
        how = say.label("Scan the square with your phone's camera, open it in Telegram and press Start.")
    return {
        "community": say.words(setup.community.name),
        "purpose": say.label("What is being done, and how far is it?"),
        "how": how,
        "here": " · ".join(each.label("Project no. {number}", number=project.id) for each in speakers),
        "place": "" if place else one_line(clean(project.title), TITLE),
        "danger": wording.emergency_words(setup.community, say),
    }
