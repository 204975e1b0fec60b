"""The contract of a field type: what one module of `field_types/` says about itself.

A type describes one kind of value from the blueprint to the database and back to a person. Everything here has a
default that suits a plain text value, so the simplest type is nearly empty. Types never import each other.

Values are plain Python and can be hashed: `str`, `int` (integers, record ids, minutes), `Decimal` (decimal, money,
percent), `bool`, `datetime.date`, `datetime.datetime` (aware, UTC), a `tuple` of `str` (keys, words), and a
`NamedTuple` for a value of several parts, with "" or None for a missing one. An empty value is always `None`, never ""
or ().
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Any, ClassVar

from sqlalchemy import Column, Text as SqlText

from engine.expressions.types import TEXT, Type
from engine.locale.catalogue import message_text
from engine.locale.formats import Formats
from engine.locale.text import Text
from engine.templating import Html

if TYPE_CHECKING:
    from engine.schema.file_ref import FileRef
    from engine.schema.model import Field
    from engine.schema.numbering import Numbering

JsonSchema = Mapping[str, Any]
SheetValue = str | int | Decimal | date
"""What the cell of a spreadsheet holds: a text, a number, a day, or a `datetime` without a zone, in local time."""
Reference = tuple[str, int]
"""(entity, id) of a record."""


class ValueRefused(ValueError):
    """A submitted value does not fit its field. `message` is a full sentence in both languages."""

    def __init__(self, message: Text) -> None:
        super().__init__(message.in_("en"))
        self.message = message


def refuse(key: str, **values: Any) -> ValueRefused:
    """The refusal with the catalogue's sentence `value.<key>`, to be raised."""
    return ValueRefused(message_text(f"value.{key}", **values))


@dataclass(frozen=True, slots=True)
class Sample:
    """One example the contract tests run: options, what a person types, the value, and what is shown in English."""

    typed: str
    value: Any
    shown: str
    options: Mapping[str, Any] = field(default_factory=dict)


class FieldType:
    """Base of every field type; an instance is stateless and lives as long as the process."""

    name: ClassVar[str]
    label: ClassVar[Text]
    help: ClassVar[Text]
    icon: ClassVar[str] = "type"
    hue: ClassVar[str] = "gray"
    options: ClassVar[Mapping[str, JsonSchema]] = {}
    """The type's own options in YAML: option name -> JSON Schema (draft 7) of its value, with a `description`."""
    required_options: ClassVar[tuple[str, ...]] = ()
    samples: ClassVar[tuple[Sample, ...]] = ()
    refused: ClassVar[tuple[str, ...]] = ()
    """Typed texts the type refuses (contract tests), given the options of the first sample."""
    comparisons: ClassVar[tuple[str, ...]] = ("contains", "is", "empty", "not_empty")
    """Names from `comparisons.py`, the first is what a new filter chip starts with."""
    widget: ClassVar[str] = "text"
    """The folder under `forms/templates/widgets/` that draws the value: cell, control."""
    width: ClassVar[int] = 180
    """Width of a list column, in CSS pixels."""
    wide: ClassVar[bool] = False
    """Takes the full width of a form, and is no default column of a list."""
    slot: ClassVar[str | None] = None
    """The place on a phone card it suits when a blueprint names none: value, sub, sub2, badge, meta."""
    numeric: ClassVar[bool] = False
    """End-aligned tabular figures in lists."""
    percents: ClassVar[bool] = False
    """A value of 20 means 20 %: a spreadsheet that shows 20 % holds 0.2 for it."""
    summed: ClassVar[bool] = False
    """Added up below related lists without being asked."""
    stored: ClassVar[bool] = True
    """False for `children`: the field has no column of its own."""
    structured: ClassVar[bool] = False
    """Written as a list or a map in YAML and JSON; each such value may be written as one text too."""
    sortable: ClassVar[bool] = True
    kept_apart: ClassVar[bool] = False
    """The value is a tuple of ids of one entity; a link table, `e_<entity>__<field>`, keeps the same pairs."""
    sealed: ClassVar[bool] = False
    """The open text is encrypted by the gateway; no expression, form, history or file has it."""
    repeated: ClassVar[bool] = False
    """The control posts its name several times: what is typed then has a line for each, and is not stripped."""
    suggested: ClassVar[bool] = False
    """Free words: those that other records have are offered while somebody types."""
    identifying: ClassVar[bool] = False
    """A value stands for one person or thing in the world: records may be recognised by it."""
    in_place: ClassVar[bool] = True
    """Edited in a cell where it is read; otherwise in a form, or in a block of its own on the record."""
    holds_files: ClassVar[bool] = False
    """The value names attached files: `files`, `with_files` and `check_file` say which and what they must be."""
    may_be_written: ClassVar[bool] = False
    """A text may be typed instead of choosing a file; `written_file` makes one of it."""
    cover: ClassVar[bool] = False
    """The value is a picture that stands for its record, as on the cards of a gallery."""

    def expression_type(self, field: Field) -> Type:
        """The type the field's value has inside expressions."""
        return TEXT

    def faults(self, settings: Mapping[str, Any]) -> Mapping[str, Text]:
        """What is wrong with options whose schemas fit, by option name: the end of a sentence."""
        return {}

    def numbering(self, field: Field) -> Numbering | None:
        """How the engine numbers new records in the field; None where people give the value."""
        return None

    def target(self, settings: Mapping[str, Any]) -> str | None:
        """The entity the value names a record of; None for a plain value."""
        return None

    def targets(self, settings: Mapping[str, Any]) -> tuple[str, ...]:
        """The entities of records that a value of several records, or of one of several entities, may name."""
        return ()

    def references(self, value: Any, field: Field) -> tuple[Reference, ...]:
        """The records of `targets` that `value` names."""
        return ()

    def naming(self, references: Sequence[Reference]) -> Any:
        """The value that names these records of `targets`."""
        return None

    def written_references(self, written: Any, field: Field) -> tuple[tuple[str, str], ...]:
        """(entity, reference) of each record of `targets` that a value in a file names. Raises `ValueRefused`."""
        return ()

    def columns(self, field: Field) -> tuple[Column[Any], ...]:
        """The table columns; the first is named like the field and holds the value, others are companions
        (named `<field>__<what>`). Foreign keys and indexes are added by `tables.py`."""
        return (Column(field.name, SqlText),)

    def companions(self, value: Any, field: Field) -> Mapping[str, Any]:
        """The values of the companion columns for `value`, by column name."""
        return {}

    def sort_column(self, field: Field) -> str:
        """The column that lists sort by."""
        return field.name

    def unique_column(self, field: Field) -> str:
        """The column that must not repeat when the field is unique."""
        return field.name

    def filter_column(self, field: Field) -> str:
        """The column that comparisons look at."""
        return field.name

    def title_column(self, field: Field) -> str:
        """The column with the text that names a record whose title the field is."""
        return field.name

    def parse(self, typed: str, field: Field, formats: Formats) -> Any:
        """What a person typed (never blank; stripped unless `repeated`) -> a value. Raises `ValueRefused`."""
        return typed

    def accept(self, value: Any, field: Field) -> Any:
        """A value from YAML or JSON (str, int, Decimal, bool; never None) -> a value. Raises `ValueRefused`.
        By default it is read as text written in a neutral format: decimal point, ISO dates; blank text is None."""
        text = str(value).strip()
        return self.parse(text, field, Formats.neutral()) if text else None

    def from_expression(self, value: Any, field: Field) -> Any:
        """The result of an expression -> a value; numbers are rounded to their scale. None stays None."""
        return value

    def validate(self, value: Any, field: Field) -> None:
        """Check a parsed value against the field's options (min, max, pattern). Raises `ValueRefused`."""

    def format(self, value: Any, field: Field, formats: Formats) -> str:
        """The text people read; `value` is never None."""
        return str(value)

    def format_short(self, value: Any, field: Field, formats: Formats) -> str:
        """The text in a list cell, where a shorter form is usual."""
        return self.format(value, field, formats)

    def href(self, value: Any, field: Field) -> str:
        """The address the value leads to; empty for none. Links to records get theirs from the screen."""
        return ""

    def tags(self, value: Any, field: Field, formats: Formats) -> tuple[tuple[str, str], ...]:
        """(text, hue) of each tag the value is drawn as; none for a value that is drawn as a text."""
        return ()

    def steps(self, field: Field) -> tuple[str, ...]:
        """What a person picks from, as typed, in order; none for a value that is typed freely or has `options`."""
        return ()

    def proposals(self, field: Field) -> tuple[tuple[str, str], ...]:
        """(value as typed, hue) of what is offered beside an input in which anything may be typed."""
        return ()

    def html(self, value: Any) -> Html:
        """The value as safe HTML, for one that is more than a text."""
        return Html()

    def files(self, value: Any) -> tuple[FileRef, ...]:
        """The attached files of a value, also of None."""
        return ()

    def with_files(self, value: Any, known: Mapping[int, FileRef]) -> Any:
        """The value with what the gateway knows of its files, by id."""
        return value

    def most_files(self, field: Field) -> int:
        return 1

    def file_types(self, field: Field) -> tuple[str, ...]:
        """Words of `file_kinds.WORDS`; none when every kind is taken."""
        return ()

    def check_file(self, file: FileRef, field: Field) -> None:
        """Check a file that is about to be attached. Raises `ValueRefused`."""

    def written_file(self, typed: str) -> tuple[str, bytes] | None:
        """Name and content of the file that stands for a typed text, where one may be typed instead of chosen; None
        when nothing is left of the text."""
        return None

    def picture(self, value: Any) -> FileRef | None:
        """The attached picture that a value is drawn as."""
        return None

    def inputs(self, language: str) -> tuple[str, ...]:
        """The parts that are typed into inputs of their own (`part.<name>` in the catalogue), in the order of the
        language; none for a value typed into one."""
        return ()

    def prefix(self, field: Field, formats: Formats) -> str:
        """What stands in front of the input, such as a currency sign."""
        return ""

    def edit_text(self, value: Any, field: Field, formats: Formats) -> str:
        """The text in the input when the value is edited: `parse(edit_text(v))` gives `v` again."""
        return str(value)

    def sheet_value(self, value: Any, field: Field, formats: Formats) -> SheetValue:
        """What an export writes into a cell; a text is one that `parse` reads again, where it can be typed at all."""
        return self.edit_text(value, field, formats)

    def sheet_format(self, field: Field, formats: Formats) -> str:
        """How a spreadsheet shows the numbers of a column, in the words of Excel; empty for as they are."""
        return ""

    def search_text(self, value: Any, field: Field) -> str:
        """The words a record is found by, a choice in every language; nothing for what must not be found."""
        if not field.options:
            return self.edit_text(value, field, Formats.neutral())
        chosen = [option for key in (value if isinstance(value, tuple) else (value,)) if (option := field.option(key))]
        return " ".join(text for option in chosen for _, text in option.label.by_language)

    def json_schema(self, field: Field) -> JsonSchema:
        """What `to_json` gives, and `accept` takes, as JSON Schema (2020-12), for the API."""
        return {"type": "string"}

    def to_json(self, value: Any) -> Any:
        """The value in history rows and the API: JSON types only, and no floats; `accept(to_json(v))` gives `v`
        again."""
        return value if isinstance(value, (str, int, bool)) else str(value)
