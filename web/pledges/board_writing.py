"""From what is asked for to the page: reads one moment of the database, and fills in the form. On a reader's thread."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cache, cached_property
from pathlib import Path
from typing import Any

import segno
from babel import Locale

from domain.community import Community
from domain.pledges.pledges import Kind, State
from speech import promises
from speech.speaker import PlainSpeaker, languages, nearest
from storage.core.database import Transaction
from storage.core.reading import Reader
from storage.pledges import board, board_files, board_pages
from storage.pledges.board import Shown
from storage.pledges.board_pages import ORDER
from web import pages
from web.page_cache import Made, PageCache
from web.pledges import board_query
from web.pledges.board_query import BoardQuery, View
from web.pledges.cards import Card, Writer

SIZES = {View.PAGE: 24, View.SCREEN: 4, View.PRINT: 120}
"""Promises on one page. On paper that is about six sheets; the next ones have an address of their own."""
SAID = {View.PAGE: 3, View.SCREEN: 1, View.PRINT: 1}
ALONE_SAID = 20
TURN_SECONDS = 15
"""The board in the hall turns its page: time enough to read four promises."""


@dataclass
class Board:
    """What the pages are made from. `bot` is the bot's username, `photos` the folder of files."""

    community: Community
    bot: str
    reader: Reader
    photos: Path
    cache: PageCache = field(default_factory=PageCache)
    troubles: dict[tuple[int, BoardQuery], Made] = field(default_factory=dict)

    @cached_property
    def languages(self) -> list[str]:
        """Those the community speaks and we do, its first one first."""
        return list(dict.fromkeys(filter(None, map(nearest, self.community.languages)))) or [languages()[0]]

    @cached_property
    def code(self) -> Made:
        """The QR code that opens the bot: always the same one, so it is drawn once."""
        drawn = segno.make(f"https://t.me/{self.bot}", error="m").svg_inline(
            dark="#0f4c5c", light="#ffffff", omitsize=True
        )
        return Made.of(drawn.replace("<svg", '<svg xmlns="http://www.w3.org/2000/svg"', 1))

    def speaker(self, language: str) -> PlainSpeaker:
        """Who says a page."""
        return PlainSpeaker(language, self.community.zone)


def write(tx: Transaction, shown: Board, wish: BoardQuery) -> Made:
    """A page of the board, for a phone, the hall or paper."""
    say, wanted, size = shown.speaker(wish.language), wish.wanted(shown.community), SIZES[wish.view]
    found = board_pages.page(tx, wanted, wish.after, size, SAID[wish.view])
    place = board_pages.place(tx, wanted, wish.after)
    total = board.count(tx, wanted)
    last = place + len(found.shown)
    values = {
        **_common(shown, wish),
        "cards": _cards(tx, shown, say, found.shown, found.times),
        "written": say.moment(tx.now, tx.now),
        "day": say.dated(tx.now),
        "foot": f"/board/sheet.css?lang={board_query.tag(wish.language)}",
        "total": say.plural("{count} promise", "{count} promises", total),
        "range": say.label("{first} to {last} of {total}", first=place + 1, last=last, total=total),
        "sheet": place // size + 1,
        "sheets": max(1, -(-total // size)),
        "following": wish.address(after=found.next) if found.next else None,
        "earlier": wish.address(after=board_pages.before(tx, wanted, wish.after, size)) if wish.after else None,
        # After the last page the hall's board begins again.
        "turn": f"{TURN_SECONDS}; url={wish.address(after=found.next)}",
        "choices": _choices(shown.community, say),
    }
    return pages.write(f"{wish.view.value}.html", values)


def write_alone(tx: Transaction, shown: Board, wish: BoardQuery, number: int) -> Made | None:
    """The page of one promise, with more of what was said of it; None when it is not on the board."""
    found = board.one(tx, number, ALONE_SAID)
    if found is None:
        return None
    say = shown.speaker(wish.language)
    values = {
        **_common(shown, wish, f"/board/{number}"),
        "cards": _cards(tx, shown, say, [found], board_pages.last_times(tx, [number])),
        "written": say.moment(tx.now, tx.now),
    }
    return pages.write("alone.html", values)


def write_foot(tx: Transaction, shown: Board, wish: BoardQuery) -> Made:
    """A style sheet that dates each sheet of paper: what a style has in a margin comes on every one."""
    say = shown.speaker(wish.language)
    day = say.label("As it stands on {day}", day=say.dated(tx.now))
    text = f"{say.words(shown.community.name)} · {day}"
    # Each letter by its number: nothing in a name can end the words.
    escaped = "".join(f"\\{ord(letter):06x}" for letter in text)
    return Made.of(f'@page {{ @bottom-left {{ content: "{escaped}"; }} }}\n')


def write_trouble(shown: Board, wish: BoardQuery, status: int) -> Made:
    """A page that says what is wrong, and where to go on."""
    return pages.write("trouble.html", {**_common(shown, wish), "status": status, "turn_seconds": TURN_SECONDS})


def _common(shown: Board, wish: BoardQuery, path: str | None = None) -> dict[str, Any]:
    say = shown.speaker(wish.language)
    return {
        "label": say.label,
        "lang": board_query.tag(wish.language),
        "community": say.words(shown.community.name),
        "style": pages.style_address(),
        "bot": f"https://t.me/{shown.bot}",
        "bot_name": f"@{shown.bot}",
        "wish": wish,
        "views": View,
        "tongues": [_tongue(each, wish, path) for each in shown.languages],
    }


def _tongue(language: str, wish: BoardQuery, path: str | None) -> tuple[str, str, str, bool]:
    """Its tag, what it calls itself, the same page in it, and whether this is it."""
    said = board_query.tag(language)
    address = wish.address(said=said) if path is None else f"{path}?lang={said}"
    return said, _own_name(language), address, language == wish.language


def _cards(
    tx: Transaction, shown: Board, say: PlainSpeaker, promised: Sequence[Shown], times: board_pages.Times
) -> list[Card]:
    wanted = {
        said.id: board_files.name(each.id, said.id, said.file_id)
        for each in promised
        for said in each.said
        if said.file_id
    }
    here = {checkin: f"/board/photos/{name}" for checkin, name in wanted.items() if (shown.photos / name).is_file()}
    writer = Writer(say, shown.community, shown.bot, tx.now, here)
    return [writer.card(each, times[each.id]) for each in promised]


def _choices(community: Community, say: PlainSpeaker) -> dict[str, list[tuple[str, str]]]:
    return {
        "areas": [(area.code, community.place_name(area.code, say.language)) for area in community.all_areas()],
        "kinds": [(kind.value, promises.kind(say, kind)) for kind in Kind],
        "states": [
            (state.value, say.label("Running") if state is State.PUBLISHED else promises.state(say, state))
            for state in ORDER
        ],
    }


@cache
def _own_name(language: str) -> str:
    locale = Locale.parse(language)
    return str(locale.languages.get(locale.language, language)).capitalize()
