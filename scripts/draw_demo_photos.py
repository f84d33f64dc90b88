"""Draw the demo's "photographs": plain pictures of our own, so that nobody's home is shown.

python scripts/draw_demo_photos.py
"""

import random
from pathlib import Path

from PIL import Image, ImageDraw, ImageFilter

FILES = Path(__file__).parent.parent / "demo" / "files"
SIZE = (960, 720)
Color = tuple[int, int, int]


def canvas(top: Color, bottom: Color) -> tuple[Image.Image, ImageDraw.ImageDraw]:
    """A picture that runs from one color to another, downwards."""
    image = Image.new("RGB", SIZE)
    draw = ImageDraw.Draw(image)
    for y in range(SIZE[1]):
        part = y / SIZE[1]
        draw.line(
            [(0, y), (SIZE[0], y)], fill=tuple(round(a + (b - a) * part) for a, b in zip(top, bottom, strict=True))
        )
    return image, draw


def stairwell(lit: bool) -> Image.Image:
    """A stairwell with a lamp that is out, or new."""
    wall, floor = ((196, 190, 172), (150, 142, 124)) if lit else ((52, 54, 62), (26, 27, 32))
    image, draw = canvas(wall, floor)
    for step in range(7):
        shade = tuple(max(0, value - 14 * step) for value in ((168, 158, 138) if lit else (58, 58, 64)))
        left, top = 120 + step * 70, 640 - step * 62
        draw.polygon([(left, top), (left + 420, top), (left + 390, top + 62), (left - 30, top + 62)], fill=shade)
        draw.line([(left, top), (left + 420, top)], fill=(230, 222, 200) if lit else (80, 80, 88), width=4)
    draw.line([(140, 560), (640, 130)], fill=(120, 84, 54) if lit else (60, 46, 36), width=14)
    draw.rectangle([690, 250, 850, 600], fill=(120, 92, 66) if lit else (40, 34, 30))
    draw.ellipse([822, 420, 838, 436], fill=(220, 200, 120))
    draw.rectangle([468, 0, 492, 60], fill=(90, 90, 90))
    draw.ellipse([430, 55, 530, 115], fill=(255, 246, 196) if lit else (74, 76, 82))
    if lit:
        glow = Image.new("RGB", SIZE)
        ImageDraw.Draw(glow).ellipse([180, -180, 780, 420], fill=(120, 104, 50))
        image = Image.blend(
            image, Image.composite(Image.new("RGB", SIZE, (255, 240, 190)), image, glow.convert("L")), 0.35
        )
    return image.filter(ImageFilter.GaussianBlur(0.8 if lit else 1.6))


def stalls() -> Image.Image:
    """Market stalls before a gate."""
    image, draw = canvas((150, 190, 222), (206, 200, 186))
    draw.rectangle([0, 430, 960, 720], fill=(158, 152, 144))
    draw.rectangle([180, 120, 240, 460], fill=(152, 74, 56))
    draw.rectangle([720, 120, 780, 460], fill=(152, 74, 56))
    draw.polygon([(140, 130), (480, 50), (820, 130), (820, 160), (140, 160)], fill=(112, 52, 44))
    for place, color in ((60, (214, 76, 66)), (360, (66, 134, 180)), (640, (230, 166, 54))):
        for stripe in range(6):
            shade = color if stripe % 2 == 0 else (244, 240, 232)
            draw.polygon(
                [(place + stripe * 44, 350), (place + 44 + stripe * 44, 350), (place + 52 + stripe * 44, 410),
                 (place + 8 + stripe * 44, 410)], fill=shade,
            )  # fmt: skip
        draw.rectangle([place + 14, 500, place + 260, 600], fill=(120, 86, 58))
        for fruit in range(9):
            x, y = place + 24 + fruit * 26, 482 + (fruit % 2) * 10
            draw.ellipse([x, y, x + 24, y + 24], fill=((220, 90, 60), (120, 170, 70), (236, 190, 70))[fruit % 3])
        draw.line([(place + 16, 405), (place + 16, 600)], fill=(90, 90, 90), width=5)
        draw.line([(place + 258, 405), (place + 258, 600)], fill=(90, 90, 90), width=5)
    return image.filter(ImageFilter.GaussianBlur(0.7))


def pavement() -> Image.Image:
    """A pavement that has sunk."""
    image, draw = canvas((170, 170, 166), (128, 126, 120))
    dice = random.Random(3)
    for row in range(9):
        for column in range(9):
            x, y = column * 120 - (row % 2) * 60, row * 82
            grey = 150 + dice.randint(-12, 12)
            draw.rectangle([x + 3, y + 3, x + 115, y + 77], fill=(grey, grey - 4, grey - 12))
    draw.polygon([(300, 250), (620, 220), (720, 430), (480, 540), (260, 430)], fill=(74, 68, 60))
    draw.polygon([(350, 290), (600, 265), (660, 410), (480, 480), (320, 410)], fill=(54, 74, 92))
    draw.line([(240, 190), (300, 250), (220, 340)], fill=(60, 56, 50), width=6)
    draw.line([(720, 430), (800, 470), (860, 440)], fill=(60, 56, 50), width=6)
    return image.filter(ImageFilter.GaussianBlur(0.9))


def main() -> None:
    """Write all of them."""
    FILES.mkdir(parents=True, exist_ok=True)
    pictures = {
        "stairwell-dark.jpg": stairwell(lit=False),
        "stairwell-lit.jpg": stairwell(lit=True),
        "stalls.jpg": stalls(),
        "pavement.jpg": pavement(),
    }
    for name, picture in pictures.items():
        picture.save(FILES / name, quality=78)


if __name__ == "__main__":
    main()
