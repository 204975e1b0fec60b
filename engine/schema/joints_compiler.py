"""Fields that name records through an entity of its own, which joins the two: which of its links leads where."""

from __future__ import annotations

from collections.abc import Mapping as MappingType
from dataclasses import replace

from engine.language.source import Mapping, Scalar
from engine.schema.compilation import Compilation, FieldMap, pairs
from engine.schema.model import Entity, Field, Joint

THROUGH = "through"


def join_fields(shapes: MappingType[str, dict[str, Field]], compilation: Compilation) -> None:
    """Gives every field with `through` the links it leads along; a problem says which of them is not there."""
    for key, node in compilation.section("entities"):
        for name, field_node in pairs(node.get("fields") if isinstance(node, Mapping) else None):
            field = shapes[key.text].get(name.text)
            written = field_node.get(THROUGH) if isinstance(field_node, Mapping) else None
            if field and not field.broken and isinstance(written, Scalar) and isinstance(field_node, Mapping):
                joint = _joint(field, field_node, written, shapes, compilation)
                shapes[key.text][name.text] = replace(field, joint=joint, broken=joint is None)


def _joint(field: Field, node: Mapping, through: Scalar, shapes: FieldMap, compilation: Compilation) -> Joint | None:
    if field.targets[0] not in shapes or not compilation.known("E212", through, shapes):
        return None
    source = _link(node.get("through_from"), through, field.entity, "", "through_from", shapes, compilation)
    if source is None:
        return None
    target = _link(node.get("through_to"), through, field.targets[0], source, "through_to", shapes, compilation)
    return Joint(through.text, source, target) if target else None


def _link(
    written: object,
    through: Scalar,
    aim: str,
    taken: str,
    option: str,
    shapes: FieldMap,
    compilation: Compilation,
) -> str | None:
    """The link of the joining entity that leads to `aim`: the named one, or the only one but for what is `taken`."""
    fields = shapes[through.text].values()
    links = [each.name for each in fields if each.target == aim and each.type.stored and each.name != taken]
    own = [name for name in links if not shapes[through.text][name].system]
    given = {"of": through.text, "entity": aim, "option": option, "count": str(len(own))}
    if isinstance(written, Scalar):
        return written.text if compilation.known("E270", written, own, **given) else None
    if len(own) == 1:
        return own[0]
    compilation.problems.note("E271", through.place, given, length=through.width)
    return None


def check_joints(entities: MappingType[str, Entity], compilation: Compilation) -> None:
    """A joining record is made of its two links alone: all else it requires needs a default."""
    for entity in entities.values():
        for field in entity.declared:
            if field.joint is not None and not field.broken:
                _check_required(field, field.joint, entities[field.joint.entity], compilation)


def _check_required(field: Field, joint: Joint, joining: Entity, compilation: Compilation) -> None:
    for each in joining.declared:
        lacking = each.always_required and each.default is None and not each.broken and "pipeline" not in each.settings
        if lacking and each.name not in (joint.source, joint.target):
            given = {"name": field.name, "of": joining.name, "field": each.name}
            compilation.problems.note("E272", field.place, given, length=len(field.name))
