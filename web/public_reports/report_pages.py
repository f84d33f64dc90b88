"""Released reports as web pages: where they are, and what is answered when something is wrong.

They only read, on connections that cannot write. Where the community shows no reports there is nothing.
"""

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route

from services.public_reports import access
from storage.public_reports import photos
from web import answering, pages
from web.answering import Answer, answered
from web.doors import Door
from web.page_cache import Made
from web.public_reports import asked, feed, page_writing
from web.public_reports.asked import CODE, FEED, PATH, Asked
from web.public_reports.report_cards import ReportSite

DOOR = Door(
    PATH,
    lambda say: say.label("What was reported"),
    lambda say: say.label("What residents have reported here, in the staff's words, and what became of it."),
)


def routes(site: ReportSite) -> list[BaseRoute]:
    """Everything below /reports, and the feed."""
    asking = _Asking(site)
    whole = [
        (PATH, asking.page),
        (FEED, asking.feed),
        (f"{PATH}/{{code}}", asking.one),
        (f"{PATH}/{{code}}/page.svg", asking.code),
        (f"{PATH}/photos/{{name}}", _if(access.shows_photos(site.community), answering.photo(site, photos.is_shown))),
    ]
    shows = access.shows(site.community)
    found = [
        (f"{PATH}/", answering.way_to(PATH)),
        *((path, answered(_if(shows, answer), asking.trouble)) for path, answer in whole),
    ]
    return [Route(path, answer) for path, answer in found]


def is_about(request: Request) -> bool:
    """Whether an address that leads nowhere is one of reports."""
    return request.url.path.split("/")[1] in (PATH[1:], FEED[1:])


async def missing(site: ReportSite, request: Request, error: Exception) -> Response:
    """The answer where nothing of ours is, or a way of asking that is not taken."""
    assert isinstance(error, HTTPException)
    return answering.wrong(request, _Asking(site).trouble, error.status_code, error.headers)


def _if(shown: bool, answer: Answer) -> Answer:
    """The answer, where the community shows such a thing."""

    async def nothing(_request: Request) -> Response:
        raise HTTPException(404)

    return answer if shown else nothing


class _Asking:
    """Answers what is asked of reports."""

    def __init__(self, site: ReportSite) -> None:
        self._site = site

    async def page(self, request: Request) -> Response:
        site, wanted = self._site, self._asked(request)

        async def make() -> Made:
            return await site.reader.run(page_writing.write, site, wanted)

        return pages.send(request, await site.cache.page(wanted, make))

    async def feed(self, request: Request) -> Response:
        site, wanted = self._site, self._asked(request)
        whole = Asked(wanted.language, wanted.said, wanted.area)

        async def make() -> Made:
            return await site.reader.run(feed.write, site, whole)

        return pages.send(request, await site.cache.page(("feed", whole), make), kind=feed.KIND)

    async def one(self, request: Request) -> Response:
        site, asked_for = self._site, self._asked(request)
        wanted, code = Asked(asked_for.language, asked_for.said), _code(request)

        async def make() -> Made:
            made = await site.reader.run(page_writing.write_one, site, wanted, code)
            if made is None:
                raise HTTPException(404)
            return made

        return pages.send(request, await site.cache.page((code, wanted), make))

    async def code(self, request: Request) -> Response:
        """A QR code that opens the page of a report."""
        site, code = self._site, _code(request)

        async def make() -> Made:
            made = await site.reader.run(page_writing.draw_code, site, code)
            if made is None:
                raise HTTPException(404)
            return made

        return pages.send(request, await site.cache.page(("code", code), make), kind="image/svg+xml")

    def trouble(self, request: Request, status: int) -> Made:
        """The page that says what is wrong. Programs try many addresses: it is written once a language."""
        site, accepted = self._site, request.headers.get("Accept-Language", "")
        plain = asked.plain(request.query_params, accepted, site.community)
        if (status, plain) not in site.troubles:
            site.troubles[status, plain] = page_writing.write_trouble(site, plain, status)
        return site.troubles[status, plain]

    def _asked(self, request: Request) -> Asked:
        accepted = request.headers.get("Accept-Language", "")
        return asked.read(request.query_params, accepted, self._site.community)


def _code(request: Request) -> str:
    code = str(request.path_params["code"])
    if CODE.fullmatch(code) is None:
        raise HTTPException(404)
    return code
