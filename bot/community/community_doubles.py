"""What stands twice in a community file, or is no telephone number: each is named, for nobody could tell them apart."""

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import combinations, pairwise
from typing import Any

from bot.community.community_problems import where
from bot.community.community_schema import AreaSection, CommunityFile
from domain.calendar.hours import Window
from domain.language.letters import normalized
from domain.language.phones import phone_number
from domain.pledges.pledges import Span

_NAMED = ("emergency", "departments", "categories", "trades", "dangers", "answers", "reasons", "partners", "windows")
_SHORT = re.compile(r"[0-9]{2}")


def doubles(file: CommunityFile) -> Iterator[str]:
    """A sentence for each, without its full stop."""
    for section in _NAMED:
        yield from _names(section, getattr(file, section))
    yield from _places(file.areas)
    for entry in file.emergency:
        yield from _phone("number", entry.number, where("emergency", {"code": entry.code}))
    for partner in file.partners:
        if partner.phone is not None:
            yield from _phone("phone", partner.phone, where("partners", {"code": partner.code}))


def overlapping_hours(day: str, windows: Sequence[Window]) -> Iterator[str]:
    """Stretches of one day that share some time."""
    for one, other in pairwise(sorted(windows)):
        if other.opens < one.closes:
            yield f"{day} in [hours] - {_stretch(one)} and {_stretch(other)} overlap, write each stretch once"


def overlapping_days(place: str, spans: Sequence[Span]) -> Iterator[str]:
    """Stretches of days of one name that share some days."""
    for one, other in pairwise(sorted(spans)):
        if other.first <= one.last:
            yield f"days {place} - {one.first} to {one.last} and {other.first} to {other.last} overlap, join them"


def _names(section: str, entries: Iterable[Any]) -> Iterator[str]:
    for one, other in combinations(entries, 2):
        shared = _said(one.name.values()) & _said(other.name.values())
        # What has one code is told of already.
        if shared and one.code != other.code:
            both = f"'{one.code}' and '{other.code}'"
            yield f"name '{min(shared)}' stands twice in [[{section}]], with code {both} - give each its own"


def _places(areas: Sequence[AreaSection]) -> Iterator[str]:
    for area in areas:
        if any(not alias.strip() for alias in area.aliases):
            yield f"aliases {where('areas', {'code': area.code})} has an empty one - take it out"
    for one, other in combinations(areas, 2):
        # "Stairwell 1" of building 1 and that of building 2 are told apart by their buildings.
        told_apart = one.inside != other.inside and one.inside is not None and other.inside is not None
        names = _said(one.name.values()), _said(other.name.values())
        aliases = _said(one.aliases), _said(other.aliases)
        shared = (names[0] | aliases[0]) & (names[1] | aliases[1])
        if shared and one.code != other.code and not told_apart and not _holds(one, other):
            key = "alias" if min(shared) in aliases[0] | aliases[1] else "name"
            both = f"'{one.code}' and '{other.code}'"
            yield f"{key} '{min(shared)}' stands for two of [[areas]], with code {both} - give each its own"


def _holds(one: AreaSection, other: AreaSection) -> bool:
    """Whether one lies in the other: who names it means the smaller one or the larger one, and both are right."""
    return one.inside == other.code or other.inside == one.code


def _said(texts: Iterable[str]) -> set[str]:
    return {" ".join(normalized(text).casefold().split()) for text in texts if text.strip()}


def _phone(key: str, number: str, place: str) -> Iterator[str]:
    if phone_number(number) is None and not _SHORT.fullmatch(number.strip()):
        yield f"{key} = '{number}' {place} is no telephone number - write its digits, such as \"119\""


def _stretch(window: Window) -> str:
    return f"{window.opens // 60}:{window.opens % 60:02}-{window.closes // 60}:{window.closes % 60:02}"
