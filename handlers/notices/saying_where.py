"""The question where somebody lives: answered by a button, by the name of the place, or not at all.

It stays open for a while as any optional question. What is plainly no place, such as something broken, is a report.
"""

from domain.reports.suggest import suggest_category
from handlers.kit import wording
from handlers.kit.conversation import drafts
from handlers.kit.conversation.engine import engine
from handlers.kit.conversation.flow import Draft, Flow, Wrong
from handlers.kit.conversation.steps import MISSING, Place, never_changed, place_in
from handlers.kit.texts import Html, bold, clean, paragraphs
from handlers.kit.update_context import UpdateContext
from handlers.reports.resident import reporting
from services.notices import residences as service
from storage.core.conversations import Conversation

NAME = "residence"
LONGEST = 60
"""More letters than that tell more than where somebody lives."""
NOT_SAID = "no"
_NO_PLACE, _RATHER_NOT = "_report", "_rather_not"


class _Home(Place):
    """An area of ours, at any level of the tree."""

    def question(self, ctx: UpdateContext, draft: Draft) -> Html:
        area = ctx.setup.community.area(draft["_inside"]) if draft.get("_inside") else None
        if area is not None:
            return ctx.say("In which part of {area}?", area=ctx.say.words(area.name))
        return super().question(ctx, draft)

    def choices(self, ctx: UpdateContext, draft: Draft) -> list[tuple[str, str]]:
        found = super().choices(ctx, draft)
        if draft.get("_inside"):
            return [*found, (ctx.say.label("Back"), "!back")]
        return [*found, (ctx.say.label("I would rather not say"), NOT_SAID)]

    def take_message(self, ctx: UpdateContext, draft: Draft) -> Wrong | None:
        if _is_a_report(ctx):
            draft[_NO_PLACE] = True
            return None
        return super().take_message(ctx, draft)

    def take_press(self, ctx: UpdateContext, draft: Draft, value: str) -> Wrong | None:
        if value == NOT_SAID:
            draft[_RATHER_NOT] = True
            return None
        return super().take_press(ctx, draft, value)

    def answered(self, draft: Draft) -> bool:
        return bool(draft.get(_RATHER_NOT)) or super().answered(draft)


def begin(ctx: UpdateContext, inside: str | None = None, lead: Html | None = None) -> None:
    """Ask it; inside an area when one is chosen already."""
    engine.begin(ctx, NAME, {"_inside": inside} if inside else {}, lead=lead)


def say_where(ctx: UpdateContext, area: str, missing: str | None = None) -> Html:
    """They live there: kept, and what is said to them. Raises NotFound."""
    say, community = ctx.say, ctx.setup.community
    missed = service.say(ctx.tx, community, ctx.who, area)
    return paragraphs(
        wording.no_such_part(community, say, area, missing) if missing else None,
        say("Thank you. You live here: {place}", place=bold(community.place_name(area, say.language))),
        say("From now on you get notices for it. You can change it in /settings."),
        say.plural(
            "Here is {count} notice of the last days for it.",
            "Here are {count} notices of the last days for it.",
            missed,
        )
        if missed
        else None,
    )


def took(ctx: UpdateContext, *, only_a_place: bool = False) -> bool:
    """Words that came where the step is not open: taken as its answer. What names no place of ours opens it."""
    if _is_a_report(ctx):
        return False
    found = place_in(ctx)
    if found is not None and found[0].area is not None:
        ctx.send(say_where(ctx, found[0].area.code, found[0].missing))
        return True
    if only_a_place:
        return False
    begin(ctx, lead=ctx.say("I do not know that place. Please tap where it is."))
    return True


def rather_not(ctx: UpdateContext) -> Html:
    """They do not say it: kept, and what is said to them."""
    service.say(ctx.tx, ctx.setup.community, ctx.who, None)
    return paragraphs(
        ctx.say("All right. I will not ask you again."),
        ctx.say("Notices for the whole neighbourhood reach you as before. You can change it in /settings."),
    )


def _is_a_report(ctx: UpdateContext) -> bool:
    words = clean(ctx.message.text).strip()
    if ctx.danger is not None or ctx.message.file is not None or len(words) > LONGEST:
        return True
    return suggest_category([words], ctx.setup.community.categories) is not None


def _begins_a_report(ctx: UpdateContext, conversation: Conversation) -> bool:
    if not conversation.draft.get(_NO_PLACE):
        return False
    engine.lapse(ctx, conversation)
    reporting.begin_with_message(ctx)
    return True


def _finish(ctx: UpdateContext, conversation: Conversation) -> None:
    draft = conversation.draft
    area = draft.get("area")
    said = rather_not(ctx) if area is None else say_where(ctx, area, draft.get(MISSING))
    draft.clear()  # the number of a flat, which somebody may have typed with it, is nobody's business
    engine.end(ctx, conversation, said)


FLOW = Flow(
    name=NAME,
    steps=(
        _Home(
            "lives",
            ask=lambda ctx, _draft: ctx.say("Where do you live? Tap the place, or write its name."),
            change=never_changed,
            only_areas=True,
            size=4,  # with "more", "just this", "back" and "cancel" eight rows
        ),
    ),
    finish=_finish,
    cancelled=lambda ctx, _conversation: ctx.say(
        "All right. Nothing has changed. You can say it in /settings at any time."
    ),
    may_lapse=True,
    interrupt=_begins_a_report,
    touched=drafts.let_lapse,
)  # fmt: skip
