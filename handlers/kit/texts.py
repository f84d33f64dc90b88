"""Every text of a message: translated, with values put in safely.

`say("Report no. {number} is fixed.", number=12)` finds the translation and escapes each value, so that nobody's words
can break a message or pass for ours. `label(…)` does the same for buttons and pop-ups, which take no HTML.
"""

import html
import unicodedata
from collections.abc import Iterable
from typing import Any

from speech.speaker import PlainSpeaker, clean, fill, languages, one_line, shorten

__all__ = [
    "MESSAGE_LIMIT", "Html", "Speaker", "bold", "clean", "escape", "languages", "lines", "linked", "one_line",
    "paragraphs", "pieces", "quote", "shorten",
]  # fmt: skip
MESSAGE_LIMIT = 4096


class Html(str):
    """Text that is ready for Telegram's HTML parse mode.

    This module makes it and escapes what it is given. Elsewhere it is put together of marks and of what is escaped.
    """

    __slots__ = ()


def escape(value: object) -> Html:
    """Anything as HTML. Words written from right to left are fenced in, so that they do not turn what follows."""
    if isinstance(value, Html):
        return value
    text = html.escape(clean(str(value)), quote=False)
    if not text.isascii() and any(unicodedata.bidirectional(letter) in ("R", "AL") for letter in text):
        text = f"\u2068{text}\u2069"
    return Html(text)


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


class Speaker(PlainSpeaker):
    """Says things in one language as messages are written."""

    def __call__(self, message: str, **values: Any) -> Html:
        """A message as HTML, with `values` escaped and put in."""
        return Html(fill(self._catalogue.gettext(message), {k: escape(v) for k, v in values.items()}))

    def plural(self, one: str, many: str, count: int, **values: Any) -> Html:
        """As a call, choosing the form for `count`, which is put in as {count}."""
        text = self._catalogue.ngettext(one, many, count)
        return Html(fill(text, {"count": count, **{k: escape(v) for k, v in values.items()}}))

    def listed(self, items: Iterable[str]) -> str:
        """Things one after the other, with the commas of the language; safe as HTML when all of them are."""
        parts = list(items)
        joined = super().listed(parts)
        return Html(joined) if all(isinstance(part, Html) for part in parts) else joined
