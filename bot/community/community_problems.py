"""Mistakes in a community file, told in plain sentences with the mend."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from difflib import get_close_matches
from typing import Any
from zoneinfo import available_timezones

from pydantic_core import ErrorDetails

from bot.community.community_schema import SECTIONS

# Cities people type whose zone is called after another one.
_CITIES = "beijing peking china shenzhen guangzhou chengdu wuhan nanjing hangzhou"
_ZONES_OF_CITIES = dict.fromkeys(_CITIES.split(), "Asia/Shanghai")

_WRONG_KINDS = {
    "string_type": "must be a text in quotes",
    "list_type": "must be a list in square brackets",
    "bool_type": "must be true or false, without quotes",
    "float_type": "must be a number, without quotes",
}


def nearest(wrong: str, right: Iterable[str]) -> str | None:
    """The most similar of the right words, whatever their case; None when none is similar."""
    known = {word.casefold(): word for word in right}
    found = get_close_matches(wrong.casefold(), known, n=1, cutoff=0.6)
    return known[found[0]] if found else None


def did_you_mean(wrong: str, right: Sequence[str]) -> str:
    """The mend for a word that is none of the right ones."""
    close = nearest(wrong, right)
    if close:
        return f"did you mean '{close}'?"
    return f"known are {', '.join(sorted(right))}" if right else "there are none yet"


def zone_mend(wrong: str) -> str:
    """The mend for an unknown time zone: the nearest one, also by its city alone."""
    city = wrong.rpartition("/")[2].strip().replace(" ", "_").casefold()
    zones = sorted(available_timezones())
    by_city = {zone.rpartition("/")[2].casefold(): zone for zone in reversed(zones)}
    close = _ZONES_OF_CITIES.get(city) or by_city.get(city) or nearest(wrong, zones)
    return f"did you mean '{close}'?" if close else "write it like 'Asia/Shanghai' or 'Europe/Berlin'"


def code_mend(wrong: str, longest: int) -> str:
    """The mend for a code with wrong letters or too many of them."""
    better = re.sub("[^a-z0-9]+", "-", wrong.casefold())[:longest].strip("-")
    such_as = f", such as '{better}'" if better else ""
    return f"use a to z, 0 to 9 and -, at most {longest} of them{such_as}"


def where(section: str, entry: Mapping[str, Any] | None = None, number: int | None = None) -> str:
    """How a section is named to the person who edits the file."""
    if not section:
        return "at the top of the file"
    if section in ("hours", "plan"):
        return f"in [{section}]"
    code = (entry or {}).get("code")
    if isinstance(code, str) and code:
        return f"in [[{section}]] with code '{code}'"
    return f"in [[{section}]]" + (f" number {number + 1}" if number is not None else "")


def from_pydantic(error: ErrorDetails, document: Mapping[str, Any]) -> str:
    """One sentence for one error of the shape check."""
    location = list(error["loc"])
    section = ""
    entry: Mapping[str, Any] | None = None
    number: int | None = None
    if len(location) > 1 and location[0] in SECTIONS:
        section = str(location.pop(0))
        if isinstance(location[0], int):
            number = location.pop(0)
            entry = _entry(document, section, number)
    place = where(section, entry, number)
    if not location:
        return f"[[{section}]] number {(number or 0) + 1} must be a section of its own"
    key = str(location[0])
    kind = error["type"]
    if kind == "extra_forbidden":
        return f"unknown key '{key}' {place} - {did_you_mean(key, list(SECTIONS[section].model_fields))}"
    if kind == "missing":
        wanted = f"[[{key}]] section" if not section and key in SECTIONS else f"key '{key}'"
        return f"the {wanted} is missing {place} - add it"
    if kind in ("model_type", "model_attributes_type"):
        return f"{key} must be a section - write [{key}] on a line of its own"
    if kind == "too_short":
        return f"{key} is empty {place} - give at least one"
    if kind == "value_error":
        mend = str(error["ctx"]["error"])
    elif kind in _WRONG_KINDS:
        mend = _WRONG_KINDS[kind]
    else:
        mend = error["msg"][:1].lower() + error["msg"][1:]
    return f"{key} = {_shown(error['input'])} {place} {_verb(mend)}"


def _entry(document: Mapping[str, Any], section: str, number: Any) -> Mapping[str, Any] | None:
    entries = document.get(section)
    entry = entries[number] if isinstance(entries, list) and number < len(entries) else None
    return entry if isinstance(entry, dict) else None


def _shown(value: Any) -> str:
    text = f"'{value}'" if isinstance(value, str) else str(value).replace("True", "true").replace("False", "false")
    return text if len(text) <= 60 else text[:59] + "…"


def _verb(mend: str) -> str:
    return mend if mend.startswith("must ") else "is wrong: " + mend
