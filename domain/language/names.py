"""Names people give themselves, as they are kept and shown: one line, bounded, of letters that can be seen."""

import unicodedata

LONGEST = 60
"""Letters of a name that are kept; Telegram allows 129."""
PUBLIC_LONGEST = 40
"""Letters of a name that a board, a page or a list has room for."""
_MARKS = 2
"""Marks above each other on a letter: enough for every language, too few for a tower across the lines above."""
_BLANK = frozenset("\u115f\u1160\u2800\u3164\uffa0\u034f\u17b4\u17b5\u180b\u180c\u180d\u180e\u180f\u00ad")
"""Letters by their kind that show nothing."""


def tidy_name(name: str, longest: int = LONGEST) -> str:
    """The name without what is invisible, turns the writing or breaks the line; empty when nothing is left."""
    if len(name) <= longest and name.isascii() and name.isalnum():
        return name  # most of them, at once: this is asked at every look at a person
    kept: list[str] = []
    marks = 0
    for letter in name[: 4 * longest]:
        kind = unicodedata.category(letter)
        if kind in ("Zs", "Zl", "Zp") or letter in "\n\r\t\v\f":
            kept.append(" ")
            marks = _MARKS
        elif kind[0] == "C" or letter in _BLANK or 0xFE00 <= ord(letter) <= 0xFE0F:
            continue
        elif kind in ("Mn", "Me"):
            if kept and marks < _MARKS:
                kept.append(letter)
                marks += 1
        else:
            kept.append(letter)
            marks = 0
    shown = " ".join("".join(kept).split())
    if not any(unicodedata.category(letter)[0] in "LNS" for letter in shown):
        return ""
    return shown if len(shown) <= longest else shown[: longest - 1].rstrip() + "…"
