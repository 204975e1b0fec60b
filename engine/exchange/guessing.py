"""Which column goes to which field: by titles in every language, by values, by what a person said last time."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from rapidfuzz import fuzz, process

from engine.exchange.cell_text import cell_text, decimal_of, in_iso, order_of
from engine.exchange.header_words import IDS, OWNER, TITLE, WORDS, plain_title
from engine.exchange.plan import ID, ColumnMap, Confidence, ImportPlan, Reason, date_order, mode
from engine.exchange.sheet import Cell, Row, Sheet
from engine.exchange.targets import importable, is_link, is_sure, keys, kind_of, link_keys, link_targets
from engine.expressions.types import Kind
from engine.locale.formats import Formats
from engine.schema.field_type import ValueRefused
from engine.schema.import_maps import ImportMap
from engine.schema.model import Entity, Field

SAMPLES = 200
"""Rows that are looked at."""
SIMILAR = 84
LIKE_AN_OPTION = 75
FITS = 0.6
"""The share of values a type must take for a column to be its, by values alone all but a few."""


@dataclass(frozen=True, slots=True)
class _Candidate:
    score: float
    position: int
    field: str
    confidence: Confidence
    reason: Reason


def guess(
    entities: Mapping[str, Entity],
    entity: Entity,
    sheet: Sheet,
    samples: Sequence[Row],
    formats: Formats,
    past: Sequence[ColumnMap] = (),
) -> ImportPlan:
    """A plan for a file. `past` are columns of an earlier import of the same entity: those with the same title go where
    they went."""
    fields = {field.name: field for field in importable(entity)}
    columns = _texts(sheet, samples)
    saved = None if past else fitting(entity, sheet)
    earlier = columns_of(saved) if saved else past
    chosen = _from_past(sheet, earlier, fields, "recipe" if saved else "past")
    taken = {column.field for column in chosen.values()}
    for candidate in sorted(_candidates(entities, sheet, fields, columns, formats), key=lambda each: -each.score):
        if candidate.position not in chosen and candidate.field not in taken:
            title = sheet.header[candidate.position]
            known = candidate.field, candidate.confidence, candidate.reason
            chosen[candidate.position] = ColumnMap(
                candidate.position, title, known[0], "", confidence=known[1], reason=known[2]
            )
            taken.add(candidate.field)
    settled = [
        _settled(entities, fields.get(column.field or ""), column, columns[position], formats)
        for position, column in sorted(chosen.items())
    ]
    others = [ColumnMap(each, title) for each, title in enumerate(sheet.header) if each not in chosen]
    numbers = [
        text
        for each in settled
        if (field := fields.get(each.field or "")) and field.type.numeric
        for text in columns[each.position]
    ]
    plan = ImportPlan(tuple(sorted([*settled, *others], key=lambda each: each.position)), decimal=decimal_of(numbers))
    return _keyed(saved, plan) if saved and saved.key is not None else with_key(entity, plan)


def fitting(entity: Entity, sheet: Sheet) -> ImportMap | None:
    """The saved map of the entity that knows most columns of a file, if those are most of its own."""
    titles = {plain_title(title) for title in sheet.header if title.strip()}
    counted = [(sum(plain_title(each.title) in titles for each in saved.columns), saved) for saved in entity.imports]
    count, best = max(counted, key=lambda pair: pair[0], default=(0, None))
    return best if best is not None and 2 * count > len(best.columns) else None


def columns_of(saved: ImportMap) -> tuple[ColumnMap, ...]:
    """The columns of a saved map, of no file yet."""
    return tuple(
        ColumnMap(
            0, each.title, each.field, each.by, each.create_missing, date_order(each.dates), each.values, each.blank_bad
        )
        for each in saved.columns
    )


def _keyed(saved: ImportMap, plan: ImportPlan) -> ImportPlan:
    mapped = {column.field for column in plan.mapped}
    if not saved.key or not mapped.issuperset(saved.key):
        return plan
    return replace(plan, key=saved.key, mode=mode(saved.mode or "both"))


def with_key(entity: Entity, plan: ImportPlan) -> ImportPlan:
    """The plan with the surest key its columns give; without one every row is a new record."""
    found = [key for key in keys(entity, [column.field or "" for column in plan.mapped]) if is_sure(entity, key)]
    return replace(plan, key=found[0], mode="both") if found else plan


def _texts(sheet: Sheet, samples: Sequence[Row]) -> list[list[str]]:
    """The different texts of each column, in the order they come."""
    found: list[dict[str, Cell]] = [{} for _ in sheet.header]
    for row in samples:
        for texts, cell in zip(found, row.cells, strict=True):
            if cell is not None:
                texts.setdefault(cell_text(cell), cell)
    return [list(texts) for texts in found]


def _from_past(
    sheet: Sheet, past: Sequence[ColumnMap], fields: Mapping[str, Field], reason: Reason
) -> dict[int, ColumnMap]:
    known = {plain_title(column.header): column for column in past if column.header.strip()}
    chosen: dict[int, ColumnMap] = {}
    for position, title in enumerate(sheet.header):
        column = known.pop(plain_title(title), None) if title.strip() else None
        if column is not None and (column.field is None or column.field == ID or column.field in fields):
            chosen[position] = replace(column, position=position, header=title, confidence="sure", reason=reason)
    return chosen


def _candidates(
    entities: Mapping[str, Entity],
    sheet: Sheet,
    fields: Mapping[str, Field],
    columns: Sequence[Sequence[str]],
    formats: Formats,
) -> Iterable[_Candidate]:
    for position, title in enumerate(sheet.header):
        wanted = plain_title(title)
        if wanted in IDS and columns[position] and all(text.isdigit() for text in columns[position]):
            yield _Candidate(99, position, ID, "sure", "name")
        for field in fields.values():
            score, reason = _by_title(entities, field, wanted)
            fit = _fit(field, columns[position], formats)
            if score and (fit is None or fit > 0):
                sure = score >= 95 and (fit is None or fit >= FITS)
                yield _Candidate(
                    score * (fit if fit is not None else 1.0),
                    position,
                    field.name,
                    "sure" if sure else "guessed",
                    reason,
                )
            elif fit is not None and fit >= 0.9 and columns[position] and _tells(field):
                yield _Candidate(30 * fit, position, field.name, "guessed", "values")


def _by_title(entities: Mapping[str, Entity], field: Field, wanted: str) -> tuple[float, Reason]:
    """How well a title names a field, 0 to 100."""
    if not wanted:
        return 0, ""
    if wanted == plain_title(field.name):
        return 100, "name"
    labels = {plain_title(text) for _, text in field.label.by_language}
    for name in link_targets(field) if is_link(field) and not field.system else ():
        labels |= {plain_title(text) for _, text in entities[name].label.by_language}
    if wanted in labels:
        return 98, "label"
    entity = entities[field.entity]
    words = (*WORDS.get(field.type.name, ()), *(OWNER if field.name == "owner" else ()))
    own = {f"{plain_title(text)} {word}" for _, text in entity.label.by_language for word in TITLE[:3]}
    own |= {f"{text}{word}" for _, text in entity.label.by_language for word in TITLE[-5:]}
    own |= {plain_title(text) for _, text in entity.label.by_language}
    if wanted in words or (field.name == entity.title and (wanted in TITLE or wanted in own)):
        return 90, "similar"
    best = max((fuzz.token_sort_ratio(wanted, each) for each in (*labels, plain_title(field.name))), default=0)
    return (best * 0.9, "similar") if best >= SIMILAR else (0, "")


def _fit(field: Field, texts: Sequence[str], formats: Formats) -> float | None:
    """The share of different texts the type takes; None where it takes anything, or there is nothing to judge."""
    if (
        not texts
        or is_link(field)
        or (kind_of(field) in (Kind.TEXT, Kind.PARTS, Kind.LIST) and not field.type.identifying)
    ):
        return None
    if field.options:
        return max(0.5, sum(_takes(field, text, formats) for text in texts) / len(texts)) if len(texts) <= 40 else 0.0
    return sum(_takes(field, text, formats) for text in texts) / len(texts)


def _takes(field: Field, text: str, formats: Formats) -> bool:
    days = kind_of(field) in (Kind.DATE, Kind.DATETIME)
    for written in (
        (in_iso(text, "dmy"), in_iso(text, "mdy"))
        if days
        else (text, text.translate({44: 46, 46: 44}))[: 2 if field.type.numeric else 1]
    ):
        try:
            field.type.parse(written, field, formats)
        except ValueRefused:
            continue
        return True
    return False


def _tells(field: Field) -> bool:
    """Whether values alone say that a column is this field's: hardly anything else looks like them."""
    return field.type.identifying and not field.system


def _settled(
    entities: Mapping[str, Entity], field: Field | None, column: ColumnMap, texts: Sequence[str], formats: Formats
) -> ColumnMap:
    """The column with how its values are read, where that was not said before."""
    if field is None or column.reason in ("past", "recipe"):
        return column
    if is_link(field):
        return replace(column, by=_way_of_naming(entities, field, texts, formats))
    if kind_of(field) in (Kind.DATE, Kind.DATETIME):
        return replace(column, date_order=order_of(texts))
    if field.options and (unknown := [text for text in texts if not _takes(field, text, formats)]):
        return replace(column, values=like_options(field, unknown))
    return column


def read_as(
    entities: Mapping[str, Entity], field: Field, column: ColumnMap, texts: Sequence[str], formats: Formats
) -> ColumnMap:
    """A column a person has given a field, with how texts like these are read."""
    made = replace(column, field=field.name, reason="", confidence="chosen")
    return _settled(entities, field, made, texts, formats)


def like_options(field: Field, texts: Iterable[str]) -> dict[str, str]:
    """Text -> the key of the option it resembles, for those that resemble one."""
    labels = {plain_title(text): option.key for option in field.options for _, text in option.label.by_language}
    labels |= {plain_title(option.key): option.key for option in field.options}
    found: dict[str, str] = {}
    for text in texts:
        wanted = plain_title(text)
        begun = {key for label, key in labels.items() if len(wanted) > 2 and label.startswith(wanted)}
        best = process.extractOne(wanted, list(labels), scorer=fuzz.ratio) if len(wanted) > 1 else None
        if len(begun) == 1:
            found[text] = begun.pop()
        elif best and best[1] >= LIKE_AN_OPTION:
            found[text] = labels[best[0]]
    return found


def _way_of_naming(entities: Mapping[str, Entity], field: Field, texts: Sequence[str], formats: Formats) -> str:
    """By its title, unless nearly all values are those of another field that names such records."""
    if len(link_targets(field)) != 1 or not texts:
        return ""
    target = entities[link_targets(field)[0]]
    for name in link_keys(field, entities):
        known = target.fields.get(name)
        naming = known is not None and known.type.identifying and not known.given
        if known is not None and naming and sum(_takes(known, text, formats) for text in texts) >= 0.9 * len(texts):
            return name
    return ID if all(text.isdigit() and len(text) >= 12 for text in texts) else ""
