"""Attached files as screens show them."""

from __future__ import annotations

from decimal import Decimal
from urllib.parse import quote

from engine.forms.contexts.files import FileDrop, FileItem, Shown
from engine.locale.catalogue import message
from engine.locale.formats import Formats
from engine.schema.field_type import ValueRefused
from engine.schema.file_kinds import PICTURES_SHOWN, endings, kind_of_media, listed
from engine.schema.file_ref import FileRef, read_line
from engine.schema.model import Field

UPLOAD = ".upload"
"""Ends the name of the input that files are chosen with."""
LARGEST_THUMB = 4 * 1024 * 1024
MEGABYTE = 1024 * 1024
ICONS = {
    "image": "image",
    "document": "file-text",
    "spreadsheet": "sheet",
    "text": "file-text",
    "mail": "mail",
}


def file_item(file: FileRef, formats: Formats) -> FileItem:
    url = f"/files/{file.id}/{quote(file.name, safe='')}"
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
        rules=message("files.rules" if types else "files.rules_any", formats.language, **words),
        camera=not types or "image" in types or "jpg" in types,
    )


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
