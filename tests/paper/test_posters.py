"""Posters as files: what stands on them, that their code leads where it should, and what no font can write."""

import io
import json
import subprocess
import sys
from pathlib import Path

import pypdfium2
import pytest
import segno
from PIL import Image

from paper.fonts import BUILT_IN, find_families
from paper.poster import Wording
from paper.printing import Order, Place, Unwritable, print_posters
from paper.sheet import Sheet, Size, picture

ROOT = Path(__file__).parents[2]
LINK = "https://t.me/maple_bot?start=a-b3"
ENGLISH = Wording("Maple Court", "Something broken? Tell us.", "Scan it.", "You are here", "Building 3", "Call 110")
CHINESE = Wording("枫林苑", "哪里坏了？告诉我们。", "扫一扫。", "您在这里", "北苑3号楼", "请拨打110")
A_CHINESE_FONT = not next(find_families(("zh_Hans",))).lacks(CHINESE.all)
chinese = pytest.mark.skipif(not A_CHINESE_FONT, reason="no Chinese font on this machine (fonts-noto-cjk)")


def order(**more: object) -> Order:
    place = Place("poster-b3", LINK, LINK.removeprefix("https://"), {"en": ENGLISH, "zh_Hans": CHINESE})
    return Order(**{"places": [place], "title": "Maple Court", **more})  # type: ignore[arg-type]


def words_of(path: Path, page: int = 0) -> str:
    with pypdfium2.PdfDocument(path) as document:
        return str(document[page].get_textpage().get_text_range())


@chinese
def test_a_poster_says_everything_in_both_languages_and_as_picture(tmp_path: Path) -> None:
    printed = print_posters(order(), tmp_path / "new")
    assert [path.name for path in printed.files] == ["poster-b3.pdf", "poster-b3.png"] and printed.left_out == ()
    said = words_of(printed.files[0])
    for text in (ENGLISH, CHINESE):
        for words in (text.community, text.purpose, text.how, text.here, text.place, text.danger):
            assert words in said
    assert "t.me/maple_bot?start=a-b3" in said
    with pypdfium2.PdfDocument(printed.files[0]) as document:
        assert [round(side / 72 * 25.4) for side in document[0].get_size()] == [210, 297]
    with Image.open(printed.files[1]) as image:
        assert image.size == (1654, 2339), "A4 at 200 dots an inch"


@chinese
def test_chinese_is_written_with_letters_and_not_with_boxes(tmp_path: Path) -> None:
    """Every letter must look different: a font without them writes the same box for each."""
    sheet, letters, seen = Sheet(Size.A4, next(find_families(("zh_Hans",)))), "枫林苑北楼道", set()
    for letter in letters:
        sheet.page()
        sheet.put(sheet.block(letter, 100, 40), 10, 10, 100)
    pdf = sheet.pdf()
    for page in range(len(letters)):
        with Image.open(io.BytesIO(picture(pdf, page, dots=50))) as image:
            assert image.convert("L").getextrema()[0] < 100, "nothing was written"
            seen.add(image.tobytes())
    assert len(seen) == 6


def test_the_code_on_paper_is_the_code_of_the_link() -> None:
    sheet = Sheet(Size.A4, BUILT_IN)
    sheet.page()
    sheet.code(LINK, 20, 30, 100)
    dots = 200
    with Image.open(io.BytesIO(picture(sheet.pdf(), dots=dots))) as image:
        grey = image.convert("L")
    rows = [list(row) for row in segno.make(LINK, error="m", micro=False).matrix_iter(border=4)]
    module = 100 / len(rows)
    for down, row in enumerate(rows):
        for across, dark in enumerate(row):
            spot = ((20 + (across + 0.5) * module) / 25.4 * dots, (30 + (down + 0.5) * module) / 25.4 * dots)
            value = grey.getpixel((round(spot[0]), round(spot[1])))
            assert isinstance(value, int) and (value < 128) == bool(dark), f"module {across}, {down}"


def test_without_a_chinese_font_the_others_are_printed_and_it_is_said(tmp_path: Path) -> None:
    printed = print_posters(order(), tmp_path, [BUILT_IN])
    assert printed.left_out == ("zh_Hans",)
    said = words_of(printed.files[0])
    assert "Something broken? Tell us." in said and "枫" not in said


def test_what_no_font_can_write_at_all_is_refused(tmp_path: Path) -> None:
    only = Place("poster", LINK, "t.me/maple_bot", {"zh_Hans": CHINESE})
    with pytest.raises(Unwritable, match="枫"):
        print_posters(order(places=[only]), tmp_path, [BUILT_IN])
    assert list(tmp_path.iterdir()) == []


def test_many_places_are_pages_of_one_document_or_files_of_their_own(tmp_path: Path) -> None:
    places = [
        Place(f"poster-{code}", f"https://t.me/b?start=a-{code}", f"t.me/b?start=a-{code}", {"en": ENGLISH})
        for code in ("b1", "b2", "b3")
    ]
    together = print_posters(order(places=places, together="posters"), tmp_path).files
    assert [path.name for path in together] == ["posters.pdf"]
    assert ["start=a-b2" in words_of(together[0], page) for page in range(3)] == [False, True, False]
    alone = print_posters(order(places=places, formats=("pdf",)), tmp_path).files
    assert [path.name for path in alone] == ["poster-b1.pdf", "poster-b2.pdf", "poster-b3.pdf"]
    assert "start=a-b2" in words_of(alone[1])
    assert b"https://t.me/b?start=a-b2" in alone[1].read_bytes(), "who reads it on a screen taps the code"


def test_long_names_and_a_third_language_leave_room_for_the_code(tmp_path: Path) -> None:
    long = Wording(*[f"{text} and a good deal more of it, on and on" for text in
                     ("The Court of the Maples", "Is something broken", "Scan it with the camera", "You are here",
                      "The stairwell at the eastern end of building 3", "In danger call 110")])  # fmt: skip
    place = Place("long", LINK, LINK[8:], {"en": long, "de": long, "fr": long})
    files = print_posters(order(places=[place], formats=("png",)), tmp_path, [BUILT_IN]).files
    with Image.open(files[0]) as image:
        black = image.convert("L").point(lambda value: 255 if value < 10 else 0).getbbox()
    assert black is not None
    assert black[2] - black[0] > 40 / 25.4 * 200, "the code is at least four centimetres wide"


def test_the_program_of_its_own_answers_in_json(tmp_path: Path) -> None:
    told = {
        "kind": "posters",
        "folder": str(tmp_path / "made"),
        "order": {
            "title": "Maple Court",
            "places": [{"name": "p", "link": LINK, "letters": "t.me/x", "words": {"en": vars(ENGLISH)}}],
        },
    }
    said = subprocess.run(
        [sys.executable, "-m", "paper"], cwd=ROOT, input=json.dumps(told), capture_output=True, text=True, check=True
    )
    answer = json.loads(said.stdout)
    assert answer["left_out"] == [] and all(Path(path).is_file() for path in answer["files"])
    told["order"]["places"][0]["words"]["en"]["place"] = "\U0001f3e0"  # type: ignore[index]
    said = subprocess.run(
        [sys.executable, "-m", "paper"], cwd=ROOT, input=json.dumps(told), capture_output=True, text=True, check=True
    )
    assert json.loads(said.stdout) == {"unwritable": "\U0001f3e0"}


def test_a_line_that_does_not_fit_is_not_cut_where_nobody_asked_for_that() -> None:
    sheet = Sheet(Size.A4, BUILT_IN)
    sheet.page()
    numbers = ", ".join(f"{number} (Somebody to talk to, day and night)" for number in range(110, 130))
    block = sheet.block(numbers, 150, 10.5, most=1, least=9.5)
    assert " ".join(" ".join(block.lines).split()) == numbers
    assert len(sheet.block(numbers, 150, 10.5, most=1, least=9.5, cut=True).lines) == 1
