"""Names people give themselves: what is kept of them is one bounded line of letters that can be seen."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.language.names import LONGEST, tidy_name


@pytest.mark.parametrize(("name", "kept"), [
    ("Hui", "Hui"), ("  Li   Hui ", "Li Hui"), ("李慧", "李慧"), ("Zoë Ångström", "Zoë Ångström"), ("محمد", "محمد"),
    ("Nguyễn Thị", "Nguyễn Thị"), ("Hui 🌸", "Hui 🌸"), ("สมชาย", "สมชาย"),
    ("Hui\n\nEstate office", "Hui Estate office"), ("Hui\u2028\u2029x", "Hui x"), ("Hui\tx", "Hui x"),
    ("\u202eiuH", "iuH"), ("\u2066Hui\u2069", "Hui"), ("H\u200bu\u200di\ufeff", "Hui"), ("Hui\u00ad", "Hui"),
    ("Hui\x00\x1b", "Hui"), ("Hui\ud83d", "Hui"), ("Hui\U000e0041", "Hui"), ("\ue000Hui", "Hui"),
    ("Z" + "\u0335" * 50, "Z\u0335\u0335"), ("\u0335\u0335Hui", "Hui"), ("\u3164", ""), ("\u2800\u200b", ""),
    ("...", ""),
    ("", ""), ("a" * 200, "a" * 59 + "…"),
])  # fmt: skip
def test_what_is_kept(name: str, kept: str) -> None:
    assert tidy_name(name) == kept


@given(st.text(max_size=300))
def test_whatever_it_is_it_is_a_line_that_can_be_shown(name: str) -> None:
    kept = tidy_name(name)
    assert len(kept) <= LONGEST and kept == kept.strip() and "\n" not in kept
    assert not any(unicodedata.category(letter) in ("Cc", "Cf", "Cs", "Co", "Zl", "Zp") for letter in kept)
    assert kept == tidy_name(kept), "once is enough"
