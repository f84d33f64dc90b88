"""Text on its way into the cell of a spreadsheet, CSV or XLSX: nothing in it is carried out there.

Whatever writes such a cell has it pass here: `report`, `export`, the open list, the tables of public pages.
"""

import unicodedata

CELL_LENGTH = 32_767
"""More letters than these no cell of a spreadsheet holds."""
_BEGINS_A_FORMULA = ("=", "+", "-", "@")
_BEGINS_BADLY = ("\t", "\r", "\n")
_QUOTE = "'"


def harmless(text: str) -> str:
    """The same text, behind an apostrophe where a spreadsheet would carry it out, and cut to what a cell holds.

    That is a text that begins with `=`, `+`, `-` or `@`, also in their wide forms (`＝`), also behind spaces or letters
    that are not seen; or with a tab or the end of a line. Numbers are no text: they are written as numbers.
    """
    if text.startswith(_BEGINS_BADLY) or _first_seen(text).startswith(_BEGINS_A_FORMULA):
        text = _QUOTE + text
    return text if len(text) <= CELL_LENGTH else text[: CELL_LENGTH - 1] + "…"


def _first_seen(text: str) -> str:
    """The first letter that is seen, in its plain form; empty where none is."""
    for letter in text:
        if not letter.isspace() and unicodedata.category(letter) not in ("Cc", "Cf"):
            return unicodedata.normalize("NFKC", letter)
    return ""
