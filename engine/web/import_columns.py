"""The columns of a file on the page: where each goes, how it is read, what is still open."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from engine.exchange.column_reader import ColumnReader
from engine.exchange.plan import DATE_ORDERS, ID, MODES, ColumnMap, ImportPlan
from engine.exchange.targets import importable, is_link, keys, kind_of, link_keys, link_targets
from engine.expressions.types import Kind
from engine.forms.binding import bind
from engine.forms.contexts import (
    Choice,
    ChoiceGroup,
    Control,
    FormError,
    ImportColumn,
    ImportMap,
    ImportTable,
    ImportValue,
)
from engine.forms.controls import Filled
from engine.forms.pages import inner_english
from engine.locale.text import Text
from engine.schema.field_type import ValueRefused
from engine.schema.model import Field
from engine.web.desk import Desk
from engine.web.import_form import EMPTY, FIXED, SKIP, UNKNOWN, fixed_fields, may_create
from engine.web.importing import ImportFile

MOST_VALUES = 40
"""Texts of a column that are shown with what they are read as; those that are not known come first."""
FEW = 6
"""Columns with a field of their own name that are always shown."""
FOLDED_FROM = 3
SAID = {"name": "name", "label": "name", "similar": "similar", "values": "values", "past": "past", "recipe": "recipe"}
ONE_OF_A_FEW = (Kind.CHOICE, Kind.BOOLEAN)


class ColumnPage:
    """Makes the contexts for one file under one plan. Raises `UnreadableFile` when it is not kept any more."""

    def __init__(self, file: ImportFile, plan: ImportPlan) -> None:
        self.desk, self.entity, self.draft, self.plan = file.desk, file.entity, file.draft, plan
        self._columns = file.summary
        self._fields = {field.name: field for field in importable(file.entity)}
        self._entities = file.desk.workspace.blueprint.entities

    def map(self, preview: ImportTable, errors: Mapping[str, Text] = {}) -> ImportMap:
        """`errors` by `columns.<position>`, `fixed.<field>`, or anything else for all of it."""
        say = self.desk.say
        columns = tuple(self._column(column, errors.get(f"columns.{column.position}")) for column in self.plan.columns)
        used = [column.field for column in self.plan.columns if column.field]
        known = keys(self.entity, used)
        folded = self._folded(columns)
        return ImportMap(
            columns=tuple(column for column in columns if column not in folded),
            folded=folded,
            matched=len(used),
            asking=sum(column.state in ("ask", "bad") for column in columns),
            keys=tuple(self._keys(known)),
            modes=tuple(Choice(m, say(f"import.mode_{m}"), selected=m == self.plan.mode) for m in _MODES_SHOWN)
            if self.plan.key
            else (),
            key_help="" if self.plan.key else say("import.key_help"),
            missing=tuple(self._missing(errors)),
            preview=preview,
            check_label=say("import.check", count=self.draft.rows),
            errors=tuple(self._summary(errors)),
        )

    def missing(self) -> tuple[Field, ...]:
        """Required fields that have neither a column nor a value for all rows."""
        if self.plan.mode == "update":
            return ()
        return tuple(field for field in fixed_fields(self.entity, self.plan) if field.name not in self.plan.fixed)

    def _folded(self, columns: tuple[ImportColumn, ...]) -> tuple[ImportColumn, ...]:
        """Of the columns that nobody needs to look at, those behind the first few."""
        by_name = {column.position for column in self.plan.columns if column.reason in ("name", "label")}
        sure = [column for column in columns if column.state == "read" and column.position in by_name]
        return tuple(sure[FEW:]) if len(sure) >= FEW + FOLDED_FROM else ()

    # -- one column

    def _column(self, column: ColumnMap, error: Text | None) -> ImportColumn:
        desk, field = self.desk, self._fields.get(column.field or "")
        summary = self._columns[column.position]
        values = self._values(column, field) if field else ()
        unknown = sum(not value.known for value in values)
        double = column.field is not None and sum(c.field == column.field for c in self.plan.columns) > 1
        wrong = desk.text(error) if error else desk.say("import.double") if double else ""
        if wrong:
            state, chip = "bad", desk.say("import.chip_bad")
        elif column.field is None:
            empty = column.confidence == "chosen" or not summary.filled
            state, chip = ("off", desk.say("import.skipped")) if empty else ("ask", desk.say("import.chip_ask"))
        elif unknown:
            state, chip = "part", desk.say("import.chip_part", done=len(values) - unknown, all=len(values))
        else:
            state, chip = "read", desk.say(f"import.chip_{SAID.get(column.reason, 'chosen')}")
        return ImportColumn(
            position=column.position,
            title=summary.title,
            samples="; ".join(summary.examples) or desk.say("import.no_samples"),
            state=state,  # type: ignore[arg-type]
            chip=chip,
            fields=self._choices(column),
            error=wrong,
            **(self._options(column, field, values) if field else {}),
        )

    def _choices(self, column: ColumnMap) -> tuple[ChoiceGroup, ...]:
        say, summary = self.desk.say, self._columns[column.position]
        off = column.field is None and (column.confidence == "chosen" or not summary.filled)
        first = (
            Choice("", say("import.choose"), selected=column.field is None and not off),
            Choice(SKIP, say("import.skip"), selected=off),
        )
        own = tuple(
            Choice(field.name, self._label(field), selected=field.name == column.field)
            for field in self._fields.values()
        )
        ids = Choice(ID, say("import.by_id"), selected=column.field == ID)
        return ChoiceGroup("", first), ChoiceGroup(self.desk.text(self.entity.label), (*own, ids))

    def _label(self, field: Field) -> str:
        label = self.desk.text(field.label)
        return f"{label} *" if field.always_required else label

    def _options(self, column: ColumnMap, field: Field, values: tuple[ImportValue, ...]) -> dict[str, Any]:
        say = self.desk.say
        options: dict[str, Any] = {"told": say("import.options"), "values": values[:MOST_VALUES]}
        if len(values) > MOST_VALUES:
            options["values_left"] = say("import.values_left", count=len(values) - MOST_VALUES)
        if not field.always_required:
            options["skip_bad"] = column.blank_bad
        if is_link(field):
            return options | self._link_options(column, field)
        if kind_of(field) in (Kind.DATE, Kind.DATETIME):
            orders = (
                Choice(o, say(f"import.dates_{o or 'auto'}"), selected=o == column.date_order) for o in DATE_ORDERS
            )
            options["dates"] = tuple(orders)
            options["told"] = say(f"import.told_{column.date_order}") if column.date_order else say("import.dates_auto")
        if values:
            known = sum(value.known for value in values)
            options["told"] = say("import.told_values", done=known, all=len(values))
        return options

    def _link_options(self, column: ColumnMap, field: Field) -> dict[str, Any]:
        say = self.desk.say
        names = {key: self._naming(field, key) for key in link_keys(field, self._entities)}
        told = "import.told_create" if column.create_missing else "import.told_by"
        options: dict[str, Any] = {
            "by": tuple(Choice(key, name, selected=key == column.by) for key, name in names.items())
            if len(names) > 1
            else (),
            "told": say(told, field=_inner(self.desk, names.get(column.by, ""))),
        }
        if may_create(self.desk, field):
            plural = self.desk.text(self._entities[link_targets(field)[0]].plural)
            label = say("import.create", entity=_inner(self.desk, plural))
            options |= {"create": column.create_missing, "create_label": label}
        return options

    def _naming(self, field: Field, key: str) -> str:
        """How linked records are named, in words."""
        target = self._entities[link_targets(field)[0]]
        if key == ID:
            return self.desk.say("import.by_id")
        return self.desk.text(target.fields[key or target.title].label)

    def _values(self, column: ColumnMap, field: Field) -> tuple[ImportValue, ...]:
        """The texts of a column for a field of a few values, with what each is read as; unknown ones first."""
        if kind_of(field) not in ONE_OF_A_FEW:
            return ()
        return values_of(self.desk, field, column, self._columns[column.position].values)

    # -- the rest of the page

    def _keys(self, known: tuple[tuple[str, ...], ...]) -> Iterator[Choice]:
        yield Choice("", self.desk.say("import.key_none"), selected=not self.plan.key)
        for key in known:
            yield Choice(",".join(key), self._key_label(key), selected=key == self.plan.key)

    def _key_label(self, key: tuple[str, ...]) -> str:
        if key == (ID,):
            return self.desk.say("import.by_id")
        names = [self.desk.text(self.entity.fields[name].label) for name in key]
        label = names[0]
        for name in names[1:]:
            label = self.desk.say("import.key_and", first=label, second=_inner(self.desk, name))
        return label

    def _missing(self, errors: Mapping[str, Text]) -> Iterator[Control]:
        if self.plan.mode == "update":
            return
        for field in fixed_fields(self.entity, self.plan):
            typed = {field.name: self.plan.fixed[field.name]} if field.name in self.plan.fixed else {}
            bound = bind([field], typed, self.desk.formats)
            said = errors.get(f"{FIXED}{field.name}") or bound.errors.get(field.name)
            filled = Filled(
                {}, typed, {field.name: said} if said else {}, self._titles(field, bound.values.get(field.name))
            )
            yield self.desk.controls.control(field, filled, name=f"{FIXED}{field.name}")

    def _titles(self, field: Field, value: object) -> dict[tuple[str, int], str]:
        if not field.target or not isinstance(value, int):
            return {}
        return {(field.target, record): title for record, title in
                self.desk.store.titles(self.desk.actor, field.target, [value]).items()}  # fmt: skip

    def _summary(self, errors: Mapping[str, Text]) -> Iterator[FormError]:
        for place, text in errors.items():
            part, _, name = place.partition(".")
            if part == "columns" and name:
                yield FormError(f"c-{name}", self._columns[int(name)].title, self.desk.text(text))
            elif part == "fixed" and name in self.entity.fields:
                label = self.desk.text(self.entity.fields[name].label)
                yield FormError(f"c-fixed-{name}", label, self.desk.text(text))
            else:
                yield FormError("", "", self.desk.text(text))


_MODES_SHOWN = ("both", "create", "update")
assert set(_MODES_SHOWN) == set(MODES)


def values_of(
    desk: Desk, field: Field, column: ColumnMap, texts: tuple[tuple[str, int], ...]
) -> tuple[ImportValue, ...]:
    """Texts with what each is read as, those that are not known first."""
    reader = ColumnReader(column, field, desk.formats)
    options = [(option.key, desk.text(option.label)) for option in field.options]
    if not options:
        options = [("true", desk.say("value.yes")), ("false", desk.say("value.no"))]
    made = []
    for number, (text, count) in enumerate(texts):
        try:
            value = reader.read(text)
            known, chosen = True, EMPTY if value is None else field.type.edit_text(value, field, desk.formats)
        except ValueRefused:
            known, chosen = False, UNKNOWN
        choices = ((UNKNOWN, desk.say("import.value_refuse")), *options, (EMPTY, desk.say("import.value_empty")))
        drawn = tuple(Choice(key, label, selected=key == chosen) for key, label in choices)
        times = desk.say("import.times", count=count)
        made.append(ImportValue(f"{column.position}.{number}", text, times, drawn, known))
    return tuple(sorted(made, key=lambda value: value.known))


def _inner(desk: Desk, label: str) -> str:
    return inner_english(label) if desk.language.startswith("en") else label
