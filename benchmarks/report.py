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
NOTES = {
    "en": """## What the distance is made of

Of the processor time of a list's rows a fifth goes into their cells, a seventh into the toolbar and the table around
them, a fifth into running four statements through SQLAlchemy (the session with its roles, the saved views, the page,
the count), the rest into routing, rights, formats and the way to a thread and back. The limit has none of these.

What helped most, at 100,000 deals on SQLite: counting up to 10,000 records in place of all of them (rows of a list
from 20 to 5 times the limit), one range of an index for a page behind a cursor (from 27 to 6 times), statements built
once for each set of roles, on PostgreSQL no question to the server before each statement whether it is still there,
and the dictionary of Chinese phrases read when it is first needed (50 MB).

What did not help: leaving out the way to a thread saves a third of the time of a single record but nothing that can be
measured of a list, and a slow statement would then keep everybody waiting; totals over the first part of a list
cost half as much again as its count and say nothing. Kept counts were left out: they would have to follow every table
that a view's filter and a person's rights read.""",
    "zh-CN": """## 差距由什么组成

列表行的处理器时间中，五分之一用于单元格，七分之一用于工具栏和表格框架，五分之一用于通过 SQLAlchemy 执行四条语句
（会话及其角色、保存的视图、页面、计数），其余用于路由、权限、格式以及线程切换。“极限”没有这些。

在 SQLite 上 100,000 条商机时帮助最大的是：最多计数到 10,000 条而不是全部（列表行从极限的 20 倍降到 5 倍）；
游标之后的页面只读索引的一个区间（从 27 倍降到 6 倍）；语句按角色组合只构建一次；
在 PostgreSQL 上不再于每条语句之前询问服务器是否仍在；中文词组词典在首次需要时才读取（50 MB）。

没有帮助的是：省去线程切换能为单条记录节省三分之一时间，但在列表上测不出差别，而且一条慢语句会让所有人等待；
对列表的前一部分求和比计数多花一半时间，却没有意义。没有采用缓存的计数：它必须跟随视图筛选和个人权限所读取的每一张表。""",
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
    lines += ["", NOTES[language]]
    return "\n".join(lines) + "\n"


def write(kinds: Mapping[str, Sequence[Figure]], rows: int) -> None:
    for language, name in PAGES.items():
        (FOLDER / name).write_text(report(kinds, rows, language), encoding="utf-8")


def _summary(found: Iterable[Figure], language: str) -> str:
    judged = [figure for figure in found if figure.verdict]
    missed = [figure.name for figure in judged if figure.verdict == "no"]
    told = {"held": len(judged) - len(missed), "all": len(judged)}
    return HELD[language].format(**told, missed=("、" if language == "zh-CN" else "; ").join(missed) or "–")
