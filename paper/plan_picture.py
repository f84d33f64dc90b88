"""Make a picture for the plan of the estate out of a file somebody sent: `python -m paper.plan_picture`.

In: the file, on standard input. Out: a line of JSON, {"type": "image/png", "width": …, "height": …} with the picture
behind it, or {"unfit": "svg"} (domain/estate_plan/unfit.py has all of them).

Only the dots of the picture are taken over: nothing of what a file holds besides them (where it was taken, by whom,
with what, hidden words) comes out. Files are made by anybody, and a small one may unpack to gigabytes: so this is a
program of its own, with bounds on its memory and its time, and the size is looked at before anything is unpacked.
"""

import contextlib
import io
import json
import sys
from dataclasses import dataclass

from PIL import Image, ImageOps, UnidentifiedImageError

MEMORY = 1_200_000_000
"""Bytes: four times the largest picture's dots, and Python."""
SECONDS = 30
"""Of the processor; a large picture takes two or three."""
FORMATS = ("PNG", "JPEG", "WEBP")
MOST_DOTS = 40_000_000
LEAST_SIDE = 200
NARROWEST = 5
"""So many times as wide as high a picture may be, or the other way round."""
LONGEST_SIDE = 2000
"""Enough to read house numbers of an estate on a large screen, and on A3."""
SHARP_UP_TO = 500_000
"""Bytes. A drawing stays sharp as PNG; a photo would be many times that, and becomes JPEG."""
QUALITY = 85
_BEGINNING = 4096
_HEIC = (b"heic", b"heix", b"hevc", b"mif1", b"msf1", b"avif")


class Unfit(Exception):
    """It cannot be the picture; holds why, in one word."""


@dataclass(frozen=True)
class Picture:
    """A picture made anew."""

    content: bytes
    type: str
    width: int
    height: int


def made_anew(content: bytes) -> Picture:
    """The picture in a file. Raises Unfit."""
    told = _told_by_beginning(content[:_BEGINNING])
    if told is not None:
        raise Unfit(told)
    try:
        with Image.open(io.BytesIO(content), formats=FORMATS) as opened:
            _look_at_size(opened.size)
            plain = _plain(opened)
    except UnidentifiedImageError as error:
        raise Unfit("no_picture") from error
    except (Unfit, MemoryError):
        raise
    except Image.DecompressionBombError as error:
        raise Unfit("too_many_dots") from error
    except Exception as error:  # Pillow has no common error for what is cut off or made wrongly
        raise Unfit("broken") from error
    return _written(plain)


def _told_by_beginning(beginning: bytes) -> str | None:
    """Files people take for pictures, and which are none for a page."""
    if beginning.startswith((b"\x89PNG", b"\xff\xd8\xff", b"RIFF")):
        return None
    # Letters of two bytes each read like others without their empty halves.
    words = beginning.replace(b"\0", b"").lower()
    if b"<svg" in words or b"<!doctype svg" in words:
        return "svg"
    if beginning.startswith(b"%PDF"):
        return "pdf"
    if beginning[4:8] == b"ftyp" and beginning[8:12] in _HEIC:
        return "heic"
    return None


def _look_at_size(size: tuple[int, int]) -> None:
    width, height = size
    if width * height > MOST_DOTS:
        raise Unfit("too_many_dots")
    if min(width, height) < LEAST_SIDE:
        raise Unfit("too_few_dots")
    if max(width, height) > NARROWEST * min(width, height):
        raise Unfit("too_narrow")


def _plain(opened: Image.Image) -> Image.Image:
    """Its dots alone, upright, on white, no larger than wanted; of what moves the first picture."""
    opened.draft("RGB", (LONGEST_SIDE, LONGEST_SIDE))  # a JPEG need not be unpacked larger than that
    image: Image.Image = ImageOps.exif_transpose(opened)
    if image.mode.startswith("I"):  # sixteen bits of grey, of which eight are shown
        image = image.point(lambda light: light / 256).convert("L")
    is_solid = image.mode in ("RGB", "L", "CMYK", "YCbCr")
    image = image if is_solid else image.convert("RGBA")
    image.thumbnail((LONGEST_SIDE, LONGEST_SIDE), Image.Resampling.LANCZOS)
    plain = Image.new("RGB", image.size, "white")
    plain.paste(image.convert("RGB"), mask=None if is_solid else image)
    return plain


def _written(plain: Image.Image) -> Picture:
    drawn, photographed = io.BytesIO(), io.BytesIO()
    plain.save(drawn, "PNG", optimize=True)
    plain.save(photographed, "JPEG", quality=QUALITY, optimize=True, progressive=True)
    sharp = drawn.tell() <= max(SHARP_UP_TO, photographed.tell())
    found, kind = (drawn, "image/png") if sharp else (photographed, "image/jpeg")
    return Picture(found.getvalue(), kind, plain.width, plain.height)


def _bound() -> None:
    """What the system lets this program take, where it knows such bounds."""
    try:
        import resource
    except ImportError:
        return
    for kind, most in ((resource.RLIMIT_AS, MEMORY), (resource.RLIMIT_CPU, SECONDS), (resource.RLIMIT_CORE, 0)):
        with contextlib.suppress(ValueError, OSError):
            resource.setrlimit(kind, (most, most))


def main() -> None:
    """One picture."""
    _bound()
    try:
        made = made_anew(sys.stdin.buffer.read())
    except (Unfit, MemoryError) as error:
        answer: dict[str, object] = {"unfit": str(error) or "too_many_dots"}
        content = b""
    else:
        answer = {"type": made.type, "width": made.width, "height": made.height}
        content = made.content
    sys.stdout.buffer.write(json.dumps(answer).encode() + b"\n" + content)


if __name__ == "__main__":
    main()
