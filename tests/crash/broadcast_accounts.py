"""The reckoning of what was said to many: what the sandbox showed to whom, held against who was to get it."""

import json
import re
from collections import Counter
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from tests.crash.accounts import dropped_after, reading

Json = dict[str, Any]
MARK = re.compile(r"word(\d{4})v\d+")


@dataclass
class Said:
    """Something said to many: a word of its own by which each copy is known, and how often it was corrected."""

    mark: int
    is_notice: bool
    version: int = 0
    number: int = 0
    """Of the notice or the project."""
    broadcast: int = 0

    @property
    def text(self) -> str:
        """What it says now."""
        return f"Work begins on Monday, word{self.mark:04d}v{self.version}."


@dataclass
class BroadcastFigures:
    """What `make crash-test` prints under `broadcast`; `wrong`, with a sentence for each, it prints above."""

    kills: int = 0
    kills_in_flight: int = 0
    recipients: int = 0
    """Everybody who was to get something, once for each thing."""
    missing: int = 0
    uncertain: int = 0
    duplicates: int = 0
    stale: int = 0
    """Copies that do not read as they were corrected last."""
    misplaced: int = 0
    """Copies of a word to a project that do not stand under the reader's own report."""
    wrong: list[str] = field(default_factory=list)
    counted: dict[str, int] = field(default_factory=dict)

    def figures(self) -> dict[str, int]:
        """The numbers alone."""
        return {name: value for name, value in asdict(self).items() if isinstance(value, int)}

    def say(self, figure: str, sentence: str) -> None:
        """One thing is wrong."""
        setattr(self, figure, getattr(self, figure) + 1)
        self.wrong.append(f"{figure}: {sentence}")


def reckon(
    path: Path, said: list[Said], own: dict[int, int], calls: list[Json], shown: dict[int, list[str]],
    sending: dict[tuple[int, int], int],
) -> BroadcastFigures:  # fmt: skip
    """`own`: the residents, each with the message that is the card of their report. `calls`: the bot's; `shown`: its
    texts in each of their chats now; `sending`: the chats of the rows found on their way at a kill, by row and try."""
    found = BroadcastFigures()
    by_mark = {each.mark: each for each in said}
    got: Counter[tuple[int, int]] = Counter()
    for call in calls:
        mark = MARK.search(str(call["params"].get("text", "")))
        if call["method"] != "sendMessage" or mark is None or int(call["params"]["chat_id"]) not in own:
            continue  # who says it reads it, too, where they read how far it is
        chat, which = int(call["params"]["chat_id"]), by_mark[int(mark[1])]
        got[which.mark, chat] += bool(call["sends"])
        if not which.is_notice and _replies_to(call) != own[chat]:
            found.say("misplaced", f"word {which.mark} stands under {_replies_to(call)} in {chat}, not {own[chat]}")
    for each in said:
        for chat in own:
            found.recipients += 1
            if not got[each.mark, chat]:
                found.say("missing", f"{chat} did not get word {each.mark}")
            elif not any(each.text in text for text in shown[chat]):
                found.say("stale", f"{chat} does not read word {each.mark} as it was corrected last")
    _twice(found, got, calls, sending, own)
    _settled(found, path, said, own)
    found.counted |= {"said to many": len(said), "corrections": sum(each.version for each in said)}
    return found


def _twice(
    found: BroadcastFigures, got: Counter[tuple[int, int]], calls: list[Json], sending: dict[tuple[int, int], int],
    own: dict[int, int],
) -> None:  # fmt: skip
    """Nobody has more of them too often than was uncertain in their chat."""
    uncertain = Counter(chat for chat in sending.values() if chat in own)
    unanswered = (call for call in calls if dropped_after(call) and call["method"] == "sendMessage")
    uncertain.update(chat for call in unanswered if (chat := int(call["params"]["chat_id"])) in own)
    twice: Counter[int] = Counter()
    for (_, chat), count in got.items():
        twice[chat] += max(0, count - 1)
    found.uncertain, found.duplicates = uncertain.total(), twice.total()
    for chat, count in twice.items():
        if count > uncertain[chat]:
            found.wrong.append(f"duplicates: {count} in {chat}, where {uncertain[chat]} sends were uncertain")


def _settled(found: BroadcastFigures, path: Path, said: list[Said], own: dict[int, int]) -> None:
    """The bot knows as much."""
    with reading(path) as db:
        states = {row["id"]: row["state"] for row in db.execute("SELECT id, state FROM broadcasts").fetchall()}
        rows = db.execute(
            "SELECT broadcast, people.telegram_id, recipients.state, outbox.state AS row, outbox.error "
            "FROM broadcast_recipients recipients JOIN people ON people.id = person "
            "LEFT JOIN outbox ON outbox.id = recipients.outbox"
        ).fetchall()
    listed = Counter(int(row["broadcast"]) for row in rows)
    for each in said:
        people = len(own) + each.is_notice  # who writes a notice gets it
        if (states[each.broadcast], listed[each.broadcast]) != ("done", people):
            found.wrong.append(f"word {each.mark} is {states[each.broadcast]} and was for {listed[each.broadcast]}")
    for row in rows:
        if row["state"] != "sent":
            found.wrong.append(f"counted as {row['state']}, and was sent: {tuple(row)}")


def _replies_to(call: Json) -> int | None:
    replied = call["params"].get("reply_parameters") or "{}"
    given = json.loads(replied) if isinstance(replied, str) else replied
    return given.get("message_id")
