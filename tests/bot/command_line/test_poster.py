"""`python -m bot poster`."""

from pathlib import Path

import pytest
from typer.testing import CliRunner

from bot.__main__ import app
from sandbox.testing import TOKEN, running_sandbox
from tests.paper.test_posters import chinese, words_of


def poster(folder: Path, *options: str) -> tuple[int, str]:
    run = CliRunner().invoke(app, ["poster", "--out", str(folder), *options])
    return run.exit_code, run.output


@pytest.fixture(autouse=True)
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("BOT_TOKEN", TOKEN)
    monkeypatch.setenv("BOT_API_URL", "http://127.0.0.1:9")


@chinese
def test_named_areas_in_one_language_and_form(tmp_path: Path) -> None:
    code, said = poster(tmp_path / "out", "--bot", "@maple_bot", "--area", "b3", "--area", "market",
                        "--language", "zh-Hans", "--format", "pdf")  # fmt: skip
    assert code == 0, said
    assert sorted(path.name for path in (tmp_path / "out").iterdir()) == ["poster-b3.pdf", "poster-market.pdf"]
    text = words_of(tmp_path / "out/poster-b3.pdf")
    assert "北区3号楼" in text and "North side" not in text and "t.me/maple_bot?start=a-b3" in text


@chinese
def test_every_area_and_the_whole_community(tmp_path: Path) -> None:
    code, said = poster(tmp_path, "--bot", "maple_bot", "--format", "pdf")
    assert code == 0, said
    assert len(list(tmp_path.glob("poster-*.pdf"))) == 22 and (tmp_path / "poster.pdf").is_file()
    assert len(said.split()) == 23


def test_what_is_wrong_is_said_with_its_mend(tmp_path: Path) -> None:
    for options, words in (
        (("--bot", "b", "--area", "nowhere"), "there is no such area. There are: north,"),
        (("--bot", "b", "--language", "fr"), "there are no texts in it. There are: en, zh_Hans."),
        (("--area", "b3"), "Say it yourself: --bot followed by its username."),
    ):
        code, said = poster(tmp_path, *options)
        assert code == 2 and words in said, said
    (tmp_path / "file").write_text("")
    code, said = poster(tmp_path / "file", "--bot", "b", "--area", "b3", "--language", "en")
    assert code == 2 and "Name another folder with --out." in said
    assert poster(tmp_path, "--format", "jpg")[0] == 2


async def test_telegram_says_what_the_bot_is_called(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    import asyncio

    async with running_sandbox() as world:
        monkeypatch.setenv("BOT_API_URL", world.url)
        options = ("--area", "b3", "--language", "en", "--format", "pdf")
        code, said = await asyncio.to_thread(poster, tmp_path, *options)
    assert code == 0, said
    assert "t.me/resident_voices_bot?start=a-b3" in words_of(tmp_path / "poster-b3.pdf")
