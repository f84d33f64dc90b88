"""Words that came without a reply may belong to a report that is open already: the summary asks, and a button says so.

The numbers that are offered stand in the draft (`_own`); a press is checked again.
"""

from collections.abc import Callable

from domain.core.subjects import subject
from handlers.kit import wording
from handlers.kit.callback_data import number_from
from handlers.kit.conversation import drafts
from handlers.kit.conversation.engine import engine
from handlers.kit.conversation.flow import Draft
from handlers.kit.conversation.question import button_data
from handlers.kit.conversation.steps import TYPED_BEFORE, typed_place
from handlers.kit.keyboards import Button
from handlers.kit.parts import belong_to, earlier_in, from_draft
from handlers.kit.texts import Html
from handlers.kit.update_context import UpdateContext
from handlers.reports import describe
from services.reports import saying_more, steering
from storage.core.conversations import Conversation
from storage.reports import reports, supports

OFFERED = 3
PREFIX = "own:"


def offered(ctx: UpdateContext) -> list[int]:
    """The newest reports of this person, or that they joined, which are open."""
    return [report.id for report in reports.open_of_person(ctx.tx, ctx.who.id, OFFERED)]


def question(ctx: UpdateContext, draft: Draft) -> Html | None:
    """What the summary asks; None when nothing is open to which it could belong."""
    if not draft.get("_own"):
        return None
    asked = next((number for number in draft["_own"] if _waits_for_answer(ctx, number)), None)
    if asked is None:
        return ctx.say("Is this something new, or does it belong to a report you sent before?")
    return ctx.say(
        "The staff have asked you something about report no. {number}. Is this your answer, or something new?",
        number=asked,
    )


def _waits_for_answer(ctx: UpdateContext, number: int) -> bool:
    """Whether staff wait for an answer of this person, who may have written it without a reply."""
    report = reports.by_id(ctx.tx, number)
    if report is None or report.person != ctx.who.id or not report.state.is_open:
        return False
    return steering.owed_answer(ctx.tx, report, reports.parts(ctx.tx, number)) is not None


def buttons(ctx: UpdateContext, conversation: Conversation, most: int) -> list[Button]:
    """A button for each it may belong to, `most` of them."""
    found = []
    for number in conversation.draft.get("_own", [])[:most]:
        report = reports.by_id(ctx.tx, number)
        if report is not None and supports.concerns(ctx.tx, number, ctx.who.id):
            parts = reports.parts(ctx.tx, number)
            name = describe.gist(ctx.setup.community, ctx.say, report, parts, 16, ctx.who.id)
            label = ctx.say.label("It belongs to no. {number}: {name}", number=number, name=name)
            found.append(Button(label, button_data(conversation, f"{PREFIX}{number}")))
    return found


def press(ctx: UpdateContext, conversation: Conversation, value: str) -> bool:
    """It belongs to that one: it is added there, and no report is sent. False when this was no button of ours."""
    if not value.startswith(PREFIX):
        return False
    number = number_from(value.removeprefix(PREFIX))
    if number not in conversation.draft.get("_own", []):
        return False
    add(ctx, conversation, number, _added)
    engine.take_up_parked(ctx)
    return True


def _added(ctx: UpdateContext, number: int) -> Html:
    said = ctx.say("Added to your report no. {number}. The staff can read it.", number=number)
    return wording.acknowledged(ctx.setup.community, ctx.say, ctx.now, said)


def add(
    ctx: UpdateContext, conversation: Conversation, number: int, said: Callable[[UpdateContext, int], Html]
) -> None:
    """A draft goes to a report that is there already, and ends with these words below it."""
    draft = conversation.draft
    parts = [*from_draft(draft["words"]), *typed_place(draft)]
    saying_more.add(ctx.tx, ctx.setup.community, ctx.who, number, parts, ctx.danger)
    saying_more.keep_earlier(ctx.tx, ctx.who, number, [*earlier_in(draft["words"]), *draft.get(TYPED_BEFORE, [])])
    belong_to(ctx.tx, parts, subject("report", number))
    conversation.draft["report"] = number  # a reply to these last words is about it
    engine.end(ctx, conversation, said(ctx, number), below=ctx.danger is not None)
    drafts.ended(ctx, conversation)
