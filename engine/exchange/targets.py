"""What columns may go to, how linked records may be named, and what records may be recognised by."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from engine.exchange.plan import ID
from engine.expressions.types import Kind
from engine.schema.model import Entity, Field
from engine.schema.system_fields import WRITABLE

Entities = Mapping[str, Entity]


def importable(entity: Entity) -> tuple[Field, ...]:
    """The fields a column may go to, the declared ones first."""
    return tuple(field for field in entity.fields.values() if _takes_values(field))


def _takes_values(field: Field) -> bool:
    known = field.type
    if field.broken or not known.stored or field.given or known.sealed or known.holds_files:
        return False
    if field.readonly is not None and field.readonly.constant is True:
        return False
    return not field.system or field.name in WRITABLE


def is_link(field: Field) -> bool:
    """Whether its values name records: one of one entity, several of one, or one of several."""
    return field.type.stored and bool(field.target or field.targets)


def link_targets(field: Field) -> tuple[str, ...]:
    return (field.target,) if field.target else field.targets


def link_keys(field: Field, entities: Entities) -> tuple[str, ...]:
    """How a linked record may be named: "" is its title, then fields of it, then its id."""
    if len(link_targets(field)) != 1:
        return ("",)
    target = entities[link_targets(field)[0]]
    names = [other.name for other in target.declared if other.name != target.title and _names_a_record(other)]
    return ("", *names, ID)


def keys(entity: Entity, mapped: Iterable[str]) -> tuple[tuple[str, ...], ...]:
    """The fields records may be recognised by, those a column goes to, the surest first."""
    known = set(mapped)
    unique = [(field.name,) for field in entity.declared if field.unique]
    groups = [*unique, *entity.unique]
    naming = [(field.name,) for field in entity.declared if not field.unique and _names_a_record(field)]
    title = [(entity.title,)] if entity.title in entity.fields else []
    parent = [
        (entity.title, field.name) for field in entity.declared if field.target and is_link(field) and not field.system
    ]
    found = [(ID,), *groups, *naming, *title, *(parent if title else [])]
    return tuple(dict.fromkeys(key for key in found if known.issuperset(key)))


def is_sure(entity: Entity, key: tuple[str, ...]) -> bool:
    """Whether no two records can have the same key."""
    return key == (ID,) or key in entity.unique or (len(key) == 1 and entity.fields[key[0]].unique)


def _names_a_record(field: Field) -> bool:
    plain = field.type.stored and not field.broken and not field.type.sealed and not is_link(field)
    return plain and (field.unique or field.type.identifying)


def kind_of(field: Field) -> Kind:
    return field.type.expression_type(field).kind
