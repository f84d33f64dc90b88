"""Where people live: asked once, when it first helps, and said or not as they like. Raises NotFound.

It helps when a notice goes to those who live somewhere: of the others we cannot know whether it was for them.
"""

from datetime import timedelta

from domain.community import Community
from domain.core.subjects import split, subject
from domain.events import ResidenceAsked, ResidenceSaid
from services.core.errors import NotFound
from storage.core import scheduled_tasks
from storage.core.database import Transaction
from storage.notices import notices, residences
from storage.people.people import Person

ASK_KIND = "residence_ask"
CHUNK = 100
"""So many are asked in one go."""
_NEXT = timedelta(seconds=1)


def say(tx: Transaction, community: Community, actor: Person, area: str | None) -> None:
    """Somebody lives in that area, as they say; None: they would rather not say. They can change it at any time."""
    if area is not None and community.area(area) is None:
        raise NotFound
    residences.say(tx, actor.id, area)
    tx.emit(ResidenceSaid(actor=actor.id, person=actor.id, said=area is not None))


def plan_to_ask(tx: Transaction, notice: int) -> None:
    """Those of whom we cannot know whether they live where a notice goes to are asked, from now on."""
    about = subject("notice", notice)
    scheduled_tasks.plan(tx, ASK_KIND, about, tx.now, f"{ASK_KIND}:{about}", {"after": 0})


def ask_next(tx: Transaction, community: Community, about: str, after: int) -> None:
    """Ask the next ones, by number behind `after`, who were never asked; the others follow."""
    found = notices.by_id(tx, split(about)[1])
    if found is None or not found.audience.areas:
        return
    asked = residences.to_be_asked(tx, found.audience.areas_around(community), after, CHUNK)
    residences.note_asked(tx, asked)
    for person in asked:
        tx.emit(ResidenceAsked(person=person, notice=found.id))
    if len(asked) == CHUNK:
        scheduled_tasks.plan(tx, ASK_KIND, about, tx.now + _NEXT, f"{ASK_KIND}:{about}", {"after": asked[-1]})
