"""A notice's moves, and whom it is for: as JSON and back, checked against the community."""

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.community import Community
from domain.core.state_machine import WrongState
from domain.notices import audience
from domain.notices.audience import Audience, UnreadableAudience, from_text, to_text
from domain.notices.notices import NOTICES, Move, NoticeState
from domain.notices.written_in import languages_of

CODES = st.lists(st.text("abc-1", min_size=1, max_size=5), max_size=4)


@given(CODES, CODES, CODES, CODES, st.dates())
def test_what_was_chosen_is_read_again_as_it_was(
    areas: list[str], roles: list[str], trades: list[str], reported: list[str], today: date
) -> None:
    chosen = audience.chosen(areas, roles, trades, reported, today)
    assert from_text(to_text(chosen)) == chosen
    assert chosen.everybody is not any((areas, roles, trades, reported))


@pytest.mark.parametrize(
    "kept",
    [
        "",
        "[]",
        '{"areas": "b3"}',
        '{"areas": [3]}',
        '{"reported": ["water"]}',
        '{"since": "2026-11-01"}',
        '{"reported": ["water"], "since": "in May"}',
        '{"reported": ["water"], "since": 3}',
        '{"streets": ["Long Road"]}',
    ],
)
def test_what_is_no_audience_is_never_read_as_everybody(kept: str) -> None:
    with pytest.raises(UnreadableAudience):
        from_text(kept)


def test_this_month_stays_the_month_in_which_it_was_chosen() -> None:
    assert audience.chosen([], [], [], ["water"], date(2026, 11, 30)).since == date(2026, 11, 1)
    assert audience.chosen(["b3"], [], [], [], date(2026, 11, 30)).since is None


def test_an_area_is_meant_with_all_in_it_and_not_with_what_it_lies_in(community: Community) -> None:
    outer = next(area for area in community.all_areas() if area.children)
    inner = outer.children[0]
    assert set(Audience(areas=(outer.code,)).areas_with_parts(community)) == {each.code for each in outer.walk()}
    assert set(Audience(areas=(inner.code,)).areas_with_parts(community)) == {each.code for each in inner.walk()}
    around = Audience(areas=(inner.code,)).areas_around(community)
    assert outer.code in around and inner.code not in around
    both = Audience(areas=(inner.code, outer.code))
    assert outer.code not in both.areas_around(community) and outer.code in both.areas_with_parts(community)


def test_codes_that_are_gone_are_named_and_an_area_stands_for_itself(community: Community) -> None:
    area, category = community.areas[0].code, community.categories[0].code
    sound = audience.chosen([area], ["staff"], [], [category], date(2026, 11, 30))
    assert sound.unknown(community) == []
    gone = replace(sound, areas=(area, "gone"), roles=("mayor",), trades=("magic",), reported=("luck",))
    assert gone.unknown(community) == ["gone", "mayor", "magic", "luck"]
    assert "gone" in gone.areas_with_parts(community)
    assert "gone" not in Audience(areas=("gone",)).areas_around(community)


def test_nothing_goes_out_after_a_no_and_nothing_comes_back() -> None:
    for state in (NoticeState.REFUSED, NoticeState.WITHDRAWN):
        for move in Move:
            with pytest.raises(WrongState):
                NOTICES.after(state, move)
    for state in (NoticeState.SENDING, NoticeState.SENT):
        assert not NOTICES.allows(state, Move.SEND), "nobody sends it twice"
        assert not NOTICES.allows(state, Move.REFUSE), "it is too late for a no; it can be withdrawn"
        assert NOTICES.after(state, Move.WITHDRAW) is NoticeState.WITHDRAWN


@pytest.mark.parametrize(
    ("words", "languages"),
    [
        ("Water off tomorrow from 9 to 12 in building 3", {"en"}),
        ("明天9点到12点3号楼停水", {"zh_Hans"}),
        ("3号楼明天上午停水，请关好 WiFi 路由器", {"zh_Hans"}),
        ("The lift at 北苑 is out of order until Friday evening", {"en"}),
        ("明天上午3号楼停水。Water is off tomorrow morning in building 3.", {"zh_Hans", "en"}),
        ("停水", {"zh_Hans"}),
        ("Water off", {"en"}),
        ("9-12", set()),
        ("💧🚱", set()),
    ],
)
def test_which_languages_words_are_in(words: str, languages: set[str]) -> None:
    assert languages_of(words) == languages
