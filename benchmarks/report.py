"""The page of the reference that tells what was measured, in both languages."""

from __future__ import annotations

import os
import platform
import sqlite3
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

FOLDER = Path(__file__).parent.parent / "docs" / "reference"
PAGES = {"en": "performance.md", "zh-CN": "performance.zh-CN.md"}
TITLE = {"en": "Performance", "zh-CN": "性能"}
HEAD = {
    "en": "| work | product | limit | ratio | bound | held |",
    "zh-CN": "| 工作 | 产品 | 极限 | 比值 | 上限 | 达到 |",
}
VERDICTS = {"en": {"yes": "yes", "no": "no"}, "zh-CN": {"yes": "是", "no": "否"}}
INTRODUCTION = {
    "en": """Made by `make bench` on {cores} cores with Python {python}, SQLite {sqlite}:
{rows:,} deals of 20 fields and two links.
The limit is [hand-written code](../../benchmarks/by_hand.py) that does this work alone, without login,
rights, rules or languages, measured in the same run. A figure is the median time of a request and the
processor time of 1,000 of them; the ratio is that of processor time, which other work on the machine
disturbs least. Expressions are measured within the process by the quickest of nine turns: a filter beside
hand-written SQL, a condition on a record beside [simpleeval](https://pypi.org/project/simpleeval/). A change of
a line that updates three stored rollups of its record stands beside the same change where there are none.""",
    "zh-CN": """由 `make bench` 在 {cores} 个核心上用 Python {python}、SQLite {sqlite} 生成：
{rows:,} 条商机，每条 20 个字段、两个关联。
“极限”是[手写代码](../../benchmarks/by_hand.py)：只做这一项工作，没有登录、权限、规则和语言，并在同一次运行中测量。
数字是一次请求的中位时间，以及 1,000 次请求的处理器时间；比值按处理器时间计算，因为它受机器上其他工作的影响最小。
表达式在进程内测量，取九轮中最快的一轮：
筛选与手写 SQL 相比，记录上的条件与 [simpleeval](https://pypi.org/project/simpleeval/) 相比。
修改一行明细并更新其记录的三个存储汇总，与没有汇总时的同样修改相比。""",
}
HELD = {
    "en": "{held} of {all} bounds hold. Not yet: {missed}.",
    "zh-CN": "{all} 个上限中有 {held} 个达到。尚未达到：{missed}。",
}


@dataclass(frozen=True)
class Figure:
    name: str
    ours: str
    limit: str
    ratio: float | None
    most: float | None

    @property
    def verdict(self) -> str:
        return "" if self.ratio is None or self.most is None else "yes" if self.ratio <= self.most else "no"

    def row(self, language: str = "en") -> str:
        times = "" if self.ratio is None else f"{self.ratio:.1f} ×"
        bound = "" if self.most is None else f"≤ {self.most:g} ×"
        verdict = VERDICTS[language].get(self.verdict, "")
        return f"| {self.name} | {self.ours} | {self.limit} | {times} | {bound} | {verdict} |"


def report(kinds: Mapping[str, Sequence[Figure]], rows: int, language: str = "en") -> str:
    """What each kind of database took, and which bounds hold."""
    versions = {"python": platform.python_version(), "sqlite": sqlite3.sqlite_version}
    lines = [f"# {TITLE[language]}", "", INTRODUCTION[language].format(cores=os.cpu_count(), rows=rows, **versions)]
    for kind, found in kinds.items():
        lines += ["", f"## {kind}", "", _summary(found, language)]
        lines += ["", HEAD[language], "| --- | --- | --- | --- | --- | --- |"]
        lines += [figure.row(language) for figure in found]
    return "\n".join(lines) + "\n"


def write(kinds: Mapping[str, Sequence[Figure]], rows: int) -> None:
    for language, name in PAGES.items():
        (FOLDER / name).write_text(report(kinds, rows, language), encoding="utf-8")


def _summary(found: Iterable[Figure], language: str) -> str:
    judged = [figure for figure in found if figure.verdict]
    missed = [figure.name for figure in judged if figure.verdict == "no"]
    told = {"held": len(judged) - len(missed), "all": len(judged)}
    return HELD[language].format(**told, missed=("、" if language == "zh-CN" else "; ").join(missed) or "–")
