"""Attached files: in a form, on a record, and where they are dropped."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Shown = Literal["image", "pdf", ""]


@dataclass(frozen=True, slots=True)
class FileItem:
    """One attached file. `url` downloads it, `view_url` shows it; that is empty for what is never shown in a page."""

    id: str
    name: str
    size: str
    icon: str
    url: str
    view_url: str = ""
    shown: Shown = ""
    thumb: bool = False
    """Small enough to be drawn as its own thumbnail."""
    line: str = ""
    """What a form posts to keep it."""
    who: str = ""
    when: str = ""
    when_full: str = ""
    remove_url: str = ""


@dataclass(frozen=True, slots=True)
class FileDrop:
    """Where files are dropped, pasted and chosen. Without script the input `<name>.upload` posts them."""

    id: str
    name: str
    url: str
    """Where each file is posted by script."""
    most: int
    limit: int
    """Bytes of one file."""
    accept: str
    rules: str
    camera: bool = False
    """Photos are taken: on a phone a button opens its camera."""
    reduced: bool = False
    """Photos are made smaller before they are sent."""
    written: str = ""
    """The name of the input where a text is typed instead of choosing a file: then one is drawn, too."""


@dataclass(frozen=True, slots=True)
class FileControl:
    """The kept files of a control, and where more are dropped; None when it is read-only."""

    items: tuple[FileItem, ...]
    drop: FileDrop | None


@dataclass(frozen=True, slots=True)
class FilesBlock:
    """The files of one field on the page of a record."""

    field: str
    label: str
    csrf: str
    items: tuple[FileItem, ...]
    drop: FileDrop | None = None
    error: str = ""
    widget: str = "files"
    """How it is drawn: pictures large."""


@dataclass(frozen=True, slots=True)
class KeptFiles:
    """`parts/files_kept.html`: staged files as a form keeps them."""

    name: str
    items: tuple[FileItem, ...]


@dataclass(frozen=True, slots=True)
class FilesAgain:
    """`parts/files.html`: the block after a file was added or taken away."""

    block: FilesBlock
