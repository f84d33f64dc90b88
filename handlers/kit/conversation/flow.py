"""What a flow is: a list of steps and a summary in which every answer can be changed. engine.py runs it."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, Literal, Protocol

from handlers.kit.conversation import drafts
from handlers.kit.keyboards import Button
from handlers.kit.texts import Html
from handlers.kit.update_context import UpdateContext
from storage.core.conversations import Conversation

SUMMARY = "summary"
Draft = dict[str, Any]
Left = Literal["nothing", "buttons", "all"]
"""What is left of an optional question after another press: it ends; its buttons still do what they say, and words go
elsewhere; or it goes on as before."""


@dataclass(frozen=True)
class Wrong:
    """What came does not answer the question; `text` says what would."""

    text: Html


class Step(Protocol):
    """One question. `take_message` and `take_press` put the answer into the draft, or say what is wrong with it.

    One that only turned a page sets draft["_stay"], and the question is shown again.
    """

    @property
    def name(self) -> str:
        """A short word, unique in its flow; it travels in buttons."""
        ...

    @property
    def optional(self) -> bool:
        """Whether it may be left out; then it is asked only when somebody chooses to answer it."""
        ...

    def question(self, ctx: UpdateContext, draft: Draft) -> Html:
        """What is asked."""
        ...

    def choices(self, ctx: UpdateContext, draft: Draft) -> list[tuple[str, str]]:
        """Buttons as (label, value)."""
        ...

    def take_message(self, ctx: UpdateContext, draft: Draft) -> Wrong | None:
        """The message that came, as the answer."""
        ...

    def take_press(self, ctx: UpdateContext, draft: Draft, value: str) -> Wrong | None:
        """The value of the button pressed, as the answer."""
        ...

    def answered(self, draft: Draft) -> bool:
        """Whether the draft holds an answer."""
        ...

    def back(self, ctx: UpdateContext, draft: Draft) -> bool:
        """Go back a level inside the question; False when there is none, and "Back" leaves the question."""
        ...

    def change_label(self, ctx: UpdateContext, draft: Draft) -> str:
        """The button by which the summary leads back to this question; empty where there is none."""
        ...


@dataclass(frozen=True)
class Check:
    """A question between the summary's "send" and sending, asked when `scheduled_tasks` says so. It has buttons only.

    The engine knows "!send" and "!back" among them; `press` takes the others and says whether it was one.
    """

    name: str
    due: Callable[[UpdateContext, Conversation], bool]
    question: Callable[[UpdateContext, Conversation], Html]
    buttons: Callable[[UpdateContext, Conversation], list[Button]]
    press: Callable[[UpdateContext, Conversation, str], bool]


@dataclass(frozen=True)
class Unsent:
    """What is said of a draft that lies there: after a while, the next morning, and when it is put away."""

    first: Callable[[UpdateContext], Html] = field(default=lambda ctx: ctx.say("You began this and have not sent it."))
    final: Callable[[UpdateContext], Html] = field(
        default=lambda ctx: ctx.say(
            "You began this and have not sent it. If you do not send it, I will throw it away tomorrow morning."
        )
    )
    expired: Callable[[UpdateContext], Html] = field(
        default=lambda ctx: ctx.say(
            "This was never sent, and I have thrown it away. To send it after all, please write it again."
        )
    )


@dataclass(frozen=True)
class Flow:
    """A conversation with a purpose. `finish` carries it out and leaves the last words on its card."""

    name: str
    steps: tuple[Step, ...]
    finish: Callable[[UpdateContext, Conversation], None]
    summary: Callable[[UpdateContext, Conversation], Html] | None = None
    send_label: Callable[[UpdateContext], str] = field(default=lambda ctx: ctx.say.label("Send it like this"))
    cancel_label: Callable[[UpdateContext], str] = field(default=lambda ctx: ctx.say.label("Cancel"))
    """How the summary says that nothing is to be sent."""
    skippable: frozenset[str] = frozenset()
    """Steps that are asked but may be left out."""
    skip_label: Callable[[UpdateContext], str] = field(default=lambda ctx: ctx.say.label("Leave this out"))
    skip_or_cancel: frozenset[str] = frozenset()
    """Steps that may be left out and have "Cancel" beside it; at the others leaving them out is the one way on."""
    more_buttons: Callable[[UpdateContext, Conversation], list[Button]] = field(default=lambda _ctx, _conversation: [])
    press: Callable[[UpdateContext, Conversation, str], bool] = field(default=lambda _ctx, _conversation, _value: False)
    """A button of the flow's own (`more_buttons`); False when it is none."""
    take_extra: Callable[[UpdateContext, Draft], Wrong | Html | None] | None = None
    """A message that does not answer the open step is offered here; a Html says what was done with it,
    None that it is not wanted here."""
    interrupt: Callable[[UpdateContext, Conversation], bool] = field(default=lambda _ctx, _conversation: False)
    """After each message: True when the conversation has come to its end by what was said."""
    before_finish: Check | None = None
    touched: Callable[[UpdateContext, Conversation], None] = field(default=lambda _ctx, _conversation: None)
    """After each change: for reminders of what is not sent yet."""
    ended: Callable[[UpdateContext, Conversation], None] = drafts.ended
    cancelled: Callable[[UpdateContext, Conversation], Html] = field(
        default=lambda ctx, _conversation: ctx.say("Cancelled. Nothing was sent.")
    )
    """The last words on the card of a conversation that was cancelled."""
    applies: Callable[[Step, Draft], bool] = field(default=lambda _step, _draft: True)
    """Whether a step belongs to what was answered so far; one that does not is neither asked nor gone back to."""
    offered: Callable[[Step, Draft], bool] = field(default=lambda _step, _draft: True)
    """Whether the summary has a button that leads back to a step; others are changed together with one that has."""
    unsent: Unsent = Unsent()
    permitted: Callable[[UpdateContext], bool] = field(default=lambda _ctx: True)
    """Whether they still may: where not, the conversation ends at their next step and nothing of it is sent."""
    lapsed: Callable[[UpdateContext, Conversation], Html] | None = None
    """The last words where nobody goes on with it, if they are others than those of "Cancel"."""
    may_lapse: bool = False
    """Nothing waits for its answer: another button, a command, or words sent later end it (lapsing.py)."""
    for_others: bool = False
    """What is written in it is for others to read (for_others.py)."""
    after_press: Callable[[UpdateContext, Conversation], Left] = field(default=lambda _ctx, _conversation: "nothing")
    """What another button leaves of a question that may lapse: one about the same thing is no turning to another."""

    def checking(self, conversation: Conversation) -> Check | None:
        """The check before sending, when it is what is asked now."""
        check = self.before_finish
        return check if check is not None and conversation.step == check.name else None

    def step(self, name: str) -> Step | None:
        """The step of that name, or None."""
        return next((step for step in self.steps if step.name == name), None)
