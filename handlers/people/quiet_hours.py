"""A row of /settings: the hours in which nothing makes a sound and nobody is reminded of anything."""

from domain.calendar.quiet import NO_QUIET_HOURS, QuietHours
from handlers.kit.callback_data import InvalidCallbackData, number_from
from handlers.kit.keyboards import Button, Markup, column, rows
from handlers.kit.preference import Preference, back
from handlers.kit.texts import Html, Speaker, bold, lines, paragraphs
from handlers.kit.update_context import UpdateContext
from services.people import quiet
from storage.people.preferences import QUIET

USUAL = "usual"
OTHER = "other"
BEGINS = "b"
READY = (QuietHours(20, 7), QuietHours(21, 9), QuietHours(0, 10))
"""What many choose; any others by two more taps."""
IN_A_ROW = 4
HOURS = (*range(12, 24), *range(12))
"""The evening first: most people's quiet hours begin there."""


def _span(say: Speaker, hours: QuietHours) -> str:
    if hours.none:
        return say.label("none")
    return say.label("{begins} to {ends}", begins=_hour(hours.begins), ends=_hour(hours.ends))


def _hour(hour: int) -> str:
    return f"{hour:02}:00"


def _now(ctx: UpdateContext) -> Html:
    hours = quiet.hours_of(ctx.who, ctx.setup.community)
    return ctx.say("Quiet hours: {hours}", hours=bold(_span(ctx.say, hours)))


def _page(ctx: UpdateContext, lead: Html | None = None) -> tuple[Html, Markup]:
    say, usual = ctx.say, ctx.setup.community.care.quiet
    hours = quiet.hours_of(ctx.who, ctx.setup.community)
    if hours.none:
        what = say("You have no quiet hours: everything makes a sound at any time.")
    else:
        what = lines(
            say(
                "From {begins} to {ends} what I send makes no sound, and reminders wait until these hours are over.",
                begins=bold(_hour(hours.begins)),
                ends=bold(_hour(hours.ends)),
            ),
            say("What you write or tap yourself I answer at once, as always."),
        )
    ready = [each for each in READY if each != usual]
    return paragraphs(bold(say("Quiet hours")), lead, what), column(
        Button(say.label("{hours} (usual)", hours=_span(say, usual)), QUIET_HOURS.data(USUAL)),
        *(Button(_span(say, each), QUIET_HOURS.data(str(each))) for each in ready),
        Button(say.label("Other hours"), QUIET_HOURS.data(OTHER)),
        Button(say.label("No quiet hours"), QUIET_HOURS.data(str(NO_QUIET_HOURS))),
        back(say),
    )


def _press(ctx: UpdateContext, value: str) -> None:
    say = ctx.say
    begins, dash, ends = value.removeprefix(BEGINS).partition("-")
    if value == OTHER:
        text = paragraphs(bold(say("Quiet hours")), say("From when on shall it be quiet?"))
        ctx.edit_pressed(text, _hours(say, [(hour, f"{BEGINS}{hour}") for hour in HOURS]))
    elif value.startswith(BEGINS):
        hour = _read(ctx, begins)
        text = paragraphs(bold(say("Quiet hours")), say("Quiet from {begins}. Until when?", begins=bold(_hour(hour))))
        following = [(hour + 1 + more) % 24 for more in range(23)]
        ctx.edit_pressed(text, _hours(say, [(each, f"{hour}-{each}") for each in following]))
    elif value == USUAL or dash:
        chosen = None if value == USUAL else QuietHours(_read(ctx, begins), _read(ctx, ends))
        quiet.choose(ctx.tx, ctx.who, chosen)
        ctx.refresh_person()
        ctx.edit_pressed(*_page(ctx, say("Kept.")))
    else:
        raise InvalidCallbackData


def _hours(say: Speaker, choices: list[tuple[int, str]]) -> Markup:
    buttons = [Button(_hour(hour), QUIET_HOURS.data(value)) for hour, value in choices]
    grid = [buttons[start : start + IN_A_ROW] for start in range(0, len(buttons), IN_A_ROW)]
    return rows([*grid, [Button(say.label("Back"), QUIET_HOURS.data())]])


def _read(ctx: UpdateContext, text: str) -> int:
    hour = number_from(text)
    if hour > 23:
        raise InvalidCallbackData
    return hour


QUIET_HOURS = Preference(QUIET, lambda say: say.label("Quiet hours"), 2, _now, _page, _press)
