"""A table as a file, row by row: CSV or XLSX. However many rows there are, one of them is in memory.

CSV is UTF-8 with a byte order mark, commas and CRLF. Without the mark Excel takes Chinese for something else; programs
read it as "utf-8-sig". XLSX has texts as texts, numbers as numbers and local times as dates.
"""

import csv
from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path

import xlsxwriter

from domain.core.spreadsheet_cells import harmless
from domain.figures.exports import Form
from handlers.figures.exports.table import Cell, Table

MOST_ROWS = 1_048_575
"""No sheet of XLSX has more below its headings; the rest stands on further sheets."""
_SHEET_NAME = 31
_WIDTH = 18


def write_csv(table: Table, path: Path) -> int:
    """Returns how many rows there are. Raises OSError."""
    count = 0
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.writer(file)
        writer.writerow([harmless(each) for each in table.headings])
        for row in table.rows:
            writer.writerow([_plain(cell) for cell in row])
            count += 1
        if table.note is not None:
            writer.writerow([])
            writer.writerow([harmless(table.note)])
    return count


def write_xlsx(table: Table, path: Path) -> int:
    """Returns how many rows there are. Raises OSError."""
    book = xlsxwriter.Workbook(
        str(path),
        {"constant_memory": True, "strings_to_formulas": False, "strings_to_numbers": False, "strings_to_urls": False,
         "tmpdir": str(path.parent)},
    )  # fmt: skip
    bold = book.add_format({"bold": True, "text_wrap": True, "valign": "top"})
    text = book.add_format({"num_format": "@", "valign": "top"})
    moment = book.add_format({"num_format": "yyyy-mm-dd hh:mm", "valign": "top"})
    day = book.add_format({"num_format": "yyyy-mm-dd", "valign": "top"})
    count, down, sheet = 0, 0, None
    try:
        for count, row in enumerate(table.rows, 1):
            if sheet is None or down == MOST_ROWS:
                sheet, down = _sheet(book, table, bold, count), 0
            down += 1
            for across, cell in enumerate(row):
                if cell is None or cell == "":
                    continue
                if isinstance(cell, str):
                    sheet.write_string(down, across, harmless(cell), text)
                elif isinstance(cell, datetime):
                    sheet.write_datetime(down, across, cell, moment)
                elif isinstance(cell, date):
                    sheet.write_datetime(down, across, cell, day)
                else:
                    sheet.write_number(down, across, cell)
        if sheet is None:
            sheet = _sheet(book, table, bold, 1)
        if table.note is not None:
            sheet.write_string(down + 2, 0, harmless(table.note), text)
    finally:
        book.close()
    return count


WRITERS: dict[Form, Callable[[Table, Path], int]] = {Form.CSV: write_csv, Form.XLSX: write_xlsx}


def _sheet(book: "xlsxwriter.Workbook", table: Table, bold: object, first: int) -> "xlsxwriter.worksheet.Worksheet":
    number = (first - 1) // MOST_ROWS
    name = table.title if not number else f"{table.title} {number + 1}"
    sheet = book.add_worksheet(name[:_SHEET_NAME])
    sheet.freeze_panes(1, 1)
    sheet.set_column(0, len(table.headings) - 1, _WIDTH)
    for across, heading in enumerate(table.headings):
        sheet.write_string(0, across, harmless(heading), bold)
    return sheet


def _plain(cell: Cell) -> str | int | float:
    if cell is None:
        return ""
    if isinstance(cell, datetime):
        return cell.isoformat(sep=" ", timespec="minutes")
    if isinstance(cell, date):
        return cell.isoformat()
    return harmless(cell) if isinstance(cell, str) else cell
