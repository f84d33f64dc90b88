"""Public projects as web pages: where they are, and what is answered when something is wrong.

They only read, on connections that cannot write, and show nothing but what everybody may see in the chat, too.
"""

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route

from storage.projects import photos
from web import answering, asked_language, pages
from web.answering import answered
from web.asked_language import WrongQuestion
from web.doors import Door
from web.page_cache import Made
from web.projects import page_writing
from web.projects.page_writing import Asked, ProjectSite

DOOR = Door(
    "/projects",
    lambda say: say.label("Our projects"),
    lambda say: say.label("What is being done about what many people here have reported, and how far it is."),
)


def routes(shown: ProjectSite) -> list[BaseRoute]:
    """Everything below /projects."""
    asking = _Asking(shown)
    whole = [
        ("/projects", asking.page),
        ("/projects/{number}", asking.one),
        ("/projects/{number}/page.svg", asking.code),
        ("/projects/photos/{name}", answering.photo(shown, photos.is_shown)),
    ]
    found = [
        ("/projects/", answering.way_to("/projects")),
        *((path, answered(answer, asking.trouble)) for path, answer in whole),
    ]
    return [Route(path, answer) for path, answer in found]


def is_about(request: Request) -> bool:
    """Whether an address that leads nowhere is one of projects."""
    return request.url.path.split("/")[1] == "projects"


async def missing(shown: ProjectSite, request: Request, error: Exception) -> Response:
    """The answer where nothing of ours is, or a way of asking that is not taken."""
    assert isinstance(error, HTTPException)
    return answering.wrong(request, _Asking(shown).trouble, error.status_code, error.headers)


class _Asking:
    """Answers what is asked of projects."""

    def __init__(self, shown: ProjectSite) -> None:
        self._shown = shown

    async def page(self, request: Request) -> Response:
        shown, asked = self._shown, self._asked(request)

        async def make() -> Made:
            return await shown.reader.run(page_writing.write, shown, asked)

        return pages.send(request, await shown.cache.page(asked, make))

    async def one(self, request: Request) -> Response:
        shown, asked = self._shown, self._asked(request)
        number = answering.number(str(request.path_params["number"]))

        async def make() -> Made:
            made = await shown.reader.run(page_writing.write_one, shown, asked, number)
            if made is None:
                raise HTTPException(404)
            return made

        return pages.send(request, await shown.cache.page((number, asked), make))

    async def code(self, request: Request) -> Response:
        """A QR code that opens the page of a project."""
        shown, number = self._shown, answering.number(str(request.path_params["number"]))

        async def make() -> Made:
            made = await shown.reader.run(page_writing.draw_code, shown, number)
            if made is None:
                raise HTTPException(404)
            return made

        return pages.send(request, await shown.cache.page(("code", number), make), kind="image/svg+xml")

    def trouble(self, request: Request, status: int) -> Made:
        """The page that says what is wrong. Programs try many addresses: it is written once a language."""
        shown = self._shown
        try:
            asked = self._asked(request)
        except WrongQuestion:
            asked = Asked(*asked_language.to_say_what_is_wrong(request, shown.community))
        plain = Asked(asked.language, asked.said)
        if (status, plain) not in shown.troubles:
            shown.troubles[status, plain] = page_writing.write_trouble(shown, plain, status)
        return shown.troubles[status, plain]

    def _asked(self, request: Request) -> Asked:
        accepted = request.headers.get("Accept-Language", "")
        return page_writing.read(request.query_params, accepted, self._shown.community)
