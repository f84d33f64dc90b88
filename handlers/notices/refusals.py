"""What is said when a notice cannot be sent as it is."""

from collections.abc import Callable, Mapping
from typing import Any

from handlers.kit.texts import Speaker
from services.notices.notices import OwnNotice, ReachesNobody, TimePassed, TooLong, TooSoon

REFUSALS: Mapping[type[Exception], Callable[[Speaker, Any], str]] = {
    ReachesNobody: lambda say, _refusal: say.label("Nobody would get it. Please change whom it is for."),
    TimePassed: lambda say, _refusal: say.label(
        "The time at which it should go out is over. Please choose another, or send it straight away."
    ),
    TooLong: lambda say, refusal: say.label(
        "That is too long: at most {limit} letters fit. Please say it shorter.", limit=refusal.limit
    ),
    OwnNotice: lambda say, _refusal: say.label(
        "You wrote this notice, so another member of staff has to say yes or no. /notices lets you withdraw it."
    ),
    TooSoon: lambda say, refusal: say.label(
        "Another member of staff may still say yes. From {time} on a lead can send it alone.",
        time=say.time(refusal.at),
    ),
}
