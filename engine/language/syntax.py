"""Turns a YAML syntax fault into the one problem that says what was meant.

libyaml's wording is precise about the grammar and silent about the cause; the cause is read off the line."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

from engine.language.nodes import Place
from engine.language.problem_kind import both
from engine.language.problems import Values
from engine.locale.text import Text

_BREAK = re.compile(r"\r\n|\r|\n")
_DETAILS = {
    "did not find": both("something else was expected here", "此处应为其他内容"),
    "found undefined tag": both("an unknown tag", "未知的标签"),
    "found unexpected end": both("the text ends too early", "文本过早结束"),
}
_NO_CONTENT = "did not find expected node content"
_FORBIDDEN_START = (
    "cannot start any token",
    "did not find expected comment or line break",
    "sequence entries are not allowed",
    "mapping keys are not allowed",
    "did not find expected alphabetic or numeric character",
    "did not find expected whitespace or line break",
    "did not find expected tag URI",
    "did not find the expected '>'",
    "did not find expected '!'",
)
_UNCLEAR = both("the structure breaks here", "此处结构中断")


@dataclass(frozen=True, slots=True)
class Fault:
    """What the parser said; lines and columns count from 0. `opened` is where the thing it was reading began."""

    problem: str
    context: str
    line: int
    column: int
    opened: tuple[int, int] | None


@dataclass(frozen=True, slots=True)
class Note:
    """A problem not yet told."""

    code: str
    place: Place
    length: int
    values: Values


@dataclass(frozen=True, slots=True)
class Finding:
    code: str
    line: int
    column: int
    length: int = 1
    values: tuple[tuple[str, str | Text], ...] = ()


def explain(fault: Fault, text: str, name: str) -> Note:
    lines = _BREAK.split(text)
    finding = next((found for cause in _CAUSES if (found := cause(fault, lines))), None) or _other(fault)
    place = Place(name, finding.line + 1, finding.column + 1)
    return Note(finding.code, place, finding.length, dict(finding.values))


def _line(lines: list[str], number: int) -> str:
    return lines[number] if number < len(lines) else ""


def _indent(line: str) -> int:
    return len(line) - len(line.lstrip())


def _tab(fault: Fault, lines: list[str]) -> Finding | None:
    line = _line(lines, fault.line)
    indent = line[: _indent(line)]
    return Finding("E106", fault.line, indent.index("\t")) if "\t" in indent else None


def _directive(fault: Fault, lines: list[str]) -> Finding | None:
    line = _line(lines, fault.line)
    return Finding("E131", fault.line, 0, len(line)) if line.startswith("%") else None


def _forbidden_start(fault: Fault, lines: list[str]) -> Finding | None:
    """`if: @x`, `if: > 5`, `if: - x`, `if: *`: a character that means something else to YAML."""
    line, column = fault.line, fault.column
    if fault.opened and fault.context.startswith(("while scanning a", "while parsing a tag")):
        line, column = fault.opened
    mark = _line(lines, line)[column : column + 1]
    if any(start in fault.problem for start in _FORBIDDEN_START) or (mark == "," and _NO_CONTENT in fault.problem):
        return Finding("E124", line, column, values=(("mark", mark),)) if mark else None
    return None


def _never_opened(fault: Fault, lines: list[str]) -> Finding | None:
    mark = _line(lines, fault.line)[fault.column : fault.column + 1]
    in_place = _NO_CONTENT in fault.problem or not fault.context.startswith("while parsing a flow")
    return (
        Finding("E134", fault.line, fault.column, values=(("mark", mark),)) if mark in ("]", "}") and in_place else None
    )


def _after_quote(fault: Fault, lines: list[str]) -> Finding | None:
    if not fault.problem.startswith(("did not find expected", "could not find expected")):
        return None
    line = _line(lines, fault.line)
    before, after = line[: fault.column].rstrip(), line[fault.column :]
    if not before.endswith(('"', "'", "]", "}")) or not after.strip():
        return None
    length = len(after.split(" #")[0].rstrip())
    return Finding("E122", fault.line, fault.column, length, (("mark", before[-1]),))


def _second_colon(fault: Fault, lines: list[str]) -> Finding | None:
    if "mapping values are not allowed" not in fault.problem:
        return None
    before = _line(lines, fault.line)[: fault.column]
    if ":" in before:
        return Finding("E123", fault.line, fault.column)
    above = lines[fault.line - 1] if fault.line else ""
    if above.strip() and ":" not in above and _indent(above) == _indent(before):
        return Finding("E133", fault.line - 1, _indent(above), len(above.strip()), (("text", above.strip()),))
    return Finding("E126", fault.line, _indent(before), max(1, len(before.strip())))


def _inside_brackets(fault: Fault, lines: list[str]) -> Finding | None:
    """`{if: a in [1, 2]}`: a bracket or colon in the middle of a plain text."""
    if not fault.context.startswith("while parsing a flow"):
        return None
    before, mark = _line(lines, fault.line)[: fault.column], _line(lines, fault.line)[fault.column : fault.column + 1]
    same_line = fault.opened is not None and fault.opened[0] == fault.line
    if mark in ("[", "{", ":", "'", '"') and (same_line or ":" in before):
        return Finding("E125", fault.line, fault.column, values=(("mark", mark),))
    return None


def _unclosed(fault: Fault, lines: list[str]) -> Finding | None:
    if fault.line >= len(lines) - 1 and _NO_CONTENT in fault.problem:
        return _last_opened(lines)
    quoted = "quoted scalar" in fault.context and "end of stream" in fault.problem
    quoted = quoted or "document indicator" in fault.problem
    if fault.opened is None or not (quoted or fault.context.startswith("while parsing a flow")):
        return None
    line, column = fault.opened
    mark = _line(lines, line)[column : column + 1]
    return Finding("E127", line, column, values=(("mark", mark),)) if mark in ("[", "{", "'", '"') else None


def _last_opened(lines: list[str]) -> Finding | None:
    for number in range(len(lines) - 1, -1, -1):
        column = max(lines[number].rfind("["), lines[number].rfind("{"))
        if column >= 0:
            return Finding("E127", number, column, values=(("mark", lines[number][column]),))
    return None


def _second_document(fault: Fault, lines: list[str]) -> Finding | None:
    return Finding("E113", fault.line, fault.column) if "<document start>" in fault.problem else None


def _escape(fault: Fault, lines: list[str]) -> Finding | None:
    if "escape" not in fault.problem and "hexdecimal" not in fault.problem:
        return None
    line = _line(lines, fault.line)
    start = line.rfind("\\", 0, fault.column + 1)
    at = start if start >= 0 else fault.column
    return Finding("E132", fault.line, at, 2, (("mark", line[at : at + 2]),))


def _no_colon(fault: Fault, lines: list[str]) -> Finding | None:
    """A line among keys that is no key: the parser notices one line later."""
    if "could not find expected ':'" not in fault.problem or fault.opened is None:
        return None
    number, column = fault.opened
    text = _line(lines, number)[column:].strip()
    return Finding("E133", number, column, len(text), (("text", text),))


def _indentation(fault: Fault, lines: list[str]) -> Finding | None:
    if not fault.context.startswith("while parsing a block"):
        return None
    line = _line(lines, fault.line)
    if line[: fault.column].strip():
        return None
    return Finding("E126", fault.line, fault.column, max(1, len(line.strip())))


def _other(fault: Fault) -> Finding:
    detail = next((text for start, text in _DETAILS.items() if fault.problem.startswith(start)), _UNCLEAR)
    return Finding("E101", fault.line, fault.column, values=(("detail", detail),))


_CAUSES: tuple[Callable[[Fault, list[str]], Finding | None], ...] = (
    _tab,
    _directive,
    _forbidden_start,
    _never_opened,
    _after_quote,
    _second_colon,
    _inside_brackets,
    _unclosed,
    _escape,
    _no_colon,
    _indentation,
    _second_document,
)
