"""Every page of the reference by its path, in both languages."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from engine.locale.text import LANGUAGES
from tools.docs import comparisons, expressions, field_types, functions, index, problems, sections

FOLDER = Path(__file__).parents[2] / "docs" / "reference"
MEASURED = (FOLDER / "performance.md", FOLDER / "performance.zh-CN.md")
"""Written by the benchmarks."""
PAGES = {
    "README.md": index.page,
    "comparisons.md": comparisons.page,
    "expressions.md": expressions.page,
    "field-types.md": field_types.page,
    "functions.md": functions.page,
    "problems.md": problems.page,
    "sections.md": sections.page,
}


def texts() -> Mapping[Path, str]:
    return {FOLDER / language / name: make(language) for language in LANGUAGES for name, make in PAGES.items()}


def outdated() -> list[Path]:
    """The pages that differ from what would be written, those that nobody writes any more included."""
    wanted = texts()
    stray = [path for path in sorted(FOLDER.rglob("*.md")) if path not in wanted and path not in MEASURED]
    return stray + [path for path, text in wanted.items() if not path.is_file() or path.read_text("utf-8") != text]


def write() -> None:
    for path, text in texts().items():
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
