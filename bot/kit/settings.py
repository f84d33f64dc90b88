"""Settings from the environment or a `.env` file; a wrong one is refused with its name and how to put it right."""

from __future__ import annotations

import hashlib
import hmac
import ipaddress
import re
from dataclasses import fields
from pathlib import Path
from typing import Annotated, Any
from urllib.parse import urlsplit

from pydantic import Field, SecretStr, ValidationError, field_validator, model_validator
from pydantic_core import ErrorDetails, PydanticCustomError
from pydantic_settings import BaseSettings, NoDecode, SettingsConfigDict

from domain.operations.retention import KeptDays
from domain.people.limits import Limits
from storage.core import sealed

TELEGRAM = "https://api.telegram.org"
ANONYMOUS_ADMIN = 1087968824
"""GroupAnonymousBot: the sender Telegram shows for every group admin who hides their name."""

_TOKEN = re.compile(r"\d{1,16}:[A-Za-z0-9_-]{5,}")
_WEBHOOK_SECRET = re.compile(r"[A-Za-z0-9_-]{1,256}")
_HEALTH_TOKEN = re.compile(r"[A-Za-z0-9_-]{16,256}")
_PATH = re.compile(r"[A-Za-z0-9/._~-]*")
LONGEST_DAYS = 36_500
TELEGRAMS_PORTS = frozenset({None, 443, 80, 88, 8443})
_SECRETS = frozenset({"BOT_TOKEN", "PROXY_URL", "WEBHOOK_SECRET", "HEALTH_TOKEN", "BACKUP_RECIPIENT"})
_LIMIT = "write a whole number, such as {usual}; 0 means no limit"
_NUMBERS = {
    **{f"LIMIT_{each.name.upper()}": _LIMIT.format(usual=each.default) for each in fields(Limits)},
    "LIMIT_DRAFTS": "write a whole number from 1, such as 10",
    "ADMIN_IDS": "write whole numbers with commas between them, such as 123456789,987654321",
    "STAFF_CHAT_ID": "write the group's number, such as -1001234567890, or leave it out and choose it later",
    "WEB_PORT": "write a number from 1 to 65535, such as 8080",
    "SEND_RATE": "write how many messages a second may be sent, such as 30; 0 means no limit",
}
_KEPT = f"write for how many days, such as 90; 0 means for good, and {LONGEST_DAYS} is the most"


class SettingsError(Exception):
    """A setting is wrong or missing. `problems` holds one sentence for each."""

    def __init__(self, problems: list[str]) -> None:
        self.problems = tuple(problems)
        super().__init__(problems[0])


class Settings(BaseSettings):
    """Everything that is set from outside. Only `bot_token` is required."""

    model_config = SettingsConfigDict(env_file=".env", env_file_encoding="utf-8", extra="ignore", frozen=True)

    bot_token: SecretStr
    bot_api_url: str = TELEGRAM
    data_dir: Path = Path("data")
    community: Path = Path("community.toml")
    staff_chat_id: int | None = None
    admin_ids: Annotated[tuple[int, ...], NoDecode] = ()
    webhook_url: str | None = None
    webhook_secret: SecretStr | None = None
    web_host: str = "127.0.0.1"
    web_port: int | None = Field(None, ge=1, le=65535)
    web_url: str | None = None
    health_token: SecretStr | None = None
    proxy_url: SecretStr | None = None
    transcribe_command: str | None = None
    limit_reports: int = Field(Limits.reports, ge=0)
    limit_repairs: int = Field(Limits.repairs, ge=0)
    limit_messages: int = Field(Limits.messages, ge=0)
    limit_photos: int = Field(Limits.photos, ge=0)
    limit_presses: int = Field(Limits.presses, ge=0)
    limit_drafts: int = Field(Limits.drafts, ge=1)
    send_rate: float = Field(30, ge=0, allow_inf_nan=False)
    clock_url: str | None = None
    backup_recipient: str | None = None
    keep_reports_days: int = Field(KeptDays.reports, ge=0, le=LONGEST_DAYS)
    keep_addresses_days: int = Field(KeptDays.addresses, ge=0, le=LONGEST_DAYS)
    keep_repairs_days: int = Field(KeptDays.repairs, ge=0, le=LONGEST_DAYS)
    keep_recipients_days: int = Field(KeptDays.recipients, ge=0, le=LONGEST_DAYS)
    keep_invitations_days: int = Field(KeptDays.invitations, ge=0, le=LONGEST_DAYS)
    keep_lookups_days: int = Field(KeptDays.lookups, ge=0, le=LONGEST_DAYS)
    keep_people_days: int = Field(KeptDays.people, ge=0, le=LONGEST_DAYS)
    keep_backups_days: int = Field(KeptDays.backups, ge=0, le=LONGEST_DAYS)

    @property
    def kept(self) -> KeptDays:
        """For how many days each kind of thing is kept."""
        return KeptDays(**{each.name: getattr(self, f"keep_{each.name}_days") for each in fields(KeptDays)})

    @property
    def bot_id(self) -> int:
        """The bot's own Telegram id, which every token begins with."""
        return int(self.bot_token.get_secret_value().partition(":")[0])

    @property
    def limits(self) -> Limits:
        """How much one person may do before they are asked to wait."""
        given = {field.name: getattr(self, f"limit_{field.name}") for field in fields(Limits)}
        return Limits(**given)

    @property
    def database(self) -> Path:
        """The database file."""
        return self.data_dir / "bot.db"

    @property
    def webhook_path(self) -> str:
        """Where the webhook is on our own server: as in its address outside."""
        return urlsplit(self.webhook_url or "").path or "/"

    @property
    def webhook_token(self) -> str:
        """What Telegram shows at each post: WEBHOOK_SECRET, or else one that only who has the token could work out."""
        if self.webhook_secret is not None:
            return self.webhook_secret.get_secret_value()
        return hmac.new(self.bot_token.get_secret_value().encode(), b"webhook", hashlib.sha256).hexdigest()

    @property
    def secrets(self) -> tuple[str, ...]:
        """What must never be written anywhere."""
        given = (self.bot_token, self.proxy_url, self.webhook_secret, self.health_token)
        made = (self.webhook_token,) if self.webhook_url and self.webhook_secret is None else ()
        return tuple(secret.get_secret_value() for secret in given if secret) + made

    @field_validator("*", mode="before")
    @classmethod
    def _nothing_set(cls, value: Any, info: Any) -> Any:
        # `STAFF_CHAT_ID=` in a .env file means "not set", as everyone expects.
        if isinstance(value, str):
            value = value.strip()
            if not value and info.field_name != "bot_token":
                return cls.model_fields[info.field_name].get_default()
        return value

    @field_validator("bot_token")
    @classmethod
    def _token_shape(cls, value: SecretStr) -> SecretStr:
        if not value.get_secret_value():
            raise PydanticCustomError("missing", "missing")
        if not _TOKEN.fullmatch(value.get_secret_value()):
            raise ValueError("it does not look like a token; copy the whole of it from BotFather (numbers:letters)")
        return value

    @field_validator("bot_api_url", "clock_url")
    @classmethod
    def _address(cls, value: str | None) -> str | None:
        if value is None:
            return None
        parts = urlsplit(value)
        if parts.scheme not in ("http", "https") or not parts.hostname:
            raise ValueError(f"write an address that begins with http:// or https://, such as {TELEGRAM}")
        return value.rstrip("/")

    @field_validator("webhook_url")
    @classmethod
    def _public_address(cls, value: str | None) -> str | None:
        if value is None:
            return None
        parts = urlsplit(value)
        plain = parts.scheme in ("http", "https") and parts.hostname and not (parts.query or parts.fragment)
        if not plain or "@" in parts.netloc or not _PATH.fullmatch(parts.path):
            raise ValueError("write the address Telegram is to post to, such as https://voices.example.org/telegram")
        return value

    @field_validator("web_url")
    @classmethod
    def _pages_address(cls, value: str | None) -> str | None:
        if value is None:
            return None
        parts = urlsplit(value)
        plain = parts.scheme in ("http", "https") and parts.hostname and not (parts.query or parts.fragment)
        if not plain or "@" in parts.netloc or parts.path.strip("/"):
            raise ValueError("write where people find the public pages, such as https://voices.example.org")
        return value.rstrip("/")

    @field_validator("webhook_secret")
    @classmethod
    def _secret_letters(cls, value: SecretStr | None) -> SecretStr | None:
        if value is not None and not _WEBHOOK_SECRET.fullmatch(value.get_secret_value()):
            raise ValueError("use only A-Z, a-z, 0-9, _ and -, at most 256; or leave it out, and one is made")
        return value

    @field_validator("health_token")
    @classmethod
    def _bearer_letters(cls, value: SecretStr | None) -> SecretStr | None:
        if value is not None and not _HEALTH_TOKEN.fullmatch(value.get_secret_value()):
            raise ValueError("use only A-Z, a-z, 0-9, _ and -, at least 16 of them; or leave it out")
        return value

    @field_validator("backup_recipient")
    @classmethod
    def _public_key(cls, value: str | None) -> str | None:
        if value is not None:
            try:
                sealed.recipient(value)
            except sealed.WrongKey:
                raise ValueError("write the public key that age-keygen shows, age1…; never the secret one") from None
        return value

    @field_validator("web_host")
    @classmethod
    def _own_address(cls, value: str) -> str:
        try:
            return str(ipaddress.ip_address("127.0.0.1" if value == "localhost" else value))
        except ValueError:
            raise ValueError("write 127.0.0.1 for this machine alone, 0.0.0.0 for whoever reaches it") from None

    @field_validator("proxy_url")
    @classmethod
    def _proxy(cls, value: SecretStr | None) -> SecretStr | None:
        if value is not None and urlsplit(value.get_secret_value()).scheme not in ("http", "https"):
            raise ValueError("write an address that begins with http://, such as http://proxy.example:3128")
        return value

    @field_validator("admin_ids", mode="before")
    @classmethod
    def _list_of_ids(cls, value: Any) -> Any:
        if isinstance(value, str):
            return tuple(part.strip() for part in re.split("[,，;\\s]+", value) if part.strip())
        return (value,) if isinstance(value, int) else value

    @field_validator("admin_ids")
    @classmethod
    def _people(cls, value: tuple[int, ...]) -> tuple[int, ...]:
        if ANONYMOUS_ADMIN in value:
            raise ValueError(
                f"{ANONYMOUS_ADMIN} is the name all anonymous group admins share, so each of them would be "
                "an admin here; put your own id instead"
            )
        if any(number <= 0 for number in value):
            raise ValueError("a person's id is above zero; numbers below zero are groups")
        return tuple(dict.fromkeys(value))

    @field_validator("staff_chat_id")
    @classmethod
    def _group(cls, value: int | None) -> int | None:
        if value is not None and value >= 0:
            raise ValueError("a group's number is below zero, such as -1001234567890; above zero are people")
        return value

    @model_validator(mode="after")
    def _clock_only_in_tests(self) -> Settings:
        if self.clock_url and (urlsplit(self.bot_api_url).hostname or "").endswith("telegram.org"):
            raise PydanticCustomError(
                "clock_url",
                "CLOCK_URL = '{url}' moves the clock for tests and cannot be used with Telegram itself - "
                "take it out, or set BOT_API_URL to the sandbox",
                {"url": self.clock_url},
            )
        return self

    @model_validator(mode="after")
    def _webhook_can_be_reached(self) -> Settings:
        if self.webhook_url is None:
            return self
        parts = urlsplit(self.webhook_url)
        advice = None
        if self.web_port is None:
            advice = "needs a port on this machine - set WEB_PORT too, such as 8080, or take both out: then it polls"
        elif (urlsplit(self.bot_api_url).hostname or "").endswith("telegram.org"):
            if parts.scheme != "https":
                advice = (
                    "is not safe enough for Telegram - write https://, and put a web server with a certificate there"
                )
            elif parts.port not in TELEGRAMS_PORTS:
                advice = "has a port Telegram does not post to - use 443, 80, 88 or 8443"
        if advice:
            raise PydanticCustomError(
                "webhook_url", "WEBHOOK_URL = '{url}' {advice}", {"url": self.webhook_url, "advice": advice}
            )
        return self


def read_settings(**given: Any) -> Settings:
    """Read the settings; `given` wins over environment and `.env`. Raises SettingsError."""
    try:
        return Settings(**given)
    except ValidationError as error:
        problems = [_sentence(detail) for detail in error.errors()]
    except UnicodeDecodeError:
        problems = [".env is not saved as UTF-8 - save it again as UTF-8"]
    # Raised outside the except block, so that no traceback can carry the value of a secret along.
    raise SettingsError([problem + "." for problem in problems])


def _sentence(error: ErrorDetails) -> str:
    if error["type"] in ("clock_url", "webhook_url"):
        return error["msg"]
    name = str(error["loc"][0]).upper()
    if error["type"] == "missing":
        return f"{name} is not set - put {name}=… into the environment or a file named .env"
    advice = _NUMBERS.get(name, _KEPT if name.startswith("KEEP_") else error["msg"])
    if error["type"] == "value_error":
        advice = str(error["ctx"]["error"])
    shown = "" if name in _SECRETS else f" = '{error['input']}'"
    return f"{name}{shown} is wrong - {advice}"
