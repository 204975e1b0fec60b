"""A web address."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any
from urllib.parse import SplitResult, urlsplit

from sqlalchemy import Column

from engine.locale.formats import Formats
from engine.locale.text import Text
from engine.schema.field_type import FieldType, Sample, refuse
from engine.schema.sorting import plain_text

if TYPE_CHECKING:
    from engine.schema.model import Field

LONGEST = 2000
SCHEME = re.compile(r"https?://", re.IGNORECASE)
OTHER_SCHEME = re.compile(r"[a-z][a-z0-9+.-]*:(?!\d)", re.IGNORECASE)
FORBIDDEN = re.compile(r'[\s\x00-\x20\x7f\\<>"\ud800-\udfff]')


class Url(FieldType):
    name = "url"
    label = Text.of({"en": "Web address", "zh-CN": "网址"})
    help = Text.of({"en": "A web address, shown as a link.", "zh-CN": "网址，显示为链接。"})
    icon = "link"
    samples = (
        Sample("Example.com", "https://example.com", "example.com"),
        Sample("http://example.com:8080/A?b=1#c", "http://example.com:8080/A?b=1#c", "http://example.com:8080/A?b=1#c"),
        Sample("https://例子.中国/产品/", "https://例子.中国/产品/", "例子.中国/产品"),
        Sample("example.com:8443/a", "https://example.com:8443/a", "example.com:8443/a"),
    )
    refused = (
        "javascript:alert(1)",
        "JavaScript:1",
        "mailto:a@b.com",
        "ftp://example.com",
        "two words",
        "https://",
        "example",
        "https://example.com:99999",
        "https://bank.com@evil.com",
        "https://[1/",
    )
    comparisons = ("contains", "is", "empty", "not_empty")
    widget = "url"
    width = 200

    def columns(self, field: Field) -> tuple[Column[Any], ...]:
        return (Column(field.name, plain_text()),)

    def parse(self, typed: str, field: Field, formats: Formats) -> str:
        written = bool(SCHEME.match(typed))
        if len(typed) > LONGEST or FORBIDDEN.search(typed) or (OTHER_SCHEME.match(typed) and not written):
            raise refuse("url")
        parts = _split(typed if written else f"https://{typed}")
        if not parts.hostname or "@" in parts.netloc or not (written or "." in parts.hostname):
            raise refuse("url")
        return parts._replace(netloc=parts.netloc.lower()).geturl()

    def format(self, value: Any, field: Field, formats: Formats) -> str:
        """Without `https://` and a last slash."""
        shown: str = value.removeprefix("https://")
        return shown.removesuffix("/")

    def href(self, value: Any, field: Field) -> str:
        return str(value)


def _split(address: str) -> SplitResult:
    """Raises `ValueRefused` for a broken host or port."""
    try:
        parts = urlsplit(address)
        if parts.port == 0:
            raise refuse("url")
    except ValueError:
        raise refuse("url") from None
    return parts
