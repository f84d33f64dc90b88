"""Making a promise: in one's own words, then its kind, days and times, read back before it goes to the staff."""

from datetime import date, datetime, timedelta

from domain.calendar import recurrence
from domain.core.subjects import subject
from domain.pledges.pledges import Asked, Kind, Plan
from domain.pledges.promised_amounts import amount_in
from handlers.kit.conversation import drafts
from handlers.kit.conversation.engine import engine
from handlers.kit.conversation.flow import Draft, Flow, Step, Unsent
from handlers.kit.texts import Html, bold, lines, paragraphs
from handlers.kit.update_context import UpdateContext
from handlers.pledges import pledge_words
from handlers.pledges.pledge_questions import NAMED, NO, STEPS, YES, midnight, today
from services.pledges import pledges as service
from services.pledges.pledges import Promise
from storage.core import conversations
from storage.core.conversations import Conversation
from storage.people import people

NAME = "pledge"


def begin(ctx: UpdateContext, draft: Draft | None = None) -> None:
    """Begin to make one; or go on with the one that was begun."""
    if ctx.conversation is not None and ctx.conversation.flow == NAME and draft is None:
        engine.show(ctx, anew=True)
        return
    engine.begin(ctx, NAME, draft)


def draft_of(words: str, plan: Plan, areas: tuple[str, ...]) -> Draft:
    """What a pledge says now, as a draft in which everything can be changed."""
    draft: Draft = {"words": words, "kind": plan.kind.value, "areas": list(areas), "name": NO}
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
        draft["target"], draft["unit"] = plan.target, plan.unit
        draft["window"] = f"{NAMED}{plan.windows}" if plan.windows else plan.until and plan.until.isoformat()
        draft["start"] = plan.start.date().isoformat() if plan.start else None
    elif plan.kind is Kind.ONCE and plan.until is not None and plan.start is not None:
        draft["by"], draft["start"] = plan.until.isoformat(), plan.start.date().isoformat()
    return draft


def plan_of(draft: Draft, day: date) -> Plan:
    """The plan a complete draft means."""
    kind = Kind(draft["kind"])
    first = date.fromisoformat(draft.get("start") or day.isoformat())
    if kind is Kind.RECURRING:
        minute, minutes = draft["hours"]
        start = datetime(first.year, first.month, first.day) + timedelta(minutes=minute)
        until = date.fromisoformat(draft["until"]) if draft.get("until") else None
        return Plan(kind, start, _rule(draft), minutes, until)
    if kind is Kind.QUOTA:
        window = str(draft["window"])
        if window.startswith(NAMED):
            return Plan(kind, target=draft["target"], windows=window.removeprefix(NAMED), unit=_unit(draft))
        until = date.fromisoformat(window)
        return Plan(kind, midnight(first), target=draft["target"], until=until, unit=_unit(draft))
    if kind is Kind.ONCE:
        return Plan(kind, midnight(first), until=date.fromisoformat(draft["by"]))
    return Plan(kind)


def _unit(draft: Draft) -> str | None:
    """What a number is counted in: as it was written with the number, or in the promise's own words."""
    if draft.get("unit"):
        return str(draft["unit"])
    told = amount_in(draft["words"])
    return told.unit if told is not None and told.number == draft["target"] else None


def _rule(draft: Draft) -> str:
    if draft["often"] == "daily":
        return recurrence.EVERY_DAY
    if draft["often"] == "monthly":
        return recurrence.monthly(int(draft["monthday"]))
    return recurrence.weekly(frozenset(map(int, draft["days"])), 2 if draft["often"] == "week2" else 1)


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
        "report": not draft.get("_pledge"),
    }.get(step.name, True)


def _offered(step: Step, _draft: Draft) -> bool:
    return step.name in ("words", "kind", "until", "areas", "name", "report")


# -- the summary, and sending


def _summary(ctx: UpdateContext, conversation: Conversation) -> Html:
    say, draft, community = ctx.say, conversation.draft, ctx.setup.community
    plan = plan_of(draft, today(ctx))
    whose = draft.get("whose")
    if draft.get("_pledge"):
        name = None
    elif draft["name"] != NO:
        name = say("The board shows the name.")
    else:
        name = say("The board shows no name.")
    endless = plan.kind is Kind.RECURRING and plan.until is None
    return paragraphs(
        bold(say("NOT SENT YET")),
        lines(
            say("A promise of {name}", name=bold(whose)) if whose else None,
            say("{name} is reminded and says what became of it.", name=people.by_id(ctx.tx, int(draft["keeper"])).name)
            if whose
            else None,
            pledge_words.described(say, community, draft["words"], plan, draft["areas"], ctx.now),
            name,
            say("It answers report no. {number}.", number=draft["report"]) if draft.get("report") else None,
        ),
        say("It has no end. You can pause or end it at any time.") if endless else None,
        say("It goes on the board at once. Is it right like this?")
        if draft.get("_recording")
        else say("The staff read it first; then it goes on the board. Is it right like this?"),
    )


def _finish(ctx: UpdateContext, conversation: Conversation) -> None:
    draft = conversation.draft
    said = str(draft.get("name", NO))
    named = said.startswith(YES)
    asked = Asked(said.removeprefix(YES)) if named and said != YES else None
    promise = Promise(draft["words"], plan_of(draft, today(ctx)), draft["areas"], named, draft.get("report"), asked)
    community = ctx.setup.community
    if draft.get("_pledge"):
        service.change(ctx.tx, community, ctx.who, int(draft["_pledge"]), promise)
        said = ctx.say(
            "Your change of promise no. {number} is with the staff. I tell you when it is on the board.",
            number=draft["_pledge"],
        )
    elif draft.get("_recording"):
        number_ = service.record(ctx.tx, community, ctx.who, draft["whose"], int(draft["keeper"]), promise)
        draft[conversations.ABOUT] = [subject("pledge", number_)]
        said = ctx.say(
            "Promise no. {number} is on the board. {name} is reminded every week and says what became of it.",
            number=number_,
            name=people.by_id(ctx.tx, int(draft["keeper"])).name,
        )
    else:
        number_ = service.make(ctx.tx, community, ctx.who, promise)
        said = ctx.say(
            "Thank you! Your promise has no. {number}. The staff read it, and I tell you when it is on the board.",
            number=number_,
        )
    engine.end(ctx, conversation, said)


FLOW = Flow(
    name=NAME,
    steps=STEPS,
    finish=_finish,
    summary=_summary,
    applies=_applies,
    offered=_offered,
    touched=drafts.touched,
    unsent=Unsent(
        first=lambda ctx: ctx.say("You began to write a promise and have not sent it."),
        final=lambda ctx: ctx.say(
            "You began to write a promise and have not sent it. If you do not send it, I will "
            "throw it away tomorrow morning."
        ),
        expired=lambda ctx: ctx.say(
            "This promise was never sent, and I have thrown it away. To make it after all, send /pledge."
        ),
    ),
)
