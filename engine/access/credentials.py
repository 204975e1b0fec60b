"""Passwords: what is accepted, how it is kept, how it is proved."""

from __future__ import annotations

import threading

from pwdlib import PasswordHash
from pwdlib.exceptions import UnknownHashError
from sqlalchemy import Connection, delete, insert, select, update

from engine.access.worst_passwords import WORST_PASSWORDS
from engine.clock import Clock
from engine.database.connection import Database
from engine.database.system_tables import credential
from engine.locale.text import Text

MINIMUM_LENGTH = 10
MAXIMUM_LENGTH = 1000
_AT_ONCE = 4

TOO_SHORT = Text.of(
    {
        "en": f"Use at least {MINIMUM_LENGTH} characters.",
        "zh-CN": f"请至少使用 {MINIMUM_LENGTH} 个字符。",
    }
)
TOO_LONG = Text.of(
    {
        "en": f"Use at most {MAXIMUM_LENGTH} characters.",
        "zh-CN": f"请最多使用 {MAXIMUM_LENGTH} 个字符。",
    }
)
LIKE_EMAIL = Text.of(
    {
        "en": "Choose a password that is not the e-mail address.",
        "zh-CN": "密码不能与邮箱相同。",
    }
)
TOO_COMMON = Text.of(
    {
        "en": "This password is one of the first that would be guessed. Choose another one.",
        "zh-CN": "这个密码太常见,很容易被猜到。请换一个。",
    }
)


class PasswordRefused(ValueError):
    """A new password breaks a rule. `message` is a sentence in both languages."""

    def __init__(self, message: Text) -> None:
        super().__init__(message.in_("en"))
        self.message = message


def check_password(password: str, email: str) -> None:
    """Raise `PasswordRefused` when `password` must not be chosen by the person with this e-mail."""
    folded = password.strip().casefold()
    address = email.strip().casefold()
    if len(password.strip()) < MINIMUM_LENGTH:
        raise PasswordRefused(TOO_SHORT)
    if len(password) > MAXIMUM_LENGTH:
        raise PasswordRefused(TOO_LONG)
    if address and folded in (address, address.partition("@")[0]):
        raise PasswordRefused(LIKE_EMAIL)
    if folded in WORST_PASSWORDS or len(set(folded)) < 3:
        raise PasswordRefused(TOO_COMMON)


class Credentials:
    """Argon2id hashes by user. Hashing takes about 150 ms and 64 MB: a few run at once, never inside a transaction."""

    def __init__(self, database: Database, clock: Clock, hasher: PasswordHash | None = None) -> None:
        self._database = database
        self._clock = clock
        self._hasher = hasher or PasswordHash.recommended()
        self._turns = threading.BoundedSemaphore(_AT_ONCE)
        self._nobody = self._hasher.hash("the password of nobody")

    def hash(self, password: str) -> str:
        with self._turns:
            return self._hasher.hash(password)

    def store(self, connection: Connection, user_id: int, hashed: str) -> None:
        """Keep `hash(password)` as the user's only credential, in the caller's transaction."""
        connection.execute(delete(credential).where(credential.c.user_id == user_id))
        row = {"user_id": user_id, "password_hash": hashed, "changed_at": self._clock.now()}
        connection.execute(insert(credential).values(row))

    def verify(self, user_id: int | None, password: str) -> bool:
        """Whether it is the user's password. Somebody unknown takes as long as somebody known; a hash made with
        older parameters is made anew."""
        known = self._hash_of(user_id)
        right, upgraded = self._compare(password, known or self._nobody)
        if known is None or user_id is None:
            return False
        if right and upgraded is not None:
            self._upgrade(user_id, known, upgraded)
        return right

    def _hash_of(self, user_id: int | None) -> str | None:
        statement = select(credential.c.password_hash).where(credential.c.user_id == (user_id or 0))
        with self._database.read() as connection:
            return connection.execute(statement).scalar_one_or_none()

    def _compare(self, password: str, hashed: str) -> tuple[bool, str | None]:
        if len(password) > MAXIMUM_LENGTH:
            password = ""
        try:
            with self._turns:
                return self._hasher.verify_and_update(password, hashed)
        except UnknownHashError:
            return False, None

    def _upgrade(self, user_id: int, known: str, upgraded: str) -> None:
        same_row = (credential.c.user_id == user_id) & (credential.c.password_hash == known)
        with self._database.write() as connection:
            connection.execute(update(credential).where(same_row).values(password_hash=upgraded))
