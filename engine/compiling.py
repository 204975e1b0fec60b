"""Runs every compiler over a blueprint's text and collects every problem."""

from __future__ import annotations

import json
import tempfile
from collections.abc import Mapping as MappingType, Set
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from types import MappingProxyType
from typing import Any

from engine.blueprint import Blueprint
from engine.blueprint_tests.compiler import compile_tests
from engine.blueprint_tests.sections import tests_schema
from engine.forms import sections as form_sections
from engine.forms.compiler import compile_screens
from engine.language.checking import Checker
from engine.language.discovery import registry
from engine.language.merging import overlaid_maps
from engine.language.packages import Sources, resolve
from engine.language.parameters import WHEN, apply_parameters, with_values
from engine.language.problems import Place, Problems
from engine.language.source import Mapping, read_file
from engine.language.translations import apply_translations
from engine.locale.text import Text
from engine.schema import sections as schema_sections
from engine.schema.compilation import Compilation, text_of
from engine.schema.compiler import compile_model
from engine.schema.field_type import FieldType
from engine.schema.model import Entity
from engine.schema.scope import EntityScope
from engine.schema.sections import DEFINITIONS, HUE, NAME_LIST, TEXT, Schema, any_field_schema, closed, section_map

VALUES = "parameters.json"
"""Beside the texts of a published version: the values its parameters have in the workspace."""
NO_VALUES: MappingType[str, str] = MappingProxyType({})
BUILTIN = Path(__file__).parent / "schema" / "builtin" / "people.yaml"
HEAD: Schema = closed(
    {
        "id": {"type": "string", "description": "The package's name."},
        "version": {"type": "string", "pattern": r"^\d+\.\d+\.\d+$", "description": "Major.minor.patch."},
        "engine": {"type": "string", "description": "The engine versions it runs on, as >=0.1."},
        "title": TEXT | {"description": "What people call it."},
        "description": TEXT | {"description": "A sentence for the gallery."},
        "licence": {"type": "string"},
        "icon": {"type": "string", "description": "A Lucide icon name."},
        "hue": HUE,
        "languages": NAME_LIST,
    },
    ("id", "version"),
)
EXTENDS: Schema = {
    "type": "array",
    "description": "The packages this one builds on.",
    "items": closed({"id": {"type": "string"}, "path": {"type": "string"}, "version": {"type": "string"}}),
}
WHEN_PARAM: Schema = {
    "type": ["string", "object"],
    "description": "A parameter that must be true, or the values that parameters must have; else the node is left out.",
}
TRANSLATIONS: Schema = section_map(
    section_map({"type": "string"}, "Address of a text to the text."), "Language to translations."
)


@dataclass(frozen=True, slots=True)
class Compiled:
    """The outcome of a compile. `blueprint` is None when there are errors; `sources` is the text that counts:
    file name -> text, without demo data."""

    blueprint: Blueprint | None
    problems: Problems
    sources: MappingType[str, str]


def compile_folder(folder: Path, values: MappingType[str, str] = NO_VALUES, asked: Set[str] = frozenset()) -> Compiled:
    """Compile a blueprint folder or a single file, with `values` of its parameters; those that are `asked` for must be
    there. Never raises for what is written in it; a text that cannot be read is told alone, since all it defines would
    seem to be missing."""
    problems = Problems()
    sources = resolve(folder, problems)
    blueprint = None if problems else _compile(sources, values, asked, problems)
    texts = {file.name: file.text for file in sources.files if not _is_demo(file.name)}
    if values:
        texts[VALUES] = json.dumps(dict(values), ensure_ascii=False, sort_keys=True)
    return Compiled(None if problems else blueprint, problems, texts)


def compile_sources(texts: MappingType[str, str]) -> Compiled:
    """Compile a blueprint from texts by file name, as a published version keeps them."""
    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder) / "packages" / "blueprint"
        for name, text in texts.items():
            if name == VALUES:
                continue
            path = home / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8")
        return compile_folder(home, values_of(texts))


def values_of(texts: MappingType[str, str]) -> MappingType[str, str]:
    """The values of parameters that a published version keeps, as they were typed."""
    kept: dict[str, str] = json.loads(texts.get(VALUES, "{}"))
    return kept


def _is_demo(name: str) -> bool:
    return name.startswith("demo/") or "/demo/" in name


def _compile(sources: Sources, values: MappingType[str, str], asked: Set[str], problems: Problems) -> Blueprint:
    translated = apply_translations(sources.root, problems)
    root, mentioned = apply_parameters(with_values(translated, values, asked, problems), problems)
    _section_checker().check(root, problems)
    whole = overlaid_maps(_builtin(), root)
    model = compile_model(whole, field_types(), problems, mentioned)
    fields = {name: entity.fields for name, entity in model.entities.items()}

    def scope_of(entity: Entity) -> EntityScope:
        return EntityScope(entity.name, fields, model.definitions)

    screens = compile_screens(whole, model.entities, model.roles, problems, scope_of, model.settings.languages)
    head = root.get("blueprint")
    described = head if isinstance(head, Mapping) else Mapping(Place("blueprint.yaml", 1, 1))
    compilation = Compilation(root, field_types(), model.settings.languages, model.settings.currency, problems)
    blueprint_id = text_of(described.get("id")) or "blueprint"
    return Blueprint(
        id=blueprint_id,
        version=text_of(described.get("version")) or "0.0.0",
        title=compilation.text(described.get("title"), blueprint_id),
        description=compilation.text(described.get("description"), "") if "description" in described else Text.of(""),
        icon=text_of(described.get("icon")) or "box",
        hue=text_of(described.get("hue")) or "gray",
        settings=model.settings,
        entities=model.entities,
        pipelines=model.pipelines,
        roles=model.roles,
        screens=screens,
        seed=model.seed,
        demo=model.demo,
        tasks=model.tasks,
        tests=compile_tests(compilation, model.entities, model.pipelines, model.roles, model.seed, model.settings),
        definitions=model.definitions,
        parameters=model.parameters,
    )


@lru_cache(maxsize=1)
def field_types() -> MappingType[str, FieldType]:
    """Every field type by its YAML word."""
    return registry("engine.schema.field_types", FieldType)


@lru_cache(maxsize=1)
def _builtin() -> Mapping:
    file = read_file(BUILTIN, BUILTIN.name, Problems())
    if file is None:
        raise RuntimeError(f"{BUILTIN} cannot be read")
    return file.root


def sections() -> Schema:
    """The schema of every section by name; a field is checked against its type's own options later."""
    return {
        "blueprint": HEAD | {"description": "What the package is."},
        "extends": EXTENDS,
        **schema_sections.SECTIONS,
        **form_sections.SECTIONS,
        "tests": tests_schema(),
        "i18n": TRANSLATIONS,
    }


@lru_cache(maxsize=1)
def _section_checker() -> Checker:
    return Checker(closed(sections(), definitions=DEFINITIONS))


def editor_schema(blueprint: Blueprint | None = None) -> dict[str, Any]:
    """The language as JSON Schema (draft 7) for editors, with the entity names of a blueprint if one is given."""
    schema = closed(sections(), definitions=DEFINITIONS)
    entities = dict(schema["properties"]["entities"])
    entity = dict(entities["additionalProperties"])
    fields = section_map(any_field_schema(field_types()), "Field name to field.")
    entity["properties"] = entity["properties"] | {"fields": fields}
    entities["additionalProperties"] = entity
    if blueprint is not None:
        entities["properties"] = dict.fromkeys(blueprint.entities, entity)
    whole = schema | {"properties": schema["properties"] | {"entities": entities}}
    return {"$schema": "http://json-schema.org/draft-07/schema#", **_with_when(whole), "additionalProperties": False}


def _with_when(schema: Any) -> Any:
    """Every node may say of which parameters it depends."""
    if isinstance(schema, list):
        return [_with_when(item) for item in schema]
    if not isinstance(schema, dict):
        return schema
    inner = {name: _with_when(value) for name, value in schema.items()}
    if schema.get("additionalProperties") is False and isinstance(schema.get("properties"), dict):
        inner["properties"] = inner["properties"] | {WHEN: WHEN_PARAM}
    return inner
