"""What staff can do with a voice by the buttons of its card; features put them in (`Feature.staff_actions`).

A button carries `v:<number>:<action>:<version>`, where the action may bring a value: `kind=light`. The first page of a
card has what is used every day; "More" opens the rest. In a group a question is a ForceReply message, and only replies
to it are taken.
"""

from collections.abc import Iterable, Sequence

from domain.core.subjects import subject
from handlers.kit import mailer
from handlers.kit.here import Here, Setup
from handlers.kit.keyboards import Button, Markup, column, force_reply, paged, rows
from handlers.kit.staff_action import StaffAction, StaffQuestion
from handlers.kit.texts import Html, Speaker, escape
from storage.core import messages
from storage.core.messages import CardRole, Purpose
from storage.reports.voices import Part, Voice


def action(setup: Setup, name: str) -> StaffAction | None:
    """The action of that name, or None."""
    return setup.features.staff_actions.get(name)


def question(setup: Setup, name: str) -> StaffQuestion | None:
    """The question of that name, or None."""
    return setup.features.staff_questions.get(name)


def front(setup: Setup, voice: Voice, parts: Sequence[Part]) -> Markup | None:
    """The buttons of the card itself: two short words in a row, to keep a card from filling the screen."""
    shown = [each for each in setup.features.staff_actions.values() if each.front and each.shown(voice, parts)]
    buttons = [_button(setup, voice, each) for each in shown if not each.wide]
    if any(not each.front and each.shown(voice, parts) for each in setup.features.staff_actions.values()):
        buttons.append(Button(setup.group_speaker.label("More"), data(voice, "more")))
    wide = [[_button(setup, voice, each)] for each in shown if each.wide]
    return rows([*pairs(buttons), *wide]) if buttons else None


def more(setup: Setup, voice: Voice, parts: Sequence[Part]) -> Markup:
    """The second page: everything else, and the way back."""
    shown = [each for each in setup.features.staff_actions.values() if not each.front and each.shown(voice, parts)]
    return in_pairs([*(_button(setup, voice, each) for each in shown), _back(setup.group_speaker, voice)])


def choices(say: Speaker, voice: Voice, options: Iterable[tuple[str, str]], page: int, name: str) -> Markup:
    """One page of (label, value) to choose from, each a button of the action `name`; then the way back.

    The page is turned by the action `<name>s`, whose value is the number of the page.
    """
    shown = paged(say, [(label, f"{name}={value}") for label, value in options], page, f"{name}s=")
    return rows([*([Button(label, data(voice, value))] for label, value in shown), [_back(say, voice)]])


def data(voice: Voice, what: str) -> str:
    """What a button of a voice's card carries."""
    return f"v:{voice.id}:{what}:{voice.version}"


def in_pairs(buttons: Sequence[Button]) -> Markup:
    """Two buttons in a row."""
    return rows(pairs(buttons))


def pairs(buttons: Sequence[Button]) -> list[Sequence[Button]]:
    """Buttons by twos."""
    return [buttons[at : at + 2] for at in range(0, len(buttons), 2)]


def put(here: Here, voice: Voice, name: str) -> None:
    """Put the question `name` to whoever pressed, below the card."""
    found = here.setup.features.staff_questions[name]
    say = here.say
    mention = Html(f'<a href="tg://user?id={here.who.telegram_id}">{escape(here.who.name)}</a>')
    pressed = here.pressed()
    card = messages.newest_card(here.tx, subject("voice", voice.id), CardRole.STAFF)
    here.send(
        found.ask(say, mention, voice.id),
        force_reply(say.label("Write here")),
        topic=card["topic"] if card else None,
        reply_to=pressed.id if pressed else None,
        subject=subject("voice", voice.id),
        purpose=f"{Purpose.ASK}{name}",
    )
    here.pop_up(here.say_to_person.label("Reply to my question below."))


def confirm(here: Here, voice: Voice, text: Html, label: str, value: str) -> None:
    """Show what is about to be done, below the card, with a button that does it (the action `value`) and one that
    leaves it."""
    about = subject("voice", voice.id)
    card = messages.newest_card(here.tx, about, CardRole.STAFF)
    buttons = [Button(label, data(voice, value)), Button(here.say.label("No, leave it"), data(voice, "leave"))]
    here.send(text, column(buttons), **mailer.below(card, about))


def _button(setup: Setup, voice: Voice, each: StaffAction) -> Button:
    label = each.label(setup.group_speaker, voice)
    if each.link is not None:
        return Button(label, url=each.link(setup, voice))
    return Button(label, data(voice, each.name))


def _back(say: Speaker, voice: Voice) -> Button:
    return Button(say.label("Back"), data(voice, "menu"))
