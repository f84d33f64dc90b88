"""Every text a person reads: translated, with values put in safely.

`say("Report no. {number} is fixed.", number=12)` finds the translation and escapes each value, so that nobody's words
can break a message or pass for ours. `label(…)` does the same for buttons and pop-ups, which take no HTML.
"""

import gettext
import html
import re
import unicodedata
from collections.abc import Iterable
from datetime import datetime
from functools import cache
from io import BytesIO
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from babel import Locale
from babel.dates import format_date, format_time
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

from domain.words import Words

LOCALES = Path(__file__).parent.parent / "locales"
SOURCE_LANGUAGE = "en"
MESSAGE_LIMIT = 4096
# Letters that turn the writing direction of what follows, and would turn ours.
_STEERING = re.compile("[\u202a-\u202e\u2066-\u2069\u200e\u200f\u061c]")


class Html(str):
    """Text that is ready for Telegram's HTML parse mode: made here and nowhere else."""

    __slots__ = ()


def clean(text: str) -> str:
    """A person's words without what is invisible and harmful: control letters and direction marks, never a word."""
    if text.replace("\n", "").isprintable():
        return text  # nearly every text, at a tenth of the cost
    text = _STEERING.sub("", text)
    return "".join(
        letter for letter in text if letter in "\n\t" or unicodedata.category(letter) not in ("Cc", "Cs", "Co")
    )


def escape(value: object) -> Html:
    """Anything as HTML. Words written from right to left are fenced in, so that they do not turn what follows."""
    if isinstance(value, Html):
        return value
    text = html.escape(clean(str(value)), quote=False)
    if not text.isascii() and any(unicodedata.bidirectional(letter) in ("R", "AL") for letter in text):
        text = f"\u2068{text}\u2069"
    return Html(text)


def shorten(text: str, limit: int) -> str:
    """At most `limit` letters of a person's words, with an ellipsis where something was left out."""
    text = text.strip()
    return text if len(text) <= limit else text[: limit - 1].rstrip() + "…"


def pieces(text: str, limit: int) -> list[str]:
    """A person's words in pieces of at most `limit` letters, each ending at a line or a space if there is one near.

    Letters as Telegram counts them, in UTF-16: an emoji is two.
    """
    found, rest = [], text.strip()
    while rest:
        end = _room(rest, limit)
        if end < len(rest):
            space = max(rest.rfind("\n", end // 2, end), rest.rfind(" ", end // 2, end))
            end = space if space > 0 else end
        found.append(rest[:end].rstrip())
        rest = rest[end:].lstrip()
    return found


def _room(text: str, limit: int) -> int:
    """How many letters of the text fit into `limit`."""
    if 2 * len(text) <= limit:
        return len(text)
    for at, letter in enumerate(text):
        limit -= 2 if ord(letter) > 0xFFFF else 1
        if limit < 0:
            return at
    return len(text)


def one_line(text: str, limit: int) -> str:
    """As `shorten`, on one line."""
    return shorten(" ".join(text.split()), limit)


def lines(*parts: str | None) -> Html:
    """Lines under each other; None and empty ones are left out."""
    return Html("\n".join(escape(part) for part in parts if part))


def paragraphs(*parts: str | None) -> Html:
    """Paragraphs with a blank line between; None and empty ones are left out."""
    return Html("\n\n".join(escape(part) for part in parts if part))


def bold(value: object) -> Html:
    """In bold."""
    return Html(f"<b>{escape(value)}</b>")


def linked(text: Html, url: str | None) -> Html:
    """A text that opens an address of ours when it is tapped; plain without one."""
    return Html(f'<a href="{url}">{text}</a>') if url else text


def quote(value: object) -> Html:
    """A person's own words, set off as a quotation."""
    return Html(f"<blockquote>{escape(value)}</blockquote>")


@cache
def languages() -> tuple[str, ...]:
    """The languages there are texts in, English first."""
    found = sorted(path.parent.parent.name for path in LOCALES.glob("*/LC_MESSAGES/messages.po"))
    return (SOURCE_LANGUAGE, *(language for language in found if language != SOURCE_LANGUAGE))


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


class Speaker:
    """Says things in one language, and tells the time in the community's zone."""

    def __init__(self, language: str, zone: ZoneInfo) -> None:
        self.language = language
        self._zone = zone
        self._catalogue = _catalogue(language)
        self._locale = _locale(language)

    def __call__(self, message: str, **values: Any) -> Html:
        """A message as HTML, with `values` escaped and put in."""
        return Html(_fill(self._catalogue.gettext(message), {k: escape(v) for k, v in values.items()}))

    def plural(self, one: str, many: str, count: int, **values: Any) -> Html:
        """As a call, choosing the form for `count`, which is put in as {count}."""
        text = self._catalogue.ngettext(one, many, count)
        return Html(_fill(text, {"count": count, **{k: escape(v) for k, v in values.items()}}))

    def label(self, message: str, **values: Any) -> str:
        """A message without HTML, for buttons and pop-ups."""
        return _fill(self._catalogue.gettext(message), {k: clean(str(v)) for k, v in values.items()})

    def words(self, words: Words) -> str:
        """The community's own words, in this language."""
        return words.in_(self.language)

    def listed(self, items: Iterable[str]) -> str:
        """Things one after the other, with the commas of the language; safe as HTML when all of them are."""
        parts = list(items)
        mark = "、" if self.language.startswith("zh") else ", "
        joined = mark.join(parts)
        return Html(joined) if all(isinstance(part, Html) for part in parts) else joined

    def day(self, instant: datetime, now: datetime) -> str:
        """`Tuesday, 3 March`, in the community's zone; with the year when it is another one."""
        local = instant.astimezone(self._zone)
        same_year = local.year == now.astimezone(self._zone).year
        if self.language.startswith("zh"):
            pattern = "M月d日EEEE" if same_year else "y年M月d日EEEE"
        else:
            pattern = "EEEE, d MMMM" if same_year else "EEEE, d MMMM y"
        return format_date(local.date(), pattern, locale=self._locale)

    def time(self, instant: datetime) -> str:
        """`09:30`, in the community's zone."""
        return format_time(instant.astimezone(self._zone), "HH:mm", locale=self._locale)

    def weekday(self, number: int) -> str:
        """`Monday` for 0."""
        return str(self._locale.days["stand-alone"]["wide"][number])

    def short_day(self, instant: datetime) -> str:
        """`Sat 5 Dec`, in the community's zone: for buttons."""
        pattern = "M月d日 EEE" if self.language.startswith("zh") else "EEE d MMM"
        return format_date(instant.astimezone(self._zone).date(), pattern, locale=self._locale)

    def moment(self, instant: datetime, now: datetime) -> str:
        """Day and time. Never "today": a message is read on other days too."""
        return self.label("{day}, {time}", day=self.day(instant, now), time=self.time(instant))


def _fill(text: str, values: dict[str, Any]) -> str:
    return text.format_map(values) if values else text.replace("{{", "{").replace("}}", "}")
