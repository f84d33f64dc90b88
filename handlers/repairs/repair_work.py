"""What whoever has a repair does with it: says when they come, sets out, has done it, or cannot."""

import contextlib
from datetime import datetime, timedelta

from domain.calendar.local_time import instant, local_time
from domain.core.state_machine import WrongState
from domain.repairs.repairs import HELD, State
from handlers.kit.callback_data import InvalidCallbackData, number_in
from handlers.kit.conversation import drafts
from handlers.kit.conversation.engine import engine
from handlers.kit.conversation.flow import Draft, Flow
from handlers.kit.conversation.steps import Choose, Words
from handlers.kit.here import Here
from handlers.kit.in_reach import is_in_reach
from handlers.kit.keyboards import Button, Markup, column
from handlers.kit.parts import from_draft
from handlers.kit.texts import Html, bold, paragraphs
from handlers.repairs import relay, volunteer_card
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


def press(here: Here) -> None:
    """A button of the job one has taken."""
    pressed = here.callback_data(WorkPress)
    repair = jobs.known(here.tx, pressed.repair)
    if repair.taker != here.who.id or repair.state not in HELD:
        _show(here, repair)
        here.pop_up(here.say.label("You do not have repair {number} at present.", number=repair.id), alert=True)
        return
    if pressed.version != repair.version:
        _show(here, repair)
        here.pop_up(here.say.label("This has changed meanwhile. Look at the newest buttons."))
        return
    _ACTIONS[pressed.what](here, repair, pressed.value)


def _show(here: Here, repair: Repair, markup: Markup | None = None) -> None:
    volunteer_card.refresh(here.tx, here.setup, repair, here.who.id, markup)


def _again(here: Here, repair: Repair, _value: str | None) -> None:
    """The way back from a page of choices."""
    _show(here, repair)
    here.pop_up()


# -- when


def _in_minutes(here: Here, repair: Repair, value: str | None) -> None:
    if value not in ("30", "60"):
        raise InvalidCallbackData
    _comes(here, repair, here.now + timedelta(minutes=int(value)), whole_day=False)


def _today(here: Here, repair: Repair, _value: str | None) -> None:
    _comes(here, repair, _at(here, 0, LATEST), whole_day=True)


def _comes(here: Here, repair: Repair, at: datetime, whole_day: bool) -> None:
    jobs.say_when(here.tx, here.setup.community, here.who, repair.id, at, whole_day)
    here.pop_up(_told(here, repair, here.say.label("They hear it now. Thank you!")), alert=not _reached(here, repair))


def _pick_day(here: Here, repair: Repair, _value: str | None) -> None:
    days = [_at(here, days, timedelta(hours=12)) for days in range(DAYS)]
    choices = [(here.say.day(day, here.now), str(number)) for number, day in enumerate(days)]
    _show(here, repair, _page(here, repair, ForVolunteer.PICK_HOUR, choices))
    here.pop_up()


def _pick_hour(here: Here, repair: Repair, value: str | None) -> None:
    day = number_in(value or "")
    if day is None or day >= DAYS:
        raise InvalidCallbackData
    times = [(hour, _at(here, day, timedelta(hours=hour))) for hour in HOURS]
    # The day is told as a date, so that the button still means the same tomorrow.
    date = local_time(times[0][1], here.setup.community.zone).date()
    choices = [(here.say.time(at), f"{date}T{hour}") for hour, at in times if at > here.now][:6]
    choices.append((here.say.label("Some time that day"), f"{date}T-"))
    _show(here, repair, _page(here, repair, ForVolunteer.AT, choices))
    here.pop_up()


def _picked(here: Here, repair: Repair, value: str | None) -> None:
    date, _, hour = (value or "").partition("T")
    midnight = _offered_day(here, date)
    if hour == "-":
        _comes(here, repair, instant(midnight + LATEST, here.setup.community.zone), whole_day=True)
    elif hour in [str(each) for each in HOURS]:
        at = instant(midnight + timedelta(hours=int(hour)), here.setup.community.zone)
        _comes(here, repair, at, whole_day=False)
    else:
        raise InvalidCallbackData


def _offered_day(here: Here, date: str) -> datetime:
    """The midnight (local) of a day that was to be chosen; a button from yesterday still counts.

    Raises InvalidCallbackData.
    """
    today = local_time(here.now, here.setup.community.zone).replace(hour=0, minute=0, second=0, microsecond=0)
    for days in range(-DAYS, DAYS):
        if (today + timedelta(days=days)).date().isoformat() == date:
            return today.replace(tzinfo=None) + timedelta(days=days)
    raise InvalidCallbackData


def _at(here: Here, days: int, time: timedelta) -> datetime:
    today = local_time(here.now, here.setup.community.zone).replace(hour=0, minute=0, second=0, microsecond=0)
    return instant(today + timedelta(days=days) + time, here.setup.community.zone)


def _page(here: Here, repair: Repair, what: ForVolunteer, choices: list[tuple[str, str]]) -> Markup:
    buttons = [Button(label, volunteer_card.job_data(repair, what, value)) for label, value in choices]
    return column([*buttons, Button(here.say.label("Back"), volunteer_card.job_data(repair, ForVolunteer.MENU))])


# -- on the way, done, cannot


def _out(here: Here, repair: Repair, _value: str | None) -> None:
    jobs.set_out(here.tx, here.setup.community, here.who, repair.id)
    told = _told(here, repair, here.say.label("They know that you are on the way."))
    here.pop_up(told, alert=not _reached(here, repair))


def _done(here: Here, repair: Repair, _value: str | None) -> None:
    """It is done as soon as it is said; what was done and how long it took is asked afterwards."""
    jobs.finish(here.tx, here.setup.community, here.who, repair.id)
    here.pop_up(_asked(here, repair, here.say.label("Thank you! They are asked now whether it is.")))
    # What one writes after it is done is not meant for the other side any more.
    if here.conversation is not None and here.conversation.flow in (DONE.name, relay.NAME):
        engine.lapse(here, here.conversation)
    engine.begin(here, DONE.name, {"repair": repair.id, "_before": repair.state})


def _sure(here: Here, repair: Repair, _value: str | None) -> None:
    buttons = [
        (here.say.label("Yes, I cannot come"), ForVolunteer.CANNOT),
        (here.say.label("Back"), ForVolunteer.MENU),
    ]
    _show(here, repair, column(Button(label, volunteer_card.job_data(repair, what)) for label, what in buttons))
    here.pop_up(here.say.label("If you cannot, others are asked at once, and the address leaves this chat."))


def _cannot(here: Here, repair: Repair, _value: str | None) -> None:
    jobs.give_back(here.tx, here.setup.community, here.who, repair.id)
    here.pop_up(here.say.label("Thank you for saying so. Others are asked now."))


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


def _finish(here: Here, conversation: Conversation) -> None:
    draft, number = conversation.draft, conversation.draft["repair"]
    minutes = int(draft["minutes"]) if draft.get("minutes") else None
    parts = from_draft(draft.get("words", []))
    try:
        if "_before" in draft:
            jobs.tell_of(here.tx, here.who, number, [], minutes)
        else:  # asked by an earlier version, which waited for the answer
            jobs.finish(here.tx, here.setup.community, here.who, number, parts, minutes)
    except (NotFound, WrongState):
        said = here.say("You do not have repair {number} at present.", number=number)
    else:
        said = (
            here.say("Thank you! I have passed that on (repair {number}).", number=number)
            if parts
            else _asked_of(here, number)
        )
    engine.end(here, conversation, said)


def _pass_on(here: Here, conversation: Conversation) -> bool:
    """What was done is passed on as it is said, and waits for no further answer."""
    draft = conversation.draft
    passed = draft.setdefault("_passed", [])
    parts = [part for part in from_draft(draft.get("words", [])) if part.message not in passed]
    if "_before" in draft and parts:
        with contextlib.suppress(NotFound, WrongState):  # it is not theirs any more: said at the end
            jobs.tell_of(here.tx, here.who, draft["repair"], parts, None)
        passed += [part.message for part in parts]
    return False


def _by_mistake(here: Here, conversation: Conversation) -> Html:
    """ "Cancel" takes back that it is done, as long as nobody has answered."""
    number, before = conversation.draft["repair"], conversation.draft.get("_before")
    if before is not None:
        try:
            jobs.not_done(here.tx, here.setup.community, here.who, number, State(before))
        except (NotFound, WrongState):
            return here.say("It cannot be taken back any more: they have answered (repair {number}).", number=number)
    return here.say("All right. Tap “It is done” when it is.")


def _left_open(here: Here, conversation: Conversation) -> Html:
    number = conversation.draft["repair"]
    if "_before" not in conversation.draft:
        return here.say("All right. Tap “It is done” when it is.")
    return _asked_of(here, number)


def _asked_of(here: Here, number: int) -> Html:
    repair = repairs.by_id(here.tx, number)
    if repair is None or repair.state is not State.DONE or repair.taker != here.who.id:
        return here.say("All right.")  # they have answered meanwhile, and it may well have been no
    read = here.say("Thank you! They are asked now whether repair {number} is done.", number=number)
    if _reached(here, repair):
        return read
    return here.say("Thank you! I cannot reach them here at the moment, so nobody has been asked yet.")


def _reached(here: Here, repair: Repair) -> bool:
    """Whether whoever asked for it can be written to."""
    return is_in_reach(here.tx, repair.asked_by)


def _told(here: Here, repair: Repair, read: str) -> str:
    """`read`, which says that they hear or know it; but not where they cannot be written to."""
    if _reached(here, repair):
        return read
    return here.say.label("Noted, but I cannot reach them here at the moment. Please call them, or ask the staff.")


def _asked(here: Here, repair: Repair, read: str) -> str:
    if _reached(here, repair):
        return read
    return here.say.label("Thank you! I cannot reach them here at the moment, so nobody has been asked yet.")


def _length(here: Here, minutes: int) -> str:
    if minutes < 60:
        return here.say.plural("{count} minute", "{count} minutes", minutes)
    return here.say.plural("{count} hour", "{count} hours", minutes // 60)


def _ask_words(here: Here, draft: Draft) -> Html:
    number = draft["repair"]
    repair = repairs.by_id(here.tx, number)
    asked_by = repair.asked_by if repair is not None else here.who.id
    return paragraphs(
        here.say("They are asked now whether repair {number} is done.", number=number)
        if is_in_reach(here.tx, asked_by)
        else here.say("I cannot reach them here at the moment, so nobody has been asked yet whether it is done."),
        bold(here.say("Repair {number}: what did you do?", number=number)),
        here.say("Write a line or send a photo; they read it. You can leave it out."),
        here.say("If it is not done yet, tap “Cancel”."),
    )


DONE = Flow(
    name="repair_done",
    steps=(
        Words("words", ask=_ask_words, change=lambda here, _draft: here.say.label("Write it again")),
        Choose(
            "minutes",
            ask=lambda here, _draft: here.say("About how long did it take?"),
            change=lambda here, _draft: here.say.label("Change how long"),
            options=lambda here: [(_length(here, minutes), str(minutes)) for minutes in MINUTES],
        ),
    ),
    finish=_finish,
    skippable=frozenset({"words", "minutes"}),
    may_lapse=True,
    # Where it is said what "Cancel" does: it is not done yet after all.
    skip_or_cancel=frozenset({"words"}),
    interrupt=_pass_on,
    touched=drafts.asked,
    ended=drafts.ended,
    cancelled=_by_mistake,
    lapsed=_left_open,
)
