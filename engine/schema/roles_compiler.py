"""Roles: what each may do with each entity, as expressions over the record."""

from __future__ import annotations

from collections.abc import Iterator, Mapping as MappingType

from engine.expressions.parse import Expression, constant, parse
from engine.expressions.types import BOOLEAN
from engine.language.names import check_name
from engine.language.source import Mapping, Node, Scalar
from engine.schema.compilation import Compilation, FieldMap, humanise, is_true, pairs, scalars
from engine.schema.entities_compiler import BUILTIN
from engine.schema.field_rights import read_field_rights
from engine.schema.model import EntityRights, Role
from engine.schema.scope import EntityScope

WORDS = {"own": "owner == me", "team": "owner == me or team in me.teams"}
READ_ALL = EntityRights(read=constant(True))
ALL = EntityRights(
    read=constant(True),
    create=True,
    update=constant(True),
    delete=constant(True),
    export=True,
    bulk=True,
    imports=True,
)


def compile_roles(fields: FieldMap, compilation: Compilation) -> dict[str, Role]:
    """Every role; what it extends is merged in. Users and teams are readable by all, changed by admins."""
    before = len(compilation.problems.errors)
    for key, _ in compilation.section("roles"):
        check_name(key, compilation.problems)
    nodes = {key.text: (key, node) for key, node in compilation.section("roles") if isinstance(node, Mapping)}
    own = {name: _rights(node, fields, compilation) for name, (_, node) in nodes.items()}
    for _, node in nodes.values():
        for base in scalars(node.get("extends")):
            compilation.known("E215", base, nodes)
    roles = {name: _role(key, node, nodes, own, compilation) for name, (key, node) in nodes.items()}
    if len(compilation.problems.errors) == before:
        _report_unopened(fields, roles, compilation)
    return roles


def _role(
    key: Scalar,
    node: Mapping,
    nodes: MappingType[str, tuple[Scalar, Mapping]],
    own: MappingType[str, MappingType[str, EntityRights]],
    compilation: Compilation,
) -> Role:
    admin = is_true(node.get("admin"))
    rights = dict.fromkeys(BUILTIN, ALL if admin else READ_ALL)
    for name in reversed(list(_lineage(key.text, nodes))):
        rights |= own[name]
    return Role(key.text, compilation.text(node.get("label"), humanise(key.text)), rights, admin)


def _lineage(
    name: str, nodes: MappingType[str, tuple[Scalar, Mapping]], seen: frozenset[str] = frozenset()
) -> Iterator[str]:
    """The role, then what it extends, nearest first; a ring ends where it closes."""
    if name in nodes and name not in seen:
        yield name
        for base in scalars(nodes[name][1].get("extends")):
            yield from _lineage(base.text, nodes, seen | {name})


def _rights(node: Mapping, fields: FieldMap, compilation: Compilation) -> dict[str, EntityRights]:
    """Rights by entity; `*` stands for every entity that is not named and not built in."""
    written = [(key, item) for key, item in pairs(node.get("entities")) if isinstance(item, Mapping)]
    rights: dict[str, EntityRights] = {}
    for key, item in sorted(written, key=lambda entry: entry[0].text != "*"):
        if key.text == "*":
            if "fields" in item:
                compilation.problems.note("E230", key.place, {}, length=key.width)
            everything = [entity for entity in fields if entity not in BUILTIN]
            rights |= {entity: _entity_rights(item, entity, fields, compilation) for entity in everything}
        elif compilation.known("E212", key, fields):
            rights[key.text] = _entity_rights(item, key.text, fields, compilation)
    return rights


def _entity_rights(node: Mapping, entity: str, fields: FieldMap, compilation: Compilation) -> EntityRights:
    scope = compilation.scope(entity, fields)
    return EntityRights(
        read=_right(node.get("read"), scope, compilation),
        create=is_true(node.get("create")),
        update=_right(node.get("update"), scope, compilation),
        delete=_right(node.get("delete"), scope, compilation),
        export=is_true(node.get("export")),
        bulk=is_true(node.get("bulk")),
        imports=is_true(node.get("import")),
        fields=read_field_rights(node.get("fields"), fields[entity], compilation),
    )


def _right(node: Node | None, scope: EntityScope, compilation: Compilation) -> Expression | None:
    if not isinstance(node, Scalar) or node.value is False:
        return None
    if node.value is True or node.text == "all":
        return constant(True)
    if node.text in WORDS:
        return parse(WORDS[node.text], scope, BOOLEAN)
    return compilation.expression(node, scope, BOOLEAN)


def _report_unopened(fields: FieldMap, roles: MappingType[str, Role], compilation: Compilation) -> None:
    """A warning for an entity that no role may read."""
    for key, node in compilation.section("entities"):
        rights = [role.entities.get(key.text) for role in roles.values()]
        if roles and isinstance(node, Mapping) and not any(right and right.read for right in rights):
            compilation.problems.add("W602", key.place, length=len(key.text), name=key.text)
