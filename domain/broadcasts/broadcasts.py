"""One thing said to many people: where it stands, where each recipient stands, and which of its words one reads."""

from collections.abc import Sequence
from enum import StrEnum
from typing import Protocol, TypeVar

from domain.core.parts import PartKind
from domain.core.state_machine import StateMachine, Transition
from domain.core.stored import Stored


class State(Stored, StrEnum, kept_in="broadcasts.state"):
    """Where something said to many stands."""

    PREPARED = "prepared"
    SENDING = "sending"
    """Also while all who are left wait for the end of their quiet hours."""
    STOPPED = "stopped"
    DONE = "done"
    WITHDRAWN = "withdrawn"


class Move(StrEnum):
    """What can be done to it."""

    START = "start"
    STOP = "stop"
    GO_ON = "go_on"
    FINISH = "finish"
    CORRECT = "correct"
    WITHDRAW = "withdraw"


_ALL = frozenset(State) - {State.WITHDRAWN}
MOVES = StateMachine(
    State,
    Move,
    {
        Move.START: Transition(frozenset({State.PREPARED}), State.SENDING),
        Move.STOP: Transition(frozenset({State.SENDING}), State.STOPPED),
        Move.GO_ON: Transition(frozenset({State.STOPPED}), State.SENDING),
        Move.FINISH: Transition(frozenset({State.SENDING}), State.DONE),
        Move.CORRECT: Transition(_ALL, State.DONE, stays=_ALL),
        Move.WITHDRAW: Transition(_ALL, State.WITHDRAWN),
    },
    final=frozenset({State.WITHDRAWN}),
)
after = MOVES.after
"""The state a move leads to. Raises WrongState when the move does not start from there."""


class RecipientState(Stored, StrEnum, kept_in="broadcast_recipients.state"):
    """Where one recipient stands."""

    WAITING = "waiting"
    """For their turn, or until their quiet hours are over."""
    QUEUED = "queued"
    """In the outbox."""
    SENT = "sent"
    UNREACHABLE = "unreachable"
    """They blocked the bot, left Telegram, or never opened a chat with it."""
    FAILED = "failed"
    """Telegram did not take it."""
    MUTED = "muted"
    """They do not want to hear of this kind."""
    WITHDRAWN = "withdrawn"


class Said(Protocol):
    """A part of what is said: words or a file, for one language or (None) for all."""

    @property
    def language(self) -> str | None: ...
    @property
    def kind(self) -> str: ...


S = TypeVar("S", bound=Said)


def words_language(parts: Sequence[Said], language: str) -> str | None:
    """Whose words somebody reads who speaks that language: those in it, else those for all (None), else those there
    are, in the language that stands first."""
    spoken = [part.language for part in parts if part.kind == PartKind.TEXT]
    return next((each for each in (language, None) if each in spoken), spoken[0] if spoken else language)


def read_in(parts: Sequence[S], language: str) -> list[S]:
    """What somebody reads who speaks that language: words, and the files that belong to them or to all."""
    chosen = words_language(parts, language)
    return [part for part in parts if part.language == chosen or (part.kind != PartKind.TEXT and part.language is None)]
