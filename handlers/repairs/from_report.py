"""What somebody writes as a report may be for a volunteer rather: it goes on as a request for a repair."""

from domain.reports.suggest import suggest_trade
from handlers.kit.additions import Instead
from handlers.kit.update_context import UpdateContext
from handlers.repairs import repair_request, repair_words
from storage.volunteers import volunteers


def _trade(ctx: UpdateContext, texts: list[str]) -> str | None:
    """The trade of volunteers whom these words are rather for, when there are any; none of what is dangerous."""
    found = suggest_trade(texts, ctx.setup.community.trades)
    return found.code if found is not None and volunteers.any_with_trade(ctx.tx, found.code) else None


def _label(ctx: UpdateContext, trade: str) -> str:
    return ctx.say.label("Ask a volunteer: {trade}", trade=repair_words.trade(ctx.setup.community, ctx.say, trade))


INSTEAD = Instead(
    name="repair",
    fits=_trade,
    line=lambda say: say("Is it at home? A volunteer may be able to mend it."),
    label=_label,
    goes_on=lambda say: say("This goes on as a request for a repair. No report was sent."),
    begin=repair_request.begin_with,
)
