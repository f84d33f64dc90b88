"""/find in private: voices by words or a number, the newest first, page by page."""

from domain.rights import Action, require
from domain.search_words import asked, holds
from handlers.desk import queue
from handlers.desk.staff_card import card_link
from handlers.here import Here
from handlers.keyboards import Button, Markup, column
from handlers.texts import Html, bold, clean, lines, one_line, paragraphs, shorten
from services import searching
from services.voices import Gone
from storage import search, voices
from storage.messages import Purpose
from storage.voices import Voice

PAGE = 5
ASKED = 200
SHOWN = 90


def command(here: Here) -> None:
    """/find <words or a number>."""
    require(here.who.roles, Action.LOOK_UP)
    words = shorten(clean((here.message.text or "").partition(" ")[2]), ASKED)
    if not asked(words):
        here.send(here.say("What shall I look for? Write /find and words or a number behind it, such as: /find lamp"))
        return
    here.send(*_page(here, words, search.remember(here.tx, here.who.id, words), None), purpose=Purpose.FIND)


def press(here: Here) -> None:
    """`fi:<search>:<number>`: further results behind that voice; 0 leads back to the first page."""
    require(here.who.roles, Action.LOOK_UP)
    _, number_text, before_text = here.query_parts(3)
    number, before = here.query_number(number_text), here.query_number(before_text)
    words = search.remembered(here.tx, here.who.id, number)
    if words is None:
        raise Gone
    here.edit_pressed(*_page(here, words, number, before or None))
    here.pop_up()


def _page(here: Here, words: str, number: int, before: int | None) -> tuple[Html, Markup | None]:
    say = here.say
    found = searching.find(here.tx, here.setup.community, here.who, words, before, PAGE + 1)
    shown = found[:PAGE]
    head = bold(say("Found for “{words}”", words=one_line(words, 60)))
    if not shown:
        return paragraphs(head, say("There is nothing with all of these words. Try fewer, or just one.")), None
    buttons = [
        Button(say.label("Card of no. {number}", number=voice.id), url=link)
        for voice in shown
        if (link := card_link(here.tx, voice.id)) is not None
    ]
    if len(found) > PAGE:
        buttons.append(Button(say.label("Further ones"), f"fi:{number}:{shown[-1].id}"))
    if before is not None:
        buttons.append(Button(say.label("From the beginning"), f"fi:{number}:0"))
    return paragraphs(head, *(_line(here, voice, words) for voice in shown)), column(buttons)


def _line(here: Here, voice: Voice, words: str) -> Html:
    """A voice, and the words in which it was found where its own line does not have them."""
    line = queue.line(here.tx, here.setup, here.say, voice)
    said = [part.text for part in voices.parts_for_list(here.tx, voice.id) if part.text]
    hit = next((text for text in said if holds(text, words)), None)
    shown = one_line(hit, SHOWN) if hit else None
    return lines(line, here.say("“{words}”", words=shown) if shown and shown not in line else None)
