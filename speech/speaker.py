"""Texts in the reader's language, as plain words: the catalogues, people's own words made harmless, days and times.

Who puts them into a message (handlers/kit/texts.py) or a page (web/templates/) sees to it that nobody's words become
part of its form.
"""

import gettext
import re
import unicodedata
from collections.abc import Iterable
from datetime import date, datetime
from functools import cache
from io import BytesIO
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from babel import Locale
from babel.dates import format_date, format_time
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

from domain.language.words import Words, language_tag

LOCALES = Path(__file__).parent.parent / "locales"
SOURCE_LANGUAGE = "en"
# Letters that turn the writing direction of what follows, and would turn ours.
_STEERING = re.compile("[\u202a-\u202e\u2066-\u2069\u200e\u200f\u061c]")


# Marks above each other on one letter: more than any language has would be drawn across the lines above.
_TOWER = re.compile(
    "([\u0300-\u036f\u0483-\u0489\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\ufe20-\ufe2f]{3})"
    "[\u0300-\u036f\u0483-\u0489\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\ufe20-\ufe2f]+"
)


def clean(text: str) -> str:
    """A person's words without what is invisible and harmful: control letters and direction marks, never a word."""
    if not text.isascii():
        text = _TOWER.sub(r"\1", text)
    if text.replace("\n", "").isprintable():
        return text  # nearly every text, at a tenth of the cost
    text = _STEERING.sub("", text)
    return "".join(
        letter for letter in text if letter in "\n\t" or unicodedata.category(letter) not in ("Cc", "Cs", "Co")
    )


def shorten(text: str, limit: int) -> str:
    """At most `limit` letters of a person's words, with an ellipsis where something was left out."""
    text = text.strip()
    return text if len(text) <= limit else text[: limit - 1].rstrip() + "…"


def one_line(text: str, limit: int) -> str:
    """As `shorten`, on one line."""
    return shorten(" ".join(text.split()), limit)


@cache
def languages() -> tuple[str, ...]:
    """The languages there are texts in, English first."""
    found = sorted(path.parent.parent.name for path in LOCALES.glob("*/LC_MESSAGES/messages.po"))
    return (SOURCE_LANGUAGE, *(language for language in found if language != SOURCE_LANGUAGE))


def nearest(code: str | None) -> str | None:
    """The language of ours nearest to a code (`zh-hant-TW` → `zh_Hans`), or None when we speak none like it."""
    if not code:
        return None
    wanted = language_tag(code)
    if wanted in languages():
        return wanted
    return next((each for each in languages() if each.partition("_")[0] == wanted.partition("_")[0]), None)


@cache
def _catalogue(language: str) -> gettext.NullTranslations:
    path = LOCALES / language / "LC_MESSAGES" / "messages.po"
    if not path.is_file():
        return gettext.NullTranslations()
    with path.open("rb") as file:
        catalogue = read_po(file, locale=language)
    compiled = BytesIO()
    write_mo(compiled, catalogue)
    compiled.seek(0)
    return gettext.GNUTranslations(compiled)


@cache
def _locale(language: str) -> Locale:
    return Locale.parse(language)


class PlainSpeaker:
    """Says things in one language, and tells the time in the community's zone."""

    def __init__(self, language: str, zone: ZoneInfo) -> None:
        self.language = language
        self.zone = zone
        self._catalogue = _catalogue(language)
        self._locale = _locale(language)

    def __reduce__(self) -> tuple[type["PlainSpeaker"], tuple[str, ZoneInfo]]:
        """Another program that is handed one reads the catalogue by itself."""
        return type(self), (self.language, self.zone)

    def label(self, message: str, **values: Any) -> str:
        """A message with `values` put in."""
        return fill(self._catalogue.gettext(message), {k: clean(str(v)) for k, v in values.items()})

    def plural(self, one: str, many: str, count: int, **values: Any) -> str:
        """As `label`, choosing the form for `count`, which is put in as {count}."""
        text = self._catalogue.ngettext(one, many, count)
        return fill(text, {"count": count, **{k: clean(str(v)) for k, v in values.items()}})

    def words(self, words: Words) -> str:
        """The community's own words, in this language."""
        return words.in_(self.language)

    def listed(self, items: Iterable[str]) -> str:
        """Things one after the other, with the commas of the language."""
        return ("、" if self.language.startswith("zh") else ", ").join(items)

    def day(self, instant: datetime, now: datetime) -> str:
        """`Tuesday, 3 March`, in the community's zone; with the year when it is another one."""
        local = instant.astimezone(self.zone)
        same_year = local.year == now.astimezone(self.zone).year
        if self.language.startswith("zh"):
            pattern = "M月d日EEEE" if same_year else "y年M月d日EEEE"
        else:
            pattern = "EEEE, d MMMM" if same_year else "EEEE, d MMMM y"
        return format_date(local.date(), pattern, locale=self._locale)

    def dated(self, instant: datetime) -> str:
        """`Tuesday, 3 March 2026`, for what hangs on a wall for years."""
        pattern = "y年M月d日EEEE" if self.language.startswith("zh") else "EEEE, d MMMM y"
        return format_date(instant.astimezone(self.zone).date(), pattern, locale=self._locale)

    def time(self, instant: datetime) -> str:
        """`09:30`, in the community's zone."""
        return format_time(instant.astimezone(self.zone), "HH:mm", locale=self._locale)

    def weekday(self, number: int) -> str:
        """`Monday` for 0."""
        return str(self._locale.days["stand-alone"]["wide"][number])

    def short_day(self, instant: datetime) -> str:
        """`Sat 5 Dec`, in the community's zone: for buttons."""
        pattern = "M月d日 EEE" if self.language.startswith("zh") else "EEE d MMM"
        return format_date(instant.astimezone(self.zone).date(), pattern, locale=self._locale)

    def formatted(self, day: date, pattern: str, chinese: str) -> str:
        """A day as Babel's patterns say, of which Chinese has its own."""
        return format_date(day, chinese if self.language.startswith("zh") else pattern, locale=self._locale)

    def moment(self, instant: datetime, now: datetime) -> str:
        """Day and time. Never "today": a message is read on other days too."""
        return self.label("{day}, {time}", day=self.day(instant, now), time=self.time(instant))


def fill(text: str, values: dict[str, Any]) -> str:
    """A text with its values put in."""
    return text.format_map(values) if values else text.replace("{{", "{").replace("}}", "}")
