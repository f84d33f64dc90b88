"""The reckoning: what the sandbox handed over and got, held against what the bot's database says of it."""

import contextlib
import json
import re
import sqlite3
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from bot.sending.cut_to_fit import TEXT_LIMIT, fit
from tests.crash.crowd import MARK

Json = dict[str, Any]
CLEAN = ("sent", "dropped")
# Why a row may end unsent: what it was about is not there any more, or is so already.
POINTLESS = re.compile(
    r"the message is gone|the card is gone|message to (edit|delete|react) not found|message can't be (deleted|edited)"
)
UNSEEN = ("edit", "delete", "unbutton", "commands", "pin", "react", "take_back")
"""Actions that bring no message."""
TO_RESIDENT = ("answer", "resolution")
TO_STAFF = ("report", "addition", "reason", "support")


@dataclass
class Figures:
    """What `make crash-test` prints last."""

    kills: int = 0
    kills_in_flight: int = 0
    updates: int = 0
    lost: int = 0
    half_written: int = 0
    messages_missing: int = 0
    uncertain: int = 0
    duplicates: int = 0


@dataclass
class Reckoning:
    """The figures, what else was counted, and a sentence for each thing that is wrong.

    `serving`: the kills that did not fall into a migration, and how many of those while work was in flight.
    """

    figures: Figures = field(default_factory=Figures)
    counted: dict[str, int] = field(default_factory=dict)
    wrong: list[str] = field(default_factory=list)
    serving: int = 0
    serving_in_flight: int = 0


@contextlib.contextmanager
def reading(path: Path) -> Any:
    """The database, read only."""
    connection = sqlite3.connect(f"{path.resolve().as_uri()}?mode=ro", uri=True, timeout=5)
    connection.row_factory = sqlite3.Row
    try:
        yield connection
    finally:
        connection.close()


@dataclass(frozen=True)
class AtKill:
    """What a kill left behind: rows to be done, and those on their way (row, try) with Telegram's id of the chat."""

    in_flight: bool
    backlog: int
    sending: dict[tuple[int, int], int]


def at_kill(path: Path) -> AtKill:
    """Look at the database right after a kill."""
    try:
        with reading(path) as db:
            new = db.execute("SELECT count(*) FROM inbox WHERE state = 'new'").fetchone()[0]
            left = db.execute("SELECT count(*) FROM outbox WHERE state IN ('pending', 'sending')").fetchone()[0]
            sending = db.execute(
                "SELECT outbox.id, tries, telegram_id FROM outbox JOIN chats ON chats.id = chat WHERE state = 'sending'"
            ).fetchall()
    except sqlite3.OperationalError:
        return AtKill(False, 0, {})  # killed before there was a table
    return AtKill(bool(new or left), new + left, {(row["id"], row["tries"]): row["telegram_id"] for row in sending})


class Accounts:
    """Compares, when everything has come to rest. `calls` are the sandbox's records; `made` are its updates by id."""

    def __init__(
        self, path: Path, calls: list[Json], made: dict[int, Json], sending: dict[tuple[int, int], int]
    ) -> None:
        self._calls = calls
        self._made = made
        self._sending = sending
        self.result = Reckoning()
        with reading(path) as db:
            self._rows = {
                table: db.execute(f"SELECT * FROM {table} ORDER BY 1").fetchall()
                for table in (
                    "conversations",
                    "inbox",
                    "outbox",
                    "messages",
                    "cards",
                    "topics",
                    "reports",
                    "report_parts",
                    "events",
                    "chats",
                )
            }
            self._sound = db.execute("PRAGMA integrity_check").fetchone()[0]
            self._dangling = len(db.execute("PRAGMA foreign_key_check").fetchall())
            self._rows["people"] = db.execute("SELECT * FROM people").fetchall()
        self._telegram = {row["id"]: row["telegram_id"] for row in self._rows["chats"]}
        # A call that was carried out says what it sent, whether or not its answer arrived.
        self._accepted = [call for call in calls if call["ok"] or call["sends"] or dropped_after(call)]
        self._sent: set[tuple[int, int]] = {
            (sent["chat"], sent["message_id"]) for call in calls for sent in call["sends"] if _makes_message(call)
        }

    def reckon(self) -> Reckoning:
        """Everything."""
        if self._sound != "ok" or self._dangling:
            self._say("half_written", f"the file: {self._sound}, {self._dangling} rows that point nowhere")
        self._updates()
        self._reports()
        self._messages()
        self._kept_words()
        self._words()
        self._duplicates()
        return self.result

    def _say(self, figure: str, sentence: str, by: int = 1) -> None:
        setattr(self.result.figures, figure, getattr(self.result.figures, figure) + by)
        self.result.wrong.append(f"{figure}: {sentence}")

    def _updates(self) -> None:
        kept = {row["update_id"]: row for row in self._rows["inbox"]}
        self.result.figures.updates = len(self._made)
        for number, update in self._made.items():
            row = kept.get(number)
            if row is None:
                self._say("lost", f"update {number} is not in the inbox")
            elif row["state"] not in ("done", "quarantined"):
                self._say("lost", f"update {number} is still {row['state']}")
            elif row["body"] != "{}" and set(_marks(update)) - set(_marks(row["body"])):
                self._say("lost", f"the words of update {number} are not those that came")
        for number in set(kept) - set(self._made):
            self._say("lost", f"the inbox has an update {number} that nobody made")
        quarantined = [row for row in self._rows["inbox"] if row["state"] == "quarantined"]
        self.result.counted["quarantined after three kills"] = len(quarantined)
        for row in quarantined:
            if "the program ended" not in row["error"]:
                self._say("lost", f"inbox row {row['id']} was set aside: {row['error']}")

    def _kept_words(self) -> None:
        """What residents said and that was handled is kept: as a part of a report, in a draft, as a place."""
        kept = set(_marks([row["text"] for row in self._rows["report_parts"]]))
        kept.update(*(_marks(row["draft"]) for row in self._rows["conversations"]))
        kept.update(*(_marks([row["title"], row["place"], row["heard"]]) for row in self._rows["reports"]))
        set_aside = {row["update_id"] for row in self._rows["inbox"] if row["state"] == "quarantined"}
        # A change of a message that was set aside has nothing to change.
        gone = {
            _place_of(self._made[number]["message"]) for number in set_aside if "message" in self._made.get(number, {})
        }
        for number, update in self._made.items():
            message = update.get("message") or update.get("edited_message") or {}
            own = [message.get("text"), message.get("caption")]
            if "edited_message" in update and _place_of(message) in gone:
                continue
            private = message.get("chat", {}).get("type") == "private"
            if private and number not in set_aside and set(_marks(own)) - kept:
                self._say("lost", f"update {number} is done, and what it says is nowhere: {own}")

    def _reports(self) -> None:
        submitted = Counter(row["subject"] for row in self._rows["events"] if row["kind"] == "report.submitted")
        parts = Counter(row["report"] for row in self._rows["report_parts"] if row["purpose"] == "report")
        self.result.counted["voices"] = len(self._rows["reports"])
        for report in self._rows["reports"]:
            name = f"report:{report['id']}"
            lacks = []
            if submitted.pop(name, 0) != 1:
                lacks.append("its event")
            if not parts[report["id"]]:
                lacks.append("its words")
            for role in ("status", "staff"):
                cards = [row for row in self._rows["cards"] if row["subject"] == name and row["role"] == role]
                if not any((self._telegram[card["chat"]], card["message_id"]) in self._sent for card in cards):
                    lacks.append(f"its {role} card")
            if lacks:
                self._say("half_written", f"{name} lacks {', '.join(lacks)}")
        for name in submitted:
            self._say("half_written", f"{name} was submitted and is not there")

    def _messages(self) -> None:
        kept = {row["outbox"]: row for row in self._rows["messages"] if row["outbox"] is not None}
        cards = {row["id"]: row for row in self._rows["cards"]}
        shown_as = {row["id"]: row["card"] for row in self._rows["messages"]}
        newest: dict[int, sqlite3.Row] = {}
        states: Counter[str] = Counter()
        for row in self._rows["outbox"]:
            states[row["state"]] += 1
            if row["state"] not in CLEAN:
                self._say("messages_missing", f"outbox row {row['id']} is {row['state']}: {row['error']}")
            if row["state"] == "dropped" and not self._may_be_dropped(row):
                self._say("messages_missing", f"outbox row {row['id']} was dropped: {row['error']}")
            if row["state"] == "sent" and row["action"] == "edit" and shown_as.get(row["message"]) is not None:
                newest[shown_as[row["message"]]] = row  # a card that was moved became a pointer
            if row["state"] != "sent" or row["action"] in UNSEEN:
                continue
            if row["card"] is not None:
                if "text" in json.loads(row["content"]):
                    newest[row["card"]] = row
                card = cards[row["card"]]
                if (self._telegram[card["chat"]], card["message_id"]) not in self._sent:
                    self._say("messages_missing", f"card {card['id']} of outbox row {row['id']} was never sent")
                continue
            message = kept.get(row["id"])
            if message is None or (self._telegram[message["chat"]], message["message_id"]) not in self._sent:
                self._say("messages_missing", f"outbox row {row['id']} ({row['action']}) is marked sent and was not")
        self._cards(newest, cards)
        for state, number in sorted(states.items()):
            self.result.counted[f"outbox rows {state}"] = number

    def _cards(self, newest: dict[int, sqlite3.Row], cards: dict[int, sqlite3.Row]) -> None:
        """Each card shows what was written into it last."""
        shown: dict[tuple[int, int], str] = {}
        for call in self._accepted:
            text = call["params"].get("text")
            for sent in call["sends"]:
                shown[(sent["chat"], sent["message_id"])] = text
            if call["method"] == "editMessageText":
                shown[(int(call["params"]["chat_id"]), int(call["params"]["message_id"]))] = text
        for number, row in newest.items():
            card = cards[number]
            text = shown.get((self._telegram[card["chat"]], card["message_id"]))
            if text != fit(json.loads(row["content"])["text"], TEXT_LIMIT):
                self._say("messages_missing", f"card {number} does not show outbox row {row['id']}")

    def _may_be_dropped(self, row: sqlite3.Row) -> bool:
        newer = row["card"] is not None and any(
            other["card"] == row["card"] and other["id"] > row["id"] for other in self._rows["outbox"]
        )
        uncertain = row["when_uncertain"] == "drop"
        return newer or uncertain or POINTLESS.search(row["error"] or "") is not None

    def _words(self) -> None:
        """What was said to somebody has reached them, whatever outbox and messages say."""
        seen: dict[int, set[str]] = {}
        for call in self._accepted:
            if "chat_id" in call["params"]:
                seen.setdefault(int(call["params"]["chat_id"]), set()).update(_marks(call["params"]))
        resident = {row["id"]: row["telegram_id"] for row in self._rows["people"]}
        in_groups = set().union(*(marks for chat, marks in seen.items() if chat < 0), set())
        checked = 0
        for part in self._rows["report_parts"]:
            if part["purpose"] in TO_RESIDENT:
                arrived = seen.get(resident[self._reporter_then(part)], set())
            elif part["purpose"] in TO_STAFF:
                arrived = in_groups
            else:
                continue
            for mark in _marks(part["text"]):
                checked += 1
                if mark not in arrived:
                    self._say("messages_missing", f"{part['purpose']} {mark} of report {part['report']} reached nobody")
        self.result.counted["words followed from one to another"] = checked

    def _reporter_then(self, part: sqlite3.Row) -> int:
        """Who stood for the report when that was said: whoever takes a report back that others joined has an heir."""
        said = next(
            (
                row["id"]
                for row in self._rows["events"]
                if row["kind"] in ("report.answered", "report.resolved")
                and part["id"] in json.loads(row["data"])["parts"]
            ),
            0,
        )
        for row in self._rows["events"]:
            left = row["kind"] == "report.left" and row["subject"] == f"report:{part['report']}"
            if left and row["id"] > said > 0 and json.loads(row["data"]).get("heir") is not None:
                return int(row["actor"])
        return next(int(row["person"]) for row in self._rows["reports"] if row["id"] == part["report"])

    def _duplicates(self) -> None:
        """Messages nobody knows of: their row was sent once more. By chat, no more than what was uncertain there."""
        known = {(self._telegram[row["chat"]], row["message_id"]) for row in self._rows["messages"]}
        twice: dict[int, list[str]] = {}
        for call in self._accepted:
            sends = call["sends"] if call["method"].startswith("send") else []
            # The parts of an album come and go together: it counts once, as its row does.
            if any((sent["chat"], sent["message_id"]) not in known for sent in sends):
                words = call["params"].get("text", "")[:60]
                twice.setdefault(sends[0]["chat"], []).append(f"call {call['n']} {words!r}")
        threads = {row["thread_id"] for row in self._rows["topics"]}
        made = [call for call in self._accepted if call["method"] == "createForumTopic"]
        for call in made[: max(0, len(made) - len(threads - {None}))]:
            twice.setdefault(int(call["params"]["chat_id"]), []).append(f"a topic (call {call['n']} or a later one)")
        uncertain = Counter(self._sending.values())
        unanswered = [call for call in self._calls if dropped_after(call) and _makes_message(call)]
        uncertain.update(int(call["params"]["chat_id"]) for call in unanswered)
        self.result.counted["found sending at a kill"] = len(self._sending)
        self.result.counted["carried out, never answered"] = len(unanswered)
        self.result.figures.duplicates = sum(map(len, twice.values()))
        self.result.figures.uncertain = uncertain.total()
        for chat, found in twice.items():
            if len(found) > uncertain[chat]:
                self.result.wrong.append(
                    f"duplicates: {len(found)} in chat {chat}, where {uncertain[chat]} sends were uncertain: {found}"
                )


def _place_of(message: Json) -> tuple[int, int]:
    return message["chat"]["id"], message["message_id"]


def _marks(value: Any) -> list[str]:
    return MARK.findall(value if isinstance(value, str) else json.dumps(value, ensure_ascii=False))


def dropped_after(call: Json) -> bool:
    """Whether a call was carried out and its answer never came."""
    return call["description"] == "the connection was dropped after" and bool(call["ok"])


def _makes_message(call: Json) -> bool:
    return call["method"].startswith("send") or call["method"] == "createForumTopic"
