"""A file becomes the picture of the plan: its dots alone; and what cannot is told apart before it is unpacked."""

import io
import json
import struct
import subprocess
import sys
import zlib

import pytest
from PIL import Image, ImageDraw

from domain.estate_plan.unfit import Unfit as Known
from paper.plan_picture import LONGEST_SIDE, MOST_DOTS, Unfit, made_anew
from tests.support import ROOT


def drawn(width: int = 900, height: int = 600, mode: str = "RGB", kind: str = "PNG", **more: object) -> bytes:
    """A file with a plain drawing."""
    image = Image.new(mode, (width, height))
    if mode in ("RGB", "RGBA"):
        ImageDraw.Draw(image).rectangle((10, 10, width // 2, height // 2), fill=(200, 40, 40))
    written = io.BytesIO()
    image.save(written, kind, **more)  # type: ignore[arg-type]
    return written.getvalue()


def opened(content: bytes) -> Image.Image:
    """The picture in what came out."""
    image = Image.open(io.BytesIO(content))
    image.load()
    return image


def chunk(name: bytes, content: bytes) -> bytes:
    """A piece of a PNG file."""
    return struct.pack(">I", len(content)) + name + content + struct.pack(">I", zlib.crc32(name + content))


def bomb(width: int, height: int) -> bytes:
    """A small PNG file that says it is so large."""
    head = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    body = zlib.compress(bytes(1_000_000))
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", body) + chunk(b"IEND", b"")


@pytest.mark.parametrize("kind", ["PNG", "JPEG", "WEBP"])
def test_a_picture_is_made_anew(kind: str) -> None:
    made = made_anew(drawn(kind=kind))
    assert (made.width, made.height) == (900, 600) and made.type in ("image/png", "image/jpeg")
    assert opened(made.content).getpixel((20, 20))[0] > 180, "what was drawn is there"


def test_nothing_but_dots_comes_out() -> None:
    """Where a photo was taken, by whom and with what stays behind, and so do words in a drawing."""
    told = Image.Exif()
    told[0x010F], told[0x013B] = "A camera", "Mei"
    told.get_ifd(0x8825)[2] = (31.0, 14.0, 25.0)
    photo = made_anew(drawn(kind="JPEG", exif=told, comment=b"Mei lives at 3-2-501"))
    assert not opened(photo.content).getexif() and b"Mei" not in photo.content
    from PIL.PngImagePlugin import PngInfo

    words = PngInfo()
    words.add_text("Author", "Mei")
    drawing = made_anew(drawn(pnginfo=words) + b"Mei, behind the end")
    assert b"Mei" not in drawing.content and set(opened(drawing.content).info) <= {"dpi"}


def test_a_photo_taken_sideways_stands_upright() -> None:
    told = Image.Exif()
    told[0x0112] = 6
    made = made_anew(drawn(900, 600, kind="JPEG", exif=told))
    assert (made.width, made.height) == (600, 900)


def test_a_large_one_is_made_smaller_and_a_drawing_stays_sharp() -> None:
    made = made_anew(drawn(6000, 3000))
    assert (made.width, made.height, made.type) == (LONGEST_SIDE, LONGEST_SIDE // 2, "image/png")
    noise = Image.effect_noise((1500, 1500), 80).convert("RGB")
    written = io.BytesIO()
    noise.save(written, "PNG")
    photo = made_anew(written.getvalue())
    assert photo.type == "image/jpeg" and len(photo.content) < len(written.getvalue()) / 2


@pytest.mark.parametrize("mode", ["RGBA", "P", "L", "1", "LA", "I;16"])
def test_every_sort_of_dots_is_read(mode: str) -> None:
    assert opened(made_anew(drawn(mode=mode)).content).mode == "RGB"


def test_what_can_be_looked_through_is_white() -> None:
    assert opened(made_anew(drawn(mode="RGBA")).content).getpixel((890, 590)) == (255, 255, 255)


def test_sixteen_bits_of_grey_keep_their_light() -> None:
    grey = Image.new("I;16", (400, 400), 32_768)
    written = io.BytesIO()
    grey.save(written, "PNG")
    assert opened(made_anew(written.getvalue()).content).getpixel((5, 5))[0] in range(126, 131)


SVG = b'<?xml version="1.0"?><!-- a plan --><svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'
PROGRAM = b'<svg xmlns="http://www.w3.org/2000/svg"><image href="https://example.org/x.png"/></svg>'


@pytest.mark.parametrize(
    ("content", "why"),
    [
        (SVG, "svg"),
        (PROGRAM, "svg"),
        (b"\xef\xbb\xbf" + SVG, "svg"),
        (SVG.decode().encode("utf-16"), "svg"),
        (b"%PDF-1.7\n", "pdf"),
        (b"\0\0\0\x18ftypheic\0\0\0\0mif1heic", "heic"),
        (b"", "no_picture"),
        (b"<html>a page</html>", "no_picture"),
        (b"GIF89a" + bytes(60), "no_picture"),
        (drawn()[:200], "broken"),
        (drawn(kind="JPEG")[:900], "broken"),
        (drawn(199, 900), "too_few_dots"),
        (drawn(2100, 400), "too_narrow"),
        (bomb(100_000, 100_000), "too_many_dots"),
        (bomb(8_000, 5_001), "too_many_dots"),
    ],
    ids=lambda value: value if isinstance(value, str) else f"{len(value)} bytes",
)
def test_what_cannot_be_the_picture_is_told(content: bytes, why: str) -> None:
    with pytest.raises(Unfit) as refused:
        made_anew(content)
    assert str(refused.value) == why == Known(why), "there is a sentence for it"


def test_the_largest_allowed_is_the_largest_said() -> None:
    assert MOST_DOTS == 8_000 * 5_000


def run(content: bytes) -> tuple[dict[str, object], bytes]:
    """The program, as the bot starts it."""
    ended = subprocess.run([sys.executable, "-m", "paper.plan_picture"], cwd=ROOT, input=content, capture_output=True)
    assert ended.returncode == 0, ended.stderr
    told, _, made = ended.stdout.partition(b"\n")
    return json.loads(told), made


def test_the_program_answers_with_a_line_and_the_picture() -> None:
    told, made = run(drawn())
    assert told == {"type": "image/png", "width": 900, "height": 600} and opened(made).size == (900, 600)
    assert run(SVG) == ({"unfit": "svg"}, b"")
