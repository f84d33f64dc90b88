"""Count what is asked, question after question, as a program of its own: see `counting.py`.

In, on standard input: how many bytes a question has, and the question; out, the answer in the same form. A question is
the database, the time, a function and what it is given; an answer whether it raised, and what it returned or raised.
When the input ends, the bot has ended: then it ends, too, in the midst of counting.
"""

import os
import pickle
import sys
import threading
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from queue import SimpleQueue
from typing import Any, BinaryIO

from bot.background.counting import LENGTH
from bot.background.programs import ProgramFailed
from storage.core.reading import read_beside

NICE = 10
"""Everybody else goes first."""


def main() -> None:
    """Until the input ends."""
    with suppress(OSError):
        os.nice(NICE)
    # What a library has to say must not come among the answers.
    answers = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)
    questions: SimpleQueue[bytes] = SimpleQueue()
    threading.Thread(target=_listen, args=(sys.stdin.buffer, questions), daemon=True).start()
    with suppress(BrokenPipeError):
        while True:
            answer = _answer(questions.get())
            answers.write(LENGTH.pack(len(answer)) + answer)
            answers.flush()


def _listen(given: BinaryIO, questions: "SimpleQueue[bytes]") -> None:
    while beginning := given.read(LENGTH.size):
        questions.put(given.read(*LENGTH.unpack(beginning)))
    os._exit(0)  # nobody waits for the answer any more


def _answer(question: bytes) -> bytes:
    try:
        return pickle.dumps((False, _carry_out(*pickle.loads(question))))  # noqa: S301 - the bot wrote it
    except Exception as error:
        return _raised(error)


def _raised(error: Exception) -> bytes:
    """An error as the bot can read it; of one that cannot travel, its name."""
    try:
        answer = pickle.dumps((True, error))
        pickle.loads(answer)  # noqa: S301 - just written
    except Exception:
        answer = pickle.dumps((True, ProgramFailed(type(error).__name__)))
    return answer


def _carry_out(
    database: Path, now: Any, function: Callable[..., object], args: tuple[Any, ...], kwargs: dict[str, Any]
) -> object:
    return read_beside(database, lambda: now, lambda tx: function(tx, *args, **kwargs))


if __name__ == "__main__":
    main()
