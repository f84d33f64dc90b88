"""/hotline in private: an admin types the hotline's complaints month by month, as an office says them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from domain.calendar.local_time import local_time
from domain.figures.hotline_table import MonthCount, read_text
from domain.people.rights import Action, may, require
from handlers.figures import hotline_words
from handlers.kit.conversation.engine import engine
from handlers.kit.conversation.flow import Draft, Flow, Wrong
from handlers.kit.texts import Html, bold, lines, paragraphs
from handlers.kit.update_context import UpdateContext
from services.figures import hotline as service
from speech import periods
from storage.core.conversations import Conversation

SHOWN = 13
"""So many months: the newest one stands beside the same of the year before."""
MOST_AT_ONCE = 60
_MONTHS = "months"


def command(ctx: UpdateContext) -> None:
    """/hotline: what is known, and more of it."""
    require(ctx.who.roles, Action.ENTER_OFFICIAL)
    if ctx.conversation is not None and ctx.conversation.flow == FLOW.name:
        engine.show(ctx, anew=True)
        return
    engine.begin(ctx, FLOW.name)


@dataclass(frozen=True)
class _Months:
    """Months and their numbers, typed or pasted: one in a line."""

    name: str = _MONTHS
    optional: bool = False

    def question(self, ctx: UpdateContext, draft: Draft) -> Html:
        say = ctx.say
        known = service.newest(ctx.tx, SHOWN)
        return paragraphs(
            bold(say("Complaints to the hotline")),
            lines(
                *(
                    say("{month}: {count}", month=periods.month(say, month), count=one.complaints)
                    for month, one in known
                )
            )
            or say("No month has been entered yet."),
            say(
                "Type a month and its number, for example: 2026-03 314. You can send several lines. To correct a "
                "month, type it again. A file can be imported on the server: python -m bot hotline FILE"
            ),
        )

    def choices(self, ctx: UpdateContext, draft: Draft) -> list[tuple[str, str]]:
        return []

    def take_message(self, ctx: UpdateContext, draft: Draft) -> Wrong | None:
        wrong = _take(ctx, draft)
        return wrong if isinstance(wrong, Wrong) else None

    def take_press(self, ctx: UpdateContext, draft: Draft, value: str) -> Wrong | None:
        return Wrong(ctx.say("Please type it."))

    def answered(self, draft: Draft) -> bool:
        return bool(draft.get(self.name))

    def back(self, ctx: UpdateContext, draft: Draft) -> bool:
        return False

    def change_label(self, ctx: UpdateContext, draft: Draft) -> str:
        return ""


def _take(ctx: UpdateContext, draft: Draft) -> Wrong | None:
    """What was typed comes to what the draft holds already; a month typed again takes the place of the first."""
    today = local_time(ctx.now, ctx.setup.community.zone).date()
    table = read_text(ctx.message.text, today)
    if table.problems:
        return Wrong(hotline_words.problems(ctx.say, table.problems))
    together = {each.month: each for each in (*_counts(draft), *table.counts)}
    if len(together) > MOST_AT_ONCE:
        return Wrong(ctx.say("That is a lot at once. Import it as a file on the server: python -m bot hotline FILE"))
    draft[_MONTHS] = [[each.month.isoformat(), each.complaints] for each in together.values()]
    return None


def _take_more(ctx: UpdateContext, draft: Draft) -> Wrong | Html:
    return _take(ctx, draft) or ctx.say("I have added that.")


def _counts(draft: Draft) -> Sequence[MonthCount]:
    return [MonthCount(date.fromisoformat(month), count) for month, count in draft.get(_MONTHS, ())]


def _summary(ctx: UpdateContext, conversation: Conversation) -> Html:
    say = ctx.say
    known = service.known_now(ctx.tx)

    def line(each: MonthCount) -> Html:
        before = known.get(each.month)
        if before is None or before.complaints == each.complaints:
            return say("{month}: {count}", month=periods.month(say, each.month), count=each.complaints)
        return say(
            "{month}: {count} (until now: {before})",
            month=periods.month(say, each.month),
            count=each.complaints,
            before=before.complaints,
        )

    return paragraphs(
        bold(say("NOT SAVED YET")),
        lines(*map(line, _counts(conversation.draft))),
        say("Is that right? You can still type more months, or one of these again."),
    )


def _finish(ctx: UpdateContext, conversation: Conversation) -> None:
    found = service.enter(ctx.tx, ctx.who, _counts(conversation.draft))
    engine.end(ctx, conversation, hotline_words.entered(ctx.say, found))


FLOW = Flow(
    name="hotline",
    steps=(_Months(),),
    finish=_finish,
    summary=_summary,
    send_label=lambda ctx: ctx.say.label("Save"),
    take_extra=_take_more,
    permitted=lambda ctx: may(ctx.who.roles, Action.ENTER_OFFICIAL),
)
