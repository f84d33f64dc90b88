"""Which words of something said to many one person reads."""

from dataclasses import dataclass

import pytest

from domain.broadcasts.broadcasts import Move, State, after, read_in
from domain.core.parts import PartKind
from domain.core.state_machine import WrongState


@dataclass(frozen=True)
class Part:
    language: str | None
    kind: PartKind
    name: str


def words(language: str | None) -> Part:
    return Part(language, PartKind.TEXT, f"words {language}")


def photo(language: str | None) -> Part:
    return Part(language, PartKind.PHOTO, f"photo {language}")


@pytest.mark.parametrize(
    ("there", "language", "read"),
    [
        ([words(None), photo(None)], "en", ["words None", "photo None"]),
        ([words(None), words("zh_Hans")], "zh_Hans", ["words zh_Hans"]),
        ([words(None), words("zh_Hans")], "en", ["words None"]),
        ([words("zh_Hans"), photo("zh_Hans"), photo(None)], "en", ["words zh_Hans", "photo zh_Hans", "photo None"]),
        ([words("zh_Hans"), words("en"), photo("zh_Hans")], "en", ["words en"]),
        ([photo(None), photo("en"), photo("zh_Hans")], "en", ["photo None", "photo en"]),
        ([], "en", []),
    ],
)
def test_a_reader_reads_their_own_language_else_what_is_for_all_else_what_there_is(
    there: list[Part], language: str, read: list[str]
) -> None:
    assert [part.name for part in read_in(there, language)] == read


def test_what_was_withdrawn_stays_withdrawn_and_what_was_never_sent_cannot_stop() -> None:
    for move in Move:
        with pytest.raises(WrongState):
            after(State.WITHDRAWN, move)
    for move in (Move.STOP, Move.GO_ON, Move.FINISH):
        with pytest.raises(WrongState):
            after(State.PREPARED, move)
    assert all(after(state, Move.CORRECT) is state for state in State if state is not State.WITHDRAWN)
