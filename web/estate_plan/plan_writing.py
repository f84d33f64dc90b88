"""From what is asked for to the page of the plan: reads one moment of the database. On a reader's thread."""

from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from typing import Any

from domain.calendar.local_time import local_time
from domain.estate_plan.gathering import DAYS_SHOWN, Gathered, gathered
from domain.public_reports.shown import PublicState
from services.estate_plan import pictures, placing
from services.public_reports import access
from storage.core.database import Transaction
from storage.estate_plan import pictures as kept
from storage.estate_plan import released
from storage.estate_plan.pictures import PlanPicture
from storage.estate_plan.released import ALWAYS, Released
from storage.public_reports import titles
from web import pages
from web.estate_plan.marks import STATES, Writer, chosen
from web.estate_plan.plan_query import Asked
from web.page_cache import Made
from web.site import Site

MOST = 1000
"""So many reports of one state are gathered: more dots than anybody reads."""
_CLOSED = (PublicState.NOT_CONFIRMED, PublicState.FIXED)
STYLE = pages.HERE / "static" / "plan.css"
Picture = tuple[Made, str]
"""The picture as it is sent, and of what type it is."""


@dataclass
class PlanSite(Site):
    """What the pages of the plan are made from."""

    @property
    def is_on(self) -> bool:
        """Whether everybody may see the plan: where the community shows its reports."""
        return access.shows(self.community)


def write(tx: Transaction, shown: PlanSite, asked: Asked) -> Made | None:
    """The plan, and what is on it as a list; None while the community shows no reports."""
    if not shown.is_on:
        return None
    say, community = shown.speaker(asked.language), shown.community
    picture, found = pictures.shown(tx, community), placing.places(tx, community)
    there = gathered(community, found.shown, _released(tx, local_time(tx.now, community.zone).date()))
    texts = titles.some(tx, sorted({report.title for report in _with_lines(there)}))
    writer = Writer(say, community, texts, asked.address("").removeprefix("/plan"))
    values = {
        **common(shown, asked),
        "picture": picture,
        "picture_address": picture_address(picture),
        "picture_words": say.label("Plan of {community}", community=say.words(community.name)),
        "legend": writer.legend(),
        "places": [writer.place(code, found.shown[code], each) for code, each in there.on_plan.items()],
        "below": [writer.place(code, None, each) for code, each in there.below.items()],
        "days": DAYS_SHOWN,
        "written": say.moment(tx.now, tx.now),
        "day": say.dated(tx.now),
    }
    return pages.write("plan.html", values)


def read_picture(tx: Transaction, shown: PlanSite) -> Picture | None:
    """The picture as it is sent; None where nobody may see it, or there is none."""
    return find_picture(tx, shown) if shown.is_on else None


def find_picture(tx: Transaction, shown: PlanSite) -> Picture | None:
    """The same for those who place areas, also while the plan is not shown to everybody."""
    picture = pictures.shown(tx, shown.community)
    content = kept.content(tx, picture.id) if picture is not None else None
    if picture is None or content is None:
        return None
    return Made(content, f'"{picture.source[:24]}"'), picture.type


def picture_address(picture: PlanPicture | None) -> str | None:
    """Where the picture is; another address for another picture."""
    return f"/plan/picture?{picture.source[:12]}" if picture is not None else None


def write_trouble(shown: PlanSite, asked: Asked, status: int) -> Made:
    """A page that says what is wrong, and where to go on."""
    label = shown.speaker(asked.language).label
    values = {
        **common(shown, asked),
        "status": status,
        "turn": None,
        "unread": label("The plan cannot be read just now"),
        "asked_wrongly": label("It asks for a page that is not there. Perhaps a part of it was lost on the way."),
        "nothing": label("There is no plan to look at, or the address was mistyped."),
        "home": asked.address("/board"),
        "home_words": label("Our promises"),
    }
    return pages.write("trouble.html", values)


def common(shown: PlanSite, asked: Asked, path: str = "/plan") -> dict[str, Any]:
    """What every page of the plan says; `path` is its own."""
    label = shown.speaker(asked.language).label
    return {
        **shown.common(asked.language, lambda said: asked.address(path, said=said), asked.said, path),
        "view": "plan",
        "asked": asked,
        "plan_style": style_address(),
        "heading": label("The plan of the neighbourhood"),
    }


@cache
def style() -> Made:
    """What the pages of the plan have in their style besides the one all pages have."""
    return Made.of(STYLE.read_text("utf-8"))


@cache
def style_address() -> str:
    """Its address, another one whenever it changes, so that browsers may keep it."""
    return "/plan/plan.css?" + style().tag.strip('"')[:12]


def _released(tx: Transaction, today: date) -> list[Released]:
    """What is open, however long, and what was fixed lately."""
    lately = today - timedelta(days=DAYS_SHOWN)
    return [
        report
        for state in STATES
        for report in released.in_state(tx, state, lately if state in _CLOSED else ALWAYS, MOST)
    ]


def _with_lines(there: Gathered[Released]) -> list[Released]:
    return [report for each in (there.on_plan, there.below) for found in each.values() for report in chosen(found)]
