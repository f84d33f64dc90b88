"""Make the README's pictures anew, from the demo as a newcomer sees it: `make pictures`.

    python scripts/pictures.py [--only en|zh] [--figures] [--chromium PATH]

Starts `python -m bot demo` on a free port with data of its own, lets the story play, and takes each picture at the
moment a person would look at. Needs Chromium: Playwright's own (`python -m playwright install chromium`) or the
system's.
"""

import argparse
import contextlib
import io
import json
import re
import shutil
import signal
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Literal

from PIL import Image
from playwright.sync_api import Browser, Page, sync_playwright

ROOT = Path(__file__).parent.parent
PICTURES = ROOT / "docs" / "pictures"
FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
         "--disable-component-update", "--disable-sync"]  # fmt: skip
PATIENCE = 90.0
SPEED, FAST = 1.0, 25.0
# What must be on the screen before a picture is taken: calm, and nothing that means something only to who plays.
STYLE = """
    .status, .phone-label .round { visibility: hidden; }
    .stage-controls, .toast, .jump-down { display: none !important; }
    body { background: var(--page); }
    .frame { box-shadow: none !important; } .is-story .phone { opacity: 1 !important; }
"""
PHONES_ONLY = ".topbar, .status, .phone-tabs { display: none; }"
ONE_PHONE = PHONES_ONLY + ".stage { display: none; }"
TWO_PHONES = (
    PHONES_ONLY
    + """
    .pointed .bubble { outline: 3px solid var(--accent); }
    .stage { height: 84px; } .caption { max-width: none; text-align: center; } .caption-text { font-size: 20px; }
"""
)
MARGIN = 18
CHARTS = 3
"""So many are on the page of a year."""
LARGEST_MOVING = 1_500_000
Json = dict[str, Any]


@dataclass(frozen=True)
class Moment:
    """A point of the story: when these words are in that chat. `shots` are taken, then the story goes on.

    `last`: how long the moment stands in the moving picture, in milliseconds; 0 leaves it out.
    """

    chat: str
    words: str
    last: int = 0
    shots: tuple[str, ...] = field(default=())
    card: str | None = None
    """The staff card to have in view, by its words; else the newest messages are."""


MOMENTS = (
    Moment("Mei", r"NOT SENT YET[^$]*1 photo|还没有发送[^$]*1张照片", 2500, ("resident",)),
    Moment("Staff", r"· TAKEN[^$]*stairwell of building 3|· 已认领[^$]*楼道的灯", 2500, ("staff",), "· TAKEN|· 已认领"),
    Moment("Mei", r"Is it fixed\?|解决了吗", 3500, ("demo",), "· RESOLVED|· 已处理"),
    Moment("Staff", r"· REOPENED|· 重新办理", 4500, (), "· REOPENED|· 重新办理"),
    Moment("Staff", "flickers|一闪一闪", 3500),
    Moment("Mei", "old switch|旧开关", 3000, (), "· RESOLVED|· 已处理"),
    Moment("Staff", r"· CLOSED[^$]*stairwell of building 3|· 已办结[^$]*楼道的灯", 4500, (), "· CLOSED|· 已办结"),
)


# The board of promises: name, what is asked for, width and height, screen or print. A3 is so many pixels wide.
BOARDS: tuple[tuple[str, str, tuple[int, int], Literal["screen", "print"]], ...] = (
    ("board", "", (1120, 760), "screen"),
    ("board-phone", "", (360, 720), "screen"),
    ("board-hall", "screen=1&", (1280, 720), "screen"),
    ("board-a3", "print=1&", (1497, 560), "print"),
)


class Demo:
    """A running demo: its address, and what a script may ask of it. People and groups go by the scene's names."""

    def __init__(self, address: str, board: str, language: str) -> None:
        self.address = address
        self.board = board
        self.language = "zh-hans" if language == "zh" else "en"
        scene = json.loads((ROOT / "demo/scene.json").read_text("utf-8"))
        shown = {each["name"]: each.get("first_name", each.get("title")) for each in scene["people"] + scene["groups"]}
        self._shown = {name: given[self.language] for name, given in shown.items()}

    def get(self, path: str) -> Json:
        """Ask the people API."""
        with urllib.request.urlopen(f"{self.address}/api/{path}") as response:
            answer: Json = json.load(response)
            return answer

    def post(self, path: str, **body: Any) -> None:
        """Do something over the people API."""
        data = json.dumps(body).encode()
        request = urllib.request.Request(
            f"{self.address}/api/{path}", data, {"Content-Type": "application/json"}, method="POST"
        )
        urllib.request.urlopen(request).close()

    def person(self, name: str) -> int:
        """Somebody's id."""
        people = self.get("state")["people"]
        return next(int(each["id"]) for each in people if each["first_name"] == self._shown[name])

    def newest(self, chat: str, words: str) -> Json | None:
        """The newest message of a chat that says so; `chat` is a person's name (their private chat) or a group's."""
        for each in self.get("state")["chats"]:
            if each.get("title", each.get("first_name")) == self._shown[chat]:
                for message in reversed(each["messages"]):
                    if re.search(words, message.get("text") or message.get("caption") or ""):
                        found: Json = message
                        return found
        return None

    def play_to_its_end(self, story: str) -> None:
        """Play one of the demo's stories, as fast as the bot is."""
        title = json.loads((ROOT / f"demo/story_{story}.json").read_text("utf-8"))["title"]
        number = self.get("state")["story"]["titles"].index(title)
        self.post("story/start", story=number, speed=FAST, language=self.language)
        deadline = time.monotonic() + PATIENCE
        while (told := self.get("state")["story"])["state"] == "playing" and time.monotonic() < deadline:
            time.sleep(0.1)
        if told["state"] != "done":
            raise SystemExit(f"A story did not come to its end: {told}")

    def wait(self, chat: str, words: str) -> Json:
        """Wait until a chat has a message that says so."""
        deadline = time.monotonic() + PATIENCE
        while time.monotonic() < deadline:
            found = self.newest(chat, words)
            if found is not None:
                return found
            time.sleep(0.1)
        raise SystemExit(f"Waited in vain for {words!r} in {chat}. The story: {self.get('state')['story']}")


@contextlib.contextmanager
def running_demo(language: str, dataset: str | None = None) -> Iterator[Demo]:
    """Start the demo with data of its own, and that past; end it with the block."""
    folder = Path(tempfile.mkdtemp(prefix="resident-voices-"))
    command = [sys.executable, "-m", "bot", "demo", "--port", "0", "--language", language, "--data-dir", str(folder)]
    command += ["--dataset", dataset] if dataset else []
    process = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True)
    try:
        assert process.stdout is not None
        for line in process.stdout:
            sys.stdout.write(line)
            found = re.match(r"Open\s+(http\S+)", line)
            if found:
                board = re.search(r"http\S+", process.stdout.readline())
                assert board is not None
                yield Demo(found.group(1).rstrip("/"), board.group(), language)
                break
        else:
            raise SystemExit("The demo ended before it had begun.")
    finally:
        if process.poll() is not None and process.stdout is not None:
            sys.stdout.write(process.stdout.read())
            sys.stdout.write("".join((folder / "bot.log").read_text("utf-8").splitlines(keepends=True)[-8:]))
        process.send_signal(signal.SIGTERM)
        process.wait(15)
        shutil.rmtree(folder, ignore_errors=True)


def phones(page: Page, demo: Demo, *names: str) -> None:
    """Leave only these people's phones on the page."""
    page.evaluate(
        """keep => document.querySelectorAll('.phone').forEach(phone => {
            if (!keep.includes(Number(phone.dataset.person))) phone.style.display = 'none';
        })""",
        [demo.person(name) for name in names],
    )


def show(page: Page, person: str, demo: Demo, message: Json | None) -> None:
    """Bring a message to the top of a phone and point at it; without one, its newest messages into view."""
    page.evaluate(
        """([person, message]) => {
            const list = document.querySelector(`.phone[data-person="${person}"] .messages`);
            const target = message && list.querySelector(`[data-id="${message}"]`);
            list.querySelectorAll(".pointed").forEach(one => one.classList.remove("pointed"));
            if (target) target.classList.add("pointed");
            if (target) list.scrollTop += target.getBoundingClientRect().top - list.getBoundingClientRect().top - 8;
            else list.scrollTop = list.scrollHeight;
        }""",
        [demo.person(person), message and message["message_id"]],
    )


def open_page(
    browser: Browser, demo: Demo, language: str, width: int, height: int, scale: float, style: str = ""
) -> Page:
    """The demo's page, as wide and high as that."""
    context = browser.new_context(
        viewport={"width": width, "height": height}, device_scale_factor=scale, bypass_csp=True, color_scheme="light",
        locale="zh-CN" if language == "zh" else "en-GB", timezone_id="Asia/Shanghai", reduced_motion="reduce",
    )  # fmt: skip
    page = context.new_page()
    page.goto(demo.address)
    page.wait_for_selector(".phone")
    page.add_style_tag(content=STYLE + style)
    return page


def save(name: str, png: bytes) -> None:
    """Keep a picture, with as many colours as the eye tells apart."""
    image = Image.open(io.BytesIO(png)).convert("RGB")
    path = PICTURES / f"{name}.png"
    image.quantize(256, method=Image.Quantize.MAXCOVERAGE, dither=Image.Dither.NONE).save(path, optimize=True)
    sys.stdout.write(f"{path.relative_to(ROOT)}: {path.stat().st_size // 1000} kB\n")


def framed(page: Page) -> bytes:
    """The one phone of a page, with a little air around it."""
    box = page.locator(".phone:visible .frame").bounding_box()
    assert box is not None
    return page.screenshot(
        clip={
            "x": box["x"] - MARGIN,
            "y": box["y"] - MARGIN,
            "width": box["width"] + 2 * MARGIN,
            "height": box["height"] + 2 * MARGIN,
        }
    )


def play(browser: Browser, demo: Demo, language: str) -> list[tuple[bytes, int]]:
    """Play the story and take all pictures of one language; returns the frames of the moving one."""
    whole = open_page(browser, demo, language, 1360, 900, 1.25)
    pair = open_page(browser, demo, language, 832, 700, 1, TWO_PHONES)
    alone = {
        "resident": open_page(browser, demo, language, 440, 860, 1.25, ONE_PHONE),
        "staff": open_page(browser, demo, language, 440, 880, 1.25, ONE_PHONE),
    }
    for page, names in ((pair, ("Mei", "Wei")), (alone["resident"], ("Mei",)), (alone["staff"], ("Wei",))):
        phones(page, demo, *names)
    # The big buttons are folded away, as one does who reads.
    pair.evaluate("document.querySelectorAll('.phone [aria-expanded=true]').forEach(button => button.click())")
    frames: list[tuple[bytes, int]] = []
    demo.post("story/start", speed=SPEED, language=demo.language)
    for moment in MOMENTS:
        demo.wait(moment.chat, moment.words)
        demo.post("story/pause")
        card = demo.newest("Staff", moment.card) if moment.card else None
        for page in (whole, pair, *alone.values()):
            page.wait_for_timeout(500)
            show(page, "Mei", demo, None)
            show(page, "Wei", demo, card)
            page.wait_for_timeout(200)
        if moment.last:
            frames.append((pair.screenshot(), moment.last))
        for shot in moment.shots:
            save(f"{shot}-{language}", framed(alone[shot]) if shot in alone else whole.screenshot())
        demo.post("story/resume", speed=SPEED)
    return frames


def board(browser: Browser, demo: Demo, language: str) -> None:
    """The board of promises: on a desk, on a phone, in the hall, and as it comes out on paper."""
    spoken = f"lang={'zh-Hans' if language == 'zh' else 'en'}"
    for name, query, size, medium in BOARDS:
        page = browser.new_page(viewport={"width": size[0], "height": size[1]})
        page.emulate_media(media=medium)
        page.goto(f"{demo.board}?{query}{spoken}")
        save(f"{name}-{language}", page.screenshot())
        page.close()


def project(browser: Browser, demo: Demo, language: str) -> None:
    """The public page of the project that the demo's story leads to its end."""
    demo.play_to_its_end("project")
    page = browser.new_page(viewport={"width": 900, "height": 560})
    page.goto(f"{demo.board.replace('/board', '/projects/1')}?lang={'zh-Hans' if language == 'zh' else 'en'}")
    save(f"project-{language}", page.screenshot())
    page.close()


def figures(browser: Browser, demo: Demo, language: str) -> None:
    """The public figures of the district's year, with their charts: on a desk and on a phone."""
    address = f"{demo.board.replace('/board', '/figures')}?period=2023&lang={'zh-Hans' if language == 'zh' else 'en'}"
    for name, (width, height) in (("figures", (1120, 860)), ("figures-phone", (360, 720))):
        page = browser.new_page(viewport={"width": width, "height": height})
        deadline = time.monotonic() + PATIENCE
        while page.goto(address) is None or page.locator("img.chart").count() < CHARTS:
            if time.monotonic() > deadline:
                raise SystemExit(f"Waited in vain for the charts of {address}")
            page.wait_for_timeout(1000)
        page.wait_for_load_state("networkidle")
        save(f"{name}-{language}", page.screenshot())
        page.close()


def moving(frames: list[tuple[bytes, int]]) -> None:
    """Put the frames together."""
    images = [Image.open(io.BytesIO(png)).convert("RGB") for png, _ in frames]
    width, height = images[0].size
    together = Image.new("RGB", (width, height * len(images)))
    for place, image in enumerate(images):
        together.paste(image, (0, place * height))
    # One palette for all: with one for each, the wall would change its colour from frame to frame.
    palette = together.quantize(256, method=Image.Quantize.MAXCOVERAGE)
    images = [image.quantize(palette=palette, dither=Image.Dither.NONE) for image in images]
    path = PICTURES / "reopened.gif"
    images[0].save(
        path, save_all=True, append_images=images[1:], duration=[last for _, last in frames], loop=0, optimize=True
    )
    sys.stdout.write(f"{path.relative_to(ROOT)}: {path.stat().st_size // 1000} kB, {len(frames)} frames\n")
    if path.stat().st_size > LARGEST_MOVING:
        raise SystemExit("The moving picture is too large for a README.")


def main() -> None:
    """Make them all."""
    parser = argparse.ArgumentParser(description="Make the README's pictures anew.")
    parser.add_argument("--only", choices=("en", "zh"), help="the pictures of one language only")
    parser.add_argument("--figures", action="store_true", help="the pictures of the public figures only")
    parser.add_argument("--chromium", default=shutil.which("chromium"), help="which Chromium to use")
    given = parser.parse_args()
    PICTURES.mkdir(parents=True, exist_ok=True)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=given.chromium, args=FLAGS)
        for language in [given.only] if given.only else ["en", "zh"]:
            with running_demo(language, "district") as demo:
                figures(browser, demo, language)
            if given.figures:
                continue
            with running_demo(language) as demo:
                board(browser, demo, language)
                frames = play(browser, demo, language)
                project(browser, demo, language)
            if language == "en":
                moving(frames)
        browser.close()


if __name__ == "__main__":
    main()
