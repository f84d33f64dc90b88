"""A neighbourhood with a past: so many reports with all that hangs on them, written straight into a new database file.

Most are closed; of those still open most are young. Kinds, places, languages and people are spread as in life: some
places and some people have more to say than others. The search is filled by the bot's own task.
"""

import math
import random
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path

from benchmarks.neighbourhood_words import ANSWERS, TROUBLES, Trouble, report, title
from benchmarks.stand_in import STAFF_CHAT
from domain.community import Area, Community
from services.staff_room import searching, staff_chat
from storage.core import settings
from storage.core.database import Database, Transaction
from storage.core.instants import to_text
from storage.people import people
from storage.staff_room import search

FIRST_RESIDENT = 500_001
FIRST_STAFF = 2_001
STAFF = 10
FIRST_MESSAGE = 10_000_000
"""Above what the stand-in gives its own."""
REPORTS_A_PERSON = 5
CHUNK = 2_000
INTERVAL = timedelta(minutes=45)
"""From one report to the next: a hundred thousand come in eight and a half years."""
CLOSED = (("confirmed", 60), ("unanswered", 18), ("declined", 10), ("withdrawn", 5), ("merged", 7))
OPEN = (("new", 30), ("taken", 22), ("started", 18), ("handed_on", 10), ("resolved", 13), ("reopened", 7))


class Neighbourhood:
    """Writes itself into a file. The same numbers and seed make the same neighbourhood, up to today's date."""

    def __init__(
        self, community: Community, reports: int, open_: int, seed: int = 1, interval: timedelta = INTERVAL
    ) -> None:
        self._community = community
        self._interval = interval
        self._say = random.Random(f"{seed} {reports} {open_}")
        self._count = reports
        self._open = self._which_are_open(open_)
        self._now = datetime.now(UTC)
        areas = list(community.all_areas())
        self._areas: list[Area] = areas
        self._weights = [1 / (1 + place) for place in range(len(areas))]
        self.residents = max(50, reports // REPORTS_A_PERSON)
        self._message = FIRST_MESSAGE

    async def write(self, path: Path) -> None:
        """Make the file at `path`."""
        database = Database(path, lambda: datetime.now(UTC))
        await database.open()
        try:
            await database.run(self._people)
            for first in range(1, self._count + 1, CHUNK):
                await database.run(self._reports, range(first, min(first + CHUNK, self._count + 1)))
            while await database.run(self._searchable):
                pass
        finally:
            await database.close()

    async def open_more(self, path: Path, count: int) -> None:
        """Have so many be open in the file this neighbourhood was written into: nobody has come to them yet."""
        closed = [number for number in range(1, self._count + 1) if number not in self._open]
        numbers = self._say.sample(closed, count - len(self._open))
        database = Database(path, lambda: datetime.now(UTC))
        await database.open()
        try:
            await database.run(self._reopen, numbers)
            while await database.run(self._searchable):
                pass
        finally:
            await database.close()

    def _reopen(self, tx: Transaction, numbers: list[int]) -> None:
        for number in numbers:
            tx.execute(
                "UPDATE reports SET state = 'new', assignee = NULL, closed_at = NULL, merged_into = NULL WHERE id = ?",
                (number,),
            )
            tx.execute("INSERT INTO search_waiting (report) VALUES (?)", (number,))

    def _which_are_open(self, count: int) -> frozenset[int]:
        """The younger, the more likely."""
        found: set[int] = set()
        while len(found) < count:
            age = int(self._say.expovariate(1) * count * 2)
            if age < self._count:
                found.add(self._count - age)
        return frozenset(found)

    def _people(self, tx: Transaction) -> None:
        now = to_text(tx.now)
        staff_chat.choose_by_setting(tx, STAFF_CHAT, staff_chat.meet(tx, STAFF_CHAT, "supergroup", "Staff", True))
        self._staff_chat = settings.staff_chat(tx)
        self._staff: list[int] = []
        self._private: dict[int, int] = {}
        known = [(FIRST_STAFF + number, "staff" if number else "lead") for number in range(STAFF)]
        known += [(FIRST_RESIDENT + number, "") for number in range(self.residents)]
        for number, (telegram_id, role) in enumerate(known):
            language = "en" if number % 2 == 0 or role else "zh_Hans"
            person = tx.insert(
                "INSERT INTO people (telegram_id, name, language, chose_language, started, created_at) "
                "VALUES (?, ?, ?, 1, 1, ?)",
                (telegram_id, f"Person {telegram_id}", language, now),
            )
            self._private[person] = tx.insert(
                "INSERT INTO chats (telegram_id, kind, created_at) VALUES (?, 'private', ?)", (telegram_id, now)
            )
            if role:
                people.grant(tx, person, role, None)
                self._staff.append(person)
        self._first = min(set(self._private) - set(self._staff))

    def _reports(self, tx: Transaction, numbers: Sequence[int]) -> None:
        for number in numbers:
            self._report(tx, number)

    def _report(self, tx: Transaction, number: int) -> None:
        say = self._say
        trouble = say.choice(TROUBLES)
        area = say.choices(self._areas, self._weights)[0] if say.random() < 0.9 else None
        # Some speak often, most seldom; nobody speaks for hundreds.
        person = self._first + min(int(self.residents * say.random() ** 1.5), self.residents - 1)
        language = int((person - self._first + STAFF) % 2)
        created = self._now - self._interval * (self._count - number + say.random())
        state, assignee = self._state(number)
        open_ = number in self._open
        done = state in ("confirmed", "unanswered", "resolved", "reopened")
        changed = created if state == "new" else created + timedelta(days=say.uniform(0.1, 6))
        changed = min(changed, self._now)
        category = self._community.category(trouble.kind)
        assert category is not None
        due = created + timedelta(days=3)
        if open_:
            due = category.deadline.due(created, self._community.hours)
        titled = title(say, trouble) if state != "new" and say.random() < 0.6 else None
        tx.execute(
            "INSERT INTO reports (id, person, state, version, category, area, place, title, assignee, due_at, rounds, "
            "created_at, changed_at, closed_at, about_person, merged_into, state_before, handed_to, handed_at, "
            "ask_again_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            (
                number, person, state, say.randint(1, 5), trouble.kind, area.code if area else None,
                None if area else "beside my house", titled, assignee, to_text(due), int(done), to_text(created),
                to_text(changed), None if open_ else to_text(changed), int(category.about_person),
                max(1, number - say.randint(1, 50)) if state == "merged" else None,
                "new" if state == "merged" else None,
                *(("water", to_text(changed), to_text(self._now + timedelta(days=say.randint(1, 9))))
                  if state == "handed_on" else (None, None, None)),
            ),
        )  # fmt: skip
        tx.execute("INSERT INTO search_waiting (report) VALUES (?)", (number,))
        if open_ and due > self._now + timedelta(hours=2) and state != "resolved":
            tx.execute(
                "INSERT INTO scheduled_tasks (kind, subject, next_due, data, occurrence) VALUES ('deadline', ?, ?, "
                "json_object('stage', 'late', 'due_at', ?), ?)",
                (f"report:{number}", to_text(due), to_text(due), f"deadline:{number}"),
            )
        self._said(tx, number, person, trouble, language, created, done, state)

    def _state(self, number: int) -> tuple[str, int | None]:
        states, weights = zip(*(OPEN if number in self._open else CLOSED), strict=True)
        state = self._say.choices(states, weights)[0]
        return state, None if state in ("new", "withdrawn", "merged") else self._say.choice(self._staff)

    def _said(
        self, tx: Transaction, number: int, person: int, trouble: Trouble, language: int, created: datetime,
        done: bool, state: str,
    ) -> None:  # fmt: skip
        """Parts, messages, cards, events, verdicts, those who joined."""
        say, about, at = self._say, f"report:{number}", to_text(created)
        private, staff = self._private[person], say.choice(self._staff)
        heard = self._message_of(tx, private, about, "part", incoming=True)
        said = [(person, "report", report(say, trouble, language), heard)]
        if say.random() < 0.4:
            heard = self._message_of(tx, private, about, "part", incoming=True)
            said.append((person, "addition", report(say, trouble, language), heard))
        if done:
            said += [(staff, purpose, say.choice(ANSWERS)[language], None) for purpose in ("answer", "resolution")]
        for who, purpose, text, message in said:
            tx.execute(
                "INSERT INTO report_parts (report, person, purpose, kind, text, message, created_at) "
                "VALUES (?, ?, ?, 'text', ?, ?, ?)",
                (number, who, purpose, text, message, at),
            )
        for chat, role in ((private, "status"), (self._staff_chat, "staff")):
            self._card(tx, chat, about, role, at)
        happened = ["report.submitted", *(["report.taken", "report.started"] if state != "new" else [])]
        happened += ["report.answered", "report.resolved"] if done else []
        happened += {"confirmed": ["report.confirmed"], "reopened": ["report.reopened"]}.get(state, [])
        for kind in happened:
            tx.execute(
                "INSERT INTO events (at, actor, subject, kind, data) VALUES (?, ?, ?, ?, '{\"round\": 1}')",
                (at, person if kind == "report.submitted" else staff, about, kind),
            )
        if done:
            answer = {"confirmed": "yes", "reopened": "no"}.get(state)
            tx.execute(
                "INSERT INTO verdicts (report, round, person, asked_at, answer) VALUES (?, 1, ?, ?, ?)",
                (number, person, at, answer),
            )
        joined = min(int(say.expovariate(2)), 9)
        for _ in range(joined):
            tx.execute(
                "INSERT INTO supports (report, person, created_at) VALUES (?, ?, ?) ON CONFLICT DO NOTHING",
                (number, self._first + (person * 7 + say.randint(1, 40)) % self.residents, at),
            )
        tx.execute(
            "INSERT INTO conversations (chat, person, flow, step, draft, state, touched_at) "
            "VALUES (?, ?, 'report', 'summary', '{}', 'ended', ?)",
            (private, person, at),
        )

    def _message_of(
        self, tx: Transaction, chat: int | None, about: str, purpose: str, *, incoming: bool, card: int | None = None
    ) -> int:
        self._message += 1
        return tx.insert(
            "INSERT INTO messages (chat, message_id, incoming, subject, purpose, card) VALUES (?, ?, ?, ?, ?, ?)",
            (chat, self._message, int(incoming), about, purpose, card),
        )

    def _card(self, tx: Transaction, chat: int | None, about: str, role: str, at: str) -> None:
        card = tx.insert(
            "INSERT INTO cards (chat, subject, role, message_id, created_at) VALUES (?, ?, ?, ?, ?)",
            (chat, about, role, self._message + 1, at),
        )
        self._message_of(tx, chat, about, "card", incoming=False, card=card)

    def _searchable(self, tx: Transaction) -> bool:
        """Some more of it is found by its words; False when all is."""
        for _ in range(math.ceil(CHUNK / searching.CHUNK)):
            searching.put_in(tx, self._community)
        return bool(search.waiting(tx, 1))
