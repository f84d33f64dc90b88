"""The plan as web pages: where they are, and what is answered when something is wrong. They only read."""

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route

from web import answering, asked_language, pages
from web.answering import answered
from web.asked_language import WrongQuestion
from web.doors import Door
from web.estate_plan import plan_query, plan_writing
from web.estate_plan.plan_query import Asked
from web.estate_plan.plan_writing import PlanSite
from web.page_cache import Made

DOOR = Door(
    "/plan",
    lambda say: say.label("The plan of the neighbourhood"),
    lambda say: say.label("Where something has been reported, and what has become of it."),
)


def routes(shown: PlanSite) -> list[BaseRoute]:
    """Everything below /plan that everybody may see."""
    asking = Asking(shown)
    found = [
        ("/plan/", answering.way_to("/plan")),
        ("/plan/plan.css", _style),
        ("/plan", answered(asking.page, asking.trouble)),
        ("/plan/picture", answered(asking.picture, asking.trouble)),
    ]
    return [Route(path, answer) for path, answer in found]


def is_about(request: Request) -> bool:
    """Whether an address that leads nowhere is one of the plan."""
    return request.url.path.split("/")[1] == "plan"


async def missing(shown: PlanSite, request: Request, error: Exception) -> Response:
    """The answer where nothing of ours is, or a way of asking that is not taken."""
    assert isinstance(error, HTTPException)
    return answering.wrong(request, Asking(shown).trouble, error.status_code, error.headers)


class Asking:
    """Answers what is asked of the plan."""

    def __init__(self, shown: PlanSite) -> None:
        self._shown = shown

    async def page(self, request: Request) -> Response:
        shown, asked = self._shown, self.asked(request)

        async def make() -> Made:
            made = await shown.reader.run(plan_writing.write, shown, asked)
            if made is None:
                raise HTTPException(404)
            return made

        return pages.send(request, await shown.cache.page(asked, make))

    async def picture(self, request: Request) -> Response:
        """The picture, if it is shown at this very moment."""
        found = await self._shown.reader.run(plan_writing.read_picture, self._shown)
        if found is None:
            raise HTTPException(404)
        made, kind = found
        return pages.send(request, made, kind=kind)

    def trouble(self, request: Request, status: int) -> Made:
        """The page that says what is wrong. Programs try many addresses: it is written once a language."""
        shown = self._shown
        try:
            asked = self.asked(request)
        except WrongQuestion:
            accepted = request.headers.get("Accept-Language", "")
            asked = Asked(asked_language.language(None, accepted, shown.community))
        if (status, asked) not in shown.troubles:
            shown.troubles[status, asked] = plan_writing.write_trouble(shown, asked, status)
        return shown.troubles[status, asked]

    def asked(self, request: Request) -> Asked:
        """What a visitor asks for. Raises WrongQuestion."""
        accepted = request.headers.get("Accept-Language", "")
        return plan_query.read(request.query_params, accepted, self._shown.community)


async def _style(request: Request) -> Response:
    fresh = request.url.query == plan_writing.style_address().partition("?")[2]
    headers = {"Cache-Control": pages.FOR_EVER} if fresh else None
    return pages.send(request, plan_writing.style(), kind="text/css; charset=utf-8", headers=headers)
