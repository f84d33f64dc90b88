"""Names and sentences, as people write them when they are asked for a name."""

import pytest

from bot.community.community_file import EXAMPLE, load_community
from domain.reports.name_or_sentence import reads_like_a_sentence

COMMUNITY = load_community(EXAMPLE)
NAMES = (
    "Mrs Zhao", "Zhou", "Mr. Li", "Old Wang", "Maria del Carmen García López", "O'Brien", "the lady of flat 502",
    "Zhou, flat 502", "Dr. J. van der Berg", "Anna-Lena", "王阿姨", "老周", "住在3号楼的王阿姨", "欧阳静", "周师傅",
    "502室李先生", "王老太太",
)  # fmt: skip
SENTENCES = (
    "The lamp in building 3 is dark since Monday", "the lift is broken", "My neighbour plays music all night",
    "There is water on the stairs", "no light on the stairs", "Rubbish. Everywhere.", "Are you there?",
    "3号楼的路灯坏了三天了", "楼道灯不亮", "请来修一下", "我家漏水", "王阿姨家的水管漏水，请快来",
    "电梯又停了", "垃圾没人收",
)  # fmt: skip


@pytest.mark.parametrize("words", NAMES)
def test_a_name(words: str) -> None:
    assert not reads_like_a_sentence(words, COMMUNITY)


@pytest.mark.parametrize("words", SENTENCES)
def test_a_sentence(words: str) -> None:
    assert reads_like_a_sentence(words, COMMUNITY)
