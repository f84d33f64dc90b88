"""What the words of a draft say by themselves: what it is about, and where. Its writer sees it and can change it."""

from domain.places.places import find_place
from domain.reports.suggest import suggest_category
from handlers.kit.conversation.flow import Draft
from handlers.kit.conversation.steps import MISSING, has_place
from handlers.kit.update_context import UpdateContext


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
        draft.pop(MISSING, None)
        if named.missing is not None:
            draft[MISSING] = named.missing


def texts(draft: Draft) -> list[str]:
    """The words of each part, apart: of those that were there before it is still known what they say."""
    return [part["text"] for part in draft.get("words", []) if part.get("text")]
