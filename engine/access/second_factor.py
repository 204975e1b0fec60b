"""The second factor: a code that an app makes anew every 30 seconds (RFC 6238), and recovery codes for who lost it.
The secret is encrypted, recovery codes are kept as keyed digests, and each code is taken once."""

from __future__ import annotations

import base64
import hashlib
import hmac
import secrets
from datetime import timedelta

import pyotp
from sqlalchemy import Connection, delete, insert, select, update

from engine.access.tokens import same
from engine.access.vault import KeyRefused, Vault
from engine.clock import Clock
from engine.database.entry_tables import recovery_code, second_factor
from engine.schema.columns import Sealed

STEP = timedelta(seconds=30)
RECOVERY_CODES = 10
LETTERS = "ABCDEFGHJKLMNPQRSTUVWXYZ23456789"


class SecondFactors:
    def __init__(self, clock: Clock, secret: bytes) -> None:
        """`secret` is the one all processes of the workspace share."""
        self._clock = clock
        self._key = hmac.new(secret, b"recovery codes", hashlib.sha256).digest()
        sealing = hmac.new(secret, b"second factor", hashlib.sha256).digest()
        self._vault = Vault(base64.urlsafe_b64encode(sealing).decode())

    def is_on(self, connection: Connection, user_id: int) -> bool:
        statement = select(second_factor.c.user_id).where(second_factor.c.user_id == user_id)
        return connection.execute(statement.where(second_factor.c.since.is_not(None))).first() is not None

    def begin(self, connection: Connection, user_id: int) -> None:
        """A new secret, which counts for nothing until it is confirmed. One that is on stays."""
        if self.is_on(connection, user_id):
            return
        self.drop(connection, user_id)
        sealed = self._vault.seal(pyotp.random_base32())
        connection.execute(insert(second_factor).values(user_id=user_id, secret=sealed.token))

    def waiting(self, connection: Connection, user_id: int) -> str:
        """The secret that is not confirmed yet; empty for none."""
        statement = select(second_factor.c.secret).where(second_factor.c.user_id == user_id)
        found = connection.execute(statement.where(second_factor.c.since.is_(None))).scalar_one_or_none()
        return self._open(found) if found else ""

    def confirm(self, connection: Connection, user_id: int, code: str) -> tuple[str, ...]:
        """Turn it on with a code of the app: the recovery codes, told this once; none for a wrong code."""
        if not self.waiting(connection, user_id) or not self._take(connection, user_id, code):
            return ()
        mine = second_factor.c.user_id == user_id
        connection.execute(update(second_factor).where(mine).values(since=self._clock.now()))
        return self.renew(connection, user_id)

    def renew(self, connection: Connection, user_id: int) -> tuple[str, ...]:
        """New recovery codes in place of all earlier ones."""
        codes = tuple("".join(secrets.choice(LETTERS) for _ in range(10)) for _ in range(RECOVERY_CODES))
        connection.execute(delete(recovery_code).where(recovery_code.c.user_id == user_id))
        connection.execute(insert(recovery_code), [{"user_id": user_id, "digest": self._digest(c)} for c in codes])
        return tuple(f"{code[:5]}-{code[5:]}" for code in codes)

    def accept(self, connection: Connection, user_id: int, typed: str) -> bool:
        """Whether it is a code of the app or a recovery code that was not used yet; it is used now."""
        if not self.is_on(connection, user_id):
            return False
        return self._take(connection, user_id, typed) or self._recover(connection, user_id, typed)

    def left(self, connection: Connection, user_id: int) -> int:
        """How many recovery codes are left."""
        statement = select(recovery_code.c.digest).where(recovery_code.c.user_id == user_id)
        return len(connection.execute(statement).all())

    def drop(self, connection: Connection, user_id: int) -> None:
        connection.execute(delete(second_factor).where(second_factor.c.user_id == user_id))
        connection.execute(delete(recovery_code).where(recovery_code.c.user_id == user_id))

    def _take(self, connection: Connection, user_id: int, typed: str) -> bool:
        """Codes of the last, this and the next 30 seconds; of two who bring the same at once one is let in."""
        code = "".join(typed.split())
        found = connection.execute(select(second_factor.c.secret).where(second_factor.c.user_id == user_id))
        sealed = found.scalar_one_or_none()
        if sealed is None or not (code.isascii() and code.isdigit() and len(code) == 6):
            return False
        totp = pyotp.TOTP(self._open(sealed))
        now = int(self._clock.now().timestamp()) // int(STEP.total_seconds())
        step = next((one for one in (now - 1, now, now + 1) if same(code, totp.generate_otp(one))), None)
        if step is None:
            return False
        unused = second_factor.c.last_step.is_(None) | (second_factor.c.last_step < step)
        taking = update(second_factor).where(second_factor.c.user_id == user_id, unused).values(last_step=step)
        return bool(connection.execute(taking).rowcount)

    def _recover(self, connection: Connection, user_id: int, typed: str) -> bool:
        code = "".join(letter for letter in typed.upper() if letter in LETTERS)
        mine = (recovery_code.c.user_id == user_id) & (recovery_code.c.digest == self._digest(code))
        return bool(connection.execute(delete(recovery_code).where(mine)).rowcount)

    def _digest(self, code: str) -> str:
        return hmac.new(self._key, code.encode(), hashlib.sha256).hexdigest()

    def _open(self, token: str) -> str:
        """A secret sealed by another workspace opens nothing."""
        try:
            return self._vault.open(Sealed(token, ""))
        except KeyRefused:
            return pyotp.random_base32()
