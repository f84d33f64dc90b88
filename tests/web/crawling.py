"""Every public page, found by the links of the others: one that is new is looked at like the rest."""

import re
from dataclasses import dataclass
from html import unescape
from urllib.parse import parse_qs, urljoin, urlsplit

from starlette.routing import Route

from tests.web.conftest import Hall
from web.estate_plan import placing_pages

_LINK = re.compile(r'(?:href|src|action)="([^"]+)"|url=([^"]+)"')
EACH = 2
"""So many of one kind are enough: two promises, two months."""


@dataclass(frozen=True)
class Found:
    """An answer: its address without the language, what it is, and its text."""

    path: str
    kind: str
    text: str


async def crawl(hall: Hall, language: str, *starts: str) -> list[Found]:
    """What is reached from the first page by links alone, in a language; of each kind a few."""
    routes = _routes(hall)
    waiting, seen, kinds, found = ["/", *starts], set[str](), dict[str, int](), list[Found]()
    while waiting:
        path = waiting.pop(0)
        kind = _kind(routes, path)
        if path in seen or kinds.get(kind, 0) >= EACH:
            continue
        seen.add(path)
        kinds[kind] = kinds.get(kind, 0) + 1
        async with hall.session.get(hall.address + with_language(path, language), allow_redirects=False) as response:
            text = (await response.read()).decode(errors="replace")
            content = response.headers.get("Content-Type", "").partition(";")[0]
        if response.status != 200:
            raise AssertionError(f"{path} is linked and answers {response.status}")
        found.append(Found(path, content, text))
        waiting += [link for link in _links(hall, path, text) if link not in seen] if content == "text/html" else []
    return found


def unreached(hall: Hall, found: list[Found]) -> list[str]:
    """The routes of public pages that no page led to; where a link of the bot leads, none of them does."""
    routes = [route for route in _routes(hall) if not route.path.startswith(placing_pages.PATH)]
    reached = {route.path for each in found for route in routes if _fits(route, each.path)}
    # What only leads on, such as /board/, is nobody's page.
    return sorted(route.path for route in routes if route.path not in reached and not route.path.endswith("/"))


def pages(found: list[Found]) -> list[Found]:
    """Those that are read, not loaded by others."""
    return [each for each in found if each.kind == "text/html"]


def with_language(path: str, language: str) -> str:
    """The address in a language."""
    return f"{path}{'&' if '?' in path else '?'}lang={language}"


def _routes(hall: Hall) -> list[Route]:
    return [route for route in hall.pages.routes() if isinstance(route, Route)]


def _fits(route: Route, path: str) -> bool:
    return route.path_regex.match(urlsplit(path).path) is not None


def _kind(routes: list[Route], path: str) -> str:
    """By its route and what is asked for, not by which number or time."""
    route = next((route.path for route in routes if _fits(route, path)), path)
    return f"{route} {sorted(parse_qs(urlsplit(path).query))}"


def _links(hall: Hall, path: str, text: str) -> list[str]:
    links = [unescape(one or other) for one, other in _LINK.findall(text)]
    return [_without_language(urljoin(path, link)) for link in links if not re.match("https?:|#", link)]


def _without_language(path: str) -> str:
    return re.sub(r"[?&]$", "", re.sub(r"(?<=[?&])lang=[^&]*&?", "", path))
