"""A subject names one of our things in text, such as `report:12`; a message, a card or an event is about one."""

import re

from domain.language.letters import normalized, short_answer

_WRITTEN = re.compile(r"(?:report )?(?:no\.?)? ?#? ?第? ?([0-9]{1,17}) ?(?:号 ?(?:诉求|反映)?)?[.。]?", re.IGNORECASE)


def subject(kind: str, number: int) -> str:
    """`report`, 12 → `report:12`."""
    return f"{kind}:{number}"


def split(text: str) -> tuple[str, int]:
    """`report:12` → (`report`, 12). Raises ValueError for anything else."""
    kind, _, number = text.partition(":")
    return kind, int(number)


def number_of(text: str | None, kind: str) -> int | None:
    """The number when `text` is a subject of that kind, else None."""
    if text is None or not text.startswith(f"{kind}:"):
        return None
    return split(text)[1]


def written_number(words: str) -> int | None:
    """A report's number as somebody writes it who has read it here: `12`, `#12`, `No. 12`, `第12号`; else None."""
    found = _WRITTEN.fullmatch(short_answer(normalized(words)))
    return int(found[1]) if found else None
