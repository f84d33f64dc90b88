"""What the city's hotline counted, month by month, as an admin of the demo types it: of the months of this year that
are over, and of the same a year before."""

from datetime import date

from demo.neighbours import Neighbours

BEFORE = (118, 96, 121, 109, 127, 134, 141, 138, 116, 108, 103, 99)
NOW = (92, 71, 85, 70, 78, 81, 86, 79, 68, 61, 60, 55)
"""Of each month from January on."""


def lines(today: date) -> str:
    """A line for each month that is over, of the last twelve and the twelve before them."""
    months = [(today.year * 12 + today.month - 1) - back for back in range(24, 0, -1)]
    counts = [(BEFORE if at < 12 else NOW)[month % 12] for at, month in enumerate(months)]
    return "\n".join(f"{month // 12}-{month % 12 + 1:02} {count}" for month, count in zip(months, counts, strict=True))


async def enters_hotline(neighbours: Neighbours, today: date) -> None:
    """Wei, who is an admin, types them all at once, looks at them, and saves them."""
    wei = neighbours.ids["Wei"]
    await neighbours.says_to_bot(wei, "/hotline")
    await neighbours.newest_with(wei, r"^f:\d+:months:")
    await neighbours.says_to_bot(wei, lines(today))
    await neighbours.presses_newest(wei, r"^f:\d+:summary:!send$")
    await neighbours.sees(wei, "Entered|已登记")
