"""/volunteer: saying what one can mend, where and when; and staff's yes or no to it."""

from domain.calendar.hours import Window
from domain.people.rights import Action, Role, require
from domain.repairs.dispatch import windows_of
from handlers.kit.callback_data import InvalidCallbackData, YesNo
from handlers.kit.conversation import drafts
from handlers.kit.conversation.engine import engine
from handlers.kit.conversation.flow import Draft, Flow
from handlers.kit.conversation.several import Several, SeveralPlaces
from handlers.kit.conversation.steps import Choose, Line
from handlers.kit.texts import Html, bold, lines, paragraphs
from handlers.kit.update_context import UpdateContext
from handlers.repairs.repair_request import NO, YES, number_in, yes_or_no
from handlers.volunteers import volunteer_notices, volunteer_words
from services.volunteers import volunteers as service
from storage.core.conversations import Conversation
from storage.people import people
from storage.volunteers import volunteers
from storage.volunteers.volunteers import Profile

NAME = "volunteer"
WORKDAYS, WEEKEND = range(5), (5, 6)
ALWAYS, OWN = "always", "own"
READY_HOURS: dict[str, tuple[Window, ...]] = {
    "evenings": (*windows_of(WORKDAYS, 17 * 60, 22 * 60), *windows_of(WEEKEND, 8 * 60, 22 * 60)),
    "daytime": windows_of(WORKDAYS, 8 * 60, 18 * 60),
    "weekend": windows_of(WEEKEND, 8 * 60, 22 * 60),
}


def begin(ctx: UpdateContext) -> None:
    """/volunteer: offer help; or, for a volunteer, change what is offered."""
    if ctx.conversation is not None and ctx.conversation.flow == NAME:
        engine.show(ctx, anew=True)
        return
    if not ctx.setup.community.trades:
        ctx.send(ctx.say("There are no trades in this community yet. Ask an admin."))
        return
    known = volunteers.of(ctx.tx, ctx.who.id)
    engine.begin(ctx, NAME, _as_draft(known.profile) if known else {})


def _as_draft(profile: Profile) -> Draft:
    """What they offered before, so that only what is to change need be said."""
    draft: Draft = {
        "trades": list(profile.trades), "_trades_done": True, "areas": list(profile.areas), "_areas_done": True,
        "at_once": str(profile.at_once), "night": YES if profile.night else NO, "phone": profile.phone,
        "listed": YES if profile.listed else NO, "hours": ALWAYS,
    }  # fmt: skip
    if profile.phone is None:
        draft["_skipped"] = ["phone"]
    if not profile.always:
        ready = next((name for name, windows in READY_HOURS.items() if set(windows) == set(profile.windows)), None)
        draft["hours"] = ready or OWN
        draft["windows"] = [[each.weekday, each.opens, each.closes] for each in profile.windows]
        if ready is None:
            draft |= {"days": [], "_days_done": True, "opens": "-", "closes": "-", "_kept": True}
    return draft


def _own_hours(draft: Draft) -> bool:
    return draft.get("hours") == OWN and not draft.get("_kept")


def _hours_chosen(draft: Draft) -> None:
    """Hours of before are no longer kept, once others are chosen."""
    for name in ("_kept", "days", "_days_done", "opens", "closes"):
        draft.pop(name, None)


def _windows(draft: Draft) -> tuple[Window, ...]:
    hours = draft["hours"]
    if hours == ALWAYS:
        return ()
    if hours in READY_HOURS:
        return READY_HOURS[hours]
    if draft.get("_kept"):
        return tuple(Window(*each) for each in draft["windows"])
    days = sorted(int(day) for day in draft["days"])
    return windows_of(days, int(draft["opens"]) * 60, int(draft["closes"]) * 60)


def _profile(draft: Draft) -> Profile:
    return Profile(
        trades=tuple(draft["trades"]),
        areas=tuple(draft["areas"]),
        always=draft["hours"] == ALWAYS,
        windows=_windows(draft),
        at_once=int(draft["at_once"]),
        night=draft["night"] == YES,
        phone=draft.get("phone"),
        listed=draft["listed"] == YES,
    )


def _summary(ctx: UpdateContext, conversation: Conversation) -> Html:
    say, profile = ctx.say, _profile(conversation.draft)
    return paragraphs(
        bold(say("NOT SENT YET")),
        lines(
            volunteer_words.full_offer(ctx.setup.community, say, profile),
            say("Telephone for the staff: {number}", number=profile.phone)
            if profile.phone
            else say("Telephone for the staff: none"),
            say("Neighbours may read who helps with what: yes")
            if profile.listed
            else say("Neighbours may read who helps with what: no"),
        ),
        say("When nobody near can come, I may ask you for other places too; you can always say no."),
        None
        if Role.VOLUNTEER in ctx.who.roles
        else say("What happens next: the staff read it and say yes or no. You hear it here."),
    )


def _finish(ctx: UpdateContext, conversation: Conversation) -> None:
    offered = service.offer(ctx.tx, ctx.setup.community, ctx.who, _profile(conversation.draft))
    say = ctx.say
    if offered.state == volunteers.APPROVED:
        said = paragraphs(
            bold(say("Thank you! You are on call from now on.")),
            say(
                "When somebody near you needs your hands, I ask you here. /duty switches it off and on, /jobs shows "
                "what you have taken."
            ),
        )
    else:
        said = paragraphs(
            bold(say("Thank you for offering help!")), say("The staff read it first. You hear from me here.")
        )
    engine.end(ctx, conversation, said)


def _hours_options(ctx: UpdateContext) -> list[tuple[str, str]]:
    say = ctx.say
    return [
        (say.label("Round the clock"), ALWAYS),
        (say.label("Evenings, weekends"), "evenings"),
        (say.label("Working days 8–18"), "daytime"),
        (say.label("Weekends only"), "weekend"),
        (say.label("Other hours"), OWN),
    ]


def _clock_options(first: int, last: int, step: int) -> list[tuple[str, str]]:
    return [(f"{hour}:00", str(hour)) for hour in range(first, last + 1, step)]


_STEPS = (
    Several(
        "trades",
        ask=lambda ctx, _draft: ctx.say("What can you mend? Tap all that fit."),
        change=lambda ctx, _draft: ctx.say.label("Change the trades"),
        options=lambda ctx: [(trade.name.in_(ctx.say.language), trade.code) for trade in ctx.setup.community.trades],
    ),
    SeveralPlaces(
        "areas",
        ask=lambda ctx, _draft: ctx.say("Where do you help? Tap all that fit, or write a place."),
        change=lambda ctx, _draft: ctx.say.label("Change the places"),
    ),
    Choose(
        "hours",
        ask=lambda ctx, _draft: ctx.say("When can I ask you?"),
        change=lambda ctx, _draft: ctx.say.label("Change the hours"),
        options=_hours_options,
        chosen=_hours_chosen,
    ),
    Several(
        "days",
        ask=lambda ctx, _draft: ctx.say("On which days?"),
        options=lambda ctx: [(volunteer_words.day_name(ctx.say, day), str(day)) for day in range(7)],
        needed=_own_hours,
    ),
    Choose(
        "opens",
        ask=lambda ctx, _draft: ctx.say("From what time?"),
        options=lambda _ctx: _clock_options(6, 22, 2),
        needed=_own_hours,
    ),
    Choose(
        "closes",
        ask=lambda ctx, _draft: ctx.say("Until what time? Before the first time means the next morning."),
        options=lambda _ctx: [*_clock_options(8, 24, 2), ("6:00", "6")],
        needed=_own_hours,
    ),
    Choose(
        "at_once",
        ask=lambda ctx, _draft: ctx.say("How many jobs will you have at the same time, at most?"),
        change=lambda ctx, _draft: ctx.say.label("Change how many"),
        options=lambda _ctx: [("1", "1"), ("2", "2"), ("3", "3"), ("5", "5")],
    ),
    Choose(
        "night",
        ask=lambda ctx, _draft: ctx.say("May I wake you at night for what cannot wait, such as a burst pipe?"),
        change=lambda ctx, _draft: ctx.say.label("Change the nights"),
        options=yes_or_no,
    ),
    Line(
        "phone",
        ask=lambda ctx, _draft: paragraphs(
            ctx.say(
                "A muted telephone cannot be woken by me. At which number may the STAFF ring you when nobody answers?"
            ),
            ctx.say("Only the staff read it. You can leave it out."),
        ),
        change=lambda ctx, _draft: ctx.say.label("Change the telephone number"),
        taken=number_in,
    ),
    Choose(
        "listed",
        ask=lambda ctx, _draft: ctx.say(
            "May neighbours read your name, what you help with and how many jobs you have done? No number is shown."
        ),
        options=yes_or_no,
    ),
)
FLOW = Flow(
    name=NAME,
    steps=_STEPS,
    finish=_finish,
    summary=_summary,
    send_label=lambda ctx: ctx.say.label("Offer it like this"),
    skippable=frozenset({"phone"}),
    touched=drafts.touched,
)


def decide(ctx: UpdateContext) -> None:
    """The staff's answer to what that very message showed of the offer."""
    pressed = ctx.callback_data(volunteer_notices.VolunteerPress)
    person = pressed.person
    if people.find(ctx.tx, person) is None:
        raise InvalidCallbackData
    require(ctx.who.roles, Action.RUN_REPAIRS)
    offered = service.of(ctx.tx, person)
    if offered.state == volunteers.ASKED and pressed.seen != volunteer_notices.offer_fingerprint(ctx.tx, person):
        ctx.pop_up(ctx.say_to_person.label("The offer or the name has changed. Here is how it reads now."), alert=True)
        ctx.edit_pressed(*volunteer_notices.question(ctx.tx, ctx.setup, person, ctx.say))
        return
    if pressed.answer is YesNo.YES:
        service.approve(ctx.tx, ctx.who, person)
    else:
        service.decline(ctx.tx, ctx.who, person)
    name, by = people.by_id(ctx.tx, person).name, ctx.who.name
    said = (
        ctx.say("{name} is a volunteer now. {by} said yes.", name=name, by=by)
        if pressed.answer is YesNo.YES
        else ctx.say("{name} does not become a volunteer. {by} said no.", name=name, by=by)
    )
    ctx.edit_pressed(said, None)
