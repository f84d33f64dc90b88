"""What whoever has a repair does with it: says when they come, sets out, has done it, or cannot."""

import contextlib
from datetime import datetime, timedelta

from domain.calendar.local_time import instant, local_time
from domain.core.state_machine import WrongState
from domain.core.stored import known
from domain.repairs.repairs import HELD, State
from handlers.kit.callback_data import InvalidCallbackData, number_in
from handlers.kit.can_be_written_to import is_in_reach
from handlers.kit.conversation import drafts
from handlers.kit.conversation.engine import engine
from handlers.kit.conversation.flow import Draft, Flow
from handlers.kit.conversation.steps import Choose, Words
from handlers.kit.keyboards import Button, Markup, column
from handlers.kit.parts import from_draft
from handlers.kit.texts import Html, bold, paragraphs
from handlers.kit.update_context import UpdateContext
from handlers.repairs import relay, same_repair, volunteer_card
from handlers.repairs.buttons import ForVolunteer, WorkPress
from services.core.errors import NotFound
from services.repairs import jobs
from storage.core.conversations import Conversation
from storage.repairs import repairs
from storage.repairs.repairs import Repair

DAYS = 6
HOURS = (8, 10, 12, 14, 16, 18, 20)
LATEST = timedelta(hours=23, minutes=59)
MINUTES = (15, 30, 60, 120, 240)


def press(ctx: UpdateContext) -> None:
    """A button of the job one has taken."""
    pressed = ctx.callback_data(WorkPress)
    repair = jobs.known(ctx.tx, pressed.repair)
    if repair.taker != ctx.who.id or repair.state not in HELD:
        _show(ctx, repair)
        ctx.pop_up(ctx.say_to_person.label("You do not have repair {number} at present.", number=repair.id), alert=True)
        return
    if pressed.version != repair.version:
        _show(ctx, repair)
        ctx.pop_up(ctx.say_to_person.label("This has changed meanwhile. Look at the newest buttons."))
        return
    _ACTIONS[pressed.what](ctx, repair, pressed.value)


def _show(ctx: UpdateContext, repair: Repair, markup: Markup | None = None) -> None:
    volunteer_card.refresh(ctx.tx, ctx.setup, repair, ctx.who.id, markup)


def _again(ctx: UpdateContext, repair: Repair, _value: str | None) -> None:
    """The way back from a page of choices."""
    _show(ctx, repair)


# -- when


def _in_minutes(ctx: UpdateContext, repair: Repair, value: str | None) -> None:
    if value not in ("30", "60"):
        raise InvalidCallbackData
    _comes(ctx, repair, ctx.now + timedelta(minutes=int(value)), whole_day=False)


def _today(ctx: UpdateContext, repair: Repair, _value: str | None) -> None:
    _comes(ctx, repair, _at(ctx, 0, LATEST), whole_day=True)


def _comes(ctx: UpdateContext, repair: Repair, at: datetime, whole_day: bool) -> None:
    jobs.say_when(ctx.tx, ctx.setup.community, ctx.who, repair.id, at, whole_day)
    ctx.pop_up(_told(ctx, repair, ctx.say.label("They hear it now. Thank you!")), alert=not _reached(ctx, repair))


def _pick_day(ctx: UpdateContext, repair: Repair, _value: str | None) -> None:
    days = [_at(ctx, days, timedelta(hours=12)) for days in range(DAYS)]
    choices = [(ctx.say.day(day, ctx.now), str(number)) for number, day in enumerate(days)]
    _show(ctx, repair, _page(ctx, repair, ForVolunteer.PICK_HOUR, choices))


def _pick_hour(ctx: UpdateContext, repair: Repair, value: str | None) -> None:
    day = number_in(value or "")
    if day is None or day >= DAYS:
        raise InvalidCallbackData
    times = [(hour, _at(ctx, day, timedelta(hours=hour))) for hour in HOURS]
    # The day is told as a date, so that the button still means the same tomorrow.
    date = local_time(times[0][1], ctx.setup.community.zone).date()
    choices = [(ctx.say.time(at), f"{date}T{hour}") for hour, at in times if at > ctx.now][:6]
    choices.append((ctx.say.label("Some time that day"), f"{date}T-"))
    _show(ctx, repair, _page(ctx, repair, ForVolunteer.AT, choices))


def _picked(ctx: UpdateContext, repair: Repair, value: str | None) -> None:
    date, _, hour = (value or "").partition("T")
    midnight = _offered_day(ctx, date)
    if hour == "-":
        _comes(ctx, repair, instant(midnight + LATEST, ctx.setup.community.zone), whole_day=True)
    elif hour in [str(each) for each in HOURS]:
        at = instant(midnight + timedelta(hours=int(hour)), ctx.setup.community.zone)
        _comes(ctx, repair, at, whole_day=False)
    else:
        raise InvalidCallbackData


def _offered_day(ctx: UpdateContext, date: str) -> datetime:
    """The midnight (local) of a day that was to be chosen; a button from yesterday still counts.

    Raises InvalidCallbackData.
    """
    today = local_time(ctx.now, ctx.setup.community.zone).replace(hour=0, minute=0, second=0, microsecond=0)
    for days in range(-DAYS, DAYS):
        if (today + timedelta(days=days)).date().isoformat() == date:
            return today.replace(tzinfo=None) + timedelta(days=days)
    raise InvalidCallbackData


def _at(ctx: UpdateContext, days: int, time: timedelta) -> datetime:
    today = local_time(ctx.now, ctx.setup.community.zone).replace(hour=0, minute=0, second=0, microsecond=0)
    return instant(today + timedelta(days=days) + time, ctx.setup.community.zone)


def _page(ctx: UpdateContext, repair: Repair, what: ForVolunteer, choices: list[tuple[str, str]]) -> Markup:
    buttons = [Button(label, volunteer_card.job_data(repair, what, value)) for label, value in choices]
    return column(*buttons, Button(ctx.say.label("Back"), volunteer_card.job_data(repair, ForVolunteer.MENU)))


# -- on the way, done, cannot


def _out(ctx: UpdateContext, repair: Repair, _value: str | None) -> None:
    jobs.set_out(ctx.tx, ctx.setup.community, ctx.who, repair.id)
    told = _told(ctx, repair, ctx.say.label("They know that you are on the way."))
    ctx.pop_up(told, alert=not _reached(ctx, repair))


def _done(ctx: UpdateContext, repair: Repair, _value: str | None) -> None:
    """It is done as soon as it is said; what was done and how long it took is asked afterwards."""
    jobs.finish(ctx.tx, ctx.setup.community, ctx.who, repair.id)
    ctx.pop_up(_asked(ctx, repair, ctx.say.label("Thank you! They are asked now whether it is.")))
    # What one writes after it is done is not meant for the other side any more.
    if ctx.conversation is not None and ctx.conversation.flow in (DONE.name, relay.NAME):
        engine.lapse(ctx, ctx.conversation)
    engine.begin(ctx, DONE.name, {"repair": repair.id, "_before": repair.state})


def _sure(ctx: UpdateContext, repair: Repair, _value: str | None) -> None:
    buttons = [(ctx.say.label("Yes, I cannot come"), ForVolunteer.CANNOT), (ctx.say.label("Back"), ForVolunteer.MENU)]
    _show(ctx, repair, column(*(Button(label, volunteer_card.job_data(repair, what)) for label, what in buttons)))
    ctx.pop_up(ctx.say_to_person.label("If you cannot, others are asked at once, and the address leaves this chat."))


def _cannot(ctx: UpdateContext, repair: Repair, _value: str | None) -> None:
    jobs.give_back(ctx.tx, ctx.setup.community, ctx.who, repair.id)
    ctx.pop_up(ctx.say_to_person.label("Thank you for saying so. Others are asked now."))


_ACTIONS = {
    ForVolunteer.IN_MINUTES: _in_minutes,
    ForVolunteer.TODAY: _today,
    ForVolunteer.PICK_DAY: _pick_day,
    ForVolunteer.PICK_HOUR: _pick_hour,
    ForVolunteer.AT: _picked,
    ForVolunteer.SET_OUT: _out,
    ForVolunteer.DONE: _done,
    ForVolunteer.CANNOT_SURE: _sure,
    ForVolunteer.CANNOT: _cannot,
    ForVolunteer.MENU: _again,
}


def _finish(ctx: UpdateContext, conversation: Conversation) -> None:
    draft, number = conversation.draft, conversation.draft["repair"]
    minutes = int(draft["minutes"]) if draft.get("minutes") else None
    parts = from_draft(draft.get("words", []))
    try:
        jobs.tell_of(ctx.tx, ctx.who, number, [], minutes)
    except (NotFound, WrongState):
        said = ctx.say("You do not have repair {number} at present.", number=number)
    else:
        said = (
            ctx.say("Thank you! I have passed that on (repair {number}).", number=number)
            if parts
            else _asked_of(ctx, number)
        )
    engine.end(ctx, conversation, said)


def _pass_on(ctx: UpdateContext, conversation: Conversation) -> bool:
    """What was done is passed on as it is said, and waits for no further answer."""
    draft = conversation.draft
    passed = draft.setdefault("_passed", [])
    parts = [part for part in from_draft(draft.get("words", [])) if part.message not in passed]
    if parts:
        with contextlib.suppress(NotFound, WrongState):  # it is not theirs any more: said at the end
            jobs.tell_of(ctx.tx, ctx.who, draft["repair"], parts, None)
        passed += [part.message for part in parts]
    return False


def _by_mistake(ctx: UpdateContext, conversation: Conversation) -> Html:
    """ "Cancel" takes back that it is done, as long as nobody has answered."""
    number, before = conversation.draft["repair"], known(conversation.draft["_before"], State.TAKEN)
    try:
        jobs.not_done(ctx.tx, ctx.setup.community, ctx.who, number, before)
    except (NotFound, WrongState):
        return ctx.say("It cannot be taken back any more: they have answered (repair {number}).", number=number)
    return ctx.say("All right. Tap “It is done” when it is.")


def _asked_of(ctx: UpdateContext, number: int) -> Html:
    repair = repairs.by_id(ctx.tx, number)
    if repair is None or repair.state is not State.DONE or repair.taker != ctx.who.id:
        return ctx.say("All right.")  # they have answered meanwhile, and it may well have been no
    read = ctx.say("Thank you! They are asked now whether repair {number} is done.", number=number)
    if _reached(ctx, repair):
        return read
    return ctx.say("Thank you! I cannot reach them here at the moment, so nobody has been asked yet.")


def _reached(ctx: UpdateContext, repair: Repair) -> bool:
    """Whether whoever asked for it can be written to."""
    return is_in_reach(ctx.tx, repair.asked_by)


def _told(ctx: UpdateContext, repair: Repair, read: str) -> str:
    """`read`, which says that they hear or know it; but not where they cannot be written to."""
    if _reached(ctx, repair):
        return read
    return ctx.say.label("Noted, but I cannot reach them here at the moment. Please call them, or ask the staff.")


def _asked(ctx: UpdateContext, repair: Repair, read: str) -> str:
    if _reached(ctx, repair):
        return read
    return ctx.say.label("Thank you! I cannot reach them here at the moment, so nobody has been asked yet.")


def _length(ctx: UpdateContext, minutes: int) -> str:
    if minutes < 60:
        return ctx.say.plural("{count} minute", "{count} minutes", minutes)
    return ctx.say.plural("{count} hour", "{count} hours", minutes // 60)


def _ask_words(ctx: UpdateContext, draft: Draft) -> Html:
    number = draft["repair"]
    repair = repairs.by_id(ctx.tx, number)
    asked_by = repair.asked_by if repair is not None else ctx.who.id
    return paragraphs(
        ctx.say("They are asked now whether repair {number} is done.", number=number)
        if is_in_reach(ctx.tx, asked_by)
        else ctx.say("I cannot reach them here at the moment, so nobody has been asked yet whether it is done."),
        bold(ctx.say("Repair {number}: what did you do?", number=number)),
        ctx.say("Write a line or send a photo; they read it. You can leave it out."),
        ctx.say("If it is not done yet, tap “Cancel”."),
    )


DONE = Flow(
    name="repair_done",
    steps=(
        Words("words", ask=_ask_words, change=lambda ctx, _draft: ctx.say.label("Write it again")),
        Choose(
            "minutes",
            ask=lambda ctx, _draft: ctx.say("About how long did it take?"),
            change=lambda ctx, _draft: ctx.say.label("Change how long"),
            options=lambda ctx: [(_length(ctx, minutes), str(minutes)) for minutes in MINUTES],
        ),
    ),
    finish=_finish,
    skippable=frozenset({"words", "minutes"}),
    may_lapse=True,
    after_press=same_repair.after_press,
    # Where it is said what "Cancel" does: it is not done yet after all.
    skip_or_cancel=frozenset({"words"}),
    interrupt=_pass_on,
    touched=drafts.let_lapse,
    cancelled=_by_mistake,
    lapsed=lambda ctx, conversation: _asked_of(ctx, conversation.draft["repair"]),
)
