"""A table of months and numbers as people have them: out of a spreadsheet, from an office, or typed in a chat.

Two columns, a month and the number of complaints to the hotline in it; a line of headings may stand above. Everything
is read or nothing: each line that cannot be read is named.
"""

import csv
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from domain.language.letters import normalized

MOST_BYTES = 200_000
MOST_COMPLAINTS = 9_999_999
_MONTH = re.compile(r"(\d{4}) ?[-/.年] ?(\d{1,2})(?: ?月| ?[-/.] ?0?1)?|(\d{1,2}) ?[-/.] ?(\d{4})|(\d{4})(\d{2})")
_NUMBER = re.compile(r"(\d{1,7}|\d{1,3}(?:[, ]\d{3}){1,2})(?:\.0{1,4})?(?: ?件)?")
_UNIT = "件"
_OF_A_YEAR = r"(?:1[0-2]|0?[1-9])"
_NEXT_MONTH = re.compile(rf"(?<=[\d件]) *[;,、] *(?=20\d\d ?[-/.年] ?{_OF_A_YEAR}(?!\d)|{_OF_A_YEAR} ?[-/.] ?20\d\d\b)")
"""Where somebody who types goes on to the next month without a new line."""
_HEADINGS = re.compile(r"[^\d]*")


class Wrong(StrEnum):
    """What is wrong with a line, or with all of it."""

    NOT_TEXT = "not_text"  # no text at all, such as a spreadsheet's own file
    TOO_LONG = "too_long"
    EMPTY = "empty"  # no month in it
    COLUMNS = "columns"  # not a month and a number
    MONTH = "month"  # no month that can be understood
    NOT_OVER = "not_over"  # that month is not over yet
    NUMBER = "number"  # no whole number
    TWICE = "twice"  # the month stands in an earlier line, too


@dataclass(frozen=True)
class Problem:
    """Something wrong with line `line` (from 1; 0: all of it). `text`: what stands there; `other`: the earlier line."""

    wrong: Wrong
    line: int = 0
    text: str = ""
    other: int = 0


@dataclass(frozen=True)
class MonthCount:
    """So many complaints to the hotline in the month that begins on day `month`."""

    month: date
    complaints: int


@dataclass(frozen=True)
class Table:
    """What was read of a table, in its order: all of its months, or what is wrong with it, and then no month."""

    counts: tuple[MonthCount, ...] = ()
    problems: tuple[Problem, ...] = ()


def read_file(data: bytes, today: date) -> Table:
    """The months in a file: UTF-8 with or without a byte order mark, UTF-16, GBK or GB 18030."""
    if len(data) > MOST_BYTES:
        return Table(problems=(Problem(Wrong.TOO_LONG),))
    text = _decoded(data)
    return Table(problems=(Problem(Wrong.NOT_TEXT),)) if text is None else read_text(text, today)


def read_text(text: str, today: date) -> Table:
    """The months in a text; those not over on day `today` are wrong."""
    rows = list(_rows(_NEXT_MONTH.sub("\n", normalized(text).replace("\ufeff", ""))))
    if rows and all(_HEADINGS.fullmatch(cell) for cell in rows[0][1]):
        del rows[0]
    found: dict[date, tuple[int, MonthCount]] = {}
    problems: list[Problem] = []
    for line, cells in rows:
        read = _read(line, cells, today)
        if isinstance(read, Problem):
            problems.append(read)
        elif read.month in found:
            problems.append(Problem(Wrong.TWICE, line, f"{read.month:%Y-%m}", found[read.month][0]))
        else:
            found[read.month] = (line, read)
    if not problems and not found:
        problems.append(Problem(Wrong.EMPTY))
    return Table(problems=tuple(problems)) if problems else Table(tuple(each for _, each in found.values()))


def _decoded(data: bytes) -> str | None:
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        encodings: tuple[str, ...] = ("utf-16",)
    else:
        encodings = ("utf-8-sig", "gb18030")
    for encoding in encodings:
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\0" not in text:
            return text
    return None


def _rows(text: str) -> Iterator[tuple[int, list[str]]]:
    """Each line that is not empty, by its number, as its cells without empty ones behind them."""
    lines = text.splitlines()
    delimiter = next((each for each in "\t;," if any(each in line for line in lines)), None)
    for number, line in enumerate(lines, start=1):
        if delimiter is not None:
            cells = [cell.strip() for cell in next(csv.reader([line], delimiter=delimiter), [])]
        else:
            cells = _typed(line.strip())
        while cells and not cells[-1]:
            cells.pop()
        if cells:
            yield number, cells


def _typed(line: str) -> list[str]:
    """A line without a delimiter: the number stands last, behind a space, a colon or the word for month."""
    words = line.removesuffix(_UNIT).rstrip()
    before = words.rstrip("0123456789")
    number = words[len(before) :]
    month = before.rstrip(" \t:=")
    return [month, number] if number and month and (month != before or month.endswith("月")) else [line]


def _read(line: int, cells: list[str], today: date) -> MonthCount | Problem:
    if len(cells) != 2:
        return Problem(Wrong.COLUMNS, line, " ".join(cells))
    month = _month(cells[0])
    if month is None:
        return Problem(Wrong.MONTH, line, cells[0])
    if (month.year, month.month) >= (today.year, today.month):
        return Problem(Wrong.NOT_OVER, line, f"{month:%Y-%m}")
    number = _NUMBER.fullmatch(cells[1])
    if number is None:
        return Problem(Wrong.NUMBER, line, cells[1])
    return MonthCount(month, int(re.sub(r"[, ]", "", number[1])))


def _month(text: str) -> date | None:
    found = _MONTH.fullmatch(text)
    if found is None:
        return None
    year, month = (found[1], found[2]) if found[1] else (found[4], found[3]) if found[4] else (found[5], found[6])
    try:
        return date(int(year), int(month), 1)
    except ValueError:
        return None
