"""The kinds of question a flow can ask."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any

from domain.community import Area
from domain.core.parts import PartKind
from domain.core.subjects import subject
from domain.places.places import NamedPlace, find_place, nearest_area
from handlers.kit import wording
from handlers.kit.conversation import last_places
from handlers.kit.conversation.flow import Draft, Wrong
from handlers.kit.keyboards import PAGE, paged
from handlers.kit.parts import EARLIER_KEPT, PARTS_LIMIT, as_draft, from_draft, media_line, part_of
from handlers.kit.texts import Html, clean, paragraphs, shorten
from handlers.kit.update_context import UpdateContext
from storage.core.messages import Purpose
from storage.reports.reports import NewPart

TURN = "!page:"
PLACE_LENGTH = 300
TYPED = "_typed_place"
"""In a draft: the message in which its place was typed."""
TYPED_BEFORE = "_typed_before"
"""In a draft: words typed as its place that are not its place any more, or were too long for one."""

MISSING = "_no_such_part"
GUESSED_PLACE = "_guessed_place"
"""In a draft: what was written as a part of its area, which has no such part."""

SEEN = (PartKind.PHOTO, PartKind.VIDEO, PartKind.DOCUMENT)
"""What stays when words are written again; what was spoken is words."""
NO_FILES = "!nofiles"

Ask = Callable[[UpdateContext, Draft], Html]
Label = Callable[[UpdateContext, Draft], str]


def never_changed(_ctx: UpdateContext, _draft: Draft) -> str:
    """The summary has no button that leads back to the question."""
    return ""


@dataclass(frozen=True)
class Words:
    """Words, photos, voice messages: whatever somebody says it with. Kept as a list of parts under `name`."""

    name: str
    ask: Ask
    change: Label = never_changed
    optional: bool = False

    def question(self, ctx: UpdateContext, draft: Draft) -> Html:
        return paragraphs(self.ask(ctx, draft), what_stays(ctx, draft.get(self.name, [])))

    def choices(self, ctx: UpdateContext, draft: Draft) -> list[tuple[str, str]]:
        return without_files(ctx, draft.get(self.name, []))

    def take_message(self, ctx: UpdateContext, draft: Draft) -> Wrong | None:
        part = part_of(ctx, Purpose.PART, draft_subject(ctx))
        if part is None:
            return Wrong(ctx.say("I can take words, photos, videos and voice messages. Please send one of these."))
        draft[self.name] = written_again(draft.get(self.name, []), part)
        return None

    def take_press(self, ctx: UpdateContext, draft: Draft, value: str) -> Wrong | None:
        if value == NO_FILES and draft.get(self.name):
            draft[self.name] = [part for part in draft[self.name] if part["kind"] not in SEEN]
            draft["_stay"] = True
            return None
        return Wrong(ctx.say("Please write it, speak it, or send a photo."))

    def answered(self, draft: Draft) -> bool:
        return bool(draft.get(self.name))

    def back(self, ctx: UpdateContext, draft: Draft) -> bool:
        return False

    def change_label(self, ctx: UpdateContext, draft: Draft) -> str:
        return self.change(ctx, draft)


def written_again(before: list[dict[str, Any]], part: NewPart) -> list[dict[str, Any]]:
    """Asked again from the summary, new words take the place of the old ones; photos and files stay with them.

    A photo alone is one more: there are no words in it to take the place of any.
    """
    now = as_draft(part)
    if not part.text and part.kind in SEEN:
        return [*before, now]
    return [now, *({name: each[name] for name in each if name != "text"} for each in before if each["kind"] in SEEN)]


def what_stays(ctx: UpdateContext, before: list[dict[str, Any]]) -> Html | None:
    """Said before words are written again: what was sent with them is not lost."""
    files = media_line(ctx.say, [part for part in from_draft(before) if part.kind in SEEN])
    return ctx.say("This stays with it: {files}.", files=files) if files else None


def without_files(ctx: UpdateContext, before: list[dict[str, Any]]) -> list[tuple[str, str]]:
    """The button by which they go as well."""
    seen = any(each["kind"] in SEEN for each in before)
    return [(ctx.say.label("Leave photos and files out"), NO_FILES)] if seen else []


@dataclass(frozen=True)
class Line:
    """One short line of words. `taken` says how it is kept, or what is wrong with it."""

    name: str
    ask: Ask
    taken: Callable[[UpdateContext, str], str | Wrong]
    change: Label = never_changed
    optional: bool = False
    needed: Callable[[Draft], bool] = field(default=lambda _draft: True)
    """Whether it is to be asked, given what was answered before."""

    def question(self, ctx: UpdateContext, draft: Draft) -> Html:
        return self.ask(ctx, draft)

    def choices(self, ctx: UpdateContext, draft: Draft) -> list[tuple[str, str]]:
        return []

    def take_message(self, ctx: UpdateContext, draft: Draft) -> Wrong | None:
        words = " ".join(clean(ctx.message.text).split())
        taken = self.taken(ctx, words) if words else Wrong(ctx.say("Please write it in a few words."))
        if isinstance(taken, Wrong):
            return taken
        draft[self.name] = taken
        return None

    def take_press(self, ctx: UpdateContext, draft: Draft, value: str) -> Wrong | None:
        return Wrong(ctx.say("Please write it in a few words."))

    def answered(self, draft: Draft) -> bool:
        return bool(draft.get(self.name)) or not self.needed(draft)

    def back(self, ctx: UpdateContext, draft: Draft) -> bool:
        return False

    def change_label(self, ctx: UpdateContext, draft: Draft) -> str:
        return self.change(ctx, draft)


def add_part(ctx: UpdateContext, draft: Draft, name: str) -> Wrong | None:
    """Put the message that came behind the parts a draft holds already."""
    part = part_of(ctx, Purpose.PART, draft_subject(ctx))
    if part is None:
        return Wrong(ctx.say("I can take words, photos, videos and voice messages. Please send one of these."))
    parts: list[dict[str, Any]] = draft.setdefault(name, [])
    if len(parts) >= PARTS_LIMIT and ctx.danger is None:  # danger is sent at once, with however much
        return Wrong(ctx.say("That is a lot already. Please send this first; you can add more afterwards."))
    parts.append(as_draft(part))
    return None


def draft_subject(ctx: UpdateContext) -> str | None:
    """What a part belongs to before it is sent: by this an edited message finds its draft again."""
    return None if ctx.conversation is None else subject("conversation", ctx.conversation.id)


@dataclass(frozen=True)
class Choose:
    """One of several, by button; or its name, typed."""

    name: str
    ask: Ask
    options: Callable[[UpdateContext], Sequence[tuple[str, str]]]
    """(label, value) of each, in the order shown."""
    change: Label = never_changed
    optional: bool = False
    chosen: Callable[[Draft], None] = field(default=lambda _draft: None)
    """Told when the person has chosen."""
    known: Callable[[str], bool] = field(default=lambda _value: True)
    """Whether what a draft holds is a choice still: what is none any more, after a change of the program, is asked
    anew."""
    needed: Callable[[Draft], bool] = field(default=lambda _draft: True)
    """Whether it is to be asked, given what was answered before."""

    def question(self, ctx: UpdateContext, draft: Draft) -> Html:
        return self.ask(ctx, draft)

    def choices(self, ctx: UpdateContext, draft: Draft) -> list[tuple[str, str]]:
        return paged(ctx.say, list(self.options(ctx)), int(draft.get(f"_{self.name}_page", 0)), TURN)

    def take_message(self, ctx: UpdateContext, draft: Draft) -> Wrong | None:
        typed = clean(ctx.message.text).strip().casefold()
        for label, value in self.options(ctx):
            if typed and typed == label.casefold():
                draft[self.name] = value
                self.chosen(draft)
                return None
        return Wrong(ctx.say("Please tap one of the buttons below."))

    def take_press(self, ctx: UpdateContext, draft: Draft, value: str) -> Wrong | None:
        if turn_page(draft, self.name, value):
            return None
        if value not in [each for _, each in self.options(ctx)]:
            return Wrong(ctx.say("That choice is not there any more. Please choose again."))
        draft[self.name] = value
        self.chosen(draft)
        return None

    def answered(self, draft: Draft) -> bool:
        value = draft.get(self.name)
        return (bool(value) and self.known(str(value))) or not self.needed(draft)

    def back(self, ctx: UpdateContext, draft: Draft) -> bool:
        draft.pop(f"_{self.name}_page", None)
        return False

    def change_label(self, ctx: UpdateContext, draft: Draft) -> str:
        return self.change(ctx, draft)


@dataclass(frozen=True)
class Place:
    """Where something is: one of the last places, an area by buttons down the tree, typed words, or a shared location.

    `last` gives the places the person spoke of before, as (area, typed words), the newest first. With `only_areas` it
    has to be an area of the community's; words that name none are no answer.
    """

    name: str
    ask: Ask
    change: Label
    optional: bool = False
    only_areas: bool = False
    size: int = PAGE
    """So many areas on one screen: fewer where more stands below them."""
    last: Callable[[UpdateContext], list[last_places.LastPlace]] = field(default=lambda _ctx: [])

    def question(self, ctx: UpdateContext, draft: Draft) -> Html:
        return self.ask(ctx, draft)

    def choices(self, ctx: UpdateContext, draft: Draft) -> list[tuple[str, str]]:
        inside, page = draft.get("_inside"), int(draft.get(f"_{self.name}_page", 0))
        last = [] if inside else self.last(ctx)
        areas = [each for each in ctx.setup.community.choices(inside) if each.children or (each.code, None) not in last]
        options = [(area.name.in_(ctx.say.language), area.code) for area in areas]
        found = paged(ctx.say, options, page, TURN, size=self.size - len(last))
        if page == 0:
            found = [*last_places.as_choices(ctx, last, found), *found]
        area = ctx.setup.community.area(inside) if inside else None
        if area is not None:
            found.append((ctx.say.label("Just “{area}”", area=area.name.in_(ctx.say.language)), f"={area.code}"))
        return found

    def take_message(self, ctx: UpdateContext, draft: Draft) -> Wrong | None:
        location = ctx.message.point
        if location is not None:
            near = nearest_area(location.latitude, location.longitude, ctx.setup.community)
            if near is None and self.only_areas:
                return Wrong(ctx.say("That is outside of our places. Please tap where it is."))
            self._set(draft, near, None, location.latitude, location.longitude)
            return None
        found = place_in(ctx)
        if found is None:
            return Wrong(ctx.say("Please choose a place, write it in your own words, or share your location."))
        named, words = found
        if self.only_areas and named.area is None:
            return Wrong(ctx.say("I do not know that place. Please tap where it is."))
        self._set(draft, named.area, words)
        if named.missing is not None:
            draft[MISSING] = named.missing
        keep_typed(draft, clean(ctx.message.text).strip())
        draft[TYPED] = ctx.keep_incoming(Purpose.PLACE, draft_subject(ctx))
        return None

    def take_press(self, ctx: UpdateContext, draft: Draft, value: str) -> Wrong | None:
        if turn_page(draft, self.name, value):
            return None
        if value.startswith(last_places.LAST):
            return self._take_last(ctx, draft, value.removeprefix(last_places.LAST))
        area = ctx.setup.community.area(value.removeprefix("="))
        if area is None:
            return Wrong(ctx.say("That choice is not there any more. Please choose again."))
        if area.children and not value.startswith("="):
            draft["_inside"] = area.code
            draft["_stay"] = True
            draft.pop(f"_{self.name}_page", None)
            return None
        self._set(draft, area, None)
        return None

    def _take_last(self, ctx: UpdateContext, draft: Draft, value: str) -> Wrong | None:
        """The value names the place itself by a mark of its words: the list may be another one by now."""
        for each in self.last(ctx):
            if last_places.mark(each) == value:
                code, words = each
                self._set(draft, ctx.setup.community.area(code) if code else None, words)
                return None
        return Wrong(ctx.say("That choice is not there any more. Please choose again."))

    def answered(self, draft: Draft) -> bool:
        return has_place(draft)

    def change_label(self, ctx: UpdateContext, draft: Draft) -> str:
        return self.change(ctx, draft)

    def back(self, ctx: UpdateContext, draft: Draft) -> bool:
        inside = draft.pop("_inside", None)
        draft.pop(f"_{self.name}_page", None)
        if inside is None:
            return False
        *_, outer = (None, *(area.code for area in ctx.setup.community.path(inside)[:-1]))
        if outer is not None:
            draft["_inside"] = outer
        return True

    def _set(
        self,
        draft: Draft,
        area: Area | None,
        place: str | None,
        latitude: float | None = None,
        longitude: float | None = None,
    ) -> None:
        before = draft.get("place") if draft.get(TYPED) is not None else None
        draft["area"] = area.code if area else None
        draft["place"], draft["latitude"], draft["longitude"] = place, latitude, longitude
        draft.pop("_inside", None)
        draft.pop(f"_{self.name}_page", None)
        draft.pop(TYPED, None)
        draft.pop(MISSING, None)
        draft.pop(GUESSED_PLACE, None)
        if before is not None:
            keep_typed(draft, before)


def place_in(ctx: UpdateContext) -> tuple[NamedPlace, str] | None:
    """What the message that came says of a place: what it names, and its words; None without words."""
    typed = clean(ctx.message.text).strip()
    return (find_place([typed], ctx.setup.community), shorten(typed, PLACE_LENGTH)) if typed else None


def no_such_part(ctx: UpdateContext, draft: Draft) -> Html | None:
    """That the area of the draft has no such part as was written; None when nothing of the kind was."""
    return wording.no_such_part(ctx.setup.community, ctx.say, draft.get("area"), draft.get(MISSING))


def keep_typed(draft: Draft, words: str) -> None:
    """Somebody typed this as the place: unless it is the place, it stays on record."""
    known = draft.get(TYPED_BEFORE, [])
    if words and words != draft.get("place") and words not in known:
        draft[TYPED_BEFORE] = [*known, words][-EARLIER_KEPT:]


def typed_place(draft: Draft) -> list[NewPart]:
    """The place somebody typed, as a part of what they say: where it becomes no report's place."""
    words, message = draft.get("place"), draft.get(TYPED)
    return [NewPart(PartKind.TEXT, text=words, message=message)] if words and message is not None else []


def has_place(draft: Draft) -> bool:
    """Whether a draft says where."""
    return bool(draft.get("area") or draft.get("place") or draft.get("latitude") is not None)


def turn_page(draft: Draft, name: str, value: str) -> bool:
    """True when the value was a page turned."""
    if not value.startswith(TURN):
        return False
    number = value.removeprefix(TURN)
    draft[f"_{name}_page"] = int(number) if number.isdecimal() else 0
    draft["_stay"] = True
    return True
