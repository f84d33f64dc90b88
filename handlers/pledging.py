"""Making a promise: in one's own words, then its kind, days and times, read back before it goes to the staff."""

from calendar import monthrange
from datetime import date, datetime, timedelta

from domain import recurrence
from domain.local_time import local_time
from domain.pledges import MOST, WORDS_LENGTH, Kind, Plan
from handlers import drafts, pledge_words
from handlers.flow import Draft, Flow, Step, Unsent, Wrong, engine
from handlers.here import Here
from handlers.steps import Choose
from handlers.texts import Html, bold, lines, paragraphs
from handlers.typed_steps import Several, Typed, day_to_come, line, number, stretch
from services import pledges as service
from services.pledges import Promise
from speech import promises
from storage import people
from storage.conversations import Conversation

NAME = "pledge"
_AFTER_KIND = ("often", "days", "monthday", "hours", "target", "window", "by", "until")
_WHOLE_DAY = "-"
_NAMED = "w:"
YES, NO = "yes", "no"


def begin(here: Here, draft: Draft | None = None) -> None:
    """Begin to make one; or go on with the one that was begun."""
    if here.conversation is not None and here.conversation.flow == NAME and draft is None:
        engine.show(here, anew=True)
        return
    engine.begin(here, NAME, draft)


def draft_of(pledge_words_: str, plan: Plan, areas: tuple[str, ...]) -> Draft:
    """What a pledge says now, as a draft in which everything can be changed."""
    draft: Draft = {"words": pledge_words_, "kind": plan.kind.value, "areas": list(areas), "name": NO}
    if plan.kind is Kind.RECURRING:
        rule = recurrence.Rule.of(plan.rule or "")
        draft["often"] = {"DAILY": "daily", "MONTHLY": "monthly"}.get(rule.frequency, f"week{rule.interval}")
        draft["days"] = [str(day) for day in sorted(rule.weekdays)]
        draft["monthday"] = rule.month_day
        start = plan.start or datetime(2000, 1, 1)
        draft["hours"] = [start.hour * 60 + start.minute, plan.minutes]
        draft["start"] = start.date().isoformat()
        draft["until"] = plan.until.isoformat() if plan.until else None
    elif plan.kind is Kind.QUOTA:
        draft["target"] = plan.target
        draft["window"] = f"{_NAMED}{plan.windows}" if plan.windows else plan.until and plan.until.isoformat()
        draft["start"] = plan.start.date().isoformat() if plan.start else None
    elif plan.kind is Kind.ONCE and plan.until is not None and plan.start is not None:
        draft["by"], draft["start"] = plan.until.isoformat(), plan.start.date().isoformat()
    return draft


def plan_of(draft: Draft, today: date) -> Plan:
    """The plan a complete draft means."""
    kind = Kind(draft["kind"])
    first = date.fromisoformat(draft.get("start") or today.isoformat())
    if kind is Kind.RECURRING:
        minute, minutes = draft["hours"]
        start = datetime(first.year, first.month, first.day) + timedelta(minutes=minute)
        until = date.fromisoformat(draft["until"]) if draft.get("until") else None
        return Plan(kind, start, _rule(draft), minutes, until)
    if kind is Kind.QUOTA:
        window = str(draft["window"])
        if window.startswith(_NAMED):
            return Plan(kind, target=draft["target"], windows=window.removeprefix(_NAMED))
        return Plan(kind, _midnight(first), target=draft["target"], until=date.fromisoformat(window))
    if kind is Kind.ONCE:
        return Plan(kind, _midnight(first), until=date.fromisoformat(draft["by"]))
    return Plan(kind)


def _rule(draft: Draft) -> str:
    if draft["often"] == "daily":
        return recurrence.EVERY_DAY
    if draft["often"] == "monthly":
        return recurrence.monthly(int(draft["monthday"]))
    return recurrence.weekly(frozenset(map(int, draft["days"])), 2 if draft["often"] == "week2" else 1)


def _midnight(day: date) -> datetime:
    return datetime(day.year, day.month, day.day)


def _today(here: Here) -> date:
    return local_time(here.now, here.setup.community.zone).date()


# -- which questions belong to what was answered


def _applies(step: Step, draft: Draft) -> bool:
    kind, often = draft.get("kind"), draft.get("often")
    return {
        "whose": bool(draft.get("_recording")),
        "keeper": bool(draft.get("_recording")),
        "often": kind == Kind.RECURRING,
        "days": kind == Kind.RECURRING and often in ("week1", "week2"),
        "monthday": kind == Kind.RECURRING and often == "monthly",
        "hours": kind == Kind.RECURRING,
        "until": kind == Kind.RECURRING,
        "target": kind == Kind.QUOTA,
        "window": kind == Kind.QUOTA,
        "by": kind == Kind.ONCE,
        "name": not draft.get("_pledge"),
        "voice": not draft.get("_pledge"),
    }.get(step.name, True)


def _offered(step: Step, _draft: Draft) -> bool:
    return step.name in ("words", "kind", "until", "areas", "name", "voice")


def _forget_later(draft: Draft) -> None:
    """Another kind has other questions: what was answered of the old one is asked anew."""
    for name in _AFTER_KIND:
        draft.pop(name, None)
        draft.pop(f"_{name}", None)
    draft.pop("start", None)


def _often_chosen(draft: Draft) -> None:
    draft.pop("days", None)
    draft.pop("monthday", None)


# -- the summary, and sending


def _summary(here: Here, conversation: Conversation) -> Html:
    say, draft, community = here.say, conversation.draft, here.setup.community
    plan = plan_of(draft, _today(here))
    whose = draft.get("whose")
    if draft.get("_pledge"):
        name = None
    elif draft["name"] == YES:
        name = say("The board shows the name.")
    else:
        name = say("The board shows no name.")
    endless = plan.kind is Kind.RECURRING and plan.until is None
    return paragraphs(
        bold(say("NOT SENT YET")),
        lines(
            say("A promise of {name}", name=bold(whose)) if whose else None,
            pledge_words.described(say, community, draft["words"], plan, draft["areas"], here.now),
            name,
            say("It answers report no. {number}.", number=draft["voice"]) if draft.get("voice") else None,
        ),
        say("It has no end. You can pause or end it at any time.") if endless else None,
        say("It goes on the board at once. Is it right like this?")
        if draft.get("_recording")
        else say("The staff read it first; then it goes on the board. Is it right like this?"),
    )


def _finish(here: Here, conversation: Conversation) -> None:
    draft = conversation.draft
    promise = Promise(
        draft["words"], plan_of(draft, _today(here)), draft["areas"], draft.get("name") == YES, draft.get("voice")
    )
    community = here.setup.community
    if draft.get("_pledge"):
        service.change(here.tx, community, here.who, int(draft["_pledge"]), promise)
        said = here.say("Your change of promise no. {number} is with the staff. I tell you when it is on the board.",
                        number=draft["_pledge"])  # fmt: skip
    elif draft.get("_recording"):
        number_ = service.record(here.tx, community, here.who, draft["whose"], int(draft["keeper"]), promise)
        said = here.say("Promise no. {number} is on the board. {name} is reminded every week and says what became "
                        "of it.", number=number_, name=people.by_id(here.tx, int(draft["keeper"])).name)  # fmt: skip
    else:
        number_ = service.make(here.tx, community, here.who, promise)
        said = here.say("Thank you! Your promise has no. {number}. The staff read it, and I tell you when it is on the "
                        "board.", number=number_)  # fmt: skip
    engine.end(here, conversation, said)


# -- the questions


def _words_question(here: Here, draft: Draft) -> Html:
    if draft.get("whose"):
        return here.say("What does {name} promise? Write it in their own words.", name=draft["whose"])
    return paragraphs(
        here.say("What do you promise? Write it in your own words."),
        here.say("For example: I keep the stairs of Building 3 clean."),
    )


def _stretches(here: Here, _draft: Draft) -> list[tuple[str, str]]:
    usual = ("07:00-08:00", "09:00-10:00", "15:00-16:00", "19:00-20:00")
    return [*((each.replace("-", "–"), each) for each in usual), (here.say.label("At no fixed time"), _WHOLE_DAY)]


def _read_hours(here: Here, draft: Draft, words: str) -> object:
    return [0, 0] if words == _WHOLE_DAY else stretch(here, draft, words)


def _last_days(here: Here, _draft: Draft) -> list[tuple[str, str]]:
    """Days people often mean: the end of this month, of the next one, of the year."""
    today, say = _today(here), here.say
    found = []
    for ahead in (0, 1):
        month = (today.replace(day=1) + timedelta(days=32 * ahead)).replace(day=1)
        found.append(month.replace(day=monthrange(month.year, month.month)[1]))
    found.append(date(today.year, 12, 31))
    if (found[-1] - today).days < 60:
        found.append(date(today.year + 1, 6, 30))
    zone = here.setup.community.zone
    return [
        (say.day(_midnight(day).replace(hour=12, tzinfo=zone), here.now), day.isoformat()) for day in sorted({*found})
    ]


def _windows(here: Here, draft: Draft) -> list[tuple[str, str]]:
    named = [
        (here.say.label("In each of: {name}", name=here.say.words(windows.name)), f"{_NAMED}{windows.code}")
        for windows in here.setup.community.windows
    ]
    return [*named, *_last_days(here, draft)]


def _read_window(here: Here, draft: Draft, words: str) -> object:
    if not words.startswith(_NAMED):
        return day_to_come(here, draft, words)
    windows = here.setup.community.named_windows(words.removeprefix(_NAMED))
    if windows is None or not any(span.last >= _today(here) for span in windows.spans):
        return Wrong(here.say("Those days are all over. Please choose others, or tell the staff."))
    return words


def _read_voice(here: Here, _draft: Draft, words: str) -> object:
    digits = words.strip().lstrip("#")
    if not digits.isdecimal() or len(digits) > 9 or not service.answerable_voice(here.tx, int(digits)):
        return Wrong(here.say("I know no report with that number. Please look again."))
    return int(digits)


def _representatives(here: Here) -> list[tuple[str, str]]:
    found = [person for person in people.with_role(here.tx, "representative") if service.may_keep(person)]
    return [(here.say.label("I do that"), str(here.who.id)), *((each.name, str(each.id)) for each in found)]


def _whole(here: Here) -> str:
    return here.say.label("The whole community")


STEPS: tuple[Step, ...] = (
    Typed(
        "whose",
        ask=lambda here, _draft: here.say("Whose promise is it? Write their name."),
        change=lambda here, _draft: here.say.label("Change the name"),
        read=line(60),
    ),
    Choose(
        "keeper",
        ask=lambda here, _draft: here.say("Who is reminded, and says what became of it?"),
        change=lambda here, _draft: here.say.label("Change who is reminded"),
        options=_representatives,
    ),
    Typed(
        "words",
        ask=_words_question,
        change=lambda here, _draft: here.say.label("Change the words"),
        read=line(WORDS_LENGTH),
    ),
    Choose(
        "kind",
        ask=lambda here, _draft: here.say("What kind of promise is it?"),
        change=lambda here, _draft: here.say.label("Change when"),
        options=lambda here: [(promises.kind(here.say, kind), kind.value) for kind in Kind],
        chosen=_forget_later,
    ),
    Choose(
        "often",
        ask=lambda here, _draft: here.say("How often?"),
        change=lambda here, _draft: here.say.label("Change when"),
        options=lambda here: [
            (here.say.label("Every week"), "week1"),
            (here.say.label("Every other week"), "week2"),
            (here.say.label("Every day"), "daily"),
            (here.say.label("Every month"), "monthly"),
        ],
        chosen=_often_chosen,
    ),
    Several(
        "days",
        ask=lambda here, _draft: here.say("On which days? Tap each of them."),
        change=lambda here, _draft: here.say.label("Change the days"),
        options=lambda here, _draft: [(here.say.weekday(day), str(day)) for day in range(7)],
        least=1,
    ),
    Typed(
        "monthday",
        ask=lambda here, _draft: here.say("On which day of the month? Tap one, or write a number from 1 to 31."),
        change=lambda here, _draft: here.say.label("Change the day"),
        read=number(1, 31),
        options=lambda here, _draft: [
            ("1", "1"), ("10", "10"), ("15", "15"), ("20", "20"), (here.say.label("The last day"), "31"),
        ],
    ),
    Typed(
        "hours",
        ask=lambda here, _draft: here.say("At what time? Tap one, or write it like 19:00-20:00."),
        change=lambda here, _draft: here.say.label("Change the time"),
        read=_read_hours,
        options=_stretches,
    ),
    Typed(
        "target",
        ask=lambda here, _draft: here.say("How many? Tap a number or write one."),
        change=lambda here, _draft: here.say.label("Change the number"),
        read=number(1, MOST),
        options=lambda _here, _draft: [(each, each) for each in ("1", "5", "10", "20", "50", "80")],
    ),
    Typed(
        "window",
        ask=lambda here, _draft: here.say("By when? Tap one, or write a day like 31.12."),
        change=lambda here, _draft: here.say.label("Change by when"),
        read=_read_window,
        options=_windows,
    ),
    Typed(
        "by",
        ask=lambda here, _draft: here.say("By when? Tap one, or write a day like 31.12."),
        change=lambda here, _draft: here.say.label("Change by when"),
        read=day_to_come,
        options=_last_days,
    ),
    Typed(
        "until",
        ask=lambda here, _draft: here.say("Until which day? Tap one, or write a day like 31.12."),
        change=lambda here, draft: here.say.label("Change its end")
        if draft.get("until")
        else here.say.label("Give it an end"),
        read=day_to_come,
        options=_last_days,
        optional=True,
    ),
    Several(
        "areas",
        ask=lambda here, _draft: here.say("For which part of the neighbourhood? Tap each that is meant."),
        change=lambda here, _draft: here.say.label("Change the areas"),
        options=lambda here, _draft: [
            (area.name.in_(here.say.language), area.code) for area in here.setup.community.areas
        ],
        nothing=_whole,
    ),
    Choose(
        "name",
        ask=lambda here, draft: here.say("May the board show the name {name}? You can take that back at any time.",
                                         name=bold(draft.get("whose") or here.who.name)),
        change=lambda here, _draft: here.say.label("Change: with name or not"),
        options=lambda here: [(here.say.label("Yes, with name"), YES), (here.say.label("No, without name"), NO)],
    ),
    Typed(
        "voice",
        ask=lambda here, _draft: here.say("Does it answer a report? Write the report's number."),
        change=lambda here, draft: here.say.label("Change the report")
        if draft.get("voice")
        else here.say.label("It answers a report"),
        read=_read_voice,
        optional=True,
    ),
)  # fmt: skip
FLOW = Flow(
    name=NAME,
    steps=STEPS,
    finish=_finish,
    summary=_summary,
    applies=_applies,
    offered=_offered,
    touched=drafts.touched,
    ended=drafts.ended,
    unsent=Unsent(
        first=lambda here: here.say("You began to write a promise and have not sent it."),
        final=lambda here: here.say("You began to write a promise and have not sent it. If you do not send it, I will "
                                    "throw it away tomorrow morning."),
        expired=lambda here: here.say("This promise was never sent, and I have thrown it away. To make it after all, "
                                      "send /pledge."),
    ),
)  # fmt: skip
engine.add(FLOW)
