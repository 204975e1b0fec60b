"""Attached files as screens show them."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Any
from urllib.parse import quote

from engine.forms.contexts.files import FileDrop, FileItem, Shown
from engine.locale.catalogue import message
from engine.locale.formats import Formats
from engine.schema.field_type import ValueRefused
from engine.schema.file_kinds import PICTURES_SHOWN, endings, kind_of_media, listed
from engine.schema.file_ref import FileRef, read_line
from engine.schema.model import Entity, Field

UPLOAD = ".upload"
"""Ends the name of the input that files are chosen with."""
WRITTEN = ".written"
"""Ends the name of the input where a text is typed instead."""
LARGEST_THUMB = 4 * 1024 * 1024
MEGABYTE = 1024 * 1024
ICONS = {
    "image": "image",
    "document": "file-text",
    "spreadsheet": "sheet",
    "text": "file-text",
    "mail": "mail",
}


def file_url(file: FileRef) -> str:
    """Downloads the file; `?view=1` at its end shows a picture or a PDF."""
    return f"/files/{file.id}/{quote(file.name, safe='')}"


def picture_url(file: FileRef | None) -> str:
    """Where a picture is drawn from; empty for none, and for one that is no picture a browser draws."""
    return f"{file_url(file)}?view=1" if file and file.media in PICTURES_SHOWN else ""


def cover_url(entity: Entity, row: Mapping[str, Any]) -> str:
    """Where the picture is drawn from that stands for a record; empty when it has none that was read and is small
    enough to be its own thumbnail."""
    covers = (field.type.picture(row.get(field.name)) for field in entity.declared if field.type.cover)
    return next((picture_url(file) for file in covers if file and file.size <= LARGEST_THUMB), "")


def file_item(file: FileRef, formats: Formats) -> FileItem:
    url = file_url(file)
    shown = _shown(file.media)
    return FileItem(
        id=str(file.id),
        name=file.name or f"#{file.id}",
        size=size_text(file.size, formats),
        icon=ICONS.get(kind_of_media(file.media).group, "file"),
        url=url,
        view_url=f"{url}?view=1" if shown else "",
        shown=shown,
        thumb=shown == "image" and file.size <= LARGEST_THUMB,
        line=file.line(),
    )


def kept_items(text: str, formats: Formats) -> tuple[FileItem, ...]:
    """The files a form keeps: a line for each; one that is not a file's is left out."""
    items = []
    for line in filter(str.strip, text.split("\n")):
        try:
            items.append(file_item(read_line(line), formats))
        except ValueRefused:
            continue
    return tuple(items)


def file_drop(field: Field, formats: Formats, limit: int, *, name: str, id: str, url: str) -> FileDrop:
    types = field.type.file_types(field)
    own = int(field.settings.get("max_size", 0)) * MEGABYTE
    most = min(own or limit, limit)
    words = {"types": listed(types).in_(formats.language), "limit": formats.number(most // MEGABYTE)}
    return FileDrop(
        id=id,
        name=name,
        url=url,
        most=field.type.most_files(field),
        limit=most,
        accept=",".join(endings(types)),
        rules=message(_rules(field), formats.language, **words),
        camera=not types or "image" in types or "jpg" in types,
        reduced=field.type.cover,
        written=name.removesuffix(UPLOAD) + WRITTEN if field.type.may_be_written else "",
    )


def _rules(field: Field) -> str:
    kinds = "rules" if field.type.file_types(field) else "rules_any"
    return f"files.{kinds}_one" if field.type.most_files(field) == 1 else f"files.{kinds}"


def size_text(size: int, formats: Formats) -> str:
    """ "820 B", "1.5 KB", "12 MB"."""
    for unit, factor in (("mb", MEGABYTE), ("kb", 1024)):
        if size >= factor:
            number = Decimal(size) / factor
            return message(
                f"files.size_{unit}", formats.language, size=formats.number(number, 0 if number >= 10 else 1)
            )
    return message("files.size_b", formats.language, size=formats.number(size))


def _shown(media: str) -> Shown:
    if media in PICTURES_SHOWN:
        return "image"
    return "pdf" if media == "application/pdf" else ""
