"""Times of the day as people write them."""

import pytest

from domain.language.clock_words import parse_stretch


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("19:00-20:00", (1140, 60)),
        ("19:00 – 20:30", (1140, 90)),
        ("19.30", (1170, 60)),
        ("7 pm", (1140, 60)),
        ("7 to 8 pm", (1140, 60)),
        ("7pm-8pm", (1140, 60)),
        ("12 am", (0, 60)),
        ("19点到20点", (1140, 60)),
        ("晚上7点半", (1170, 60)),
        ("晚上7点到8点", (1140, 60)),
        ("下午3点至5点", (900, 120)),
        ("晚上七点到八点", (1140, 60)),
        ("上午十点半至十二点", (630, 90)),
        ("7 to 8 in the evening", (1140, 60)),
        ("9 in the morning", (540, 60)),
        ("10 at night", (1320, 60)),
        ("晚上10点到12点", (1320, 120)),
        ("22:00-6:00", (1320, 480)),
        ("25:00", None),
        ("19:75", None),
        ("19:00-19:00", None),
        ("in the evening", None),
        ("", None),
    ],
)
def test_a_time_is_read(text: str, expected: tuple[int, int] | None) -> None:
    assert parse_stretch(text) == expected
