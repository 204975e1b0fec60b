"""The reference of problem codes."""

from __future__ import annotations

from engine.language.problem_kind import ProblemKind
from engine.language.problem_kinds import KINDS
from tools.docs.markdown import both, code, page as made

TITLE = both("Problem codes", "问题代码")
INTRODUCTION = both(
    "What `crm check` may say. An error (E) keeps a blueprint from running, a warning (W) does not. Words in braces "
    "stand for what is written in the blueprint.",
    "`crm check` 可能给出的提示。错误（E）会使蓝图无法运行，警告（W）则不会。花括号中的词代表蓝图中的内容。",
)
CENTURIES = {
    "E1": both("Reading the text", "读取文本"),
    "E2": both("Shape, names and options", "结构、名称与选项"),
    "E3": both("Expressions", "表达式"),
    "E4": both("Pipelines, roles, screens and records", "流程、角色、界面与记录"),
    "E5": both("Tests of a blueprint", "蓝图的测试"),
    "W6": both("Warnings", "警告"),
}


def page(language: str) -> str:
    parts = []
    for century, title in CENTURIES.items():
        kinds = [kind for kind in sorted(KINDS.values(), key=lambda kind: kind.code) if kind.code.startswith(century)]
        parts += [f"## {title.in_(language)}", *(_kind(kind, language) for kind in kinds)]
    return made(language, TITLE, INTRODUCTION.in_(language), *parts)


def _kind(kind: ProblemKind, language: str) -> str:
    parts = [f"### {kind.code}", code(kind.message.in_(language)), kind.explanation.in_(language)]
    if kind.hint:
        parts.append(f"→ {kind.hint.in_(language)}")
    return "\n\n".join(parts)
