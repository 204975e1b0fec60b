"""The workspace defaults a blueprint brings."""

from __future__ import annotations

from dataclasses import fields
from typing import Any

from engine.language.source import Mapping, Node, plain
from engine.locale.languages import is_currency, is_region, is_time_zone
from engine.schema.compilation import Compilation, text_of
from engine.schema.model import WorkspaceSettings

CHECKS = {"time_zone": is_time_zone, "currency": is_currency, "phone_region": is_region}


def compile_settings(node: Node | None, compilation: Compilation) -> WorkspaceSettings:
    """The settings written; what is missing keeps its default. The envelope is checked already."""
    if not isinstance(node, Mapping):
        return WorkspaceSettings()
    for key, known in CHECKS.items():
        value = node.get(key)
        if value is not None and not known(text_of(value) or ""):
            compilation.problems.add("E204", value.place, name=text_of(value) or "", where=key, allowed="")
    names = {field.name for field in fields(WorkspaceSettings)}
    values: dict[str, Any] = {key: value for key, value in plain(node).items() if key in names}
    if "languages" in values:
        values["languages"] = tuple(values["languages"])
    return WorkspaceSettings(**values)
