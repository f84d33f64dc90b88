"""The page on which an admin places the areas: opened by a one-time link of the bot, without a program in the browser.

The only public page that writes. It does so by the services, as the person whose link it is, in one small transaction.
"""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from urllib.parse import parse_qsl, urlencode

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import BaseRoute, Route

from domain.estate_plan.spots import Size, Spot, spot, tapped
from domain.people.rights import NotAllowed
from services.core.errors import AlreadyDone, NotFound
from services.estate_plan import links, pictures, placing
from services.estate_plan.links import LinkEnded
from storage.core.database import Database, Transaction
from web import answering, body, pages
from web.answering import answered
from web.body import Refused
from web.browser_rules import RULES
from web.estate_plan import placing_writing, plan_writing
from web.estate_plan.placing_writing import WIDTHS, Said
from web.estate_plan.plan_pages import Asking
from web.estate_plan.plan_writing import PlanSite

PATH = "/plan/placing"
COOKIE = "plan"
LONGEST_BODY = 2_000
BODY_SECONDS = 10.0
MOST_FIELDS = 10


@dataclass(frozen=True)
class Tapped:
    """What came of a form: what the next page says, about which area, and whether they are done with all."""

    said: Said
    area: str = ""
    done: bool = False


def routes(shown: PlanSite, database: Database) -> list[BaseRoute]:
    """Where admins place areas."""
    asking = _Placing(shown, database)
    whole: list[tuple[str, Callable[[Request], Awaitable[Response]], list[str]]] = [
        (PATH, asking.page, ["GET"]),
        (PATH, asking.take, ["POST"]),
        (f"{PATH}/picture", asking.picture, ["GET"]),
        (f"{PATH}/{{code}}", asking.door, ["GET"]),
        (f"{PATH}/{{code}}", asking.enter, ["POST"]),
    ]
    return [Route(path, asking.known(answer), methods=methods) for path, answer, methods in whole]


class _Placing:
    """Answers what an admin asks."""

    def __init__(self, shown: PlanSite, database: Database) -> None:
        self._shown = shown
        self._database = database
        self._asking = Asking(shown)

    def known(self, answer: Callable[[Request], Awaitable[Response]]) -> Callable[[Request], Awaitable[Response]]:
        """As `answer`; a person who may not place areas reads how to get a link."""

        async def whole(request: Request) -> Response:
            try:
                return await answer(request)
            except (LinkEnded, NotAllowed):
                asked = self._asking.asked(request)
                made = placing_writing.write_closed(self._shown, asked)
                return pages.send(request, made, 403, headers=answering.NEVER_KEPT)
            except Refused as error:
                raise HTTPException(error.status) from error

        return answered(whole, self._asking.trouble)

    async def door(self, request: Request) -> Response:
        """Behind a link: one button, for programs open every link they meet, and it works once."""
        code = str(request.path_params["code"])
        made = await self._shown.reader.run(placing_writing.write_door, self._shown, code)
        return pages.send(request, made, headers=answering.NEVER_KEPT)

    async def enter(self, request: Request) -> Response:
        """The button was pressed: this browser may place areas for a while."""
        await body.read(request, LONGEST_BODY, BODY_SECONDS)
        session = await self._database.run(links.begin, str(request.path_params["code"]))
        response = _to(PATH)
        response.set_cookie(
            COOKIE,
            session,
            max_age=int(links.SESSION.total_seconds()),
            path=PATH,
            secure=(self._shown.address or "").startswith("https:"),
            httponly=True,
            samesite="lax",
        )
        return response

    async def page(self, request: Request) -> Response:
        """The plan, and every area."""
        query = request.query_params
        said = next((each for each in Said if each == query.get("said")), None)
        made = await self._shown.reader.run(
            placing_writing.write, self._shown, request.cookies.get(COOKIE), query.get("area"), said, query.get("of")
        )
        return pages.send(request, made, headers=answering.NEVER_KEPT)

    async def picture(self, request: Request) -> Response:
        """The picture, also while the plan is not shown to everybody."""

        def find(tx: Transaction) -> plan_writing.Picture | None:
            links.person(tx, request.cookies.get(COOKIE))
            return plan_writing.find_picture(tx, self._shown)

        found = await self._shown.reader.run(find)
        if found is None:
            raise HTTPException(404)
        made, kind = found
        return pages.send(request, made, kind=kind, headers={"Cache-Control": f"private, {pages.ASK_EACH_TIME}"})

    async def take(self, request: Request) -> Response:
        """A tap, two numbers, or a button: done, and the page is shown anew, so that nothing is sent twice."""
        content = await body.read(request, LONGEST_BODY, BODY_SECONDS)
        try:
            fields = dict(parse_qsl(content.decode("ascii"), max_num_fields=MOST_FIELDS))
        except ValueError:
            raise HTTPException(400) from None
        session = request.cookies.get(COOKIE)
        came = await self._database.run(self._do, session, fields)
        if came.done:
            made = placing_writing.write_done(self._shown, self._asking.asked(request))
            response = pages.send(request, made, headers=answering.NEVER_KEPT)
            response.delete_cookie(COOKIE, path=PATH)
            return response
        following = await self._shown.reader.run(placing_writing.following, self._shown, came.said, came.area)
        told = {"area": following, "said": came.said.value, "of": came.area}
        return _to(f"{PATH}?{urlencode({name: value for name, value in told.items() if value})}")

    def _do(self, tx: Transaction, session: str | None, fields: dict[str, str]) -> Tapped:
        community, actor = self._shown.community, links.person(tx, session)
        if "done" in fields:
            links.end(tx, session)
            return Tapped(Said.PLACED, done=True)
        area = fields.get("remove") or fields.get("area") or ""
        try:
            if "remove" in fields:
                placing.remove(tx, community, actor, area)
                return Tapped(Said.REMOVED, area)
            at = self._spot(tx, fields)
            if isinstance(at, Said):
                return Tapped(at, area)
            placing.place(tx, community, actor, area, at)
        except AlreadyDone:
            return Tapped(Said.REMOVED if "remove" in fields else Said.PLACED, area)
        except placing.PlacedByFile:
            return Tapped(Said.BY_FILE, area)
        except NotFound:
            return Tapped(Said.GONE)
        return Tapped(Said.PLACED, area)

    def _spot(self, tx: Transaction, fields: dict[str, str]) -> Spot | Said:
        """Where it is to be, by a tap or by two numbers; else what is wrong."""
        picture = pictures.shown(tx, self._shown.community)
        if picture is None:
            raise NotFound
        if fields.get("picture") != picture.source:
            return Said.CHANGED
        if "left" in fields or "top" in fields:
            return spot(_number(fields.get("left")), _number(fields.get("top"))) or Said.OUTSIDE
        width, x, y = (_whole(fields.get(name)) for name in ("width", "tap.x", "tap.y"))
        if width not in WIDTHS or x is None or y is None or (x, y) == (0, 0):  # by the keyboard it is told as 0, 0
            return Said.OUTSIDE
        return tapped(x, y, Size(width, picture.size.height_at(width))) or Said.OUTSIDE


def _to(path: str) -> RedirectResponse:
    return RedirectResponse(path, 303, headers={**RULES, **answering.NEVER_KEPT})


def _whole(text: str | None) -> int | None:
    """A number of a form, in its one way of being written."""
    return int(text) if text and text.isascii() and text.isdecimal() and len(text) <= 5 else None


def _number(text: str | None) -> float:
    """Percent as people write them; what is none is on no picture."""
    try:
        return float((text or "").replace(",", ".").strip()) if len(text or "") <= 10 else -1.0
    except ValueError:
        return -1.0
