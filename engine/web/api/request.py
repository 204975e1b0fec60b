"""What a view of the API may know, and what it finds: the entity of the address and the rights on it."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import quote

from starlette.datastructures import Headers, ImmutableMultiDict
from starlette.responses import Response

from engine.access.actor import Actor
from engine.access.api_tokens import TokenUser
from engine.locale.text import Text
from engine.publishing.workspace import Workspace
from engine.records.errors import RecordNotFound
from engine.records.files import Upload
from engine.records.store import Store
from engine.schema.model import Entity
from engine.schema.record_ids import ID
from engine.web.api.problem import refused
from engine.web.services import Services

ROOT = "/api/v1"
SOURCE = "api"


@dataclass(frozen=True, slots=True)
class ApiRequest:
    """One workspace from start to end, for the user of one token."""

    method: str
    path: str
    path_params: Mapping[str, str]
    query: ImmutableMultiDict[str, str]
    headers: Headers
    language: str
    services: Services
    workspace: Workspace
    user: TokenUser
    actor: Actor
    body: bytes = b""
    uploads: tuple[tuple[str, Upload], ...] = ()
    form: ImmutableMultiDict[str, str] = field(default_factory=ImmutableMultiDict)

    @property
    def store(self) -> Store:
        return self.workspace.store

    def text(self, text: Text) -> str:
        return text.in_(self.language)

    def may_reach(self, name: str) -> bool:
        """Whether there may be records of the entity that the token gives access to."""
        return self.user.reaches(name) and may_open(self.workspace, self.actor, name)

    def entity(self) -> Entity:
        """The entity of the address. Raises `RecordNotFound` when the user may open none of it, and a `Problem` when
        the token does not reach it."""
        name = self.path_params["entity"]
        entity = self.workspace.blueprint.entities.get(name)
        if entity is None or not may_open(self.workspace, self.actor, name):
            raise RecordNotFound
        if not self.user.reaches(name):
            raise refused("forbidden", "token_entity", entity=entity.plural)
        return entity

    def record_id(self, name: str = "id") -> int:
        """A part of the address that is an id. Raises `RecordNotFound`."""
        return plain_id(self.path_params[name])


def plain_id(text: str) -> int:
    """Raises `RecordNotFound` for what no record can be called."""
    if not ID.fullmatch(text):
        raise RecordNotFound
    return int(text)


def may_open(workspace: Workspace, actor: Actor, name: str) -> bool:
    """Whether there is any record of the entity the actor could read; line items follow their record."""
    parent = workspace.blueprint.entities[name].line_of
    return may_open(workspace, actor, parent[0]) if parent else workspace.policy.may_open(actor, name)


def may_bulk(workspace: Workspace, actor: Actor, name: str) -> bool:
    """Whether the actor may write many records of the entity with one request; line items follow their record."""
    parent = workspace.blueprint.entities[name].line_of
    return may_bulk(workspace, actor, parent[0]) if parent else workspace.policy.may_bulk(actor, name)


def may_write(entity: Entity) -> bool:
    """Users and teams are managed on pages of their own."""
    return not entity.builtin


def address(*parts: str | int) -> str:
    return "/".join((ROOT, *(quote(str(part), safe="") for part in parts)))


def json_answer(content: Any, status: int = 200, headers: Mapping[str, str] | None = None) -> Response:
    body = json.dumps(content, ensure_ascii=False, separators=(",", ":")).encode()
    return Response(body, status, dict(headers or {}), "application/json")
