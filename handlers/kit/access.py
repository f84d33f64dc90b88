"""Who may use a button or link of a feature: said where the feature names it, held before anything of it runs.

Services check rights again, of the very thing that is meant. A walk (tests/walk/rights.py) presses and follows all of
them as everybody who may not; one that says nothing of who may fails.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from domain.people.rights import Action, require
from handlers.kit.callback_data import InvalidCallbackData
from handlers.kit.update_context import UpdateContext

Run = Callable[..., None]


@dataclass(frozen=True)
class Door:
    """A handler and who may use it.

    `action`: who has a right to that. `own`: those whose thing it is, too; without an action these alone. With neither,
    everybody: it shows what all may see, or changes what belongs to the person who uses it. What is one's own is one's
    own in private alone; `in_groups`: what all may see is shown there, too.
    """

    run: Run
    action: Action | None = None
    own: bool = False
    in_groups: bool = False

    def __call__(self, ctx: UpdateContext, *more: Any) -> None:
        """Run the handler. Raises NotAllowed where it takes a right which the person does not have, and
        InvalidCallbackData in a group where no such button can stand."""
        in_private = ctx.where.is_private
        if self.action is not None and not (self.own and in_private):
            require(ctx.who.roles, self.action)
        elif not in_private and not self.in_groups:
            raise InvalidCallbackData
        self.run(ctx, *more)


def needs(action: Action, run: Run) -> Door:
    """Only for people with a right to that."""
    return Door(run, action)


def own(run: Run) -> Door:
    """Only for those whose thing it is."""
    return Door(run, own=True)


def own_or(action: Action, run: Run) -> Door:
    """For those whose thing it is, and for people with a right to that."""
    return Door(run, action, own=True)


def anybody(run: Run, *, in_groups: bool = False) -> Door:
    """For everybody, in private; or in groups, too."""
    return Door(run, in_groups=in_groups)
