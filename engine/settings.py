"""The frozen settings of a process, read from `CRM_...` variables and overridden by arguments."""

from __future__ import annotations

import ipaddress
from collections.abc import Mapping
from dataclasses import dataclass, field, fields, replace
from datetime import timedelta
from pathlib import Path
from typing import Any, Literal

from engine.locale.text import Text

_YES = {"1", "true", "yes", "on"}
_NO = {"0", "false", "no", "off", ""}


class SettingRefused(ValueError):
    """A setting cannot be read. `message` is a sentence in both languages."""

    def __init__(self, variable: str, value: str) -> None:
        self.message = Text.of(
            {
                "en": f'The setting {variable} has a value that cannot be read: "{value}".',
                "zh-CN": f"设置 {variable} 的值无法识别:“{value}”。",
            }
        )
        super().__init__(self.message.in_("en"))


@dataclass(frozen=True, slots=True)
class Settings:
    data_folder: Path = Path("workspace")
    """Where the default database, the signing secret and files live."""
    database_url: str = ""
    """Empty: an SQLite file in the data folder."""
    secret_key: str = field(default="", repr=False)
    """Keys that secrets are encrypted with, separated by commas, the newest first; empty: no secret can be kept."""
    host: str = "127.0.0.1"
    port: int = 8000
    behind_tls: bool = False
    """People always come through TLS: cookies are Secure even when the last step to this process is plain HTTP."""
    trusted_proxies: tuple[str, ...] = ()
    """Addresses or networks whose X-Forwarded-For and X-Forwarded-Proto are believed."""
    session_idle: timedelta = timedelta(days=14)
    session_lifetime: timedelta = timedelta(days=90)
    body_limit: int = 16 * 1024 * 1024
    """Bytes a request may send, apart from files."""
    api_body_limit: int = 10 * 1024 * 1024
    """Bytes of JSON one request of the API may send."""
    api_rate: int = 1200
    """Requests one API token may make in a minute, in each process; 0 for as many as it likes."""
    files: str = ""
    """The folder of attached files. Empty: `files` in the data folder."""
    file_limit: int = 25 * 1024 * 1024
    """Bytes an attached file may have."""

    oidc_issuer: str = ""
    """The provider that people may sign in with, as `https://login.example.com/realm`; empty for none."""
    oidc_client_id: str = ""
    oidc_client_secret: str = field(default="", repr=False)
    oidc_name: str = ""
    """What the provider is called on the sign-in page."""
    oidc_role: str = ""
    """The role of who is not there yet: they are added when they first come; empty: they are not let in."""
    second_factor: Literal["free", "admins", "everybody"] = "free"
    """Who must have a second factor."""
    public_url: str = ""
    """Where people reach the workspace, as `https://crm.example.com`: for links in mails."""
    smtp_host: str = ""
    """The server that mail is handed to; empty: no mail is sent."""
    smtp_port: int = 587
    smtp_tls: Literal["starttls", "tls", "none"] = "starttls"
    smtp_user: str = ""
    smtp_password: str = field(default="", repr=False)
    smtp_ca: str = ""
    """A file of certificates to believe beside those of the system."""
    mail_from: str = ""
    """The address mail is sent from."""

    audit_days: int = 730
    """Days that what people answer for is kept."""

    operations: bool = True
    """Whether this process runs operations that wait, beside what it serves."""

    import_limit: int = 100 * 1024 * 1024
    """Bytes a file to be imported may have."""
    import_rows: int = 1_000_000
    """Rows a file to be imported may have."""

    @property
    def files_folder(self) -> Path:
        return Path(self.files) if self.files else self.data_folder / "files"

    @property
    def upload_limit(self) -> int:
        """Bytes a request with files may send."""
        return self.body_limit + max(4 * self.file_limit, self.import_limit)

    @classmethod
    def from_environment(cls, environment: Mapping[str, str], **arguments: Any) -> Settings:
        """Settings from `environment`; an argument that is not None wins. Raises `SettingRefused`."""
        read: dict[str, Any] = {}
        for item in fields(cls):
            variable = f"CRM_{item.name.upper()}"
            if variable in environment:
                read[item.name] = _parse(variable, environment[variable].strip(), getattr(_DEFAULTS, item.name))
        read.update({name: value for name, value in arguments.items() if value is not None})
        settings = cls(**read)
        _check_mail(settings)
        if settings.database_url:
            return settings
        return replace(settings, database_url=f"sqlite:///{settings.data_folder / 'crm.db'}")


_DEFAULTS = Settings()


def _check_mail(settings: Settings) -> None:
    """A link in a mail must not lead where a stranger's request says. Raises `SettingRefused`."""
    if settings.public_url and not settings.public_url.startswith(("https://", "http://")):
        raise SettingRefused("CRM_PUBLIC_URL", settings.public_url)
    if settings.oidc_issuer and not settings.public_url:
        raise SettingRefused("CRM_PUBLIC_URL", "")
    if settings.oidc_issuer and not settings.oidc_client_id:
        raise SettingRefused("CRM_OIDC_CLIENT_ID", "")
    if settings.second_factor not in ("free", "admins", "everybody"):
        raise SettingRefused("CRM_SECOND_FACTOR", settings.second_factor)
    if settings.smtp_tls not in ("starttls", "tls", "none"):
        raise SettingRefused("CRM_SMTP_TLS", settings.smtp_tls)
    if settings.smtp_host and not settings.public_url:
        raise SettingRefused("CRM_PUBLIC_URL", "")
    if settings.smtp_host and "@" not in settings.mail_from:
        raise SettingRefused("CRM_MAIL_FROM", settings.mail_from)


def _parse(variable: str, value: str, default: object) -> Any:
    """`value` in the type of `default`; a timedelta is given in days."""
    try:
        match default:
            case bool():
                return _boolean(value)
            case int():
                return int(value)
            case timedelta():
                return timedelta(days=float(value))
            case Path():
                return Path(value)
            case tuple():
                return _networks(value)
            case _:
                return value
    except ValueError as error:
        raise SettingRefused(variable, value) from error


def _boolean(value: str) -> bool:
    if value.lower() not in _YES | _NO:
        raise ValueError(value)
    return value.lower() in _YES


def _networks(value: str) -> tuple[str, ...]:
    parts = tuple(part.strip() for part in value.split(",") if part.strip())
    for part in parts:
        ipaddress.ip_network(part)
    return parts
