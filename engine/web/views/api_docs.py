"""`/api/docs`: the API as its document tells it, in words and examples, for the person who reads."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any
from urllib.parse import quote

from starlette.responses import Response

from engine.forms.contexts import Link
from engine.forms.contexts.api_docs import ApiDocsScreen, ApiEntity, ApiField, ApiOperation, ApiProblem, ApiTopic
from engine.records.errors import RecordNotFound
from engine.schema.model import Entity, Field
from engine.web.api.openapi import document, reached_entities
from engine.web.api.problem import DOCUMENT, KINDS
from engine.web.api.request import ROOT, may_write
from engine.web.api.schemas import EXAMPLE_ID, Schema
from engine.web.desk import Desk, WebRequest

TOPICS = (
    "values",
    "lists",
    "filters",
    "chosen",
    "writing",
    "versions",
    "lines",
    "keys",
    "bulk",
    "sync",
    "files",
    "rate",
)
METHODS = ("get", "post", "patch", "delete")
SHOWN = 4
"""Fields of an example."""


def show_guide(request: WebRequest) -> Response:
    desk = Desk.of(request)
    entities = reached_entities(desk.workspace, desk.actor, lambda name: True)
    base = _base(request)
    start = ApiTopic("start", desk.say("apidoc.start"), desk.say("apidoc.start_text"), _curl(f"{base}{ROOT}"))
    topics = [ApiTopic(t, desk.say(f"apidoc.{t}"), desk.say(f"apidoc.{t}_text")) for t in TOPICS]
    problems = tuple(
        ApiProblem(kind, status, desk.say(f"api.problem.{kind}"), desk.say(f"apidoc.problem_{kind}"))
        for kind, status in KINDS.items()
    )
    return _page(desk, desk.say("apidoc.title"), entities, topics=(start, *topics), problems=problems)


def show_entity(request: WebRequest) -> Response:
    desk = Desk.of(request)
    entities = reached_entities(desk.workspace, desk.actor, lambda name: True)
    entity = next((each for each in entities if each.name == request.path_params["entity"]), None)
    if entity is None:
        raise RecordNotFound
    told = document(desk.workspace, desk.actor, (entity,), desk.language)
    schemas = told["components"]["schemas"]
    shown = ApiEntity(
        label=desk.text(entity.plural),
        operations=tuple(_operations(told["paths"])),
        fields=_fields(entity, schemas),
        examples=tuple(_examples(desk, entity, schemas)),
    )
    return _page(desk, shown.label, entities, entity=shown)


def _page(desk: Desk, title: str, entities: tuple[Entity, ...], **more: Any) -> Response:
    links = tuple(
        Link(desk.text(each.plural), url, each.icon, current=desk.request.path == url)
        for each in entities
        for url in (f"{DOCUMENT}/{each.name}",)
    )
    page = desk.page(f"{title} · {desk.say('apidoc.title')}")
    return desk.render("screens/api_docs.html", ApiDocsScreen(page, title, links, **more))


def _operations(paths: Mapping[str, Schema]) -> list[ApiOperation]:
    return [
        ApiOperation(method.upper(), path, item[method]["summary"])
        for path, item in paths.items()
        for method in METHODS
        if method in item and path != ROOT
    ]


def _fields(entity: Entity, schemas: Schema) -> tuple[ApiField, ...]:
    new = schemas.get(f"{entity.name}_new", {"properties": {}})
    both = schemas[entity.name]["properties"] | new["properties"]
    return tuple(
        ApiField(
            name=name,
            kind=_kind(both[name]),
            label=both[name].get("title", ""),
            help=both[name].get("description", ""),
            required=name in new.get("required", ()),
            written=name in new["properties"],
        )
        for name in (field.name for field in entity.fields.values())
        if name in both
    )


def _kind(schema: Schema) -> str:
    kinds = schema.get("type", "object")
    named = " | ".join(kind for kind in ([kinds] if isinstance(kinds, str) else kinds) if kind != "null")
    if named == "array":
        return f"[{_kind(schema['items'])}]"
    return schema.get("format") or named


def _examples(desk: Desk, entity: Entity, schemas: Schema) -> list[ApiTopic]:
    base = f"{_base(desk.request)}{ROOT}/{entity.name}"
    shown = [f for f in entity.declared if f.type.stored and not f.type.sealed and not f.type.wide][:SHOWN]
    read = {"id": EXAMPLE_ID, "version": 1} | {field.name: _sample(field, schemas[entity.name]) for field in shown}
    found = [
        ("list", _curl(f"{base}?fields={','.join(f.name for f in shown)}&limit=1"), {"data": [read], "next": None}),
        ("get", _curl(f"{base}/{EXAMPLE_ID}"), None),
    ]
    if may_write(entity):
        new = schemas[f"{entity.name}_new"]
        wanted = dict.fromkeys((*new.get("required", ()), *(f.name for f in shown if f.name in new["properties"])))
        body = {name: _sample(entity.fields[name], new) for name in wanted}
        found.append(("create", _curl(base, "POST", body), None))
        changed = dict(list(body.items())[:1])
        found.append(("change", _curl(f"{base}/{EXAMPLE_ID}", "PATCH", {"version": 1} | changed), None))
    names = {"entity": desk.text(entity.label), "entities": desk.text(entity.plural)}
    return [
        ApiTopic(what, desk.say(f"apidoc.do_{what}", **names), _pretty(answer) if answer else "", curl)
        for what, curl, answer in found
    ]


def _sample(field: Field, schema: Schema) -> Any:
    """What a value may look like."""
    told = schema["properties"][field.name]
    if "enum" in told:
        return told["enum"][0]
    kinds = told.get("type", ())
    if "pattern" in told and told["pattern"].startswith("^[1-9]"):
        return EXAMPLE_ID
    if "array" in kinds:
        return []
    if field.type.samples:
        return field.type.to_json(field.type.samples[0].value)
    return None


def _curl(url: str, method: str = "GET", body: Any = None) -> str:
    lines = [f"curl '{url}'", "-H 'Authorization: Bearer crm_…'"]
    if method != "GET":
        lines[0] = f"curl -X {method} '{url}'"
        lines += ["-H 'Content-Type: application/json'", f"-d '{_escaped(body)}'"]
    return " \\\n  ".join(lines)


def _escaped(body: Any) -> str:
    return json.dumps(body, ensure_ascii=False).replace("'", "'\\''")


def _pretty(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, indent=2)


def _base(request: WebRequest) -> str:
    host = request.headers.get("host", "crm.example.com")
    return f"{'https' if request.secure else 'http'}://{quote(host, safe=':[].-')}"
