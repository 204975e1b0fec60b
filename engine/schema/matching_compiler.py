"""The rules by which records of an entity may be the same, from the section `matching`."""

from __future__ import annotations

from collections.abc import Iterator, Mapping as MappingType
from functools import lru_cache

from engine.language.discovery import registry
from engine.language.names import check_name
from engine.language.source import Mapping, Node, Scalar, Sequence
from engine.schema.compilation import Compilation, is_true, pairs, scalars, text_of
from engine.schema.match_kind import MatchKind
from engine.schema.matching import MatchPart, MatchRule
from engine.schema.model import Entity, Field

Rules = tuple[MatchRule, ...]
PEOPLE, COMPANIES = "person", "organisation"


@lru_cache(maxsize=1)
def match_kinds() -> MappingType[str, MatchKind]:
    """Every comparison by its YAML word."""
    return registry("engine.schema.match_kinds", MatchKind)


def compile_matching(entities: MappingType[str, Entity], compilation: Compilation) -> dict[str, Rules]:
    """The rules of each entity; people and organisations that nothing is said of get those that suit their fields."""
    found = {name: _fitting(entity, entities) for name, entity in entities.items()}
    for key, node in compilation.section("matching"):
        if not compilation.known("E212", key, entities):
            continue
        entity = entities[key.text]
        if entity.builtin or entity.line_of:
            compilation.problems.note("E482", key.place, {"name": key.text}, length=key.width)
        if not is_true(node):
            found[key.text] = tuple(_rules(entity, node, compilation))
    return found


def _rules(entity: Entity, node: Node, compilation: Compilation) -> Iterator[MatchRule]:
    for key, written in pairs(node):
        check_name(key, compilation.problems)
        if not isinstance(written, Mapping):
            continue
        items = written.get("all")
        nodes = items.items if isinstance(items, Sequence) else ()
        parts = [part for item in nodes if isinstance(item, Mapping) and (part := _part(entity, item, compilation))]
        label = compilation.text(written.get("label"), "") if "label" in written else None
        certain = text_of(written.get("verdict")) == "certain"
        if parts:
            yield MatchRule(key.text, label, tuple(parts), certain, is_true(written.get("block")))


def _part(entity: Entity, node: Mapping, compilation: Compilation) -> MatchPart | None:
    """The comparison; None when a problem says what is wrong with it."""
    named = scalars(node.get("field")) or scalars(node.get("fields"))
    stored = {name: field for name, field in entity.fields.items() if field.type.stored and field.joint is None}
    unknown = [name for name in named if not compilation.known("E213", name, stored, where=f"matching.{entity.name}")]
    if unknown or not named:
        return None
    fields = [stored[name.text] for name in named]
    kind = _kind(node, fields[0])
    for scalar, field in zip(named, fields, strict=True):
        if not field.broken and (kind is None or field.type.name not in kind.types):
            _unfit(scalar, field, kind, compilation)
            return None
    if kind is None:
        return None
    at_least = node.get("at_least")
    if isinstance(at_least, Scalar) and not kind.fuzzy:
        compilation.problems.note("E481", at_least.place, {"kind": kind.name}, length=at_least.width)
    wanted = int(str(at_least.value)) if isinstance(at_least, Scalar) and kind.fuzzy else kind.at_least
    return MatchPart(tuple(name.text for name in named), kind, wanted, is_true(node.get("ignore_tag")))


def _kind(node: Mapping, field: Field) -> MatchKind | None:
    """The one written, else the one made for the type."""
    written = text_of(node.get("as"))
    return match_kinds().get(written) if written else _made_for(field)


def _made_for(field: Field) -> MatchKind | None:
    name = field.type.name
    first = (kind for kind in match_kinds().values() if kind.types[0] == name)
    return next(first, None) or next((kind for kind in match_kinds().values() if name in kind.types), None)


def _unfit(scalar: Scalar, field: Field, kind: MatchKind | None, compilation: Compilation) -> None:
    fitting = ", ".join(name for name, each in match_kinds().items() if field.type.name in each.types)
    given = {"name": field.name, "type": field.type.name, "kind": kind.name if kind else "matching"}
    code = "E480" if fitting else "E483"
    values = {**given, "fitting": fitting} if fitting else given
    compilation.problems.note(code, scalar.place, values, length=scalar.width)


def _fitting(entity: Entity, entities: MappingType[str, Entity]) -> Rules:
    """For a person the same e-mail, phone, or name at the same organisation; for an organisation the same domain,
    phone, or a name almost the same."""
    if entity.acts_as not in (PEOPLE, COMPANIES) or entity.builtin or entity.line_of:
        return ()
    kinds = match_kinds()
    rules = [
        _any_of(f"same_{name}", _typed(entity, name), kinds[name], certain=name == "email" and entity.acts_as == PEOPLE)
        for name in ("email", "phone")
    ]
    if entity.acts_as == COMPANIES:
        rules.append(_any_of("same_domain", _typed(entity, "url"), kinds["domain"]))
    rules.append(_named_alike(entity, entities, kinds))
    return tuple(rule for rule in rules if rule)


def _typed(entity: Entity, name: str) -> tuple[str, ...]:
    return tuple(field.name for field in entity.declared if field.type.name == name and not field.broken)


def _any_of(name: str, fields: tuple[str, ...], kind: MatchKind, certain: bool = False) -> MatchRule | None:
    part = MatchPart(fields, kind, kind.at_least)
    return MatchRule(name, None, (part,), certain, block=False) if fields else None


def _named_alike(
    entity: Entity, entities: MappingType[str, Entity], kinds: MappingType[str, MatchKind]
) -> MatchRule | None:
    title, kind = entity.fields.get(entity.title), kinds["person" if entity.acts_as == PEOPLE else "company"]
    if title is None or title.type.name not in kind.types:
        return None
    parts = [MatchPart((title.name,), kind, kind.at_least)]
    if entity.acts_as == PEOPLE:
        at = [f.name for f in entity.declared if _is_organisation(entities.get(f.target or "")) and f.type.stored]
        parts += [MatchPart((name,), kinds["exact"], kinds["exact"].at_least) for name in at[:1]]
    return MatchRule("similar_name", None, tuple(parts), certain=False, block=False)


def _is_organisation(entity: Entity | None) -> bool:
    return entity is not None and entity.acts_as == COMPANIES
