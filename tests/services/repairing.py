"""What tests of repairs share: a neighbourhood with volunteers on a real database, and time that passes."""

import json
from datetime import timedelta
from typing import Any

from bot.community.community_file import load_community
from domain.people.rights import Role
from domain.repairs.repairs import Urgency
from services.repairs import dispatching, jobs, repair_verdicts, repairs
from services.repairs.repairs import Request
from storage.core import chats, messages, outbox, scheduled_tasks, sends
from storage.core.database import Transaction
from storage.core.outbox import Action, Outgoing, RowState
from storage.people import people
from storage.people.people import Person
from storage.repairs import offers
from storage.repairs.repairs import Repair
from storage.repairs.repairs import by_id as repair_by_id
from storage.reports.reports import NewPart
from storage.volunteers import volunteers
from storage.volunteers.volunteers import Profile
from tests.support import ROOT, Clock, person

COMMUNITY = load_community(ROOT / "community.example.toml")
ADDRESS = "Flat 502, Zhou"
TASKS = {
    dispatching.KIND: dispatching.run_due,
    jobs.KIND: jobs.run_due,
    repair_verdicts.KIND: repair_verdicts.run_due,
}


def volunteer(tx: Transaction, name: str, **offers: Any) -> Person:
    """An approved volunteer: plumbing on the north side, round the clock, one job at a time, unless said."""
    who = person(tx, name, Role.VOLUNTEER)
    given = {
        "trades": ("plumbing",), "areas": ("north",), "always": True, "windows": (), "at_once": 1, "night": False,
        "phone": None, "listed": False, **offers,
    }  # fmt: skip
    volunteers.put(tx, who.id, Profile(**given), volunteers.ASKED)
    volunteers.approve(tx, who.id, None)
    return people.by_id(tx, who.id)


def ask(tx: Transaction, who: Person, urgency: Urgency = Urgency.TODAY, area: str | None = "b3-2", **more: Any) -> int:
    """Ask for a plumber."""
    request = Request(
        parts=[NewPart("text", text="The tap drips")], trade="plumbing", urgency=urgency, area=area, address=ADDRESS,
        **more,
    )  # fmt: skip
    return repairs.ask(tx, COMMUNITY, who, request)


def known(tx: Transaction, number: int) -> Repair:
    """The repair as it is now."""
    found = repair_by_id(tx, number)
    assert found is not None
    return found


def asked(tx: Transaction, number: int) -> set[int]:
    """Who has an open offer."""
    return {offer.person for offer in offers.of_repair(tx, number, offers.OPEN)}


def passes(tx: Transaction, clock: Clock, **length: float) -> None:
    """So much time passes, and what is due happens, minute by minute."""
    end = clock.now() + timedelta(**length)
    while clock.now() < end:
        clock.at += min(timedelta(minutes=1), end - clock.now())
        tx.now = clock.now()
        for row in scheduled_tasks.claim(tx, TASKS, 100):
            scheduled_tasks.finished(tx, row["id"])
            TASKS[row["kind"]](tx, COMMUNITY, row["subject"], json.loads(row["data"]))


def arrived(tx: Transaction, to: Person, about: str, purpose: str, content: dict[str, Any], ago: timedelta) -> int:
    """A message that was sent so long ago, and arrived; our id of it."""
    chat = chats.private_with(tx, to.id)
    assert chat is not None
    row = outbox.add(tx, Outgoing(chat.id, Action.MESSAGE, content, subject=about, purpose=purpose))
    assert row is not None
    arrives(tx, row, ago)
    number = 10_000 + row
    return messages.keep(tx, chat.id, number, incoming=False, purpose=purpose, subject=about, outbox=row)


def arrives(tx: Transaction, row: int, ago: timedelta = timedelta()) -> None:
    """A row of the outbox is sent (so long ago)."""
    now, tx.now = tx.now, tx.now - ago
    sends.finish(tx, row, RowState.SENT)
    tx.now = now
