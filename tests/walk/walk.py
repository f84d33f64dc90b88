"""A random walk through all that people can do, good and bad, without a network.

It knows no flow, command or button by name: flows are those of the engine, commands and families of buttons those of
the features (`bot/features.py`), and the buttons it presses those on people's screens.
"""

import json
import random
import re
from collections import Counter
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

from telegram import User

from bot.background.figures_counter import FiguresCounter
from bot.background.scheduler import Scheduler
from bot.community.community_file import EXAMPLE, load_community
from bot.handling.loop import Loop
from bot.handling.routing import build_application
from bot.kit.alarm import Alarm
from bot.kit.request import Request
from bot.tasks import authors, chunk_tasks, tasks
from domain.community import Community
from domain.figures.periods import Period
from domain.notices.audience import Audience
from domain.notices.notices import ALONE_AFTER, NoticeKind
from domain.people.rights import Role
from domain.pledges.pledges import Kind, Plan
from domain.projects.projects import Step
from domain.repairs.dispatch import EVERYWHERE
from domain.repairs.repairs import Urgency
from handlers.kit.update_context import CallbackAnswer, Setup
from services.figures import all_figures
from services.figures.report_figures import Asked
from services.notices import notices
from services.notices.notices import NewNotice
from services.pledges import pledges, reminder_schedule
from services.pledges.pledges import Promise
from services.projects import bundling, calling_in, leading, milestones, stages
from services.projects import making as projects
from services.projects import words as project_words
from services.projects.words import NewWord
from services.repairs import jobs, repairs
from services.reports import declining, submitting, working
from services.reports.submitting import NewReport
from services.staff_room import flooding, staff_chat
from services.volunteers import volunteers as volunteering
from storage.core import chats, events, inbox, taken_away
from storage.core.database import Database, Transaction
from storage.core.instants import to_text
from storage.people import people
from storage.people.people import Person
from storage.reports.reports import NewPart
from storage.volunteers.volunteers import Profile
from tests.bot.counting_here import CountingHere
from tests.services.figures.community_by_hand import as_it_stands, known_of
from tests.support import FEATURES
from tests.walk.deeds import BOT, GROUP, OF_ROLE, ONLOOKER, PEOPLE, RESIDENTS, TEAM, Deed, Deeds
from tests.walk.forging import WEIRD, kind, spoilt, written
from tests.walk.screens import Json, Screens

TOKEN = "4242:WALK-WALK"
HANDLERS = Path(__file__).resolve().parents[2] / "handlers"
LAST = 2**62
NOWHERE = "http://127.0.0.1:1"
SLEEPS = (0.02, 0.3, 3, 20, 96, 200)
"""Hours that may pass: until a reminder, until morning, until a question is closed."""
ALBUM = timedelta(seconds=10)


class Heard:
    """The answers to presses."""

    def __init__(self) -> None:
        self.ids: set[str] = set()

    def send(self, answer: CallbackAnswer) -> None:
        """Keep that a press was answered."""
        self.ids.add(answer.query_id)


class Walk:
    """People, the bot's loop and its clock. `step` does one thing and looks whether anybody is left alone with it."""

    def __init__(self, folder: Path, seed: int, counts: Counter[str] | None = None) -> None:
        self.seed = seed
        self.counts = Counter() if counts is None else counts
        """How often each kind of thing was done, perhaps in earlier walks too."""
        self.entered: set[str] = set()
        """The flows somebody was in."""
        self.happened: Counter[str] = Counter()
        """What came of it, when it has ended: how often each event happened, and how often many were answered."""
        self.now = datetime(2026, 11, 25, 2, tzinfo=UTC)
        self._media = folder / "media"
        self.database = Database(folder / f"{seed}.db", lambda: self.now)
        self._dice = random.Random(seed)
        self._screens = Screens()
        self._deeds = Deeds(self._dice, self._screens, self.counts)
        self._heard = Heard()
        self._community = load_community(EXAMPLE)
        self._updates = 0
        self._done: list[str] = []

    @property
    def families(self) -> Counter[str]:
        """The families of all buttons that were shown to anybody, and how often."""
        return self._screens.families

    async def begin(self) -> None:
        """Set the scene."""
        await self._start()
        await self.database.run(_set_the_scene, self._community)

    async def end(self, *, whole: bool = True) -> None:
        """Close the file. `whole`: nobody has changed a row by hand, so figures must say what the tables say."""
        self.happened = await self.database.read(_happened)
        if whole:
            await self.database.read(_figures_agree, self._community)
        await self.database.close()

    async def step(self) -> None:
        """Somebody does something, time passes, or the bot is killed. Raises AssertionError when something is wrong."""
        self.now += timedelta(seconds=self._dice.random() * 2)
        chance = self._dice.random()
        if chance < 0.03:
            await self._time_passes()
        elif chance < 0.035:
            self._note("killed and started", "restart")
            await self.database.close()
            await self._start()
        else:
            await self._somebody_acts()
        # The file of what was taken away is not written here.
        await self.database.run(taken_away.written, LAST)
        await self.database.run(self._screens.deliver, self._authors)
        await self.database.run(self._look)

    async def forge(self, tried: set[str], most: int) -> int:
        """Spoil buttons that are on people's screens and whose kind was not tried yet, each in at most `most` ways.

        Pressed by whom it was shown to and by an admin; returns how many presses that were.
        """
        updates: list[Json] = []
        for where in (GROUP, *PEOPLE):
            for number, button in self._screens.ever(where):
                data = button.get("callback_data")
                if data is None or kind(data) in tried:
                    continue
                tried.add(kind(data))
                for way in self._some(list(dict.fromkeys(spoilt(data))), most):
                    for who in {where if where != GROUP else OF_ROLE[Role.STAFF], OF_ROLE[Role.ADMIN]}:
                        updates.append(self._deeds.pressed(who, where, number, way).update)
        return await self._all(updates)

    async def forge_written(self, most: int) -> int:
        """Press `most` buttons of each family as the source writes them, as they are and spoilt, in private and in the
        group; and follow links with nonsense behind each of their beginnings. Returns how many updates that were."""
        by_family: dict[str, list[str]] = {}
        for data in written(HANDLERS, set(FEATURES.buttons)):
            by_family.setdefault(data.partition(":")[0], []).append(data)
        updates: list[Json] = []
        for found in by_family.values():
            for data in self._some(found, most):
                # Mostly a version: the right one by chance.
                data = f"{data[:-1]}{self._dice.randint(0, 6)}" if data.endswith(":0") else data
                for way in (data, *self._some(list(dict.fromkeys(spoilt(data))), 1)):
                    who = self._dice.choice((*PEOPLE, *OF_ROLE.values()))
                    where = self._dice.choice((who, GROUP))
                    updates.append(self._deeds.pressed(who, where, self._dice.randint(1, 99), way).update)
        for beginning in FEATURES.deep_links:
            for way in WEIRD:
                text = f"/start {beginning}{way}"
                updates.append(self._deeds.says(self._dice.choice(PEOPLE), text).update)
        return await self._all(updates)

    def _some(self, among: list[str], most: int) -> list[str]:
        return self._dice.sample(among, min(most, len(among)))

    async def _all(self, updates: list[Json]) -> int:
        for at in range(0, len(updates), 50):
            chunk = []
            for each in updates[at : at + 50]:
                self._updates += 1
                self._note(json.dumps(each, ensure_ascii=False), "forged")
                chunk.append({"update_id": self._updates, **each})
            await self.database.run(inbox.store, chunk)
            while await self._loop._batch():
                pass
            await self.database.run(self._none_set_aside)
        await self.database.run(self._screens.deliver, self._authors)
        return len(updates)

    async def _start(self) -> None:
        await self.database.open()
        # What a power cut does is tried elsewhere, and a walk is long.
        await self.database.run_in_database_thread(self.database.connection.execute, "PRAGMA synchronous=OFF")
        request = Request(NOWHERE, TOKEN)
        application = build_application(TOKEN, NOWHERE, request, FEATURES)
        application._initialized = True
        application.bot._bot_user = User(int(BOT["id"]), "RV", True, username=str(BOT["username"]))
        application.bot._initialized = True
        setup = Setup(self._community, int(BOT["id"]), str(BOT["username"]), self._media, FEATURES)
        self.database.record, self.database.publisher = events.record, setup.publish
        few = replace(self._community, care=replace(self._community.care, writes_a_lot=3))
        self.database.fold = flooding.fold(few)  # so that what is folded is walked through, too
        self._loop = Loop(self.database, application, setup, self._heard, Alarm(self.database, request, setup))  # type: ignore[arg-type]
        self._authors = authors(setup)
        self._figures = FiguresCounter(self.database, setup, CountingHere(self.database))
        self._scheduler = Scheduler(self.database, tasks(setup), chunk_tasks(setup))

    async def _time_passes(self) -> None:
        hours = self._dice.choice(SLEEPS)
        self.now += timedelta(hours=hours)
        self._note(f"{hours} hours pass", "time")
        await self._scheduler.tick()

    async def _somebody_acts(self) -> None:
        who = self._dice.choice((*RESIDENTS, *RESIDENTS, *OF_ROLE.values(), *TEAM, ONLOOKER))
        in_group = who == ONLOOKER or (who in TEAM and self._dice.random() < 0.6)
        deed = self._deeds.something(who, GROUP if in_group else who)
        self._updates += 1
        self._note(json.dumps({"who": who, **deed.update}, ensure_ascii=False), deed.kind)
        chat = deed.update["message"]["chat"]["id"] if deed.answer == "message" else 0
        before = await self.database.run(_outgoing, chat)
        await self.database.run(inbox.store, [{"update_id": self._updates, **deed.update}])
        while await self._loop._batch():
            pass
        await self._figures.do_due()
        await self.database.run(self._was_answered, deed, chat, before)

    def _was_answered(self, tx: Transaction, deed: Deed, chat: int, before: list[Json]) -> None:
        if deed.answer == "press":
            assert deed.update["callback_query"]["id"] in self._heard.ids, self._tell("a press got no answer")
        elif deed.answer == "message":
            assert _outgoing(tx, chat) != before, self._tell("a private message got no answer")

    def _none_set_aside(self, tx: Transaction) -> None:
        aside = tx.query("/* ours */ SELECT error, body FROM inbox WHERE state <> 'done'")
        assert not aside, self._tell(f"set aside: {[(row['error'], row['body'][-400:]) for row in aside]}")

    def _look(self, tx: Transaction) -> None:
        """Nobody is stuck, nothing was set aside, and nothing was written that Telegram refuses."""
        self._none_set_aside(tx)
        failed = tx.query("/* ours */ SELECT kind, subject, data FROM scheduled_tasks WHERE tries > 0")
        assert not failed, self._tell(f"a duty failed: {[tuple(row) for row in failed]}")
        assert not self._screens.wrong, self._tell(self._screens.wrong[0])
        for row in tx.query(
            "/* ours */ SELECT conversations.id, flow, step, chats.telegram_id, unreachable, message_id, "
            "(SELECT min(not_before) FROM outbox WHERE card = cards.id AND outbox.state = 'waiting') AS shown_at "
            "FROM conversations "
            "JOIN chats ON chats.id = conversations.chat LEFT JOIN cards ON cards.id = card "
            "WHERE conversations.state = 'open'"
        ):
            self.entered.add(row["flow"])
            shown = [each for each in self._screens.of(row["telegram_id"]) if each.id == row["message_id"]]
            data = [button["callback_data"] for each in shown for button in each.buttons()]
            wanted = f"f:{row['id']}:{row['step']}:"
            # Behind the first part of an album the question waits a moment for the others.
            soon = row["shown_at"] is not None and row["shown_at"] < to_text(self.now + ALBUM)
            open_ = any(each.startswith(wanted) for each in data) or row["unreachable"] is not None
            assert open_ or soon, self._tell(f"no button for {wanted} of {row['flow']}: {data}")
        rows = tx.query("/* ours */ SELECT count(*) AS n FROM conversations WHERE state = 'open' GROUP BY chat, person")
        assert all(row["n"] == 1 for row in rows), self._tell("two questions at once")

    def _note(self, what: str, kind: str) -> None:
        self.counts[re.sub(r"\d+", "#", kind)] += 1
        self._done.append(what[:400])

    def _tell(self, what: str) -> str:
        return "\n".join([f"seed {self.seed}, step {len(self._done)}: {what}", "the last steps:", *self._done[-8:]])


def _set_the_scene(tx: Transaction, community: Community) -> None:
    staff_chat.choose_by_setting(tx, GROUP, staff_chat.meet(tx, GROUP, "supergroup", "Staff", True))
    for role, number in OF_ROLE.items():
        person = people.meet(tx, number, f"P{number}", None, "en")
        chats.meet(tx, number, "private", None, False)
        people.set_started(tx, person.id)
        people.grant(tx, person.id, role, None)
    # A report that was declined and one said to be fixed: chance would seldom get so far, and what comes after it is
    # worth a walk.
    lead = people.by_telegram_id(tx, OF_ROLE[Role.LEAD])
    assert lead is not None
    declined, fixed = (_report(tx, community, each) for each in RESIDENTS[:2])
    declining.decline(tx, community, lead, declined, community.reasons[0].code)
    working.resolve(tx, community, lead, fixed, [NewPart("text", text="It has a new seat")])
    # And promises of which there is something to say from the first minute.
    for number in (OF_ROLE[Role.PLEDGER], OF_ROLE[Role.PLEDGER], OF_ROLE[Role.REPRESENTATIVE]):
        maker = people.by_telegram_id(tx, number)
        assert maker is not None
        plan = Plan(Kind.ONCE, datetime(2026, 11, 25), until=date(2027, 12, 31))
        promised = pledges.make(tx, community, maker, Promise("I keep the stairs clean", plan, show_name=True))
        pledges.approve(tx, community, lead, promised)
    tx.execute(
        "/* ours */ UPDATE scheduled_tasks SET next_due = ? WHERE kind = ?",
        (to_text(tx.now), reminder_schedule.WEEK_KIND),
    )
    _repairs(tx, community)
    _notices(tx, community, lead)
    _projects(tx, community, lead)


def _projects(tx: Transaction, community: Community, lead: Person) -> None:
    """All of the team lead one with reports, a milestone and a word to who made them, so that they have its buttons."""
    team = [people.by_telegram_id(tx, number) for number in (*OF_ROLE.values(),)]
    for title in ("The bench at the pond", "The lamps"):
        leads = [each.id for each in team if each is not None and each.id != lead.id]
        project = projects.make(tx, community, lead, title, None, leads[: leading.MOST])
        milestones.add(tx, community, lead, project.id, "The wood is ordered", None)
    for number in RESIDENTS:
        bundling.add(tx, lead, project.id, _report(tx, community, number))
    stages.move(tx, lead, project.id, Step.DELIVER)
    project_words.say(tx, lead, project.id, NewWord([("en", "The wood comes in May"), ("zh_Hans", "木料五月到货")]))
    calling_in.call_in(tx, community, lead, project.id, [community.departments[0].code])
    for _ in range(5):  # so many that a project is suggested of them
        _report(tx, community, RESIDENTS[2])


def _notices(tx: Transaction, community: Community, lead: Person) -> None:
    """Some are going out, one waits for a second yes, and to one nobody has said yes for five minutes."""
    usual = [(f"A party on day {day}", False) for day in range(5)]
    for words, urgent in (*usual, ("Water is off now", True), ("Gas is off now", True)):
        new = NewNotice(NoticeKind.NEWS, Audience(), [(None, words)], urgent=urgent)
        newest = notices.write(tx, community, lead, new)
    tx.execute(
        "/* ours */ UPDATE scheduled_tasks SET next_due = ? WHERE kind = ? AND subject = ?",
        (to_text(tx.now), notices.UNCONFIRMED_KIND, f"notice:{newest}"),
    )
    tx.execute("/* ours */ UPDATE notices SET changed_at = ? WHERE id = ?", (to_text(tx.now - ALONE_AFTER), newest))


def _repairs(tx: Transaction, community: Community) -> None:
    """A volunteer at work: one repair is said to be done, one is free, to another they are on the way."""
    volunteer = people.by_telegram_id(tx, OF_ROLE[Role.VOLUNTEER])
    assert volunteer is not None
    offer = Profile(("plumbing",), (EVERYWHERE,), True, (), 99, True, "021 5555", True)
    volunteering.offer(tx, community, volunteer, offer)
    asked = repairs.Request([NewPart("text", text="The tap drips")], "plumbing", Urgency.TODAY, "b3-2", "Flat 502")
    first, second = (people.by_telegram_id(tx, number) for number in RESIDENTS[:2])
    assert first is not None and second is not None
    done, _free, coming = (repairs.ask(tx, community, owner, asked) for owner in (first, first, second))
    for repair in (done, coming):
        jobs.take(tx, community, volunteer, repair)
    jobs.finish(tx, community, volunteer, done)
    jobs.say_when(tx, community, volunteer, coming, tx.now + timedelta(hours=2), whole_day=False)
    jobs.set_out(tx, community, volunteer, coming)


def _report(tx: Transaction, community: Community, number: int) -> int:
    reporter = people.meet(tx, number, f"P{number}", None, "en")
    chats.meet(tx, number, "private", None, False)
    people.set_started(tx, reporter.id)
    return submitting.submit(
        tx, community, reporter, NewReport([NewPart("text", text="The bench at the pond is broken")])
    )


def _figures_agree(tx: Transaction, community: Community) -> None:
    """Of all time, up to now, the record and the tables come to the same."""
    period = Period(date(2020, 1, 1), date(2100, 1, 1))
    found = all_figures.of_period(tx, community, Asked(period), tx.now)
    assert found is not None
    assert known_of(found) == as_it_stands(tx)


def _happened(tx: Transaction) -> Counter[str]:
    found = Counter({str(row["kind"]): int(row["n"]) for row in tx.query(
        "/* ours */ SELECT kind, count(*) AS n FROM events GROUP BY kind")})  # fmt: skip
    found["a notice is answered"] = tx.number("/* ours */ SELECT count(*) FROM reports WHERE notice IS NOT NULL")
    found["a project's word is answered"] = tx.number(
        "/* ours */ SELECT count(*) FROM events WHERE kind = 'report.added' AND data LIKE '%\"thread\": \"project:%'"
    )
    return found


def _outgoing(tx: Transaction, chat: int) -> list[Json]:
    """What is still to be said in a chat."""
    rows = tx.query(
        "/* ours */ SELECT outbox.id, content, not_before FROM outbox JOIN chats ON chats.id = chat "
        "WHERE telegram_id = ? "
        "AND state IN ('pending', 'waiting') ORDER BY outbox.id",
        (chat,),
    )
    return [dict(row) for row in rows]
