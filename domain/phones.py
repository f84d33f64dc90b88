"""Telephone numbers as people say them. Only the form is checked: whether it rings shows when somebody rings it.

No library of numbering plans: it would have to know the country, and would refuse short numbers and extensions of a
house, which are what people give at the counter.
"""

import re
import unicodedata

_FORM = re.compile(r"\+?[\d ()./-]+(?:(?:ext\.?|x|转|分机|#) ?\d{1,6})?", re.IGNORECASE)
FEWEST, MOST = 3, 21  # digits: a short number of the house, an international one with an extension


def phone_number(words: str) -> str | None:
    """The number in somebody's words, tidy; None when it cannot be one."""
    tidy = " ".join(unicodedata.normalize("NFKC", words).split())
    tidy = re.sub(r"[\u2010-\u2015\u2212]", "-", tidy)
    digits = sum(letter.isdigit() for letter in tidy)
    return tidy if _FORM.fullmatch(tidy) and FEWEST <= digits <= MOST else None
