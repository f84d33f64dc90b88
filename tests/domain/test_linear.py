"""Nobody stops the bot by the letters they choose: whatever reads people's words takes time by their length alone.

Every function of `domain/` that takes words, and those elsewhere that are given them, is found and run; so is every
regular expression of the program, by itself. Time is the thread's own (`time.thread_time`), so that a busy machine does
not count: at 4,096 letters, Telegram's limit, it is at most two and a half times that at 2,048.
"""

import importlib
import inspect
import pkgutil
import re
import time
from collections.abc import Callable, Iterator
from datetime import date, datetime
from pathlib import Path
from types import ModuleType

import pytest

import domain
from bot.community.community_file import load_community
from bot.kit import redaction
from bot.sending import cut_to_fit
from handlers.kit import texts
from speech import speaker

ROOT = Path(__file__).parent.parent.parent
COMMUNITY = load_community(ROOT / "community.example.toml")
SHORT, LONG = 2048, 4096
FLOOR = 0.002
"""Seconds: what is done by then is no trouble, and too little to be measured in tenths."""
MOST = 2.5
ATTEMPTS = 5

SHAPES: dict[str, Callable[[int], str]] = {
    "spaces": lambda length: " " * length,
    "lines": lambda length: "\n" * length,
    "digits": lambda length: "7" * length,
    "no": lambda length: ("no " * length)[:length],
    "one": lambda length: "一" * length,
    "a b": lambda length: ("a b " * length)[:length],
    "marks": lambda length: "e" + "\u0301\u0327\u0323" * (length // 3),
    "marks of kinds": lambda length: "e" + "\u0315\u0300\u0323\u05b0\u3099\u0f71" * (length // 6),
    "tens": lambda length: "十百" * (length // 2),
    "building, spaces": lambda length: f"building{' ' * (length - 9)}x",
    "buildings, spaces": lambda length: "building     " * (length // 13),
    "digits, spaces": lambda length: f"3{' ' * (length - 3)}号x",
    "digits and spaces": lambda length: "1 " * (length // 2),
    "numbers": lambda length: "12号楼3单元 " * (length // 8),
    "weekdays": lambda length: "周一、" * (length // 3),
    "a weekday, spaces": lambda length: f"mon{' ' * (length - 5)}周一x",
    "hyphens": lambda length: f"gas{'-' * (length - 4)}x",
    "dashes": lambda length: "–" * length,
    "plus": lambda length: "+1" * (length // 2),
    "plus, spaces": lambda length: f"+1{' ' * (length - 3)}x",
    "quotes": lambda length: "'\"" * (length // 2),
    "tags": lambda length: "<a" * (length // 2),
    "an open tag": lambda length: f"<{'a' * (length - 1)}",
    "entities": lambda length: "&a" * (length // 2),
    "an entity": lambda length: f"&{'a' * (length - 1)}",
    "slashes": lambda length: "://" * (length // 3),
    "backslashes": lambda length: "\\" * length,
    "invisible": lambda length: "\u200b" * length,
    "emoji": lambda length: "🔥" * length,
    "signs": lambda length: "·," * (length // 2),
    "a word": lambda length: "x" * length,
    "letters": lambda length: "o1" * (length // 2),
    "fire": lambda length: "fire door " * (length // 10),
    "stuck": lambda length: "stuck " * (length // 6),
    "lift": lambda length: "困电梯" * (length // 3),
    "sentences": lambda length: "fire. " * (length // 6),
    "commas": lambda length: "fire,a" * (length // 6),
    "expanding": lambda length: "\ufdfa" * length,
}

# What other arguments the functions take, by their names.
OTHERS: dict[str, object] = {
    "community": COMMUNITY,
    "dangers": COMMUNITY.dangers,
    "categories": COMMUNITY.categories,
    "trades": COMMUNITY.trades,
    "phrases": ("no no", "building 3", "fire", "a b"),
    "cry": "fire",
    "groups": {"fire": ("danger",), "a b": ("others",)},
    "phrase": "a b",
    "today": date(2026, 11, 30),
    "now": datetime(2026, 11, 30, 12),
    "limit": 300,
    "score": 400,
    "query": "a b a b",
    "most": 5,
    "kind": "voice",
    "known": "b3",
    "number": 3,
    "start": 1000,
    "end": 1010,
    "written": "north gate in Town " * 200,
    "own": "north gate",
    "promised": "I write couplets and sweep the stairs every week 写春联",
    "others": ((1, "a b " * 1024), (2, "no " * 1365)),
}
NOT_WORDS = {
    "domain.notices.audience.from_text",
    "domain.calendar.recurrence",
    "domain.people.rights",
    "domain.pledges.pledges",
    "domain.repairs.dispatch",
    "domain.public_reports.titles.read",
    "domain.core.subjects.subject",
    "domain.core.subjects.split",
    "domain.events",
    "domain.events.by_stored_name",
    "domain.community",
    "domain.repairs.coverage",
    "domain.repairs.repairs",
    "domain.calendar.local_time",
    "speech.speaker.fill",
}
"""Modules and functions whose texts are codes of ours, never somebody's words."""


def _modules(package: ModuleType) -> Iterator[ModuleType]:
    for each in pkgutil.walk_packages(package.__path__, f"{package.__name__}."):
        yield importlib.import_module(each.name)


def _readers() -> Iterator[tuple[str, Callable[[str], object]]]:
    """Each function that is given words first."""
    for module in (*_modules(domain), speaker, texts, redaction, cut_to_fit):
        for name, function in inspect.getmembers(module, lambda each: inspect.isfunction(inspect.unwrap(each))):
            where = f"{function.__module__}.{name}"
            if function.__module__ != module.__name__ or module.__name__ in NOT_WORDS or where in NOT_WORDS:
                continue
            signature = inspect.signature(function)
            kinds = [str(each.annotation) for each in signature.parameters.values()]
            if name.startswith("_") or not kinds or kinds[0] not in ("str", "<class 'str'>", "str | Sequence[str]"):
                continue
            yield where, _with_others(where, function, signature)
    yield (
        "domain.places.places.find_place",
        lambda text: importlib.import_module("domain.places.places").find_place([text], COMMUNITY),
    )
    yield "domain.reports.similar.alike", _compared
    yield (
        "domain.language.search_words.holds, asked",
        lambda text: importlib.import_module("domain.language.search_words").holds(text, text),
    )
    yield "handlers.kit.texts.quote", texts.quote
    yield "handlers.kit.texts.escape", texts.escape
    yield "domain.calendar.deadlines.Deadline.parse", _deadline
    yield "domain.public_reports.titles.read, compared", _title


def _with_others(where: str, function: Callable[..., object], signature: inspect.Signature) -> Callable[[str], object]:
    others = {}
    for name, parameter in list(signature.parameters.items())[1:]:
        if parameter.default is inspect.Parameter.empty:
            assert name in OTHERS, f"{where} reads words; say in OTHERS what its {name} may be"
            others[name] = OTHERS[name]
    return lambda text: function(text, **others)


def _compared(text: str) -> object:
    return importlib.import_module("domain.reports.similar").alike(text, [(1, text), (2, text[1:])], 3)


def _title(text: str) -> None:
    rules = importlib.import_module("domain.public_reports.titles")
    rules.read("A lamp by the gate", ("en",), rules.Known((text,), (text[:200],)))
    with pytest.raises(rules.WrongTitle):
        rules.read(text + " x" * 41, ("en",), rules.Known())


def _deadline(text: str) -> None:
    with pytest.raises(ValueError):
        importlib.import_module("domain.calendar.deadlines").Deadline.parse(text)


READERS = dict(_readers())


def _patterns() -> Iterator[tuple[str, re.Pattern[str]]]:
    """Each regular expression that stands in a module of the program."""
    for room in ("domain", "speech", "services", "storage", "handlers", "web", "bot"):
        for module in _modules(importlib.import_module(room)):
            for name, value in vars(module).items():
                held = value.values() if isinstance(value, dict) else [value]
                for number, each in enumerate(held):
                    if isinstance(each, re.Pattern) and isinstance(each.pattern, str):
                        yield f"{module.__name__}.{name}{number or ''}", each


PATTERNS = dict(_patterns())


def _seconds(read: Callable[[str], object], texts_of: Callable[[], Iterator[str]], enough: float) -> float:
    """The best time of all texts; once it is `enough`, nobody asks whether it could be better still."""
    best = 1e9
    for text in texts_of():
        begun = time.thread_time()
        read(text)
        best = min(best, time.thread_time() - begun)
        if best <= enough:
            break
    return best


def _look(read: Callable[[str], object], shape: Callable[[int], str]) -> str | None:
    """What is wrong with how long it takes; None when nothing is. No text comes twice, so that no cache answers.

    A core that others use as well is slower for a while: only what is wrong each time is wrong.
    """
    found = None
    read(shape(8))
    for attempt in range(ATTEMPTS):
        found = _compare(read, shape, 5 * attempt)
        if found is None:
            return None
    return found


def _compare(read: Callable[[str], object], shape: Callable[[int], str], first: int) -> str | None:
    def of(length: int) -> Callable[[], Iterator[str]]:
        return lambda: (shape(length - 2) + chr(0x61 + number) for number in range(first, first + 5))

    longest = _seconds(read, of(LONG), FLOOR)
    if longest <= FLOOR:
        return None
    shorter = _seconds(read, of(SHORT), FLOOR / MOST)
    return None if longest <= MOST * max(shorter, FLOOR / MOST) else f"{shorter * 1000:.1f} → {longest * 1000:.1f} ms"


@pytest.mark.parametrize("where", READERS)
def test_whatever_reads_words_takes_time_by_their_length_alone(where: str) -> None:
    found = {name: _look(READERS[where], shape) for name, shape in SHAPES.items()}
    assert {name: wrong for name, wrong in found.items() if wrong} == {}


@pytest.mark.parametrize("where", PATTERNS)
def test_no_expression_goes_over_the_same_letters_again_and_again(where: str) -> None:
    pattern = PATTERNS[where]

    def read(text: str) -> None:
        pattern.fullmatch(text)
        for _ in pattern.finditer(text):
            pass

    found = {name: _look(read, shape) for name, shape in SHAPES.items()}
    assert {name: wrong for name, wrong in found.items() if wrong} == {}


def test_the_functions_that_are_known_to_read_words_are_among_those_found() -> None:
    names = {where.rpartition(".")[2] for where in READERS}
    assert names >= {
        "find_areas", "find_danger", "suggest_category", "suggest_trade", "keys", "bits", "fold", "remove", "spans",
        "in_digits", "stretches_meant", "parse_day", "parse_weekdays", "indexed", "phrases_in", "phone_number",
        "holds_number", "written_number", "redact", "without_speech", "fit", "clean", "shorten", "pieces",
        "language_tag",
    }  # fmt: skip
    assert len(PATTERNS) > 40
