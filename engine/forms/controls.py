"""One field as a control: in a form, in an inline editor, in a row of line items."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from engine.expressions.types import Kind
from engine.forms.binding import BY_TITLE, SHOWN
from engine.forms.columns import is_writable
from engine.forms.contexts import Choice, Control, FileControl, LineForm, LineHead, LineRow, Part
from engine.forms.file_items import UPLOAD, file_drop, kept_items
from engine.forms.model import Column, LinesBlock
from engine.forms.values import PEOPLE, pick_url, text_of
from engine.locale.catalogue import message
from engine.locale.formats import Formats
from engine.locale.text import Text
from engine.schema.model import Entity, Field, Option

Row = Mapping[str, Any]
LOCKED = "locked"
"""The widget of a value that could only be chosen, and may not be."""
BLANK = "__n__"
"""Index of the row of line items that is copied when one is added."""


@dataclass(frozen=True, slots=True)
class Filled:
    """What a control shows: the stored row, what was typed instead, and the errors, by field name."""

    row: Row
    typed: Mapping[str, str]
    errors: Mapping[str, Text]
    titles: Mapping[tuple[str, int], str]
    """Titles of linked records that are not in the row, by (entity, id)."""


NOTHING = Filled({}, {}, {}, {})


def new_line(block: LinesBlock) -> Filled:
    """What a new line item starts with: the literal defaults of its columns."""
    defaults = {c.field.name: c.field.default.value for c in block.columns if c.field.default is not None}
    return Filled(defaults, {}, {}, {})


@dataclass(frozen=True, slots=True)
class LineFilled:
    """A row of line items: its id ("" for a new one), what it shows, whether it is to be deleted."""

    id: str
    filled: Filled
    delete: bool = False
    version: str = ""


@dataclass(frozen=True, slots=True)
class ControlMaker:
    """Makes controls in one language for one person. `creatable` are the entities they may create records of."""

    entities: Mapping[str, Entity]
    formats: Formats
    creatable: frozenset[str]
    file_limit: int = 0
    """The most bytes an attached file may have."""
    mark: str = "c-"
    """Begins the ids of controls: a dialog's differ from those of the page below it."""

    def control(
        self,
        field: Field,
        filled: Filled,
        *,
        prefix: str = "",
        required: bool = False,
        readonly: bool = False,
        wide: bool = False,
        focus: bool = False,
        name: str = "",
    ) -> Control:
        language = self.formats.language
        text = self._text(field, filled)
        error = filled.errors.get(field.name)
        control_name = name or prefix + field.name
        control_id = self.mark + control_name.replace(".", "-")
        locked = readonly or not is_writable(field)
        aim = field.target or (field.targets[0] if field.type.kept_apart else "")
        control = Control(
            widget=field.type.widget,
            name=control_name,
            id=control_id,
            label=field.label.in_(language),
            text=text,
            error=error.in_(language) if error else "",
            help=field.help.in_(language) if field.help else "",
            icon=field.type.icon,
            required=required or field.always_required,
            readonly=locked,
            computed=field.computed is not None,
            new="id" not in filled.row,
            wide=wide or field.type.wide,
            focus=focus,
            choices=self._choices(field, text, filled),
            prefix=field.type.prefix(field, self.formats),
            max_length=int(field.settings.get("max", 0)) if not field.type.numeric and "max" in field.settings else 0,
            numeric=field.type.numeric,
            pick_url=pick_url(field),
            create_url=f"/e/{aim}/new?dialog=1" if aim in self.creatable else "",
            target_label=self.entities[aim].label.in_(language) if aim else "",
            stored=self._stored(field, filled),
            shown=self._shown(field, filled),
            by_title=filled.typed.get(field.name + BY_TITLE, ""),
            person=field.target in PEOPLE,
            parts=self._parts(field, text, control_id),
            region=self.formats.phone_region,
            files=self._files(field, text, control_name, control_id, readonly=locked),
        )
        read_only = field.computed is not None or (locked and _is_chosen(field))
        return self._locked(field, control, filled) if read_only else control

    def _locked(self, field: Field, control: Control, filled: Filled) -> Control:
        """What cannot be chosen, and what is worked out, is read: its text, which is not posted."""
        if field.target or field.targets:
            text = ", ".join(choice.label for choice in control.choices)
        else:
            text = text_of(field, filled.row.get(field.name), self.formats, {})
        return replace(control, widget=LOCKED, text=text, choices=(), parts=())

    def lines(self, block: LinesBlock, rows: Sequence[LineFilled]) -> Control:
        """The table of line items of a form."""
        field, language = block.field, self.formats.language
        heads = tuple(self._head(column) for column in block.columns)
        filled = tuple(
            replace(self.line(block, str(number), row.id, row.filled), delete=row.delete, version=row.version)
            for number, row in enumerate(rows)
        )
        form = LineForm(heads, filled, self.line(block, BLANK, "", new_line(block)))
        label = field.label.in_(language)
        return Control("children", field.name, f"{self.mark}{field.name}", label, wide=True, lines=form)

    def line(self, block: LinesBlock, index: str, record_id: str, filled: Filled, *, plain: bool = False) -> LineRow:
        """One row of controls; `plain` names them like the fields, for a row that is added on the record page."""
        prefix = "" if plain else f"{block.field.name}.{index}."
        controls = tuple(
            replace(self.control(column.field, filled, prefix=prefix), help="") for column in block.columns
        )
        return LineRow(index, record_id, controls)

    def _head(self, column: Column) -> LineHead:
        field = column.field
        label = column.label.in_(self.formats.language)
        prefix = field.type.prefix(field, self.formats)
        return LineHead(label, field.type.numeric, field.always_required, column.width, column.total == "sum", prefix)

    def _text(self, field: Field, filled: Filled) -> str:
        if field.type.sealed:
            return ""
        if field.name in filled.typed:
            return filled.typed[field.name]
        value = filled.row.get(field.name)
        return "" if value is None else field.type.edit_text(value, field, self.formats)

    def _stored(self, field: Field, filled: Filled) -> str:
        value = filled.row.get(field.name) if field.type.sealed else None
        return "" if value is None else field.type.format(value, field, self.formats)

    def _shown(self, field: Field, filled: Filled) -> str | None:
        """Links of records of their own as the form shows them: those that come meanwhile are not taken away."""
        if field.joint is None or "id" not in filled.row:
            return None
        held = " ".join(map(str, filled.row.get(field.name) or ()))
        return filled.typed.get(field.name + SHOWN, held)

    def _parts(self, field: Field, text: str, control_id: str) -> tuple[Part, ...]:
        """The inputs of a value of several parts, each with its line of the text; the first has the control's id."""
        names, texts = field.type.inputs(self.formats.language), text.split("\n")
        return tuple(
            Part(
                name=name,
                id=f"{control_id}-{name}" if number else control_id,
                label=message(f"part.{name}", self.formats.language),
                text=texts[number].strip() if number < len(texts) else "",
            )
            for number, name in enumerate(names)
        )

    def _files(self, field: Field, text: str, name: str, control_id: str, *, readonly: bool) -> FileControl | None:
        if not field.type.holds_files:
            return None
        url = f"/e/{field.entity}/files/{field.name}"
        drop = file_drop(field, self.formats, self.file_limit, name=name + UPLOAD, id=control_id, url=url)
        return FileControl(kept_items(text, self.formats), None if readonly else drop)

    def _choices(self, field: Field, text: str, filled: Filled) -> tuple[Choice, ...]:
        if field.type.kept_apart:
            return tuple(self._linked(field, text, filled))
        if field.targets:
            return self._any(field, text, filled) if text else ()
        if field.target:
            return self._one(field, text, filled) if text else ()
        if steps := field.type.steps(field):
            return tuple(Choice(step, step, selected=step == text) for step in steps)
        if proposals := field.type.proposals(field):
            say = self.formats.language
            return tuple(Choice(key, message(f"hue.{hue}", say), hue, key == text) for key, hue in proposals)
        chosen = [line.strip() for line in text.split("\n")]
        return tuple(self._choice(option, chosen) for option in field.options)

    def _one(self, field: Field, text: str, filled: Filled) -> tuple[Choice, ...]:
        """The one linked record; one that is out of sight stays chosen without its title."""
        stored = text == str(filled.row.get(field.name))
        title = filled.titles.get((field.target or "", int(text))) if text.isdigit() else None
        if not title and stored:
            title = filled.row.get(f"{field.name}__title") or message("form.out_of_sight", self.formats.language)
        return (Choice(text, str(title), selected=True),) if title else ()

    def _any(self, field: Field, text: str, filled: Filled) -> tuple[Choice, ...]:
        """The same of several entities."""
        stored = filled.row.get(field.name)
        if stored is not None and text == field.type.edit_text(stored, field, self.formats):
            title = filled.row.get(f"{field.name}__title") or filled.titles.get(field.references(stored)[0])
            return (Choice(text, str(title or message("form.out_of_sight", self.formats.language)), selected=True),)
        entity, _, record_id = text.partition(":")
        title = filled.titles.get((entity, int(record_id))) if record_id.isdecimal() else None
        return (Choice(text, title, selected=True),) if title else ()

    def _linked(self, field: Field, text: str, filled: Filled) -> Iterator[Choice]:
        """The linked records; a stored one whose title is not there is out of the person's sight."""
        named = {record_id: title for _, record_id, title in filled.row.get(f"{field.name}__titles") or ()}
        for word in dict.fromkeys(text.split()):
            if word.isascii() and word.isdigit() and len(word) < 17:
                title = named.get(int(word)) or filled.titles.get((field.targets[0], int(word)))
                if title or field.name in filled.typed:
                    yield Choice(word, title or f"#{word}", selected=True)

    def _choice(self, option: Option, chosen: Sequence[str]) -> Choice:
        return Choice(option.key, option.label.in_(self.formats.language), option.hue, option.key in chosen)


def _is_chosen(field: Field) -> bool:
    """Whether its control has no input for a text, which browsers can lock."""
    boolean = field.type.expression_type(field).kind is Kind.BOOLEAN
    return bool(field.target or field.targets or field.options or field.type.steps(field) or boolean)
