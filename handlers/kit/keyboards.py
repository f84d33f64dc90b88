"""Buttons. `callback_data` holds at most 64 bytes: short words and ids, checked here once for all."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from handlers.kit.callback_data import DATA_LIMIT
from handlers.kit.texts import Speaker

PAGE = 5  # choices on one screen, so that with "more", "just this" and "back" there are at most 8 rows
Markup = dict[str, Any]


@dataclass(frozen=True)
class Button:
    """One button: `data` comes back when it is pressed, or `url` opens."""

    label: str
    data: str | None = None
    url: str | None = None

    def as_json(self) -> dict[str, str]:
        """As the Bot API wants it. Raises ValueError when the data is too long."""
        if self.url is not None:
            return {"text": self.label, "url": self.url}
        assert self.data is not None
        if len(self.data.encode()) > DATA_LIMIT:
            raise ValueError(f"callback data over {DATA_LIMIT} bytes: {self.data}")
        return {"text": self.label, "callback_data": self.data}


def column(*buttons: Button) -> Markup:
    """Buttons under each other: what a large type size on a small screen needs."""
    return rows([button] for button in buttons)


def rows(buttons: Iterable[Sequence[Button]]) -> Markup:
    """Buttons in rows; side by side only where labels are one or two short words."""
    return {"inline_keyboard": [[button.as_json() for button in row] for row in buttons]}


def reply_keyboard(labels: Iterable[Sequence[str | dict[str, Any]]], once: bool = False) -> Markup:
    """The keyboard below the text field. A label alone is said when tapped; a dict asks for a user or a place."""
    keyboard = [[{"text": label} if isinstance(label, str) else label for label in row] for row in labels]
    return {"keyboard": keyboard, "resize_keyboard": True, "one_time_keyboard": once, "is_persistent": not once}


def force_reply(placeholder: str) -> Markup:
    """Opens the reply bar on the question. Only the person the message mentions sees it open (selective)."""
    return {"force_reply": True, "selective": True, "input_field_placeholder": placeholder[:64]}


def paged(
    say: Speaker, options: list[tuple[str, str]], page: int, turn: str | Callable[[int], str], *, size: int = PAGE
) -> list[tuple[str, str]]:
    """One screen of (label, value); behind the last a button for more, which leads round to the first screen.

    Its value is `turn` with the number of the next screen, put behind it or given to it. `size` of them fit, where
    other buttons need room.
    """
    if len(options) <= size + 1:
        return options
    pages = -(-len(options) // size)
    page %= pages
    shown = options[page * size : (page + 1) * size]
    following = (page + 1) % pages
    value = f"{turn}{following}" if isinstance(turn, str) else turn(following)
    return [*shown, (say.label("More ({page} of {pages})", page=page + 1, pages=pages), value)]
