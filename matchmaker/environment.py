"""The environment, read once and checked as a whole, so that a start names everything that is wrong at once."""

from pathlib import Path
from typing import Annotated, Any, Literal
from urllib.parse import urlsplit

from django.core.exceptions import ImproperlyConfigured
from psycopg import ProgrammingError
from psycopg.conninfo import conninfo_to_dict
from pydantic import BeforeValidator, Field, ValidationError, ValidationInfo, field_validator
from pydantic_settings import BaseSettings, NoDecode, SettingsConfigDict

from matchmaker.addresses import Channel, is_phone_address

ROOT = Path(__file__).resolve().parent.parent


def _split(value: Any) -> Any:
    return [part.strip() for part in value.split(",") if part.strip()] if isinstance(value, str) else value


WebhookScope = Literal["service", "global", "conversation"]
"""Where the webhooks for Conversations are set at Twilio."""
CommaList = Annotated[list[str], NoDecode, BeforeValidator(_split)]


def _http_url(value: str) -> str:
    parts = urlsplit(value)
    if parts.scheme not in {"http", "https"} or not parts.netloc:
        raise ValueError("must be a full http:// or https:// URL")
    return value.rstrip("/")


class Environment(BaseSettings):
    """The environment variables; .env.example explains each."""

    model_config = SettingsConfigDict(env_file=ROOT / ".env", extra="ignore", env_ignore_empty=True)

    SECRET_KEY: str = Field(min_length=32)
    DEBUG: bool = False
    ALLOW_EMULATOR: bool = False
    ALLOWED_HOSTS: CommaList = []
    PUBLIC_BASE_URL: str
    DATABASE_URL: str
    REDIS_URL: str

    TWILIO_ACCOUNT_SID: str = Field(pattern=r"^AC[0-9a-fA-F]{32}$")
    TWILIO_AUTH_TOKEN: str = Field(min_length=1)
    TWILIO_AUTH_TOKEN_PREVIOUS: str = ""
    TWILIO_CONVERSATIONS_SERVICE_SID: str = Field(pattern=r"^IS[0-9a-fA-F]{32}$")
    TWILIO_MESSAGING_SERVICE_SID: str = Field(pattern=r"^MG[0-9a-fA-F]{32}$")
    TWILIO_SENDERS: CommaList = Field(min_length=1)
    TWILIO_WEBHOOK_SCOPE: WebhookScope = "service"
    TWILIO_DROPS_CAPTIONS: bool = False
    TWILIO_TIMEOUT_S: float = Field(default=10.0, gt=0, le=10)
    TWILIO_BASE_URL: str = ""

    WINDOW_REMINDERS: bool = True
    WINDOW_TEMPLATE_SID: str = Field(default="", pattern=r"^(HX[0-9a-fA-F]{32})?$")

    OPENAI_API_KEY: str = Field(min_length=1)
    OPENAI_BASE_URL: str = "https://api.openai.com/v1"
    OPENAI_MODEL: str = Field(min_length=1)

    PHOTO_STORAGE: str = ""
    PHOTO_S3_ENDPOINT: str = ""
    PHOTO_S3_REGION: str = ""
    PHOTO_S3_ACCESS_KEY: str = ""
    PHOTO_S3_SECRET_KEY: str = ""
    PHOTOS_DELETE_AT_TWILIO: bool = True

    USE_CONVERSATIONS_API: str = "true"
    PANIC_WORD: str = Field(default="paper umbrella", max_length=40)
    MATCHMAKER_NAME: str = Field(default="Matchmaker", min_length=1, max_length=30)
    PRIVACY_URL: str = ""
    TERMS_URL: str = ""
    CHANNELS_ENABLED: CommaList = ["whatsapp", "sms", "chat"]
    SESSION_IDLE_DAYS: int = Field(default=14, ge=1, le=365)
    CLOCK_URL: str = ""
    TURN_PACE: float = Field(default=1.0, gt=0, le=10)
    PROCESS_ROLE: Literal["web", "worker", "beat", "command"] = "command"

    @field_validator("PUBLIC_BASE_URL", "OPENAI_BASE_URL")
    @classmethod
    def _full_url(cls, value: str) -> str:
        return _http_url(value)

    @field_validator("PRIVACY_URL", "TERMS_URL", "PHOTO_S3_ENDPOINT")
    @classmethod
    def _optional_url(cls, value: str) -> str:
        return _http_url(value) if value else value

    @field_validator("TWILIO_BASE_URL", "CLOCK_URL")
    @classmethod
    def _emulator(cls, value: str, info: ValidationInfo) -> str:
        if value and not (info.data.get("DEBUG") or info.data.get("ALLOW_EMULATOR")):
            raise ValueError("points this server at an emulator; unset it, or set ALLOW_EMULATOR=true if you mean it")
        return _http_url(value) if value else value

    @field_validator("PANIC_WORD")
    @classmethod
    def _two_words(cls, value: str) -> str:
        if len(value.split()) < 2 or not value.replace(" ", "").isalpha():
            raise ValueError("must be two or more words of letters, which nobody would write by chance")
        return value

    @field_validator("DATABASE_URL")
    @classmethod
    def _postgres(cls, value: str) -> str:
        if not value.startswith(("postgres://", "postgresql://")):
            raise ValueError("must be a postgres:// URL")
        try:
            named = conninfo_to_dict(value)
        except ProgrammingError:
            raise ValueError("is not a Postgres URL that libpq understands") from None
        if not named.get("dbname"):
            raise ValueError("names no database")
        return value

    @field_validator("PHOTO_STORAGE")
    @classmethod
    def _photos(cls, value: str) -> str:
        parts = urlsplit(value)
        if "://" in value and not (parts.scheme == "s3" and parts.netloc):
            raise ValueError("must be a folder, or s3://bucket or s3://bucket/folder")
        return value

    @field_validator("REDIS_URL")
    @classmethod
    def _redis(cls, value: str) -> str:
        if urlsplit(value).scheme not in {"redis", "rediss", "unix"}:
            raise ValueError("must start with redis://, rediss:// or unix://")
        return value

    @field_validator("TWILIO_SENDERS")
    @classmethod
    def _addresses(cls, value: list[str]) -> list[str]:
        if not all(is_phone_address(address) for address in value):
            raise ValueError("must be numbers like +15005550007 or whatsapp:+15005550006, separated by commas")
        return value

    @field_validator("CHANNELS_ENABLED")
    @classmethod
    def _channels(cls, value: list[str]) -> list[str]:
        unknown = set(value) - set(Channel)
        if unknown or not value:
            raise ValueError("must list one or more of whatsapp, sms, chat")
        return value

    @field_validator("USE_CONVERSATIONS_API")
    @classmethod
    def _share(cls, value: str) -> str:
        conversations_share(value)
        return value.strip().lower()


def conversations_share(value: str) -> int:
    """`true`, `false` or `25%`: how many of a hundred new sessions use Twilio Conversations."""
    text = value.strip().lower()
    if text in {"true", "false"}:
        return 100 if text == "true" else 0
    percent = text.removesuffix("%")
    if text.endswith("%") and percent.isdigit() and int(percent) <= 100:
        return int(percent)
    raise ValueError("must be true, false or a percentage like 25%")


def read_environment() -> Environment:
    """Raises ImproperlyConfigured with one line for each variable that is missing or malformed."""
    try:
        return Environment()
    except ValidationError as error:
        raise ImproperlyConfigured("\n".join(_complaints(error))) from None


def _complaints(error: ValidationError) -> list[str]:
    lines = ["These settings need fixing (.env.example explains each):"]
    for item in error.errors():
        name = str(item["loc"][0]) if item["loc"] else ""
        what = "is missing" if item["type"] == "missing" else item["msg"].removeprefix("Value error, ")
        lines.append(f"  {name}: {what}" if name else f"  {what}")
    return lines


def database_config(url: str) -> dict[str, Any]:
    """Django's DATABASES entry for any libpq URI, unix sockets included (postgres://user@/name?host=/folder)."""
    named: dict[str, Any] = dict(conninfo_to_dict(url))
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": named.pop("dbname", ""),
        "USER": named.pop("user", ""),
        "PASSWORD": named.pop("password", ""),
        "HOST": named.pop("host", ""),
        "PORT": named.pop("port", ""),
        "OPTIONS": named,
    }


def photo_storage(env: Environment) -> dict[str, Any]:
    """Django's STORAGES entry for people's photos, which nobody but us reads."""
    parts = urlsplit(env.PHOTO_STORAGE)
    if parts.scheme != "s3":
        folder = {"location": env.PHOTO_STORAGE or ROOT / "photos", "allow_overwrite": True}
        modes = {"file_permissions_mode": 0o600, "directory_permissions_mode": 0o700}
        return {"BACKEND": "django.core.files.storage.FileSystemStorage", "OPTIONS": folder | modes}
    options: dict[str, Any] = {
        "bucket_name": parts.netloc,
        "location": parts.path.strip("/"),
        "region_name": env.PHOTO_S3_REGION,
        "endpoint_url": env.PHOTO_S3_ENDPOINT,
        "access_key": env.PHOTO_S3_ACCESS_KEY,
        "secret_key": env.PHOTO_S3_SECRET_KEY,
        # Only Amazon has a host name for each bucket.
        "addressing_style": "path" if env.PHOTO_S3_ENDPOINT else "",
    }
    given = {name: value for name, value in options.items() if value}
    return {"BACKEND": "sessions_app.photos.s3.photos_in_s3", "OPTIONS": given}


def redis_urls(url: str) -> tuple[str, str]:
    """(broker, cache) addresses: wakes in database 0, cache in database 1 of the same server."""
    parts = urlsplit(url)
    if parts.scheme == "unix":
        return f"redis+socket://{parts.path}?virtual_host=0", f"unix://{parts.path}?db=1"
    base = f"{parts.scheme}://{parts.netloc}"
    return f"{base}/0", f"{base}/1"
