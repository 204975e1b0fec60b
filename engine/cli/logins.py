"""Who can log in to a demo: a file only its owner may read, and the table people see."""

from __future__ import annotations

import os
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

FILE = "demo-logins.txt"


@dataclass(frozen=True, slots=True)
class Login:
    email: str
    roles: tuple[str, ...]
    password: str


def keep(folder: Path, logins: Iterable[Login]) -> None:
    """One line each: e-mail, roles, password."""
    lines = "".join(f"{line}\n" for line in table(logins))
    descriptor = os.open(folder / FILE, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with open(descriptor, "w", encoding="utf-8") as file:
        os.fchmod(descriptor, 0o600)
        file.write(lines)


def kept(folder: Path) -> list[Login] | None:
    """The logins of an earlier run; None when there was none."""
    path = folder / FILE
    if not path.is_file():
        return None
    rows = [line.split() for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]
    return [Login(row[0], tuple(row[1].split(",")), row[2]) for row in rows]


def table(logins: Iterable[Login]) -> list[str]:
    rows = [(login.email, ",".join(login.roles), login.password) for login in logins]
    widths = [max((len(row[column]) for row in rows), default=0) for column in (0, 1)]
    return [f"{email:<{widths[0]}}  {roles:<{widths[1]}}  {password}" for email, roles, password in rows]
