import pytest

from domain.language.words import Words, language_tag


@pytest.mark.parametrize(
    ("written", "tag"),
    [
        ("en", "en"),
        ("en-GB", "en"),
        ("EN_us", "en"),
        ("zh", "zh_Hans"),
        ("zh-hans", "zh_Hans"),
        ("zh-CN", "zh_Hans"),
        ("zh_TW", "zh_Hant"),
        ("zh-Hant-HK", "zh_Hant"),
        ("sr-latn-rs", "sr_Latn"),
    ],
)
def test_a_tag_has_one_form(written: str, tag: str) -> None:
    assert language_tag(written) == tag


def test_words_are_said_in_the_language_asked_for() -> None:
    gate = Words.of({"zh": "北门", "en": "North gate"})
    assert gate.in_("en-US") == "North gate"
    assert gate.in_("zh-hans") == "北门"


def test_another_script_comes_before_another_language() -> None:
    assert Words.of({"en": "Gate", "zh": "北门"}).in_("zh-TW") == "北门"


def test_the_first_language_stands_in_for_a_missing_one() -> None:
    assert Words.of({"zh": "北门", "en": "Gate"}).in_("fr") == "北门"


def test_words_without_a_language_are_refused() -> None:
    with pytest.raises(ValueError, match="at least one language"):
        Words.of({})
