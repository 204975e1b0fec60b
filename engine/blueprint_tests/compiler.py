"""Nodes in, tests out: every name, value and expression of a test is checked before anything runs."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping as MappingType
from datetime import datetime
from zoneinfo import ZoneInfo

from engine.blueprint_tests.claim_kind import claim_kinds
from engine.blueprint_tests.expression_claim import ExpressionClaim
from engine.blueprint_tests.model import BlueprintTest, Claim, Step
from engine.blueprint_tests.names import Known, Names
from engine.blueprint_tests.step_kind import step_kinds
from engine.language.source import Mapping, Node, Scalar, Sequence
from engine.schema.compilation import Compilation
from engine.schema.model import Entity, Pipeline, Role, SeedRecord, WorkspaceSettings
from engine.schema.texts import read_text

AS = "as"


def compile_tests(
    compilation: Compilation,
    entities: MappingType[str, Entity],
    pipelines: MappingType[str, Pipeline],
    roles: MappingType[str, Role],
    seed: tuple[SeedRecord, ...],
    settings: WorkspaceSettings,
) -> tuple[BlueprintTest, ...]:
    """The tests in the order written; every fault goes to the problems of `compilation`."""
    known = Known(entities, pipelines, roles, seed, compilation)
    zone = ZoneInfo(settings.time_zone)
    return tuple(_test(node, Names(known), zone) for node in _items(compilation.root.get("tests")))


def _test(node: Mapping, names: Names, zone: ZoneInfo) -> BlueprintTest:
    given = names.records(node.get("given"))
    problems = names.known.compilation.problems
    return BlueprintTest(
        name=read_text(node.get("name") or node, (), problems),
        place=node.place,
        actor=names.person(node.get(AS)) or _strongest(names.known.roles),
        clock=_moment(node.get("clock"), names, zone),
        given=given,
        steps=tuple(_steps(node.get("when"), names)),
        claims=tuple(_claims(node.get("then"), names)),
        records=names.entities,
    )


def _strongest(roles: MappingType[str, Role]) -> str | None:
    """Who acts when a test does not say: an administrator."""
    return next((name for name, role in roles.items() if role.admin), next(iter(roles), None))


def _moment(node: Node | None, names: Names, zone: ZoneInfo) -> datetime | None:
    if not isinstance(node, Scalar):
        return None
    try:
        moment = datetime.fromisoformat(node.text)
        return moment if moment.tzinfo else moment.replace(tzinfo=zone)
    except ValueError:
        names.known.compilation.problems.add("E504", node.place, length=node.width, value=node.text)
        return None


def _steps(node: Node | None, names: Names) -> Iterator[Step]:
    kinds = step_kinds()
    for item in _items(node):
        word = _word(item, kinds, names)
        deed = kinds[word.text].read(item.get(word.text) or item, names) if word else None
        if deed:
            yield Step(deed, item.place, names.person(item.get(AS)))


def _claims(node: Node | None, names: Names) -> Iterator[Claim]:
    kinds = claim_kinds()
    for item in node.items if isinstance(node, Sequence) else ():
        if isinstance(item, Scalar):
            expression = names.expression(item)
            if expression:
                yield ExpressionClaim(expression, item.place)
        elif isinstance(item, Mapping):
            word = _word(item, kinds, names)
            claim = kinds[word.text].read(word, item.get(word.text) or item, names) if word else None
            if claim:
                yield claim


def _word(item: Mapping, kinds: Iterable[str], names: Names) -> Scalar | None:
    """The one word of a step or claim; None with a problem when there is none, or several."""
    words = [entry.key for entry in item.entries if entry.key.text in kinds]
    if len(words) == 1:
        return words[0]
    if words or all(name == AS for name in item):
        at = words[1] if words else None
        place, width = (at.place, at.width) if at else (item.place, 0)
        names.known.compilation.problems.add("E505", place, length=width, words=", ".join(kinds))
    return None


def _items(node: Node | None) -> Iterator[Mapping]:
    for item in node.items if isinstance(node, Sequence) else ():
        if isinstance(item, Mapping):
            yield item
