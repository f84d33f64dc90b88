"""What a message showed, as a number in its buttons: a yes is about that, and about nothing that came after it."""

from services.core.line_marks import mark


def fingerprint(*shown: object) -> int:
    """Of all that was shown; the same for the same things, in every run of the program."""
    return mark(repr(shown))
