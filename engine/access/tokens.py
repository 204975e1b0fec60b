"""Random tokens, how the database keeps them, and the secret that signs what no session stands behind."""

from __future__ import annotations

import base64
import binascii
import hashlib
import hmac
import os
import secrets
from pathlib import Path

SECRET_FILE = "secret"


def new_token() -> str:
    """256 random bits, safe in a cookie and in a URL."""
    return secrets.token_urlsafe(32)


def digest(text: str) -> str:
    """SHA-256 in hexadecimal: what the database keeps instead of a token or an address."""
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


def same(given: str, expected: str) -> bool:
    """Compare in a time that does not tell how much is right. Nothing equals an empty expectation."""
    return bool(expected) and hmac.compare_digest(given.encode("utf-8", "surrogatepass"), expected.encode())


def mask(token: str) -> str:
    """`token` under a random pad: another text at every call, so that a compressed page never repeats the token."""
    text = token.encode()
    pad = secrets.token_bytes(len(text))
    return base64.urlsafe_b64encode(pad + _crossed(pad, text)).decode()


def unmask(masked: str) -> str:
    """The token under a mask; "" for a text that is none."""
    try:
        both = base64.b64decode(masked.encode("ascii"), altchars=b"-_", validate=True)
        half = len(both) // 2
        return _crossed(both[:half], both[half:]).decode()
    except (ValueError, binascii.Error):
        return ""


def _crossed(pad: bytes, text: bytes) -> bytes:
    return bytes(left ^ right for left, right in zip(pad, text, strict=True))


class Signer:
    """Signs texts with a secret that all processes of a workspace share."""

    def __init__(self, secret: bytes) -> None:
        self._secret = secret

    def sign(self, purpose: str, text: str) -> str:
        message = f"{purpose}\0{text}".encode("utf-8", "surrogatepass")
        return hmac.new(self._secret, message, hashlib.sha256).hexdigest()


def load_secret(folder: Path) -> bytes:
    """The 32 secret bytes kept in `folder`, made at the first call, readable by the owner alone. Raises `OSError`."""
    path = folder / SECRET_FILE
    folder.mkdir(parents=True, exist_ok=True)
    draft = folder / f".{SECRET_FILE}.{secrets.token_hex(8)}"
    if not path.exists():
        with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
            file.write(secrets.token_bytes(32))
        try:
            os.link(draft, path)
        except FileExistsError:
            pass
        finally:
            draft.unlink()
    return path.read_bytes()
