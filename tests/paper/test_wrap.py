"""Where lines end, in Latin and in Chinese."""

from hypothesis import given
from hypothesis import strategies as some

from paper.wrap import balanced, pieces, wrap


def letters(text: str) -> float:
    """A font in which Chinese letters are twice as wide as others."""
    return float(sum(2 if ord(letter) > 0x2E80 else 1 for letter in text))


def test_words_stay_whole_and_chinese_breaks_anywhere_but_before_a_mark() -> None:
    assert wrap("Something broken? Tell us.", 12, letters) == ["Something", "broken? Tell", "us."]
    assert wrap("哪里坏了？告诉我们。", 8, letters) == ["哪里坏", "了？告诉", "我们。"]
    assert wrap("在Telegram里打开", 10, letters) == ["在Telegram", "里打开"]


def test_what_belongs_together_stays_together() -> None:
    assert wrap("North Court, Building 3", 22, letters) == ["North Court,", "Building 3"]
    assert pieces("call 110 (Police)") == ["call 110 (Police)"]
    assert wrap("（火警）请拨打", 6, letters)[0].startswith("（火")


def test_a_word_wider_than_the_line_stands_alone() -> None:
    assert wrap("a t.me/resident_voices_bot b", 5, letters) == ["a", "t.me/resident_voices_bot", "b"]


def test_lines_are_about_as_long_as_each_other() -> None:
    text = "Scan the square with your phone and press Start now."
    assert wrap(text, 48, letters)[-1] == "now."
    assert balanced(text, 48, letters) == ["Scan the square with your", "phone and press Start now."]


@given(some.text("ab 1，。（）楼 道3.\n", max_size=60), some.integers(1, 30))
def test_no_letter_is_lost_and_no_line_too_wide(text: str, width: int) -> None:
    lines = wrap(text, width, letters)
    assert "".join("".join(lines).split()) == "".join(text.split())
    assert all(letters(line) <= width or len(pieces(line.strip())) == 1 for line in lines)
    assert len(balanced(text, width, letters)) == len(lines)
