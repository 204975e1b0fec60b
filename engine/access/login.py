"""Logging in: limit, password, a new session. The answer never tells whether an account exists."""

from __future__ import annotations

import re
from dataclasses import dataclass

from sqlalchemy import Boolean, Connection, column, func, select, table

from engine.access.audit import Audit, Origin
from engine.access.credentials import Credentials
from engine.access.rate_limit import LoginLimit
from engine.access.sessions import Sessions
from engine.database.connection import Database
from engine.locale.text import Text

WRONG = Text.of({"en": "The e-mail or the password is not right.", "zh-CN": "邮箱或密码不正确。"})
TOO_MANY = Text.of(
    {
        "en": "There were too many attempts. Please try again in 15 minutes.",
        "zh-CN": "尝试次数过多,请在 15 分钟后再试。",
    }
)
ADDRESS = re.compile(r"[\w.+-]{1,64}@[\w-]{1,63}(\.[\w-]{1,63})+")
_user = table("e_user", column("id"), column("email"), column("active", Boolean), column("deleted_at"))


@dataclass(frozen=True, slots=True)
class Device:
    """Where a login comes from. `token` is the session cookie it brings, which ends with the login."""

    address: str
    user_agent: str = ""
    token: str = ""

    @property
    def origin(self) -> Origin:
        return Origin("web", self.address, self.user_agent)


class LoginRefused(Exception):
    """`message` is a sentence in both languages; `status` is 422 for a wrong pair, 429 for too many attempts."""

    def __init__(self, message: Text, status: int) -> None:
        super().__init__(message.in_("en"))
        self.message = message
        self.status = status


class Login:
    def __init__(
        self, database: Database, credentials: Credentials, sessions: Sessions, limit: LoginLimit, audit: Audit
    ) -> None:
        self._database = database
        self._audit = audit
        self._credentials = credentials
        self._sessions = sessions
        self._limit = limit

    def attempt(self, email: str, password: str, device: Device) -> str:
        """The token of a new session. Raises `LoginRefused`."""
        with self._database.write() as connection:
            attempt = self._limit.admit(connection, email, device.address)
        if attempt is None:
            raise LoginRefused(TOO_MANY, 429)
        with self._database.read() as connection:
            user_id = find_user(connection, email)
        if not self._credentials.verify(user_id, password) or user_id is None:
            self._failed(user_id, email, device)
            raise LoginRefused(WRONG, 422)
        with self._database.write() as connection:
            self._limit.succeeded(connection, attempt)
            return self.enter(connection, user_id, device)

    def enter(self, connection: Connection, user_id: int, device: Device) -> str:
        """The token of a new session for somebody who has proved who they are."""
        if device.token:
            self._sessions.revoke(connection, device.token)
        self._audit.note(connection, "signed_in", user_id, device.origin)
        return self._sessions.create(connection, user_id, device.user_agent, device.address)

    def _failed(self, user_id: int | None, email: str, device: Device) -> None:
        """Whom somebody tried to be. What is no address may be a password typed in the wrong place: it is not kept."""
        about = ("user", user_id) if user_id is not None else None
        typed = email.strip() if ADDRESS.fullmatch(email.strip()) else ""
        with self._database.write() as connection:
            self._audit.note(connection, "sign_in_failed", None, device.origin, about, email=typed)


def find_user(connection: Connection, email: str) -> int | None:
    """The id of the active user with this e-mail, whatever its case."""
    statement = select(_user.c.id).where(
        func.lower(_user.c.email) == email.strip().replace("\0", "").lower(),
        _user.c.active.is_(True),
        _user.c.deleted_at.is_(None),
    )
    return connection.execute(statement.limit(1)).scalar_one_or_none()
