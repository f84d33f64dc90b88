"""A question with several answers: each is switched on and off, and "That is all" goes on."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from domain.community import Area
from domain.places.places import find_place
from domain.repairs.dispatch import EVERYWHERE
from handlers.kit import wording
from handlers.kit.conversation.flow import Draft, Wrong
from handlers.kit.conversation.steps import TURN, Ask, Label, never_changed, turn_page
from handlers.kit.keyboards import paged
from handlers.kit.texts import Html, bold, clean, paragraphs
from handlers.kit.update_context import UpdateContext

ENOUGH = "!all"
OPTIONS = 4  # with "more", "that is all", "back" and "cancel" eight rows
PLACES = 3  # and with "everywhere"


@dataclass(frozen=True)
class Several:
    """Some of several, by buttons; or one by its name, typed."""

    name: str
    ask: Ask
    options: Callable[[UpdateContext], Sequence[tuple[str, str]]]
    change: Label = never_changed
    optional: bool = False
    needed: Callable[[Draft], bool] = field(default=lambda _draft: True)

    def question(self, ctx: UpdateContext, draft: Draft) -> Html:
        return paragraphs(self.ask(ctx, draft), _chosen(ctx, [label for label, _ in self._picked(ctx, draft)]))

    def choices(self, ctx: UpdateContext, draft: Draft) -> list[tuple[str, str]]:
        picked = _list(draft, self.name)
        options = [(_marked(label, value in picked), value) for label, value in self.options(ctx)]
        shown = paged(ctx.say, options, int(draft.get(f"_{self.name}_page", 0)), TURN, size=OPTIONS)
        return [*shown, (ctx.say.label("That is all"), ENOUGH)] if picked else shown

    def take_message(self, ctx: UpdateContext, draft: Draft) -> Wrong | None:
        typed = clean(ctx.message.text).strip().casefold()
        for label, value in self.options(ctx):
            if typed and typed == label.casefold():
                _switch(draft, self.name, value)
                return None
        return Wrong(ctx.say("Please tap one of the buttons below."))

    def take_press(self, ctx: UpdateContext, draft: Draft, value: str) -> Wrong | None:
        if turn_page(draft, self.name, value):
            return None
        if value == ENOUGH and _list(draft, self.name):
            draft[f"_{self.name}_done"] = True
            return None
        if value not in [each for _, each in self.options(ctx)]:
            return Wrong(ctx.say("That choice is not there any more. Please choose again."))
        _switch(draft, self.name, value)
        return None

    def answered(self, draft: Draft) -> bool:
        return not self.needed(draft) or (bool(draft.get(self.name)) and bool(draft.get(f"_{self.name}_done")))

    def back(self, ctx: UpdateContext, draft: Draft) -> bool:
        draft.pop(f"_{self.name}_page", None)
        return False

    def change_label(self, ctx: UpdateContext, draft: Draft) -> str:
        return self.change(ctx, draft)

    def _picked(self, ctx: UpdateContext, draft: Draft) -> list[tuple[str, str]]:
        picked = _list(draft, self.name)
        return [(label, value) for label, value in self.options(ctx) if value in picked]


@dataclass(frozen=True)
class SeveralPlaces:
    """Some areas, by buttons down the tree or by their names, typed; or everywhere."""

    name: str
    ask: Ask
    change: Label
    optional: bool = False

    def question(self, ctx: UpdateContext, draft: Draft) -> Html:
        community, language = ctx.setup.community, ctx.say.language
        names = [
            ctx.say.label("everywhere") if code == EVERYWHERE else community.place_name(code, language)
            for code in _list(draft, self.name)
        ]
        missing = draft.get("_missing")
        wrong = wording.no_such_part(community, ctx.say, *missing) if missing else None
        return paragraphs(wrong, self.ask(ctx, draft), _chosen(ctx, names))

    def choices(self, ctx: UpdateContext, draft: Draft) -> list[tuple[str, str]]:
        say, picked = ctx.say, _list(draft, self.name)
        inside = self._inside(ctx, draft)
        areas = ctx.setup.community.choices(inside.code if inside else None)
        options = [(_marked(area.name.in_(say.language), area.code in picked), area.code) for area in areas]
        page = int(draft.get(f"_{self.name}_page", 0))
        shown = paged(say, options, page, TURN, size=PLACES)
        if inside is not None:
            label = say.label("All of “{area}”", area=inside.name.in_(say.language))
            shown.append((_marked(label, inside.code in picked), f"={inside.code}"))
        else:
            shown.append((_marked(say.label("Everywhere"), EVERYWHERE in picked), f"={EVERYWHERE}"))
        return [*shown, (say.label("That is all"), ENOUGH)] if picked else shown

    def take_message(self, ctx: UpdateContext, draft: Draft) -> Wrong | None:
        named = find_place([clean(ctx.message.text)], ctx.setup.community)
        if named.area is None:
            return Wrong(ctx.say("I do not know that place. Please tap where it is."))
        draft.pop("_missing", None)
        if named.missing is not None and named.area.code not in _list(draft, self.name):
            draft["_missing"] = [named.area.code, named.missing]
        _switch(draft, self.name, named.area.code)
        return None

    def take_press(self, ctx: UpdateContext, draft: Draft, value: str) -> Wrong | None:
        draft.pop("_missing", None)
        if turn_page(draft, self.name, value):
            return None
        if value == ENOUGH and _list(draft, self.name):
            draft[f"_{self.name}_done"] = True
            draft.pop("_inside", None)
            return None
        code = value.removeprefix("=")
        area = ctx.setup.community.area(code)
        if area is None and value != f"={EVERYWHERE}":
            return Wrong(ctx.say("That choice is not there any more. Please choose again."))
        if area is not None and area.children and not value.startswith("="):
            draft["_inside"] = area.code
            draft["_stay"] = True
            draft.pop(f"_{self.name}_page", None)
            return None
        _switch(draft, self.name, code)
        return None

    def answered(self, draft: Draft) -> bool:
        return bool(draft.get(self.name)) and bool(draft.get(f"_{self.name}_done"))

    def back(self, ctx: UpdateContext, draft: Draft) -> bool:
        inside = self._inside(ctx, draft)
        draft.pop("_inside", None)
        draft.pop(f"_{self.name}_page", None)
        if inside is None:
            return False
        path = ctx.setup.community.path(inside.code)
        if len(path) > 1:
            draft["_inside"] = path[-2].code
        return True

    def change_label(self, ctx: UpdateContext, draft: Draft) -> str:
        return self.change(ctx, draft)

    def _inside(self, ctx: UpdateContext, draft: Draft) -> Area | None:
        code = draft.get("_inside")
        return ctx.setup.community.area(code) if code else None


def _list(draft: Draft, name: str) -> list[str]:
    return list(draft.get(name, []))


def _switch(draft: Draft, name: str, value: str) -> None:
    """Choose it, or no longer; the question stays open."""
    picked = _list(draft, name)
    draft[name] = [each for each in picked if each != value] if value in picked else [*picked, value]
    draft[f"_{name}_done"] = False
    draft["_stay"] = True


def _marked(label: str, on: bool) -> str:
    return f"✓ {label}" if on else label


def _chosen(ctx: UpdateContext, names: list[str]) -> Html | None:
    if not names:
        return None
    return bold(ctx.say("Chosen: {names}", names=ctx.say.listed(names)))
