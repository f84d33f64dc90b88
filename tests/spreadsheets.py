"""Reading a spreadsheet as a program does that has never heard of ours: the sheets of an XLSX file, cell by cell."""

import io
import re
import zipfile
from dataclasses import dataclass
from pathlib import Path
from xml.etree import ElementTree

_MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"


@dataclass(frozen=True)
class Cell:
    """`kind`: `inlineStr` or `s` for a text, `n` for a number or a date (XLSX's own names), or `formula`."""

    kind: str
    text: str


def cells(file: Path | bytes, sheet: int = 1) -> list[list[Cell]]:
    """The rows of a sheet; a cell that was left out is an empty text."""
    with zipfile.ZipFile(file if isinstance(file, Path) else io.BytesIO(file)) as book:
        assert book.testzip() is None
        root = ElementTree.fromstring(book.read(f"xl/worksheets/sheet{sheet}.xml"))
        shared: list[str] = []
        if "xl/sharedStrings.xml" in book.namelist():
            strings = ElementTree.fromstring(book.read("xl/sharedStrings.xml"))
            shared = ["".join(each.itertext()) for each in strings.iter(f"{_MAIN}si")]
    found = []
    for row in root.iter(f"{_MAIN}row"):
        line: list[Cell] = []
        for cell in row.iter(f"{_MAIN}c"):
            at = _column(cell.attrib["r"])
            line += [Cell("", "")] * (at - len(line))
            line.append(_read(cell, shared))
        found.append(line)
    return found


def texts(file: Path | bytes, sheet: int = 1) -> list[list[str]]:
    """The same as texts alone."""
    return [[cell.text for cell in row] for row in cells(file, sheet)]


def _read(cell: ElementTree.Element, shared: list[str]) -> Cell:
    kind = cell.attrib.get("t", "n")
    if cell.find(f"{_MAIN}f") is not None:
        return Cell("formula", cell.findtext(f"{_MAIN}f") or "")
    if kind == "inlineStr":
        return Cell(kind, "".join(cell.itertext()))
    value = cell.findtext(f"{_MAIN}v") or ""
    return Cell(kind, shared[int(value)] if kind == "s" else value)


def _column(reference: str) -> int:
    number = 0
    for letter in re.match("[A-Z]+", reference)[0]:  # type: ignore[index]
        number = number * 26 + ord(letter) - 64
    return number - 1
