"""Where a line ends: between words, and in Chinese between any two letters, but never before a comma."""

from collections.abc import Callable, Iterator
from unicodedata import combining

NOT_FIRST = "，。、；：？！）》」』】”’…,.;:?!)]}%"
NOT_LAST = "（《「『【“‘([{"
# Letters that are written without spaces between words: Chinese, Japanese, Korean syllables, their full-width marks.
_SPACELESS = (
    (0x2E80, 0x9FFF),
    (0xAC00, 0xD7AF),
    (0xF900, 0xFAFF),
    (0xFE30, 0xFE4F),
    (0xFF00, 0xFFEF),
    (0x20000, 0x3FFFF),
)

Measure = Callable[[str], float]


def wrap(text: str, width: float, measure: Measure) -> list[str]:
    """The lines of a text, none wider than `width` but for a single word that is."""
    lines: list[str] = []
    for paragraph in text.split("\n"):
        line = ""
        for piece in pieces(paragraph):
            if line and measure((line + piece).rstrip()) > width:
                lines.append(line.rstrip())
                line = ""
            line += piece if line else piece.lstrip()
        lines.append(line.rstrip())
    return lines


def broken(line: str, width: float, measure: Measure) -> Iterator[str]:
    """A line in parts, none wider than `width`: the last resort, for a word that no line has room for."""
    part = ""
    for letter in line:
        if part and not combining(letter) and measure(part + letter) > width:
            yield part
            part = ""
        part += letter
    yield part


def balanced(text: str, width: float, measure: Measure) -> list[str]:
    """As `wrap`, in as few lines, but all about as long: no last line of one word."""
    lines = wrap(text, width, measure)
    low, high = 0.0, width
    for _ in range(12):
        middle = (low + high) / 2
        tried = wrap(text, middle, measure)
        if len(tried) == len(lines) and all(measure(line) <= middle for line in tried):
            lines, high = tried, middle
        else:
            low = middle
    return lines


def pieces(text: str) -> list[str]:
    """What is never broken: words with what clings to them, and single Chinese letters with their marks."""
    found: list[str] = []
    for letter in text:
        if found and _clings(found[-1], letter):
            found[-1] += letter
        else:
            found.append(letter)
    return found


def _clings(piece: str, letter: str) -> bool:
    last = piece[-1]
    if letter in NOT_FIRST or last in NOT_LAST or letter == " ":
        return True
    if last == " " and (letter.isdigit() or letter == "("):
        return True  # "Building 3" is one thing, and so is "110 (Police)"
    return last != " " and not _spaceless(last) and not _spaceless(letter)


def _spaceless(letter: str) -> bool:
    return any(first <= ord(letter) <= last for first, last in _SPACELESS)
