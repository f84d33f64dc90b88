"""How a measure is named for people (`speech/measure_names.py`)."""

from collections.abc import Sequence
from dataclasses import dataclass

from speech.speaker import PlainSpeaker


@dataclass(frozen=True)
class Named:
    """A measure: its name for programs, what people call it, and what it means."""

    name: str
    label: str
    meaning: str = ""


@dataclass(frozen=True)
class Section:
    """Measures that belong together."""

    title: str
    measures: Sequence[Named]


def took(say: PlainSpeaker, *named: tuple[str, str]) -> list[Named]:
    """Of lengths of time, each with its name for programs and what people call it."""
    found: list[Named] = []
    for name, label in named:
        found += [
            Named(f"{name}_cases", say.label("{name}: how many", name=label)),
            Named(
                f"{name}_median_seconds",
                say.label("{name}: half within (hours:minutes)", name=label),
                say.label("The case in the middle; of an even number the lower of the two."),
            ),
            Named(
                f"{name}_p90_seconds",
                say.label("{name}: nine in ten within (hours:minutes)", name=label),
                say.label("The case of which nine in ten took no longer."),
            ),
        ]
    return found
