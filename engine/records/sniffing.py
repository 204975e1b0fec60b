"""What a file really is: its first bytes tell, and for office formats what their archive holds."""

from __future__ import annotations

import re
import zipfile
from typing import BinaryIO

from engine.schema.field_type import refuse
from engine.schema.file_kinds import KINDS, UNKNOWN, FileKind, kind_of_name

HEAD = 4096
MAGIC: tuple[tuple[int, bytes, str], ...] = (
    (0, b"\x89PNG\r\n\x1a\n", "png"),
    (0, b"\xff\xd8\xff", "jpg"),
    (0, b"GIF87a", "gif"),
    (0, b"GIF89a", "gif"),
    (8, b"WEBP", "webp"),
    (8, b"WAVE", "wav"),
    (0, b"BM", "bmp"),
    (0, b"II*\x00", "tiff"),
    (0, b"MM\x00*", "tiff"),
    (0, b"%PDF-", "pdf"),
    (0, b"{\\rtf", "rtf"),
    (0, b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "doc"),
    (0, b"7z\xbc\xaf\x27\x1c", "7z"),
    (0, b"Rar!\x1a\x07", "rar"),
    (0, b"\x1f\x8b", "gz"),
    (0, b"ID3", "mp3"),
    (0, b"OggS", "ogg"),
    (0, b"\x1a\x45\xdf\xa3", "webm"),
    (0, b"MZ", "exe"),
    (0, b"\x7fELF", "elf"),
    (0, b"\xfe\xed\xfa\xce", "macho"),
    (0, b"\xfe\xed\xfa\xcf", "macho"),
    (0, b"\xce\xfa\xed\xfe", "macho"),
    (0, b"\xcf\xfa\xed\xfe", "macho"),
    (0, b"\xca\xfe\xba\xbe", "class"),
    (0, b"L\x00\x00\x00\x01\x14\x02\x00", "lnk"),
    (0, b"#!", "script"),
)
LETTERS = (b"BM", b"MZ")
"""A text may begin with them, too."""
BRANDS = {b"heic": "heic", b"heix": "heic", b"mif1": "heic", b"msf1": "heic", b"avif": "avif", b"avis": "avif"}
"""Of the container that photos and videos of phones share."""
PARTS = (("word/", "docx"), ("xl/", "xlsx"), ("ppt/", "pptx"), ("META-INF/MANIFEST.MF", "jar"), ("classes.dex", "jar"))
OPEN_DOCUMENTS = {KINDS[word].media.encode(): word for word in ("odt", "ods", "odp")}
CONTROL = re.compile(rb"[\x00-\x08\x0e-\x1a\x1c-\x1f]")
PAGE = re.compile(rb"<(?:!doctype html|html|head|body|script|iframe|meta|title)[\s>/]", re.IGNORECASE)
DRAWING = re.compile(rb"<svg[\s>]", re.IGNORECASE)


def judge(stream: BinaryIO, name: str) -> FileKind:
    """The kind of a file that may be attached under `name`. Raises `ValueRefused` for an empty one, for a program, and
    for one whose content is something else than its name says."""
    found, claimed = sniff(stream), kind_of_name(name)
    if found is None:
        raise refuse("file_empty", name=name)
    program = next((kind for kind in (found, claimed) if kind.group == "program"), None)
    if program:
        raise refuse("file_program", name=name, kind=program.text)
    if claimed is UNKNOWN or claimed.word == found.word:
        return found
    if claimed.family == found.family:
        return claimed if found.word not in ("html", "svg") and claimed.family != "picture" else found
    if found.family == "ole" and claimed.word in ("docx", "xlsx", "pptx"):
        return claimed
    if found is UNKNOWN and claimed.word in ("mp3", "txt", "csv"):
        return claimed
    raise (
        refuse("file_broken", name=name, kind=claimed.text)
        if found is UNKNOWN
        else refuse("file_differs", name=name, kind=found.text)
    )


def sniff(stream: BinaryIO) -> FileKind | None:
    """The kind that the content has; None when there is none."""
    stream.seek(0)
    head = stream.read(HEAD)
    if not head:
        return None
    if head.startswith(b"PK\x03\x04"):
        return KINDS[_archive(stream, head)]
    if head[4:8] == b"ftyp":
        return KINDS[BRANDS.get(head[8:12], "mov" if head[8:12] == b"qt  " else "mp4")]
    for offset, magic, word in MAGIC:
        if head.startswith(magic, offset) and (magic not in LETTERS or CONTROL.search(head)):
            return KINDS[word]
    return _text(head)


def _archive(stream: BinaryIO, head: bytes) -> str:
    """Office documents are archives with known parts. One that cannot be listed is an archive and no more."""
    if head[30:38] == b"mimetype":
        declared = next((word for media, word in OPEN_DOCUMENTS.items() if head.startswith(media, 38)), "")
        if declared:
            return declared
    try:
        stream.seek(0)
        with zipfile.ZipFile(stream) as archive:
            names = archive.namelist()
    except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError):
        return "zip"
    office = "[Content_Types].xml" in names
    for part, word in PARTS:
        if (office or word == "jar") and any(name.startswith(part) for name in names):
            return word
    return "zip"


def _text(head: bytes) -> FileKind:
    if head.startswith((b"\xff\xfe", b"\xfe\xff")):
        return KINDS["txt"]
    if CONTROL.search(head):
        return UNKNOWN
    if PAGE.search(head):
        return KINDS["html"]
    return KINDS["svg"] if DRAWING.search(head) else KINDS["txt"]
