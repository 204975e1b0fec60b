"""A text nobody reads again, such as a key for another service: encrypted in the database, never shown whole."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sqlalchemy import Column

from engine.expressions.types import PARTS, Type
from engine.locale.formats import Formats
from engine.locale.text import Text
from engine.schema.columns import Sealed, SealedText
from engine.schema.field_type import FieldType, Sample, refuse
from engine.schema.typed_text import one_line

if TYPE_CHECKING:
    from engine.schema.model import Field

LONGEST = 4000
DOTS = "••••••"


class Secret(FieldType):
    name = "secret"
    label = Text.of({"en": "Secret", "zh-CN": "机密"})
    help = Text.of(
        {
            "en": "A text that is encrypted and never shown whole, such as a key.",
            "zh-CN": "加密保存且不会完整显示的文本，例如密钥。",
        }
    )
    icon = "lock"
    samples = (Sample("sk-live-4711", "sk-live-4711", DOTS), Sample("密码\t一", "密码 一", DOTS))
    refused = ("x" * 4001,)
    comparisons = ("empty", "not_empty")
    widget = "secret"
    width = 110
    sortable = False
    sealed = True

    def expression_type(self, field: Field) -> Type:
        return PARTS

    def columns(self, field: Field) -> tuple[Column[Any], ...]:
        return (Column(field.name, SealedText()),)

    def parse(self, typed: str, field: Field, formats: Formats) -> str | None:
        """The open text; only the gateway sees it, and seals it."""
        return one_line(typed)

    def validate(self, value: Any, field: Field) -> None:
        if not isinstance(value, Sealed) and len(value) > LONGEST:
            raise refuse("long", count=LONGEST)

    def format(self, value: Any, field: Field, formats: Formats) -> str:
        return DOTS + value.hint if isinstance(value, Sealed) else DOTS

    def format_short(self, value: Any, field: Field, formats: Formats) -> str:
        return DOTS

    def edit_text(self, value: Any, field: Field, formats: Formats) -> str:
        """Nothing of it is ever in an input."""
        return ""

    def to_json(self, value: Any) -> str:
        return DOTS
