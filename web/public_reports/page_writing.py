"""From what is asked for to the page: reads one moment of the database, and fills in the form. On a reader's thread."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from domain.public_reports import shown
from domain.public_reports.shown import PublicState
from speech import public_reports
from speech.speaker import PlainSpeaker
from storage.core.database import Transaction
from storage.public_reports import entries
from storage.public_reports.entries import EVERY, Place
from web import pages
from web.page_cache import Made
from web.public_reports.asked import FEED, PATH, Asked
from web.public_reports.report_cards import ReportSite, cards
from web.site import code_of

SIZE = 50
PHOTOS_IN_LIST = 1
PHOTOS = 6
COUNTED = 1000
"""More than so many are "more than"."""


@dataclass(frozen=True)
class Choice:
    """A link that narrows what is shown, or widens it again; `chosen`: this is what is shown now."""

    name: str
    address: str
    chosen: bool = False


def write(tx: Transaction, site: ReportSite, asked: Asked) -> Made:
    """A page of the list."""
    say = site.speaker(asked.language)
    wanted = asked.area or EVERY, asked.category or EVERY, asked.state.value if asked.state else EVERY
    found, more = entries.page(tx, *wanted, SIZE, _behind(tx, asked))
    values = {
        **_common(site, asked, PATH),
        "cards": cards(tx, site, asked.language, found, PHOTOS_IN_LIST),
        "total": _total(say, entries.count(tx, *wanted, COUNTED + 1)),
        "areas": _areas(tx, site, say, asked),
        "kinds": _kinds(tx, site, say, asked),
        "states": _states(tx, say, asked),
        "following": asked.address(behind=(more.day, _code(tx, more.report))) if more is not None else None,
        "first": asked.address(behind=None) if asked.behind is not None else None,
        "all": asked.address(area=None, category=None, state=None),
        "written": say.moment(tx.now, tx.now),
        "day": say.dated(tx.now),
    }
    return pages.write("reports.html", values)


def write_one(tx: Transaction, site: ReportSite, asked: Asked, code: str) -> Made | None:
    """The page of one report; None when everybody may not see it."""
    entry = entries.by_code(tx, code)
    made = cards(tx, site, asked.language, [entry] if entry is not None else [], PHOTOS)
    if not made:
        return None
    say = site.speaker(asked.language)
    values = {
        **_common(site, asked, f"{PATH}/{code}"),
        "card": made[0],
        "home": asked.elsewhere(PATH),
        "written": say.moment(tx.now, tx.now),
        "day": say.dated(tx.now),
        "own_code": f"{PATH}/{code}/page.svg" if site.address else None,
        "own_letters": f"{site.address}{PATH}/{code}".partition("://")[2] if site.address else None,
    }
    return pages.write("report.html", values)


def draw_code(tx: Transaction, site: ReportSite, code: str) -> Made | None:
    """A QR code that opens a report's page; None when it has none, or while nobody has said where people find it."""
    if site.address is None or entries.by_code(tx, code) is None:
        return None
    return code_of(f"{site.address}{PATH}/{code}")


def write_trouble(site: ReportSite, asked: Asked, status: int) -> Made:
    """A page that says what is wrong, and where to go on."""
    label = site.speaker(asked.language).label
    values = {
        **_common(site, asked, PATH),
        "status": status,
        "turn": None,
        "unread": label("The reports cannot be read just now"),
        "asked_wrongly": label("It asks for a page that is not there. Perhaps a part of it was lost on the way."),
        "nothing": label("It is not on the public page, or not any more; or the address was mistyped."),
        "home": asked.elsewhere(PATH),
        "home_words": label("All reports"),
    }
    return pages.write("trouble.html", values)


def _common(site: ReportSite, asked: Asked, path: str) -> dict[str, Any]:
    label = site.speaker(asked.language).label
    return {
        **site.common(asked.language, lambda said: asked.address(path, said=said), asked.said, PATH),
        "view": "report",
        "asked": asked,
        "heading": label("What was reported"),
        "feed": Asked(asked.language, asked.said, asked.area).address(FEED),
    }


def _behind(tx: Transaction, asked: Asked) -> Place | None:
    if asked.behind is None:
        return None
    day, code = asked.behind
    return Place(day, entries.number_of(tx, code) or 0)


def _code(tx: Transaction, report: int) -> str:
    return entries.code_of(tx, report) or ""


def _total(say: PlainSpeaker, count: int) -> str:
    if count > COUNTED:
        return say.label("More than {count} reports", count=COUNTED)
    return say.plural("{count} report", "{count} reports", count)


# -- what can be chosen: plain links, each to a page in which there is something


def _areas(tx: Transaction, site: ReportSite, say: PlainSpeaker, asked: Asked) -> list[Choice]:
    """Everywhere, the way down to what is chosen, and what is inside it."""
    community = site.community
    named = {each.code for each in shown.named_areas(community)}
    way = [each for each in (community.path(asked.area) if asked.area else ()) if each.code in named]
    inside = [each for each in community.choices(asked.area) if each.code in named]
    category, state = asked.category or EVERY, asked.state.value if asked.state else EVERY
    found = [each for each in inside if entries.has(tx, each.code, category, state)]
    everywhere = Choice(say.label("All places"), asked.address(area=None), chosen=asked.area is None)
    return [
        everywhere,
        *(Choice(say.words(each.name), asked.address(area=each.code), each.code == asked.area) for each in way),
        *(Choice(say.words(each.name), asked.address(area=each.code)) for each in found),
    ]


def _kinds(tx: Transaction, site: ReportSite, say: PlainSpeaker, asked: Asked) -> list[Choice]:
    area, state = asked.area or EVERY, asked.state.value if asked.state else EVERY
    found = (
        each
        for each in site.community.categories
        if not each.about_person and (each.code == asked.category or entries.has(tx, area, each.code, state))
    )
    named = ((each.code, say.words(each.name)) for each in found)
    return [Choice(say.label("All kinds"), asked.address(category=None), chosen=asked.category is None), *_of(
        asked, named)]  # fmt: skip


def _of(asked: Asked, named: Iterable[tuple[str, str]]) -> list[Choice]:
    return [Choice(name, asked.address(category=code), chosen=code == asked.category) for code, name in named]


def _states(tx: Transaction, say: PlainSpeaker, asked: Asked) -> list[Choice]:
    states = (
        Choice(public_reports.state(say, each), asked.address(state=each), chosen=each is asked.state)
        for each in PublicState
        if each is asked.state or entries.has(tx, asked.area or EVERY, asked.category or EVERY, each)
    )
    return [Choice(say.label("All"), asked.address(state=None), chosen=asked.state is None), *states]
