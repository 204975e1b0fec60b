"""The operations of one entity as the document of the API tells them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from engine.locale.catalogue import message
from engine.schema.model import Entity
from engine.schema.record_ids import RECORD
from engine.web.api.answers import answer, bulk_answer_schema, file_schema, page_schema, problems
from engine.web.api.asking import MOST_SORTS
from engine.web.api.bulk import MOST
from engine.web.api.request import ROOT
from engine.web.api.rows import readable
from engine.web.api.schemas import Schema, linked_fields, reference

JSON = "application/json"
LISTED = ("f", "q", "limit", "cursor", "count", "updated_since")
LOCATION = {"location": {"schema": {"type": "string"}}}
FILE = {"type": "string", "format": "binary"}


class Operations:
    """Makes the paths of an entity in one language. `views` are the names of those its reader may open."""

    def __init__(
        self, entity: Entity, language: str, views: Sequence[str], create: bool, write: bool, bulk: bool
    ) -> None:
        self._entity, self._language, self._views = entity, language, views
        self._create, self._write, self._has_bulk = create, write, bulk

    def paths(self) -> dict[str, Schema]:
        base, one = f"{ROOT}/{self._entity.name}", f"{ROOT}/{self._entity.name}/{{id}}"
        record: Schema = {"parameters": [_part("id")], "get": self._get()}
        found: dict[str, Schema] = {base: {"get": self._list()}, one: record}
        if self._create:
            found[base]["post"] = self._post()
        if self._write:
            record |= {"patch": self._patch(), "delete": self._delete()}
            if self._has_bulk:
                found[f"{base}/bulk"] = {"post": self._bulk()}
            found[f"{base}/files"] = {"post": self._upload("stage")}
            found[f"{one}/restore"] = {"parameters": [_part("id")], "post": self._restore()}
        found[f"{one}/files"] = {"parameters": [_part("id")], "get": self._files()}
        found[f"{one}/files/{{file}}"] = {"parameters": [_part("id"), _part("file")], "get": self._download()}
        if self._write:
            found[f"{one}/files"]["post"] = self._upload("add_file")
            found[f"{one}/files/{{file}}"]["delete"] = self._remove()
        return found

    def _list(self) -> Schema:
        shared = [{"$ref": f"#/components/parameters/{name}"} for name in LISTED]
        own = [self._sort(), *([self._view()] if self._views else []), *self._chosen()]
        page = page_schema(reference(self._entity.name))
        return self._operation("list", {"200": answer(self._say("page"), page), **problems(400)}, [*shared, *own])

    def _get(self) -> Schema:
        answers = {"200": answer(self._entity_label, reference(self._entity.name)), **problems(400, 410)}
        return self._operation("get", answers, self._chosen())

    def _post(self) -> Schema:
        made = answer(self._entity_label, reference(self._entity.name), LOCATION)
        answers = {"201": made, **problems(400, 413, 415, 422)}
        return self._operation("create", answers, self._keyed(), _body(reference(f"{self._entity.name}_new")))

    def _patch(self) -> Schema:
        changed = answer(self._entity_label, reference(self._entity.name))
        answers = {"200": changed, **problems(400, 409, 410, 413, 415, 422)}
        return self._operation("change", answers, self._keyed(), _body(reference(f"{self._entity.name}_change")))

    def _delete(self) -> Schema:
        return self._operation("delete", {"204": {"description": self._say("deleted")}, **problems(400, 410)})

    def _restore(self) -> Schema:
        answers = {"200": answer(self._entity_label, reference(self._entity.name)), **problems(400, 413, 415, 422)}
        return self._operation("restore", answers, self._keyed())

    def _bulk(self) -> Schema:
        items = {"type": "array", "maxItems": MOST, "items": reference(f"{self._entity.name}_item")}
        properties = {"items": items, "partial": {"type": "boolean", "default": False}}
        schema = {"type": "object", "properties": properties, "required": ["items"], "additionalProperties": False}
        answers = {"200": answer(self._say("bulk_done"), bulk_answer_schema()), **problems(400, 413, 415, 422)}
        return self._operation("bulk", answers, [_shared("idempotency_key")], _body(schema))

    def _files(self) -> Schema:
        return self._operation("files", {"200": answer(self._say("files_listed"), _data()), **problems(400, 410)})

    def _upload(self, what: str) -> Schema:
        properties = {"file": {"type": "array", "items": FILE}, "field": {"type": "string"}}
        schema = {"type": "object", "properties": properties, "required": ["file"]}
        body = {"required": True, "content": {"multipart/form-data": {"schema": schema}}}
        answers = {"201": answer(self._say("files_listed"), _data()), **problems(400, 409, 410, 413, 415, 422)}
        return self._operation(what, answers, [_shared("idempotency_key")], body)

    def _download(self) -> Schema:
        content = {"description": self._say("content"), "content": {"*/*": {"schema": FILE}}}
        return self._operation("download", {"200": content, **problems(400, 410)})

    def _remove(self) -> Schema:
        answers = {"204": {"description": self._say("file_removed")}, **problems(400, 410, 422)}
        return self._operation("remove_file", answers)

    def _operation(
        self, what: str, answers: Schema, parameters: Sequence[Schema] = (), body: Schema | None = None
    ) -> Schema:
        told: Schema = {
            "operationId": f"{self._entity.name}_{what}",
            "summary": self._say(f"do_{what}", entity=self._entity_label, entities=self._plural),
            "tags": [self._entity.name],
            "responses": answers,
        }
        return told | ({"parameters": list(parameters)} if parameters else {}) | ({"requestBody": body} if body else {})

    def _chosen(self) -> list[Schema]:
        fields = [field.name for field in readable(self._entity)]
        links = [field.name for field in linked_fields(self._entity)]
        return [self._names("fields", fields), *([self._names("expand", links)] if links else [])]

    def _keyed(self) -> list[Schema]:
        return [*self._chosen(), _shared("idempotency_key")]

    def _sort(self) -> Schema:
        sortable = [field.name for field in readable(self._entity) if field.type.sortable]
        both = [*sortable, *(f"-{name}" for name in sortable)]
        return self._names("sort", both, maxItems=MOST_SORTS)

    def _view(self) -> Schema:
        text = message("apidoc.parameter_view", self._language)
        return {"name": "view", "in": "query", "description": text, "schema": {"type": "string"}} | (
            {"examples": {name: {"value": name} for name in self._views}}
        )

    def _names(self, parameter: str, names: Sequence[str], **more: Any) -> Schema:
        text = message(f"apidoc.parameter_{parameter}", self._language)
        schema = {"type": "array", "items": {"type": "string", "enum": list(names)}, **more}
        told = {"name": parameter, "in": "query", "description": text, "schema": schema}
        return told | {"style": "form", "explode": False}

    @property
    def _entity_label(self) -> str:
        return self._entity.label.in_(self._language)

    @property
    def _plural(self) -> str:
        return self._entity.plural.in_(self._language)

    def _say(self, key: str, **values: Any) -> str:
        return message(f"apidoc.{key}", self._language, **values)


def _part(name: str) -> Schema:
    return {"name": name, "in": "path", "required": True, "schema": dict(RECORD)}


def _shared(name: str) -> Schema:
    return {"$ref": f"#/components/parameters/{name}"}


def _body(schema: Schema) -> Schema:
    return {"required": True, "content": {JSON: {"schema": schema}}}


def _data() -> Schema:
    properties = {"data": {"type": "array", "items": file_schema()}}
    return {"type": "object", "properties": properties, "required": ["data"], "additionalProperties": False}
