"""From what is asked for to the page: reads one moment of the database, and fills in the form. On a reader's thread."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any
from urllib.parse import urlencode

from domain.community import Community
from storage.core import page_files
from storage.core.database import Transaction
from storage.projects import public_page
from storage.projects.public_page import Shown
from web import asked_language, pages
from web.asked_language import WrongQuestion
from web.page_cache import Made
from web.projects.project_cards import ProjectCard, Writer
from web.site import Site, code_of

SIZE = 12
PHOTOS_IN_LIST = 6
PHOTOS = 20
LAST_PAGE = 1000


class ProjectSite(Site):
    """What the pages of projects are made from."""


@dataclass(frozen=True)
class Asked:
    """Everything a page depends on. `said` is the language the address names; without it the browser's is."""

    language: str
    said: str | None = None
    page: int = 1

    def address(self, path: str = "/projects", **changes: Any) -> str:
        """The address that asks for this, with some things otherwise."""
        asked = replace(self, **changes)
        values = {"page": asked.page if asked.page > 1 else None, "lang": asked.said}
        query = urlencode({name: value for name, value in values.items() if value is not None})
        return f"{path}?{query}" if query else path


def read(query: Mapping[str, str], accepted: str, community: Community) -> Asked:
    """What is asked for. What we do not know is left alone, wrong values are not: raises WrongQuestion."""
    said = asked_language.said(query.get("lang"))
    page = query.get("page") or "1"
    if not (page.isascii() and page.isdecimal() and len(page) <= 4) or not 1 <= int(page) <= LAST_PAGE:
        raise WrongQuestion
    return Asked(asked_language.language(said, accepted, community), said, int(page))


def write(tx: Transaction, shown: ProjectSite, asked: Asked) -> Made:
    """A page of projects."""
    say = shown.speaker(asked.language)
    total = public_page.count(tx)
    sheets = max(1, -(-total // SIZE))
    found = public_page.page(tx, SIZE, (asked.page - 1) * SIZE, PHOTOS_IN_LIST)
    values = {
        **_common(shown, asked, "/projects"),
        "cards": _cards(tx, shown, asked, found),
        "total": say.plural("{count} project", "{count} projects", total),
        "written": say.moment(tx.now, tx.now),
        "day": say.dated(tx.now),
        "following": asked.address(page=asked.page + 1) if asked.page < sheets else None,
        "earlier": asked.address(page=asked.page - 1) if asked.page > 1 else None,
    }
    return pages.write("projects.html", values)


def write_one(tx: Transaction, shown: ProjectSite, asked: Asked, number: int) -> Made | None:
    """The page of one project; None when everybody may not see it."""
    found = public_page.one(tx, number, PHOTOS)
    if found is None:
        return None
    say = shown.speaker(asked.language)
    values = {
        **_common(shown, asked, f"/projects/{number}"),
        "card": _cards(tx, shown, asked, [found])[0],
        "written": say.moment(tx.now, tx.now),
        "day": say.dated(tx.now),
        "own_code": f"/projects/{number}/page.svg" if shown.address else None,
        "own_letters": f"{shown.address}/projects/{number}".partition("://")[2] if shown.address else None,
    }
    return pages.write("project.html", values)


def draw_code(tx: Transaction, shown: ProjectSite, number: int) -> Made | None:
    """A QR code that opens a project's page, for the notice board.

    None when it has none, or while nobody has said where people find the pages.
    """
    if shown.address is None or public_page.one(tx, number, 0) is None:
        return None
    return code_of(f"{shown.address}/projects/{number}")


def write_trouble(shown: ProjectSite, asked: Asked, status: int) -> Made:
    """A page that says what is wrong, and where to go on."""
    label = shown.speaker(asked.language).label
    values = {
        **_common(shown, asked, "/projects"),
        "status": status,
        "unread": label("The projects cannot be read just now"),
        "asked_wrongly": label("It asks for a page that is not there. Perhaps a part of it was lost on the way."),
        "nothing": label("The project is not public, or the address was mistyped."),
        "home": asked.address(page=1),
        "home_words": label("All projects"),
    }
    return pages.write("trouble.html", values)


def _common(shown: ProjectSite, asked: Asked, path: str) -> dict[str, Any]:
    label = shown.speaker(asked.language).label
    return {
        **shown.common(asked.language, lambda said: asked.address(path, said=said), asked.said, "/projects"),
        "view": "project",
        "asked": asked,
        "heading": label("Our projects"),
    }


def _cards(tx: Transaction, shown: ProjectSite, asked: Asked, found: Sequence[Shown]) -> list[ProjectCard]:
    names = {
        photo.id: page_files.name(each.project.id, photo.id, photo.file_id) for each in found for photo in each.photos
    }
    here = {photo: f"/projects/photos/{name}" for photo, name in names.items() if (shown.photos / name).is_file()}
    writer = Writer(shown.speaker(asked.language), shown.community, tx.now, here)
    return [writer.card(each) for each in found]
