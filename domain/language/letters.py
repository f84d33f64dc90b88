"""What people write, brought to one form before anything looks at it, so that no reader of words has to allow for more.

Whoever sends a message chooses its letters: 4,000 spaces, or as many accents on one letter. Here each of them is looked
at once. After this white space is single, and no letter carries more marks than a language needs.
"""

import re
import unicodedata

LOOKED_AT = 500
"""So many letters of a message are looked at where its words are only guessed at: what it is about is said first."""
MESSAGE = 4096
"""Telegram's limit: no message has more letters."""
_LONGEST_WORD = 60
"""Where a text is cut, a word this long is kept whole or left out; of anything longer a piece stays."""
_INVISIBLE = re.compile(
    "[\u00ad\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufeff\ufe00-\ufe0f\U000e0000-\U000e01ef]"
)
_MANY_SIGNS = re.compile(r"[^\w\s\x00-\x7f]{9,}")
_MARKS = 4  # Vietnamese needs two, pointed Hebrew three


def single_spaced(text: str) -> str:
    """White space in one form: one space between words, one line break between lines that say something."""
    return "\n".join(" ".join(line.split()) for line in text.splitlines() if not line.isspace() and line)


def visible(text: str) -> str:
    """Without what cannot be seen: joiners, direction marks, variation selectors."""
    return _INVISIBLE.sub("", text)


def normalized(text: str, form: str = "NFKC") -> str:
    """Unicode's form `form` of a text (`NFC`, `NFD`, `NFKC`), in time that grows with its length alone.

    Sorting the marks on one letter takes the square of their number, so all but the first few go.
    """
    if text.isascii():
        return text
    tidy = _MANY_SIGNS.sub(_fewer_marks, text)
    return unicodedata.normalize(form, tidy)  # type: ignore[arg-type]


def beginning(text: str, most: int = LOOKED_AT) -> str:
    """The first `most` letters once white space is single, without half a word at the end: "building 31" is not 3.

    As of one message: what comes after so many letters is not even read.
    """
    text = single_spaced(text[:MESSAGE])
    if len(text) <= most:
        return text
    space = max(text.rfind(mark, most - _LONGEST_WORD, most + 1) for mark in " \n")
    return text[: space if space > 0 else most]


def short_answer(text: str, most: int = 200) -> str:
    """An answer that is a time, a day or a number, on one line; empty when it is longer than any of them can be."""
    line = " ".join(text.split())
    return line if len(line) <= most else ""


def _fewer_marks(found: re.Match[str]) -> str:
    kept, marks = [], 0
    for letter in found[0]:
        marks = marks + 1 if unicodedata.combining(letter) else 0
        if marks <= _MARKS:
            kept.append(letter)
    return "".join(kept)
