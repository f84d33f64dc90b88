"""How what was said is shown later."""

from zoneinfo import ZoneInfo

from domain.language.words import Words
from handlers.kit.texts import Speaker
from handlers.reports import describe

SAY = Speaker("en", ZoneInfo("Asia/Shanghai"))


def test_words_of_a_template_are_shown_as_they_were_sent() -> None:
    """In the reader's language, as long as the template says what was sent; else nobody reads what was never said."""
    sent = "这件事不在职责范围内。"
    assert describe.as_sent(SAY, sent, Words.of({"en": "Not ours to do.", "zh": sent})) == "Not ours to do."
    assert describe.as_sent(SAY, sent, Words.of({"en": "Next year, perhaps.", "zh": "也许明年。"})) == sent
    assert describe.as_sent(SAY, sent, None) == sent
