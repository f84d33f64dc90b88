"""Before a report is sent: "Is it one of these?" Joining makes one card of two, and loses nobody's words.

Of somebody else's report only its kind, area, age, how many there are and the line staff wrote are shown.
"""

from domain.core.subjects import subject
from handlers.kit.callback_data import number_from
from handlers.kit.conversation import drafts
from handlers.kit.conversation.engine import engine
from handlers.kit.conversation.flow import SUMMARY, Check
from handlers.kit.conversation.question import button_data
from handlers.kit.conversation.steps import TYPED_BEFORE, typed_place
from handlers.kit.keyboards import Button
from handlers.kit.parts import belong_to, earlier_in, from_draft, words_of
from handlers.kit.texts import Html, bold, lines, one_line, paragraphs
from handlers.kit.update_context import UpdateContext
from handlers.reports import describe
from services.reports import joining as service
from services.reports.saying_more import keep_earlier
from storage.core import messages
from storage.core.conversations import Conversation
from storage.core.messages import CardRole
from storage.reports import supports
from storage.reports.reports import Report

JOIN = "join:"
LABEL = 24


def _due(ctx: UpdateContext, conversation: Conversation) -> bool:
    draft = conversation.draft
    words = words_of(from_draft(draft.get("words", [])))
    community = ctx.setup.community
    draft["_alike"] = service.offers(ctx.tx, community, ctx.who, words, draft.get("area"), draft.get("kind"))
    return bool(draft["_alike"])


def _offered(ctx: UpdateContext, conversation: Conversation) -> list[Report]:
    found = (service.joinable(ctx.tx, ctx.who, number) for number in conversation.draft.get("_alike", []))
    # Two that were offered may be one by now.
    return list({report.id: report for report in found if report is not None}.values())


def _question(ctx: UpdateContext, conversation: Conversation) -> Html:
    return paragraphs(
        bold(ctx.say("NOT SENT YET")),
        ctx.say("Others have reported something like it. Is it one of these?"),
        *(_described(ctx, report) for report in _offered(ctx, conversation)),
        ctx.say("If yours is among them, tap it: your words are added to it, and you hear here what becomes of it."),
    )


def _described(ctx: UpdateContext, report: Report) -> Html:
    say, community = ctx.say, ctx.setup.community
    area = community.place_name(report.area, say.language) if report.area else None
    people = supports.behind(ctx.tx, report.id)
    return lines(
        bold(say("No. {number}: {name}", number=report.id, name=_name(ctx, report))),
        say("Kind: {kind}", kind=describe.kind(community, say, report.category)) if report.title else None,
        say("Place: {place}", place=area) if area else None,
        say("Since {when}", when=say.day(report.created_at, ctx.now)),
        say.plural("{count} person", "{count} people", people),
    )


def _name(ctx: UpdateContext, report: Report) -> str:
    category = ctx.setup.community.category(report.category) if report.category else None
    kind = ctx.say.words(category.name) if category else ctx.say.label("Report")
    return report.title or kind


def _buttons(ctx: UpdateContext, conversation: Conversation) -> list[Button]:
    say = ctx.say
    return [
        *(
            Button(
                say.label("No. {number}: {name}", number=report.id, name=one_line(_name(ctx, report), LABEL)),
                button_data(conversation, f"{JOIN}{report.id}"),
            )
            for report in _offered(ctx, conversation)
        ),
        Button(say.label("Mine is different: send it"), button_data(conversation, "!send")),
        Button(say.label("Back"), button_data(conversation, "!back")),
    ]


def _press(ctx: UpdateContext, conversation: Conversation, value: str) -> bool:
    if not value.startswith(JOIN):
        return False
    number = number_from(value.removeprefix(JOIN))
    if number not in [*conversation.draft.get("_alike", []), *(each.id for each in _offered(ctx, conversation))]:
        return False
    report = service.joinable(ctx.tx, ctx.who, number)
    if report is None:
        if not _offered(ctx, conversation):
            conversation.step = SUMMARY
        engine.show(ctx, lead=ctx.say("No. {number} is closed by now. You can send yours.", number=number))
        return True
    number = report.id
    draft = conversation.draft
    parts = [*from_draft(draft["words"]), *typed_place(draft)]
    service.join(ctx.tx, ctx.who, number, parts)
    keep_earlier(ctx.tx, ctx.who, number, [*earlier_in(draft["words"]), *draft.get(TYPED_BEFORE, [])])
    about = subject("report", number)
    if conversation.card is not None:
        # The question on the screen becomes the card that shows where it stands, in the same place.
        messages.pass_card(ctx.tx, conversation.card, about, CardRole.STATUS)
    belong_to(ctx.tx, parts, about)
    engine.end(ctx, conversation, None)
    drafts.ended(ctx, conversation)
    ctx.pop_up(ctx.say_to_person.label("Thank you. You have joined no. {number}.", number=number))
    engine.take_up_parked(ctx)
    return True


ALIKE = Check("alike", _due, _question, _buttons, _press)
