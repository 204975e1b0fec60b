"""What makes an entity a task, found when the blueprint is compiled."""

from __future__ import annotations

import pytest

from engine.compiling import Compiled, compile_sources

BLUEPRINT = """
blueprint: {{id: jobs, version: 1.0.0, title: Jobs}}
settings: {{languages: [en]}}
entities:
  job:
    label: Job
    plural: Jobs
    title: name
    acts_as: task
    fields: {{name: {{type: text}}, {fields}}}
{more}
roles: {{boss: {{entities: {{"*": {{read: all, create: true, update: all, delete: all}}}}}}}}
"""
PIPELINE = "pipelines: {flow: {entity: job, states: {todo: {kind: open}, over: {kind: won}, dropped: {kind: lost}}}}"


def compiled(fields: str, more: str = "") -> Compiled:
    return compile_sources({"blueprint.yaml": BLUEPRINT.format(fields=fields, more=more)})


@pytest.mark.parametrize(
    ("fields", "more", "due", "done", "finished", "reopened"),
    [
        ("due: {type: date}, done: {type: boolean}", "", "due", "done", (True,), False),
        ("made: {type: date}, deadline: {type: datetime}, ok: {type: boolean}", "", "deadline", "ok", (True,), False),
        (
            "due: {type: date}, state: {type: choice, options: {open: Open, done: Done}}",
            "",
            "due",
            "state",
            ("done",),
            "open",
        ),
        (
            "due: {type: date}, done: {type: boolean}, stage: {type: stage, pipeline: flow}",
            PIPELINE,
            "due",
            "stage",
            ("over", "dropped"),
            "todo",
        ),
    ],
)
def test_a_task_has_a_day_and_an_end(
    fields: str, more: str, due: str, done: str, finished: tuple[object, ...], reopened: object
) -> None:
    blueprint = compiled(fields, more).blueprint
    assert blueprint is not None
    shape = blueprint.tasks["job"]
    assert (shape.due.name, shape.done.name, shape.finished, shape.reopened) == (due, done, finished, reopened)


@pytest.mark.parametrize(
    ("fields", "problem"),
    [
        ("done: {type: boolean}", 'W620 "job" acts as a task and has no day it is due'),
        ("due: {type: date}", 'W621 "job" acts as a task and nothing says that one is done'),
    ],
)
def test_a_task_without_one_of_them_is_told_of_and_is_no_task(fields: str, problem: str) -> None:
    found = compiled(fields)
    assert found.blueprint is not None and found.blueprint.tasks == {}
    assert [line for line in found.problems.lines() if problem in line]
