"""The picture of the plan: who may send one, what is done with it, and which one is shown."""

import hashlib
from dataclasses import dataclass

from domain.community import Community
from domain.core.subjects import subject
from domain.estate_plan.spots import Size
from domain.events import PlanPictureMade, PlanPictureRemoved
from domain.people.rights import Action, require
from services.core.errors import NotFound
from storage.core import scheduled_tasks
from storage.core.database import Transaction
from storage.estate_plan import pictures, spots
from storage.estate_plan.pictures import PlanPicture
from storage.people.people import Person

KIND = "plan_picture"
"""Of the rows that are due: a file somebody sent becomes the picture (bot/background/plan_pictures.py)."""


class FromFile(Exception):
    """The community file names the picture: it is changed there."""


@dataclass(frozen=True)
class NewPicture:
    """A picture made anew from a file; `source` is a digest of that file."""

    content: bytes
    type: str
    size: Size
    source: str


def source_of(content: bytes) -> str:
    """A digest of a file, by which it is known again."""
    return hashlib.sha256(content).hexdigest()


def is_from_file(community: Community) -> bool:
    """Whether the community file names the picture."""
    return community.plan.picture is not None


def shown(tx: Transaction, community: Community) -> PlanPicture | None:
    """The picture everybody sees; None while there is none."""
    return pictures.current(tx, is_from_file(community))


def may_send(community: Community, actor: Person) -> None:
    """Raises NotAllowed, or FromFile where the community file names the picture."""
    require(actor.roles, Action.PLAN)
    if is_from_file(community):
        raise FromFile


def order(tx: Transaction, community: Community, actor: Person, file_id: str, chat: int) -> None:
    """Have a file somebody sent to `chat` become the picture. A later one, while it waits, takes its place.

    Raises NotAllowed, FromFile.
    """
    may_send(community, actor)
    data = {"file_id": file_id, "person": actor.id}
    scheduled_tasks.plan(tx, KIND, subject("chat", chat), tx.now, f"{KIND}:{chat}", data)


def keep(tx: Transaction, new: NewPicture, *, from_file: bool, actor: int | None) -> bool:
    """It is the picture from now on; returns whether the places stay, because an earlier one had its shape."""
    made = pictures.add(tx, from_file, new.source, new.type, new.size, new.content)
    stay = bool(spots.of_layout(tx, made.layout))
    tx.emit(PlanPictureMade(actor=actor, plan=made.id, places_stay=stay))
    return stay


def take_down(tx: Transaction, community: Community, actor: Person) -> None:
    """The plan has no picture any more. Its places are kept for the next one. Raises NotAllowed, FromFile, NotFound."""
    may_send(community, actor)
    picture = pictures.current(tx, False)
    if picture is None or not pictures.take_down(tx, False):
        raise NotFound
    tx.emit(PlanPictureRemoved(actor=actor.id, plan=picture.id))
