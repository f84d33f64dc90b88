"""The buttons of /figures: which period, what of it, of which area and category."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from enum import StrEnum
from typing import Annotated

from domain.community import Community
from domain.core.stored import Stored
from domain.figures.periods import Length, NoSuchPeriod, containing
from handlers.kit.callback_data import BEHIND, CallbackData, InvalidCallbackData
from handlers.kit.keyboards import Button, Markup, rows
from handlers.kit.texts import Speaker, shorten
from services.figures.report_figures import Asked, By

SHORT = 13
"""Letters of a name on a button that shares its row."""


class View(Stored, StrEnum, kept_in="buttons of figures: groups"):
    """What of a period is shown: the usual figures, all of one subject, or those of reports in groups."""

    OVERVIEW = "nothing"
    REPORTS = "reports"
    PROMISES = "promises"
    PROJECTS = "projects"
    REPAIRS = "repairs"
    CATEGORY = "category"
    AREA = "area"
    DEPARTMENT = "department"
    LEAD = "lead"
    PROJECT = "project"

    @property
    def by(self) -> By:
        """The groups it is in."""
        return By(self) if self in _GROUPED else By.NOTHING


_GROUPED = frozenset(map(str, By))


class FiguresPress(CallbackData, prefix="fg"):
    """The period that begins on that day, or holds it, and what of it is shown; of one area and category, where they
    are named."""

    length: Length
    day: date
    category: Annotated[str | None, BEHIND]
    view: View
    area: Annotated[str | None, BEHIND]


class PicturePress(CallbackData, prefix="fq"):
    """The picture of what `FiguresPress` would show."""

    length: Length
    day: date
    category: Annotated[str | None, BEHIND]
    view: View
    area: Annotated[str | None, BEHIND]


class AreaPress(CallbackData, prefix="fe"):
    """Choose an area, among those inside of another; the rest is as in `FiguresPress`."""

    length: Length
    day: date
    category: Annotated[str | None, BEHIND]
    view: View
    inside: Annotated[str | None, BEHIND]
    page: int


class CategoryPress(CallbackData, prefix="fk"):
    """Choose a category; the rest is as in `FiguresPress`."""

    length: Length
    day: date
    page: int
    view: View
    area: Annotated[str | None, BEHIND]


def asked_by(length: Length, day: date, view: View, area: str | None, category: str | None) -> Asked:
    """What a button asks for. Raises InvalidCallbackData."""
    try:
        return Asked(containing(day, length), view.by, area, category)
    except NoSuchPeriod as error:
        raise InvalidCallbackData from error


def pressing(asked: Asked, view: View) -> str:
    """What a button carries that shows this."""
    length = asked.period.length or Length.MONTH
    return FiguresPress(length, asked.period.first, asked.category, view, asked.area).pack()


def below(say: Speaker, community: Community, asked: Asked, view: View, today: date, files: Button) -> Markup:
    """What can be pressed below figures; `files` leads to lists and files."""
    period = asked.period
    length = period.length or Length.MONTH
    # A longer period is the one in which this one ends, as far as it is over.
    day = min(period.last, max(today, period.first))
    steps = [Button(say.label("‹ Earlier"), pressing(replace(asked, period=period.one_before()), view))]
    if period.after <= today:
        steps.append(Button(say.label("Later ›"), pressing(replace(asked, period=period.one_after()), view)))
    lengths = [
        Button(_marked(name, each is length), pressing(replace(asked, period=containing(day, each)), view))
        for each, name in _lengths(say)
    ]
    views = [[Button(_marked(name, each is view), pressing(asked, each)) for each, name in row] for row in _views(say)]
    only = _only(say, community, asked, view)
    return rows([lengths, steps, *views, only, [_picture(say, asked, view), files]])


def _picture(say: Speaker, asked: Asked, view: View) -> Button:
    length, day = asked.period.length or Length.MONTH, asked.period.first
    return Button(say.label("Picture"), PicturePress(length, day, asked.category, view, asked.area).pack())


def _only(say: Speaker, community: Community, asked: Asked, view: View) -> list[Button]:
    """Of which area and category alone: what is chosen stands on the button, and a press chooses anew."""
    length, day = asked.period.length or Length.MONTH, asked.period.first
    area = community.area(asked.area) if asked.area else None
    category = community.category(asked.category) if asked.category else None
    return [
        Button(
            _marked(shorten(say.words(area.name), SHORT), True) if area else say.label("One area …"),
            AreaPress(length, day, asked.category, view, None, 0).pack(),
        ),
        Button(
            _marked(shorten(say.words(category.name), SHORT), True) if category else say.label("One category …"),
            CategoryPress(length, day, 0, view, asked.area).pack(),
        ),
    ]


def _marked(label: str, is_shown: bool) -> str:
    return f"• {label}" if is_shown else label


def _lengths(say: Speaker) -> list[tuple[Length, str]]:
    return [
        (Length.WEEK, say.label("Week")),
        (Length.MONTH, say.label("Month")),
        (Length.QUARTER, say.label("Quarter")),
        (Length.YEAR, say.label("Year")),
    ]


def _views(say: Speaker) -> list[list[tuple[View, str]]]:
    """In rows: those of one or two short words beside each other."""
    return [
        [(View.OVERVIEW, say.label("Overview")), (View.REPORTS, say.label("All about reports"))],
        [
            (View.PROMISES, say.label("Promises")),
            (View.PROJECTS, say.label("Projects")),
            (View.REPAIRS, say.label("Repairs")),
        ],
        [
            (View.CATEGORY, say.label("By category")),
            (View.AREA, say.label("By area")),
            (View.PROJECT, say.label("By project")),
        ],
        [(View.DEPARTMENT, say.label("By department")), (View.LEAD, say.label("By project lead"))],
    ]
