"""What the sheets of a file are: entities with fields, their titles, and the links between them."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from itertools import count
from pathlib import Path

from engine.exchange.column_facts import Facts, facts_of, written
from engine.exchange.header_hints import hints, is_chinese, name_rank
from engine.exchange.inference import ColumnGuess, Sure, guess_column
from engine.exchange.names_from_titles import GENERIC, entity_name, field_name, singular
from engine.exchange.reading import read, sheets
from engine.exchange.sheet import Limits, ReadOptions, Sheet
from engine.exchange.unreadable import UnreadableFile
from engine.locale.formats import Formats

BUILTIN = ("user", "team")
AGREEING = 0.8
"""The share of values found in another sheet that makes a link."""
TITLES = ("text", "email", "phone", "url", "long_text")
MOST_SHEETS = 20


@dataclass(frozen=True, slots=True)
class FieldGuess:
    name: str
    label: str
    column: ColumnGuess
    unique: bool = False
    to: str = ""
    """The entity a link leads to."""
    by: str = ""
    """The field of that entity whose values stand in the column; empty for its title."""

    @property
    def type(self) -> str:
        return "link" if self.to else self.column.type


@dataclass(frozen=True, slots=True)
class EntityGuess:
    name: str
    label: str
    plural: str
    title: str
    fields: tuple[FieldGuess, ...]
    sheet: Sheet
    rows: int

    def field(self, name: str) -> FieldGuess:
        return next(each for each in self.fields if each.name == name)


@dataclass(frozen=True, slots=True)
class FileGuess:
    """Entities that others link to come first."""

    name: str
    language: str
    currency: str
    phone_region: str
    time_zone: str
    entities: tuple[EntityGuess, ...]
    left_out: tuple[str, ...] = field(default=())
    """Sheets with nothing in them."""


def guess_file(path: Path, name: str, today: date, limits: Limits = Limits()) -> FileGuess:
    """`name` is the file's own one, without its ending. Raises `UnreadableFile`."""
    read_sheets, left_out = _sheets(path, limits)
    facts = [facts_of(sheet) for sheet in read_sheets]
    chinese = any(is_chinese(column.header) for columns in facts for column in columns)
    formats = Formats(
        language="zh-CN" if chinese else "en",
        time_zone="Asia/Shanghai" if chinese else "UTC",
        currency="CNY" if chinese else "USD",
        today=today,
        phone_region="CN" if chinese else "US",
    )
    entities: list[EntityGuess] = []
    for sheet, columns in zip(read_sheets, facts, strict=True):
        label = name if not sheet.name or GENERIC.fullmatch(sheet.name.strip()) else sheet.name
        entities.append(_entity(sheet, columns, label, formats, [entity.name for entity in entities]))
    entities = [_retitled(entity, entities) for entity in entities]
    linked = _keyed([_linked(entity, entities) for entity in entities])
    currencies = [f.column.settings.get("currency") for entity in linked for f in entity.fields if f.type == "money"]
    currency = next((found for found in currencies if found), formats.currency)
    settings = formats.language, currency, formats.phone_region, formats.time_zone
    return FileGuess(name, *settings, _targets_first(linked), left_out)


def _sheets(path: Path, limits: Limits) -> tuple[list[Sheet], tuple[str, ...]]:
    names = sheets(path, limits)[:MOST_SHEETS] or ("",)
    found, left_out = [], []
    for name in names:
        try:
            found.append(read(path, ReadOptions(sheet=name), limits))
        except UnreadableFile as unreadable:
            if len(names) == 1 or unreadable.key != "empty":
                raise
            left_out.append(name)
    if not found:
        raise UnreadableFile("empty")
    return found, tuple(left_out)


def _entity(
    sheet: Sheet, columns: Sequence[Facts], label: str, formats: Formats, taken: Collection[str]
) -> EntityGuess:
    label = " ".join(label.replace("_", " ").split())[:60] or "Records"
    label = label[:1].upper() + label[1:]
    fields: list[FieldGuess] = []
    labels: set[str] = set()
    for facts in columns:
        name = field_name(facts.header, [each.name for each in fields])
        title = facts.header or sheet.title(facts.position)
        title = next(each for each in _numbered(title) if each not in labels)
        labels.add(title)
        guess = guess_column(facts, formats)
        unique = facts.unique and facts.rows > 1 and guess.type == "text" and hints(facts.header, "key")
        fields.append(FieldGuess(name, title[:80], guess, unique))
    title_of = _title(fields, label)
    fields = [_as_title(each) if each.name == title_of else each for each in fields]
    name = entity_name(label, taken, BUILTIN)
    return EntityGuess(name, singular(label), label, title_of, tuple(fields), sheet, sheet.count())


def _numbered(title: str) -> Iterator[str]:
    """The title, then `title 2`, `title 3` …"""
    yield title
    yield from (f"{title} {number}" for number in count(2))


def _title(fields: Sequence[FieldGuess], sheet: str) -> str:
    """The column that names a row to people: by its title, else the first text that is always there and never twice,
    else the first text, else the first column."""
    named = [(rank, each.name) for each in fields if (rank := _rank(each, sheet)) is not None]
    if named:
        return min(named)[1]
    texts = [each for each in fields if each.column.type in TITLES]
    return next((each.name for each in texts if each.column.facts.unique), (texts or fields)[0].name)


def _rank(guess: FieldGuess, sheet: str) -> int | None:
    rank = name_rank(guess.column.facts.header, sheet, guess.column.facts.repeated)
    nameless = guess.column.facts.rows and not guess.column.facts.filled
    return None if nameless or guess.column.type not in ("text", "choice", "long_text") else rank


def _as_title(guess: FieldGuess) -> FieldGuess:
    kept = guess.column.type in TITLES and guess.column.type != "long_text"
    return guess if kept else replace(guess, column=replace(guess.column, type="text", options=(), settings={}))


def _retitled(entity: EntityGuess, others: Sequence[EntityGuess]) -> EntityGuess:
    """With the title that other sheets name its rows by, where that is another name than the one guessed first."""
    links = [link for other in others for each in other.fields if (link := _link(each, other, [entity])).to]
    named = [link.by for link in links if link.by and _rank(entity.field(link.by), entity.plural) is not None]
    if not named or any(not link.by for link in links):
        return entity
    return replace(entity, title=named[0])


def _linked(entity: EntityGuess, others: Sequence[EntityGuess]) -> EntityGuess:
    """With the columns that hold values of another sheet's title or key as links. Where rows are named twice, by their
    title and by a number, one link is enough."""
    found = [_link(each, entity, others) for each in entity.fields]
    keys: dict[str, str] = {}
    for link in sorted((link for link in found if link.to), key=lambda link: bool(link.by)):
        keys.setdefault(link.to, link.by)
    fields = (
        link if not link.to or keys[link.to] == link.by else own for own, link in zip(entity.fields, found, strict=True)
    )
    return replace(entity, fields=tuple(fields))


def _keyed(entities: Sequence[EntityGuess]) -> list[EntityGuess]:
    """With the fields unique by which other sheets name rows."""
    named = {(each.to, each.by) for entity in entities for each in entity.fields if each.by}
    return [
        replace(
            entity, fields=tuple(replace(f, unique=f.unique or (entity.name, f.name) in named) for f in entity.fields)
        )
        for entity in entities
    ]


def _link(guess: FieldGuess, entity: EntityGuess, others: Sequence[EntityGuess]) -> FieldGuess:
    if guess.name == entity.title or guess.column.type not in ("text", "choice", "integer") or guess.unique:
        return guess
    values = {text.casefold() for text in guess.column.facts.counts}
    for other in others:
        for key in _keys(other) if other is not entity else ():
            found = len(values & key.column.facts.keys)
            several = found > 1 or (found and _same_word(guess, other))
            if several and found >= AGREEING * len(values):
                sure: Sure = "sure" if found == len(values) else "likely"
                column = replace(guess.column, sure=sure, options=())
                return replace(guess, column=column, to=other.name, by="" if key.name == other.title else key.name)
    return guess


def _keys(entity: EntityGuess) -> list[FieldGuess]:
    """What its rows may be named by: the title first, then texts and numbers without a value twice."""
    found = [each for each in entity.fields if each.name == entity.title or each.column.facts.unique]
    named = [
        each for each in found if not each.column.facts.repeated and each.column.type in ("text", "email", "phone")
    ]
    return sorted(named, key=lambda each: each.name != entity.title)


def _same_word(guess: FieldGuess, other: EntityGuess) -> bool:
    header = guess.column.facts.header.casefold()
    return other.label.casefold() in header or header in other.label.casefold()


def _targets_first(entities: Sequence[EntityGuess]) -> tuple[EntityGuess, ...]:
    by_name: Mapping[str, EntityGuess] = {entity.name: entity for entity in entities}
    order: dict[str, None] = {}

    def visit(name: str, path: frozenset[str]) -> None:
        if name in order or name in path:
            return
        for each in by_name[name].fields:
            if each.to:
                visit(each.to, path | {name})
        order[name] = None

    for entity in entities:
        visit(entity.name, frozenset())
    return tuple(by_name[name] for name in order)


def example(guess: FieldGuess) -> str:
    """A value of the column, cut where it is long."""
    sample = guess.column.facts.sample
    text = " ".join(written(sample[0]).split()) if sample else ""
    return text if len(text) <= 30 else f"{text[:29]}…"
