"""Logging in: limit, password, a new session. The answer never tells whether an account exists."""

from __future__ import annotations

import re
from dataclasses import dataclass

from sqlalchemy import Boolean, Connection, column, func, select, table

from engine.access.alerts import Alerts
from engine.access.audit import Origin
from engine.access.credentials import Credentials
from engine.access.places import is_new_place
from engine.access.rate_limit import Attempt, LoginLimit
from engine.access.second_factor import SecondFactors
from engine.access.sessions import Sessions
from engine.clock import Clock
from engine.database.connection import Database
from engine.locale.text import Text

WRONG = Text.of({"en": "The e-mail or the password is not right.", "zh-CN": "邮箱或密码不正确。"})
TOO_MANY = Text.of(
    {
        "en": "There were too many attempts. Please try again in 15 minutes.",
        "zh-CN": "尝试次数过多,请在 15 分钟后再试。",
    }
)
WRONG_CODE = Text.of({"en": "This code is not right, or it was used already.", "zh-CN": "验证码不正确，或已被使用。"})
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


@dataclass(frozen=True, slots=True)
class CodeNeeded:
    """The password was right; a code of the second factor must follow."""

    user_id: int


class Login:
    def __init__(
        self,
        database: Database,
        credentials: Credentials,
        sessions: Sessions,
        limit: LoginLimit,
        alerts: Alerts,
        factors: SecondFactors,
        clock: Clock,
    ) -> None:
        self._database = database
        self._alerts, self._factors, self._clock = alerts, factors, clock
        self._credentials = credentials
        self._sessions = sessions
        self._limit = limit

    def attempt(self, email: str, password: str, device: Device) -> str | CodeNeeded:
        """The token of a new session. Raises `LoginRefused`."""
        attempt = self._admit(email, device)
        with self._database.read() as connection:
            user_id = find_user(connection, email)
        if not self._credentials.verify(user_id, password) or user_id is None:
            self._failed(user_id, email, device, attempt)
            raise LoginRefused(WRONG, 422)
        with self._database.write() as connection:
            self._limit.succeeded(connection, attempt)
            return self.begin(connection, user_id, device)

    def begin(self, connection: Connection, user_id: int, device: Device) -> str | CodeNeeded:
        """The token of a new session for somebody who has proved who they are, unless a code must follow."""
        if self._factors.is_on(connection, user_id):
            return CodeNeeded(user_id)
        return self.enter(connection, user_id, device)

    def prove(self, user_id: int, code: str, device: Device) -> str:
        """The token of a new session for who brings a code after the password. Raises `LoginRefused`."""
        attempt = self._admit(f"code {user_id}", device)
        with self._database.write() as connection:
            right = may_come_in(connection, user_id) and self._factors.accept(connection, user_id, code)
            if right:
                self._limit.succeeded(connection, attempt)
                return self.enter(connection, user_id, device)
        self._failed(user_id, "", device, attempt)
        raise LoginRefused(WRONG_CODE, 422)

    def enter(self, connection: Connection, user_id: int, device: Device) -> str:
        """The token of a new session, without any more questions."""
        if device.token:
            self._sessions.revoke(connection, device.token)
        self._alerts.audit.note(connection, "signed_in", user_id, device.origin)
        if is_new_place(connection, user_id, device.address, device.user_agent, self._clock.now()):
            self._alerts.ring(connection, "new_place", user_id, device.origin, also=(user_id,))
        return self._sessions.create(connection, user_id, device.user_agent, device.address)

    def _admit(self, account: str, device: Device) -> Attempt:
        """Raises `LoginRefused`."""
        with self._database.write() as connection:
            attempt = self._limit.admit(connection, account, device.address)
        if attempt is None:
            raise LoginRefused(TOO_MANY, 429)
        return attempt

    def _failed(self, user_id: int | None, email: str, device: Device, attempt: Attempt) -> None:
        """Whom somebody tried to be. What is no address may be a password typed in the wrong place: it is not kept."""
        about = ("user", user_id) if user_id is not None else None
        typed = email.strip() if ADDRESS.fullmatch(email.strip()) else ""
        with self._database.write() as connection:
            self._alerts.audit.note(connection, "sign_in_failed", None, device.origin, about, email=typed)
            if attempt.last:
                self._alerts.ring(connection, "many_failures", None, device.origin, about, email=typed)


def find_user(connection: Connection, email: str) -> int | None:
    """The id of the active user with this e-mail, whatever its case."""
    statement = select(_user.c.id).where(
        func.lower(_user.c.email) == email.strip().replace("\0", "").lower(),
        _user.c.active.is_(True),
        _user.c.deleted_at.is_(None),
    )
    return connection.execute(statement.limit(1)).scalar_one_or_none()


def may_come_in(connection: Connection, user_id: int) -> bool:
    statement = select(_user.c.id).where(_user.c.id == user_id, _user.c.active.is_(True), _user.c.deleted_at.is_(None))
    return connection.execute(statement).first() is not None
