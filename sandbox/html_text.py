"""parse_mode HTML, read as Telegram reads it, with its errors in its words.

Source: parse_html in td/telegram/MessageEntity.cpp. Places in errors are counted in bytes, entities in UTF-16 units.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field

from sandbox import refusals
from sandbox.shapes import Json
from sandbox.text import length

_SIMPLE = {
    "b": "bold",
    "strong": "bold",
    "i": "italic",
    "em": "italic",
    "u": "underline",
    "ins": "underline",
    "s": "strikethrough",
    "strike": "strikethrough",
    "del": "strikethrough",
    "tg-spoiler": "spoiler",
    "span": "spoiler",
    "code": "code",
    "pre": "pre",
    "blockquote": "blockquote",
}
_TAGS = frozenset({*_SIMPLE, "a", "tg-emoji", "tg-time"})
_NAMED = {"lt": "<", "gt": ">", "amp": "&", "quot": '"'}
_REFERENCE = re.compile(r"&(?:#x([0-9a-fA-F]+)|#([0-9]+)|([a-zA-Z]+));?")
_BLANK = " \t\r\n\0\v"


@dataclass
class _Open:
    tag: str
    attributes: dict[str, str]
    offset: int
    start: int


@dataclass
class _Reader:
    """Reads once from left to right."""

    text: str
    find_user: Callable[[int], Json | None]
    position: int = 0
    result: list[str] = field(default_factory=list)
    size: int = 0
    opened: list[_Open] = field(default_factory=list)
    entities: list[Json] = field(default_factory=list)

    def read(self) -> None:
        while self.position < len(self.text):
            character = self.text[self.position]
            if character == "&":
                self._put(self._reference())
            elif character == "<":
                if self.text.startswith("/", self.position + 1):
                    self._end_tag()
                else:
                    self._start_tag()
            else:
                self._put(character)
                self.position += 1
        if self.opened:
            tag = self.opened[-1].tag
            raise refusals.entities(f'Can\'t find end tag corresponding to start tag "{tag}"')

    def _put(self, characters: str) -> None:
        self.result.append(characters)
        self.size += length(characters)

    def _reference(self) -> str:
        match = _REFERENCE.match(self.text, self.position)
        found = _character(match) if match else None
        if match is None or found is None:
            self.position += 1
            return "&"
        self.position = match.end()
        return found

    def _at(self, position: int) -> int:
        return len(self.text[:position].encode())

    def _peek(self) -> str:
        return self.text[self.position] if self.position < len(self.text) else ""

    def _until(self, stops: str) -> str:
        begin = self.position
        while self._peek() and self._peek() not in stops:
            self.position += 1
        return self.text[begin : self.position]

    def _skip_blanks(self) -> None:
        while self._peek() and self._peek() in _BLANK:
            self.position += 1

    def _start_tag(self) -> None:
        begin = self.position
        self.position += 1
        tag = self._until(_BLANK + ">").lower()
        if not self._peek():
            raise refusals.entities(f"Unclosed start tag at byte offset {self._at(begin)}")
        if tag not in _TAGS:
            raise refusals.entities(f'Unsupported start tag "{tag}" at byte offset {self._at(begin)}')
        attributes: dict[str, str] = {}
        self._skip_blanks()
        while self._peek() != ">":
            name, value = self._attribute(tag, begin)
            attributes[name] = value
            self._skip_blanks()
            if not self._peek():
                raise refusals.entities(f"Unclosed start tag at byte offset {self._at(begin)}")
        self.position += 1
        if tag == "span" and attributes.get("class") != "tg-spoiler":
            raise refusals.entities(f'Tag "span" must have class "tg-spoiler" at byte offset {self._at(begin)}')
        if tag == "tg-emoji" and not attributes.get("emoji-id", "").isdigit():
            raise refusals.entities("Invalid custom emoji identifier specified")
        self.opened.append(_Open(tag, attributes, self.size, len(self.result)))

    def _attribute(self, tag: str, begin: int) -> tuple[str, str]:
        name = self._until(_BLANK + "=>").lower()
        if not name:
            where = self._at(begin)
            raise refusals.entities(f'Empty attribute name in the tag "{tag}" at byte offset {where}')
        self._skip_blanks()
        if self._peek() != "=":
            if name == "expandable":
                return name, ""
            where = self._at(begin)
            raise refusals.entities(
                f'Expected equal sign in declaration of an attribute of the tag "{tag}" at byte offset {where}'
            )
        self.position += 1
        self._skip_blanks()
        quote = self._peek()
        if quote not in ("'", '"') or not quote:
            token = self.position
            value = self._until(_BLANK + ">")
            if not re.fullmatch(r"[A-Za-z0-9.-]*", value):
                raise refusals.entities(f"Unexpected end of name token at byte offset {self._at(token)}")
            return name, value.lower()
        self.position += 1
        return name, self._quoted(quote, begin)

    def _quoted(self, quote: str, begin: int) -> str:
        value: list[str] = []
        while self._peek() != quote:
            if not self._peek():
                raise refusals.entities(f"Unclosed start tag at byte offset {self._at(begin)}")
            if self._peek() == "&":
                value.append(self._reference())
            else:
                value.append(self._peek())
                self.position += 1
        self.position += 1
        return "".join(value)

    def _end_tag(self) -> None:
        begin = self.position
        if not self.opened:
            raise refusals.entities(f"Unexpected end tag at byte offset {self._at(begin)}")
        self.position += 2
        name = self._until(_BLANK + ">").lower()
        self._skip_blanks()
        if self._peek() != ">":
            raise refusals.entities(f"Unclosed end tag at byte offset {self._at(begin)}")
        self.position += 1
        last = self.opened.pop()
        if name and name != last.tag:
            words = f'expected "</{last.tag}>", found "</{name}>"'
            raise refusals.entities(f"Unmatched end tag at byte offset {self._at(begin)}, {words}")
        if self.size > last.offset:
            self._close(last)

    def _close(self, last: _Open) -> None:
        place: Json = {"offset": last.offset, "length": self.size - last.offset}
        if last.tag == "a":
            self._link(last, place)
        elif last.tag == "tg-emoji":
            self.entities.append({"type": "custom_emoji", **place, "custom_emoji_id": last.attributes["emoji-id"]})
        elif last.tag == "blockquote" and "expandable" in last.attributes:
            self.entities.append({"type": "expandable_blockquote", **place})
        elif last.tag == "code" and self.opened and self.opened[-1].tag == "pre":
            language = last.attributes.get("class", "")
            if language.startswith("language-"):
                self.opened[-1].attributes["language"] = language.removeprefix("language-")
        elif last.tag == "pre" and "language" in last.attributes:
            self.entities.append({"type": "pre", **place, "language": last.attributes["language"]})
        elif last.tag in _SIMPLE:
            self.entities.append({"type": _SIMPLE[last.tag], **place})

    def _link(self, last: _Open, place: Json) -> None:
        address = last.attributes.get("href") or "".join(self.result[last.start :])
        user = re.fullmatch(r"tg://user\?id=(\d+)", address)
        if user:
            known = self.find_user(int(user.group(1)))
            if known is not None:
                self.entities.append({"type": "text_mention", **place, "user": known})
        elif is_address(address):
            self.entities.append({"type": "text_link", **place, "url": full_address(address)})


def _character(match: re.Match[str]) -> str | None:
    hexadecimal, decimal, name = match.groups()
    if name is not None:
        return _NAMED.get(name)
    code = int(hexadecimal, 16) if hexadecimal is not None else int(decimal)
    if 0 < code < 0x10FFFF and not 0xD800 <= code <= 0xDFFF:
        return chr(code)
    return None


_ADDRESS = re.compile(
    r"(?:https?://|tg://|ton://)?[^\s/@]+\.[^\s/]{2,}(?:[/?#]\S*)?"
    r"|(?:tg|ton)://\S+|https?://localhost\S*|https?://[\d.]+\S*",
    re.IGNORECASE,
)


def is_address(address: str) -> bool:
    """Whether Telegram takes it for a link."""
    return bool(_ADDRESS.fullmatch(address))


def full_address(address: str) -> str:
    """A link as it is kept: with its protocol, and a slash after a bare host."""
    if "://" not in address:
        address = f"http://{address}"
    if re.fullmatch(r"(?i)https?://[^/?#]+", address):
        address += "/"
    return address


def parse_html(text: str, find_user: Callable[[int], Json | None]) -> tuple[str, list[Json]]:
    """The bare text and its entities. Raises Refusal with Telegram's words. `find_user` knows users by id."""
    reader = _Reader(text, find_user)
    reader.read()
    return "".join(reader.result), reader.entities
