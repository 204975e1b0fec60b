"""The files of a blueprint as text: bounded in size and number, UTF-8, never outside their folder."""

from __future__ import annotations

import os
import re
import stat
from collections.abc import Iterator
from pathlib import Path

from engine.language.nodes import Place
from engine.language.problems import Problems

MAX_BYTES = 2_000_000
MAX_FILES = 2_000

_FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff\ufeff\ufffe\uffff]")
_BREAK = re.compile(r"\r\n|\r|\n")


def read_content(path: Path, name: str, problems: Problems) -> bytes | None:
    """The bytes of a normal file of at most `MAX_BYTES`; else a problem and None."""
    try:
        found = path.stat()
        if not stat.S_ISREG(found.st_mode):
            problems.add("E117", Place(name, 1, 1), reason="not a normal file")
            return None
        if found.st_size > MAX_BYTES:
            too_large(found.st_size, name, problems)
            return None
        return path.read_bytes()
    except (OSError, ValueError) as error:
        problems.add("E117", Place(name, 1, 1), reason=getattr(error, "strerror", None) or str(error))
        return None


def decoded(data: bytes, name: str, problems: Problems) -> str | None:
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError as error:
        place = place_of(data[: error.start].decode("utf-8"), error.start, name)
        problems.add("E105", place, byte=f"0x{data[error.start]:02X}", offset=str(error.start))
        return None


def legible(text: str, name: str, problems: Problems) -> str | None:
    """The text without a byte order mark; None, with a problem, when it is too large or holds control characters."""
    if (size := len(text.encode("utf-8", "surrogatepass"))) > MAX_BYTES:
        too_large(size, name, problems)
        return None
    text = text.removeprefix("\ufeff")
    problems.remember(name, text)
    if forbidden := _FORBIDDEN.search(text):
        place = place_of(text, forbidden.start(), name)
        problems.add("E114", place, length=1, character=f"U+{ord(forbidden.group()):04X}")
        return None
    return text


def too_large(size: int, name: str, problems: Problems) -> None:
    problems.add("E104", Place(name, 1, 1), size=f"{size / 1e6:.1f}", limit=str(MAX_BYTES // 1_000_000))


def place_of(text: str, offset: int, name: str) -> Place:
    before = _BREAK.split(text[:offset])
    return Place(name, len(before), len(before[-1]) + 1)


def files_below(folder: Path, suffix: str, problems: Problems, *, prefix: str = "") -> list[str]:
    """Relative names of the files below `folder` that end in `suffix`, sorted; links that lead out are problems."""
    top = folder.resolve()
    names = []
    for seen, path in enumerate(_walk(folder)):
        name = path.relative_to(folder).as_posix()
        if seen >= MAX_FILES:
            problems.add("E129", Place(prefix or folder.name or ".", 1, 1), limit=f"{MAX_FILES:,}")
            break
        if path.is_symlink() and not path.resolve().is_relative_to(top):
            problems.add("E120", Place(prefix + name, 1, 1), path=name)
        elif path.suffix == suffix and not path.is_dir():
            names.append(name)
        elif suffix == ".yaml" and path.suffix.lower() in (".yml", ".yaml") and not path.is_dir():
            problems.add("E128", Place(prefix + name, 1, 1), name=path.name)
    return sorted(names)


def _walk(folder: Path) -> Iterator[Path]:
    """Files, and folders that are links, below `folder`; hidden ones are skipped."""
    for here, folders, files in os.walk(folder):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        links = [name for name in folders if (Path(here) / name).is_symlink()]
        yield from (Path(here) / name for name in (*links, *sorted(files)) if not name.startswith("."))
