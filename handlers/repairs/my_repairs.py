"""A person's own repairs, behind a button of /my."""

from handlers.kit.additions import OwnList
from handlers.kit.keyboards import Button, Markup, column
from handlers.kit.texts import Html, Speaker, bold, lines, paragraphs
from handlers.kit.update_context import UpdateContext
from handlers.repairs import asker_card, repair_words
from handlers.reports.status_card import Mine, MinePress
from services.repairs import repair_verdicts
from services.staff_room import staff_chat
from storage.repairs import repairs

PAGE = 6


def _button(say: Speaker, count: int) -> Button:
    return Button(say.label("My repairs ({count})", count=count), MinePress(0, Mine.REPAIRS).pack())


def _turn(ctx: UpdateContext) -> None:
    number = ctx.callback_data(MinePress).number
    ctx.edit_pressed(*_list(ctx, number))


def _open(ctx: UpdateContext) -> None:
    number = ctx.callback_data(MinePress).number
    asker_card.show_below(ctx.tx, ctx.setup, repair_verdicts.own(ctx.tx, ctx.who, number))


def _list(ctx: UpdateContext, page: int) -> tuple[Html, Markup]:
    say, community = ctx.say, ctx.setup.community
    pages = max(1, -(-repairs.count_asked_by(ctx.tx, ctx.who.id) // PAGE))
    page %= pages
    entries, buttons = [], []
    for repair in repairs.asked_by(ctx.tx, ctx.who.id, PAGE, page * PAGE):
        state = repair_words.state(say, repair.state, staff_know=staff_chat.is_reachable(ctx.tx))
        name = repair_words.trade(community, say, repair.trade)
        entries.append(say("Repair {number} ({state}): {name}", number=repair.id, state=bold(state), name=name))
        label = say.label("Repair {number}: {name}", number=repair.id, name=name)
        buttons.append(Button(label, MinePress(repair.id, Mine.REPAIR).pack()))
    if pages > 1:
        label = say.label("More ({page} of {pages})", page=page + 1, pages=pages)
        buttons.append(Button(label, MinePress(page + 1, Mine.REPAIRS).pack()))
    buttons.append(Button(say.label("Back"), MinePress(0, Mine.PAGE).pack()))
    return paragraphs(bold(say("Your repairs")), lines(*entries), say("Tap one to see where it stands.")), column(
        *buttons
    )


REPAIRS = OwnList(
    count=repairs.count_asked_by,
    button=_button,
    alone=lambda say: say("You have not reported anything yet. Your repairs are behind the button."),
    presses={Mine.REPAIRS: _turn, Mine.REPAIR: _open},
)
