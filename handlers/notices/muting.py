"""A row of /settings: which kinds of notices somebody does not want. Urgent ones come nevertheless."""

from domain.notices.notices import NoticeKind
from handlers.kit.callback_data import InvalidCallbackData
from handlers.kit.keyboards import Button, Markup, column
from handlers.kit.preference import Preference, back
from handlers.kit.texts import Html, bold, lines, paragraphs
from handlers.kit.update_context import UpdateContext
from handlers.notices import notice_words
from services.notices import muting as service
from storage.people.preferences import MUTED

ON, OFF = "on", "off"


def _now(ctx: UpdateContext) -> Html:
    muted = service.muted(ctx.tx, ctx.who.id)
    off = [notice_words.kind(ctx.say, each) for each in NoticeKind if each in muted]
    if not off:
        return ctx.say("Notices: {kinds}", kinds=bold(ctx.say("all")))
    return ctx.say("Notices turned off: {kinds}", kinds=bold(ctx.say.listed(off)))


def _page(ctx: UpdateContext) -> tuple[Html, Markup]:
    say = ctx.say
    text = paragraphs(
        bold(say("Notices")),
        lines(
            say("The staff send notices to many: water off tomorrow, a neighbourhood party."),
            say("Tap a kind to turn it off or on again."),
        ),
        say("Urgent notices, for example when gas or water is off, always reach you."),
    )
    muted = service.muted(ctx.tx, ctx.who.id)
    return text, column(*(_button(ctx, each, off=each in muted) for each in NoticeKind), back(say))


def _button(ctx: UpdateContext, kind: NoticeKind, *, off: bool) -> Button:
    """The button says what it does, so that pressed twice it does it once."""
    name = notice_words.kind(ctx.say, kind)
    label = ctx.say.label("{kind}: off", kind=name) if off else ctx.say.label("✓ {kind}", kind=name)
    return Button(label, NOTICES.data(f"{ON if off else OFF}-{kind}"))


def _press(ctx: UpdateContext, value: str) -> None:
    what, _, of = value.partition("-")
    if what not in (ON, OFF) or of not in set(NoticeKind):
        raise InvalidCallbackData
    service.turn(ctx.tx, ctx.who, NoticeKind(of), on=what == ON)
    ctx.edit_pressed(*_page(ctx))


NOTICES = Preference(MUTED, lambda say: say.label("Notices"), 4, _now, _page, _press)
