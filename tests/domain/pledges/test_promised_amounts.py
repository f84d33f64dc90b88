"""A number in a promise and what it counts: 80副, 80 pairs."""

import pytest

from domain.pledges.promised_amounts import Amount, amount_in


@pytest.mark.parametrize(("words", "told"), [
    ("I write 80 pairs of couplets", Amount(80, "pairs")), ("写八十副春联", Amount(80, "副")),
    ("80副", Amount(80, "副")),
    ("80 pairs", Amount(80, "pairs")), ("I keep the stairs of building 3 clean", None),
    ("12 letters and 3 parcels", None),
    ("some 80 pairs", None), ("十来副", None), ("七八副", None), ("80", None), ("at 7 every evening", None),
])  # fmt: skip
def test_a_number_and_what_it_counts(words: str, told: Amount | None) -> None:
    assert amount_in(words) == told
