"""Words that are longer than a message: cut into pieces of which none is lost."""

from hypothesis import given
from hypothesis import strategies as st

from handlers.kit.parts import MORE_MESSAGES, QUOTED, quoted, quoted_on
from handlers.kit.texts import pieces
from storage.reports.reports import NewPart


def width(text: str) -> int:
    """Letters as Telegram counts them."""
    return len(text.encode("utf-16-le")) // 2


@given(st.text(st.sampled_from("aä水😀 \n"), max_size=400), st.integers(10, 90))
def test_pieces_fit_and_lose_no_word(text: str, limit: int) -> None:
    found = pieces(text, limit)
    assert all(0 < width(piece) <= limit for piece in found)
    assert "".join("".join(found).split()) == "".join(text.split())


def test_words_are_not_cut_in_two_where_there_is_a_space() -> None:
    assert pieces("one two three four", 9) == ["one two", "three", "four"]


def test_what_is_not_quoted_at_first_is_quoted_on() -> None:
    words = " ".join(f"word{number}" for number in range(2000))
    parts = [NewPart("text", text=words)]
    shown = [quoted(parts, 1200) or "", *quoted_on(parts, 1200)]
    whole = " ".join(each.removeprefix("<blockquote>").removesuffix("</blockquote>") for each in shown)
    assert whole.replace(" …", "") == words
    assert all(width(each) < 4096 for each in shown)
    assert quoted_on([NewPart("text", text="short")]) == [] and quoted([]) is None and quoted_on([]) == []


def test_nobody_fills_a_group_with_one_report() -> None:
    more = quoted_on([NewPart("text", text="x" * QUOTED * 40)])
    assert len(more) == MORE_MESSAGES and more[-1].endswith("…</blockquote>")
