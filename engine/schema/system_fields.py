"""The fields every entity has beside its declared ones."""

from __future__ import annotations

from collections.abc import Mapping

from engine.language.source import Place
from engine.locale.text import Text
from engine.schema.field_type import FieldType
from engine.schema.model import Field

SYSTEM = (
    ("owner", "user", {"en": "Owner", "zh-CN": "负责人"}, "user"),
    ("team", "team", {"en": "Team", "zh-CN": "团队"}, "team"),
    ("created_at", "datetime", {"en": "Created", "zh-CN": "创建时间"}, None),
    ("created_by", "user", {"en": "Created by", "zh-CN": "创建人"}, "user"),
    ("updated_at", "datetime", {"en": "Updated", "zh-CN": "更新时间"}, None),
    ("updated_by", "user", {"en": "Updated by", "zh-CN": "更新人"}, "user"),
    ("last_activity_at", "datetime", {"en": "Last activity", "zh-CN": "最近活动"}, None),
)
WRITABLE = ("owner", "team")
"""System fields people may change."""


def system_fields(entity: str, types: Mapping[str, FieldType], place: Place) -> dict[str, Field]:
    """The system fields of `entity` by name; id, version and deleted_at are columns, not fields."""
    return {
        name: Field(
            name=name,
            entity=entity,
            type=types[type_name],
            label=Text.of(label),
            place=place,
            target=target,
            track=name in WRITABLE,
            system=True,
        )
        for name, type_name, label, target in SYSTEM
    }
