"""Whom a notice is for, kept as JSON with the notice. All that is chosen has to be so; nothing chosen is everybody."""

import json
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any

from domain.community import Community
from domain.people.rights import Role

ROLES = (Role.REPRESENTATIVE, Role.VOLUNTEER, Role.PLEDGER, Role.STAFF, Role.LEAD, Role.ADMIN)
"""Roles that can be chosen: everybody is a resident."""


class UnreadableAudience(ValueError):
    """What is kept as an audience is none; the message says what is wrong with it."""


@dataclass(frozen=True)
class Audience:
    """People who live in one of these areas (as far as we know), have one of these roles, help with one of these
    trades, and reported about one of these categories since that day: each as far as something is chosen.
    """

    areas: tuple[str, ...] = ()
    roles: tuple[str, ...] = ()
    trades: tuple[str, ...] = ()
    reported: tuple[str, ...] = ()
    since: date | None = None
    """The first day of the month in which it was chosen; None where `reported` is empty."""

    @property
    def everybody(self) -> bool:
        """Whether nothing is chosen."""
        return not (self.areas or self.roles or self.trades or self.reported)

    def unknown(self, community: Community) -> list[str]:
        """The codes among it that the community and the program do not have (any more)."""
        return [
            *(code for code in self.areas if community.area(code) is None),
            *(code for code in self.roles if code not in ROLES),
            *(code for code in self.trades if community.trade(code) is None),
            *(code for code in self.reported if community.category(code) is None),
        ]

    def areas_with_parts(self, community: Community) -> list[str]:
        """The codes of the areas and of all that is in them. One that is gone from the file stands for itself."""
        found: dict[str, None] = {}
        for code in self.areas:
            area = community.area(code)
            found |= dict.fromkeys([each.code for each in area.walk()] if area is not None else [code])
        return list(found)

    def areas_around(self, community: Community) -> list[str]:
        """The codes of the areas they lie in: of somebody of whom only that is known we cannot know whether they live
        in one of them."""
        inside = set(self.areas_with_parts(community))
        around = (each.code for code in self.areas for each in community.path(code))
        return [code for code in dict.fromkeys(around) if code not in inside]


def to_text(audience: Audience) -> str:
    """As JSON. The same audience is the same text."""
    chosen = {name: value for name, value in asdict(audience).items() if value}
    return json.dumps(chosen, default=lambda day: day.isoformat(), sort_keys=True)


def from_text(text: str) -> Audience:
    """What `to_text` made of it. Raises UnreadableAudience."""
    try:
        values = json.loads(text)
    except ValueError as error:
        raise UnreadableAudience(f"no JSON: {text[:40]}") from error
    if not isinstance(values, dict):
        raise UnreadableAudience("no object")
    lists = {name: _codes(values, name) for name in ("areas", "roles", "trades", "reported")}
    if strange := sorted(values.keys() - lists.keys() - {"since"}):
        # To pass it over would send a notice to more people than it was written for.
        raise UnreadableAudience(f"nothing is known of {', '.join(strange)}")
    audience = Audience(**lists, since=_day(values.get("since")))
    if bool(audience.reported) != (audience.since is not None):
        raise UnreadableAudience("who reported something did so since a day")
    return audience


def chosen(
    areas: Iterable[str], roles: Iterable[str], trades: Iterable[str], reported: Iterable[str], today: date
) -> Audience:
    """Each once, in the order chosen; "this month" is the one of `today`."""
    categories = _once(reported)
    since = today.replace(day=1) if categories else None
    return Audience(_once(areas), _once(roles), _once(trades), categories, since)


def _once(codes: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(codes))


def _codes(values: dict[str, Any], name: str) -> tuple[str, ...]:
    found = values.get(name, [])
    if not isinstance(found, list) or not all(isinstance(each, str) for each in found):
        raise UnreadableAudience(f"{name} is no list of codes")
    return tuple(found)


def _day(value: Any) -> date | None:
    if value is None:
        return None
    try:
        return date.fromisoformat(value)
    except (TypeError, ValueError) as error:
        raise UnreadableAudience(f"since is no day: {value}") from error
