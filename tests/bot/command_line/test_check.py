# ruff: noqa: ASYNC240 - small files of a temporary folder
"""`check` on a machine in every sort of state, against a small stand-in that answers as the Bot API does."""

import json
import os
import re
import socket
import sqlite3
from collections.abc import AsyncIterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from aiohttp import web
from aiohttp.test_utils import TestServer
from typer.testing import CliRunner

from bot.__main__ import app
from bot.command_line.check import check
from bot.command_line.check_telegram import RIGHTS
from bot.command_line.findings import ok
from bot.community.community_file import EXAMPLE
from bot.kit.settings import ANONYMOUS_ADMIN, Settings
from storage.core.migrate import migrate, newest
from tests.support import ROOT, free_port

TOKEN = "4242:SANDBOX-TOKEN"
STAFF = -1001234567890
ME = {"id": 4242, "is_bot": True, "first_name": "Voices", "username": "voices_bot", "can_join_groups": True}
GROUP = {"id": STAFF, "type": "supergroup", "title": "Staff", "is_forum": True}
ADMINISTRATOR = {"status": "administrator", "user": ME, **dict.fromkeys(RIGHTS, True)}
PERSON = {"id": 5, "type": "private", "first_name": "Mei"}


def refusal(code: int, words: str, **parameters: Any) -> dict[str, Any]:
    return {"ok": False, "error_code": code, "description": words, **({"parameters": parameters} if parameters else {})}


class Telegram:
    """Answers each method with what stands under its name, or under its name and the chat's id."""

    def __init__(self) -> None:
        self.answers: dict[str, Any] = {
            "getMe": ME,
            "getWebhookInfo": {"url": "", "has_custom_certificate": False, "pending_update_count": 0},
            f"getChat {STAFF}": GROUP,
            f"getChatMember {STAFF}": ADMINISTRATOR,
            "getChat 5": PERSON,
        }

    async def answer(self, request: web.Request) -> web.Response:
        if request.match_info["token"] != f"bot{TOKEN}":
            return self._response(refusal(401, "Unauthorized"))
        method = request.match_info["method"]
        asked = json.loads(await request.read() or b"{}")
        key = f"{method} {asked['chat_id']}" if "chat_id" in asked else method
        found = self.answers.get(key, refusal(400, "Bad Request: chat not found"))
        return self._response(found if found.get("ok") is False else {"ok": True, "result": found})

    def _response(self, answer: dict[str, Any]) -> web.Response:
        return web.json_response(answer, status=answer.get("error_code", 200))


@pytest.fixture(autouse=True)
def surroundings(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    monkeypatch.chdir(tmp_path)
    for name in Settings.model_fields:
        monkeypatch.delenv(name.upper(), raising=False)
    monkeypatch.setenv("BOT_TOKEN", TOKEN)
    monkeypatch.setenv("BOT_API_URL", "http://127.0.0.1:9")
    (tmp_path / "community.toml").write_bytes(EXAMPLE.read_bytes())
    (tmp_path / "data").mkdir(mode=0o700)
    # Which fonts the machine has is looked at in tests/bot/command_line/test_check_paper.py.
    monkeypatch.setattr("bot.command_line.check.check_paper", lambda _community: ok("posters: there is a font"))
    return tmp_path


@pytest.fixture
async def telegram(monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Telegram]:
    double = Telegram()
    application = web.Application()
    application.router.add_route("*", "/{token}/{method}", double.answer)
    server = TestServer(application)
    await server.start_server()
    monkeypatch.setenv("BOT_API_URL", str(server.make_url("")).rstrip("/"))
    monkeypatch.setenv("STAFF_CHAT_ID", str(STAFF))
    monkeypatch.setenv("ADMIN_IDS", "5")
    yield double
    await server.close()


def database(**settings: str) -> Path:
    path = Path("data/bot.db")
    connection = sqlite3.connect(path, isolation_level=None)
    migrate(connection, path)
    connection.executemany("INSERT INTO settings VALUES (?, ?)", settings.items())
    connection.close()
    return path


async def said(mark: str) -> list[str]:
    return [finding.sentence for finding in await check() if finding.mark == mark]


async def said_wrong() -> str:
    (only,) = await said("wrong")
    return only


async def test_all_well(telegram: Telegram) -> None:
    database(bot_id="4242")
    findings = await check()
    assert {finding.mark for finding in findings} == {"ok"}, findings
    everything = "\n".join(map(str, findings))
    for part in ("settings", "Maple Court", "DATA_DIR", "bot.db' is whole", "@voices_bot", "topics", "rights", "5 can"):
        assert part in everything
    assert TOKEN not in everything


# On this machine


async def test_without_a_token_the_rest_is_still_looked_at(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("BOT_TOKEN")
    assert (await said_wrong()).startswith("BOT_TOKEN is not set")
    assert {line.partition(":")[0] for line in await said("ok")} >= {"community", "DATA_DIR"}


async def test_the_anonymous_admin_is_explained(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ADMIN_IDS", f"5,{ANONYMOUS_ADMIN}")
    assert "all anonymous group admins share" in await said_wrong()


async def test_a_slip_in_a_settings_name_is_noted(telegram: Telegram) -> None:
    Path(".env").write_text("ADMIN_ID=5\nSTAFF_CHATID=7\nPATH_TO_X=1\nSEND_RATE=30\n", "utf-8")
    Path(".env").chmod(0o600)
    notes = [note for note in await said("note") if note.startswith(".env")]
    assert notes == [
        ".env: ADMIN_ID is no setting - did you mean ADMIN_IDS?",
        ".env: STAFF_CHATID is no setting - did you mean STAFF_CHAT_ID?",
    ]


async def test_the_example_serving_is_noted(telegram: Telegram) -> None:
    Path("community.toml").unlink()
    assert any("the example (Maple Court) serves" in sentence for sentence in await said("note"))


async def test_a_language_the_bot_does_not_speak_is_noted(telegram: Telegram) -> None:
    text = EXAMPLE.read_text("utf-8").replace('languages = ["en", "zh"]', 'languages = ["en", "zh", "fr"]')
    Path("community.toml").write_text(text, "utf-8")
    assert any("does not speak 'fr'" in sentence for sentence in await said("note"))
    assert not any("'zh_Hans'" in sentence for sentence in await said("note"))


async def test_every_mistake_of_the_community_file_is_told(telegram: Telegram) -> None:
    text = EXAMPLE.read_text("utf-8").replace("Asia/Shanghai", "Asia/Shangai").replace('"7 days"', '"soon"', 1)
    Path("community.toml").write_text(text, "utf-8")
    wrong = await said("wrong")
    assert len(wrong) == 2
    assert "did you mean 'Asia/Shanghai'?" in wrong[0]


@pytest.mark.parametrize(
    ("content", "mark", "expected"),
    [
        ((ROOT / "demo" / "files" / "plan.png").read_bytes(), "ok", "plan.png' can be the picture of the plan."),
        (b"<svg></svg>", "wrong", "plan.png' cannot be the picture of [plan]. This is an SVG file."),
        (bytes(20 * 1024 * 1024 + 1), "wrong", "This file is larger than 20 MB"),
        (None, "wrong", "the picture of [plan], 'plan.png', cannot be read (No such file or directory)."),
    ],
    ids=["a picture", "svg", "large", "none"],
)
async def test_the_picture_of_the_plan(telegram: Telegram, content: bytes | None, mark: str, expected: str) -> None:
    Path("community.toml").write_text(EXAMPLE.read_text("utf-8") + '[plan]\npicture = "plan.png"\n', "utf-8")
    if content is not None:
        Path("plan.png").write_bytes(content)
    assert any(expected in sentence for sentence in await said(mark))


async def test_a_data_folder_that_is_a_file(monkeypatch: pytest.MonkeyPatch, telegram: Telegram) -> None:
    Path("taken").write_text("x")
    monkeypatch.setenv("DATA_DIR", "taken/data")
    assert "is a file - name a folder" in await said_wrong()


@pytest.mark.skipif(not Path("/proc/self").exists(), reason="needs a folder that nobody can write to, not even root")
async def test_a_data_folder_that_cannot_be_written(monkeypatch: pytest.MonkeyPatch, telegram: Telegram) -> None:
    monkeypatch.setenv("DATA_DIR", "/proc")
    assert "nothing can be written to '/proc'" in await said_wrong()


async def test_a_data_folder_yet_to_be_made(monkeypatch: pytest.MonkeyPatch, telegram: Telegram) -> None:
    monkeypatch.setenv("DATA_DIR", "new/data")
    assert await said("wrong") == []
    assert not Path("new").exists()


async def test_a_missing_transcription_program(monkeypatch: pytest.MonkeyPatch, telegram: Telegram) -> None:
    monkeypatch.setenv("TRANSCRIBE_COMMAND", "no-such-program --fast")
    assert "there is no program 'no-such-program'" in await said_wrong()
    monkeypatch.setenv("TRANSCRIBE_COMMAND", "sh -c true")
    assert await said("wrong") == []


# The database


async def test_no_database_yet(telegram: Telegram) -> None:
    assert any("the first run makes" in sentence for sentence in await said("note"))
    assert not Path("data/bot.db").exists()


async def test_a_newer_database(telegram: Telegram) -> None:
    with sqlite3.connect(database()) as connection:
        connection.execute(f"PRAGMA user_version = {newest() + 1}")
    assert f"schema {newest() + 1}, this one knows {newest()}" in await said_wrong()


async def test_an_older_database(telegram: Telegram) -> None:
    with sqlite3.connect(database()) as connection:
        connection.execute("PRAGMA user_version = 0")
    assert any("brings it up to date" in sentence for sentence in await said("note"))


@pytest.mark.parametrize("rubbish", [b"this is no database at all, not even nearly" * 40, None])
async def test_a_damaged_database(telegram: Telegram, rubbish: bytes | None) -> None:
    path = database()
    if rubbish is None:
        whole = path.read_bytes()
        rubbish = whole[:4096] + bytes(4096) + whole[8192:]
    path.write_bytes(rubbish)
    for leftover in Path("data").glob("bot.db-*"):
        leftover.unlink()
    sentence = await said_wrong()
    assert "damaged" in sentence
    assert "restore a backup" in sentence


async def test_another_bots_database(telegram: Telegram) -> None:
    database(bot_id="7")
    assert "belongs to bot 7, BOT_TOKEN to bot 4242" in await said_wrong()


async def test_the_learnt_staff_chat_wins(telegram: Telegram) -> None:
    with sqlite3.connect(database(staff_chat="1")) as connection:
        connection.execute(
            "INSERT INTO chats (id, telegram_id, kind, created_at) VALUES (1, -1009, 'supergroup', '2026-11-23')"
        )
    telegram.answers["getChat -1009"] = GROUP | {"id": -1009, "title": "Learnt"}
    telegram.answers["getChatMember -1009"] = ADMINISTRATOR
    assert any("'Learnt' is a supergroup" in sentence for sentence in await said("ok"))
    assert any("learnt a later one, -1009" in sentence for sentence in await said("note"))


# Telegram


async def test_no_network_is_told_from_a_refused_token() -> None:
    assert (await said_wrong()).startswith("network: http://127.0.0.1:9 cannot be reached")


async def test_a_refused_token(monkeypatch: pytest.MonkeyPatch, telegram: Telegram) -> None:
    monkeypatch.setenv("BOT_TOKEN", "4242:ANOTHER-TOKEN")
    sentence = await said_wrong()
    assert sentence.startswith("BOT_TOKEN: refused by Telegram")
    assert "ANOTHER-TOKEN" not in sentence


async def test_an_address_that_is_no_bot_api(monkeypatch: pytest.MonkeyPatch, telegram: Telegram) -> None:
    monkeypatch.setenv("BOT_API_URL", os.environ["BOT_API_URL"] + "/some/where")
    assert "is no Bot API server" in await said_wrong()


@pytest.mark.parametrize(
    ("key", "answer", "expected"),
    [
        ("getMe", ME | {"can_join_groups": False}, "/setjoingroups"),
        (
            f"getChat {STAFF}",
            refusal(400, "Bad Request: chat not found"),
            "was not found (Bad Request: chat not found)",
        ),
        (f"getChat {STAFF}", refusal(403, "Forbidden: bot was kicked from the supergroup chat"), "the bot is not in"),
        (
            f"getChat {STAFF}",
            refusal(400, "Bad Request: group chat was upgraded to a supergroup chat", migrate_to_chat_id=-1007),
            "set STAFF_CHAT_ID=-1007",
        ),
        (f"getChat {STAFF}", GROUP | {"type": "channel"}, "is a channel, not a group"),
        (f"getChatMember {STAFF}", {"status": "left", "user": ME}, "is no member of 'Staff'"),
        (f"getChatMember {STAFF}", {"status": "kicked", "user": ME}, "is no member of 'Staff'"),
        (f"getChatMember {STAFF}", ADMINISTRATOR | {"can_manage_topics": False}, '"Manage topics" is missing'),
        (f"getChatMember {STAFF}", ADMINISTRATOR | {"can_pin_messages": False}, '"Pin messages" is missing'),
        (f"getChatMember {STAFF}", ADMINISTRATOR | {"can_delete_messages": False}, '"Delete messages" is missing'),
        ("getChat 5", refusal(400, "Bad Request: chat not found"), "ADMIN_IDS: 5 never pressed Start"),
        ("getChat 5", GROUP, "is a supergroup, not a person"),
    ],
)
async def test_what_is_wrong_in_telegram(telegram: Telegram, key: str, answer: dict[str, Any], expected: str) -> None:
    telegram.answers[key] = answer
    assert expected in await said_wrong()


async def test_a_plain_member_hears_about_privacy_mode(telegram: Telegram) -> None:
    telegram.answers[f"getChatMember {STAFF}"] = {"status": "member", "user": ME}
    assert "is no administrator of 'Staff'" in await said_wrong()
    assert any("privacy mode: it is on" in sentence for sentence in await said("note"))
    telegram.answers["getMe"] = ME | {"can_read_all_group_messages": True}
    assert any("privacy mode: it is off" in sentence for sentence in await said("note"))


@pytest.mark.parametrize("chat", [GROUP | {"is_forum": False}, {"id": STAFF, "type": "group", "title": "Staff"}])
async def test_a_group_without_topics_needs_no_right_to_manage_them(telegram: Telegram, chat: dict[str, Any]) -> None:
    telegram.answers[f"getChat {STAFF}"] = chat
    telegram.answers[f"getChatMember {STAFF}"] = ADMINISTRATOR | {"can_manage_topics": False}
    assert await said("wrong") == []
    assert any(re.search("no topics|turning topics on", sentence) for sentence in await said("note"))


@pytest.fixture
def webhook(monkeypatch: pytest.MonkeyPatch) -> dict[str, Any]:
    """What Telegram says of a webhook that is set, and wanted."""
    port = str(free_port())
    monkeypatch.setenv("WEBHOOK_URL", "https://voices.example.org/telegram")
    monkeypatch.setenv("WEB_PORT", port)
    return {"url": "https://voices.example.org/telegram", "pending_update_count": 0}


@pytest.mark.parametrize(
    ("change", "mark", "expected"),
    [
        ({}, "ok", "has met no error; 0 updates wait"),
        ({"url": ""}, "note", "does not post there yet"),
        ({"url": "https://elsewhere.example.org/"}, "note", "does not post there yet"),
        (
            {"last_error_date": 1700000000, "last_error_message": "Connection refused"},
            "note",
            "It last met 'Connection refused' at 2023-11-14 22:13 UTC",
        ),
        (
            {"last_error_date": 1700000000, "last_error_message": "Connection refused", "pending_update_count": 3},
            "wrong",
            "3 updates wait, and Telegram last met 'Connection refused'",
        ),
    ],
)
async def test_how_the_webhook_is(
    telegram: Telegram, webhook: dict[str, Any], change: dict[str, Any], mark: str, expected: str
) -> None:
    telegram.answers["getWebhookInfo"] = webhook | change
    assert any(expected in sentence for sentence in await said(mark))


async def test_a_webhook_that_is_set_and_not_wanted(telegram: Telegram) -> None:
    telegram.answers["getWebhookInfo"] = {"url": "https://elsewhere.example.org/", "pending_update_count": 0}
    assert any("takes it away when it starts" in sentence for sentence in await said("note"))


async def test_a_webhook_telegram_says_nothing_of(telegram: Telegram, webhook: dict[str, Any]) -> None:
    telegram.answers["getWebhookInfo"] = refusal(500, "Internal Server Error")
    assert any("does not say how it is" in sentence for sentence in await said("note"))


async def test_a_port_something_listens_on(telegram: Telegram, monkeypatch: pytest.MonkeyPatch) -> None:
    with socket.create_server(("127.0.0.1", 0)) as other:
        monkeypatch.setenv("WEB_PORT", str(other.getsockname()[1]))
        assert any(sentence.startswith("WEB_PORT: something listens") for sentence in await said("note"))
    assert any("is free for health" in sentence for sentence in await said("ok"))
    monkeypatch.setenv("WEB_HOST", "192.0.2.1")
    assert any("cannot be served" in sentence for sentence in await said("wrong"))


async def test_what_a_secret_should_not_be(telegram: Telegram, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("WEBHOOK_SECRET", "hunter2")
    assert "WEBHOOK_SECRET: of no use without WEBHOOK_URL." in await said("note")
    monkeypatch.setenv("WEBHOOK_URL", "https://voices.example.org/telegram")
    monkeypatch.setenv("WEB_PORT", str(free_port()))
    notes = await said("note")
    assert any(note.startswith("WEBHOOK_SECRET: short") for note in notes) and "hunter2" not in str(notes)


async def test_nothing_chosen_yet_is_no_mistake(monkeypatch: pytest.MonkeyPatch, telegram: Telegram) -> None:
    monkeypatch.delenv("STAFF_CHAT_ID")
    monkeypatch.delenv("ADMIN_IDS")
    assert await said("wrong") == []
    notes = "\n".join(await said("note"))
    assert "none is chosen yet" in notes
    assert "makes the first admin" in notes


async def test_admins_the_bot_knows_need_not_be_set(monkeypatch: pytest.MonkeyPatch, telegram: Telegram) -> None:
    monkeypatch.delenv("ADMIN_IDS")
    path = database(bot_id="4242")
    with closing(sqlite3.connect(path)) as connection, connection:
        connection.execute("INSERT INTO people (id, name, language, created_at) VALUES (1, 'Ada', 'en', '')")
        connection.execute("INSERT INTO roles (person, role, granted_at) VALUES (1, 'admin', '')")
    assert await said("note") == []
    assert "ADMIN_IDS: not set, and not needed; the bot knows one admin." in await said("ok")


# The command


def test_the_command_marks_each_line_and_exits_with_1() -> None:
    result = CliRunner().invoke(app, ["check"])
    assert result.exit_code == 1
    lines = result.output.splitlines()
    assert all(re.match(r"(ok|wrong|note) ", line) for line in lines)
    assert lines[0] == "ok    settings: all can be read."


def test_run_refuses_wrong_settings_in_one_sentence(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ADMIN_IDS", "anna")
    result = CliRunner().invoke(app, ["run"])
    assert result.exit_code == 2
    assert result.output == (
        "ADMIN_IDS = 'anna' is wrong - write whole numbers with commas between them, such as 123456789,987654321.\n"
    )
