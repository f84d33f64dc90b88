"""A department answers by the buttons of its card in the staff group: we come, our opinion, not ours."""

from datetime import date, timedelta

from domain.calendar.working_days import working_day_from
from domain.core.subjects import subject
from domain.times.answers import parse_day
from handlers.kit import mailer
from handlers.kit.callback_data import InvalidCallbackData
from handlers.kit.keyboards import Button, Markup, column, force_reply
from handlers.kit.texts import Html, clean, escape, paragraphs
from handlers.kit.update_context import UpdateContext
from handlers.projects.departments import department_words
from handlers.projects.departments.buttons import DepartmentPress, Says
from services.projects import calling_in
from services.projects import department_answers as service
from services.projects.calling_in import SUBJECT
from services.projects.department_answers import DayOff
from services.projects.milestones import InThePast
from storage.core.messages import Message, Purpose
from storage.projects.departments import CalledIn

LENGTH = 500
DAYS_SHOWN = 4
YEARS = 3
PURPOSE = Purpose.DEPARTMENT
"""Of a question to be answered by a reply; behind it stand what is asked, which department, and its version."""
_ASKED = (Says.ON, Says.OPINION, Says.NOT_OURS)


def press(ctx: UpdateContext) -> None:
    """A button of a department's card, or of the question for a day."""
    pressed = ctx.callback_data(DepartmentPress)
    if not ctx.is_in_staff_chat:
        raise InvalidCallbackData
    if pressed.says is Says.LEAVE:
        _question_goes(ctx)
        ctx.pop_up(ctx.say_to_person.label("Nothing was changed."))
        return
    called = service.may_answer(ctx.tx, ctx.who, pressed.called, pressed.version)
    if pressed.says is Says.COME:
        _ask_day(ctx, called)
    elif pressed.says is Says.THERE:
        service.were_there(ctx.tx, ctx.setup.community, ctx.who, called.id, called.version)
        _said(ctx)
    elif pressed.says in (Says.ON, Says.ALL_THE_SAME):
        if pressed.day is None:
            raise InvalidCallbackData
        _comes(ctx, called, pressed.day, off=pressed.says is Says.ALL_THE_SAME)
    elif pressed.says is Says.ANOTHER_DAY:
        _question_goes(ctx)
        _ask_words(ctx, called, Says.ON)
    else:
        _ask_words(ctx, called, pressed.says)


def replied(ctx: UpdateContext, message: Message) -> bool:
    """A reply to a question for a day, an opinion or a reason. False when the message is no such question."""
    if message.incoming or not message.purpose.startswith(PURPOSE):
        return False
    says, number, version = message.purpose.removeprefix(PURPOSE).split(":")
    called = service.may_answer(ctx.tx, ctx.who, int(number), int(version))
    words = " ".join(clean(ctx.message.words).split())
    if not words:
        ctx.send(ctx.say("I need words for that. Please reply once more."), reply=True)
    elif len(words) > LENGTH:
        text = ctx.say("That is too long: at most {limit} letters fit. Please say it shorter.", limit=LENGTH)
        ctx.send(text, reply=True)
    elif says == Says.ON:
        _day_written(ctx, called, words, message)
    else:
        say_it = service.say_opinion if says == Says.OPINION else service.not_ours
        say_it(ctx.tx, ctx.who, called.id, called.version, words)
        mailer.delete(ctx.tx, ctx.where.id, message.id)
    return True


# -- a day


def _ask_day(ctx: UpdateContext, called: CalledIn, said: Html | None = None) -> None:
    """Some working days to choose from, and another one."""
    say = ctx.say
    question = say(
        "On which day will {department} come?", department=department_words.name(ctx.setup, say, called.department)
    )
    _below(ctx, called, paragraphs(said, question), _days(ctx, called), Purpose.TALK)


def _days(ctx: UpdateContext, called: CalledIn) -> Markup:
    buttons, day = [], calling_in.today(ctx.tx, ctx.setup.community)
    for _ in range(DAYS_SHOWN):
        day = working_day_from(ctx.setup.community.hours, day)
        buttons.append(_on(ctx, called, day))
        day += timedelta(days=1)
    return column(
        *buttons,
        _button(called, ctx.say.label("Another day"), Says.ANOTHER_DAY),
        _button(called, ctx.say.label("No, leave it"), Says.LEAVE),
    )


def _comes(ctx: UpdateContext, called: CalledIn, day: date, *, off: bool = False) -> None:
    try:
        service.come(ctx.tx, ctx.setup.community, ctx.who, called.id, called.version, day, off=off)
    except InThePast:  # the button is older than the day
        _question_goes(ctx)
        _ask_day(ctx, called, ctx.say("That day is over."))
        return
    except DayOff:
        _question_goes(ctx)
        _ask_whether_off(ctx, called, day)
        return
    _question_goes(ctx)
    _said(ctx)


def _day_written(ctx: UpdateContext, called: CalledIn, words: str, question: Message) -> None:
    """A day in somebody's words: one that cannot be is asked again; they reply to the same question."""
    today = calling_in.today(ctx.tx, ctx.setup.community)
    day = parse_day(words, today, ctx.say_to_person.language)
    if day is None or (day - today).days > YEARS * 366:
        again = ctx.say("I cannot read that day. Please reply once more, for example: 2026-12-31")
        ctx.send(again, reply=True)
        return
    try:
        service.come(ctx.tx, ctx.setup.community, ctx.who, called.id, called.version, day)
    except InThePast:
        ctx.send(ctx.say("That day is over. Please reply once more with a day that is still to come."), reply=True)
        return
    except DayOff:
        _ask_whether_off(ctx, called, day)
    mailer.delete(ctx.tx, ctx.where.id, question.id)


def _ask_whether_off(ctx: UpdateContext, called: CalledIn, day: date) -> None:
    say = ctx.say
    text = say(
        "{day} is a holiday or a day off. Is it meant all the same?",
        day=department_words.day(ctx.tx, ctx.setup, say, day),
    )
    following = working_day_from(ctx.setup.community.hours, day)
    buttons = [
        _button(called, say.label("Yes, that day"), Says.ALL_THE_SAME, day),
        _on(ctx, called, following),
        _button(called, say.label("Another day"), Says.ANOTHER_DAY),
        _button(called, say.label("No, leave it"), Says.LEAVE),
    ]
    _below(ctx, called, text, column(*buttons), Purpose.TALK)


def _on(ctx: UpdateContext, called: CalledIn, day: date) -> Button:
    return _button(called, department_words.day(ctx.tx, ctx.setup, ctx.say, day), Says.ON, day)


# -- words


def _ask_words(ctx: UpdateContext, called: CalledIn, asked: Says) -> None:
    if asked not in _ASKED:
        raise InvalidCallbackData
    say = ctx.say
    name = Html(f'<a href="tg://user?id={ctx.who.telegram_id}">{escape(ctx.who.name)}</a>')
    text = {
        Says.ON: say("{name}, on which day will you come? Reply to this message, for example: 2026-12-31", name=name),
        Says.OPINION: say("{name}, what is your department’s opinion? Reply to this message.", name=name),
        Says.NOT_OURS: say("{name}, why is it not yours? Reply to this message with the reason.", name=name),
    }[asked]
    purpose = f"{PURPOSE}{asked.value}:{called.id}:{called.version}"
    _below(ctx, called, text, force_reply(say.label("Write here")), purpose)
    ctx.pop_up(ctx.say_to_person.label("Reply to my question below."))


# -- inside


def _said(ctx: UpdateContext) -> None:
    ctx.pop_up(ctx.say_to_person.label("Saved. The card says so."))


def _below(ctx: UpdateContext, called: CalledIn, text: Html, markup: Markup, purpose: str) -> None:
    if ctx.incoming.press is not None:
        pressed = ctx.pressed()
        reply_to = pressed.id if pressed is not None and pressed.purpose != Purpose.TALK else None
        ctx.send(text, markup, reply_to=reply_to, subject=subject(SUBJECT, called.id), purpose=purpose)
    else:
        ctx.send(text, markup, reply=True, subject=subject(SUBJECT, called.id), purpose=purpose)


def _question_goes(ctx: UpdateContext) -> None:
    """The question for a day has had its answer: it leaves the topic."""
    pressed = ctx.pressed()
    if pressed is not None and pressed.purpose == Purpose.TALK:
        mailer.delete(ctx.tx, ctx.where.id, pressed.id)


def _button(called: CalledIn, label: str, says: Says, day: date | None = None) -> Button:
    return Button(label, DepartmentPress(called.id, says, day, called.version).pack())
