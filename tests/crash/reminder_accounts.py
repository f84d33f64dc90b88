"""What was to be said of every promise (almanac.py), held against what was sent, word by word."""

import json
import re
import sqlite3
import struct
from collections import defaultdict
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

from tests.crash.almanac import KEEPERS, PROMISES, Wall, is_quiet, lists, occurrences

MOMENT = struct.Struct("<dB")
KEPT = timedelta(days=14)
"""What is over for longer than this is too old to be asked about (docs/pledges.md)."""
BACK = timedelta(hours=26)
REMINDER = re.compile(r"<b>(Your promises this week|Soon: )")
PROMISE = re.compile(r"No\. \d+: promise (\d+)\n?(.*)", re.DOTALL)
TIME = re.compile(r"[A-Z][a-z]{2} \d+ [A-Z][a-z]{2}(?: \d\d:\d\d)?")


@dataclass
class Account:
    """The figures of one zone, or of all; `resent` counts sends nobody could know the end of, which came twice."""

    expected: int = 0
    present: int = 0
    missing: int = 0
    duplicate: int = 0
    late_merged: int = 0
    too_old: int = 0
    messages: int = 0
    resent: int = 0
    wrong: list[str] = field(default_factory=list)

    def add(self, other: "Account") -> None:
        """Both together."""
        for name, value in vars(other).items():
            setattr(self, name, getattr(self, name) + value)


@dataclass
class Message:
    """A message that was sent, once or (when a kill left it uncertain) more often: when, and what it said then."""

    keeper: int
    sends: list[tuple[datetime, str]]
    rang: bool = False  # in quiet hours


Naming = tuple[int, datetime]
"""A row of the outbox that names a time, and when it was sent."""


def _shown(named: list[Naming]) -> str:
    return ", ".join(f"{row} at {sent:%Y-%m-%dT%H:%M}" for row, sent in named)


class Books:
    """The books of one zone: what was sent, at which moments the program was there, and its database."""

    def __init__(self, folder: Path, zone: str, first: date, last: date) -> None:
        self._folder, self._zone = folder, zone
        self._wall = Wall(ZoneInfo(zone), first, last)
        self._first, self._last = first, last
        self.account = Account()
        self._messages: dict[int, Message] = {}
        for line in (folder / "sent").read_text("utf-8").splitlines():
            sent = json.loads(line)
            if not REMINDER.match(sent["text"]):
                continue  # that a promise is on the board now
            at = datetime.fromtimestamp(sent["at"], UTC)
            message = self._messages.setdefault(sent["row"], Message(sent["chat"] - 1, []))
            message.sends.append((at, sent["text"]))
            if not sent["silent"] and is_quiet(KEEPERS[message.keeper], self._wall.shows(at)):
                message.rang = True
        # The clock goes back at times; what was due by the latest it showed has been done.
        self._done: list[datetime] = []
        for seconds, what in MOMENT.iter_unpack((folder / "moments").read_bytes()):
            at = datetime.fromtimestamp(seconds, UTC)
            if what and (not self._done or at > self._done[-1]):
                self._done.append(at)

    def reckon(self) -> Account:
        """Everything."""
        self.account.messages = len(self._messages)
        self.account.resent = sum(len(message.sends) - 1 for message in self._messages.values())
        self._one_a_day()
        named = self._read()
        rows: defaultdict[int, list[datetime]] = defaultdict(list)
        with sqlite3.connect(f"file:{self._folder / 'bot.db'}?mode=ro", uri=True) as db:
            for pledge, starts in db.execute("SELECT pledge, starts_at FROM occurrences"):
                rows[pledge].append(datetime.fromisoformat(starts))
        for number, promise in enumerate(PROMISES, start=1):
            times = occurrences(promise, self._wall, self._first, self._last)
            known = {begin for begin, _ in times}
            after = self._wall.first(self._last, 0)
            for begin in {each for each in rows[number] if each not in known and each < after}:
                self._say("duplicate", f"promise {number} is never due at {begin}")
            moments = self._moments(promise.keeper)
            for begin, end in times:
                if rows[number].count(begin) > 1:
                    self._say("duplicate", f"promise {number} is due twice at {begin}")
                self._one_time(number, begin, end, moments, named[number, begin])
        for (number, begin), found in named.items():
            if begin is None:
                self._say("duplicate", f"promise {number} was spoken of at a time it is never due: {found[0]}")
        return self.account

    def _say(self, figure: str, sentence: str) -> None:
        setattr(self.account, figure, getattr(self.account, figure) + 1)
        self.account.wrong.append(f"{figure}: {self._zone}, {sentence}")

    def _one_a_day(self) -> None:
        days: defaultdict[tuple[int, date], list[Message]] = defaultdict(list)
        for message in self._messages.values():
            for day in {self._wall.shows(at).date() for at, _ in message.sends}:
                days[message.keeper, day].append(message)
        for (keeper, day), found in days.items():
            if len(found) > 1:
                self._say("duplicate", f"keeper {keeper} got {len(found)} messages on {day}: {[str(m) for m in found]}")
            if any(message.rang for message in found):
                self.account.wrong.append(f"{self._zone}: keeper {keeper} was disturbed in quiet hours on {day}")

    def _moments(self, keeper: int) -> list[tuple[datetime, datetime]]:
        """(when a list was wished for, the moment by which it must have come)."""
        found = []
        at = 0
        for wished in lists(KEEPERS[keeper], self._wall, self._first, self._last):
            while at < len(self._done) and (
                self._done[at] < wished or is_quiet(KEEPERS[keeper], self._wall.shows(self._done[at]))
            ):
                at += 1
            if at < len(self._done):
                found.append((wished, self._done[at]))
        return found

    def _read(self) -> defaultdict[tuple[int, datetime | None], list[Naming]]:
        """In which messages each time of each promise is named."""
        shown: dict[tuple[int, str], list[datetime]] = defaultdict(list)
        for number, promise in enumerate(PROMISES, start=1):
            for begin, _ in occurrences(promise, self._wall, self._first, self._last + timedelta(days=30)):
                at = self._wall.shows(begin)
                day = f"{at:%a} {at.day} {at:%b}"
                shown[number, f"{day} {at:%H:%M}" if promise.minutes else day].append(begin)
        named: defaultdict[tuple[int, datetime | None], list[Naming]] = defaultdict(list)
        for row, message in self._messages.items():
            for sent, text in message.sends:
                if "Soon: " in text:
                    continue  # the second message of those who ask for it
                for part in text.split("\n\n"):
                    found = PROMISE.match(part)
                    for name in TIME.findall(found[2]) if found else ():
                        assert found is not None
                        number = int(found[1])
                        near = [at for at in shown[number, name] if abs(at - sent) < timedelta(days=60)]
                        named[number, near[0] if near else None].append((row, sent))
        return named

    def _one_time(
        self, number: int, begin: datetime, end: datetime, moments: list[tuple[datetime, datetime]], named: list[Naming]
    ) -> None:
        if not moments or begin < moments[0][0] or begin >= moments[-1][0]:
            return  # before the first list, or after the last
        what = f"promise {number} at {self._wall.shows(begin)}"
        following = [wished for wished, _ in moments[1:]] + [datetime.max.replace(tzinfo=UTC)]
        by = next(
            (by for (_, by), until in zip(moments, following, strict=True) if begin < until and end > by - KEPT), None
        )
        coming = {row for row, sent in named if begin > sent}
        over = {row for row, sent in named if end <= sent}
        if by is None or end <= by - KEPT:
            self.account.too_old += not named
            return
        self.account.expected += 1
        if not any(sent <= by for _, sent in named):
            self._say("missing", f"{what}: not named by {by}, {_shown(named)}")
            return
        self.account.present += 1
        self.account.late_merged += all(sent >= end for _, sent in named)
        answers = KEEPERS[PROMISES[number - 1].keeper].answers
        if len(coming) > 1:
            self._say("duplicate", f"{what}: announced more than once: {_shown(named)}")
        elif answers and len(over) > 1:
            self._say("duplicate", f"{what}: answered, and asked about again: {_shown(named)}")
