"""What staff can do with a report by the buttons of its card; features put them in (`Feature.staff_work`).

The first page of a card has what is used every day; "More" opens the rest. In a group a question is a ForceReply
message, and only replies to it are taken.
"""

from collections.abc import Iterable, Sequence
from typing import Annotated

from domain.core.subjects import subject
from handlers.kit import mailer
from handlers.kit.callback_data import BEHIND, CallbackData, number_from
from handlers.kit.keyboards import Button, Markup, column, force_reply, paged, rows
from handlers.kit.staff_action import StaffAction, StaffQuestion
from handlers.kit.texts import Html, Speaker, escape
from handlers.kit.update_context import Setup, UpdateContext
from storage.core import messages
from storage.core.messages import CardRole, Purpose
from storage.reports.reports import Part, Report


class CardPress(CallbackData, prefix="v"):
    """A button of a card, as the report was at that version; `action` is a `StaffAction`'s name, or one of triage.py.

    `value` is what the action makes of it: `kind=light`.
    """

    report: int
    action: str
    value: Annotated[str | None, BEHIND]
    version: int


def action(setup: Setup, name: str) -> StaffAction | None:
    """The action of that name, or None."""
    return setup.features.staff_actions.get(name)


def question(setup: Setup, name: str) -> StaffQuestion | None:
    """The question of that name, or None."""
    return setup.features.staff_questions.get(name)


def front(setup: Setup, report: Report, parts: Sequence[Part]) -> Markup | None:
    """The buttons of the card itself: two short words in a row, to keep a card from filling the screen."""
    offered = _offered(setup, report, parts)
    shown = [each for each in offered if each.front]
    buttons = [_button(setup, report, each) for each in shown if not each.wide]
    if len(shown) < len(offered):
        buttons.append(Button(setup.group_speaker.label("More"), data(report, "more")))
    wide = [[_button(setup, report, each)] for each in shown if each.wide]
    return rows([*pairs(buttons), *wide]) if buttons else None


def more(setup: Setup, report: Report, parts: Sequence[Part]) -> Markup:
    """The second page: everything else, and the way back."""
    shown = [each for each in _offered(setup, report, parts) if not each.front]
    return in_pairs([*(_button(setup, report, each) for each in shown), _back(setup.group_speaker, report)])


def _offered(setup: Setup, report: Report, parts: Sequence[Part]) -> list[StaffAction]:
    """What can be done with it, in this community."""
    return [each for each in setup.features.staff_actions.values() if each.offered(setup) and each.shown(report, parts)]


def choices(say: Speaker, report: Report, options: Iterable[tuple[str, str]], page: str, name: str) -> Markup:
    """One page of (label, value) to choose from, each a button of the action `name`; then the way back.

    The page is turned by the action `<name>s`, whose value is the number of the page, or "" of the first. Raises
    InvalidCallbackData when that is no number.
    """
    made = [(label, data(report, name, value)) for label, value in options]
    shown = paged(say, made, number_from(page or "0"), lambda following: data(report, f"{name}s", str(following)))
    return rows([*([Button(*each)] for each in shown), [_back(say, report)]])


def data(report: Report, action: str, value: str | None = None) -> str:
    """What a button of a report's card carries."""
    return CardPress(report.id, action, value, report.version).pack()


def in_pairs(buttons: Sequence[Button]) -> Markup:
    """Two buttons in a row."""
    return rows(pairs(buttons))


def pairs(buttons: Sequence[Button]) -> list[Sequence[Button]]:
    """Buttons by twos."""
    return [buttons[at : at + 2] for at in range(0, len(buttons), 2)]


def put(ctx: UpdateContext, report: Report, asked: StaffQuestion) -> None:
    """Put the question to whoever pressed, below the card."""
    say = ctx.say
    mention = Html(f'<a href="tg://user?id={ctx.who.telegram_id}">{escape(ctx.who.name)}</a>')
    pressed = ctx.pressed()
    card = messages.newest_card(ctx.tx, subject("report", report.id), CardRole.STAFF)
    ctx.send(
        asked.ask(say, mention, report.id),
        force_reply(say.label("Write here")),
        topic=card["topic"] if card else None,
        reply_to=pressed.id if pressed else None,
        subject=subject("report", report.id),
        purpose=f"{Purpose.ASK}{asked.name}",
    )
    ctx.pop_up(ctx.say_to_person.label("Reply to my question below."))


def confirm(ctx: UpdateContext, report: Report, text: Html, label: str, action: str, value: str) -> None:
    """Show what is about to be done, below the card, with a button that does it (`action`) and one to leave it."""
    about = subject("report", report.id)
    card = messages.newest_card(ctx.tx, about, CardRole.STAFF)
    buttons = [Button(label, data(report, action, value)), Button(ctx.say.label("No, leave it"), data(report, "leave"))]
    ctx.send(text, column(*buttons), **mailer.below(card, about))


def _button(setup: Setup, report: Report, each: StaffAction) -> Button:
    label = each.label(setup.group_speaker, report)
    if each.link is not None:
        return Button(label, url=each.link(setup, report))
    return Button(label, data(report, each.name))


def _back(say: Speaker, report: Report) -> Button:
    return Button(say.label("Back"), data(report, "menu"))
