"""The language of a list's address: `f=amount:at_least:5000`, `sort=-amount`, `cols=name,amount`.

`f` is `<field>:<comparison>:<value>|<value>`; a `|` or `\\` inside a value is written `\\|` or `\\\\`. Each `f` must
hold. `f=any(stage:any_of:lead;amount:at_least:5000)` holds when one of its conditions does; a condition of it may be
`all(...)`. Inside, `;`, `(` and `)` of a value have a backslash in front too. Everything
here is already percent-decoded. What cannot be understood is told in a sentence and left out, never raised."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any, Literal, TypeVar

from engine.forms.binding import read_value
from engine.forms.columns import is_lines
from engine.locale.catalogue import message
from engine.locale.formats import Formats
from engine.locale.text import LANGUAGES, Text
from engine.schema.comparisons import COMPARISONS, Comparison
from engine.schema.field_type import ValueRefused
from engine.schema.model import Entity, Field, Sort

Read = TypeVar("Read")
MOST_VALUES = 200
LONGEST = {"days": 36_500, "weeks": 5_200, "months": 1_200}
OPERANDS = {"none": range(1), "one": range(1, 2), "two": range(2, 3), "many": range(1, MOST_VALUES + 1)}
MOST_PARTS = 30
DEEPEST = 2
_ALONE, _IN_GROUP = re.compile(r"[\\|]"), re.compile(r"[\\|;()]")
_GROUP = re.compile(r"(any|all)\((.*)\)", re.DOTALL)
JOINTS = {"two": " – ", "many": ", "}


@dataclass(frozen=True, slots=True)
class Filter:
    """One chip: `values` parsed for the comparison, `typed` as they stood in the address."""

    field: Field
    comparison: Comparison
    values: tuple[Any, ...] = ()
    typed: tuple[str, ...] = ()

    def url(self, grouped: bool = False) -> str:
        """The text of `f=`, before percent-encoding."""
        return write_condition(self.field.name, self.comparison.name, self.typed, grouped)


@dataclass(frozen=True, slots=True)
class FilterGroup:
    """Filters of which any, or all, must hold; at least two."""

    joint: Literal["any", "all"]
    parts: tuple[Filter | FilterGroup, ...]

    def url(self, grouped: bool = False) -> str:
        return write_group(self.joint, (part.url(grouped=True) for part in self.parts))

    @property
    def filters(self) -> tuple[Filter, ...]:
        """Every filter in it, however deep."""
        return tuple(leaf for part in self.parts for leaf in leaves(part))


Asked = Filter | FilterGroup


def leaves(asked: Asked) -> tuple[Filter, ...]:
    return asked.filters if isinstance(asked, FilterGroup) else (asked,)


def write_group(joint: str, parts: Iterable[str]) -> str:
    """A group as it stands in `f=`; `parts` are written for a group."""
    return f"{joint}({';'.join(parts)})"


def write_condition(field: str, comparison: str, values: Iterable[str], grouped: bool = False) -> str:
    """One condition as it stands in `f=`, before percent-encoding."""
    operand = "|".join((_IN_GROUP if grouped else _ALONE).sub(r"\\\g<0>", value) for value in values)
    return f"{field}:{comparison}:{operand}" if operand else f"{field}:{comparison}"


def read_condition(text: str) -> tuple[str, str, tuple[str, ...]]:
    """Field, comparison and values of a condition in `f=`; missing parts are empty."""
    field, _, rest = text.partition(":")
    comparison, _, operand = rest.partition(":")
    return field, comparison, tuple(part.strip() for part in _split(operand)) if operand else ()


class Misunderstood(ValueError):
    """A part of the address that means nothing here. `cause` says why; `message` also that it was left out."""

    def __init__(self, english: str, chinese: str, **values: str | Text) -> None:
        super().__init__(english)
        self.cause = _filled(Text.of({"en": f"{english}.", "zh-CN": f"{chinese}。"}), values)
        told = {"en": f"{english}, so it was left out.", "zh-CN": f"{chinese}，已忽略。"}
        self.message = _filled(Text.of(told), values)


def parse_filters(texts: Iterable[str], entity: Entity, formats: Formats) -> tuple[tuple[Asked, ...], tuple[Text, ...]]:
    """The filters of the address, and a sentence for each one that was left out."""
    faults: list[Misunderstood] = []
    found = _parts("all", texts, lambda text: _filter(text, entity, formats), faults, 0)
    return tuple(found), tuple(fault.message for fault in faults)


def exact_filters(texts: Iterable[str], entity: Entity, formats: Formats) -> tuple[Asked, ...]:
    """The filters of the address, nothing left out. Raises `Misunderstood`."""
    faults: list[Misunderstood] = []
    found = _parts("all", texts, lambda text: _filter(text, entity, formats), faults, 0)
    if faults:
        raise faults[0]
    return tuple(found)


def exact_sort(text: str, entity: Entity) -> tuple[Sort, ...]:
    """The fields to sort by, nothing left out. Raises `Misunderstood`."""
    return tuple(_sort(part, entity) for part in text.split(",") if part)


def _parts(
    joint: str, texts: Iterable[str], read: Callable[[str], Filter], faults: list[Misunderstood], depth: int
) -> list[Asked]:
    """What is understood of the conditions of a group; a group of the same joint is part of it, one of a single
    condition is that."""
    found: list[Asked] = []
    for text in texts:
        group = _GROUP.fullmatch(text) if depth < DEEPEST else None
        if group is None:
            try:
                found.append(read(text))
            except Misunderstood as fault:
                faults.append(fault)
            continue
        inner = group[1]
        parts = _parts(inner, _members(group[2])[:MOST_PARTS], read, faults, depth + 1)
        if inner == joint or len(parts) < 2:
            found += parts
        else:
            found.append(FilterGroup(inner, tuple(parts)))  # type: ignore[arg-type]
    return found


def _members(text: str) -> list[str]:
    """The conditions between semicolons; what has a backslash in front is kept with it."""
    parts, depth, letters = [""], 0, iter(text)
    for letter in letters:
        depth += (letter == "(") - (letter == ")")
        if letter == ";" and not depth:
            parts.append("")
        else:
            parts[-1] += letter + (next(letters, "") if letter == "\\" else "")
    return parts


def parse_sort(text: str, entity: Entity) -> tuple[tuple[Sort, ...], tuple[Text, ...]]:
    """`-amount,name`: the fields to sort by, and a sentence for each one that was left out."""
    return _each(filter(None, text.split(",")), lambda part: _sort(part, entity))


def parse_columns(text: str, entity: Entity) -> tuple[tuple[Field, ...], tuple[Text, ...]]:
    """`name,amount`: the fields to show, each once, and a sentence for each one that was left out."""
    names = dict.fromkeys(filter(None, text.split(",")))
    return _each(names, lambda name: _shown(name, entity))


def describe(
    filter: Filter, formats: Formats, language: str, label_of: Callable[[Field, Any], str]
) -> tuple[str, str, str]:
    """The words of a chip: field, comparison, values. `label_of` gives the title of the record a value names."""
    words = [_word(value, filter, formats, language, label_of) for value in filter.values]
    shown = JOINTS.get(filter.comparison.operand, "").join(words)
    return filter.field.label.in_(language), filter.comparison.label.in_(language), shown


def _word(value: Any, filter: Filter, formats: Formats, language: str, label_of: Callable[[Field, Any], str]) -> str:
    field = filter.field
    if filter.comparison.reads in LONGEST:
        return message(f"filter.{filter.comparison.reads}", language, count=value)
    if filter.comparison.reads != "value":
        return str(value)
    return label_of(field, value) if field.target or field.targets else field.type.format(value, field, formats)


def _each(texts: Iterable[str], read: Callable[[str], Read]) -> tuple[tuple[Read, ...], tuple[Text, ...]]:
    found, problems = list[Read](), list[Text]()
    for text in texts:
        try:
            found.append(read(text))
        except Misunderstood as fault:
            problems.append(fault.message)
    return tuple(found), tuple(problems)


def _filter(text: str, entity: Entity, formats: Formats) -> Filter:
    name, compared, typed = read_condition(text)
    field = _shown(name, entity)
    comparison = COMPARISONS.get(compared) if compared in field.type.comparisons else None
    if comparison is None:
        raise Misunderstood(
            'There is no filter "{comparison}" for {label}',
            "“{label}”没有筛选方式“{comparison}”",
            comparison=_shortened(compared),
            label=field.label,
        )
    if len(typed) not in OPERANDS[comparison.operand]:
        raise Misunderstood(
            "The filter on {label} does not have the values it needs",
            "“{label}”的筛选缺少所需的值",
            label=field.label,
        )
    return Filter(field, comparison, tuple(_value(part, field, comparison, formats) for part in typed), typed)


def _value(typed: str, field: Field, comparison: Comparison, formats: Formats) -> Any:
    try:
        value = _span(typed, LONGEST[comparison.reads]) if comparison.reads in LONGEST else typed
        value = read_value(field, typed, formats) if comparison.reads == "value" else value
    except ValueRefused as refusal:
        raise _ValueMisunderstood(field, typed, refusal.message) from None
    if value is None or value == "":
        raise _ValueMisunderstood(field, typed, Text.of({"en": "The value is empty.", "zh-CN": "值为空。"}))
    return value


def _span(typed: str, most: int) -> int:
    """A number of days, weeks or months."""
    count = int(typed) if typed.isascii() and typed.isdigit() and len(typed) < 6 else most + 1
    if count > most:
        raise ValueRefused(
            Text.of({"en": f"Write a whole number up to {most}.", "zh-CN": f"请填写不超过 {most} 的整数。"})
        )
    return count


class _ValueMisunderstood(Misunderstood):
    """A value that its field refuses, which says why in a sentence of its own."""

    def __init__(self, field: Field, typed: str, reason: Text) -> None:
        super().__init__("The value is not understood", "无法识别该值")
        told = Text.of(
            {
                "en": 'The filter on {label} with "{typed}" was left out. {reason}',
                "zh-CN": "“{label}”的筛选“{typed}”已忽略。{reason}",
            }
        )
        self.cause = reason
        self.message = _filled(told, {"label": field.label, "typed": _shortened(typed), "reason": reason})


def _sort(text: str, entity: Entity) -> Sort:
    field = _shown(text.removeprefix("-"), entity)
    if not field.type.sortable:
        raise Misunderstood(
            "A list cannot be sorted by {label}",
            "列表不能按“{label}”排序",
            label=field.label,
        )
    return Sort(field.name, text.startswith("-"))


def _shown(name: str, entity: Entity) -> Field:
    field = entity.fields.get(name)
    if field is None or is_lines(field):
        raise Misunderstood(
            'There is no field "{name}" here',
            "此处没有字段“{name}”",
            name=_shortened(name),
        )
    return field


def _split(text: str) -> list[str]:
    """The values between bars; a backslash takes the next character as it is."""
    parts, letters = [""], iter(text)
    for letter in letters:
        if letter == "|":
            parts.append("")
        else:
            parts[-1] += next(letters, "") if letter == "\\" else letter
    return parts


def _shortened(text: str) -> str:
    return text if len(text) <= 40 else text[:39] + "…"


def _filled(template: Text, values: dict[str, str | Text]) -> Text:
    return Text.of(
        {
            language: template.in_(language).format_map(
                {name: value.in_(language) if isinstance(value, Text) else value for name, value in values.items()}
            )
            for language in LANGUAGES
        }
    )
