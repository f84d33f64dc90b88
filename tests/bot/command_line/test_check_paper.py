"""Whether posters can be written: the community's names against the fonts there are."""

from bot.command_line.check_paper import check_paper
from bot.community.community_file import EXAMPLE, load_community
from tests.paper.test_posters import chinese


def test_a_machine_without_fonts_is_told_which_letters_it_lacks() -> None:
    finding = check_paper(load_community(EXAMPLE), folders=())
    assert finding.mark == "note" and "no font on this machine can write" in finding.sentence
    assert "fonts-noto-cjk" in finding.sentence


@chinese
def test_a_font_for_all_names_is_right() -> None:
    assert check_paper(load_community(EXAMPLE)).mark == "ok"
