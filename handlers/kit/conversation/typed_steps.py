"""Questions answered by a button or by a few typed words: a line, a number, several of a list. Times: time_answers."""

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass, field
from typing import Any

from domain.language.exact_numbers import exact_number
from domain.language.phrases import fold
from handlers.kit.conversation.flow import Draft, Wrong
from handlers.kit.conversation.steps import TURN, Ask, Label, turn_page
from handlers.kit.keyboards import paged
from handlers.kit.texts import Html, clean
from handlers.kit.update_context import UpdateContext

Options = Callable[[UpdateContext, Draft], Sequence[tuple[str, str]]]
THAT_IS_ALL = "!all"
WITH_GO_ON = 4
"""Choices on one screen where a button to go on stands below them, so that there are at most 8 rows."""


def typed(ctx: UpdateContext) -> str:
    """The words of the message that came, on one line; empty when it has none."""
    return " ".join(clean(ctx.message.text).split())


@dataclass(frozen=True)
class Typed:
    """An answer that is read out of typed words by `read`, which gives None, a Wrong, or what to keep.

    Buttons offer what most people want; they carry the answer itself, which is read in the same way.
    """

    name: str
    ask: Ask
    change: Label
    read: Callable[[UpdateContext, Draft, str], Any]
    options: Options = field(default=lambda _ctx, _draft: ())
    optional: bool = False

    def question(self, ctx: UpdateContext, draft: Draft) -> Html:
        return self.ask(ctx, draft)

    def choices(self, ctx: UpdateContext, draft: Draft) -> list[tuple[str, str]]:
        return paged(ctx.say, list(self.options(ctx, draft)), int(draft.get(f"_{self.name}_page", 0)), TURN)

    def take_message(self, ctx: UpdateContext, draft: Draft) -> Wrong | None:
        words = typed(ctx)
        if not words:
            return Wrong(ctx.say("Please write it in words, or tap one of the buttons below."))
        return self._take(ctx, draft, words)

    def take_press(self, ctx: UpdateContext, draft: Draft, value: str) -> Wrong | None:
        if turn_page(draft, self.name, value):
            return None
        return self._take(ctx, draft, value)

    def _take(self, ctx: UpdateContext, draft: Draft, words: str) -> Wrong | None:
        found = self.read(ctx, draft, words)
        if isinstance(found, Wrong):
            return found
        draft[self.name] = found
        return None

    def answered(self, draft: Draft) -> bool:
        return draft.get(self.name) is not None

    def back(self, ctx: UpdateContext, draft: Draft) -> bool:
        return False

    def change_label(self, ctx: UpdateContext, draft: Draft) -> str:
        return self.change(ctx, draft)


@dataclass(frozen=True)
class Several:
    """Some of a list: a tap puts one in or takes it out, "That is all" goes on. `least` of them are needed."""

    name: str
    ask: Ask
    change: Label
    options: Options
    least: int = 0
    nothing: Callable[[UpdateContext], str] = field(default=lambda ctx: ctx.say.label("That is all"))
    """What the button says while none is chosen."""
    optional: bool = False
    pairs: bool = False
    """Labels of one short word, two in a row, all on one screen: the weekdays."""
    read: Callable[[str], Collection[str]] = field(default=lambda _words: ())
    """Reads several choices out of typed words; none where it cannot."""

    def question(self, ctx: UpdateContext, draft: Draft) -> Html:
        return self.ask(ctx, draft)

    def choices(self, ctx: UpdateContext, draft: Draft) -> list[tuple[str, str]]:
        chosen = self._chosen(draft)
        options = [(f"✓ {label}" if value in chosen else label, value) for label, value in self.options(ctx, draft)]
        page = int(draft.get(f"_{self.name}_page", 0))
        shown = options if self.pairs else paged(ctx.say, options, page, TURN, size=WITH_GO_ON)
        go_on = ctx.say.label("That is all") if chosen else self.nothing(ctx)
        return [*shown, (go_on, THAT_IS_ALL)] if len(chosen) >= self.least else list(shown)

    def take_message(self, ctx: UpdateContext, draft: Draft) -> Wrong | None:
        words = typed(ctx).casefold()
        for label, value in self.options(ctx, draft):
            if words and words == label.casefold():
                return self.take_press(ctx, draft, value)
        read = self.read(words)
        if read:
            draft[f"_{self.name}"] = [value for _, value in self.options(ctx, draft) if value in read]
            draft["_stay"] = True
            return None
        return Wrong(ctx.say("Please tap one of the buttons below."))

    def take_press(self, ctx: UpdateContext, draft: Draft, value: str) -> Wrong | None:
        if turn_page(draft, self.name, value):
            return None
        known = [each for _, each in self.options(ctx, draft)]
        chosen = [each for each in self._chosen(draft) if each in known]
        if value == THAT_IS_ALL and len(chosen) >= self.least:
            draft[self.name] = chosen
            draft.pop(f"_{self.name}", None)
            return None
        if value not in known:
            return Wrong(ctx.say("That choice is not there any more. Please choose again."))
        draft[f"_{self.name}"] = [each for each in known if (each in chosen) != (each == value)]
        draft["_stay"] = True
        return None

    def _chosen(self, draft: Draft) -> list[str]:
        """What is ticked: so far, or as it was answered before."""
        so_far = draft.get(f"_{self.name}")
        return list((draft.get(self.name) or []) if so_far is None else so_far)

    def answered(self, draft: Draft) -> bool:
        return draft.get(self.name) is not None

    def back(self, ctx: UpdateContext, draft: Draft) -> bool:
        draft.pop(f"_{self.name}", None)
        return False

    def change_label(self, ctx: UpdateContext, draft: Draft) -> str:
        return self.change(ctx, draft)


# -- what can be read


def line(limit: int) -> Callable[[UpdateContext, Draft, str], Any]:
    """A line of words of at most so many letters."""

    def read(ctx: UpdateContext, _draft: Draft, words: str) -> Any:
        if len(words) > limit:
            return Wrong(ctx.say("That is too long: at most {limit} letters fit. Please say it shorter.", limit=limit))
        return words

    return read


def number(least: int, most: int) -> Callable[[UpdateContext, Draft, str], Any]:
    """A whole number between the two, both included."""

    def read(ctx: UpdateContext, _draft: Draft, words: str) -> Any:
        folded = fold(words)
        found = exact_number(folded)
        if found is None:
            found = exact_number(folded.replace(" ", ""))
        if found is None or not least <= found <= most:
            return Wrong(ctx.say("Please give a number from {least} to {most}.", least=least, most=most))
        return found

    return read
