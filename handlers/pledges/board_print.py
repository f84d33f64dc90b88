"""The board as a PDF for printing, from the chat: ordered here, drawn outside of the loop (handlers/printing)."""

from typing import Any

from domain.pledges.pledges import Kind, State
from handlers.kit.texts import lines
from handlers.kit.update_context import UpdateContext
from handlers.printing import printing
from speech import promises
from speech.speaker import PlainSpeaker, clean
from storage.pledges import board
from storage.pledges.board import Shown, Wanted

MOST = 300
"""About fifteen sheets; nobody hangs up more."""


def order(ctx: UpdateContext) -> None:
    """Have all promises drawn on A3, and sent to this chat."""
    say = ctx.say
    printing.order(ctx, printing.PrintKind.BOARD, "all", board_order(ctx), say("The board of promises, for A3 paper"))
    text = lines(say("I am drawing the board for A3 paper."), say("It comes here in a moment."))
    ctx.edit_pressed(text, None)


def board_order(ctx: UpdateContext) -> dict[str, Any]:
    """The order: what the board shows at this moment, and no more."""
    community = ctx.setup.community
    say = PlainSpeaker(ctx.say.language, community.zone)
    return {
        "name": "board",
        "language": say.language,
        "community": say.words(community.name),
        "title": say.label("Our promises"),
        "day": say.label("As it stands on {day}", day=say.dated(ctx.now)),
        "link": f"https://t.me/{ctx.setup.bot_username}",
        "invitation": say.label("Promise something yourself, or say thank you: scan this with your phone."),
        "cards": [_card(ctx, say, shown) for shown in board.page(ctx.tx, Wanted(), MOST, 0, 0)],
    }


def _card(ctx: UpdateContext, say: PlainSpeaker, shown: Shown) -> dict[str, Any]:
    community = ctx.setup.community
    head = say.label("No. {number}", number=shown.id), promises.kind(say, shown.kind)
    standing = [] if shown.state is State.PUBLISHED else [promises.state(say, shown.state)]
    said = [
        promises.when(say, community, shown.plan, ctx.now),
        promises.areas(say, community, shown.areas),
        _done(say, shown),
        promises.tally(say, shown.outcomes),
    ]
    return {
        "head": " · ".join([*head, *standing]),
        "words": clean(shown.words),
        "lines": [line for line in said if line],
        "name": shown.name,
        "number": shown.id,
    }


def _done(say: PlainSpeaker, shown: Shown) -> str | None:
    target = shown.target or shown.plan.target
    if shown.kind is Kind.QUOTA and target is not None:
        return promises.done_of(say, shown.done, target, shown.plan.unit)
    if shown.kind is Kind.ON_CALL and shown.done:
        return say.plural("Was there {count} time", "Was there {count} times", shown.done)
    return None
