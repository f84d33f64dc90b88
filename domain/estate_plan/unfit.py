"""Why a file cannot be the picture of the plan."""

from enum import StrEnum

LARGEST_FILE = 20 * 1024 * 1024
"""Bytes. Telegram hands bots no larger file."""


class Unfit(StrEnum):
    """What is wrong with it. `paper/plan_picture.py` says all but the first."""

    TOO_HEAVY = "too_heavy"
    SVG = "svg"
    PDF = "pdf"
    HEIC = "heic"
    NO_PICTURE = "no_picture"
    BROKEN = "broken"
    TOO_MANY_DOTS = "too_many_dots"
    TOO_FEW_DOTS = "too_few_dots"
    TOO_NARROW = "too_narrow"
