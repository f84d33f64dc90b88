"""Where an area is on the picture of the plan, in percent of its width and height."""

from dataclasses import dataclass

SAME_SHAPE = 0.01
"""So much may the proportions of two pictures differ that are one plan: a phone crops a line or two."""


@dataclass(frozen=True)
class Spot:
    """A point on the picture: percent of its width from the left, percent of its height from the top."""

    x: float
    y: float


@dataclass(frozen=True)
class Size:
    """How large a picture is, in its own dots."""

    width: int
    height: int

    def has_shape_of(self, other: "Size") -> bool:
        """Whether spots on the other picture are at the same place of this one."""
        one, two = self.width * other.height, other.width * self.height
        return abs(one - two) <= SAME_SHAPE * max(one, two)

    def height_at(self, width: int) -> int:
        """How high it is when it is shown so wide."""
        return max(1, round(self.height * width / self.width))


def spot(x: float, y: float) -> Spot | None:
    """A spot from percent that somebody gave; None when it is not on the picture."""
    if not (0 <= x <= 100 and 0 <= y <= 100):  # also what is no number
        return None
    return Spot(round(x, 2), round(y, 2))


def tapped(x: int, y: int, shown: Size) -> Spot | None:
    """Where somebody tapped on a picture shown in that size; None when it is not on it."""
    return spot(100 * x / shown.width, 100 * y / shown.height)
