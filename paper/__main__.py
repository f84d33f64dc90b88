"""Draw what is ordered on standard input, as JSON, and say on standard output which files were made.

In: {"kind": "posters", "order": {…}, "folder": "…"}. Out: {"files": […], "left_out": […]}, or {"unwritable": "…"}.
"""

import json
import logging
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

from paper.board import BoardOrder, print_board
from paper.chart import ChartOrder
from paper.printing import Order, Printed, Unwritable, print_posters
from paper.report_sheet import ReportOrder, print_report


def _charts(order: ChartOrder, folder: Path) -> Printed:
    from paper.chart_drawing import draw_charts  # what draws them is large, and posters need none of it

    return draw_charts(order, folder)


KINDS: dict[str, tuple[Callable[[Any], Any], Callable[[Any, Path], Printed]]] = {
    "posters": (Order.of, print_posters),
    "board": (BoardOrder.of, print_board),
    "charts": (ChartOrder.of, _charts),
    "report": (ReportOrder.of, print_report),
}
"""By kind: how an order is read, and who carries it out."""


def main() -> None:
    """One order."""
    logging.disable(logging.WARNING)  # what fontTools thinks of a font is of no use to anybody here
    told = json.load(sys.stdin)
    read, carry_out = KINDS[told["kind"]]
    try:
        printed = carry_out(read(told["order"]), Path(told["folder"]))
    except Unwritable as error:
        answer: dict[str, object] = {"unwritable": str(error)}
    else:
        answer = {"files": [str(path) for path in printed.files], "left_out": printed.left_out}
    json.dump(answer, sys.stdout)


if __name__ == "__main__":
    main()
