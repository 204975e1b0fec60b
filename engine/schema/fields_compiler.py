"""Fields, in two steps: shapes first, then the expressions, which may name any field of any entity."""

from __future__ import annotations

import re
from collections.abc import Mapping as MappingType
from dataclasses import replace
from functools import lru_cache
from typing import Any

from engine.expressions.parse import parse
from engine.expressions.types import BOOLEAN
from engine.language.checking import Checker
from engine.language.problem_kind import both
from engine.language.source import Mapping, Node, Scalar, plain
from engine.schema.compilation import Compilation, humanise, is_true, text_of
from engine.schema.field_type import FieldType, ValueRefused, refuse
from engine.schema.model import Default, Field, Option
from engine.schema.options_compiler import OptionSets, field_options
from engine.schema.pipelines_compiler import Pipelines, stage_options
from engine.schema.scope import EntityScope
from engine.schema.sections import COMMON_OPTIONS, DEFINITIONS, field_schema

NAMES = ("to", "of", "key", "pipeline")
"""Options that name something: a field at fault elsewhere keeps them, so that nothing else seems to be missing."""
PATTERN = both("a regular expression", "正则表达式")
CONDITIONS = ("required", "visible", "readonly", "validate")
OF_WRITE = ("required", "validate")
"""Those that judge a write, so that they may look at what was there before it."""
NEVER_GIVEN = ("required", "readonly", "validate", "default")
"""What a field may not say whose value the engine gives."""


def compile_field_shape(
    entity: str, key: Scalar, node: Mapping, sets: OptionSets, pipelines: Pipelines, compilation: Compilation
) -> Field:
    """The field without its expressions. One with an unknown type or a wrong option keeps its name."""
    field_type, sound = _field_type(key, node, compilation)
    settings = _settings(node, field_type, compilation.currency)
    if not sound:
        settings = {name: value for name, value in settings.items() if name in NAMES and isinstance(value, str)}
    options = _options(node, field_type, sets, pipelines, compilation)
    return Field(
        name=key.text,
        entity=entity,
        type=field_type,
        label=compilation.text(node.get("label"), humanise(key.text)),
        place=key.place,
        help=compilation.text(node.get("help"), "") if "help" in node else None,
        settings=settings,
        options=options or (),
        target=field_type.target(settings),
        targets=field_type.targets(settings),
        when_hidden="keep" if text_of(node.get("when_hidden")) == "keep" else "clear",
        unique=is_true(node.get("unique")),
        index=is_true(node.get("index")),
        search=is_true(node.get("search")),
        track="track" not in node or is_true(node.get("track")),
        copy="copy" not in node or is_true(node.get("copy")),
        broken=not sound or options is None,
    )


def _field_type(key: Scalar, node: Mapping, compilation: Compilation) -> tuple[FieldType, bool]:
    """The type, and whether it is known and its options fit; a problem says so if not."""
    written = node.get("type")
    if written is None:
        compilation.problems.add("E202", key.place, length=key.width, key="type")
    elif isinstance(written, Scalar) and compilation.known("E210", written, compilation.types):
        field_type = compilation.types[written.text]
        before = len(compilation.problems.errors)
        _checker(field_type).check(node, compilation.problems, words={"type": field_type.name})
        _check_patterns(node, field_type, compilation)
        _check_indexed(key, node, field_type, compilation)
        _check_options(node, field_type, compilation)
        return field_type, len(compilation.problems.errors) == before
    return compilation.types["text"], False


def _check_patterns(node: Mapping, field_type: FieldType, compilation: Compilation) -> None:
    """An option that is a regular expression must be one."""
    for name, schema in field_type.options.items():
        written = node.get(name)
        if schema.get("format") == "regex" and isinstance(written, Scalar) and not _is_pattern(written.text):
            compilation.problems.add("E208", written.place, length=written.width, value=written.text, form=PATTERN)


def _is_pattern(text: str) -> bool:
    try:
        re.compile(text)
    except (re.error, OverflowError, RecursionError):
        return False
    return True


def _check_indexed(key: Scalar, node: Mapping, field_type: FieldType, compilation: Compilation) -> None:
    """No database compares texts of any length in an index."""
    if not field_type.sortable and any(is_true(node.get(name)) for name in ("unique", "index")):
        compilation.problems.add("E224", key.place, length=key.width, name=key.text, type=field_type.name)


def _check_options(node: Mapping, field_type: FieldType, compilation: Compilation) -> None:
    """What only the type itself can say about its options."""
    for name, reason in field_type.faults(_settings(node, field_type, compilation.currency)).items():
        if (written := node.get(name)) is not None:
            length = written.width if isinstance(written, Scalar) else 0
            compilation.problems.add("E227", written.place, length=length, option=name, reason=reason)


@lru_cache(maxsize=128)
def _checker(field_type: FieldType) -> Checker:
    return Checker(field_schema(field_type) | {"definitions": DEFINITIONS})


def _settings(node: Mapping, field_type: FieldType, currency: str) -> MappingType[str, Any]:
    """The type's own options; money without a currency has the workspace's."""
    inherited = {"currency": currency} if "currency" in field_type.options else {}
    return inherited | {
        entry.key.text: plain(entry.value)
        for entry in node.entries
        if entry.key.text in field_type.options and entry.key.text not in COMMON_OPTIONS
    }


def _options(
    node: Mapping, field_type: FieldType, sets: OptionSets, pipelines: Pipelines, compilation: Compilation
) -> tuple[Option, ...] | None:
    """The choices or stages; None when the set or pipeline they come from is not there."""
    if "options" in field_type.options:
        return field_options(node.get("options"), sets, compilation)
    pipeline = node.get("pipeline")
    if "pipeline" not in field_type.options or not isinstance(pipeline, Scalar):
        return ()
    known = compilation.known("E214", pipeline, pipelines)
    return stage_options(pipelines[pipeline.text]) if known else None


def compile_field_expressions(field: Field, node: Mapping, scope: EntityScope, compilation: Compilation) -> Field:
    """The field with its conditions and its default."""
    if field.given:
        return _given(field, node, scope, compilation)
    of_write = replace(scope, of_write=True)
    conditions = {
        name: compilation.expression(node.get(name), of_write if name in OF_WRITE else scope, BOOLEAN)
        for name in CONDITIONS
    }
    aim = field.target or next(iter(field.targets), None)
    if aim in scope.fields and "filter" in field.settings:
        chosen_from = replace(scope, entity=str(aim))
        field = replace(field, link_filter=compilation.expression(node.get("filter"), chosen_from, BOOLEAN))
    default = None if field.broken else _default(field, node.get("default"), scope, compilation)
    return replace(
        field,
        required=conditions["required"],
        visible=conditions["visible"],
        readonly=conditions["readonly"],
        validate=conditions["validate"],
        default=default,
    )


def _given(field: Field, node: Mapping, scope: EntityScope, compilation: Compilation) -> Field:
    """A field whose value the engine gives can be shown or hidden; its value never changes."""
    for name in NEVER_GIVEN:
        if key := node.key(name):
            written = text_of(node.get("type")) or field.type.name
            compilation.problems.add("E228", key.place, length=key.width, option=name, type=written)
    visible = compilation.expression(node.get("visible"), scope, BOOLEAN)
    return replace(field, readonly=parse("true", scope, BOOLEAN), visible=visible, when_hidden="keep")


def _default(field: Field, node: Node | None, scope: EntityScope, compilation: Compilation) -> Default | None:
    if node is None:
        return None
    if isinstance(node, Scalar) and node.text.startswith("="):
        expected = field.type.expression_type(field)
        expression = compilation.expression(node.without_start(1), scope, expected)
        return Default(expression=expression) if expression else None
    try:
        value = literal_of(field, node)
    except ValueRefused as refusal:
        _refuse_default(field, node, refusal, compilation)
        return None
    return Default(value=value)


def literal_of(field: Field, node: Node) -> Any:
    """What is written for a field, as it holds it. Raises `ValueRefused`."""
    written = plain(node)
    if field.type.sealed:
        raise refuse("secret_in_file")
    if isinstance(written, (list, dict)) and not field.type.structured:
        raise refuse("structure")
    value = field.type.accept(node.text if isinstance(node, Scalar) and written is None else written, field)
    if value is not None:
        field.type.validate(value, field)
    return value


def _refuse_default(field: Field, node: Node, refusal: ValueRefused, compilation: Compilation) -> None:
    compilation.problems.add(
        "E218", node.place, length=node.width if isinstance(node, Scalar) else 0, reason=refusal.message
    )
