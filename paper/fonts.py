"""Fonts of this machine that can write what is to be printed, Chinese among them."""

import os
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from fontTools.ttLib import TTFont

# Regular and bold; the first that is found is taken. None: the regular one is all there is.
CHINESE = (
    ("NotoSansCJK-Regular.ttc", "NotoSansCJK-Bold.ttc"),
    ("NotoSansCJKsc-Regular.otf", "NotoSansCJKsc-Bold.otf"),
    ("NotoSansSC-Regular.otf", "NotoSansSC-Bold.otf"),
    ("NotoSansSC-Regular.ttf", "NotoSansSC-Bold.ttf"),
    ("SourceHanSansSC-Regular.otf", "SourceHanSansSC-Bold.otf"),
    ("SourceHanSansCN-Regular.otf", "SourceHanSansCN-Bold.otf"),
    ("msyh.ttc", "msyhbd.ttc"),
    ("Hiragino Sans GB.ttc", None),
    ("STHeiti Medium.ttc", None),
    ("wqy-microhei.ttc", None),
    ("wqy-zenhei.ttc", None),
    ("DroidSansFallbackFull.ttf", None),
)
OTHERS = (
    ("NotoSans-Regular.ttf", "NotoSans-Bold.ttf"),
    ("DejaVuSans.ttf", "DejaVuSans-Bold.ttf"),
    ("LiberationSans-Regular.ttf", "LiberationSans-Bold.ttf"),
    ("Arial.ttf", "Arial Bold.ttf"),
    ("arial.ttf", "arialbd.ttf"),
)
FOLDERS = (
    "/usr/share/fonts", "/usr/local/share/fonts", "~/.local/share/fonts", "~/.fonts",
    "/System/Library/Fonts", "/Library/Fonts", "~/Library/Fonts", "C:/Windows/Fonts",
)  # fmt: skip
# In one file of Noto Sans CJK there is a font for each country, which write the same letter differently.
FACES = {"zh_Hans": "SC", "zh_Hant": "TC", "ja": "JP", "ko": "KR"}


@dataclass(frozen=True)
class Font:
    """One font file, and which of the fonts in it."""

    path: Path
    number: int = 0

    def letters(self) -> frozenset[int]:
        """Every letter it can write."""
        return _letters(self)


@dataclass(frozen=True)
class Family:
    """A font and its bold one; without files the one that every reader of PDF has, for Latin letters only."""

    regular: Font | None = None
    bold: Font | None = None

    def lacks(self, text: str) -> str:
        """The letters of a text that it cannot write."""
        known = _LATIN if self.regular is None else self.regular.letters()
        if self.bold is not None:
            known &= self.bold.letters()
        return "".join(sorted({letter for letter in text if letter != "\n" and ord(letter) not in known}))

    def mostly_lacks(self, text: str) -> bool:
        """Whether so many letters of a text are missing that nobody could read what is left."""
        letters = {letter for letter in text if not letter.isspace()}
        return len(self.lacks("".join(letters))) > len(letters) / 4

    def plain(self, text: str) -> str:
        """The text with what it cannot write: in plain Latin where that says the same, else left out."""
        return text.translate({ord(letter): _PLAIN.get(letter) for letter in self.lacks(text)})


def chosen(families: Iterable[Family], frame: str, text: str) -> Family | None:
    """Of the families that can write what is on every sheet, `frame`, the one that lacks least of `text`; or None."""
    able = [family for family in families if not family.mostly_lacks(frame)]
    return min(able, key=lambda family: len(family.lacks(text)), default=None)


_PLAIN = {
    "–": "-", "—": "-", "‐": "-", "‑": "-", "−": "-", "’": "'", "‘": "'", "“": '"', "”": '"', "…": "...", "\u2009": " ",
    "\u202f": " ", "•": "·",
}  # fmt: skip
"""Marks beside which the built-in font has others; of hours without their dash nobody would know what they are."""
BUILT_IN = Family()
_LATIN = frozenset((*range(0x20, 0x7F), *range(0xA0, 0x100)))


def find_families(languages: tuple[str, ...], folders: tuple[str, ...] = FOLDERS) -> Iterator[Family]:
    """The families of this machine, those that can write most first; in the end the one that needs no file."""
    there = {path.name: path for folder in folders for path in _files(Path(folder).expanduser())}
    for regular, bold in (*CHINESE, *OTHERS):
        if regular in there:
            bolder = there.get(bold or regular, there[regular])
            yield Family(_face(there[regular], languages), _face(bolder, languages))
    yield BUILT_IN


def _files(folder: Path) -> Iterator[Path]:
    for place, _, names in os.walk(folder):
        yield from (Path(place) / name for name in names)


def _face(path: Path, languages: tuple[str, ...]) -> Font:
    """Of several fonts in one file the one for the first language that has one."""
    wanted = next((FACES[language] for language in languages if language in FACES), "SC")
    if path.suffix == ".ttc":
        number = 0
        while (name := _name(path, number)) is not None:
            if name.endswith(f" {wanted}"):
                return Font(path, number)
            number += 1
    return Font(path)


def _name(path: Path, number: int) -> str | None:
    try:
        with TTFont(path, fontNumber=number, lazy=True) as font:
            return str(font["name"].getDebugName(1)).removesuffix(" Bold")
    except Exception:  # fontTools has no common error: behind the last font, or a file that is none
        return None


@cache
def _letters(font: Font) -> frozenset[int]:
    with TTFont(font.path, fontNumber=font.number, lazy=True) as opened:
        return frozenset(opened.getBestCmap())
