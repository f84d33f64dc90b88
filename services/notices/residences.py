"""Where people live: asked once, when it first helps, and said or not as they like. Raises NotFound.

It helps when a notice goes to those who live somewhere: of the others we cannot know whether it was for them.
"""

from datetime import timedelta

from domain.broadcasts.broadcasts import State
from domain.community import Community
from domain.core.subjects import split, subject
from domain.events import ResidenceAsked, ResidenceSaid
from domain.notices.notices import NoticeState
from services.broadcasts import broadcasting
from services.core.errors import NotFound
from services.notices import audiences
from storage.broadcasts import recipients
from storage.broadcasts.recipients import Recipient
from storage.core import scheduled_tasks
from storage.core.database import Transaction
from storage.notices import notices, residences
from storage.people.people import Person

ASK_KIND = "residence_ask"
CHUNK = 100
"""So many are asked in one go."""
_NEXT = timedelta(seconds=5)
"""So long the next ones wait: of Telegram's messages a second a third is left to all else."""
LATELY = timedelta(days=3)
"""What went out longer ago is of no use to somebody who says only now that they live there."""
LOOKED_AT = 20
"""So many notices are looked at."""


def say(tx: Transaction, community: Community, actor: Person, area: str | None) -> int:
    """Somebody lives in that area, as they say; None: they would rather not say. They can change it at any time.

    They get what went out lately to those who live there; returns how many notices that are.
    """
    if area is not None and community.area(area) is None:
        raise NotFound
    residences.say(tx, actor.id, area)
    tx.emit(ResidenceSaid(actor=actor.id, person=actor.id, said=area is not None))
    return 0 if area is None else _send_missed(tx, community, actor)


def _send_missed(tx: Transaction, community: Community, actor: Person) -> int:
    count = 0
    for notice in reversed(notices.lately_out(tx, tx.now - LATELY, LOOKED_AT)):
        kind = None if notice.urgent else notice.kind
        if not notice.audience.areas or notice.broadcast is None:
            continue
        meant = audiences.behind(tx, community, notice.audience, kind, actor.id - 1, 1) == [actor.id]
        if meant and recipients.of_person(tx, notice.broadcast, actor.id) is None:
            broadcasting.send_also(tx, notice.broadcast, [Recipient(actor.id)])
            count += 1
    return count


def plan_to_ask(tx: Transaction, notice: int) -> None:
    """Those of whom we cannot know whether they live where a notice goes to are asked, from now on."""
    about = subject("notice", notice)
    scheduled_tasks.plan(tx, ASK_KIND, about, tx.now, f"{ASK_KIND}:{about}", {"after": 0})


def ask_next(tx: Transaction, community: Community, about: str, after: int) -> None:
    """The task: ask the next ones, by number behind `after`, who were never asked; the others follow."""
    found = notices.by_id(tx, split(about)[1])
    if found is None or found.broadcast is None or found.state not in (NoticeState.SENDING, NoticeState.SENT):
        return
    broadcast = broadcasting.get(tx, found.broadcast)
    if broadcast.state is State.STOPPED:
        return  # who has it has it; when it is done after all, the others are asked
    if broadcast.gathered_to is not None or broadcasting.counts(tx, broadcast.id).waiting:
        _go_on(tx, about, after)  # first those get it whom it is for
        return
    kind = None if found.urgent else found.kind
    asked = audiences.to_be_asked(tx, community, found.audience, kind, after, CHUNK)
    residences.note_asked(tx, asked)
    for person in asked:
        tx.emit(ResidenceAsked(person=person, notice=found.id))
    if len(asked) == CHUNK:
        _go_on(tx, about, asked[-1])


def _go_on(tx: Transaction, about: str, after: int) -> None:
    scheduled_tasks.plan(tx, ASK_KIND, about, tx.now + _NEXT, f"{ASK_KIND}:{about}", {"after": after})
