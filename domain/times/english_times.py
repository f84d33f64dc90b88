"""How English names times of the day."""

from domain.times import words
from domain.times.marks import Clock, Kind, Mark
from domain.times.numbers import number_of
from domain.times.scanning import Place, Rule, any_of

_HOUR = any_of(words.NUMBERS)
PARTS = any_of(each for each in words.PARTS if each not in ("noon", "midday"))
_MINUTES = any_of(words.MINUTES)
_NAMED_HOUR = rf"(?:{_HOUR}|\d{{1,2}}(?![\d:.])|noon|midday|midnight)"


def _past(place: Place) -> Mark:
    said = place.word(1).replace("-", " ")
    minutes = words.MINUTES[said] if said in words.MINUTES else int(said)
    late = place.word(2) in ("past", "after")
    if place.word(3) in ("noon", "midday", "midnight"):
        at = (0 if place.word(3) == "midnight" else 720) + (minutes if late else -minutes)
        return Mark(Kind.NOON, place.start, place.end, number=at % 1440)
    hour = number_of(place.word(3))
    if not late:
        hour, minutes = (hour - 1, 60 - minutes) if hour > 1 else (12, 60 - minutes)
    return Mark(Kind.CLOCK, place.start, place.end, clock=Clock(hour, minutes, sure=hour > 12))


def _half(place: Place) -> Mark:
    return Mark(Kind.CLOCK, place.start, place.end, clock=Clock(number_of(place.word(1)), 30))


def _hour_and_minutes(place: Place) -> Mark:
    minutes = words.MINUTES[place.word(2).replace("-", " ")]
    return Mark(Kind.CLOCK, place.start, place.end, clock=Clock(number_of(place.word(1)), minutes))


def _oclock(place: Place) -> Mark | None:
    hour = number_of(place.word(1))
    return Mark(Kind.CLOCK, place.start, place.end, clock=Clock(hour, sure=hour > 12)) if hour < 25 else None


def _noon(place: Place) -> Mark:
    at, hours = (0, None) if place.word(1) == "midnight" else (720, words.PARTS["noon"])
    return Mark(Kind.NOON, place.start, place.end, number=at, hours=hours)


def _half_of_day(place: Place) -> Mark:
    return Mark(Kind.HALF, place.start, place.end, hours=words.AM if place.word(1) == "a" else words.PM)


def _bare(place: Place) -> Mark | None:
    word = place.word(1) or place.word(2)
    hour = number_of(word)
    worded = word if word in words.MINUTES else ""
    return (
        Mark(Kind.BARE, place.start, place.end, clock=Clock(hour, sure=hour > 12, worded=worded)) if hour < 25 else None
    )


def _part(place: Place) -> Mark | None:
    word = place.word(1)
    if place.before.endswith("good "):
        return None
    return Mark(Kind.PART, place.start, place.end, hours=words.PARTS[word], many=word.endswith("s"))


ENGLISH_TIMES: list[Rule] = [
    (rf"\b({_MINUTES}|\d{{1,2}})(?: minutes?)? (past|after) ({_NAMED_HOUR})\b", _past),
    (rf"\b((?:a )?quarter|twenty(?:[ -]five)?|(?:{_MINUTES}|\d{{1,2}})(?= minutes?))(?: minutes?)? (to|before|till)"
     rf" ({_NAMED_HOUR})\b", _past),
    (rf"\b({_MINUTES})(?: minutes?)? (to|before|till) (noon|midday|midnight)\b", _past),
    (rf"\bhalf[ -]({_HOUR}|\d{{1,2}}(?![\d:.%]))\b(?! ?(?:dozen|hours?|days?|minutes?|kilos?|years?|people))", _half),
    (rf"\b({_HOUR})[ -](fifteen|thirty|forty[ -]five)\b(?!-)", _hour_and_minutes),
    (rf"(?<![\d:.,])\b({_HOUR}|\d{{1,2}}) ?o ?'? ?clock\b", _oclock),
    (r"\b(?:(?:12|twelve)(?: o'clock)? )?(noon|midday|midnight)\b", _noon),
    (r"(?<![^\W\d_])([ap])(?:\. ?m\.?|m\b\.?)", _half_of_day),
]  # fmt: skip
PARTS_AND_NUMBERS: list[Rule] = [
    (rf"\b(?:(?:early |late )?(?:in|during|of) the |at |early |late )?({PARTS})\b", _part),
    # numbers
    (rf"\b({_HOUR})(?:-?ish)?\b|(?<![a-z\d.,:/#_])(\d{{1,2}})(?!\d|[.,:/]\d|%|(?:st|nd|rd|th|m|km|kg|cm)\b)(?:-?ish\b)?",
     _bare),
]  # fmt: skip
"""What is only looked for where nothing else begins."""
