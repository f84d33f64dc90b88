"""What can be done with a voice. Each use case checks the actor's rights and the voice's state, and says what happened.

Raises NotAllowed, WrongState or NotFound; the handlers turn these into kind sentences.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from domain.community import Category, Community
from domain.core.parts import PartKind
from domain.core.state_machine import WrongState
from domain.events import (
    ReporterShown,
    VoiceAdded,
    VoiceCompleted,
    VoiceHeard,
    VoiceHeardConfirmed,
    VoiceHeardDrafted,
    VoicePlaceChanged,
    VoiceResolved,
    VoiceReworded,
    VoiceStarted,
    VoiceSubmitted,
    VoiceTaken,
    VoiceTitled,
)
from domain.people.rights import Action, NotAllowed, may, require
from domain.reports.parts import PartPurpose
from domain.reports.voices import Move, after
from services.core.errors import AlreadyDone, NotFound
from services.core.marks import mark
from services.reports import alarms, allowed, dangers, deadlines, verdicts
from services.reports.dangers import Heard
from storage.core.database import Transaction
from storage.core.instants import to_text
from storage.people import people
from storage.people.people import Person
from storage.reports import supports, voices
from storage.reports.voices import NewPart, Part, Voice

TITLE_LENGTH = 120
TYPED = PartPurpose.TYPED
"""Purpose of words of staff that an event tells of: a place, a name. Events hold none, for they are never changed."""


@dataclass(frozen=True)
class Report:
    """What a resident sends in: at least one part; the rest staff can complete."""

    parts: Sequence[NewPart]
    category: str | None = None
    area: str | None = None
    place: str | None = None
    latitude: float | None = None
    longitude: float | None = None
    danger: str | None = None
    follows: int | None = None
    """The report it goes on from: that one was closed, and is broken again."""


def submit(tx: Transaction, community: Community, actor: Person, report: Report, recorded_by: int | None = None) -> int:
    """Send a report; returns its number. By when it is to be handled follows from its category.

    `recorded_by`: the member of staff who wrote it down for the actor.

    Raises Blocked, unless it speaks of danger.
    """
    require(actor.roles, Action.REPORT)
    if report.danger is None:
        allowed.to_report(tx, actor)
    category = community.category(report.category) if report.category else None
    number = voices.add(
        tx,
        person=actor.id,
        category=report.category,
        area=report.area,
        place=report.place,
        latitude=report.latitude,
        longitude=report.longitude,
        danger=report.danger,
        about_person=category is not None and category.about_person,
        recorded_by=recorded_by,
        follows=report.follows,
        relation=voices.last_relation(tx, actor.id),
        due_at=_due_at(community, category, tx.now, report.danger is not None),
    )
    voices.add_parts(tx, number, actor.id, PartPurpose.REPORT, report.parts)
    # What staff write down themselves rings each time.
    rings = (
        report.danger is None
        or recorded_by is not None
        or dangers.ring_new(tx, community, actor.id, _known(tx, number))
    )
    hours = community.hours
    opens = None if hours.is_open(tx.now) else to_text(hours.next_open(tx.now))
    tx.emit(VoiceSubmitted(actor=actor.id, voice=number, danger=report.danger, opens=opens, quietly=not rings))
    # What staff wrote down for somebody: they know of it themselves, and read it like everybody else.
    alarms.sent_in(tx, number, actor.id if recorded_by is None else None, report.danger)
    deadlines.plan(tx, community, number, new=True)
    return number


def _due_at(community: Community, category: Category | None, now: datetime, in_danger: bool) -> datetime | None:
    """By when a report sent now is to be handled: as its category says, but danger within minutes."""
    due_at = category.deadline.due(now, community.hours) if category else None
    minutes = now + timedelta(minutes=community.care.danger_minutes)
    return min(due_at or minutes, minutes) if in_danger else due_at


def add(
    tx: Transaction, community: Community, actor: Person, number: int, parts: Sequence[NewPart],
    danger: str | None = None, *, purpose: str = PartPurpose.ADDITION, more: bool = False,
) -> None:  # fmt: skip
    """Whoever spoke about a voice says more, in whatever state it is; with `reason`, why it is not fixed."""
    voice = _spoken(tx, actor, number)
    speaks_for = voice.person if speaks_for_reporter(actor, voice) else None
    heard = dangers.hear(tx, actor, voice, danger) if speaks_for is None else Heard(rings=danger is not None)
    if danger is None and heard.into is None:
        allowed.to_report(tx, actor)  # but where it is that somebody is in danger, staff hear from anybody
    ids = voices.add_parts(tx, voice.id, speaks_for or actor.id, purpose, parts)
    if heard.into is not None:
        dangers.fold(tx, heard.into, voices.some(tx, ids))
    tx.emit(VoiceAdded(actor=actor.id, voice=voice.id, parts=tuple(ids), danger=danger, more=more, spoke_for=speaks_for,
                       into=heard.into.id if heard.into else None, quietly=not heard.rings))  # fmt: skip
    if danger is not None:
        danger_told(tx, community, voice, danger, heard, actor.id if speaks_for is None else None)


def reword(
    tx: Transaction, community: Community, actor: Person, number: int, part: Part, words: str | None,
    danger: str | None = None,
) -> None:  # fmt: skip
    """What was said reads so from now on; the old words stay on record, and are shown to staff beside the new ones."""
    voice = _spoken(tx, actor, number)
    speaks_for = voice.person if speaks_for_reporter(actor, voice) else None
    heard = dangers.reworded(tx, actor, voice, part, danger) if speaks_for is None else Heard(rings=danger is not None)
    asked = dangers.asked(tx, actor.id) if speaks_for is None else None
    if danger is None and (heard.into is None or asked is None or heard.into.id != asked.id):
        allowed.to_report(tx, actor)
    before = [NewPart(PartKind.TEXT, text=part.text)] if part.text else []
    kept = voices.add_parts(tx, voice.id, part.person, PartPurpose.EARLIER, before)
    voices.change_part(tx, part, words)
    if heard.into is not None:
        dangers.fold_reworded(tx, heard.into, voices.some(tx, [*kept, part.id]))
    tx.emit(
        VoiceReworded(
            actor=actor.id,
            voice=voice.id,
            now=part.id,
            part=kept[0] if kept else None,
            danger=danger,
            spoke_for=speaks_for,
            into=heard.into.id if heard.into else None,
            quietly=not heard.rings,
        )
    )
    if danger is not None:
        danger_told(tx, community, voice, danger, heard, actor.id if speaks_for is None else None)


def danger_told(tx: Transaction, community: Community, voice: Voice, danger: str, heard: Heard, by: int | None) -> None:
    """It speaks of danger from now on: the words are on their way to staff, and it is due in minutes.

    `by`: who said so themselves; None when staff wrote it down.
    """
    dangers.mark(tx, voice, danger)
    alarms.more_said(tx, voice, by, heard.into)
    deadlines.in_danger(tx, community, voice.id, rings=heard.rings and heard.into is None)


def keep_earlier(tx: Transaction, actor: Person, number: int, words: Sequence[str]) -> None:
    """Keep how a report read before its words were changed while it was being written. It is sent to nobody."""
    voices.add_parts(tx, number, actor.id, PartPurpose.EARLIER, [NewPart(PartKind.TEXT, text=each) for each in words])


def take(tx: Transaction, community: Community, actor: Person, number: int) -> None:
    """Answer for it from now on. Taken from a colleague as well, who hears of it."""
    voice = _for_staff(tx, actor, number, Action.TRIAGE)
    state = after(voice.state, Move.TAKE)
    if voice.assignee == actor.id and state is voice.state:
        raise AlreadyDone
    voices.move(tx, voice, state, actor.id, voice.rounds)
    tx.emit(VoiceTaken(actor=actor.id, voice=voice.id, assignee=actor.id, before=voice.assignee))
    deadlines.plan(tx, community, voice.id)


def start(tx: Transaction, community: Community, actor: Person, number: int) -> None:
    """Work has begun. Whoever says so answers for it, unless somebody does already."""
    voice = _for_staff(tx, actor, number, Action.TRIAGE)
    state = after(voice.state, Move.START)
    voices.move(tx, voice, state, voice.assignee or actor.id, voice.rounds)
    tx.emit(VoiceStarted(actor=actor.id, voice=voice.id))
    deadlines.plan(tx, community, voice.id)


def set_title(tx: Transaction, actor: Person, number: int, title: str) -> None:
    """Give it the line it goes by."""
    voice = _for_staff(tx, actor, number, Action.TRIAGE)
    voices.change(tx, voice.id, title=title[:TITLE_LENGTH])
    tx.emit(VoiceTitled(actor=actor.id, voice=voice.id))


def set_heard(tx: Transaction, actor: Person, number: int, heard: str) -> None:
    """Write what was heard in a voice note; the resident is asked whether it is right."""
    voice = _for_staff(tx, actor, number, Action.TRIAGE)
    voices.change(tx, voice.id, heard=heard, heard_right=None)
    tx.emit(VoiceHeard(actor=actor.id, voice=voice.id))


def draft_heard(tx: Transaction, number: int, text: str) -> None:
    """Keep what a program heard in a voice note. Nobody but staff sees it unless they make it theirs."""
    voice = _known(tx, number)
    (part,) = voices.add_parts(tx, voice.id, None, PartPurpose.DRAFT, [NewPart(PartKind.TEXT, text=text)])
    tx.emit(VoiceHeardDrafted(voice=voice.id, part=part))


def use_draft(tx: Transaction, actor: Person, part_id: int) -> int:
    """Make a drafted line one's own, as if one had written it; returns the voice's number."""
    part = voices.part(tx, part_id)
    if part is None or part.purpose != PartPurpose.DRAFT or not part.text:
        raise NotFound
    require(actor.roles, Action.TRIAGE)
    if not voices.release_part(tx, part_id):
        raise AlreadyDone
    set_heard(tx, actor, part.voice, part.text)
    return part.voice


def confirm_heard(tx: Transaction, actor: Person, number: int, right: bool, heard_mark: int) -> None:
    """The resident says whether staff heard right; `heard_mark` says which line was read (see `mark`)."""
    voice = _own(tx, actor, number)
    if voice.heard is None or mark(voice.heard) != heard_mark:
        raise WrongState(voice.state)
    if voice.heard_right is not None:
        raise AlreadyDone
    voices.change(tx, voice.id, heard_right=int(right))
    tx.emit(VoiceHeardConfirmed(actor=actor.id, voice=voice.id, right=right))


def complete(
    tx: Transaction,
    community: Community,
    actor: Person,
    number: int,
    *,
    category: str | None = None,
    area: str | None = None,
    place: str | None = None,
    latitude: float | None = None,
    longitude: float | None = None,
) -> None:
    """Add or change category or place: staff of any voice, residents of their own. The deadline follows.

    Whoever is asked where a danger is may say so of a report they joined, too, and while they are blocked.
    """
    voice = _known(tx, number)
    into = dangers.asked_about(tx, actor.id, voice.id)
    if voice.person != actor.id and into is None:
        require(actor.roles, Action.TRIAGE)
    values: dict[str, object] = {}
    if category is not None:
        kind = community.category(category)
        if kind is None:
            raise NotFound
        values |= {"category": category}
        due_at = kind.deadline.due(voice.created_at, community.hours)
        if voice.danger is not None and voice.due_at is not None:
            due_at = min(due_at, voice.due_at)  # another kind makes it no less dangerous
        values |= {"due_at": to_text(due_at)}
        if kind.about_person:
            values |= {"about_person": 1}
    if area is not None or place is not None or latitude is not None:
        values |= {"area": area, "place": place}
    if latitude is not None:
        # A point that was shared stays on the map when staff name the place in words.
        values |= {"latitude": latitude, "longitude": longitude}
    voices.change(tx, voice.id, **values)
    typed = [NewPart(PartKind.TEXT, text=place)] if place and not area else []
    kept = voices.add_parts(tx, voice.id, actor.id, TYPED, typed)
    tx.emit(
        VoiceCompleted(
            actor=actor.id, voice=voice.id, category=category, area=area, part=kept[0] if kept else None,
            into=into.id if into is not None else None,
        )
    )  # fmt: skip
    deadlines.plan(tx, community, voice.id)


def change_place(tx: Transaction, actor: Person, number: int, area: str | None, place: str) -> None:
    """The resident's words of where it is read otherwise now; those until now stay on record."""
    voice = _own(tx, actor, number)
    before = [NewPart(PartKind.TEXT, text=voice.place)] if voice.place else []
    kept = voices.add_parts(tx, voice.id, actor.id, PartPurpose.PLACE, before)
    voices.change(tx, voice.id, area=area, place=place)
    tx.emit(VoicePlaceChanged(actor=actor.id, voice=voice.id, part=kept[0] if kept else None))


def resolve(tx: Transaction, community: Community, actor: Person, number: int, parts: Sequence[NewPart]) -> None:
    """Say it is fixed, with a note and perhaps a photo as proof. Provisional: everybody who spoke about it is asked.

    A yes closes it, a no opens it again. Who says nothing is asked once more, and when `close_after` is over (seven
    days, unless the community file says otherwise) it is closed as unanswered. Its deadline rests while it is resolved:
    nobody is warned of it (deadlines.py); a no brings it back.
    """
    voice = _for_staff(tx, actor, number, Action.RESOLVE)
    state = after(voice.state, Move.RESOLVE)
    ids = voices.add_parts(tx, voice.id, actor.id, PartPurpose.RESOLUTION, parts)
    round_ = voice.rounds + 1
    voices.move(tx, voice, state, voice.assignee or actor.id, round_)
    tx.emit(VoiceResolved(actor=actor.id, voice=voice.id, parts=tuple(ids), round=round_))
    verdicts.ask_everybody(tx, community, voice.id, round_)


def reporter(tx: Transaction, actor: Person, number: int) -> Person:
    """Who reported it. That staff asked is kept."""
    voice = _for_staff(tx, actor, number, Action.SEE_REPORTER)
    tx.emit(ReporterShown(actor=actor.id, voice=voice.id))
    return people.by_id(tx, voices.writer(tx, voice))


def speaks_for_reporter(actor: Person, voice: Voice) -> bool:
    """Whether it is the actor who wrote it down for somebody without Telegram, and who may add what these say."""
    return voice.recorded_by == actor.id != voice.person and may(actor.roles, Action.RECORD)


def speaks(tx: Transaction, actor: Person, voice: Voice) -> bool:
    """Whether the actor may say more about it: they reported or joined it, or wrote it down for somebody."""
    own = voice.person == actor.id or supports.joined(tx, voice.id, actor.id)
    return own or speaks_for_reporter(actor, voice)


def spoken(tx: Transaction, actor: Person, number: int) -> Voice:
    """The voice, when the actor reported or joined it; else NotAllowed or NotFound."""
    return _spoken(tx, actor, number)


def own(tx: Transaction, actor: Person, number: int) -> Voice:
    """The voice, when it is the actor's own; else NotAllowed or NotFound."""
    return _own(tx, actor, number)


def _known(tx: Transaction, number: int) -> Voice:
    voice = voices.by_id(tx, number)
    if voice is None:
        raise NotFound
    return voice


def _own(tx: Transaction, actor: Person, number: int) -> Voice:
    voice = _known(tx, number)
    if voice.person != actor.id:
        raise NotAllowed(Action.DECIDE_OWN)
    return voice


def _spoken(tx: Transaction, actor: Person, number: int) -> Voice:
    voice = _known(tx, number)
    if not speaks(tx, actor, voice):
        raise NotAllowed(Action.DECIDE_OWN)
    return voice


def _for_staff(tx: Transaction, actor: Person, number: int, action: Action) -> Voice:
    require(actor.roles, action)
    return _known(tx, number)
