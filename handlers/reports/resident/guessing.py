"""What the words of a draft say by themselves: what it is about, and where. Its writer sees it and can change it."""

from domain.places.places import find_place
from domain.reports.suggest import suggest_category
from handlers.kit import wording
from handlers.kit.conversation.flow import Draft
from handlers.kit.conversation.steps import GUESSED_PLACE, MISSING, has_place
from handlers.kit.texts import Html
from handlers.kit.update_context import UpdateContext
from handlers.reports import describe


def suggest(ctx: UpdateContext, draft: Draft) -> None:
    """Guess from the words of a draft what it is about and where; what was chosen stays."""
    _suggest_place(ctx, draft)
    if draft.get("kind") and not draft.get("_guessed"):
        return  # chosen by the person: it stays
    category = suggest_category(texts(draft), ctx.setup.community.categories)
    draft["kind"], draft["_guessed"] = (category.code, True) if category else (None, False)


def _suggest_place(ctx: UpdateContext, draft: Draft) -> None:
    """Words that name exactly one place say where it is; who sends them sees it and can change it."""
    if has_place(draft) and MISSING not in draft:
        return
    named = find_place(texts(draft), ctx.setup.community)
    if named.area is not None:
        draft["area"] = named.area.code
        draft[GUESSED_PLACE] = True
        draft.pop(MISSING, None)
        if named.missing is not None:
            draft[MISSING] = named.missing


def kind_line(ctx: UpdateContext, draft: Draft) -> Html:
    """What it is about, marked where only the words say so."""
    kind = describe.kind(ctx.setup.community, ctx.say, draft.get("kind"))
    if draft.get("_guessed") and draft.get("kind"):
        kind = ctx.say("{kind} (my guess)", kind=kind)
    return ctx.say("Kind: {kind}", kind=kind)


def place_line(ctx: UpdateContext, draft: Draft) -> Html:
    """Where it is, marked where only the words say so."""
    latitude = draft.get("latitude")
    place = wording.place(ctx.setup.community, ctx.say, draft.get("area"), draft.get("place"), latitude)
    if draft.get(GUESSED_PLACE):
        place = ctx.say("{place} (my guess)", place=place)
    return ctx.say("Place: {place}", place=place)


def texts(draft: Draft) -> list[str]:
    """The words of each part, apart: of those that were there before it is still known what they say."""
    return [part["text"] for part in draft.get("words", []) if part.get("text")]
