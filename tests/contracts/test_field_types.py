"""What every field type must keep, tried on each one's own samples."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

import jsonschema
import pytest
from sqlalchemy import Column, Connection, Integer, MetaData, Table, create_engine, insert, make_url, select

from engine.expressions.types import Type
from engine.language.discovery import registry
from engine.language.source import Place
from engine.locale.formats import Formats
from engine.locale.text import LANGUAGES, Text
from engine.schema.comparisons import COMPARISONS
from engine.schema.field_type import FieldType, Sample, ValueRefused
from engine.schema.model import Field, Option

TYPES = registry("engine.schema.field_types", FieldType)
STAGES = {"open": {"en": "Open", "zh-CN": "进行中"}, "won": {"en": "Won", "zh-CN": "赢单"}}
FORMATS = Formats("en", "America/New_York", "USD", date(2026, 11, 21), "US")
CHINESE = Formats("zh-CN", "Asia/Shanghai", "CNY", date(2026, 11, 21), "CN")
DRIVERS = {"sqlite": "sqlite", "postgresql": "postgresql+psycopg"}
WORDS = [
    "text",
    "long_text",
    "email",
    "phone",
    "url",
    "integer",
    "decimal",
    "money",
    "percent",
    "boolean",
    "choice",
    "stage",
    "date",
    "datetime",
    "link",
    "user",
    "team",
    "children",
    "color",
    "rating",
    "duration",
    "time",
    "multi_choice",
    "tags",
    "json",
    "person_name",
    "address",
    "geo",
    "date_range",
    "rich_text",
    "files",
    "image",
    "signature",
    "autonumber",
    "links",
    "any_link",
    "secret",
    "formula",
    "rollup",
    "lookup",
]


@dataclass(frozen=True)
class Case:
    field: Field
    sample: Sample

    def __str__(self) -> str:
        return f"{self.field.type.name}-{self.sample.typed!r}"


def field_of(field_type: FieldType, settings: dict[str, Any], **more: Any) -> Field:
    written = STAGES if "pipeline" in settings else settings.get("options", {})
    return Field(
        name="value",
        entity="thing",
        type=field_type,
        label=field_type.label,
        place=Place("entities/thing.yaml", 1, 1),
        settings=settings,
        options=tuple(Option(key, Text.of(label)) for key, label in written.items()),
        target=field_type.target(settings),
        **more,
    )


CASES = [Case(field_of(kind, dict(sample.options)), sample) for kind in TYPES.values() for sample in kind.samples]
OPEN = [case for case in CASES if not case.field.type.sealed]
REFUSED = [(kind, typed) for kind in TYPES.values() for typed in kind.refused]


@pytest.fixture
def connection(database_url: str) -> Iterator[Connection]:
    engine = create_engine(make_url(database_url).set(drivername=DRIVERS[make_url(database_url).get_backend_name()]))
    with engine.connect() as connection:
        yield connection
    engine.dispose()


def test_every_type_of_the_language_is_here() -> None:
    assert set(WORDS) <= set(TYPES)


@pytest.mark.parametrize("kind", TYPES.values(), ids=lambda kind: kind.name)
def test_a_type_is_described_in_both_languages(kind: FieldType) -> None:
    assert (kind.label.missing(LANGUAGES), kind.help.missing(LANGUAGES)) == ((), ())


@pytest.mark.parametrize("kind", TYPES.values(), ids=lambda kind: kind.name)
def test_the_options_of_a_type_are_described_schemas(kind: FieldType) -> None:
    for schema in kind.options.values():
        jsonschema.Draft7Validator.check_schema(schema)
        assert schema["description"].endswith(".")
    assert set(kind.required_options) <= set(kind.options)


@pytest.mark.parametrize("case", CASES, ids=str)
def test_the_options_of_a_sample_fit_their_schemas(case: Case) -> None:
    kind = case.field.type
    schema = {"properties": dict(kind.options), "additionalProperties": False, "required": [*kind.required_options]}
    jsonschema.Draft7Validator(schema).validate(dict(case.sample.options))


@pytest.mark.parametrize("kind", TYPES.values(), ids=lambda kind: kind.name)
def test_the_comparisons_of_a_type_exist(kind: FieldType) -> None:
    assert [name for name in kind.comparisons if name not in COMPARISONS] == []
    assert bool(kind.comparisons) is kind.stored


@pytest.mark.parametrize("kind", TYPES.values(), ids=lambda kind: kind.name)
def test_a_stored_type_has_samples_and_refusals(kind: FieldType) -> None:
    enough = len(kind.samples) > 1 and (len(kind.refused) > 0)
    assert enough is kind.stored


@pytest.mark.parametrize("case", CASES, ids=str)
def test_what_is_typed_becomes_the_value_and_is_shown(case: Case) -> None:
    field, kind = case.field, case.field.type
    value = kind.parse(case.sample.typed, field, FORMATS)
    kind.validate(value, field)
    assert (value, type(value)) == (case.sample.value, type(case.sample.value))
    assert kind.format(value, field, FORMATS) == case.sample.shown


@pytest.mark.parametrize("formats", [FORMATS, CHINESE, Formats.neutral()], ids=["en", "zh-CN", "neutral"])
@pytest.mark.parametrize("case", OPEN, ids=str)
def test_the_edit_text_reads_as_the_same_value(case: Case, formats: Formats) -> None:
    text = case.field.type.edit_text(case.sample.value, case.field, formats)
    assert case.field.type.parse(text, case.field, formats) == case.sample.value


@pytest.mark.parametrize("case", OPEN, ids=str)
def test_the_json_of_a_value_is_accepted_as_the_same_value(case: Case) -> None:
    written = case.field.type.to_json(case.sample.value)
    assert isinstance(written, (str, int, bool, list, dict))
    assert case.field.type.accept(written, case.field) == case.sample.value


@pytest.mark.parametrize("case", CASES, ids=str)
def test_every_value_is_shown_in_chinese(case: Case) -> None:
    assert case.field.type.format(case.sample.value, case.field, CHINESE)


@pytest.mark.parametrize("case", CASES, ids=str)
def test_a_value_passes_as_the_result_of_an_expression(case: Case) -> None:
    kind = case.field.type
    assert kind.from_expression(case.sample.value, case.field) == case.sample.value
    assert kind.from_expression(None, case.field) is None


@pytest.mark.parametrize(("kind", "typed"), REFUSED, ids=lambda part: part[:40] if isinstance(part, str) else part.name)
def test_a_refusal_is_a_sentence_in_both_languages(kind: FieldType, typed: str) -> None:
    field = field_of(kind, dict(kind.samples[0].options) if kind.samples else {})
    with pytest.raises(ValueRefused) as refusal:
        kind.validate(kind.parse(typed, field, FORMATS), field)
    english, chinese = (refusal.value.message.in_(language) for language in LANGUAGES)
    assert (english[-1], chinese[-1]) == (".", "。")
    assert english != chinese


@pytest.mark.parametrize("case", CASES, ids=str)
def test_blank_text_is_no_value(case: Case) -> None:
    assert case.field.type.accept("  ", case.field) is None


@pytest.mark.parametrize("case", CASES, ids=str)
def test_a_field_has_a_type_in_expressions(case: Case) -> None:
    assert isinstance(case.field.type.expression_type(case.field), Type)


@pytest.mark.parametrize("unique", [False, True])
@pytest.mark.parametrize("kind", TYPES.values(), ids=lambda kind: kind.name)
def test_the_columns_of_a_field_carry_its_name(kind: FieldType, unique: bool) -> None:
    field = field_of(kind, dict(kind.samples[0].options) if kind.samples else {}, unique=unique)
    names = [column.name for column in kind.columns(field)]
    value = kind.samples[0].value if kind.samples else None
    assert names == (["value", *kind.companions(value, field)] if kind.stored else [])
    assert not kind.stored or {kind.sort_column(field), kind.unique_column(field)} <= set(names)
    assert list(kind.companions(None, field).values()) == [None] * len(kind.companions(value, field))


@pytest.mark.parametrize("case", OPEN, ids=str)
def test_a_database_keeps_the_value(case: Case, connection: Connection) -> None:
    kind = case.field.type
    table = Table("field_type_contract", MetaData(), Column("id", Integer, primary_key=True), *kind.columns(case.field))
    written = {"value": case.sample.value, **kind.companions(case.sample.value, case.field)}
    empty = {"value": None, **kind.companions(None, case.field)}
    table.create(connection)
    connection.execute(insert(table), [{"id": 1, **written}, {"id": 2, **empty}])
    rows = connection.execute(select(table).order_by(table.c.id)).mappings().all()
    assert [dict(row) for row in rows] == [{"id": 1, **written}, {"id": 2, **empty}]


@pytest.mark.parametrize("case", CASES, ids=str)
def test_what_the_api_tells_fits_the_schema_of_the_type(case: Case) -> None:
    schema = case.field.type.json_schema(case.field)
    jsonschema.Draft202012Validator.check_schema(schema)
    jsonschema.Draft202012Validator(schema).validate(case.field.type.to_json(case.sample.value))
