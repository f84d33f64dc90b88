"""The questions of a promise: whose, what, of which kind, on which days and at what time, for whom, with which name."""

from calendar import monthrange
from datetime import date, datetime, timedelta

from domain.calendar.local_time import local_time
from domain.core.subjects import written_number
from domain.pledges.pledges import MOST, WORDS_LENGTH, Asked, Kind
from domain.pledges.promised_amounts import amount_in
from domain.times.answers import parse_weekdays
from handlers.kit.conversation.flow import Draft, Step, Wrong
from handlers.kit.conversation.names import Name
from handlers.kit.conversation.steps import Choose
from handlers.kit.conversation.time_answers import day_to_come, halves, month_day, stretch
from handlers.kit.conversation.typed_steps import Several, Typed, line, number
from handlers.kit.texts import Html, bold, paragraphs, shorten
from handlers.kit.update_context import UpdateContext
from services.pledges import pledges as service
from speech import promises
from storage.people import people

NAMED = "w:"
"""Before the code of windows the community names; else a window ends on a day."""
YES, NO = "yes", "no"
OFTEN = ("week1", "week2", "daily", "monthly")
KINDS, ASKED = frozenset(kind.value for kind in Kind), frozenset(asked.value for asked in Asked)
_AFTER_KIND = ("often", "days", "monthday", "hours", "halves", "target", "unit", "window", "by", "until")
_WHOLE_DAY = NONE = "-"
"""A report's number as it is written on its card: `No. 3`, `第3号`."""


def midnight(day: date) -> datetime:
    """The local time at which a day begins."""
    return datetime(day.year, day.month, day.day)


def today(ctx: UpdateContext) -> date:
    """The local day it is."""
    return local_time(ctx.now, ctx.setup.community.zone).date()


def _forget_later(draft: Draft) -> None:
    """Another kind has other questions: what was answered of the old one is asked anew."""
    for name in _AFTER_KIND:
        draft.pop(name, None)
        draft.pop(f"_{name}", None)
    draft.pop("start", None)


def _often_chosen(draft: Draft) -> None:
    draft.pop("days", None)
    draft.pop("monthday", None)


def _words_question(ctx: UpdateContext, draft: Draft) -> Html:
    if draft.get("whose"):
        return ctx.say("What does {name} promise? Write it in their own words.", name=draft["whose"])
    return paragraphs(
        ctx.say("What do you promise? Write it in your own words."),
        ctx.say("For example: I keep the stairs of Building 3 clean."),
    )


def _stretches(ctx: UpdateContext, draft: Draft) -> list[tuple[str, str]]:
    if halves(draft):
        return [(each.replace("-", "–"), each) for each in halves(draft)]
    usual = ("07:00-08:00", "09:00-10:00", "15:00-16:00", "19:00-20:00")
    return [*((each.replace("-", "–"), each) for each in usual), (ctx.say.label("At no fixed time"), _WHOLE_DAY)]


def _read_hours(ctx: UpdateContext, draft: Draft, words: str) -> object:
    return [0, 0] if words == _WHOLE_DAY else stretch(ctx, draft, words)


def _last_days(ctx: UpdateContext, _draft: Draft) -> list[tuple[str, str]]:
    """Days people often mean: the end of this month, of the next one, of the year."""
    now, say = today(ctx), ctx.say
    found = []
    for ahead in (0, 1):
        month = (now.replace(day=1) + timedelta(days=32 * ahead)).replace(day=1)
        found.append(month.replace(day=monthrange(month.year, month.month)[1]))
    found.append(date(now.year, 12, 31))
    if (found[-1] - now).days < 60:
        found.append(date(now.year + 1, 6, 30))
    zone = ctx.setup.community.zone
    return [
        (say.day(midnight(day).replace(hour=12, tzinfo=zone), ctx.now), day.isoformat()) for day in sorted({*found})
    ]


def _ends(ctx: UpdateContext, draft: Draft) -> list[tuple[str, str]]:
    days = _last_days(ctx, draft)
    return [*days, (ctx.say.label("It has no end"), NONE)] if draft.get("until") else days


def _read_until(ctx: UpdateContext, draft: Draft, words: str) -> object:
    return None if words == NONE else day_to_come(ctx, draft, words)


def _read_target(ctx: UpdateContext, draft: Draft, words: str) -> object:
    """A number, perhaps with what it counts: 80, 80 pairs, 八十副."""
    told = amount_in(words)
    draft["unit"] = told.unit if told is not None else None
    return told.number if told is not None else number(1, MOST)(ctx, draft, words)


def _windows(ctx: UpdateContext, draft: Draft) -> list[tuple[str, str]]:
    named = [
        (ctx.say.label("In each of: {name}", name=ctx.say.words(windows.name)), f"{NAMED}{windows.code}")
        for windows in ctx.setup.community.windows
    ]
    return [*named, *_last_days(ctx, draft)]


def _read_window(ctx: UpdateContext, draft: Draft, words: str) -> object:
    if not words.startswith(NAMED):
        return day_to_come(ctx, draft, words)
    windows = ctx.setup.community.named_windows(words.removeprefix(NAMED))
    if windows is None or not any(span.last >= today(ctx) for span in windows.spans):
        return Wrong(ctx.say("Those days are all over. Please choose others, or tell the staff."))
    return words


def _read_report(ctx: UpdateContext, _draft: Draft, words: str) -> object:
    if words == NONE:
        return None
    named = written_number(words)
    if named is None or not service.answerable_report(ctx.tx, named):
        return Wrong(ctx.say("I know no report with that number. Please look again."))
    return named


def _representatives(ctx: UpdateContext) -> list[tuple[str, str]]:
    found = [person for person in people.with_role(ctx.tx, "representative") if service.may_keep(person)]
    return [(ctx.say.label("I do that"), str(ctx.who.id)), *((each.name, str(each.id)) for each in found)]


def _with_name(ctx: UpdateContext) -> list[tuple[str, str]]:
    """For somebody without Telegram staff say how they asked: that is the yes."""
    no = ctx.say.label("No, without name"), NO
    if ctx.conversation is None or not ctx.conversation.draft.get("_recording"):
        return [(ctx.say.label("Yes, with name"), YES), no]
    return [
        (ctx.say.label("Yes, with name: asked in person"), f"{YES}{Asked.IN_PERSON.value}"),
        (ctx.say.label("Yes, with name: asked by phone"), f"{YES}{Asked.TELEPHONE.value}"),
        (ctx.say.label("Yes, with name: they signed"), f"{YES}{Asked.PAPER.value}"),
        no,
    ]


def _whole(ctx: UpdateContext) -> str:
    return ctx.say.label("The whole community")


STEPS: tuple[Step, ...] = (
    Name(
        "whose",
        ask=lambda ctx, _draft: ctx.say("Whose promise is it? Write their name."),
        change=lambda ctx, _draft: ctx.say.label("Change the name"),
        taken=lambda _ctx, words: shorten(words, 60),
    ),
    Choose(
        "keeper",
        ask=lambda ctx, _draft: ctx.say("Who is reminded, and says what became of it?"),
        change=lambda ctx, _draft: ctx.say.label("Change who is reminded"),
        options=_representatives,
    ),
    Typed(
        "words",
        ask=_words_question,
        change=lambda ctx, _draft: ctx.say.label("Change the words"),
        read=line(WORDS_LENGTH),
    ),
    Choose(
        "kind",
        ask=lambda ctx, _draft: ctx.say("What kind of promise is it?"),
        change=lambda ctx, _draft: ctx.say.label("Change when"),
        options=lambda ctx: [(promises.kind(ctx.say, kind), kind.value) for kind in Kind],
        known=lambda value: value in KINDS,
        chosen=_forget_later,
    ),
    Choose(
        "often",
        ask=lambda ctx, _draft: ctx.say("How often?"),
        change=lambda ctx, _draft: ctx.say.label("Change when"),
        options=lambda ctx: [
            (ctx.say.label("Every week"), "week1"),
            (ctx.say.label("Every other week"), "week2"),
            (ctx.say.label("Every day"), "daily"),
            (ctx.say.label("Every month"), "monthly"),
        ],
        known=lambda value: value in OFTEN,
        chosen=_often_chosen,
    ),
    Several(
        "days",
        ask=lambda ctx, _draft: ctx.say("On which days? Tap each of them."),
        change=lambda ctx, _draft: ctx.say.label("Change the days"),
        options=lambda ctx, _draft: [(ctx.say.weekday(day), str(day)) for day in range(7)],
        least=1,
        pairs=True,
        read=lambda words: [str(day) for day in parse_weekdays(words) or ()],
    ),
    Typed(
        "monthday",
        ask=lambda ctx, _draft: ctx.say("On which day of the month? Tap one, or write a number from 1 to 31."),
        change=lambda ctx, _draft: ctx.say.label("Change the day"),
        read=month_day,
        options=lambda ctx, _draft: [
            ("1", "1"), ("10", "10"), ("15", "15"), ("20", "20"), (ctx.say.label("The last day"), "31"),
        ],
    ),
    Typed(
        "hours",
        ask=lambda ctx, _draft: ctx.say("At what time? Tap one, or write it like 19:00-20:00."),
        change=lambda ctx, _draft: ctx.say.label("Change the time"),
        read=_read_hours,
        options=_stretches,
    ),
    Typed(
        "target",
        ask=lambda ctx, _draft: ctx.say("How many? Tap a number or write one, for example: 80 pairs."),
        change=lambda ctx, _draft: ctx.say.label("Change the number"),
        read=_read_target,
        options=lambda _ctx, _draft: [(each, each) for each in ("1", "5", "10", "20", "50", "80")],
    ),
    Typed(
        "window",
        ask=lambda ctx, _draft: ctx.say("By when? Tap one, or write a day like 31.12."),
        change=lambda ctx, _draft: ctx.say.label("Change by when"),
        read=_read_window,
        options=_windows,
    ),
    Typed(
        "by",
        ask=lambda ctx, _draft: ctx.say("By when? Tap one, or write a day like 31.12."),
        change=lambda ctx, _draft: ctx.say.label("Change by when"),
        read=day_to_come,
        options=_last_days,
    ),
    Typed(
        "until",
        ask=lambda ctx, _draft: ctx.say("Until which day? Tap one, or write a day like 31.12."),
        change=lambda ctx, draft: ctx.say.label("Change its end")
        if draft.get("until")
        else ctx.say.label("Give it an end"),
        read=_read_until,
        options=_ends,
        optional=True,
    ),
    Several(
        "areas",
        ask=lambda ctx, _draft: ctx.say("For which part of the neighbourhood? Tap each that is meant."),
        change=lambda ctx, _draft: ctx.say.label("Change the areas"),
        options=lambda ctx, _draft: [
            (area.name.in_(ctx.say.language), area.code) for area in ctx.setup.community.areas
        ],
        nothing=_whole,
    ),
    Choose(
        "name",
        ask=lambda ctx, draft: ctx.say("May the board show the name {name}? You can take that back at any time.",
                                         name=bold(draft.get("whose") or ctx.who.name)),
        change=lambda ctx, _draft: ctx.say.label("Change: with name or not"),
        options=_with_name,
        known=lambda value: value in (YES, NO) or value.removeprefix(YES) in ASKED,
    ),
    Typed(
        "report",
        ask=lambda ctx, _draft: ctx.say("Does it answer a report? Write the report's number."),
        change=lambda ctx, draft: ctx.say.label("Change the report")
        if draft.get("report")
        else ctx.say.label("It answers a report"),
        read=_read_report,
        options=lambda ctx, draft: [(ctx.say.label("It answers no report"), NONE)] if draft.get("report") else [],
        optional=True,
    ),
)  # fmt: skip
