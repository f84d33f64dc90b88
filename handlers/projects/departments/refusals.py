"""What is refused to departments that answer, said kindly."""

from collections.abc import Callable
from typing import Any

from handlers.kit.texts import Speaker
from services.projects import department_answers


def _meanwhile(say: Speaker, _refusal: Exception) -> str:
    return say.label(
        "Someone has answered for the department in the meantime. Please look at its card; there you can change the "
        "answer."
    )


def _not_that_day_yet(say: Speaker, _refusal: Exception) -> str:
    return say.label("It is not that day yet. Please tap this once you have been there.")


REFUSALS: dict[type[Exception], Callable[[Speaker, Any], str]] = {
    department_answers.AnsweredMeanwhile: _meanwhile,
    department_answers.NotThatDayYet: _not_that_day_yet,
}
