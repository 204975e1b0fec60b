"""The guide of the API."""

from __future__ import annotations

from dataclasses import dataclass

from engine.forms.contexts.shell import Link, Page


@dataclass(frozen=True, slots=True)
class ApiTopic:
    """One rule that holds for every request, with an example or none."""

    id: str
    title: str
    text: str
    example: str = ""


@dataclass(frozen=True, slots=True)
class ApiProblem:
    kind: str
    status: int
    title: str
    text: str


@dataclass(frozen=True, slots=True)
class ApiOperation:
    method: str
    path: str
    summary: str


@dataclass(frozen=True, slots=True)
class ApiField:
    name: str
    kind: str
    label: str
    help: str
    required: bool
    written: bool
    """False for what is only read."""


@dataclass(frozen=True, slots=True)
class ApiEntity:
    label: str
    operations: tuple[ApiOperation, ...]
    fields: tuple[ApiField, ...]
    examples: tuple[ApiTopic, ...]


@dataclass(frozen=True, slots=True)
class ApiDocsScreen:
    """`screens/api_docs.html`: the rules, or one entity."""

    page: Page
    title: str
    entities: tuple[Link, ...]
    topics: tuple[ApiTopic, ...] = ()
    problems: tuple[ApiProblem, ...] = ()
    entity: ApiEntity | None = None
