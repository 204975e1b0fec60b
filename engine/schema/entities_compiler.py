"""Entities: fields of every kind, the title, the header, phone slots and line items."""

from __future__ import annotations

from collections.abc import Mapping as MappingType
from dataclasses import replace

from engine.expressions.types import Kind
from engine.language.names import check_name
from engine.language.source import Mapping, Scalar, Sequence
from engine.schema.checks_compiler import compile_checks
from engine.schema.compilation import Compilation, FieldMap, humanise, pairs, scalars, text_of, texts_of
from engine.schema.fields_compiler import compile_field_expressions, compile_field_shape
from engine.schema.joints_compiler import join_fields
from engine.schema.model import Entity, Field
from engine.schema.options_compiler import OptionSets
from engine.schema.pipelines_compiler import Pipelines
from engine.schema.system_fields import system_fields

BUILTIN = ("user", "team")


def compile_shapes(sets: OptionSets, pipelines: Pipelines, compilation: Compilation) -> dict[str, dict[str, Field]]:
    """The fields of every entity, without expressions."""
    shapes = {}
    for key, node in compilation.section("entities"):
        check_name(key, compilation.problems)
        fields = _declared(key.text, node, sets, pipelines, compilation) if isinstance(node, Mapping) else {}
        shapes[key.text] = fields | system_fields(key.text, compilation.types, key.place)
    _check_targets(shapes, compilation)
    join_fields(shapes, compilation)
    return shapes


def _declared(
    entity: str, node: Mapping, sets: OptionSets, pipelines: Pipelines, compilation: Compilation
) -> dict[str, Field]:
    fields = {}
    for key, field in pairs(node.get("fields")):
        check_name(key, compilation.problems, field=True)
        if isinstance(field, Mapping):
            fields[key.text] = compile_field_shape(entity, key, field, sets, pipelines, compilation)
    return fields


def _check_targets(shapes: FieldMap, compilation: Compilation) -> None:
    """Every link leads somewhere, every children field names a link back."""
    for key, node in compilation.section("entities"):
        for name, field_node in pairs(node.get("fields") if isinstance(node, Mapping) else None):
            field = shapes[key.text].get(name.text)
            if field and field.target and isinstance(field_node, Mapping):
                _check_target(field, field_node, shapes, compilation)
            elif field and field.targets and isinstance(field_node, Mapping):
                for aim in scalars(field_node.get("to")):
                    compilation.known("E212", aim, shapes)


def _check_target(field: Field, node: Mapping, shapes: FieldMap, compilation: Compilation) -> None:
    written = node.get("to") or node.get("of")
    if isinstance(written, Scalar) and not compilation.known("E212", written, shapes):
        return
    back = node.get("key")
    if isinstance(back, Scalar):
        link = shapes[field.target or ""].get(back.text)
        if link is None or link.target != field.entity:
            links = [f.name for f in shapes[field.target or ""].values() if f.target == field.entity]
            compilation.known("E220", back, links, of=field.target or "", entity=field.entity)


def compile_entities(shapes: FieldMap, compilation: Compilation) -> dict[str, Entity]:
    """Every entity, whole."""
    lines = _line_items(shapes, compilation)
    return {
        key.text: _entity(key, node, shapes, lines, compilation)
        for key, node in compilation.section("entities")
        if isinstance(node, Mapping)
    }


def _line_items(shapes: FieldMap, compilation: Compilation) -> MappingType[str, tuple[str, str]]:
    """Line item entity -> (its parent, its link to it). A line item has one parent, which is not below itself."""
    lines: dict[str, tuple[str, str]] = {}
    for field in (field for fields in shapes.values() for field in fields.values() if "key" in field.settings):
        if field.target is None:
            continue
        if field.target in lines:
            other = lines[field.target][0]
            _report(compilation, "E226", field, name=field.target, one=other, other=field.entity)
        elif field.target in _above(field.entity, lines):
            _report(compilation, "E225", field, name=field.target)
        else:
            lines[field.target] = (field.entity, str(field.settings["key"]))
    return lines


def _above(entity: str, lines: MappingType[str, tuple[str, str]]) -> list[str]:
    """The entity and those it is a line item of, upwards."""
    path = [entity]
    while path[-1] in lines:
        path.append(lines[path[-1]][0])
    return path


def _report(compilation: Compilation, code: str, field: Field, **values: str) -> None:
    compilation.problems.note(code, field.place, values, length=len(field.name))


def _entity(
    key: Scalar,
    node: Mapping,
    shapes: FieldMap,
    lines: MappingType[str, tuple[str, str]],
    compilation: Compilation,
) -> Entity:
    scope, shape = compilation.scope(key.text, shapes), shapes[key.text]
    nodes = {name.text: item for name, item in pairs(node.get("fields")) if isinstance(item, Mapping)}
    fields = {
        name: compile_field_expressions(field, nodes[name], scope, compilation) if name in nodes else field
        for name, field in shape.items()
    }
    unique = _unique(node, fields, compilation)
    for name in {name for group in unique for name in group if name in fields}:
        fields[name] = replace(fields[name], unique_in_group=True)
    label = compilation.text(node.get("label"), humanise(key.text))
    for named in (*scalars(node.get("header")), *(s for _, s in pairs(node.get("slots")) if isinstance(s, Scalar))):
        compilation.known("E213", named, fields, where=key.text)
    return Entity(
        name=key.text,
        label=label,
        plural=compilation.text(node.get("plural"), label.in_("en")) if "plural" in node else label,
        title=_title(key, node, fields, compilation),
        fields=fields,
        place=key.place,
        icon=text_of(node.get("icon")) or "box",
        hue=text_of(node.get("hue")) or "gray",
        header=tuple(name for name in texts_of(node.get("header")) if name in fields),
        slots={
            s.text: item.text
            for s, item in pairs(node.get("slots"))
            if isinstance(item, Scalar) and item.text in fields
        },
        unique=tuple(group for group in unique if all(name in fields for name in group)),
        acts_as=text_of(node.get("acts_as")),
        line_of=lines.get(key.text),
        builtin=key.text in BUILTIN,
        checks=compile_checks(node.get("checks"), fields, scope, compilation),
    )


def _title(key: Scalar, node: Mapping, fields: MappingType[str, Field], compilation: Compilation) -> str:
    """The written title field, else the first text field."""
    written = node.get("title")
    if isinstance(written, Scalar) and written.text not in fields:
        compilation.known(
            "E213", written, [field.name for field in fields.values() if not field.system], where=key.text
        )
        return "id"
    texts = [name for name, field in fields.items() if _names_records(field)]
    if isinstance(written, Scalar) and (fields[written.text].broken or written.text in texts):
        return written.text
    if written is None and texts:
        return texts[0]
    place = written if isinstance(written, Scalar) else key
    compilation.problems.add("E219", place.place, length=place.width, name=key.text)
    return "id"


def _names_records(field: Field) -> bool:
    """A field people search by its words."""
    textual = field.type.expression_type(field).kind is Kind.TEXT or field.type.filter_column(field) != field.name
    return field.type.stored and not field.system and textual


def _unique(node: Mapping, fields: MappingType[str, Field], compilation: Compilation) -> tuple[tuple[str, ...], ...]:
    """Groups of fields no two records share; a flat list is one group."""
    written = node.get("unique")
    if not isinstance(written, Sequence):
        return ()
    stored = [name for name, field in fields.items() if field.type.stored]
    for scalar in (s for item in written.items for s in scalars(item)):
        compilation.known("E213", scalar, stored, where="unique")
    nested = [item for item in written.items if isinstance(item, Sequence)]
    return tuple(texts_of(item) for item in nested) if nested else (texts_of(written),)
