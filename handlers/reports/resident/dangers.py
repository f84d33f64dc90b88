"""Danger words are looked for in what a resident writes to us; the number to call comes before anything else."""

from domain.community import Community, Danger
from domain.danger.danger import find_danger
from handlers.kit import mailer, wording
from handlers.kit.texts import Html, Speaker, bold, paragraphs
from handlers.kit.update_context import UpdateContext
from storage.core.messages import Purpose
from storage.reports.reports import Report


def watch(ctx: UpdateContext) -> None:
    """Look at the message that came; when it speaks of a danger, send the number to call at once."""
    text = ctx.message.words
    found = find_danger(text, ctx.setup.community.dangers) if text else None
    if found is None:
        return
    if found.by_words:
        ctx.danger = found.danger.code
    if not found.certain:
        ctx.possible_danger = found.danger.code
    ctx.warned = _warn(ctx, warning(ctx.say, ctx.setup.community, found.danger, guessed=found.guessed))


def still(ctx: UpdateContext, report: Report) -> None:
    """A report of danger is not over after all, says whoever pressed: the number to call comes first, once more."""
    danger = next((each for each in ctx.setup.community.dangers if each.code == report.danger), None)
    if danger is not None:
        _warn(ctx, warning(ctx.say, ctx.setup.community, danger))


def _warn(ctx: UpdateContext, words: Html) -> int | None:
    return mailer.send(ctx.tx, ctx.where.id, words, purpose=Purpose.DANGER)


def warning(say: Speaker, community: Community, danger: Danger, *, guessed: bool = False) -> Html:
    """The number first, in bold, then what to do; of a danger that is only guessed all numbers, and no advice."""
    number = say("Call {number} now: {who}", number=danger.emergency.number, who=say.words(danger.emergency.label))
    if guessed:
        number = wording.emergency_line(community, say) or number
    return paragraphs(
        bold(number),
        say.words(danger.advice) if danger.advice and not guessed else None,
        say("I am a bot and cannot call for you."),
    )


def name(community: Community, say: Speaker, code: str | None) -> str | None:
    """A danger's name by its code; None when there is none such."""
    found = next((danger for danger in community.dangers if danger.code == code), None)
    return say.words(found.name) if found else None
