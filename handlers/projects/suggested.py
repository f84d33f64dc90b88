"""What could be a project: many open reports that are alike, and what is reported again and again."""

from handlers.kit import wording
from handlers.kit.keyboards import Button, Markup, column
from handlers.kit.texts import Html, bold, lines, paragraphs
from handlers.kit.update_context import UpdateContext
from handlers.projects import bundle
from handlers.projects.buttons import ListPress, SuggestionPress
from handlers.reports import describe
from services.projects import suggesting
from services.projects.suggesting import Suggestion
from storage.reports import reports

NAME = 60


def press(ctx: UpdateContext) -> None:
    """All suggestions, or those that are like one report: which of them go into a project?"""
    seed = ctx.callback_data(SuggestionPress).seed
    if not seed:
        ctx.edit_pressed(*_all(ctx))
        return
    found = suggesting.like(ctx.tx, ctx.setup.community, ctx.who, seed)
    others = [each for each in found.open if each != seed] if found is not None else []
    if found is None or not others:
        ctx.pop_up(ctx.say_to_person.label("I find no open report that is like it."), alert=True)
        return
    bundle.begin(ctx, others if found.seed.project is not None else found.open, _title(ctx, found))


def _all(ctx: UpdateContext) -> tuple[Html, Markup]:
    say = ctx.say
    found = suggesting.suggestions(ctx.tx, ctx.setup.community, ctx.who)
    buttons = [
        Button(
            say.label("{count} like no. {number}", count=len(each.open), number=each.seed.id),
            SuggestionPress(each.seed.id).pack(),
        )
        for each in found
    ]
    text = paragraphs(
        bold(say("What could be a project")),
        *(_entry(ctx, each) for each in found),
        None if found else say("Nothing at the moment: few open reports are alike."),
    )
    return text, column(*buttons, Button(say.label("All projects"), ListPress(0).pack()))


def _entry(ctx: UpdateContext, each: Suggestion) -> Html:
    say, seed = ctx.say, each.seed
    where = wording.place(ctx.setup.community, say, seed.area, None, None) if seed.area else None
    count = len(each.open)
    if where is not None:
        alike = say.plural(
            "{place}: {count} open report", "{place}: {count} open reports are alike", count, place=where
        )
    else:
        alike = say.plural("{count} open report", "{count} open reports are alike", count)
    return lines(
        alike,
        say("“{words}”", words=_title(ctx, each)),
        say.plural(
            "It has been reported {count} time in {days} days.",
            "It has been reported {count} times in {days} days.",
            each.times,
            days=suggesting.DAYS,
        )
        if each.closed
        else None,
    )


def _title(ctx: UpdateContext, each: Suggestion) -> str:
    parts = reports.parts_for_list(ctx.tx, each.seed.id)
    return describe.gist(ctx.setup.community, ctx.say, each.seed, parts, NAME)
