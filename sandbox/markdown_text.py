"""parse_mode MarkdownV2, for bots that use it; nesting, escapes and errors as Telegram has them.

Source: do_parse_markdown_v2 in td/telegram/MessageEntity.cpp. Custom emoji and dates (`![…](tg://…)`) are not read.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field

from sandbox import refusals
from sandbox.html_text import full_address, is_address
from sandbox.shapes import Json
from sandbox.text import length

_RESERVED = "_*[]()~`>#+-=|{}.!"
_KINDS = {"*": "bold", "_": "italic", "__": "underline", "~": "strikethrough", "||": "spoiler", "`": "code"}
_NAMES = {
    "*": "Bold",
    "_": "Italic",
    "__": "Underline",
    "~": "Strikethrough",
    "||": "Spoiler",
    "`": "Code",
    "```": "PreCode",
    "[": "TextUrl",
}


@dataclass
class _Open:
    mark: str
    begin: int
    offset: int
    language: str = ""


@dataclass
class _Reader:
    text: str
    find_user: Callable[[int], Json | None]
    position: int = 0
    size: int = 0
    result: list[str] = field(default_factory=list)
    opened: list[_Open] = field(default_factory=list)
    entities: list[Json] = field(default_factory=list)

    def read(self) -> None:
        while self.position < len(self.text):
            rest = self.text[self.position :]
            inside_code = bool(self.opened) and self.opened[-1].mark in ("`", "```")
            if rest[0] == "\\" and len(rest) > 1 and ord(rest[1]) < 127:
                self._put(rest[1], 2)
            elif inside_code:
                mark = self.opened[-1].mark
                if rest.startswith(mark):
                    self._close(mark)
                else:
                    self._put(rest[0], 1)
            elif rest[0] == ">" and self._line_begins():
                self.position += 1
                self.opened.insert(0, _Open(">", self.position - 1, self.size))
            elif rest[0] == "\n" and self.opened and self.opened[0].mark == ">" and rest[1:2] != ">":
                self._end_quote()
                self._put("\n", 1)
            elif rest[0] == "\n" and self.opened and self.opened[0].mark == ">":
                self._put("\n", 2)
            elif rest[0] in _RESERVED:
                self._mark(rest)
            else:
                self._put(rest[0], 1)
        if self.opened and self.opened[0].mark == ">":
            self._end_quote()
        if self.opened:
            last = self.opened[-1]
            where = len(self.text[: last.begin].encode())
            raise refusals.entities(f"Can't find end of {_NAMES[last.mark]} entity at byte offset {where}")

    def _line_begins(self) -> bool:
        return self.position == 0 or self.text[self.position - 1] == "\n"

    def _put(self, character: str, taken: int) -> None:
        self.result.append(character)
        self.size += length(character)
        self.position += taken

    def _mark(self, rest: str) -> None:
        mark = next((one for one in ("```", "__", "||", "*", "_", "~", "`", "[", "]") if rest.startswith(one)), None)
        if mark == "]" and self.opened and self.opened[-1].mark == "[":
            self._close_link()
        elif mark is None or mark == "]":
            raise refusals.entities(f"Character '{rest[0]}' is reserved and must be escaped with the preceding '\\'")
        elif self.opened and self.opened[-1].mark == mark:
            self._close(mark)
        else:
            begin = self.position
            self.position += len(mark)
            language = ""
            if mark == "```":
                match = re.match(r"([^\s`]*)\n", self.text[self.position :])
                if match:
                    language = match.group(1)
                    self.position += match.end()
            self.opened.append(_Open(mark, begin, self.size, language))

    def _close(self, mark: str) -> None:
        last = self.opened.pop()
        self.position += len(mark)
        if self.size == last.offset:
            return
        place: Json = {"offset": last.offset, "length": self.size - last.offset}
        if mark == "```":
            language = {"language": last.language} if last.language else {}
            self.entities.append({"type": "pre", **place, **language})
        else:
            self.entities.append({"type": _KINDS[mark], **place})

    def _close_link(self) -> None:
        last = self.opened.pop()
        match = re.match(r"\]\(((?:\\.|[^)\\])*)\)", self.text[self.position :])
        address = re.sub(r"\\(.)", r"\1", match.group(1)) if match else "".join(self.result)
        self.position += match.end() if match else 1
        if self.size == last.offset:
            return
        place: Json = {"offset": last.offset, "length": self.size - last.offset}
        user = re.fullmatch(r"tg://user\?id=(\d+)", address)
        known = self.find_user(int(user.group(1))) if user else None
        if known is not None:
            self.entities.append({"type": "text_mention", **place, "user": known})
        elif not user and is_address(address):
            self.entities.append({"type": "text_link", **place, "url": full_address(address)})

    def _end_quote(self) -> None:
        last = self.opened.pop(0)
        if self.size > last.offset:
            place: Json = {"offset": last.offset, "length": self.size - last.offset}
            self.entities.append({"type": "blockquote", **place})


def parse_markdown_v2(text: str, find_user: Callable[[int], Json | None]) -> tuple[str, list[Json]]:
    """The bare text and its entities. Raises Refusal with Telegram's words."""
    reader = _Reader(text, find_user)
    reader.read()
    return "".join(reader.result), reader.entities
