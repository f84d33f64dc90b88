"""From an order to files: which font, which languages, one document or many."""

import os
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from paper import poster
from paper.fonts import Family, find_families
from paper.poster import Poster, Wording
from paper.sheet import Sheet, Size, picture, single


@dataclass(frozen=True)
class Place:
    """The poster of one place: its file's name without the ending, and its words by language, the first on top."""

    name: str
    link: str
    letters: str
    words: Mapping[str, Wording]


@dataclass(frozen=True)
class Order:
    """Posters to be printed; with `together` all are pages of one PDF of that name."""

    places: Sequence[Place]
    title: str
    formats: Sequence[str] = ("pdf", "png")
    together: str | None = None

    @classmethod
    def of(cls, told: Mapping[str, Any]) -> "Order":
        """An order that came as JSON."""
        places = [
            Place(**{**place, "words": {language: Wording(**words) for language, words in place["words"].items()}})
            for place in told["places"]
        ]
        return cls(**{**told, "places": places})


@dataclass(frozen=True)
class Printed:
    """The files that were made, and the languages that no font of this machine can write."""

    files: tuple[Path, ...]
    left_out: tuple[str, ...]


class Unwritable(Exception):
    """No font of this machine can write it in any language; holds the letters it stumbles over."""


def print_posters(order: Order, folder: Path, families: Iterable[Family] | None = None) -> Printed:
    """Make the files in `folder`, safe on the disk. Raises Unwritable, OSError."""
    languages = tuple(dict.fromkeys(language for place in order.places for language in place.words))
    family, written = _choose(order, languages, find_families(languages) if families is None else families)
    folder.mkdir(parents=True, exist_ok=True)
    sheet = Sheet(Size.A4, family, order.title)
    for place in order.places:
        words = [place.words[language] for language in written]
        poster.draw(sheet, Poster(place.link, place.letters, words))
    # Drawn as one document, also where many are wanted: the fonts are cut down once, which takes the most time.
    pdf = sheet.pdf()
    files = list(_files(order, pdf, folder))
    settle(folder)
    return Printed(tuple(files), tuple(language for language in languages if language not in written))


def _files(order: Order, pdf: bytes, folder: Path) -> Iterator[Path]:
    if order.together is not None:
        yield keep(folder / f"{order.together}.pdf", pdf)
        return
    for page, place in enumerate(order.places):
        if "pdf" in order.formats:
            yield keep(folder / f"{place.name}.pdf", pdf if len(order.places) == 1 else single(pdf, page))
        if "png" in order.formats:
            yield keep(folder / f"{place.name}.png", picture(pdf, page))


def _choose(order: Order, languages: tuple[str, ...], families: Iterable[Family]) -> tuple[Family, tuple[str, ...]]:
    """The first family that can write everything, else the one that can write most languages, and those languages."""
    text = {
        language: "".join(f"{place.words[language].all}{place.letters}" for place in order.places)
        for language in languages
    }
    best: tuple[Family, tuple[str, ...]] | None = None
    stumbled = ""
    for family in families:
        written = tuple(language for language in languages if not family.lacks(text[language]))
        if best is None or len(written) > len(best[1]):
            best = family, written
        if len(written) == len(languages):
            break
        stumbled = stumbled or family.lacks("".join(text.values()))
    if best is None or not best[1]:
        raise Unwritable(stumbled)
    return best


def keep(path: Path, content: bytes) -> Path:
    """Write a file whole, safe on the disk. Raises OSError."""
    with path.open("wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    return path


def settle(folder: Path) -> None:
    """The names of new files are safe once their folder is."""
    if os.name == "nt":
        return
    opened = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(opened)
    finally:
        os.close(opened)
