"""“That was something else”: what went onto a card of danger becomes a draft, and staff are told that it is off."""

from collections.abc import Sequence
from typing import Any

from handlers.kit.conversation.engine import engine
from handlers.kit.conversation.steps import has_place
from handlers.kit.parts import as_draft
from handlers.kit.update_context import UpdateContext
from handlers.reports.resident import reporting
from handlers.reports.resident.said_afterwards import SomethingElsePress
from services.reports import allowed
from services.reports import dangers as service
from services.reports.allowed import Blocked
from storage.reports import dangers
from storage.reports.reports import NewPart, Part


def press(ctx: UpdateContext) -> None:
    """This was no answer to the question where it is."""
    said = dangers.word(ctx.tx, ctx.callback_data(SomethingElsePress).word)
    rung = dangers.by_id(ctx.tx, said.danger) if said is not None else None
    try:
        parts = service.take_off(ctx.tx, ctx.who, said.id if said is not None else 0)
    except LookupError:
        ctx.pop_up(ctx.say_to_person.label("This is no longer on your report."), alert=True)
        return
    assert said is not None and rung is not None
    text = ctx.say(
        "I have taken this off your report no. {number}. The staff are told, in case they have already read it.",
        number=service.number(rung),
    )
    ctx.edit_pressed(text, None)
    try:
        allowed.to_report(ctx.tx, ctx.who)
    except Blocked:
        return  # off it is, and nothing else may be begun
    draft_again(ctx, parts, said.place["by"] if said.place is not None and not parts else {})


def draft_again(ctx: UpdateContext, parts: Sequence[Part], place: dict[str, Any]) -> None:
    """What staff had is a draft again; into the one that is open, if there is one."""
    _draft(ctx, [_anew(part) for part in parts], place)


def _anew(part: Part) -> dict[str, Any]:
    return as_draft(NewPart(part.kind, part.text, part.file_id, part.file_unique_id, part.duration, part.message))


def _draft(ctx: UpdateContext, words: list[dict[str, Any]], place: dict[str, Any]) -> None:
    """A report that is not sent; into the one that is open, if there is one."""
    open_one = ctx.conversation
    if open_one is None or open_one.flow != reporting.NAME:
        reporting.begin_with(ctx, words, {name: value for name, value in place.items() if value is not None})
        return
    if not has_place(open_one.draft):
        open_one.draft.update(place)
    reporting.take_in(ctx, open_one, words)
    engine.show(ctx, anew=True)
