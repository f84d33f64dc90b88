"""What is asked for by the address of a page of reports, or of their feed."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any
from urllib.parse import urlencode

from domain.community import Community
from domain.public_reports import shown
from domain.public_reports.shown import PublicState
from web import asked_language
from web.asked_language import WrongQuestion

PATH = "/reports"
FEED = "/reports.atom"
CODE = re.compile(r"[a-z0-9]{8}", re.ASCII)
_BEHIND = re.compile(r"(\d{4}-\d\d-\d\d)\.([a-z0-9]{8})", re.ASCII)
_NARROWS = ("area", "category", "state")


@dataclass(frozen=True)
class Asked:
    """Everything a page depends on. `said` is the language the address names; without it the browser's is.

    `behind`: the day and the public address of the last report of the page before.
    """

    language: str
    said: str | None = None
    area: str | None = None
    category: str | None = None
    state: PublicState | None = None
    behind: tuple[str, str] | None = None

    @property
    def is_narrowed(self) -> bool:
        """Whether only some are wanted."""
        return any(getattr(self, name) is not None for name in _NARROWS)

    def address(self, path: str = PATH, **changes: Any) -> str:
        """The address that asks for this, with some things otherwise; another choice begins at the first page."""
        behind = changes.get("behind") if {*changes, ""} & {"behind", *_NARROWS} else self.behind
        asked = replace(self, **{**changes, "behind": behind})
        values = {
            "area": asked.area,
            "category": asked.category,
            "state": asked.state.value if asked.state else None,
            "after": ".".join(asked.behind) if asked.behind else None,
            "lang": asked.said,
        }
        query = urlencode({name: value for name, value in values.items() if value is not None})
        return f"{path}?{query}" if query else path

    def elsewhere(self, path: str) -> str:
        """Another page in the same language."""
        return Asked(self.language, self.said).address(path)


def read(query: Mapping[str, str], accepted: str, community: Community) -> Asked:
    """What is asked for. What we do not know is left alone, wrong values are not: raises WrongQuestion."""
    said = asked_language.said(query.get("lang"))
    area, category, state = (query.get(name) or None for name in _NARROWS)
    if area is not None and area not in {each.code for each in shown.named_areas(community)}:
        raise WrongQuestion
    if category is not None and not _may_be_asked(community, category):
        raise WrongQuestion
    if state is not None and state not in set(PublicState):
        raise WrongQuestion
    return Asked(
        asked_language.language(said, accepted, community),
        said,
        area,
        category,
        PublicState(state) if state else None,
        _behind(query.get("after")),
    )


def plain(query: Mapping[str, str], accepted: str, community: Community) -> Asked:
    """The whole list, in the language that is asked for as far as the address names one of ours."""
    try:
        said = asked_language.said(query.get("lang"))
    except WrongQuestion:
        said = None
    return Asked(asked_language.language(said, accepted, community), said)


def _may_be_asked(community: Community, code: str) -> bool:
    category = community.category(code)
    return category is not None and not category.about_person


def _behind(after: str | None) -> tuple[str, str] | None:
    if not after:
        return None
    found = _BEHIND.fullmatch(after)
    if found is None:
        raise WrongQuestion
    try:
        date.fromisoformat(found[1])
    except ValueError as error:
        raise WrongQuestion from error
    return found[1], found[2]
