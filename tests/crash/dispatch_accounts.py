"""The reckoning of the repairs: what the sandbox showed to whom, held against what the database says of it."""

import json
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from tests.crash.accounts import reading
from tests.crash.crowd import MARK

Json = dict[str, Any]
GONE = {"repair.released", "repair.reopened"}
FREE = ("looking", "unfilled")
WAITED_FOR = {"looking": "repair_look", "unfilled": "repair_look", "taken": "repair_nudge", "coming": "repair_nudge",
              "done": "repair_verdict"}  # fmt: skip


@dataclass
class DispatchFigures:
    """What `make crash-test` prints under `dispatch`; `wrong`, with a sentence for each, it prints above."""

    kills: int = 0
    requests: int = 0
    forgotten: int = 0
    taken_twice: int = 0
    address_leaks: int = 0
    wrong: list[str] = field(default_factory=list)
    counted: dict[str, int] = field(default_factory=dict)

    def figures(self) -> dict[str, int]:
        """The numbers alone."""
        return {name: value for name, value in asdict(self).items() if isinstance(value, int)}

    def say(self, figure: str, sentence: str) -> None:
        """One thing is wrong."""
        setattr(self, figure, getattr(self, figure) + 1)
        self.wrong.append(f"{figure}: {sentence}")


def reckon(path: Path, asked: set[str], sent: list[Json], shown: dict[tuple[int, int], str]) -> DispatchFigures:
    """`sent`: the bot's calls; `shown`: the text of each message that the bot has in a chat, as it stands now."""
    found = DispatchFigures(requests=len(asked))
    with reading(path) as db:
        repairs = db.execute("SELECT * FROM repairs").fetchall()
        offers = db.execute("SELECT * FROM repair_offers").fetchall()
        telegram = {row["id"]: row["telegram_id"] for row in db.execute("SELECT id, telegram_id FROM people")}
        due = {(row["kind"], row["subject"]) for row in db.execute("SELECT kind, subject FROM scheduled_tasks")}
        story = db.execute("SELECT kind, subject, data FROM events WHERE kind LIKE 'Repair%' ORDER BY id").fetchall()
        cards = {
            row["id"]: (row["telegram_id"], row["message_id"])
            for row in db.execute("SELECT cards.id, message_id, telegram_id FROM cards JOIN chats ON chats.id = chat")
        }
        kept = " ".join(
            str(row[0])
            for query in ("SELECT draft FROM conversations", "SELECT body FROM inbox WHERE state = 'quarantined'")
            for row in db.execute(query)
        )
    had = _holders(story, found)
    words = {mark: row for row in repairs for mark in MARK.findall(row["address"])}
    for mark in asked - set(words) - set(MARK.findall(kept)):
        found.say("forgotten", f"{mark} was asked for and is nowhere")
    for row in repairs:
        about = f"repair:{row['id']}"
        kind = WAITED_FOR.get(row["state"])
        if kind and (kind, about) not in due:
            found.say("forgotten", f"{about} is {row['state']}, and nothing is planned for it")
    _addresses(found, words, telegram, had, sent, shown)
    state = {row["id"]: row["state"] for row in repairs}
    for offer in offers:
        text = shown.get(cards.get(offer["card"], (0, 0)), "")
        if offer["state"] == "missed" and state[offer["repair"]] not in (*FREE, "withdrawn") and "is taken" not in text:
            found.wrong.append(f"thanks: who missed repair {offer['repair']} reads {text[:80]!r}")
    found.counted = {
        "repairs asked for": len(repairs),
        "repairs taken (each time)": sum(row["kind"] == "repair.taken" for row in story),
        "repairs released or opened again": sum(row["kind"] in GONE for row in story),
    }
    return found


def _holders(story: list[Any], found: DispatchFigures) -> dict[int, set[int]]:
    """Whoever has had each repair; nobody takes what somebody has."""
    had: dict[int, set[int]] = {}
    held: set[int] = set()
    for row in story:
        number = int(row["subject"].partition(":")[2])
        if row["kind"] == "repair.taken":
            if number in held:
                found.say("taken_twice", f"repair {number}")
            held.add(number)
            had.setdefault(number, set()).add(json.loads(row["data"])["volunteer"])
        elif row["kind"] in GONE:
            held.discard(number)
    return had


def _addresses(
    found: DispatchFigures, words: dict[str, Any], telegram: dict[int, int], had: dict[int, set[int]],
    sent: list[Json], shown: dict[tuple[int, int], str],
) -> None:  # fmt: skip
    """Nobody but who asked and who has it is shown an address now; nobody but who had it was ever sent one."""
    for call in sent:
        chat = int(call["params"].get("chat_id") or 0)
        for mark in set(MARK.findall(str(call["params"]))) & set(words):
            repair = words[mark]
            allowed = {telegram[each] for each in (repair["asked_by"], *had.get(repair["id"], ()))}
            if chat not in allowed:
                found.say("address_leaks", f"{mark} was sent to {chat}")
    for (chat, _), text in shown.items():
        for mark in set(MARK.findall(text)) & set(words):
            repair = words[mark]
            if chat not in {telegram[repair["asked_by"]], telegram.get(repair["taker"])}:
                found.say("address_leaks", f"{mark} still stands in {chat}")
