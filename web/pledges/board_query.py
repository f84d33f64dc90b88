"""What a visitor asks the board for, read from the address; an address of what they ask for, written."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Any, TypeVar
from urllib.parse import urlencode

from domain.community import Community
from domain.pledges.pledges import Kind, State
from storage.pledges.board import Wanted
from storage.pledges.board_pages import ORDER, Key
from web import asked_language
from web.asked_language import WrongQuestion

Choice = TypeVar("Choice", Kind, State)


class View(StrEnum):
    """How the board is shown: on a phone or a desk, in the hall, on paper."""

    PAGE = "page"
    SCREEN = "screen"
    PRINT = "print"


@dataclass(frozen=True)
class BoardQuery:
    """Everything the shown page depends on. `said` is the language the address names; without it the browser's is."""

    language: str
    said: str | None = None
    area: str | None = None
    kind: Kind | None = None
    state: State | None = None
    after: Key | None = None
    view: View = View.PAGE

    @property
    def is_narrowed(self) -> bool:
        """Whether some promises are left out."""
        return any(each is not None for each in (self.area, self.kind, self.state))

    def wanted(self, community: Community) -> Wanted:
        """The promises asked for. What is promised for a place holds for what is in it, and the other way round."""
        if self.area is None:
            return Wanted((), self.kind, self.state)
        around = [area.code for area in community.path(self.area)]
        area = community.area(self.area)
        inside = [each.code for each in area.walk()] if area is not None else []
        return Wanted(tuple(dict.fromkeys([*around, *inside])), self.kind, self.state)

    def address(self, **changes: Any) -> str:
        """The address that asks for this, with some things otherwise."""
        asked = replace(self, **changes)
        values = {
            "area": asked.area,
            "kind": asked.kind,
            "state": asked.state,
            "after": f"{asked.after.state}-{asked.after.number}" if asked.after else None,
            asked.view.value: "1" if asked.view is not View.PAGE else None,
            "lang": asked.said,
        }
        query = urlencode({name: value for name, value in values.items() if value is not None})
        return f"/board?{query}" if query else "/board"


def read(query: Mapping[str, str], accepted: str, community: Community) -> BoardQuery:
    """What is asked for. What we do not know is left alone, wrong values are not: raises WrongQuestion."""
    said = asked_language.said(query.get("lang"))
    area = query.get("area") or None
    if area is not None and community.area(area) is None:
        raise WrongQuestion
    state = _one_of(State, query.get("state"))
    if state is not None and not state.is_public:
        raise WrongQuestion
    view = next((view for view in (View.SCREEN, View.PRINT) if query.get(view.value)), View.PAGE)
    return BoardQuery(
        language=asked_language.language(said, accepted, community),
        said=said,
        area=area,
        kind=_one_of(Kind, query.get("kind")),
        state=state,
        after=_key(query.get("after")),
        view=view,
    )


def _one_of(choices: type[Choice], value: str | None) -> Choice | None:
    if not value:
        return None
    try:
        return choices(value)
    except ValueError:
        raise WrongQuestion from None


def _key(value: str | None) -> Key | None:
    if not value:
        return None
    state, _, number = value.partition("-")
    if state not in ORDER or not (number.isascii() and number.isdecimal()) or len(number) > 18:
        raise WrongQuestion
    return Key(State(state), int(number))
