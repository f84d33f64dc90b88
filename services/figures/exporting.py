"""Files out of the database: who may have one, ordering it, and keeping that people's names and words were taken out.

An order is a due row, so a crash forgets none; `bot/background/exporter.py` has the file made and sent. Raises
NotAllowed, NotFound.
"""

from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from domain.calendar.local_time import instant
from domain.community import Community
from domain.core.subjects import subject
from domain.events import PersonalDataExported
from domain.figures.exports import Wanted, What
from domain.people.rights import Action, require
from services.core.errors import NotFound
from storage.core import scheduled_tasks
from storage.core.database import Transaction
from storage.core.events import Recorded
from storage.core.instants import to_text
from storage.figures import exported
from storage.figures.exported import Chosen
from storage.people import people
from storage.people.people import Person

KIND = "export"
TOLD = "export_told"
"""The task that tells admins of an export on the command line."""
SHOWN = 10


def right(wanted: Wanted) -> Action:
    """What somebody must be allowed to do who wants that file."""
    return Action.LOOK_UP if wanted.what is What.OPEN else Action.EXPORT


def order(tx: Transaction, actor: Person, chat: int, wanted: Wanted, language: str) -> None:
    """Have it made and sent to that chat, in that language. The same again, while it waits, is made once."""
    require(actor.roles, right(wanted))
    data = {"wanted": wanted.as_json(), "by": actor.id, "language": language}
    scheduled_tasks.plan(tx, KIND, subject("chat", chat), tx.now, f"{KIND}:{chat}:{wanted.name}.{wanted.form}", data)


def made(tx: Transaction, data: dict[str, Any], rows: int) -> Wanted:
    """The file of an order is there, with so many rows: it may be sent now, and who took out personal data is kept.

    Raises NotAllowed where who ordered it may not have it any more.
    """
    wanted = Wanted.from_json(data["wanted"])
    actor = people.by_id(tx, data["by"])
    require(actor.roles, right(wanted))
    if wanted.personal:
        tx.emit(recorded(wanted, rows, actor.id))
    return wanted


def recorded(wanted: Wanted, rows: int, actor: int | None) -> PersonalDataExported:
    """What is kept of an export with personal data; without an actor it was made on the command line."""
    days = wanted.as_json()
    return PersonalDataExported(
        actor=actor, what=wanted.what, form=wanted.form, first=days["first"], last=days["last"], area=wanted.area,
        rows=rows,
    )  # fmt: skip


def took_out(tx: Transaction, wanted: Wanted, rows: int) -> None:
    """Somebody on the server takes out personal data: that is kept, and told to admins once the bot runs."""
    event, at = recorded(wanted, rows, None), to_text(tx.now)
    tx.emit(event)
    scheduled_tasks.plan(tx, TOLD, event.subject, tx.now, f"{TOLD}:{at}", {**event.data(), "at": at})


def count(tx: Transaction, community: Community, wanted: Wanted) -> int:
    """How many rows a file has. Raises NotFound."""
    return exported.count(tx, wanted.what.value, chosen(community, wanted))


def personal_exports(tx: Transaction, actor: Person) -> list[Recorded]:
    """The last exports with personal data, the newest first."""
    require(actor.roles, Action.EXPORT)
    return exported.personal_exports(tx, SHOWN)


def chosen(community: Community, wanted: Wanted) -> Chosen:
    """What belongs into the file: from the first local day's beginning to the last one's end. Raises NotFound where
    there is no such area."""
    areas = None
    if wanted.area is not None:
        area = community.area(wanted.area)
        if area is None:
            raise NotFound
        areas = [each.code for each in area.walk()]
    begins = None if wanted.first is None else _begin_of(wanted.first, community.zone)
    ends = None if wanted.last is None else _begin_of(wanted.last + timedelta(days=1), community.zone)
    return Chosen(begins, ends, areas)


def _begin_of(day: date, zone: ZoneInfo) -> datetime:
    return instant(datetime(day.year, day.month, day.day), zone)
