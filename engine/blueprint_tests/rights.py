"""What a person may do: the rights a test claims they have, or have not."""

from __future__ import annotations

from collections.abc import Callable, Mapping as MappingType
from dataclasses import dataclass
from typing import Any

from engine.access.actor import Actor
from engine.blueprint_tests.model import Claim
from engine.blueprint_tests.names import Names
from engine.blueprint_tests.outcome import Failure
from engine.blueprint_tests.sections import AS
from engine.blueprint_tests.trial import Trial
from engine.language.source import Mapping, Node, Place, Scalar
from engine.locale.catalogue import message_text
from engine.records.errors import RecordNotFound
from engine.schema.sections import closed

RECORD_VERBS = ("read", "update", "delete")
ENTITY_VERBS: MappingType[str, Callable[[Trial, Actor, str], bool]] = {
    "create": lambda trial, actor, entity: trial.store.model.policy.may_create(actor, entity),
    "export": lambda trial, actor, entity: trial.store.model.policy.may_export(actor, entity),
    "bulk": lambda trial, actor, entity: trial.store.model.policy.may_bulk(actor, entity),
    "import": lambda trial, actor, entity: trial.store.model.policy.may_import(actor, entity),
}


def options(description: str, chinese: str) -> dict[str, Any]:
    verbs = {
        verb: {
            "type": "string",
            "description": f"The record, by its reference: {verb} it.",
            "x-zh-CN": f"记录的引用名：对它执行 {verb}。",
        }
        for verb in RECORD_VERBS
    }
    kinds = {
        verb: {
            "type": "string",
            "description": f"The entity: {verb} records of it.",
            "x-zh-CN": f"实体：对其记录执行 {verb}。",
        }
        for verb in ENTITY_VERBS
    }
    right = closed({"as": AS, **verbs, **kinds}, minProperties=1)
    return {**right, "description": description, "x-zh-CN": chinese}


@dataclass(frozen=True, slots=True)
class RightClaim:
    place: Place
    granted: bool
    verb: str
    entity: str
    ref: str
    """Empty for what is done with the entity."""
    person: str | None
    """A user by reference; whoever acts in the test for none."""

    def check(self, trial: Trial) -> Failure | None:
        actor = trial.person(self.person) if self.person else trial.actor
        if self._may(trial, actor) is self.granted:
            return None
        key = "tests.not_allowed" if self.granted else "tests.not_denied"
        return Failure(self.place, message_text(key, what=f"{self.verb} {self.ref or self.entity}"))

    def _may(self, trial: Trial, actor: Actor) -> bool:
        if not self.ref:
            return ENTITY_VERBS[self.verb](trial, actor, self.entity)
        try:
            record = trial.get(actor, self.entity, self.ref)
        except RecordNotFound:
            return False
        return {"read": True, "update": record.may_update, "delete": record.may_delete}[self.verb]


def read_right(word: Scalar, node: Node, names: Names, granted: bool) -> Claim | None:
    """None with a problem when it names no right, or several, or what is not there."""
    if not isinstance(node, Mapping):
        return None
    verbs = [name for name in node if name in (*RECORD_VERBS, *ENTITY_VERBS)]
    if len(verbs) != 1:
        allowed = ", ".join((*RECORD_VERBS, *ENTITY_VERBS))
        names.known.compilation.problems.add("E505", word.place, length=word.width, words=allowed)
        return None
    verb, person = verbs[0], names.person(node.get("as"))
    if verb in RECORD_VERBS:
        named = names.record(node.get(verb))
        return RightClaim(word.place, granted, verb, *named, person) if named else None
    entity = names.entity(node.get(verb))
    return RightClaim(word.place, granted, verb, entity.name, "", person) if entity else None
