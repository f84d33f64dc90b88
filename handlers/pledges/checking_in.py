"""What became of a promise, by button: kept, partly, not, not this time; +1 +5 +10, none; tomorrow; undo; and why not.

Replies: replying.py.
"""

from collections.abc import Callable, Sequence

from domain.core.subjects import subject
from domain.pledges.pledges import BACKFILL, Answer, Kind, Outcome
from handlers.kit.callback_data import CallbackData, InvalidCallbackData
from handlers.kit.conversation import drafts
from handlers.kit.conversation.engine import engine
from handlers.kit.conversation.flow import Draft, Flow, Left
from handlers.kit.conversation.steps import Words
from handlers.kit.keyboards import Button, Markup, column, rows
from handlers.kit.parts import from_draft
from handlers.kit.texts import Html, Speaker, bold, escape, lines, paragraphs
from handlers.kit.update_context import UpdateContext
from handlers.pledges import pledge_words
from handlers.pledges.buttons import Said, SaidPress
from services.core.errors import NotFound
from services.pledges import checking_in as service
from services.pledges import pledge_reminders
from services.pledges.pledges import known, own
from services.pledges.replying import AHEAD
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
SHOWN = 11
FEW = 6
SAID_OTHERWISE = 14
STEPS = (1, 5, 10)


def ask(ctx: UpdateContext, pledge: Pledge) -> None:
    """Ask below what became of a promise."""
    text, markup = question(ctx, pledge)
    ctx.send(text, markup, subject=subject("pledge", pledge.id), purpose=PURPOSE)


def question(ctx: UpdateContext, pledge: Pledge, said: Html | None = None) -> tuple[Html, Markup | None]:
    """What is still to be said of a promise, with its buttons; `said` comes first."""
    head = bold(pledge_words.named(ctx.say, pledge))
    if pledge.kind in (Kind.QUOTA, Kind.ON_CALL):
        return _counting(ctx, pledge, head, said)
    times = service.answerable(ctx.tx, pledge)
    if len(times) == 1:
        return _about(ctx, pledge, times[0], head, said)
    coming = service.coming(ctx.tx, pledge, ctx.now + AHEAD)
    shown = [*times[-SHOWN:], *coming[:1]]
    if not shown:
        nothing = ctx.say("There is nothing to say of it now. I ask you when it is due.")
        return paragraphs(head, said or nothing), None
    every = [[Button(ctx.say.label("Done every time"), SaidPress(0, Said.ALL, pledge.id).pack())]] if times else []
    ask_which = ctx.say("Which day is it about?") if times else ctx.say("If you cannot come, tap the day.")
    return paragraphs(head, said, ask_which), rows([*every, *_days(ctx, pledge, shown)])


def _days(ctx: UpdateContext, pledge: Pledge, times: Sequence[Occurrence]) -> list[list[Button]]:
    """A button for each; two in a row where they are many, so that all of them are on one screen."""
    days = [(time.starts_at, SaidPress(time.id, Said.WHICH, pledge.id)) for time in times]
    found = [Button(ctx.say.short_day(at), which.pack()) for at, which in days]
    beside = 2 if len(found) > FEW else 1
    return [found[at : at + beside] for at in range(0, len(found), beside)]


def _counting(ctx: UpdateContext, pledge: Pledge, head: Html, said: Html | None) -> tuple[Html, Markup | None]:
    say = ctx.say
    if pledge.kind is Kind.ON_CALL:
        text = paragraphs(head, said, pledge_words.progress(ctx.tx, say, pledge))
        buttons = [Button(say.label("I was there once more"), SaidPress(0, 1, pledge.id).pack())]
        if said is not None:
            buttons.append(Button(say.label("No, not this time"), SaidPress(0, Said.NOTHING, pledge.id).pack()))
        return text, column(*buttons)
    times = [time for time in occurrences.last_of(ctx.tx, pledge.id, ctx.now, 1) if _may_count(ctx, time)]
    if not times:
        return paragraphs(head, said or say("There is nothing to count now. I tell you when it begins.")), None
    time = times[0]
    ask = say("How many more are done? Tap a number, or reply with one.")
    text = paragraphs(head, said, escape(promises.done_of(say, time.done, time.target, pledge.plan.unit)), ask)
    none = [Button(say.label("None more"), SaidPress(time.id, Said.NOTHING, pledge.id).pack())]
    return text, rows([_steps(pledge, time), none])


def steps(pledge: Pledge, time: Occurrence) -> Markup:
    """+1 +5 +10 of a quota."""
    return rows([_steps(pledge, time)])


def with_all(ctx: UpdateContext, pledge: Pledge, markup: Markup | None, whole: int | None) -> Markup | None:
    """The buttons about a number, and above them one for what may be meant by words: so many in all."""
    times = occurrences.last_of(ctx.tx, pledge.id, ctx.now, 1)
    if markup is None or whole is None or not times or whole <= times[0].done:
        return markup
    more = whole - times[0].done
    button = Button(
        ctx.say.label("{count} in all (+{more})", count=whole, more=more),
        SaidPress(times[0].id, more, pledge.id).pack(),
    )
    return {"inline_keyboard": [[button.as_json()], *markup["inline_keyboard"]]}


def _steps(pledge: Pledge, time: Occurrence) -> list[Button]:
    return [Button(f"+{amount}", SaidPress(time.id, amount, pledge.id).pack()) for amount in STEPS]


def _may_count(ctx: UpdateContext, time: Occurrence) -> bool:
    return time.ends_at > ctx.now - BACKFILL


def about(ctx: UpdateContext, pledge: Pledge, time: Occurrence, said: Html) -> tuple[Html, Markup]:
    """The question about one time, also of one that was spoken of before; `said` comes first."""
    return _about(ctx, pledge, time, bold(pledge_words.named(ctx.say, pledge)), said)


def _about(ctx: UpdateContext, pledge: Pledge, time: Occurrence, head: Html, said: Html | None) -> tuple[Html, Markup]:
    say = ctx.say
    name = pledge_words.time_named(say, pledge, time, ctx.now)
    if pledge.kind is Kind.ONCE:
        asked = say("What became of it? It is promised {time}.", time=name)
    else:
        asked = say("What became of it: {time}?", time=name)
    return paragraphs(head, said, asked), answers(say, pledge, time, ctx)


def answers(say: Speaker, pledge: Pledge, time: Occurrence, ctx: UpdateContext) -> Markup:
    """The buttons about one time; before it has come only that one cannot."""
    begun = time.starts_at <= ctx.now
    excused = say.label("Not this time (ill, away …)"), Said.EXCUSED
    if begun:
        shown = [
            (say.label("Done"), Said.DONE),
            (say.label("I could not"), Said.CANNOT),
            (say.label("Partly"), Said.PARTLY),
            excused,
            (say.label("Ask me tomorrow"), Said.LATER),
        ]
    else:
        shown = [(say.label("I cannot"), Said.CANNOT), excused]
    return column(*(Button(label, SaidPress(time.id, answer, pledge.id).pack()) for label, answer in shown))


# -- buttons


def press(ctx: UpdateContext) -> None:
    """What became of it is said."""
    pressed = ctx.callback_data(SaidPress)
    occurrence, said, number = pressed.time, pressed.said, pressed.pledge
    pledge = own(ctx.tx, ctx.who, number)
    if isinstance(said, int):
        if said < 1:
            raise InvalidCallbackData
        checkin = service.count(ctx.tx, ctx.who, number, occurrence or None, said)
        ctx.pop_up(ctx.say_to_person.label("Counted: +{count}", count=said))
        _said(ctx, pledge, checkin)
        return
    if said is Said.ALL:
        _all_done(ctx, pledge, service.answer_all(ctx.tx, ctx.who, number))
        return
    if said is Said.NOTHING:
        nothing_done(ctx, pledge, occurrence or None, ctx.edit_pressed)
        return
    time = occurrences.by_id(ctx.tx, occurrence)
    if time is None or time.pledge != number:
        raise NotFound
    if said is Said.WHICH:
        ctx.edit_pressed(*_about(ctx, pledge, time, bold(pledge_words.named(ctx.say, pledge)), None))
    elif said is Said.LATER:
        pledge_reminders.later(ctx.tx, ctx.setup.community, ctx.who)
        ctx.edit_pressed(ctx.say("All right. I ask you again tomorrow."), None)
    else:
        checkin = service.answer(ctx.tx, ctx.who, number, occurrence, Answer(said))
        _said(ctx, pledge, checkin)
        if said is Said.CANNOT:
            ask_why(ctx, pledge, occurrence)


def nothing_done(
    ctx: UpdateContext, pledge: Pledge, occurrence: int | None, show: Callable[[Html, Markup | None], None]
) -> None:
    """Nothing more of a number, or nobody needed who is on call: nothing is counted, and the number stays in sight."""
    kept = occurrences.by_id(ctx.tx, occurrence) if occurrence else None
    if occurrence and (kept is None or kept.pledge != pledge.id):
        raise NotFound
    done = escape(promises.done_of(ctx.say, kept.done, kept.target, pledge.plan.unit)) if kept else None
    named = bold(pledge_words.named(ctx.say, pledge))
    show(paragraphs(named, lines(ctx.say("All right. Nothing is counted."), done)), None)
    if kept is not None:
        ask_why(ctx, pledge, kept.id)


def ask_why(ctx: UpdateContext, pledge: Pledge, occurrence: int) -> None:
    """Whoever says no may say why, or leave it out."""
    engine.begin(ctx, WHY.name, {"pledge": pledge.id, "time": occurrence})


def _all_done(ctx: UpdateContext, pledge: Pledge, times: Sequence[Occurrence]) -> None:
    """Who promised something for every day need not say so seven times; a day that was otherwise can still be said."""
    say = ctx.say
    ctx.edit_pressed(
        paragraphs(
            bold(pledge_words.named(say, pledge)),
            lines(
                say.plural("Written down: {count} time, kept.", "Written down: {count} times, kept.", len(times)),
                say("Thank you! You can reply with a photo or a few words."),
            ),
            say("If it was otherwise on one of these days, tap it."),
        ),
        rows(_days(ctx, pledge, times[-SAID_OTHERWISE:])),
    )


class UndoPress(CallbackData, prefix="pu"):
    """What was said last is to be taken back."""

    checkin: int


def undo(ctx: UpdateContext) -> None:
    """What was said last is taken back."""
    found = service.undo(ctx.tx, ctx.who, ctx.callback_data(UndoPress).checkin)
    ctx.pop_up(ctx.say_to_person.label("Taken back."))
    ctx.edit_pressed(*question(ctx, known(ctx.tx, found.pledge), ctx.say("Taken back.")))


def _said(ctx: UpdateContext, pledge: Pledge, checkin: int) -> None:
    """The message shows what was written down, with a way back, and what is still open."""
    text, markup = written_down(ctx, pledge, checkin)
    ctx.edit_pressed(text, markup)


def written_down(ctx: UpdateContext, pledge: Pledge, checkin: int) -> tuple[Html, Markup]:
    """What was written down, with "Undo" and whatever is still to be said."""
    found = occurrences.checkin(ctx.tx, checkin)
    assert found is not None
    said = _written(ctx, pledge, found)
    text, markup = question(ctx, pledge, said)
    undo_row = [Button(ctx.say.label("Undo"), UndoPress(checkin).pack()).as_json()]
    return text, {"inline_keyboard": [*(markup or {"inline_keyboard": []})["inline_keyboard"], undo_row]}


def _written(ctx: UpdateContext, pledge: Pledge, checkin: CheckIn) -> Html:
    say = ctx.say
    time = occurrences.by_id(ctx.tx, checkin.occurrence) if checkin.occurrence else None
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
        told = say("Written down: {time}: {what}.", time=pledge_words.time_named(say, pledge, time, ctx.now), what=what)
    if time.outcome is Outcome.KEPT:
        return lines(told, say("Thank you! You can reply with a photo or a few words."))
    return told


# -- why it could not be


def _ask_why(ctx: UpdateContext, _draft: Draft) -> Html:
    return ctx.say("Would you like to say why? A few words are enough. You can also leave this out.")


def _keep_why(ctx: UpdateContext, conversation: Conversation) -> None:
    number, time = int(conversation.draft["pledge"]), int(conversation.draft["time"])
    parts = from_draft(conversation.draft.get("why", []))
    for part in parts:
        service.note(ctx.tx, ctx.who, number, time, part)
    said = ctx.say("Thank you, I have kept that.") if parts else _left_out(ctx, conversation)
    engine.end(ctx, conversation, said, below=bool(parts))


def _left_out(ctx: UpdateContext, _conversation: Conversation) -> Html:
    return ctx.say("All right.")


def _after_press(ctx: UpdateContext, conversation: Conversation) -> Left:
    """A second tap on what became of that time of the promise is no turning to something else."""
    pressed, draft = ctx.press_as(SaidPress), conversation.draft
    same = pressed is not None and (pressed.pledge, pressed.time) == (draft["pledge"], draft["time"])
    return "all" if same else "nothing"


WHY = Flow(
    name="whynot",
    steps=(Words("why", ask=_ask_why, change=lambda ctx, _draft: ctx.say.label("Write it again")),),
    finish=_keep_why,
    skippable=frozenset({"why"}),
    may_lapse=True,
    after_press=_after_press,
    cancelled=_left_out,
    touched=drafts.let_lapse,
)
