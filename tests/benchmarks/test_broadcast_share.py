"""What is counted of a notice: the bot's messages, and beside them its edits, which take places as well."""

from typing import Any

import pytest

from benchmarks.broadcast import RATE, WORDS, Heard

BOT, FIRST, LAST, OTHER = 7, 1, 2, 3


def happened(kind: str, chat: int, text: str = "", author: int = BOT) -> dict[str, Any]:
    return {"type": kind, "chat": chat, "message": {"author": author, "text": text}}


def test_edits_are_counted_beside_the_messages_and_only_from_the_first_copy_to_the_last() -> None:
    heard = Heard(BOT, {FIRST, LAST})
    heard.hear(happened("edit", OTHER), 9.0)
    heard.hear(happened("message", FIRST, WORDS), 10.0)
    for at in (10.1, 10.2, 10.3):
        heard.hear(happened("message", OTHER, "an answer"), at)
    heard.hear(happened("edit", OTHER), 10.4)
    heard.hear(happened("edit", OTHER, author=OTHER), 10.5)
    heard.hear(happened("message", OTHER, "a question", author=OTHER), 10.6)
    heard.hear(happened("delete", OTHER) | {"messages": [5]}, 10.7)
    heard.hear(happened("message", LAST, WORDS), 11.0)
    heard.hear(happened("edit", OTHER), 11.5)

    assert heard.share() == pytest.approx(5 / RATE)
    assert heard.share(with_edits=True) == pytest.approx(6 / RATE)
    assert heard.done.is_set()


def test_an_edited_copy_is_no_second_copy() -> None:
    heard = Heard(BOT, {FIRST, LAST})
    heard.hear(happened("message", FIRST, WORDS), 10.0)
    heard.hear(happened("edit", FIRST, WORDS), 10.5)
    assert heard.copies == {FIRST: 1} and not heard.done.is_set()
