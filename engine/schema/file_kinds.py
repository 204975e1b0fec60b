"""The kinds of files people attach: what each is called, its media type, the endings of its name, its group."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from engine.locale.text import LANGUAGES, Text

UNKNOWN_MEDIA = "application/octet-stream"
PICTURES_SHOWN = frozenset({"image/png", "image/jpeg", "image/gif", "image/webp"})
"""What a browser draws and nothing in it runs."""


@dataclass(frozen=True, slots=True)
class FileKind:
    """`family` holds the kinds whose content cannot or need not be told apart: the ending of the name decides."""

    word: str
    media: str
    group: str
    family: str
    endings: tuple[str, ...]
    text: Text
    """With its article: "a PDF document"."""


def _kind(written: str, endings: str, english: str, chinese: str) -> FileKind:
    """`written` is its word, media type, group and family."""
    word, media, group, family = written.split(" ")
    return FileKind(word, media, group, family, tuple(endings.split()), Text.of({"en": english, "zh-CN": chinese}))


_OFFICE = "application/vnd.openxmlformats-officedocument"
_OPEN = "application/vnd.oasis.opendocument"

KINDS: Mapping[str, FileKind] = {
    kind.word: kind
    for kind in (
        _kind("png image/png image picture", "png", "a PNG picture", "PNG 图片"),
        _kind("jpg image/jpeg image picture", "jpg jpeg jpe", "a JPEG picture", "JPEG 图片"),
        _kind("gif image/gif image picture", "gif", "a GIF picture", "GIF 图片"),
        _kind("webp image/webp image picture", "webp", "a WebP picture", "WebP 图片"),
        _kind("heic image/heic image picture", "heic heif", "a HEIC picture", "HEIC 图片"),
        _kind("avif image/avif image picture", "avif", "an AVIF picture", "AVIF 图片"),
        _kind("bmp image/bmp image picture", "bmp", "a BMP picture", "BMP 图片"),
        _kind("tiff image/tiff image picture", "tif tiff", "a TIFF picture", "TIFF 图片"),
        _kind("svg image/svg+xml drawing text", "svg", "an SVG drawing", "SVG 矢量图"),
        _kind("pdf application/pdf document pdf", "pdf", "a PDF document", "PDF 文档"),
        _kind(f"docx {_OFFICE}.wordprocessingml.document document docx", "docx", "a Word document", "Word 文档"),
        _kind(f"xlsx {_OFFICE}.spreadsheetml.sheet spreadsheet xlsx", "xlsx", "an Excel workbook", "Excel 工作簿"),
        _kind(
            f"pptx {_OFFICE}.presentationml.presentation presentation pptx",
            "pptx",
            "a PowerPoint presentation",
            "PowerPoint 演示文稿",
        ),
        _kind("doc application/msword document ole", "doc", "an older Word document", "旧版 Word 文档"),
        _kind(
            "xls application/vnd.ms-excel spreadsheet ole",
            "xls",
            "an older Excel workbook",
            "旧版 Excel 工作簿",
        ),
        _kind(
            "ppt application/vnd.ms-powerpoint presentation ole",
            "ppt",
            "an older PowerPoint presentation",
            "旧版 PowerPoint 演示文稿",
        ),
        _kind("msg application/vnd.ms-outlook mail ole", "msg", "an Outlook message", "Outlook 邮件"),
        _kind(f"odt {_OPEN}.text document odt", "odt", "an OpenDocument text", "OpenDocument 文本"),
        _kind(f"ods {_OPEN}.spreadsheet spreadsheet ods", "ods", "an OpenDocument sheet", "OpenDocument 表格"),
        _kind(
            f"odp {_OPEN}.presentation presentation odp",
            "odp",
            "an OpenDocument presentation",
            "OpenDocument 演示文稿",
        ),
        _kind("rtf application/rtf document rtf", "rtf", "a rich text document", "RTF 文档"),
        _kind("txt text/plain text text", "txt log", "a plain text", "纯文本"),
        _kind("md text/markdown text text", "md markdown", "a Markdown text", "Markdown 文本"),
        _kind("csv text/csv spreadsheet text", "csv tsv", "a table as text (CSV)", "CSV 表格"),
        _kind("json application/json text text", "json", "a JSON text", "JSON 文本"),
        _kind("xml application/xml text text", "xml", "an XML text", "XML 文本"),
        _kind("html text/html web text", "html htm xhtml", "a web page", "网页"),
        _kind("eml message/rfc822 mail text", "eml", "an email message", "电子邮件"),
        _kind("ics text/calendar text text", "ics", "a calendar entry", "日历条目"),
        _kind("vcf text/vcard text text", "vcf", "a contact card", "名片"),
        _kind("zip application/zip archive zip", "zip", "a ZIP archive", "ZIP 压缩包"),
        _kind("7z application/x-7z-compressed archive 7z", "7z", "a 7z archive", "7z 压缩包"),
        _kind("rar application/vnd.rar archive rar", "rar", "a RAR archive", "RAR 压缩包"),
        _kind("gz application/gzip archive gz", "gz tgz", "a gzip archive", "gzip 压缩包"),
        _kind("mp3 audio/mpeg audio mp3", "mp3", "an MP3 recording", "MP3 音频"),
        _kind("wav audio/wav audio wav", "wav", "a WAV recording", "WAV 音频"),
        _kind("m4a audio/mp4 audio iso", "m4a", "an M4A recording", "M4A 音频"),
        _kind("ogg audio/ogg audio ogg", "ogg oga opus", "an Ogg recording", "Ogg 音频"),
        _kind("mp4 video/mp4 video iso", "mp4 m4v", "an MP4 video", "MP4 视频"),
        _kind("mov video/quicktime video iso", "mov", "a QuickTime video", "QuickTime 视频"),
        _kind("webm video/webm video webm", "webm", "a WebM video", "WebM 视频"),
        _kind(
            "exe application/x-msdownload program exe",
            "exe dll com scr cpl",
            "a Windows program",
            "Windows 程序",
        ),
        _kind("elf application/x-executable program elf", "elf so", "a Linux program", "Linux 程序"),
        _kind("macho application/x-mach-binary program macho", "dylib", "a macOS program", "macOS 程序"),
        _kind(
            "jar application/java-archive program jar",
            "jar apk",
            "a Java or Android program",
            "Java 或 Android 程序",
        ),
        _kind("class application/java-vm program class", "class", "a Java program", "Java 程序"),
        _kind("msi application/x-msi program ole", "msi", "a Windows installer", "Windows 安装程序"),
        _kind("lnk application/x-ms-shortcut program lnk", "lnk", "a Windows shortcut", "Windows 快捷方式"),
        _kind(
            "script text/x-script program script",
            "sh bash bat cmd ps1 vbs wsf hta",
            "a script that runs commands",
            "可执行命令的脚本",
        ),
    )
}
UNKNOWN = _kind(f" {UNKNOWN_MEDIA}  ", "", "a file of an unknown kind", "未知类型的文件")

_GROUPS = (
    "image/pictures/图片 document/documents/文档 spreadsheet/spreadsheets/表格 presentation/presentations/演示文稿 "
)
_GROUPS += "text/texts/文本 mail/emails/邮件 archive/archives/压缩包 audio/recordings/音频 video/videos/视频"
GROUPS: Mapping[str, Text] = {
    word: Text.of({"en": english, "zh-CN": chinese})
    for word, english, chinese in (group.split("/") for group in _GROUPS.split(" "))
}
WORDS: tuple[str, ...] = (*GROUPS, *(kind.word for kind in KINDS.values() if kind.group in GROUPS))
"""What the option `types` may name."""
_BY_ENDING = {ending: kind for kind in KINDS.values() for ending in kind.endings}
_BY_MEDIA = {kind.media: kind for kind in KINDS.values()}


def kind_of_name(name: str) -> FileKind:
    """What the ending of a name says; `UNKNOWN` when it says nothing."""
    return _BY_ENDING.get(name.rpartition(".")[2].lower(), UNKNOWN) if "." in name else UNKNOWN


def kind_of_media(media: str) -> FileKind:
    return _BY_MEDIA.get(media, UNKNOWN)


def is_among(kind: FileKind, words: Iterable[str]) -> bool:
    return any(word in (kind.word, kind.group) for word in words)


def listed(words: Iterable[str]) -> Text:
    """ "PDF, DOCX, pictures"."""
    names = [GROUPS.get(word, Text.of(dict.fromkeys(LANGUAGES, word.upper()))) for word in words]
    return Text.of(
        {code: ("、" if code.startswith("zh") else ", ").join(name.in_(code) for name in names) for code in LANGUAGES}
    )


def endings(words: Iterable[str]) -> tuple[str, ...]:
    """ ".pdf", ".docx": what a file dialog offers."""
    wanted = tuple(words)
    return tuple(f".{ending}" for kind in KINDS.values() if is_among(kind, wanted) for ending in kind.endings)
