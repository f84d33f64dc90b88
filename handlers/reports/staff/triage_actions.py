"""The everyday buttons of a staff card: take, start, answer, resolve, title, kind, place, what was heard, and who."""

from collections.abc import Sequence

from domain.core.parts import PartKind
from domain.core.subjects import subject
from domain.places.places import find_place
from domain.reports.reports import WORKABLE, Move, State, after
from domain.reports.suggest import suggest_category
from handlers.kit import can_be_written_to, mailer, wording
from handlers.kit.staff_action import StaffAction, StaffQuestion, StaffWork
from handlers.kit.texts import Html, Speaker, bold, escape, lines, shorten
from handlers.kit.update_context import Setup, UpdateContext
from handlers.reports import describe, staff_actions
from handlers.reports.staff.answering import PREFIX as ANSWER_PREFIX
from handlers.reports.staff_card import refresh_staff
from services.core.errors import AlreadyDone
from services.reports import completing, hearing, working
from storage.core import chats
from storage.core.messages import Purpose
from storage.people import people
from storage.reports import reports, supports
from storage.reports.reports import NewPart, Part, Report


def workable(report: Report, _parts: Sequence[Part] = ()) -> bool:
    """Whether staff have work to do with it."""
    return report.state in WORKABLE


def _spoken(report: Report, parts: Sequence[Part]) -> bool:
    return workable(report) and any(
        part.kind in (PartKind.VOICE, PartKind.VIDEO_NOTE, PartKind.AUDIO) for part in parts
    )


def _take_label(say: Speaker, report: Report) -> str:
    """A card has the same buttons for everybody; to whoever has it already, "Take" would say that they have not."""
    in_hands = report.assignee is not None and report.state in (State.TAKEN, State.STARTED, State.HANDED_ON)
    return say.label("Take over") if in_hands else say.label("Take")


def _take(ctx: UpdateContext, report: Report, _value: str) -> None:
    working.take(ctx.tx, ctx.setup.community, ctx.who, report.id)
    ctx.pop_up(ctx.say_to_person.label("No. {number} is yours.", number=report.id))


def _start(ctx: UpdateContext, report: Report, _value: str) -> None:
    if report.state is State.STARTED:
        raise AlreadyDone
    working.start(ctx.tx, ctx.setup.community, ctx.who, report.id)
    ctx.pop_up(ctx.say_to_person.label("The resident sees that work has begun."))


def _answer_link(setup: Setup, report: Report) -> str:
    return setup.start_link(f"{ANSWER_PREFIX}{report.id}")


def _resolve(ctx: UpdateContext, report: Report, _value: str) -> None:
    # Refused now rather than after somebody has written a long note.
    after(report.state, Move.RESOLVE)
    staff_actions.put(ctx, report, _RESOLVE)


def _title(ctx: UpdateContext, report: Report, _value: str) -> None:
    staff_actions.put(ctx, report, _TITLE)


def _place(ctx: UpdateContext, report: Report, _value: str) -> None:
    staff_actions.put(ctx, report, _PLACE)


def _heard(ctx: UpdateContext, report: Report, _value: str) -> None:
    staff_actions.put(ctx, report, _HEARD)


def _kinds(ctx: UpdateContext, report: Report, page: str) -> None:
    categories = ctx.setup.community.categories
    options = [(each.name.in_(ctx.say.language), each.code) for each in categories]
    markup = staff_actions.choices(ctx.say, report, options, page, "kind")
    refresh_staff(ctx.tx, ctx.setup, report, markup)


def _kind(ctx: UpdateContext, report: Report, code: str) -> None:
    completing.complete(ctx.tx, ctx.setup.community, ctx.who, report.id, category=code)
    ctx.pop_up(ctx.say_to_person.label("Kept."))


def _who(ctx: UpdateContext, report: Report, _value: str) -> None:
    """Who reported it, in private, protected from forwarding, and kept on record."""
    chat = chats.private_with(ctx.tx, ctx.who.id)
    say = ctx.say_to_person
    if chat is None or chat.unreachable is not None:
        ctx.pop_up(
            say.label("I may tell you that only in private. Open a chat with me, press Start, and try again."),
            alert=True,
        )
        return
    person = working.reporter(ctx.tx, ctx.who, report.id)
    name = say("{name} (@{username})", name=person.name, username=person.username) if person.username else None
    phone = people.phone(ctx.tx, person.id)
    text = lines(
        bold(say("No. {number} was reported by", number=report.id)),
        name or escape(wording.named(say, person)),
        say("Telephone: {phone}", phone=phone) if phone else None,
        say("Please keep it to yourself. That you asked is on record."),
    )
    about = subject("report", report.id)
    mailer.send(ctx.tx, chat.id, text, protected=True, subject=about, purpose=Purpose.REPORTER)
    ctx.pop_up(say.label("I have told you in our private chat."))


# -- what was replied to a question


def _resolved(ctx: UpdateContext, number: int, part: NewPart, _words: str) -> None:
    working.resolve(ctx.tx, ctx.setup.community, ctx.who, number, [part])
    report = reports.existing(ctx.tx, number)
    if describe.is_suggestion(ctx.setup.community, report):
        said = ctx.say("The resident of no. {number} is asked whether they were answered.", number=number)
    else:
        said = ctx.say("The resident of no. {number} is asked whether it is fixed.", number=number)
    if supports.behind(ctx.tx, number) == 1:
        said = can_be_written_to.if_in_reach(ctx.tx, ctx.say, report, said)
    ctx.send(said, reply=True, purpose=Purpose.RECEIPT)


def _titled(ctx: UpdateContext, number: int, _part: NewPart, words: str) -> None:
    working.set_title(ctx.tx, ctx.who, number, shorten(" ".join(words.split()), working.TITLE_LENGTH))


def _placed(ctx: UpdateContext, number: int, _part: NewPart, words: str) -> None:
    named = find_place([words], ctx.setup.community)
    area = named.area.code if named.area else None
    completing.complete(ctx.tx, ctx.setup.community, ctx.who, number, area=area, place=shorten(words, 300))
    wrong = wording.no_such_part(ctx.setup.community, ctx.say, area, named.missing)
    if wrong is not None:
        ctx.send(wrong, reply=True, purpose=Purpose.RECEIPT)


def _heard_written(ctx: UpdateContext, number: int, _part: NewPart, words: str) -> None:
    hearing.set_heard(ctx.tx, ctx.who, number, shorten(words, 500))
    _complete_from(ctx, number, words)
    report = reports.existing(ctx.tx, number)
    said = ctx.say("The resident of no. {number} is asked whether that is right.", number=number)
    ctx.send(can_be_written_to.if_in_reach(ctx.tx, ctx.say, report, said), reply=True, purpose=Purpose.RECEIPT)


def _complete_from(ctx: UpdateContext, number: int, words: str) -> None:
    """What staff heard says kind and place as typed words would; what is known already stays."""
    report = reports.by_id(ctx.tx, number)
    if report is None:
        return
    community = ctx.setup.community
    category = suggest_category(words, community.categories) if report.category is None else None
    named = find_place([words], community).area
    placed = report.area or report.place or report.latitude is not None
    area = named.code if named and not placed else None
    if category is not None or area is not None:
        completing.complete(ctx.tx, community, ctx.who, number, category=category.code if category else None, area=area)


def _ask_place(say: Speaker, name: Html, number: int) -> Html:
    return say("{name}, where is no. {number}? Reply to this message.", name=name, number=number)


def _ask_resolve(say: Speaker, name: Html, number: int) -> Html:
    return say(
        "{name}, what was done about no. {number}? Reply to this message; a photo as proof can come with it. "
        "The resident is then asked whether it is so.",
        name=name,
        number=number,
    )


def _ask_title(say: Speaker, name: Html, number: int) -> Html:
    return say(
        "{name}, what shall no. {number} be called? Reply to this message with one short line.",
        name=name,
        number=number,
    )


def _ask_heard(say: Speaker, name: Html, number: int) -> Html:
    return say(
        "{name}, what did you hear in no. {number}? Reply to this message with one line. "
        "The resident is asked whether it is right.",
        name=name,
        number=number,
    )


_ACTIONS = (
    StaffAction("take", _take_label, _take, workable, changes_state=True, front=True),
    StaffAction(
        "start",
        lambda say, _report: say.label("Start"),
        _start,
        lambda report, _parts: workable(report) and report.state is not State.STARTED,
        changes_state=True,
        front=True,
    ),
    StaffAction("resolve", lambda say, _report: say.label("Resolve"), _resolve, workable, front=True),
    StaffAction("title", lambda say, _report: say.label("Title"), _title, workable, front=True),
    StaffAction("answer", lambda say, _report: say.label("Answer"), None, front=True, link=_answer_link),
    StaffAction("who", lambda say, _report: say.label("Who?"), _who, front=True),
    StaffAction("kinds", lambda say, _report: say.label("Kind"), _kinds, workable, front=True),
    StaffAction("kind", lambda say, _report: say.label("Kind"), _kind, lambda _report, _parts: False),
    StaffAction("place", lambda say, _report: say.label("Place"), _place, workable, front=True),
    StaffAction("heard", lambda say, _report: say.label("What I heard"), _heard, _spoken, front=True),
)
_RESOLVE = StaffQuestion("resolve", _ask_resolve, _resolved)
_TITLE = StaffQuestion("title", _ask_title, _titled, needs_words=True)
_PLACE = StaffQuestion("place", _ask_place, _placed, needs_words=True)
_HEARD = StaffQuestion("heard", _ask_heard, _heard_written, needs_words=True)
WORK = StaffWork(_ACTIONS, (_RESOLVE, _TITLE, _PLACE, _HEARD))
