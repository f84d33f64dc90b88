"""Who somebody is, in columns: only in files with personal data."""

from collections.abc import Callable
from typing import TypeVar

from handlers.figures.exports.table import Column, Moment
from handlers.kit.texts import Speaker, clean
from storage.figures.exported import Named

R = TypeVar("R")
NOBODY = Named(0, "", None, None, None)


def who_columns(name: str, heading: str, say: Speaker, who: Callable[[R], Named]) -> list[Column[R] | Moment[R]]:
    """Name, username, Telegram number and telephone number of one person."""
    return [
        Column(name, heading, lambda row: clean(who(row).name) or None),
        Column(f"{name}_username", say.label("Their username"), lambda row: who(row).username),
        # A number that is a name: as text, so that no spreadsheet rounds it.
        Column(f"{name}_telegram_id", say.label("Their Telegram number"), lambda row: _text(who(row).telegram_id)),
        Column(f"{name}_phone", say.label("Their telephone number"), lambda row: who(row).phone),
    ]


def _text(number: int | None) -> str | None:
    return None if number is None else str(number)
