"""A blueprint as somebody sees it who may not see all fields."""

from __future__ import annotations

from dataclasses import replace

from engine.blueprint import Blueprint
from engine.forms.seen import seen_screens
from engine.records.model import RecordModel


def seen_blueprint(blueprint: Blueprint, model: RecordModel) -> Blueprint:
    """Its entities as `model` has them; an entity whose day or end is not seen acts as no task."""
    tasks = {
        name: replace(shape, due=fields[shape.due.name], done=fields[shape.done.name])
        for name, shape in blueprint.tasks.items()
        if {shape.due.name, shape.done.name} <= (fields := model.entities[name].fields).keys()
    }
    tasks = {
        name: replace(shape, kind=None)
        if shape.kind and shape.kind[0].name not in model.entities[name].fields
        else shape
        for name, shape in tasks.items()
    }
    screens = seen_screens(blueprint.screens, blueprint.entities, model.entities)
    return replace(blueprint, entities=model.entities, pipelines=model.pipelines, screens=screens, tasks=tasks)
