"""The figures of a period as a workbook: measures, groups, and what each measure means. Numbers are numbers in it."""

import io
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import xlsxwriter

from domain.core.spreadsheet_cells import harmless
from domain.figures.rates import change
from handlers.kit.texts import Speaker
from services.figures.as_values import Values
from speech.measure_names import sections
from speech.measure_naming import Named, Section

PERCENT, DURATION, COUNT = "0.0%", "[h]:mm", "#,##0"
HEAD_ROW = 4
"""Title, period and area stand above it."""
A_DAY = 24 * 3600


@dataclass(frozen=True)
class Content:
    """What stands in it. `groups` are named; `grouped_by` says what they are, None where there are none."""

    title: str
    dates: str
    place: str
    total: Values
    before: Values | None
    groups: Sequence[tuple[str, Values]]
    grouped_by: str | None


def written(say: Speaker, content: Content) -> bytes:
    """The file."""
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}) as book:
        book.set_properties({"title": content.title, "comments": content.dates})
        sheets = _Sheets(book, say, content)
        sheets.measures()
        if content.grouped_by is not None:
            sheets.groups(content.grouped_by)
        sheets.meanings()
    return out.getvalue()


class _Sheets:
    def __init__(self, book: Any, say: Speaker, content: Content) -> None:
        self._book = book
        self._say = say
        self._content = content
        self._known = list(_known(sections(say), content.total))
        base = {"valign": "top", "font_size": 11}
        self._title = book.add_format({**base, "bold": True, "font_size": 16})
        self._head = book.add_format({**base, "bold": True, "text_wrap": True, "bottom": 1, "bg_color": "#E4EBED"})
        self._section = book.add_format({**base, "bold": True, "top": 1})
        self._words = book.add_format({**base, "text_wrap": True})
        self._forms = {form: book.add_format({**base, "num_format": form}) for form in (PERCENT, DURATION, COUNT)}
        self._signed = book.add_format({**base, "num_format": "+0.0%;-0.0%;0.0%"})

    def measures(self) -> None:
        """Each measure in a line, beside the year before."""
        say, before = self._say, self._content.before
        sheet = self._sheet(say.label("Figures"), [44, 14, 12, 20, 14])
        heads = [say.label("Measure"), say.label("In this time"), say.label("Of how many")]
        if before is not None:
            heads += [say.label("The same time last year"), say.label("Difference")]
        self._heads(sheet, heads)
        row = HEAD_ROW + 1
        for section in self._known:
            sheet.write_string(row, 0, harmless(section.title), self._section)
            row += 1
            for measure in section.measures:
                sheet.write_string(row, 0, harmless(measure.label), self._words)
                self._number(sheet, row, 1, measure.name, self._content.total.get(measure.name))
                self._number(sheet, row, 2, "", self._content.total.get(f"{measure.name}_of"))
                if before is not None:
                    self._beside(sheet, row, measure.name, before)
                row += 1

    def groups(self, grouped_by: str) -> None:
        """A line for each group, a column for each measure."""
        measures = [measure for section in self._known for measure in section.measures]
        sheet = self._sheet(self._say.label("Groups"), [32, *[14] * len(measures)])
        self._heads(sheet, [grouped_by, *(measure.label for measure in measures)])
        lines = [*self._content.groups, (self._say.label("All together"), self._content.total)]
        for row, (name, values) in enumerate(lines, HEAD_ROW + 1):
            sheet.write_string(row, 0, harmless(name), self._words)
            for column, measure in enumerate(measures, 1):
                self._number(sheet, row, column, measure.name, values.get(measure.name))

    def meanings(self) -> None:
        """What each measure means, and its name for programs."""
        say = self._say
        sheet = self._sheet(say.label("What is counted"), [44, 70, 34])
        self._heads(sheet, [say.label("Measure"), say.label("What it means"), say.label("Name in JSON and CSV")])
        row = HEAD_ROW + 1
        for section in self._known:
            sheet.write_string(row, 0, harmless(section.title), self._section)
            row += 1
            for measure in section.measures:
                for column, text in enumerate((measure.label, measure.meaning, measure.name)):
                    sheet.write_string(row, column, harmless(text), self._words)
                row += 1

    def _sheet(self, name: str, widths: Sequence[float]) -> Any:
        sheet = self._book.add_worksheet(name)
        content = self._content
        sheet.write_string(0, 0, harmless(content.title), self._title)
        for row, text in enumerate((content.place, content.dates), 1):
            sheet.write_string(row, 0, harmless(text))
        for column, width in enumerate(widths):
            sheet.set_column(column, column, width)
        sheet.freeze_panes(HEAD_ROW + 1, 1)
        sheet.set_paper(9)  # A4
        sheet.set_landscape()
        sheet.fit_to_pages(1, 0)
        sheet.repeat_rows(HEAD_ROW)
        return sheet

    def _heads(self, sheet: Any, heads: Sequence[str]) -> None:
        for column, head in enumerate(heads):
            sheet.write_string(HEAD_ROW, column, harmless(head), self._head)

    def _number(self, sheet: Any, row: int, column: int, name: str, value: float | None) -> None:
        if value is None:
            return
        if _is_percent(name):
            sheet.write_number(row, column, value / 100, self._forms[PERCENT])
        elif name.endswith("_seconds"):
            sheet.write_number(row, column, value / A_DAY, self._forms[DURATION])
        else:
            sheet.write_number(row, column, value, self._forms[COUNT])

    def _beside(self, sheet: Any, row: int, name: str, before: Values) -> None:
        then, now = before.get(name), self._content.total.get(name)
        self._number(sheet, row, 3, name, then)
        if isinstance(then, int) and isinstance(now, int) and not name.endswith("_seconds"):
            percent = change(then, now)
            if percent is not None:
                sheet.write_number(row, 4, percent / 100, self._signed)


def _known(all_sections: Sequence[Section], values: Values) -> Iterator[Section]:
    """The sections with what is counted; what has no name of its own comes last, by its name for programs."""
    named = {measure.name for section in all_sections for measure in section.measures}
    for section in all_sections:
        found = [measure for measure in section.measures if measure.name in values]
        if found:
            yield Section(section.title, found)
    rest = [Named(name, name) for name in values if name not in named and not name.endswith("_of")]
    if rest:
        yield Section("…", rest)


def _is_percent(name: str) -> bool:
    return name.endswith(("_percent", "_rate")) or "_rate_if_" in name
