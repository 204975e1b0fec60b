"""An email address."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from sqlalchemy import Column

from engine.locale.formats import Formats
from engine.locale.text import Text
from engine.schema.field_type import FieldType, Sample, refuse
from engine.schema.sorting import fold, plain_text

if TYPE_CHECKING:
    from engine.schema.model import Field

LONGEST = 254
LOCAL = re.compile(r"[a-z0-9!#$%&'*+/=?^_`{|}~-]+(?:\.[a-z0-9!#$%&'*+/=?^_`{|}~-]+)*", re.IGNORECASE | re.ASCII)
DOMAIN = re.compile(r"(?:[^\W_](?:[^\W_]|-(?=[^.])){0,62}\.)+[^\W\d_]{2,63}")
"""Letters of any script, because domains may be Chinese; the part before the @ is ASCII."""


class Email(FieldType):
    name = "email"
    label = Text.of({"en": "Email", "zh-CN": "电子邮箱"})
    help = Text.of({"en": "An email address, shown as a link.", "zh-CN": "电子邮箱地址，显示为链接。"})
    icon = "mail"
    samples = (
        Sample("Ann.Lee@Example.COM", "Ann.Lee@example.com", "Ann.Lee@example.com"),
        Sample("li＠例子.中国", "li@例子.中国", "li@例子.中国"),
    )
    refused = (
        "ann",
        "ann@",
        "@example.com",
        "ann@example",
        "ann lee@example.com",
        "张@example.com",
        "a..b@example.com",
    )
    identifying = True
    comparisons = ("contains", "is", "is_not", "empty", "not_empty")
    widget = "email"
    width = 200

    def columns(self, field: Field) -> tuple[Column[Any], ...]:
        folded = (Column(f"{field.name}__u", plain_text()),) if field.compared else ()
        return (Column(field.name, plain_text()), *folded)

    def companions(self, value: Any, field: Field) -> Mapping[str, Any]:
        return {f"{field.name}__u": value if value is None else fold(value)} if field.compared else {}

    def unique_column(self, field: Field) -> str:
        return f"{field.name}__u" if field.compared else field.name

    def parse(self, typed: str, field: Field, formats: Formats) -> str:
        plain = unicodedata.normalize("NFKC", typed[: LONGEST + 1])
        local, _, domain = plain.rpartition("@")
        if len(plain) > LONGEST or not LOCAL.fullmatch(local[:65]) or len(local) > 64 or not DOMAIN.fullmatch(domain):
            raise refuse("email")
        return f"{local}@{domain.lower()}"

    def href(self, value: Any, field: Field) -> str:
        return f"mailto:{value}"
