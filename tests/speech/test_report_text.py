"""The report of a period in sentences: only what is counted and known, in both languages."""

from datetime import date
from zoneinfo import ZoneInfo

import pytest

from domain.figures.periods import Period
from services.figures.as_values import Values
from speech import report_text
from speech.speaker import PlainSpeaker

EN, ZH = (PlainSpeaker(language, ZoneInfo("Asia/Shanghai")) for language in ("en", "zh_Hans"))
YEAR = Period(date(2023, 1, 1), date(2024, 1, 1))
DISTRICT: Values = {
    "collected": 1354, "handled": 1319, "handled_rate": 97.4, "waiting": 30, "leads": 39, "projects": 43,
    "pledgers": 72, "pledges": 85, "pledges_kept": 85, "hotline_change_percent": -36.38, "urgent_solved": 102,
    "first_answer_median_seconds": 3 * 3600, "first_answer_p90_seconds": 4 * 86400,
    "resolutions": 1200, "resolutions_confirmed": 900, "resolutions_disputed": 50, "resolutions_silent": 200,
    "resolutions_not_reachable": 40, "resolutions_asked": 10,
}  # fmt: skip


def said(say: PlainSpeaker, found: Values, before: Values | None = None) -> list[str]:
    return report_text.sentences(say, YEAR, found, before)


def test_the_report_of_the_article() -> None:
    assert said(EN, DISTRICT) == [
        "In the year to 31 December 2023 residents sent 1,354 reports; 1,319 (97.4 %) were handled.",
        "30 are not handled yet.",
        "43 projects were under way, led by 39 project leads.",
        "72 people made 85 promises in public; all of them were kept.",
        "Complaints to the hotline fell by 36.38 % against the same time a year before.",
        "102 pressing problems were solved.",
        "Half of the first answers came within 3 h, nine in ten within 4 days.",
    ]
    assert said(ZH, DISTRICT) == [
        "截至2023年12月31日的一年里，居民共反映诉求1,354件，已处理1,319件（97.4%）。",
        "其中30件尚未处理。",
        "推进项目43个，由39位项目牵头人负责。",
        "72人公开作出承诺85项，全部兑现。",
        "热线投诉同比下降36.38%。",
        "解决急难愁盼问题102件。",
        "半数诉求在3小时内得到首次答复，九成在4天内得到首次答复。",
    ]


@pytest.mark.parametrize("say", [EN, ZH], ids=["en", "zh"])
def test_what_is_not_counted_or_not_known_is_not_said(say: PlainSpeaker) -> None:
    (only,) = said(say, {"collected": 0, "hotline_change_percent": None, "projects": 0, "urgent_solved": 0})
    assert "2023" in only and "%" not in only and "0" not in only.replace("2023", "")


def test_few_have_no_percentage_and_one_is_one() -> None:
    assert said(EN, {"collected": 7, "handled": 5, "handled_rate": None})[0].endswith("sent 7 reports; 5 were handled.")
    assert said(EN, {"collected": 1, "handled": 1, "handled_rate": None})[0].endswith("sent 1 report; 1 was handled.")


@pytest.mark.parametrize(
    ("before", "sentence"),
    [
        (1000, "That is 35.4 % more than in the same time a year before (1,000)."),
        (2708, "That is 50.0 % fewer than in the same time a year before (2,708)."),
        (1354, "In the same time a year before there were as many."),
        (7, "In the same time a year before there were 7."),
    ],
)
def test_beside_the_year_before(before: int, sentence: str) -> None:
    assert said(EN, DISTRICT, {"collected": before})[1] == sentence


def test_promises_that_were_not_all_kept() -> None:
    assert "1 person made 2 promises in public; 1 of them was kept." in said(
        EN, {"pledgers": 1, "pledges": 2, "pledges_kept": 1}
    )


def test_promises_of_which_nobody_said_how_they_went() -> None:
    made: Values = {"pledgers": 9, "pledges": 12, "pledges_kept": 12, "pledge_times_no_update": 3}
    assert "all of those with an update were kept." in said(EN, made)[1]
    many: Values = {**made, "pledge_times_no_update": 3, "pledges_kept_rate_if_no_update_is_no": 100.0}
    assert "all of them were kept." in said(EN, many)[1], "the silence was about others"


def test_a_hotline_of_which_not_every_month_is_known() -> None:
    some: Values = {"hotline_change_percent": -3.2, "hotline_months": 2, "hotline_months_of": 3}
    assert said(EN, some)[1].endswith("a year before, as far as is known: 2 of 3 months.")


def test_a_hotline_that_rings_more_is_said_too() -> None:
    assert "Complaints to the hotline rose by 4.5 % against" in said(EN, {"hotline_change_percent": 4.5})[1]
    assert "As many complaints" in said(EN, {"hotline_change_percent": 0})[1]


def test_each_side_has_its_word_and_silence_is_none_of_them() -> None:
    staff, residents, nobody = report_text.words_of_each_side(EN, DISTRICT)
    assert (staff.side, staff.number, staff.words) == ("The staff say", "1,200", "times that it is fixed")
    assert (residents.number, residents.words) == ("900", "times yes; 50 times no")
    assert (nobody.number, nobody.words) == ("250", "no reply: 200, nobody could be asked: 40, still being asked: 10")
    assert [each.line(EN) for each in (staff, residents, nobody)] == [
        "The staff say: 1,200 times that it is fixed",
        "Residents say: 900 times yes; 50 times no",
        "Silence: 250 (no reply: 200, nobody could be asked: 40, still being asked: 10)",
    ]
    assert report_text.words_of_each_side(ZH, DISTRICT)[2].line(ZH).startswith("没有回音：250（")
    assert report_text.words_of_each_side(EN, {"resolutions": 0}) == []
    notes = " ".join(report_text.small_print(EN, DISTRICT))
    assert "900 of 950 (94.7 %) of those who answered. If silence counts as no: 900 of 1,190 (75.6 %)." in notes
