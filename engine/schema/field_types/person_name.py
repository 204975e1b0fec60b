"""The name of a person, in its parts."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, NamedTuple

from sqlalchemy import Column

from engine.expressions.types import PARTS, Type
from engine.locale.formats import Formats
from engine.locale.orders import family_first, is_spaceless
from engine.locale.text import Text
from engine.schema.columns import Words
from engine.schema.field_type import FieldType, JsonSchema, Sample, refuse
from engine.schema.parts import check_length, parts_schema, typed_lines, written_parts
from engine.schema.sorting import plain_text, sort_key

if TYPE_CHECKING:
    from engine.schema.model import Field

LONGEST = 100
COMPOUND = re.compile("欧阳|司马|上官|诸葛|东方|皇甫|尉迟|公孙|慕容|令狐|司徒|夏侯|端木|长孙|宇文|独孤|南宫|西门")
"""Chinese family names of two characters."""


class Name(NamedTuple):
    family: str
    given: str

    def __str__(self) -> str:
        """As it is said: Chinese family first and without a space, others given first."""
        if is_spaceless(self.family + self.given):
            return self.family + self.given
        return " ".join(part for part in (self.given, self.family) if part)


class PersonName(FieldType):
    name = "person_name"
    label = Text.of({"en": "Name of a person", "zh-CN": "人名"})
    help = Text.of({"en": "A family name and a given name.", "zh-CN": "姓和名。"})
    icon = "user-round"
    samples = (
        Sample("Ada\nLovelace", Name("Lovelace", "Ada"), "Ada Lovelace"),
        Sample("Lovelace, Ada", Name("Lovelace", "Ada"), "Ada Lovelace"),
        Sample("Ada King Lovelace", Name("Lovelace", "Ada King"), "Ada King Lovelace"),
        Sample("张伟", Name("张", "伟"), "张伟"),
        Sample("欧阳小明", Name("欧阳", "小明"), "欧阳小明"),
        Sample("Madonna\n", Name("", "Madonna"), "Madonna"),
        Sample("\n李", Name("李", ""), "李"),
    )
    refused = ("a\nb\nc", "x" * 101)
    comparisons = ("contains", "empty", "not_empty")
    widget = "parts"
    width = 150
    structured = True
    repeated = True

    def expression_type(self, field: Field) -> Type:
        return PARTS

    def columns(self, field: Field) -> tuple[Column[Any], ...]:
        return (
            Column(field.name, Words(Name._make)),
            Column(f"{field.name}__k", plain_text()),
            Column(f"{field.name}__t", plain_text()),
        )

    def companions(self, value: Any, field: Field) -> Mapping[str, Any]:
        key = None if value is None else sort_key(f"{value.family} {value.given}")
        return {f"{field.name}__k": key, f"{field.name}__t": None if value is None else str(value)}

    def sort_column(self, field: Field) -> str:
        return f"{field.name}__k"

    def filter_column(self, field: Field) -> str:
        return f"{field.name}__t"

    def title_column(self, field: Field) -> str:
        return f"{field.name}__t"

    def inputs(self, language: str) -> tuple[str, ...]:
        return ("family", "given") if family_first(language) else ("given", "family")

    def parse(self, typed: str, field: Field, formats: Formats) -> Name | None:
        """Two lines in the order of the language, or a whole name in one line."""
        lines = typed_lines(typed)
        if len(lines) == 1:
            return _split(lines[0])
        if len(lines) != 2:
            raise refuse("person_name")
        parts = dict(zip(self.inputs(formats.language), lines, strict=True))
        return Name(parts["family"], parts["given"]) if any(lines) else None

    def accept(self, value: Any, field: Field) -> Name | None:
        if isinstance(value, Mapping):
            parts = written_parts(value, Name._fields)
            return Name(*parts) if any(parts) else None
        return self.parse(str(value), field, Formats.neutral()) if str(value).strip() else None

    def validate(self, value: Any, field: Field) -> None:
        check_length(value, LONGEST)

    def search_text(self, value: Any, field: Field) -> str:
        """Both parts, and both together as Chinese names are written."""
        return f"{value[0]} {value[1]} {value[0]}{value[1]}"

    def edit_text(self, value: Any, field: Field, formats: Formats) -> str:
        return "\n".join(getattr(value, part) for part in self.inputs(formats.language))

    def json_schema(self, field: Field) -> JsonSchema:
        return parts_schema(Name._fields)

    def to_json(self, value: Any) -> dict[str, str]:
        return {"family": value[0], "given": value[1]}


def _split(text: str) -> Name:
    """ "Lovelace, Ada", "Ada Lovelace", "张伟"; a single word is a given name."""
    family, comma, given = text.replace("，", ",").partition(",")
    if comma:
        return Name(family.strip(), given.strip())
    if is_spaceless(text) and len(text) > 1:
        cut = 2 if COMPOUND.match(text) and len(text) > 2 else 1
        return Name(text[:cut], text[cut:])
    first, _, last = text.rpartition(" ")
    if is_spaceless(text.replace(" ", "")) and first:
        return Name(*text.split(" ", 1))
    return Name(last, first) if first else Name("", text)
