"""Repairs: what choosing the volunteers costs among many of them, and that of many who tap at once exactly one wins."""

import asyncio
import random
import tempfile
import time
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from statistics import mean
from typing import Any

from telegram import Update

from benchmarks.section import Plan, say
from bot.community.community_file import EXAMPLE, load_community
from bot.features import joined
from domain.community import Community
from domain.events import RepairOffered
from domain.people.rights import Role
from domain.repairs.repairs import Urgency
from handlers.kit.refusals import handle_service_errors
from handlers.kit.update_context import CallbackAnswer, Setup, arrive
from handlers.repairs import repair_offers
from handlers.telegram.reading import read_update
from handlers.volunteers.volunteering import READY_HOURS
from services.repairs import repairs
from services.repairs.repairs import Request
from storage.core import chats, events
from storage.core.database import Database, Transaction
from storage.people import people
from storage.people.people import Person
from storage.repairs import offers
from storage.reports.reports import NewPart
from storage.volunteers import volunteers
from storage.volunteers.volunteers import Profile

FEW = 10
"""A tenth as many volunteers, to see how the cost grows."""
TAPPING = 50
BOT = 4242
FIRST_VOLUNTEER, FIRST_RESIDENT = 100_001, 500_001
DAY = datetime(2026, 3, 2, 2, 0, tzinfo=UTC)  # ten on a Monday morning where the example's estate is
TAKEN, LATE = "It is yours", "is taken, thank you!"


async def measure(plan: Plan) -> dict[str, Any]:
    """The cost of asking for a repair among many volunteers and open requests; then the race."""
    with tempfile.TemporaryDirectory() as name:
        many = await _cost(Path(name) / "many", plan.volunteers, plan.requests)
        few = await _cost(Path(name) / "few", max(plan.volunteers // FEW, TAPPING), plan.requests)
        winners, refused = await _race(Path(name) / "race", plan.races)
    say(
        f"a request among {plan.volunteers:,} volunteers and {plan.requests:,} open ones: {many:.2f} ms CPU, "
        f"among a tenth of them {few:.2f} ms; {plan.races} times {TAPPING} tap at once: "
        f"{min(winners)} to {max(winners)} winners, {min(refused)} to {max(refused)} thanked"
    )
    return {
        "dispatch": {
            "cpu_ms_per_request": round(many, 3),
            "cpu_ms_per_request_among_a_tenth": round(few, 3),
            "race_rounds": plan.races,
            "winners_min": min(winners),
            "winners_max": max(winners),
            "refusals_min": min(refused),
        }
    }


async def _cost(folder: Path, count: int, requests: int) -> float:
    """Mean milliseconds of CPU for one request, offers and messages written, with as many open as there will be."""
    database, setup = await _opened(folder)
    dice = random.Random(3)
    try:
        await database.run(lambda tx: _volunteers(tx, setup.community, count, dice))
        for number in range(requests):
            await database.run(_ask, setup.community, FIRST_RESIDENT + number, dice)
        costs = [
            await database.run(_timed, lambda tx, number=number: _ask(tx, setup.community, number, dice))
            for number in range(FIRST_RESIDENT + requests, FIRST_RESIDENT + requests + 100)
        ]
    finally:
        await database.close()
    return mean(costs) * 1000


def _timed(tx: Transaction, deed: Callable[[Transaction], object]) -> float:
    before = time.thread_time()
    with tx.savepoint():
        deed(tx)
    return time.thread_time() - before


async def _race(folder: Path, rounds: int) -> tuple[list[int], list[int]]:
    """In each round the same volunteers tap in the same instant; how many won, and how many were thanked kindly."""
    database, setup = await _opened(folder)
    dice = random.Random(5)
    winners, refused = [], []
    try:
        tapping = await database.run(lambda tx: _volunteers(tx, setup.community, TAPPING, dice))
        for round_ in range(rounds):
            number = await database.run(_ask, setup.community, FIRST_RESIDENT + round_, dice)
            await database.run(_offer_to, number, tapping)
            dice.shuffle(tapping)
            said = await asyncio.gather(*(database.run(_tap, setup, who, number) for who in tapping))
            winners.append(sum(TAKEN in each for each in said))
            refused.append(sum(LATE in each for each in said))
            await database.run(_check, number)
    finally:
        await database.close()
    return winners, refused


async def _opened(folder: Path) -> tuple[Database, Setup]:
    setup = Setup(load_community(EXAMPLE), BOT, "benchmark_bot", folder / "media", joined())
    database = Database(folder / "bot.db", lambda: DAY)
    await database.open()
    database.record = events.record
    database.publisher = setup.publish
    return database, setup


def _volunteers(tx: Transaction, community: Community, count: int, dice: random.Random) -> list[Person]:
    """Volunteers of all trades everywhere in the estate; four of ten round the clock, the others at their hours."""
    areas = [area.code for area in community.all_areas()]
    trades = [trade.code for trade in community.trades]
    made = []
    for number in range(count):
        who = _person(tx, FIRST_VOLUNTEER + number)
        people.grant(tx, who.id, Role.VOLUNTEER, None)
        hours = () if dice.random() < 0.4 else dice.choice(list(READY_HOURS.values()))
        profile = Profile(
            trades=tuple(dice.sample(trades, 2)), areas=tuple(dice.sample(areas, 2)), always=not hours, windows=hours,
            at_once=2, night=False, phone=None, listed=False,
        )  # fmt: skip
        volunteers.put(tx, who.id, profile, volunteers.ASKED)
        volunteers.approve(tx, who.id, None)
        made.append(who)
    return made


def _person(tx: Transaction, telegram_id: int) -> Person:
    met = people.meet(tx, telegram_id, f"Person {telegram_id}", None, "en")
    chats.meet(tx, telegram_id, "private", None, False)
    people.set_started(tx, met.id)
    return met


def _ask(tx: Transaction, community: Community, resident: int, dice: random.Random) -> int:
    request = Request(
        parts=[NewPart("text", text="The tap drips")],
        trade=dice.choice(community.trades).code,
        urgency=Urgency.TODAY,
        area=dice.choice(community.leaves).code,
        address="Flat 502",
    )
    return repairs.ask(tx, community, _person(tx, resident), request)


def _offer_to(tx: Transaction, number: int, everybody: list[Person]) -> None:
    asked = {offer.person for offer in offers.of_repair(tx, number, offers.OPEN)}
    rest = [who.id for who in everybody if who.id not in asked]
    for person in rest:
        offers.put(tx, number, person, 0, 0)
    tx.emit(RepairOffered(repair=number, people=tuple(rest), circle=0))


def _tap(tx: Transaction, setup: Setup, who: Person, number: int) -> str:
    """One tap on "I'll take it", handled as the running bot does; what the pop-up says."""
    user = {"id": who.telegram_id, "is_bot": False, "first_name": who.name, "language_code": "en"}
    message = {"message_id": 1, "date": 1, "chat": {"id": who.telegram_id, "type": "private"}, "text": "?"}
    query = {"id": "1", "from": user, "chat_instance": "1", "data": f"ro:{number}:take", "message": message}
    update = Update.de_json({"update_id": 1, "callback_query": query}, None)
    assert update is not None
    answers: list[CallbackAnswer] = []
    with tx.savepoint():
        ctx = arrive(tx, setup, read_update(update))
        ctx.answer_callback = answers.append
        handle_service_errors(repair_offers.press)(ctx)
    return " ".join(answer.text or "" for answer in answers)


def _check(tx: Transaction, number: int) -> None:
    """What the database says must be what the pop-ups said."""
    states = [offer.state for offer in offers.of_repair(tx, number)]
    assert states.count(offers.TAKEN) == 1 and states.count(offers.OPEN) == 0, states
