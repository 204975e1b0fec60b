"""How tests are written, as JSON Schema (draft 7); steps and claims each bring their own."""

from __future__ import annotations

from engine.blueprint_tests.claim_kind import claim_kinds
from engine.blueprint_tests.step_kind import step_kinds
from engine.schema.sections import RECORDS, TEXT, Schema, closed

AS: Schema = {
    "type": "string",
    "description": "A role, or a user by reference or e-mail.",
    "x-zh-CN": "角色，或用户的引用名、邮箱。",
}


def tests_schema() -> Schema:
    steps = {name: kind.options for name, kind in step_kinds().items()}
    claims = {name: kind.options for name, kind in claim_kinds().items()}
    step = closed(
        {
            "as": AS
            | {"description": "Who does it, when it is somebody else.", "x-zh-CN": "由另一人执行时，写明是谁。"},
            **steps,
        }
    )
    claim = {"type": ["string", "object"], "properties": claims, "additionalProperties": False}
    test = closed(
        {
            "name": TEXT
            | {"description": "What the blueprint does, in a sentence.", "x-zh-CN": "用一句话说明蓝图做什么。"},
            "as": AS,
            "clock": {
                "type": "string",
                "description": "The moment it begins, as 2026-03-03T09:00.",
                "x-zh-CN": "开始的时刻，如 2026-03-03T09:00。",
            },
            "given": RECORDS
            | {
                "description": "The records that are there, written as in `seed`.",
                "x-zh-CN": "已有的记录，写法与 `seed` 相同。",
            },
            "when": {
                "type": "array",
                "items": step,
                "description": "What happens, one step after the other.",
                "x-zh-CN": "依次发生的步骤。",
            },
            "then": {
                "type": "array",
                "minItems": 1,
                "items": claim,
                "description": "What must hold: expressions about the records by their references, and claims.",
                "x-zh-CN": "必须成立的内容：以引用名书写的记录表达式，以及断言。",
            },
        },
        ("name", "then"),
    )
    return {
        "type": "array",
        "items": test,
        "description": "What the blueprint must do; `crm test` runs it.",
        "x-zh-CN": "蓝图必须做到的事；由 `crm test` 运行。",
    }
