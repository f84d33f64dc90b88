"""Nobody else on the machine reads what people wrote, and no program we start is told our secrets."""

import asyncio
import json
import os
import stat
import sys
from pathlib import Path

import pytest

from bot.application import running
from bot.background import exporter, printer, programs
from bot.background.transcriber import Transcriber
from bot.command_line.backup_and_restore import backup_now
from bot.command_line.check import check
from bot.kit.private_files import child_environment
from bot.kit.settings import Settings
from demo.process import process
from sandbox.testing import TOKEN, running_sandbox

SECRETS = {
    "BOT_TOKEN": TOKEN, "WEBHOOK_SECRET": "s3cret", "PROXY_URL": "http://u:p@proxy", "DATABASE_URL": "x",
    "API_KEY": "k", "ADMIN_IDS": "5", "PYTHONPATH": "/nowhere",
}  # fmt: skip
THEIRS = "notes.txt"
SHOW = "import json, os, sys; print(json.dumps({**os.environ, 'ARGV': ' '.join(sys.orig_argv)}))"


def modes(folder: Path) -> dict[str, int]:
    """The modes of all that lies in a folder."""
    return {
        str(path.relative_to(folder)): stat.S_IMODE(path.lstat().st_mode)
        for path in folder.rglob("*")
        if not path.is_symlink()
    }


@pytest.mark.parametrize("umask", [0o022, 0o000])
async def test_all_that_is_made_is_for_this_user_alone(
    tmp_path: Path, umask: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    data = tmp_path / "data"
    before = os.umask(umask)
    try:
        async with running_sandbox(flood_limits=False) as world:
            settings = Settings(bot_token=TOKEN, bot_api_url=world.url, data_dir=data, send_rate=0)
            for _ in range(2):
                async with running(settings) as parts:
                    mei = await world.person("Mei")
                    await mei.starts()
                    await mei.sees("Hello!")
                    (parts.setup.media / "once" / "print-1").mkdir(parents=True, exist_ok=True)
                    (parts.setup.media / "once" / "print-1" / "a.pdf").write_text("x")
                    assert {
                        path: oct(mode) for path, mode in modes(data).items() if mode & 0o077 and path != THEIRS
                    } == {}
                # As another version has left it, or another hand.
                await asyncio.to_thread(_open_up, data)
            assert backup_now(settings)
            made = {path: mode for path, mode in modes(data / "backups").items() if path.startswith("manual")}
            assert made and all(mode == 0o600 for mode in made.values())
            assert modes(data)[THEIRS] == 0o644, "what is not ours is left alone"
            assert os.umask(umask) == umask, "and the caller's own mask is as it was"
    finally:
        os.umask(before)


def _open_up(data: Path) -> None:
    (data / THEIRS).touch()
    for path in data.rglob("*"):
        path.chmod(0o755 if path.is_dir() else 0o644)


@pytest.mark.parametrize(("mode", "told"), [(0o755, True), (0o750, True), (0o701, True), (0o700, False)])
async def test_a_folder_others_may_look_into_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, mode: int, told: bool
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("DATA_DIR", "our data")
    monkeypatch.delenv("BOT_TOKEN", raising=False)
    (tmp_path / "our data").mkdir()
    (tmp_path / "our data").chmod(mode)
    found = [each.sentence for each in await check() if each.mark == "note" and "chmod 700 'our data'" in each.sentence]
    assert len(found) == told
    assert all(f"({mode:o})" in each for each in found)
    assert stat.S_IMODE((tmp_path / "our data").stat().st_mode) == mode, "check changes nothing"


@pytest.mark.parametrize(("mode", "told"), [(0o644, True), (0o640, True), (0o600, False)])
async def test_settings_that_others_may_read_are_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, mode: int, told: bool
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / ".env").write_text("WEB_PORT=0\n")
    (tmp_path / ".env").chmod(mode)
    found = [str(each) for each in await check() if "chmod 600 .env" in each.sentence]
    assert len(found) == told and all(f"({mode:o})" in each for each in found)


@pytest.fixture
def secrets(monkeypatch: pytest.MonkeyPatch) -> None:
    for name, value in SECRETS.items():
        monkeypatch.setenv(name, value)
    monkeypatch.setenv("LC_ALL", "C.UTF-8")


@pytest.mark.usefixtures("secrets")
async def test_no_program_we_start_is_told_our_secrets(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    seen: list[dict[str, str]] = [child_environment()]
    transcriber = object.__new__(Transcriber)
    transcriber._command = [sys.executable, "-c", SHOW]
    transcriber._folder = tmp_path

    class Telegram:
        async def download(self, _file: str) -> bytes:
            return b""

    transcriber._request = Telegram()  # type: ignore[assignment]
    seen.append(json.loads(await transcriber._transcribe("file")))
    (tmp_path / "paper").mkdir()
    (tmp_path / "paper" / "__main__.py").write_text(SHOW)
    monkeypatch.setattr(programs, "ROOT", tmp_path)
    seen.append(await printer.draw({"folder": str(tmp_path / "media")}))
    (tmp_path / "bot" / "exports").mkdir(parents=True)
    (tmp_path / "bot" / "exports" / "__main__.py").write_text(SHOW)
    seen.append(await exporter.make({}))
    async with process(["json.tool", "--help"], {"GIVEN": "yes"}) as started:
        environ = await asyncio.to_thread(Path(f"/proc/{started.pid}/environ").read_bytes)
        seen.append(dict(each.split("=", 1) for each in environ.decode().split("\0") if each))
    for environment in seen:
        assert not SECRETS.keys() & environment.keys()
        assert not any(value in environment.values() for value in SECRETS.values())
        # Nor does it stand where everybody on the machine can read it who lists the processes.
        assert not any(SECRETS[name] in environment.get("ARGV", "") for name in ("BOT_TOKEN", "WEBHOOK_SECRET"))
        assert environment["PATH"] == os.environ["PATH"] and environment["LC_ALL"] == "C.UTF-8"
