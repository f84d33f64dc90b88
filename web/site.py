"""What the pages of one kind are made from, and what is said on all of them."""

from collections.abc import Callable, Hashable, Sequence
from dataclasses import dataclass, field
from functools import cache, cached_property
from pathlib import Path
from typing import Any

import segno
from babel import Locale

from domain.community import Community
from speech.speaker import PlainSpeaker, languages, nearest
from storage.core.reading import Reader
from web import asked_language, pages
from web.doors import Door, ways
from web.page_cache import Made, PageCache


@dataclass
class Site:
    """Pages of one kind: the board, projects, figures. `bot` is the bot's username, `photos` the folder of files.

    `address` is where people find the pages, without a slash at its end; None while nobody has said so. `doors` are
    those of all kinds.
    """

    community: Community
    bot: str
    reader: Reader
    photos: Path
    address: str | None = None
    doors: Sequence[Door] = ()
    cache: PageCache = field(default_factory=PageCache)
    troubles: dict[Hashable, Made] = field(default_factory=dict)

    @cached_property
    def languages(self) -> list[str]:
        """Those the community speaks and we do, its first one first."""
        return list(dict.fromkeys(filter(None, map(nearest, self.community.languages)))) or [languages()[0]]

    @cached_property
    def code(self) -> Made:
        """The QR code that opens the bot: always the same one, so it is drawn once."""
        return code_of(f"https://t.me/{self.bot}")

    def speaker(self, language: str) -> PlainSpeaker:
        """Who says a page."""
        return PlainSpeaker(language, self.community.zone)

    def common(
        self, language: str, address: Callable[[str], str], said: str | None = None, door: str = ""
    ) -> dict[str, Any]:
        """What every page says; `address` is of the same page in another language, by that one's tag.

        `said` is the language its own address names, `door` the address of its kind.
        """
        say = self.speaker(language)
        return {
            "label": say.label,
            "lang": asked_language.tag(language),
            "community": say.words(self.community.name),
            "style": pages.style_address(),
            "bot": f"https://t.me/{self.bot}",
            "bot_name": f"@{self.bot}",
            "ways": ways(self.doors, say, said, door),
            "tongues": [_tongue(each, language, address) for each in self.languages],
        }


def code_of(address: str) -> Made:
    """A QR code that opens an address, as a picture."""
    drawn = segno.make(address, error="m").svg_inline(dark="#0f4c5c", light="#ffffff", omitsize=True)
    return Made.of(drawn.replace("<svg", '<svg xmlns="http://www.w3.org/2000/svg"', 1))


def _tongue(each: str, language: str, address: Callable[[str], str]) -> tuple[str, str, str, bool]:
    """Its tag, what it calls itself, the same page in it, and whether this is it."""
    tag = asked_language.tag(each)
    return tag, _own_name(each), address(tag), each == language


@cache
def _own_name(language: str) -> str:
    locale = Locale.parse(language)
    return str(locale.languages.get(locale.language, language)).capitalize()
