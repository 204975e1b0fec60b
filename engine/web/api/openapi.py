"""The document of the API (OpenAPI 3.1) of one blueprint: what its reader may reach, in their language."""

from __future__ import annotations

from collections.abc import Callable

from engine.access.actor import Actor
from engine.forms.model import may_see
from engine.locale.catalogue import message
from engine.publishing.workspace import Workspace
from engine.schema.model import Entity
from engine.web.api.answers import answer, problem_answers, problem_schema, problems, shared_parameters
from engine.web.api.operations import Operations
from engine.web.api.request import ROOT, may_bulk, may_open, may_write
from engine.web.api.schemas import Schema, Schemas, reference

VERSION = "3.1.0"


def reached_entities(workspace: Workspace, actor: Actor, reaches: Callable[[str], bool]) -> tuple[Entity, ...]:
    """The entities of the document, in the blueprint's order, users and teams last."""
    found = [
        entity
        for entity in workspace.blueprint.entities.values()
        if reaches(entity.name) and may_open(workspace, actor, entity.name)
    ]
    return tuple(sorted(found, key=lambda entity: entity.builtin))


def document(workspace: Workspace, actor: Actor, entities: tuple[Entity, ...], language: str) -> Schema:
    names = frozenset(entity.name for entity in entities)
    schemas = Schemas(workspace.blueprint.entities, names, language)
    found: Schema = {"problem": problem_schema(), "index": _index_schema()}
    paths: dict[str, Schema] = {ROOT: {"get": _index(language)}}
    for entity in entities:
        found |= schemas.of(entity, may_write(entity))
        paths |= operations(workspace, actor, entity, language).paths()
    return {
        "openapi": VERSION,
        "info": {
            "title": workspace.name,
            "version": workspace.blueprint.version,
            "description": message("apidoc.about", language),
        },
        "servers": [{"url": "/"}],
        "security": [{"token": []}],
        "tags": [{"name": e.name, "description": e.plural.in_(language)} for e in entities],
        "paths": paths,
        "components": {
            "schemas": found,
            "responses": problem_answers(language),
            "parameters": shared_parameters(language),
            "securitySchemes": {"token": {"type": "http", "scheme": "bearer", "bearerFormat": "crm_…"}},
        },
    }


def operations(workspace: Workspace, actor: Actor, entity: Entity, language: str) -> Operations:
    views = workspace.blueprint.screens.views.get(entity.name, {})
    seen = [name for name, view in views.items() if may_see(view, actor.roles)]
    policy, writable = workspace.policy, may_write(entity)
    line = entity.line_of is not None
    create = writable and (line or policy.may_create(actor, entity.name))
    return Operations(entity, language, seen, create, writable, may_bulk(workspace, actor, entity.name))


def _index(language: str) -> Schema:
    told = answer(message("apidoc.do_index", language), reference("index"))
    summary = message("apidoc.do_index", language)
    return {"operationId": "index", "summary": summary, "responses": {"200": told, **problems(400)}}


def _index_schema() -> Schema:
    texts = ("name", "label", "plural", "url")
    properties: Schema = {name: {"type": "string"} for name in texts} | {"may_create": {"type": "boolean"}}
    entity = {"type": "object", "properties": properties, "required": list(properties), "additionalProperties": False}
    return {
        "type": "object",
        "properties": {
            "workspace": {"type": "string"},
            "openapi": {"type": "string"},
            "entities": {"type": "array", "items": entity},
        },
        "required": ["workspace", "openapi", "entities"],
        "additionalProperties": False,
    }
