"""When the list of the week comes, and whether each time is announced as well: chosen by buttons."""

from dataclasses import replace
from enum import StrEnum

from handlers.kit.callback_data import CallbackData, InvalidCallbackData
from handlers.kit.keyboards import Button, Markup, column, rows
from handlers.kit.preference import Preference
from handlers.kit.texts import Html, bold, lines, paragraphs
from handlers.kit.update_context import UpdateContext
from handlers.pledges.buttons import Doing, PledgePress
from services.pledges import reminder_schedule
from storage.pledges import keepers, pledges
from storage.pledges.keepers import Keeper

HOURS = (7, 8, 9, 12, 18, 20)
BEFORE = (30, 60, 120)


class Choice(StrEnum):
    """What is chosen, or shown to choose from."""

    MENU = "menu"
    DAYS = "days"
    HOURS = "hours"
    BEFORES = "befores"
    DAY = "day"
    HOUR = "hour"
    BEFORE = "before"


class TimesPress(CallbackData, prefix="pt"):
    """`value` is a weekday from 0 on, an hour, or minutes before; 0 for a page."""

    choice: Choice
    value: int = 0


def show(ctx: UpdateContext) -> None:
    """In the place of the message whose button was pressed."""
    ctx.edit_pressed(*_menu(ctx))


def press(ctx: UpdateContext) -> None:
    """Something is chosen, or the page is wanted that it can be chosen from."""
    pressed = ctx.callback_data(TimesPress)
    what, value = pressed.choice, pressed.value
    keeper = keepers.of(ctx.tx, ctx.who.id)
    if what in _PAGES:
        ctx.edit_pressed(_text(ctx, keeper), _PAGES[what](ctx))
        return
    if what is Choice.DAY and value <= 6:
        keeper = replace(keeper, weekday=value)
    elif what is Choice.HOUR and value in HOURS:
        keeper = replace(keeper, minute=value * 60)
    elif what is Choice.BEFORE and value in (0, *BEFORE):
        keeper = replace(keeper, before=value or None)
    elif what is not Choice.MENU:
        raise InvalidCallbackData
    if what is not Choice.MENU:
        reminder_schedule.choose(ctx.tx, ctx.setup.community, keeper)
    ctx.edit_pressed(*_menu(ctx))


def _menu(ctx: UpdateContext) -> tuple[Html, Markup]:
    keeper, say = keepers.of(ctx.tx, ctx.who.id), ctx.say
    return _text(ctx, keeper), column(
        Button(say.label("Another weekday"), TimesPress(Choice.DAYS).pack()),
        Button(say.label("Another hour"), TimesPress(Choice.HOURS).pack()),
        Button(say.label("Before each time"), TimesPress(Choice.BEFORES).pack()),
        Button(say.label("Back to my promises"), PledgePress(0, Doing.LIST).pack()),
    )


def _text(ctx: UpdateContext, keeper: Keeper) -> Html:
    say = ctx.say
    if keeper.before is None:
        before = say("Before each time: no message.")
    else:
        before = say(
            "Before each time: a message {count} minutes earlier, unless I have written that day.", count=keeper.before
        )
    return paragraphs(
        bold(say("When I remind you")),
        lines(
            say(
                "Your list comes once a week, on {day} at {time}.",
                day=say.weekday(keeper.weekday),
                time=f"{keeper.minute // 60:02}:{keeper.minute % 60:02}",
            ),
            before,
        ),
        say("I write to you about promises at most once a day, and not in the quiet hours."),
    )


def _days(ctx: UpdateContext) -> Markup:
    buttons = [Button(ctx.say.weekday(day), TimesPress(Choice.DAY, day).pack()) for day in range(7)]
    return column(*buttons, Button(ctx.say.label("Back"), TimesPress(Choice.MENU).pack()))


def _hours(ctx: UpdateContext) -> Markup:
    buttons = [Button(f"{hour:02}:00", TimesPress(Choice.HOUR, hour).pack()) for hour in HOURS]
    pairs = [buttons[at : at + 2] for at in range(0, len(buttons), 2)]
    return rows([*pairs, [Button(ctx.say.label("Back"), TimesPress(Choice.MENU).pack())]])


def _befores(ctx: UpdateContext) -> Markup:
    say = ctx.say
    buttons = [
        Button(say.label("{count} minutes before", count=minutes), TimesPress(Choice.BEFORE, minutes).pack())
        for minutes in BEFORE
    ]
    return column(
        *buttons,
        Button(say.label("No message"), TimesPress(Choice.BEFORE).pack()),
        Button(say.label("Back"), TimesPress(Choice.MENU).pack()),
    )


_PAGES = {Choice.DAYS: _days, Choice.HOURS: _hours, Choice.BEFORES: _befores}

REMINDS = Preference(
    code="reminds",
    label=lambda say: say.label("Reminders of promises"),
    place=3,
    shown=lambda ctx: pledges.count_concerning(ctx.tx, ctx.who.id) > 0,
    opens=PledgePress(0, Doing.TIMES).pack(),
)
