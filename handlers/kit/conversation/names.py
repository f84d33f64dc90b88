"""The question for a name. A whole sentence is asked about: it is kept, and a button says what it was."""

from dataclasses import dataclass

from domain.reports.name_or_sentence import reads_like_a_sentence
from handlers.kit.conversation.flow import Draft, Wrong
from handlers.kit.conversation.steps import Line, draft_subject
from handlers.kit.parts import as_draft, part_of
from handlers.kit.texts import clean, one_line
from handlers.kit.update_context import UpdateContext
from storage.core.messages import Purpose

NAME, WORDS = "!name", "!words"
DOUBT, DOUBT_PART = "_doubt", "_doubt_part"
SHOWN = 80


@dataclass(frozen=True)
class Name(Line):
    """As `Line`, of what somebody is called. With `words_too` a sentence can be what they have to say instead."""

    words_too: bool = False

    def choices(self, ctx: UpdateContext, draft: Draft) -> list[tuple[str, str]]:
        if draft.get(DOUBT) is None:
            return []
        found = [(ctx.say.label("Yes, that is the name"), NAME)]
        if self.words_too and draft.get(DOUBT_PART) is not None:
            found.append((ctx.say.label("No, that is what is wrong"), WORDS))
        return found

    def take_message(self, ctx: UpdateContext, draft: Draft) -> Wrong | None:
        draft.pop(DOUBT, None)
        draft.pop(DOUBT_PART, None)
        words = " ".join(clean(ctx.message.text).split())
        if not reads_like_a_sentence(words, ctx.setup.community):
            return super().take_message(ctx, draft)
        draft[DOUBT] = words
        part = part_of(ctx, Purpose.PART, draft_subject(ctx)) if self.words_too else None
        if part is not None:
            draft[DOUBT_PART] = as_draft(part)
        return Wrong(
            ctx.say(
                "“{words}” reads like a sentence. Is it a name? If not, please write only the name, for "
                "example: Mrs Zhou.",
                words=one_line(words, SHOWN),
            )
        )

    def take_press(self, ctx: UpdateContext, draft: Draft, value: str) -> Wrong | None:
        doubt, part = draft.pop(DOUBT, None), draft.pop(DOUBT_PART, None)
        if value == NAME and doubt:
            taken = self.taken(ctx, doubt)
            if isinstance(taken, Wrong):
                return taken
            draft[self.name] = taken
            return None
        if value == WORDS and part:
            draft.setdefault("words", []).append(part)
            draft["_stay"] = True
            return None
        return super().take_press(ctx, draft, value)
