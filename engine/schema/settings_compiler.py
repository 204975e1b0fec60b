"""The workspace defaults a blueprint brings."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping as MappingType
from dataclasses import fields
from typing import Any

from engine.language.problem_kind import both
from engine.language.problems import nearest
from engine.language.source import Mapping, Node, Scalar, Sequence, plain
from engine.locale.languages import currencies, regions, time_zones
from engine.locale.text import Text
from engine.schema.compilation import Compilation
from engine.schema.model import WorkspaceSettings

KNOWN: MappingType[str, tuple[Callable[[], Iterable[str]], Text]] = {
    "time_zone": (time_zones, both("the IANA time zones, such as Asia/Shanghai", "IANA 时区，例如 Asia/Shanghai")),
    "currency": (currencies, both("the ISO 4217 currencies, such as EUR", "ISO 4217 货币，例如 EUR")),
    "phone_region": (regions, both("the ISO 3166 countries, such as CN", "ISO 3166 国家或地区，例如 CN")),
}


def compile_settings(node: Node | None, compilation: Compilation) -> WorkspaceSettings:
    """The settings written; what is missing or wrong keeps its default. The envelope is checked already."""
    if not isinstance(node, Mapping):
        return WorkspaceSettings()
    names = {field.name for field in fields(WorkspaceSettings)}
    values = {name: _value(name, value, compilation) for name, value in node.items() if name in names}
    return WorkspaceSettings(**{name: value for name, value in values.items() if value is not None})


def _value(name: str, node: Node, compilation: Compilation) -> Any:
    if name == "languages":
        languages = plain(node) if isinstance(node, Sequence) else []
        return tuple(language for language in languages if isinstance(language, str)) or None
    if not isinstance(node, Scalar):
        return None
    if name not in KNOWN:
        return node.text
    read, allowed = KNOWN[name]
    candidates = set(read())
    if node.text in candidates:
        return node.text
    near = nearest(node.text, candidates)
    compilation.problems.add("E204", node.place, near=near, length=node.width, value=node.text, allowed=allowed)
    return None
