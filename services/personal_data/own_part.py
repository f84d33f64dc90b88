"""Of rows in which something of others stands beside somebody's own: their own part alone (`Export.OWN`)."""

import json
from collections.abc import Callable, Mapping
from typing import Any

from storage.core.database import Transaction
from storage.personal_data.own_rows import Row
from storage.reports import own_data as reports

_RECORDING = "record"
"""The flow in which staff write down what another person says."""
_FOR_SOMEBODY_ELSE = ("other", "whose")
"""What a draft has of another flow in which somebody writes for another."""
_SAID_BY_US = "talk"
"""What a draft has of what the bot last said in it, beside all that begins with an underline."""
Keep = Callable[[Transaction, int, list[Row]], list[Row]]
"""Of a person's rows of a table what is theirs."""


def updates(_tx: Transaction, _person: int, rows: list[Row]) -> list[Row]:
    """What came from them: their words and presses, without the message that these answer."""
    return [{**row, "body": _said(row["body"])} for row in rows]


def drafts(_tx: Transaction, _person: int, rows: list[Row]) -> list[Row]:
    """What they have begun, unless it is about somebody else for whom they write."""
    return [{**row, "draft": _draft(row)} for row in rows]


KEEP: Mapping[str, Keep] = {
    "inbox": updates,
    "conversations": drafts,
    "reports": reports.without_another_writers,
}
"""By table; one that is declared so must be here."""


def _said(body: str) -> Row:
    update = json.loads(body)
    kind = next((each for each in ("message", "edited_message", "callback_query") if each in update), None)
    if kind is None:
        return {}
    found = update[kind]
    if kind == "callback_query":
        return {"pressed": found.get("data")}
    words = found.get("text") or found.get("caption")
    place = found.get("location")
    return {
        "sent": found.get("date"),
        **({"words": words} if words else {}),
        **({"place": {name: place.get(name) for name in ("latitude", "longitude")}} if place else {}),
    }


def _draft(row: Row) -> Any:
    draft = json.loads(row["draft"])
    if row["flow"] == _RECORDING or any(draft.get(each) for each in _FOR_SOMEBODY_ELSE):
        return None
    return {name: value for name, value in draft.items() if not name.startswith("_") and name != _SAID_BY_US}
