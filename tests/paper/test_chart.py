"""Charts as files: what stands on them, that nothing is fetched, and that no picture with boxes is made."""

import io
import json
import subprocess
import sys
from dataclasses import replace
from pathlib import Path
from xml.etree import ElementTree

import pytest
from PIL import Image

from paper.chart import Chart, ChartKind, ChartOrder, Series, Shade
from paper.chart_canvas import number
from paper.chart_drawing import DrawnCharts, draw_charts
from paper.chart_forms import ticks
from paper.fonts import BUILT_IN, find_families
from paper.printing import Unwritable
from tests.support import ROOT

SVG = "{http://www.w3.org/2000/svg}"
ENGLISH = Chart(
    "months", ChartKind.BARS, "en", "Reports collected and handled", "March: 1354 collected.", ["March", "April & May"],
    [Series("Collected", [1354, 7]), Series("Handled", [1319, None])], "Nothing happened.", "not shown", "A note <b>",
)  # fmt: skip
CHINESE = replace(
    ENGLISH, language="zh_Hans", title="收到和已处理的诉求", description="3月：收到1354件。", labels=["3月", "4月"],
    series=[Series("收到", [1354, 7]), Series("已处理", [1319, None])], empty="没有。", hidden="不公布", note="说明",
)  # fmt: skip
A_CHINESE_FONT = not next(find_families(("zh_Hans",))).lacks(CHINESE.text)
chinese = pytest.mark.skipif(not A_CHINESE_FONT, reason="no Chinese font on this machine (fonts-noto-cjk)")
WHOLE = replace(
    ENGLISH, name="whole", kind=ChartKind.WHOLE, labels=["Yes", "No"], series=[Series("Said", [9, 1])],
    said=["9 of 10", "1 of 10"],
)  # fmt: skip
KINDS = [
    ENGLISH,
    replace(ENGLISH, name="stacks", kind=ChartKind.STACKS),
    replace(ENGLISH, name="lines", kind=ChartKind.LINES),
    WHOLE,
]


def svg_of(chart: Chart, **more: object) -> ElementTree.Element:
    families = list(find_families((chart.language,)))
    return ElementTree.fromstring(DrawnCharts(chart.name, [chart], 360, more.get("families", families)).svg())  # type: ignore[arg-type]


def words_of(svg: ElementTree.Element) -> list[str]:
    return ["".join(each.itertext()) for each in svg.iter(f"{SVG}text")]


@pytest.mark.parametrize("chart", KINDS, ids=lambda chart: str(chart.name))
def test_words_stay_words_and_are_described(chart: Chart) -> None:
    svg = svg_of(chart)
    said = words_of(svg)
    assert chart.title in " ".join(said) and chart.note in said
    for label in chart.labels:
        assert label in said
    names = [] if chart.kind is ChartKind.WHOLE else [each.name for each in chart.series]
    assert all(name in said for name in names)
    title, described = svg[0], svg[1]
    assert (title.tag, title.text, described.tag, described.text) == (
        f"{SVG}title", chart.title, f"{SVG}desc", chart.description,
    )  # fmt: skip
    assert svg.get("role") == "img" and svg.get("aria-labelledby") == f"{title.get('id')} {described.get('id')}"
    assert svg.get("width") == "360" and not [each for each in svg.iter() if "aria-label" in each.attrib]


@pytest.mark.parametrize("chart", KINDS, ids=lambda chart: str(chart.name))
def test_nothing_is_carried_out_or_fetched(chart: Chart) -> None:
    svg = svg_of(chart)
    tags = {each.tag.removeprefix(SVG) for each in svg.iter()}
    assert not tags & {"script", "image", "a", "foreignObject", "use", "style"}, tags
    values = [value for each in svg.iter() for name, value in each.attrib.items() if name != "xmlns"]
    assert not [value for value in values if "//" in value or "javascript" in value]
    assert not [name for each in svg.iter() for name in each.attrib if "href" in name or name.startswith("on")]


def test_every_number_stands_beside_its_bar() -> None:
    said = words_of(svg_of(ENGLISH))
    assert {"1,354", "1,319", "7", "not shown"} <= set(said)
    parts = replace(ENGLISH, kind=ChartKind.STACKS, series=[Series("Done", [52, 1]), Series("Open", [30, 200])])
    said = words_of(svg_of(parts))
    assert {"82", "201", "52", "30", "200"} <= set(said), "the sums, and what has room in its bar"
    assert "1" not in said, "what has no room is not written over others"
    assert {"9 of 10", "1 of 10"} <= set(words_of(svg_of(WHOLE)))


def test_without_colours_each_part_looks_otherwise() -> None:
    """Shades, stripes and dots; each of them also has a line around it."""
    labels = list("abcdef")
    all_shades = replace(WHOLE, labels=labels, series=[Series("", [1] * 6)], said=(), shades=list(Shade))
    svg = svg_of(all_shades)
    fills = [each.get("fill") for each in svg.iter(f"{SVG}path") if each.get("stroke") == "#14181b"]
    assert len(set(fills)) == len(Shade)
    defined = {each.get("id") for each in svg.iter(f"{SVG}pattern")}
    assert {fill[5:-1] for fill in fills if fill and fill.startswith("url(")} <= defined


@pytest.mark.parametrize("values", [[0, 0], [None, None], []])
@pytest.mark.parametrize("kind", ChartKind)
def test_where_nothing_happened_it_says_so(kind: ChartKind, values: list[int | None]) -> None:
    labels = [str(at) for at in range(len(values))]
    empty = replace(ENGLISH, kind=kind, labels=labels, series=[Series("Collected", values)])
    assert "Nothing happened." in words_of(svg_of(empty))


@chinese
def test_a_picture_has_chinese_letters_and_no_boxes(tmp_path: Path) -> None:
    """Every letter must look different: a font without them draws the same box for each."""
    seen = set()
    for letter in "枫林苑北楼道":
        one = replace(CHINESE, title=letter, labels=[], series=[Series("", [])], empty="1", note="")
        with Image.open(io.BytesIO(DrawnCharts("one", [one], 360, find_families(("zh_Hans",))).png())) as image:
            seen.add(image.convert("L").tobytes())
    assert len(seen) == 6


@chinese
@pytest.mark.parametrize("chart", [ENGLISH, CHINESE], ids=["en", "zh"])
def test_it_is_sharp_on_a_phone_and_on_paper(tmp_path: Path, chart: Chart) -> None:
    made = draw_charts(ChartOrder([chart, replace(chart, name="again")]), tmp_path)
    assert [path.name for path in made.files] == ["months.svg", "months.png", "again.svg", "again.png"]
    with Image.open(made.files[1]) as image:
        assert image.width == 1080
        inked = sum(image.convert("L").histogram()[:200])
    assert inked > 10_000


def test_what_no_font_can_write_is_not_drawn_as_picture_but_as_text(tmp_path: Path) -> None:
    with pytest.raises(Unwritable, match="诉"):
        draw_charts(ChartOrder([CHINESE], formats=["png"]), tmp_path, [BUILT_IN])
    assert list(tmp_path.glob("*.png")) == []
    assert "3月" in words_of(svg_of(CHINESE, families=[BUILT_IN])), "the reader's own machine has letters for it"


def test_without_any_font_of_the_machine_english_is_drawn(tmp_path: Path) -> None:
    dashed = replace(ENGLISH, labels=["2–8 March", "Park \U0001fae8"])
    (made,) = draw_charts(ChartOrder([dashed], formats=["png"]), tmp_path, [BUILT_IN]).files
    with Image.open(made) as image:
        assert sum(image.convert("L").histogram()[:200]) > 10_000
    assert {"2-8 March", "Park"} <= set(words_of(svg_of(dashed, families=[BUILT_IN])))


def test_words_that_look_like_something_else_stay_words() -> None:
    labels = ['"quoted" \\ <b>&', "a\nb d['x'] =1"]
    said = words_of(svg_of(replace(ENGLISH, labels=labels)))
    assert labels[0] in said and "a b d['x'] =1" in said


def test_a_long_name_is_cut_and_two_of_one_name_are_two() -> None:
    labels = ["A name that is far too long for any phone of this world", "Building", "Building"]
    series = [Series("Collected", [3, 2, 1])]
    for kind in (ChartKind.BARS, ChartKind.STACKS):
        said = words_of(svg_of(replace(ENGLISH, kind=kind, labels=labels, series=series)))
        assert said.count("Building") == 2 and {"3", "2", "1"} <= set(said)
        assert [each for each in said if each.startswith("A name") and (each.endswith(("…", "...")) or each in labels)]


def test_a_line_ends_in_its_number() -> None:
    lines = replace(ENGLISH, kind=ChartKind.LINES, series=[Series("Now", [31, None]), Series("Then", [27, 29])])
    said = words_of(svg_of(lines))
    assert {"31", "29"} <= set(said) and "27" not in said


def test_whole_numbers_on_the_scale() -> None:
    assert [number(value) for value in (1354, 3.0, 2.5)] == ["1,354", "3", "2.5"]
    for most in (*range(1, 300), 999, 1000, 1001, 54321):
        top, found = ticks(most)
        assert top >= most and 2 <= len(found) <= 6 and found[0] == 0 and found[-1] == top, most


@pytest.mark.parametrize(
    "wrong",
    [
        {"name": "../up"}, {"name": "A b"}, {"kind": "pie"}, {"labels": ["one"]},
        {"series": [{"name": "x", "values": [1]}]}, {"series": [{"name": "x", "values": [1, 2], "shade": "red"}]},
    ],
)  # fmt: skip
def test_what_is_no_chart_is_refused(wrong: dict[str, object]) -> None:
    with pytest.raises(ValueError):
        Chart.of({**ordered(), **wrong})


def ordered() -> dict[str, object]:
    return {
        "name": "months", "kind": "bars", "language": "en", "title": "Reports", "description": "",
        "labels": ["March", "April"], "series": [{"name": "Collected", "values": [3, 4], "shade": "dark"}],
        "empty": "Nothing",
    }  # fmt: skip


def test_the_program_draws_what_it_is_told(tmp_path: Path) -> None:
    told = {"charts": [ordered(), {**ordered(), "name": "more"}], "together": "both"}
    drawn = subprocess.run(
        [sys.executable, "-m", "paper"], cwd=ROOT, capture_output=True, check=True,
        input=json.dumps({"kind": "charts", "order": told, "folder": str(tmp_path)}).encode(),
    )  # fmt: skip
    answer = json.loads(drawn.stdout.strip().rpartition(b"\n")[2])
    assert [Path(each).name for each in answer["files"]] == ["both.svg", "both.png"]
    said = words_of(ElementTree.fromstring((tmp_path / "both.svg").read_text()))
    assert said.count("Reports") == 2 and said.count("Collected") == 2
