"""Administrators who write as the group: Telegram does not say who they are, but a press of a button does."""

from handlers.here import Here
from handlers.keyboards import Button, column


def ask(here: Here, what: str) -> None:
    """Ask who sent this command; `what` is the command in few words. Whoever presses has it carried out as theirs."""
    here.send(
        here.say("Are you the one who sent this? You write as the group, so I cannot tell."),
        column([Button(here.say.label("It is me"), f"me:{what}")]),
        reply=True,
        purpose="who",
    )
