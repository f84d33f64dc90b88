"""From what is asked for to the page: reads one moment of the database, and fills in the form. On a reader's thread."""

from collections.abc import Sequence
from typing import Any

from domain.community import Community
from domain.pledges.pledges import Kind, State
from speech import promises
from speech.speaker import PlainSpeaker
from storage.core import page_files
from storage.core.database import Transaction
from storage.pledges import board, board_pages
from storage.pledges.board import Shown
from storage.pledges.board_pages import ORDER
from web import asked_language, pages
from web.page_cache import Made
from web.pledges.board_query import BoardQuery, View
from web.pledges.cards import Card, Writer
from web.site import Site

SIZES = {View.PAGE: 24, View.SCREEN: 4, View.PRINT: 120}
"""Promises on one page. On paper that is about six sheets; the next ones have an address of their own."""
SAID = {View.PAGE: 3, View.SCREEN: 1, View.PRINT: 1}
ALONE_SAID = 20
TURN_SECONDS = 15
"""The board in the hall turns its page: time enough to read four promises."""


class Board(Site):
    """What the pages of the board are made from."""


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
        "foot": f"/board/sheet.css?lang={asked_language.tag(wish.language)}",
        "total": say.plural("{count} promise", "{count} promises", total),
        "range": say.label("{first} to {last} of {total}", first=place + 1, last=last, total=total),
        "sheet": place // size + 1,
        "sheets": max(1, -(-total // size)),
        "following": wish.address(after=found.next) if found.next else None,
        "earlier": wish.address(after=board_pages.before(tx, wanted, wish.after, size)) if wish.after else None,
        "choices": _choices(shown.community, say),
    }
    # After the last page the hall's board begins again.
    turn = f"{TURN_SECONDS}; url={wish.address(after=found.next)}" if wish.view is View.SCREEN else None
    return pages.write(f"{wish.view.value}.html", values, turn)


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
    label = shown.speaker(wish.language).label
    values = {
        **_common(shown, wish),
        "status": status,
        "heading": label("Our promises"),
        "unread": label("The board cannot be read just now"),
        "asked_wrongly": label(
            "It asks for a place, a kind or a page that is not there. Perhaps a part of it was lost on the way."
        ),
        "nothing": label("The promise is not on the board, or the address was mistyped."),
        "home": f"/board?lang={wish.said}" if wish.said else "/board",
        "home_words": label("All promises"),
    }
    turn = f"{TURN_SECONDS}; url={wish.address(after=None)}" if wish.view is View.SCREEN else None
    return pages.write("trouble.html", values, turn)


def _common(shown: Board, wish: BoardQuery, path: str | None = None) -> dict[str, Any]:
    def address(said: str) -> str:
        return wish.address(said=said) if path is None else f"{path}?lang={said}"

    return {
        **shown.common(wish.language, address, wish.said, "/board"),
        "wish": wish,
        "views": View,
        "view": wish.view.value,
    }


def _cards(
    tx: Transaction, shown: Board, say: PlainSpeaker, promised: Sequence[Shown], times: board_pages.Times
) -> list[Card]:
    wanted = {
        said.id: page_files.name(each.id, said.id, said.file_id)
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
