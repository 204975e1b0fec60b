from __future__ import annotations

import stat
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from engine.access.tokens import Signer, load_secret, new_token, same


def test_tokens_are_43_characters_and_never_the_same() -> None:
    tokens = {new_token() for _ in range(100)}
    assert len(tokens) == 100 and {len(token) for token in tokens} == {43}


def test_a_signature_depends_on_secret_purpose_and_text() -> None:
    signer = Signer(b"a" * 32)
    signatures = {
        signer.sign("guest", "x"),
        signer.sign("guest", "y"),
        signer.sign("other", "x"),
        Signer(b"b" * 32).sign("guest", "x"),
    }
    assert len(signatures) == 4 and signer.sign("guest", "x") in signatures


def test_an_empty_expectation_equals_nothing() -> None:
    assert [same("a", "a"), same("a", "b"), same("", ""), same("\udcff", "a")] == [True, False, False, False]


def test_all_processes_that_start_at_once_load_the_same_private_secret(tmp_path: Path) -> None:
    folder = tmp_path / "new"
    with ThreadPoolExecutor(8) as pool:
        secrets = set(pool.map(lambda _: load_secret(folder), range(16)))
    assert len(secrets) == 1 and len(secrets.pop()) == 32
    assert [path.name for path in folder.iterdir()] == ["secret"]
    assert stat.S_IMODE((folder / "secret").stat().st_mode) == 0o600
