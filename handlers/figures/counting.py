"""Figures are counted beside the loop: ordered here, counted by `bot/background/figures_counter.py`, shown here.

An order is a due row, so a crash forgets none. It names the message in which it is answered: a card of its own, or the
one whose button was pressed. Another press there takes the place of an order that waits.
"""

from datetime import date
from typing import Any

from domain.core.subjects import number_of, subject
from domain.figures.periods import Length, Period
from handlers.figures import screen
from handlers.figures.buttons import View
from handlers.figures.ordered import KIND
from handlers.kit import mailer
from handlers.kit.keyboards import Markup
from handlers.kit.texts import Html, Speaker
from handlers.kit.update_context import Setup, UpdateContext
from services.figures.all_figures import Figures
from services.figures.report_figures import Asked, By
from storage.core import messages, scheduled_tasks
from storage.core.database import Transaction
from storage.core.messages import CardRole, Purpose

Order = dict[str, Any]
"""What is noted with a row."""


def order(ctx: UpdateContext, wanted: Asked, view: View) -> None:
    """Have it counted, and shown in the message that was pressed, or in a new one."""
    pressed = ctx.pressed() if ctx.incoming.press is not None else None
    card, message = (None, None) if pressed is None else (pressed.card, pressed.id)
    about = subject("chat", ctx.where.id)
    if pressed is None:
        card = messages.new_card(ctx.tx, ctx.where.id, about, CardRole.FIGURES)
    told = {
        "card": card, "message": message if card is None else None, "person": ctx.who.id,
        "topic": ctx.thread[1] if ctx.thread is not None else None, "view": view, **_as_json(wanted),
    }  # fmt: skip
    scheduled_tasks.plan(ctx.tx, KIND, about, ctx.now, _key(told), told)


def is_wanted(tx: Transaction, told: Order) -> bool:
    """Whether nothing else was asked for since, in the same message."""
    return scheduled_tasks.noted(tx, _key(told)) == told


def asked(told: Order) -> Asked:
    """What was ordered."""
    length = None if told["length"] is None else Length(told["length"])
    period = Period(date.fromisoformat(told["first"]), date.fromisoformat(told["after"]), length)
    return Asked(period, By(told["by"]), told["area"], told["category"])


def show(tx: Transaction, setup: Setup, about: str, told: Order, found: Figures | None) -> None:
    """The figures."""
    say = _reader(tx, setup, about)
    _write(tx, about, told, *screen.figures(tx, say, setup.community, asked(told), View(told["view"]), found))


def say_counting(tx: Transaction, setup: Setup, about: str, told: Order) -> None:
    """It takes longer than an instant. The buttons stay: something else may be asked for meanwhile."""
    say = _reader(tx, setup, about)
    text = say("I am counting. The figures will appear here in a moment.")
    _write(tx, about, told, text, _buttons(tx, say, setup, told))


def failed(tx: Transaction, setup: Setup, about: str, told: Order) -> None:
    """They could not be counted."""
    say = _reader(tx, setup, about)
    text = say("I am sorry: I could not count these figures. Please try again; if it fails again, tell an admin.")
    _write(tx, about, told, text, _buttons(tx, say, setup, told))


def refused(tx: Transaction, setup: Setup, about: str, told: Order) -> None:
    """Who ordered them may not see them any more."""
    say = _reader(tx, setup, about)
    _write(tx, about, told, say("You cannot do that. If you should be able to, ask an admin for the role."), None)


def gone(tx: Transaction, setup: Setup, about: str, told: Order) -> None:
    """Its area or category has gone from the community file since."""
    say = _reader(tx, setup, about)
    _write(tx, about, told, say("There is nothing to count any more. Please send /figures again."), None)


def _write(tx: Transaction, about: str, told: Order, text: Html, markup: Markup | None) -> None:
    chat = _chat(about)
    if told["topic"] is not None:
        tx.thread = chat, told["topic"]
    if told["card"] is not None:
        mailer.card(tx, chat, told["card"], text, markup, subject=about, purpose=Purpose.ANSWER)
    else:
        mailer.edit(tx, chat, told["message"], text, markup)


def _buttons(tx: Transaction, say: Speaker, setup: Setup, told: Order) -> Markup:
    return screen.buttons(say, setup.community, asked(told), View(told["view"]), tx.now)


def _key(told: Order) -> str:
    place = f"card:{told['card']}" if told["card"] is not None else f"message:{told['message']}"
    return f"{KIND}:{place}"


def _reader(tx: Transaction, setup: Setup, about: str) -> Speaker:
    return mailer.speaker_in(tx, setup, _chat(about))


def _chat(about: str) -> int:
    number = number_of(about, "chat")
    assert number is not None
    return number


def _as_json(wanted: Asked) -> Order:
    period = wanted.period
    return {
        "first": period.first.isoformat(),
        "after": period.after.isoformat(),
        "length": period.length,
        "by": wanted.by,
        "area": wanted.area,
        "category": wanted.category,
    }
