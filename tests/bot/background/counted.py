"""Functions that a test has counted by the program that counts, which knows them by their names here."""

import os
from typing import Never

from storage.core.database import Transaction

ENDLESS = (
    "WITH RECURSIVE numbers(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM numbers) SELECT max(n) AS most FROM numbers"
)


class Unreadable(Exception):
    """An error that cannot be made anew from what is written of it."""

    def __init__(self, one: str, two: str) -> None:
        super().__init__(f"{one} {two}")


def where(_tx: Transaction) -> tuple[int, int]:
    """The number of the program, and how far it gives way to others."""
    return os.getpid(), os.getpriority(os.PRIO_PROCESS, 0)


def environment(_tx: Transaction) -> dict[str, str]:
    """What it knows of the outside."""
    return dict(os.environ)


def talks(_tx: Transaction) -> int:
    """It writes where its answers go, as a library may."""
    print("I am a library")  # noqa: T201
    return 7


def writes(tx: Transaction) -> None:
    """It tries to change something."""
    tx.execute("DELETE FROM people")


def forever(tx: Transaction) -> object:
    """It never comes to an end, inside of SQLite."""
    return tx.one(ENDLESS)


def forever_in_python(_tx: Transaction) -> Never:
    """It never comes to an end, and keeps the interpreter busy."""
    while True:
        pass


def ends(_tx: Transaction) -> Never:
    """The program ends in the midst of it, as when the system kills it."""
    os._exit(3)


def raises(_tx: Transaction) -> Never:
    """It meets what cannot be told as it is."""
    raise Unreadable("a", "b")
