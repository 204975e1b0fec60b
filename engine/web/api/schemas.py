"""Entities as JSON Schema (2020-12): what is read, what a new record takes, what may be changed."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from engine.locale.catalogue import message
from engine.schema.model import Entity, Field
from engine.schema.record_ids import RECORD
from engine.schema.system_fields import WRITABLE
from engine.web.api.drafts import DELETE, LARGEST_VERSION, MOST_LINES
from engine.web.api.reading import EXPANDED, line_fields
from engine.web.api.rows import lines, readable

Schema = dict[str, Any]
Entities = Mapping[str, Entity]
VERSION: Schema = {"type": "integer", "minimum": 1, "maximum": LARGEST_VERSION}
EXAMPLE_ID = "280778096689234"


def reference(name: str) -> Schema:
    return {"$ref": f"#/components/schemas/{name}"}


def linked_fields(entity: Entity) -> tuple[Field, ...]:
    """The fields that `expand` may name."""
    return tuple(field for field in readable(entity) if field.target or field.targets)


def written_fields(entity: Entity) -> tuple[Field, ...]:
    """The fields that people may set, line items among them."""
    return tuple(field for field in entity.fields.values() if _is_written(field))


def _is_written(field: Field) -> bool:
    constant = field.readonly is not None and field.readonly.constant is True
    return not field.given and not constant and (not field.system or field.name in WRITABLE)


class Schemas:
    """Makes the schemas of one blueprint in one language. `reached` are the entities the reader may see."""

    def __init__(self, entities: Entities, reached: frozenset[str], language: str) -> None:
        self._entities, self._reached, self._language = entities, reached, language

    def of(self, entity: Entity, writable: bool) -> dict[str, Schema]:
        """Every schema of an entity, by its name in the document."""
        found = {entity.name: self._read(entity)}
        if writable:
            found[f"{entity.name}_new"] = self._new(entity)
            change = found[f"{entity.name}_change"] = self._change(entity)
            found[f"{entity.name}_item"] = change | {"properties": {"id": dict(RECORD)} | change["properties"]}
        return found

    def _read(self, entity: Entity) -> Schema:
        properties = self._identity() | {field.name: self.field(field) for field in readable(entity)}
        for field in lines(entity):
            properties[field.name] = self._lines(field, written=False)
        if links := linked_fields(entity):
            expanded = {field.name: self._expanded(field) for field in links}
            properties[EXPANDED] = {"type": "object", "properties": expanded, "additionalProperties": False}
        return self._object(entity, properties, ["id"])

    def _new(self, entity: Entity) -> Schema:
        fields = written_fields(entity)
        required = [field.name for field in fields if field.always_required and field.default is None]
        return self._object(entity, self._written(fields), required)

    def _change(self, entity: Entity) -> Schema:
        version = VERSION | {"description": self._say("version_sent")}
        return self._object(entity, {"version": version} | self._written(written_fields(entity)), [])

    def _written(self, fields: Iterable[Field]) -> Schema:
        return {
            field.name: self.field(field) if field.type.stored else self._lines(field, written=True) for field in fields
        }

    def field(self, field: Field) -> Schema:
        """The schema of a value, with what people call it."""
        schema = dict(field.type.json_schema(field))
        schema.pop("x-zh-CN", None)
        described = [field.help.in_(self._language) if field.help else "", self._named(field)]
        described.append(str(schema.get("description", "")))
        described.append("; ".join(f"{option.key}: {option.label.in_(self._language)}" for option in field.options))
        text = " ".join(filter(None, described))
        if field.type.sealed:
            schema["writeOnly"] = True
        return nullable(schema) | {"title": field.label.in_(self._language)} | ({"description": text} if text else {})

    def _named(self, field: Field) -> str:
        names = [self._entities[name].label.in_(self._language) for name in self._targets(field)]
        return self._say("links_to", entities=", ".join(names)) if names else ""

    def _targets(self, field: Field) -> tuple[str, ...]:
        return field.targets or ((field.target,) if field.target else ())

    def _expanded(self, field: Field) -> Schema:
        """The record that a link names, or null."""
        seen = [reference(name) for name in self._targets(field) if name in self._reached]
        if field.type.kept_apart:
            return {"type": "array", "items": {"anyOf": seen} if seen else {}}
        return {"anyOf": [*seen, {"type": "null"}]}

    def _lines(self, field: Field, written: bool) -> Schema:
        """Line items: those of an answer, or changes to them."""
        line = self._entities[field.target or ""]
        fields = line_fields(field, line)
        if written:
            wanted = {each.name for each in written_fields(line)}
            own: Schema = {"id": nullable(RECORD), "version": nullable(VERSION), DELETE: {"type": "boolean"}}
            fields = tuple(each for each in fields if each.name in wanted)
        else:
            own = self._identity()
        properties = own | {each.name: self.field(each) for each in fields}
        items = {"type": "object", "properties": properties, "additionalProperties": False}
        schema: Schema = {"type": "array", "items": items, "title": field.label.in_(self._language)}
        return schema | ({"maxItems": MOST_LINES, "description": self._say("lines_sent")} if written else {})

    def _identity(self) -> Schema:
        return {"id": dict(RECORD), "version": dict(VERSION)}

    def _object(self, entity: Entity, properties: Schema, required: list[str]) -> Schema:
        schema: Schema = {"type": "object", "title": entity.label.in_(self._language), "properties": properties}
        return schema | {"additionalProperties": False} | ({"required": required} if required else {})

    def _say(self, key: str, **values: Any) -> str:
        return message(f"apidoc.{key}", self._language, **values)


def nullable(schema: Mapping[str, Any]) -> Schema:
    """The schema for a value that may be empty."""
    kinds = schema["type"] if isinstance(schema["type"], list) else [schema["type"]]
    enum = {"enum": [*schema["enum"], None]} if "enum" in schema else {}
    return {**schema, "type": [*kinds, "null"], **enum}
