"""How numbers, rates and lengths of time are written."""

from domain.figures.rates import Rate
from speech.speaker import PlainSpeaker

HOUR = 3600
DAY = 24 * HOUR


def number(count: int) -> str:
    """`1,354`."""
    return f"{count:,}"


def rate(say: PlainSpeaker, found: Rate) -> str:
    """`1,319 of 1,354 (97.4 %)`; of fewer than 20, the counts alone."""
    part, whole = number(found.part), number(found.whole)
    if found.percent is None:
        return say.label("{part} of {whole}", part=part, whole=whole)
    return say.label("{part} of {whole} ({percent} %)", part=part, whole=whole, percent=found.percent)


def took(say: PlainSpeaker, seconds: int) -> str:
    """`12 min`, `5 h`, `3.5 days`: rounded up, so that it was within that."""
    if seconds <= HOUR:
        return say.label("{count} min", count=max(1, -(-seconds // 60)))
    if seconds <= 2 * DAY:
        return say.label("{count} h", count=-(-seconds // HOUR))
    days = -(-seconds * 10 // DAY) / 10
    return say.label("{count} days", count=int(days) if days.is_integer() else days)
