"""Sealing secrets before they are stored: the only importer of cryptography."""

from __future__ import annotations

import os
import secrets
from pathlib import Path

from cryptography.fernet import Fernet, InvalidToken, MultiFernet

from engine.schema.columns import Sealed

KEY_FILE = "secret.key"
LONG_ENOUGH = 16
HINT = 4
"""The last characters of a long secret that may be shown, so that people tell two apart."""


class KeyRefused(ValueError):
    """A text is no list of keys."""


class Vault:
    """Encrypts with the first of its keys, decrypts with any: a new key is put in front of the old ones."""

    def __init__(self, keys: str) -> None:
        """`keys` are separated by commas, each 32 bytes in URL-safe base64. Raises `KeyRefused`."""
        try:
            self._fernet = MultiFernet([Fernet(key.strip()) for key in keys.split(",") if key.strip()])
        except ValueError as error:
            raise KeyRefused from error

    def seal(self, text: str) -> Sealed:
        token = self._fernet.encrypt(text.encode()).decode("ascii")
        return Sealed(token, text[-HINT:] if len(text) >= LONG_ENOUGH else "")

    def open(self, sealed: Sealed) -> str:
        """For what the engine itself does with a secret; no page asks for it. Raises `KeyRefused` for another key."""
        try:
            return self._fernet.decrypt(sealed.token.encode("ascii")).decode()
        except InvalidToken as error:
            raise KeyRefused from error


def new_key() -> str:
    return Fernet.generate_key().decode("ascii")


def load_key(folder: Path) -> str:
    """The key kept in `folder`, made at the first call, readable by the owner alone. Raises `OSError`."""
    path = folder / KEY_FILE
    folder.mkdir(parents=True, exist_ok=True)
    if not path.exists():
        draft = folder / f".{KEY_FILE}.{secrets.token_hex(8)}"
        with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w", encoding="ascii") as file:
            file.write(new_key())
        os.replace(draft, path)
    return path.read_text(encoding="ascii").strip()
