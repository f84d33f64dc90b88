"""What a client of somebody's own can make of a button: each field replaced by what is none of ours, one at a time."""

import ast
import inspect
import re
from collections.abc import Collection, Iterator, Sequence
from enum import StrEnum
from pathlib import Path
from typing import Annotated, ClassVar, get_args, get_origin, get_type_hints

from handlers.kit.callback_data import BEHIND, CallbackData

WEIRD = (
    "", "0", "-1", "-0", "+1", "00", "1_000", " 1", "1 ", "1.5", "1e9", "0x1", "nan", "inf", "null", "None", "x",
    "x" * 40,
    "999999999999999999", "9223372036854775807", "9223372036854775808", "-9223372036854775809", "9" * 40,
    "٣", "１", "²", "灯", "\u200b", "\x00", "🔥",
    "0001-01-01", "9999-12-31", "0000-00-00", "2026-02-30", "2026-11-25T99:99",
    "2026-11-25T10:00+99:00", "25:61", "24:00", "0001-01-01T10", "9999-12-31T-", "0001-01-01T-",
    "0001-01-01T00:00:00", "9999-12-31T23:59:59", "2026-W01-1", "20261125", "00:00", "-1-1", "12/25",
    "=", "a=b", "page=", "page=-1", "page=9999999999999999999", "at=0001-01-01", "day=0001-01-01", "own:", "join:",
    "!", "!send", "*", "%", "'", '"', "\\", "\n", "<b>",
)  # fmt: skip
_HOLE = "{}"
_WORD = re.compile(r"!?[a-z_]{2,14}=?")
LIMIT = 64
"""So many bytes Telegram takes for a button."""
_MARKS = (re.compile("(:)"), re.compile("([:=])"), re.compile("([:=/T])"), re.compile("([:=/_-])"))


def spoilt(data: str) -> Iterator[str]:
    """The data with each of its fields replaced, left out, doubled, and with one too many; the first one stays."""
    for marks in _MARKS:
        parts = marks.split(data)
        for place in range(2, len(parts), 2):
            before, after = "".join(parts[:place]), "".join(parts[place + 1 :])
            yield before + after
            for weird in WEIRD:
                yield _fitting(before + weird + after)
                yield _fitting(before + parts[place] + weird + after)
    for more in (":", ":1", ":x:y:z"):
        yield _fitting(data + more)
    yield data.partition(":")[0] + ":"


def written(folder: Path, families: Collection[str]) -> Iterator[str]:
    """Data as the source writes it, by each module's own words: what chance shows on no screen is tried by it.

    Where a value is put in, there is a number of something there is, or any word of the module. The fields a family
    declares are filled so too, by the words of the module it is declared in and by what they may be.
    """
    for kind in CallbackData.__subclasses__():
        if kind.prefix in families:
            yield from _declared(kind)
    for file in sorted(folder.rglob("*.py")):
        nodes = list(ast.walk(ast.parse(file.read_text("utf-8"))))
        texts = [text for node in nodes if (text := _as_written(node)) is not None]
        words = sorted({text.rstrip("=") for text in texts if _WORD.fullmatch(text)})
        for text in sorted(set(texts)):
            if text.partition(":")[0] in families and ":" in text and " " not in text:
                yield from _filled(text, words)


def _declared(kind: type[CallbackData]) -> Iterator[str]:
    module = ast.parse(inspect.getsource(inspect.getmodule(kind)))  # type: ignore[arg-type]
    words = {text.rstrip("=") for node in ast.walk(module) if (text := _as_written(node)) and _WORD.fullmatch(text)}
    holes = 0
    for hint in get_type_hints(kind, include_extras=True).values():
        if get_origin(hint) is ClassVar:
            continue
        plain, *marks = get_args(hint) if get_origin(hint) is Annotated else (hint,)
        holes += BEHIND not in marks
        if isinstance(plain, type) and issubclass(plain, StrEnum):
            words |= set(plain)
    yield from _filled(f"{kind.prefix}{':{}' * holes}", sorted(words))


def _as_written(node: ast.AST) -> str | None:
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        return node.value
    if isinstance(node, ast.JoinedStr):
        return "".join(str(part.value) if isinstance(part, ast.Constant) else _HOLE for part in node.values)
    return None


def _filled(text: str, words: Sequence[str]) -> Iterator[str]:
    holes = text.count(_HOLE)
    for number in ("1", "2", "3"):
        yield text.replace(_HOLE, number)
        for hole in range(holes):
            before, after = _around(text, hole)
            for word in words:
                for value in (word, f"{word}=1", f"{word}=2026-11-25T10", f"{word}=0001-01-01T-"):
                    # Numbers of things come first, versions and pages last.
                    yield f"{before}{value}{after}".replace(_HOLE, number, hole).replace(_HOLE, "0")


def _around(text: str, hole: int) -> tuple[str, str]:
    parts = text.split(_HOLE)
    return _HOLE.join(parts[: hole + 1]), _HOLE.join(parts[hole + 1 :])


def kind(data: str) -> str:
    """What a button is, whatever the numbers in it."""
    return re.sub(r"\d+", "#", data)


def _fitting(data: str) -> str:
    return data.encode()[:LIMIT].decode(errors="ignore")
