"""The tables of sentences in `benchmarks/words/`: what people write, and what a careful neighbour understands by it."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

FOLDER = Path(__file__).parent / "words"
LANGUAGES = ("en", "zh")
TUNED, KEPT = "tuned", "kept"


@dataclass(frozen=True)
class Line:
    """One case of a table: what is expected, and the text; between them what else the table's format has."""

    expected: str
    text: str
    between: tuple[str, ...] = ()


def read(language: str, part: str, name: str, most: int | None = None) -> Iterator[Line]:
    """The lines of a table (`en`, `tuned`, `emergencies`), the first `most` of them."""
    lines = (FOLDER / language / part / f"{name}.tsv").read_text(encoding="utf-8").splitlines()
    for line in lines[:most]:
        expected, *between, text = line.split("\t")
        yield Line(expected, text, tuple(between))
