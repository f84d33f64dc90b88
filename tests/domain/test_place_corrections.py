"""Where somebody in danger is stays known when they mention another place, and can be corrected."""

import pytest

from domain.places.place_corrections import place_instead
from tests.domain.test_places import COURT


@pytest.mark.parametrize(
    ("known", "text"),
    [
        ("b3-2", "对了北门的灯也不亮"),
        ("b3-2", "我在北门等你们"),
        ("b3-2", "消防车停在北门了"),
        ("b3-2", "我已经跑到12号楼1单元了"),
        ("b3-2", "夜市街那边路堵了，别走"),
        ("b3-2", "the lamp at the north gate is not working either"),
        ("b3-2", "I am waiting at the gate"),
        ("b3-2", "my neighbour from building 12, stairwell 1 has the same smell"),
        ("b3-2", "3号楼"),
        ("b3", "I went to the north gate"),
        ("b3", "我已经跑到12号楼1单元了"),
        (None, "I am waiting at the gate"),
        ("b3-2", "窗户开了，还是有味"),
    ],
)
def test_a_place_that_is_mentioned_changes_nothing(known: str | None, text: str) -> None:
    assert place_instead(text, COURT, known) is None


@pytest.mark.parametrize(
    ("known", "text", "code"),
    [
        ("b3-2", "不对，是12号楼1单元", "b12-1"),
        ("b3-2", "说错了，12号楼", "b12"),
        ("b3-2", "写错了 是12号楼2单元 501", "b12-2"),
        ("b3-2", "12号楼1单元501", "b12-1"),
        ("b3-2", "其实是在北门", "north-gate"),
        ("b3-2", "在北门", "north-gate"),
        ("b3-2", "sorry, it is building 12", "b12"),
        ("b3-2", "No, building 12, stairwell 1, flat 501", "b12-1"),
        ("b3-2", "I meant the north gate, where the stalls are", "north-gate"),
        ("north-gate", "煤气是在3号楼2单元", "b3-2"),
        ("b3", "it is stairwell 2 in building 3, the second floor", "b3-2"),
        ("north", "3号楼楼下", "b3"),
        (None, "3号楼2单元", "b3-2"),
    ],
)
def test_a_correction_a_more_exact_place_and_a_bare_one_count(known: str | None, text: str, code: str) -> None:
    found = place_instead(text, COURT, known)
    assert found is not None and found.code == code
