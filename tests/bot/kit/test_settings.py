import re
from pathlib import Path

import pytest

from bot.kit.settings import ANONYMOUS_ADMIN, TELEGRAM, Settings, SettingsError, read_settings

TOKEN = "4242:SANDBOX-TOKEN"


@pytest.fixture(autouse=True)
def empty_surroundings(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.chdir(tmp_path)
    for name in Settings.model_fields:
        monkeypatch.delenv(name.upper(), raising=False)


@pytest.fixture
def token(monkeypatch: pytest.MonkeyPatch) -> str:
    monkeypatch.setenv("BOT_TOKEN", TOKEN)
    return TOKEN


def refused() -> str:
    with pytest.raises(SettingsError) as caught:
        read_settings()
    return str(caught.value)


@pytest.mark.usefixtures("token")
def test_a_token_is_enough() -> None:
    settings = read_settings()
    assert settings.bot_id == 4242
    assert settings.bot_api_url == TELEGRAM
    assert settings.data_dir == Path("data")
    assert settings.community == Path("community.toml")
    assert settings.admin_ids == ()
    assert settings.staff_chat_id is None
    assert settings.send_rate == 30


def test_settings_come_from_a_file_too() -> None:
    Path(".env").write_text(f"BOT_TOKEN={TOKEN}\nADMIN_IDS=5\nSTAFF_CHAT_ID=\nSOMEBODY_ELSES=1\n", "utf-8")
    settings = read_settings()
    assert settings.bot_token.get_secret_value() == TOKEN
    assert settings.admin_ids == (5,)
    assert settings.staff_chat_id is None


def test_the_environment_wins_over_the_file(monkeypatch: pytest.MonkeyPatch) -> None:
    Path(".env").write_text("BOT_TOKEN=1:from-the-file\n", "utf-8")
    monkeypatch.setenv("BOT_TOKEN", TOKEN)
    assert read_settings().bot_id == 4242


@pytest.mark.parametrize(
    ("written", "ids"),
    [
        ("5", (5,)),
        ("5,6", (5, 6)),
        (" 5 , 6,", (5, 6)),
        ("5 6", (5, 6)),
        ("5，6", (5, 6)),
        ("5,5", (5,)),
        ("", ()),
    ],
)
@pytest.mark.usefixtures("token")
def test_admin_ids_are_a_list_with_commas(monkeypatch: pytest.MonkeyPatch, written: str, ids: tuple[int, ...]) -> None:
    monkeypatch.setenv("ADMIN_IDS", written)
    assert read_settings().admin_ids == ids


@pytest.mark.parametrize("value", ["", "   ", None])
def test_without_a_token_the_mend_is_told(monkeypatch: pytest.MonkeyPatch, value: str | None) -> None:
    if value is not None:
        monkeypatch.setenv("BOT_TOKEN", value)
    assert refused() == "BOT_TOKEN is not set - put BOT_TOKEN=… into the environment or a file named .env."


@pytest.mark.parametrize("value", ["hunter2-secret", "bot4242:SANDBOX-TOKEN", "4242", "4242:SAND BOX-TOKEN"])
def test_a_wrong_token_is_never_repeated(monkeypatch: pytest.MonkeyPatch, value: str) -> None:
    monkeypatch.setenv("BOT_TOKEN", value)
    sentence = refused()
    assert sentence.startswith("BOT_TOKEN is wrong - ")
    assert "BotFather" in sentence
    assert value not in sentence


def test_an_error_carries_no_token_along(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("BOT_TOKEN", "hunter2-secret")
    with pytest.raises(SettingsError) as caught:
        read_settings()
    assert caught.value.__context__ is None
    assert caught.value.__cause__ is None


@pytest.mark.parametrize(
    ("name", "value", "parts"),
    [
        ("ADMIN_IDS", "5,anna", ["'anna'", "commas"]),
        ("ADMIN_IDS", "-100123", ["'-100123'", "above zero"]),
        ("ADMIN_IDS", f"5,{ANONYMOUS_ADMIN}", [str(ANONYMOUS_ADMIN), "anonymous group admins"]),
        ("STAFF_CHAT_ID", "the group", ["'the group'", "-1001234567890"]),
        ("STAFF_CHAT_ID", "12345", ["'12345'", "below zero"]),
        ("SEND_RATE", "fast", ["'fast'", "30"]),
        ("SEND_RATE", "-1", ["'-1'", "0 means no limit"]),
        ("SEND_RATE", "nan", ["'nan'"]),
        ("BOT_API_URL", "api.telegram.org", ["'api.telegram.org'", "https://"]),
        ("CLOCK_URL", "localhost:1", ["'localhost:1'", "http://"]),
        ("WEB_PORT", "http", ["'http'", "8080"]),
        ("WEB_PORT", "0", ["'0'", "from 1 to 65535"]),
        ("WEB_PORT", "65536", ["'65536'", "from 1 to 65535"]),
        ("WEB_HOST", "voices.example.org", ["'voices.example.org'", "127.0.0.1", "0.0.0.0"]),
        ("WEBHOOK_URL", "voices.example.org/telegram", ["'voices.example.org/telegram'", "https://"]),
        ("WEBHOOK_URL", "https://voices.example.org/?a=b", ["?a=b", "/telegram"]),
        ("WEBHOOK_URL", "https://voices.example.org/{x}", ["{x}", "/telegram"]),
        ("WEBHOOK_URL", "https://voices.example.org/telegram", ["WEB_PORT", "8080"]),
    ],
)
@pytest.mark.usefixtures("token")
def test_a_wrong_setting_is_told_with_name_value_and_mend(
    monkeypatch: pytest.MonkeyPatch, name: str, value: str, parts: list[str]
) -> None:
    monkeypatch.setenv(name, value)
    sentence = refused()
    assert sentence.startswith(f"{name} = ")
    assert "\n" not in sentence
    for part in parts:
        assert part in sentence


@pytest.mark.usefixtures("token")
def test_a_proxys_password_is_never_repeated(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PROXY_URL", "ftp://me:hunter2@proxy")
    assert "hunter2" not in refused()


@pytest.mark.parametrize("value", ["hunter2 secret", "hunter2ü", "hunter2" * 37])
@pytest.mark.usefixtures("token")
def test_a_webhooks_secret_is_never_repeated(monkeypatch: pytest.MonkeyPatch, value: str) -> None:
    monkeypatch.setenv("WEBHOOK_SECRET", value)
    assert refused().startswith("WEBHOOK_SECRET is wrong - use only A-Z") and "hunter2" not in refused()


@pytest.mark.parametrize(
    ("url", "part"),
    [("http://voices.example.org/telegram", "https://"), ("https://voices.example.org:8081/telegram", "8443")],
)
@pytest.mark.usefixtures("token")
def test_telegram_posts_to_https_on_four_ports(monkeypatch: pytest.MonkeyPatch, url: str, part: str) -> None:
    monkeypatch.setenv("WEB_PORT", "8080")
    monkeypatch.setenv("WEBHOOK_URL", url)
    assert refused().startswith(f"WEBHOOK_URL = '{url}'") and part in refused()
    monkeypatch.setenv("BOT_API_URL", "http://127.0.0.1:1")  # a server of one's own is not so particular
    assert read_settings().webhook_url == url


@pytest.mark.parametrize(
    ("url", "path"),
    [("https://v.example.org", "/"), ("https://v.example.org/telegram", "/telegram"), ("https://v.org/a/b/", "/a/b/")],
)
@pytest.mark.usefixtures("token")
def test_a_webhook_has_a_path_and_a_secret(monkeypatch: pytest.MonkeyPatch, url: str, path: str) -> None:
    monkeypatch.setenv("WEB_PORT", "8080")
    monkeypatch.setenv("WEBHOOK_URL", url)
    settings = read_settings()
    made = settings.webhook_token
    assert settings.webhook_path == path
    assert re.fullmatch("[0-9a-f]{64}", made) and made in settings.secrets
    assert read_settings().webhook_token == made, "the same after each start"
    monkeypatch.setenv("WEBHOOK_SECRET", "hunter2")
    assert read_settings().webhook_token == "hunter2" and "hunter2" in read_settings().secrets
    assert "hunter2" not in repr(read_settings())
    monkeypatch.delenv("WEBHOOK_SECRET")
    monkeypatch.setenv("BOT_TOKEN", "4242:ANOTHER-TOKEN")
    assert read_settings().webhook_token != made


@pytest.mark.parametrize("api", [None, "https://api.telegram.org/", "http://API.telegram.org"])
@pytest.mark.usefixtures("token")
def test_a_test_clock_is_refused_with_telegram_itself(monkeypatch: pytest.MonkeyPatch, api: str | None) -> None:
    monkeypatch.setenv("CLOCK_URL", "http://127.0.0.1:1/api/clock")
    if api:
        monkeypatch.setenv("BOT_API_URL", api)
    assert refused().startswith("CLOCK_URL = 'http://127.0.0.1:1/api/clock'")


@pytest.mark.usefixtures("token")
def test_a_test_clock_goes_with_a_sandbox(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CLOCK_URL", "http://127.0.0.1:1/api/clock")
    monkeypatch.setenv("BOT_API_URL", "http://127.0.0.1:1/")
    assert read_settings().bot_api_url == "http://127.0.0.1:1"


@pytest.mark.usefixtures("token")
def test_all_mistakes_are_told_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SEND_RATE", "fast")
    monkeypatch.setenv("STAFF_CHAT_ID", "5")
    with pytest.raises(SettingsError) as caught:
        read_settings()
    assert len(caught.value.problems) == 2


@pytest.mark.usefixtures("token")
def test_secrets_do_not_show(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PROXY_URL", "http://me:hunter2@proxy:3128")
    settings = read_settings()
    for shown in (repr(settings), str(settings), settings.model_dump_json()):
        assert TOKEN not in shown
        assert "hunter2" not in shown
    assert settings.secrets == (TOKEN, "http://me:hunter2@proxy:3128")
