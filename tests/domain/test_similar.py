"""Which reports speak of the same thing."""

import pytest

from domain.reports.similar import alike, keys

OTHERS = [(8, "Too loud in the yard at night"), (7, "晚上广场舞太吵"), (6, "The heating is cold"), (5, "停车位被占了")]


@pytest.mark.parametrize(
    ("words", "other"),
    [
        (
            "The stairwell light in Building 3 is broken",
            "The lamp in the stairwell has been out for a week, it is dark",
        ),
        ("The stairwell light in Building 3 is broken", "Light on the stairs broken, no light"),
        ("The lift is stuck", "lift stuck between floors again"),
        ("Rubbish beside the bins", "The bins are full and rubbish lies around"),
        ("Water drips from the ceiling", "The ceiling is leaking, water everywhere"),
        ("楼道的灯坏了", "3号楼楼道灯不亮了"),
        ("三号楼的电梯坏了", "电梯又停了，坐不了电梯"),
        ("垃圾没人收", "垃圾桶满了好几天没人收垃圾"),
        ("楼道灯坏了一个星期", "楼道里灯不亮，很黑"),
    ],
)
def test_the_same_said_otherwise(words: str, other: str) -> None:
    assert alike(words, [(1, other)], 3) == [1]
    assert alike(words, [*OTHERS, (1, other)], 3) == [1]


@pytest.mark.parametrize(
    ("words", "other"),
    [
        ("The lift is stuck", "The light is broken"),
        ("The stairwell light in Building 3 is broken", "The lift in Building 3 is broken"),
        ("The gate squeaks", "The lift is slow"),
        ("Water drips from the ceiling", "The heating is cold"),
        ("电梯坏了", "楼道的灯坏了"),
        ("三号楼的电梯坏了", "三号楼的水管坏了"),
        ("垃圾没人收", "楼上太吵没人管"),
        ("", "The light is broken"),
        ("!!!", "???"),
    ],
)
def test_other_things_in_the_same_place(words: str, other: str) -> None:
    assert alike(words, [(1, other)], 3) == []
    assert alike(words, [*OTHERS, (1, other)], 3) == []


def test_the_most_alike_first_and_no_more_than_asked() -> None:
    others = [(1, "The lift is slow"), (2, "The lift is stuck"), (3, "lift stuck and dark"), (4, "stuck lift, help")]
    found = alike("The lift is stuck", others, 3)
    assert found[0] == 2 and len(found) == 3


def test_what_is_usual_is_told_by_the_first_ones_only() -> None:
    """Those chosen because they share a word would make that word look as if everybody used it."""
    usual = [(number, text) for number, text in OTHERS]
    chosen = [(20 + number, f"lift stuck, the {number} time") for number in range(6)] + [(1, "The lift is stuck")]
    found = alike("The lift is stuck again", [*usual, *chosen], 3, usual=len(usual))
    assert found[0] == 1 and len(found) == 3
    assert not set(found) & {number for number, _ in usual}


@pytest.mark.parametrize(
    ("one", "other"),
    [("The lights flicker", "lighting is bad"), ("楼道的灯坏了", "三号楼楼道灯"), ("Leaking pipe", "it leaks")],
)
def test_forms_of_a_word_share_a_key(one: str, other: str) -> None:
    assert set(keys(one, 10)) & set(keys(other, 10))


def test_only_the_first_keys_count() -> None:
    assert keys("Lamp beside the mailboxes, dark for weeks", 2) == ["lamp", "besi"]
