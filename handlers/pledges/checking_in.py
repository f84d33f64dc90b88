"""What became of a promise, by button: kept, partly, not, not this time; +1 +5 +10, none; tomorrow; undo; and why not.

Replies: replying.py.
"""

from collections.abc import Callable, Sequence
from datetime import timedelta

from domain.core.subjects import subject
from domain.pledges.pledges import BACKFILL, Answer, Kind, Outcome
from handlers.kit.callback_data import CallbackData, InvalidCallbackData
from handlers.kit.conversation import drafts
from handlers.kit.conversation.engine import engine
from handlers.kit.conversation.flow import Draft, Flow
from handlers.kit.conversation.steps import Words
from handlers.kit.here import Here
from handlers.kit.keyboards import Button, Markup, column, rows
from handlers.kit.parts import from_draft
from handlers.kit.texts import Html, Speaker, bold, lines, paragraphs
from handlers.pledges import pledge_words
from services.core.errors import NotFound
from services.pledges import checking_in as service
from services.pledges import pledge_reminders
from services.pledges.pledges import known, own
from speech import promises
from storage.core.conversations import Conversation
from storage.core.messages import Purpose
from storage.pledges import occurrences
from storage.pledges.occurrences import CheckIn, Occurrence
from storage.pledges.pledges import Pledge

PURPOSE = Purpose.PLEDGE
"""Of messages about one promise: a reply to one is about it."""
LISTED = Purpose.PLEDGE_LIST
"""Of messages about several: a reply is asked which one it means."""
AHEAD = timedelta(days=7)
SHOWN = 11
FEW = 6
ALL, NOTHING = "all", "none"
SAID_OTHERWISE = 14
STEPS = (1, 5, 10)


def ask(here: Here, pledge: Pledge) -> None:
    """Ask below what became of a promise."""
    text, markup = question(here, pledge)
    here.send(text, markup, subject=subject("pledge", pledge.id), purpose=PURPOSE)


def question(here: Here, pledge: Pledge, said: Html | None = None) -> tuple[Html, Markup | None]:
    """What is still to be said of a promise, with its buttons; `said` comes first."""
    head = bold(pledge_words.named(here.say, pledge))
    if pledge.kind in (Kind.QUOTA, Kind.ON_CALL):
        return _counting(here, pledge, head, said)
    times = service.answerable(here.tx, pledge)
    if len(times) == 1:
        return _about(here, pledge, times[0], head, said)
    coming = service.coming(here.tx, pledge, here.now + AHEAD)
    shown = [*times[-SHOWN:], *coming[:1]]
    if not shown:
        nothing = here.say("There is nothing to say of it now. I ask you when it is due.")
        return paragraphs(head, said or nothing), None
    every = [[Button(here.say.label("Done every time"), f"pc:0:{ALL}:{pledge.id}")]] if times else []
    ask_which = here.say("Which day is it about?") if times else here.say("If you cannot come, tap the day.")
    return paragraphs(head, said, ask_which), rows([*every, *_days(here, pledge, shown)])


def _days(here: Here, pledge: Pledge, times: Sequence[Occurrence]) -> list[list[Button]]:
    """A button for each; two in a row where they are many, so that all of them are on one screen."""
    found = [Button(here.say.short_day(time.starts_at), f"pc:{time.id}:which:{pledge.id}") for time in times]
    beside = 2 if len(found) > FEW else 1
    return [found[at : at + beside] for at in range(0, len(found), beside)]


def _counting(here: Here, pledge: Pledge, head: Html, said: Html | None) -> tuple[Html, Markup | None]:
    say = here.say
    if pledge.kind is Kind.ON_CALL:
        text = paragraphs(head, said, pledge_words.progress(here.tx, say, pledge))
        buttons = [Button(say.label("I was there once more"), f"pc:0:1:{pledge.id}")]
        if said is not None:
            buttons.append(Button(say.label("No, not this time"), f"pc:0:{NOTHING}:{pledge.id}"))
        return text, column(buttons)
    times = [time for time in occurrences.last_of(here.tx, pledge.id, here.now, 1) if _may_count(here, time)]
    if not times:
        return paragraphs(head, said or say("There is nothing to count now. I tell you when it begins.")), None
    time = times[0]
    ask = say("How many more are done? Tap a number, or reply with one.")
    text = paragraphs(head, said, say("{done} of {target}", done=time.done, target=time.target), ask)
    none = [Button(say.label("None more"), f"pc:{time.id}:{NOTHING}:{pledge.id}")]
    return text, rows([_steps(pledge, time), none])


def steps(pledge: Pledge, time: Occurrence) -> Markup:
    """+1 +5 +10 of a quota."""
    return rows([_steps(pledge, time)])


def _steps(pledge: Pledge, time: Occurrence) -> list[Button]:
    return [Button(f"+{amount}", f"pc:{time.id}:{amount}:{pledge.id}") for amount in STEPS]


def _may_count(here: Here, time: Occurrence) -> bool:
    return time.ends_at > here.now - BACKFILL


def about(here: Here, pledge: Pledge, time: Occurrence, said: Html) -> tuple[Html, Markup]:
    """The question about one time, also of one that was spoken of before; `said` comes first."""
    return _about(here, pledge, time, bold(pledge_words.named(here.say, pledge)), said)


def _about(here: Here, pledge: Pledge, time: Occurrence, head: Html, said: Html | None) -> tuple[Html, Markup]:
    say = here.say
    name = pledge_words.time_named(say, pledge, time, here.now)
    if pledge.kind is Kind.ONCE:
        asked = say("What became of it? It is promised {time}.", time=name)
    else:
        asked = say("What became of it: {time}?", time=name)
    return paragraphs(head, said, asked), answers(say, pledge, time, here)


def answers(say: Speaker, pledge: Pledge, time: Occurrence, here: Here) -> Markup:
    """The buttons about one time; before it has come only that one cannot."""
    begun = time.starts_at <= here.now
    excused = say.label("Not this time (ill, away …)"), "excused"
    if begun:
        shown = [
            (say.label("Done"), "done"), (say.label("I could not"), "cannot"), (say.label("Partly"), "partly"), excused,
            (say.label("Ask me tomorrow"), "later"),
        ]  # fmt: skip
    else:
        shown = [(say.label("I cannot"), "cannot"), excused]
    return column(Button(label, f"pc:{time.id}:{action}:{pledge.id}") for label, action in shown)


# -- buttons


def press(here: Here) -> None:
    """`pc:<occurrence, or 0 on call>:<word or number>:<pledge>`."""
    _, occurrence_text, action, pledge_text = here.query_parts(4)
    occurrence, number = here.query_number(occurrence_text), here.query_number(pledge_text)
    pledge = own(here.tx, here.who, number)
    if action.isdecimal():
        amount = here.query_number(action)
        if amount not in STEPS:
            raise InvalidCallbackData
        checkin = service.count(here.tx, here.who, number, occurrence or None, amount)
        here.pop_up(here.say_to_person.label("Counted: +{count}", count=amount))
        _said(here, pledge, checkin)
        return
    if action == ALL:
        _all_done(here, pledge, service.answer_all(here.tx, here.who, number))
        return
    if action == NOTHING:
        here.pop_up()
        nothing_done(here, pledge, occurrence or None, here.edit_pressed)
        return
    time = occurrences.by_id(here.tx, occurrence)
    if time is None or time.pledge != number:
        raise NotFound
    if action == "which":
        here.pop_up()
        here.edit_pressed(*_about(here, pledge, time, bold(pledge_words.named(here.say, pledge)), None))
    elif action == "later":
        pledge_reminders.later(here.tx, here.setup.community, here.who)
        here.pop_up()
        here.edit_pressed(here.say("All right. I ask you again tomorrow."), None)
    elif action in ("done", "partly", "cannot", "excused"):
        checkin = service.answer(here.tx, here.who, number, occurrence, Answer(action))
        here.pop_up()
        _said(here, pledge, checkin)
        if action == "cannot":
            ask_why(here, pledge, occurrence)
    else:
        raise InvalidCallbackData


def nothing_done(
    here: Here, pledge: Pledge, occurrence: int | None, show: Callable[[Html, Markup | None], None]
) -> None:
    """Nothing more of a number, or nobody needed who is on call: nothing is counted, and the number stays in sight."""
    kept = occurrences.by_id(here.tx, occurrence) if occurrence else None
    if occurrence and (kept is None or kept.pledge != pledge.id):
        raise NotFound
    done = here.say("{done} of {target}", done=kept.done, target=kept.target) if kept else None
    named = bold(pledge_words.named(here.say, pledge))
    show(paragraphs(named, lines(here.say("All right. Nothing is counted."), done)), None)
    if kept is not None:
        ask_why(here, pledge, kept.id)


def ask_why(here: Here, pledge: Pledge, occurrence: int) -> None:
    """Whoever says no may say why, or leave it out."""
    engine.begin(here, WHY.name, {"pledge": pledge.id, "time": occurrence})


def _all_done(here: Here, pledge: Pledge, times: Sequence[Occurrence]) -> None:
    """Who promised something for every day need not say so seven times; a day that was otherwise can still be said."""
    say = here.say
    here.pop_up()
    here.edit_pressed(
        paragraphs(
            bold(pledge_words.named(say, pledge)),
            lines(
                say.plural("Written down: {count} time, kept.", "Written down: {count} times, kept.", len(times)),
                say("Thank you! You can reply with a photo or a few words."),
            ),
            say("If it was otherwise on one of these days, tap it."),
        ),
        rows(_days(here, pledge, times[-SAID_OTHERWISE:])),
    )


class UndoPress(CallbackData, prefix="pu"):
    """What was said last is to be taken back."""

    checkin: int


def undo(here: Here) -> None:
    """What was said last is taken back."""
    found = service.undo(here.tx, here.who, here.callback_data(UndoPress).checkin)
    here.pop_up(here.say_to_person.label("Taken back."))
    here.edit_pressed(*question(here, known(here.tx, found.pledge), here.say("Taken back.")))


def _said(here: Here, pledge: Pledge, checkin: int) -> None:
    """The message shows what was written down, with a way back, and what is still open."""
    text, markup = written_down(here, pledge, checkin)
    here.edit_pressed(text, markup)


def written_down(here: Here, pledge: Pledge, checkin: int) -> tuple[Html, Markup]:
    """What was written down, with "Undo" and whatever is still to be said."""
    found = occurrences.checkin(here.tx, checkin)
    assert found is not None
    said = _written(here, pledge, found)
    text, markup = question(here, pledge, said)
    undo_row = [Button(here.say.label("Undo"), UndoPress(checkin).pack()).as_json()]
    return text, {"inline_keyboard": [*(markup or {"inline_keyboard": []})["inline_keyboard"], undo_row]}


def _written(here: Here, pledge: Pledge, checkin: CheckIn) -> Html:
    say = here.say
    time = occurrences.by_id(here.tx, checkin.occurrence) if checkin.occurrence else None
    if checkin.amount:
        reached = time is not None and time.outcome is Outcome.KEPT
        return lines(
            say("Counted: +{count}", count=checkin.amount),
            say("You have done what you promised. Thank you!") if reached else None,
        )
    assert time is not None
    what = promises.outcome(say, time.outcome)
    if pledge.kind is Kind.ONCE:
        told = say("Written down: {what}.", what=what)
    else:
        told = say(
            "Written down: {time}: {what}.", time=pledge_words.time_named(say, pledge, time, here.now), what=what
        )
    if time.outcome is Outcome.KEPT:
        return lines(told, say("Thank you! You can reply with a photo or a few words."))
    return told


# -- why it could not be


def _ask_why(here: Here, _draft: Draft) -> Html:
    return here.say("Would you like to say why? A few words are enough. You can also leave this out.")


def _keep_why(here: Here, conversation: Conversation) -> None:
    number, time = int(conversation.draft["pledge"]), int(conversation.draft["time"])
    parts = from_draft(conversation.draft.get("why", []))
    for part in parts:
        service.note(here.tx, here.who, number, time, part)
    said = here.say("Thank you, I have kept that.") if parts else _left_out(here, conversation)
    engine.end(here, conversation, said, below=bool(parts))


def _left_out(here: Here, _conversation: Conversation) -> Html:
    return here.say("All right.")


WHY = Flow(
    name="whynot",
    steps=(Words("why", ask=_ask_why, change=lambda here, _draft: here.say.label("Write it again")),),
    finish=_keep_why,
    skippable=frozenset({"why"}),
    may_lapse=True,
    cancelled=_left_out,
    touched=drafts.asked,
    ended=drafts.ended,
)
