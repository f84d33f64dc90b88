"""Draw the plan of the demo's neighbourhood: a plain drawing of our own. demo/plan.toml says where its areas are.

python scripts/draw_demo_plan.py
"""

from pathlib import Path

from PIL import Image, ImageDraw, ImageFont

FILE = Path(__file__).parent.parent / "demo" / "files" / "plan.png"
SIZE = (1600, 1200)
TWICE = 2
"""Drawn so much larger and then made smaller: edges are smooth."""
Color = tuple[int, int, int]
LAWN, ROAD, PATH, WALL = (226, 236, 212), (214, 212, 206), (244, 240, 230), (150, 140, 126)
HOUSE, ROOF, INK, LEAF, WATER = (222, 196, 172), (196, 158, 128), (62, 70, 74), (150, 184, 132), (178, 212, 226)


class Sheet:
    """A drawing in dots of the finished picture."""

    def __init__(self) -> None:
        self.image = Image.new("RGB", (SIZE[0] * TWICE, SIZE[1] * TWICE), LAWN)
        self._draw = ImageDraw.Draw(self.image)

    def box(self, left: int, top: int, right: int, bottom: int, fill: Color, round_: int = 0) -> None:
        """A rectangle, with round corners if wanted."""
        self._draw.rounded_rectangle([each * TWICE for each in (left, top, right, bottom)], round_ * TWICE, fill)

    def disc(self, x: int, y: int, radius: int, fill: Color) -> None:
        """A disc."""
        self._draw.ellipse([each * TWICE for each in (x - radius, y - radius, x + radius, y + radius)], fill)

    def line(self, points: list[tuple[int, int]], fill: Color, width: int) -> None:
        """A line with round bends."""
        self._draw.line([(x * TWICE, y * TWICE) for x, y in points], fill, width * TWICE, joint="curve")

    def number(self, x: int, y: int, text: str, size: int = 44) -> None:
        """Digits, in the middle of that point."""
        font = ImageFont.load_default(size * TWICE)
        self._draw.text((x * TWICE, y * TWICE), text, INK, font, anchor="mm")


def house(sheet: Sheet, number: str, x: int, y: int, stairwells: int) -> None:
    """A long building with so many stairwells, and its number; `x` and `y` are its middle."""
    half = 65 * stairwells
    sheet.box(x - half, y - 55, x + half, y + 55, HOUSE, 6)
    sheet.box(x - half, y - 55, x + half, y - 12, ROOF, 6)
    for place in range(stairwells):
        middle = x - half + 65 + 130 * place
        sheet.box(middle - 13, y + 30, middle + 13, y + 62, INK, 3)
    sheet.number(x, y + 8, number)


def trees(sheet: Sheet, places: list[tuple[int, int]]) -> None:
    """Trees from above."""
    for place, (x, y) in enumerate(places):
        sheet.disc(x, y, 24 + place % 3 * 4, LEAF)


def main() -> None:
    """Draw it."""
    sheet = Sheet()
    sheet.box(0, 0, 1600, 150, ROAD)  # the street of the night market
    for place in range(9):
        sheet.box(
            300 + 130 * place,
            28,
            390 + 130 * place,
            72,
            ((222, 132, 110), (120, 164, 190), (232, 196, 120))[place % 3],
            4,
        )
    sheet.line([(90, 210), (90, 1130), (1510, 1130), (1510, 210)], WALL, 10)
    sheet.line([(85, 210), (690, 210)], WALL, 10)
    sheet.line([(830, 210), (1515, 210)], WALL, 10)
    sheet.line([(760, 150), (760, 640)], PATH, 56)
    sheet.line([(200, 480), (1400, 480)], PATH, 34)
    sheet.line([(760, 800), (760, 1040), (300, 1040)], PATH, 34)
    sheet.line([(760, 1040), (1200, 1040)], PATH, 34)
    sheet.line([(980, 720), (1240, 720)], PATH, 34)
    sheet.box(668, 196, 712, 240, WALL, 4)  # the north gate
    sheet.box(808, 196, 852, 240, WALL, 4)
    house(sheet, "1", 360, 370, 2)
    house(sheet, "2", 1160, 370, 2)
    house(sheet, "3", 420, 610, 3)
    house(sheet, "4", 340, 930, 2)
    house(sheet, "5", 1120, 930, 2)
    sheet.box(540, 640, 980, 820, (206, 224, 184), 90)  # the garden, with a pond and a playground
    sheet.disc(660, 730, 52, WATER)
    sheet.disc(700, 748, 40, WATER)
    sheet.box(820, 690, 920, 780, (238, 216, 160), 14)
    sheet.line([(838, 770), (838, 705), (902, 770)], INK, 6)
    sheet.box(1240, 620, 1450, 820, ROAD, 10)  # the car park
    for place in range(5):
        sheet.line([(1262 + 42 * place, 636), (1262 + 42 * place, 704)], (250, 250, 250), 5)
        sheet.line([(1262 + 42 * place, 738), (1262 + 42 * place, 806)], (250, 250, 250), 5)
    trees(sheet, [(150, 280), (150, 540), (170, 800), (560, 300), (600, 560), (940, 300), (960, 560), (1440, 290)])
    trees(
        sheet, [(1430, 540), (560, 900), (640, 1080), (880, 1090), (900, 900), (1420, 930), (1400, 1080), (160, 1080)]
    )
    trees(sheet, [(580, 690), (590, 780), (950, 680), (760, 660), (770, 800)])
    sheet.line([(1530, 260), (1530, 180)], INK, 6)  # north is up
    sheet.line([(1512, 206), (1530, 176), (1548, 206)], INK, 6)
    smaller = sheet.image.resize(SIZE, Image.Resampling.LANCZOS)
    smaller.quantize(64).save(FILE, optimize=True)


if __name__ == "__main__":
    main()
