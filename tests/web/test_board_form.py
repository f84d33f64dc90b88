"""The form of the pages: sound HTML, names for what is operated, colours everybody can read."""

import re
from collections import Counter
from html.parser import HTMLParser
from pathlib import Path

import pytest

from tests.web import promises, public_projects
from tests.web.conftest import Hall

STYLE = Path(__file__).parents[2] / "web" / "static" / "board.css"
EMPTY = {"meta", "link", "img", "input", "br"}
INLINE_ONLY = {"p", "h1", "h2", "span", "b", "strong", "a", "label", "bdi", "option", "button", "title", "summary"}
BLOCKS = {"p", "div", "ul", "ol", "li", "dl", "h1", "h2", "article", "header", "main", "footer", "nav", "form"}
BLOCKS |= {"blockquote", "table", "section", "details"}
PARENTS = {"li": {"ul", "ol"}, "dt": {"div", "dl"}, "dd": {"div", "dl"}, "option": {"select"}, "summary": {"details"}}


class Sound(HTMLParser):
    """Reads a page as strictly as its writer should have been; `wrong` says what is not sound."""

    def __init__(self, text: str) -> None:
        super().__init__(convert_charrefs=True)
        self.open: list[str] = []
        self.wrong: list[str] = []
        self.ids: Counter[str] = Counter()
        self.refers: list[str] = []
        self.tags: Counter[str] = Counter()
        self.headings: list[int] = []
        self.feed(text)
        self.close()
        self.wrong += [f"left open: {tag}" for tag in self.open]
        self.wrong += [f"twice: #{name}" for name, count in self.ids.items() if count > 1]
        self.wrong += [f"leads nowhere: #{name}" for name in self.refers if name not in self.ids]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = dict(attrs)
        self.tags[tag] += 1
        if len(values) < len(attrs):
            self.wrong.append(f"an attribute twice: {tag}")
        if any(value is None for name, value in attrs if name not in ("selected", "open")):
            self.wrong.append(f"an attribute of nothing: {tag} {attrs}")
        if tag in BLOCKS and (inside := INLINE_ONLY & set(self.open)):
            self.wrong.append(f"{tag} inside {inside}")
        if tag == "a" and "a" in self.open:
            self.wrong.append("a link in a link")
        if tag in PARENTS and (not self.open or self.open[-1] not in PARENTS[tag]):
            self.wrong.append(f"{tag} in {self.open[-1:]}")
        if self.open and self.open[-1] in ("ul", "ol") and tag != "li":
            self.wrong.append(f"{tag} in a list")
        if tag == "img" and not values.get("alt"):
            self.wrong.append("a picture without words")
        if tag in ("select", "progress"):
            self.refers.append(values["id"] or "?")
        if tag == "label":
            self.refers.append(values["for"] or "?")
        if tag == "a" and (values["href"] or "").startswith("#"):
            self.refers.append((values["href"] or "")[1:])
        if values.get("id"):
            self.ids[str(values["id"])] += 1
        if re.fullmatch("h[1-6]", tag):
            self.headings.append(int(tag[1]))
        if any(name.startswith("on") or name == "style" for name in values):
            self.wrong.append(f"the policy would refuse: {attrs}")
        if tag not in EMPTY:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        if not self.open or self.open[-1] != tag:
            self.wrong.append(f"</{tag}> closes {self.open[-1:]}")
        else:
            self.open.pop()


def test_the_reader_itself_finds_what_is_unsound() -> None:
    for text in (
        "<p><div></div></p>",
        "<ul><p></p></ul>",
        "<p>",
        "<b></i>",
        '<i id="a"></i><i id="a"></i>',
        '<img src="x">',
    ):
        assert Sound(text).wrong, text


@pytest.fixture
async def full(hall: Hall) -> Hall:
    """A board with one of everything."""
    community = hall.setup.community
    await hall.lively_projects()
    for plan in (promises.WEEKEND, promises.EVERY_DAY, promises.COUPLETS, promises.ON_CALL, promises.ONCE):
        await hall.promise("A promise", plan, areas=("b3", "south"), name=True, photos=True)
    for _ in range(22):
        await hall.run(
            lambda tx: promises.promise(tx, community, promises.pledger(tx, "N"), hall.wei, "Another", promises.ON_CALL)
        )
    hall.clock.advance(days=9)
    for _ in range(6):
        await hall.run(lambda tx: promises.keep(tx, hall.bo, 2))
    await hall.run(lambda tx: promises.count(tx, hall.bo, 3, 5))
    checkin = await hall.run(lambda tx: promises.say(tx, hall.bo, 3, "With a photo", "file", released_by=hall.wei))
    hall.puts(3, checkin, "file")
    for _ in range(12):
        await hall.run(lambda tx: public_projects.project(tx, community, hall.wei))
    return hall


@pytest.mark.parametrize("language", ["en", "zh-Hans"])
@pytest.mark.parametrize(
    ("path", "status"),
    [("/board", 200), ("/board?kind=quota", 200), ("/board?state=ended", 200), ("/board?screen=1", 200),
     ("/board?print=1", 200), ("/board/3", 200), ("/board?kind=x", 400), ("/nowhere", 404), ("/projects", 200),
     ("/projects/1", 200), ("/projects/2", 200), ("/projects?page=2", 200), ("/projects?page=x", 400),
     ("/projects/99", 404)],
)  # fmt: skip
async def test_every_page_is_sound(full: Hall, path: str, status: int, language: str) -> None:
    found, page = await full.get(f"{path}{'&' if '?' in path else '?'}lang={language}")
    assert found == status and page.startswith("<!DOCTYPE html>")
    sound = Sound(page)
    assert sound.wrong == []
    assert sound.tags["main"] == sound.tags["h1"] == sound.tags["title"] == 1
    assert all(later <= earlier + 1 for earlier, later in zip(sound.headings, sound.headings[1:], strict=False))


def colours() -> dict[str, str]:
    """The palette, by name."""
    return dict(re.findall(r"--([a-z-]+): (#[0-9a-f]{6});", STYLE.read_text("utf-8")))


def contrast(one: str, other: str) -> float:
    """As WCAG reckons it."""

    def light(colour: str) -> float:
        parts = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
        linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
        return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]

    lights = sorted((light(one), light(other)))
    return (lights[1] + 0.05) / (lights[0] + 0.05)


@pytest.mark.parametrize(
    ("text", "ground", "least"),
    [("ink", "sheet", 7), ("ink", "ground", 7), ("ink", "band", 4.5), ("soft", "sheet", 4.5), ("soft", "ground", 4.5),
     ("link", "sheet", 4.5), ("link", "ground", 4.5), ("link", "band", 4.5), ("deep", "sheet", 4.5),
     ("deep", "band", 4.5),
     ("on-deep", "deep", 4.5), ("on-kept", "kept", 4.5), ("on-not-kept", "not-kept", 4.5), ("paused", "on-paused", 4.5),
     ("edge", "sheet", 3), ("edge", "ground", 3), ("kept", "sheet", 3)],
)  # fmt: skip
def test_contrast(text: str, ground: str, least: float) -> None:
    palette = colours()
    assert contrast(palette[text], palette[ground]) >= least


def test_no_colour_is_used_that_is_not_in_the_palette() -> None:
    rules = STYLE.read_text("utf-8").partition("}")[2]
    assert set(re.findall(r"#[0-9a-fA-F]{3,8}\b", rules)) <= {"#ffffff"}
    assert set(re.findall(r"var\(--([a-z-]+)\)", rules)) == set(colours())
