"""From text to a syntax tree that holds nothing but the constructs of the language. Reads no names, knows no types."""

from __future__ import annotations

import ast
import re
from decimal import Decimal

from engine.expressions.fault import ExpressionFault
from engine.locale.text import Text

LONGEST = 2_000
MOST_NODES = 300
DEEPEST = 16
"""SQLite's parser holds a hundred symbols; the deepest expression must leave room for the statement around it."""

_QUOTED = re.compile(r"'[^']*'|\"[^\"]*\"")
_SLIPS = (
    (re.compile(r"&&|&"), "and"),
    (re.compile(r"\|\||\|"), "or"),
    (re.compile(r"<>|!==|≠"), "!="),
    (re.compile(r"===|\bis\b(?!\s*not\b)"), "=="),
    (re.compile(r"\bis\s+not\b"), "!="),
    (re.compile(r"!(?!=)|\bNOT\b"), "not"),
    (re.compile(r"\bAND\b"), "and"),
    (re.compile(r"\bOR\b"), "or"),
    (re.compile(r"≤"), "<="),
    (re.compile(r"≥"), ">="),
)
_SINGLE_EQUALS = re.compile(r"(?<![=!<>:])=(?!=)")
_ODD_NUMBER = re.compile(r"(?<![\w.])\d[\d.]*[A-Za-z_]\w*")
_PLAIN_NUMBER = re.compile(r"\d+(\.\d*)?|\.\d+")
_FULL_WIDTH = dict(zip("（），＜＞＝！＋－＊／“”‘’［］．", "(),<>=!+-*/\"\"''[].", strict=True))
_ALLOWED = (
    *(ast.BoolOp, ast.And, ast.Or, ast.UnaryOp, ast.Not, ast.USub, ast.BinOp, ast.Add, ast.Sub, ast.Mult, ast.Div),
    *(ast.Compare, ast.Eq, ast.NotEq, ast.Lt, ast.LtE, ast.Gt, ast.GtE, ast.In, ast.NotIn, ast.IfExp),
    *(ast.Call, ast.Name, ast.Attribute, ast.Constant, ast.Tuple, ast.List, ast.Load),
)
_FORBIDDEN: dict[type[ast.AST], tuple[str, str]] = {
    ast.Pow: ("a power (**)", "乘方（**）"),
    ast.Mod: ("a remainder (%)", "取余（%）"),
    ast.FloorDiv: ("a whole division (//)", "整除（//）"),
    ast.MatMult: ("the sign @", "符号 @"),
    ast.LShift: ("a shift (<<)", "移位（<<）"),
    ast.RShift: ("a shift (>>)", "移位（>>）"),
    ast.BitXor: ("the sign ^", "符号 ^"),
    ast.Invert: ("the sign ~", "符号 ~"),
    ast.UAdd: ("a plus sign before a value", "值前面的加号"),
    ast.JoinedStr: ("a formatted text (f'…')", "格式化文本（f'…'）"),
    ast.Lambda: ("a lambda", "lambda"),
    ast.NamedExpr: ("an assignment (:=)", "赋值（:=）"),
    ast.Starred: ("a star", "星号"),
    ast.Subscript: ("square brackets after a value", "值后面的方括号"),
    ast.Dict: ("braces", "花括号"),
    ast.Set: ("braces", "花括号"),
    ast.keyword: ("a named argument", "具名参数"),
}
_COMPREHENSION = ("a loop", "循环")
_UNKNOWN_CONSTRUCT = ("this construct", "这种写法")


class Source:
    """The text of an expression and where its parts stand, in characters."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.indent = len(text) - len(text.lstrip())
        self.line = re.sub(r"[\r\n]", " ", text).strip()
        self._bytes = self.line.encode("utf-8", "replace")

    def span(self, node: ast.AST) -> tuple[int, int]:
        """Start and length of a node; the tree counts in bytes of UTF-8."""
        start, end = (getattr(node, "col_offset", 0), getattr(node, "end_col_offset", None) or len(self._bytes))
        before, inside = self._bytes[:start].decode(), self._bytes[start:end].decode()
        return self.indent + len(before), len(inside)

    def segment(self, node: ast.AST) -> str:
        start, length = self.span(node)
        return self.text[start : start + length]

    def fault(self, code: str, node: ast.AST, near: str | None = None, **values: str | Text) -> ExpressionFault:
        return ExpressionFault(code, *self.span(node), near, values)


def read_syntax(text: str) -> tuple[ast.expr, Source]:
    """The tree of an expression. Raises ExpressionFault for whatever is not of the language."""
    if len(text) > LONGEST:
        raise ExpressionFault("E305", 0, len(text), None, {"size": str(len(text)), "limit": str(LONGEST)})
    if not text.strip():
        raise ExpressionFault("E308", 0, len(text))
    _check_characters(text)
    source = Source(text)
    tree = _parsed(source)
    check_size(tree, source)
    for node, place in _with_places(tree):
        _check_construct(node, place, source)
    return tree, source


def _check_characters(text: str) -> None:
    masked = _QUOTED.sub(lambda quoted: " " * len(quoted.group()), text)
    for place, character in enumerate(text):
        if character == "\\" or (character < " " and character not in "\t\r\n"):
            raise _forbidden(
                place, 1, ("a backslash", "反斜杠") if character == "\\" else ("a control character", "控制字符")
            )
    for place, character in enumerate(masked):
        if character in _FULL_WIDTH:
            raise ExpressionFault("E303", place, 1, None, {"found": character, "wanted": _FULL_WIDTH[character]})
        if character in "\"'":
            raise ExpressionFault("E309", place, len(text) - place)
        if character == "#":
            raise _forbidden(place, 1, ("a comment (#)", "注释（#）"))
    _check_slips(masked)


def _check_slips(masked: str) -> None:
    for pattern, wanted in _SLIPS:
        if found := pattern.search(masked):
            values = {"found": " ".join(found.group().split()), "wanted": wanted}
            raise ExpressionFault("E303", found.start(), len(found.group()), None, values)
    if found := _SINGLE_EQUALS.search(masked):
        raise ExpressionFault("E302", found.start(), 1)
    if found := _ODD_NUMBER.search(masked):
        raise ExpressionFault("E307", found.start(), len(found.group()), None, {"found": found.group()})


def _forbidden(start: int, length: int, words: tuple[str, str]) -> ExpressionFault:
    what = Text((("en", words[0]), ("zh-CN", words[1])))
    return ExpressionFault("E304", start, length, None, {"construct": what})


def _parsed(source: Source) -> ast.expr:
    try:
        return ast.parse(source.line, mode="eval").body
    except (RecursionError, MemoryError):
        raise too_deep(source) from None
    except SyntaxError as error:
        raise _unreadable(source, error) from None
    except ValueError:
        raise ExpressionFault("E301", 0, len(source.text), None, {"found": source.line[:20]}) from None


def _unreadable(source: Source, error: SyntaxError) -> ExpressionFault:
    if "too many nested" in error.msg:
        return too_deep(source)
    place = min(error.offset - 1, len(source.line)) if error.offset else len(source.line)
    rest = source.line[place:]
    if not rest.strip() or "was never closed" in error.msg:
        return ExpressionFault("E310", source.indent + len(source.line), 0)
    word = re.match(r"\w+|\S", rest)
    found = word.group() if word else rest[:1]
    return ExpressionFault("E301", source.indent + place, len(found), None, {"found": found})


def too_deep(source: Source) -> ExpressionFault:
    values = {"nodes": str(MOST_NODES), "depth": str(DEEPEST)}
    return ExpressionFault("E306", 0, len(source.text), None, values)


def check_size(tree: ast.expr, source: Source) -> None:
    """Raises ExpressionFault."""
    level: list[ast.AST] = [tree]
    nodes = depth = 0
    while level:
        nodes, depth = nodes + len(level), depth + 1
        if nodes > MOST_NODES or depth > DEEPEST:
            raise too_deep(source)
        level = [child for node in level for child in ast.iter_child_nodes(node) if isinstance(child, ast.expr)]


def _with_places(tree: ast.expr) -> list[tuple[ast.AST, ast.AST]]:
    """Every node with the nearest one that has a place: operators have none of their own."""
    found: list[tuple[ast.AST, ast.AST]] = []
    waiting: list[tuple[ast.AST, ast.AST]] = [(tree, tree)]
    while waiting:
        node, place = waiting.pop(0)
        place = node if hasattr(node, "col_offset") else place
        found.append((node, place))
        waiting.extend((child, place) for child in ast.iter_child_nodes(node))
    return found


def _check_construct(node: ast.AST, place: ast.AST, source: Source) -> None:
    if isinstance(node, _ALLOWED):
        if isinstance(node, ast.Constant):
            _check_constant(node, source)
        if isinstance(node, ast.Call) and not isinstance(node.func, ast.Name):
            raise _forbidden(*source.span(node), ("a call of something that is not a helper", "调用辅助函数以外的内容"))
        return
    loops = isinstance(node, ast.ListComp | ast.SetComp | ast.DictComp | ast.GeneratorExp)
    raise _forbidden(*source.span(place), _COMPREHENSION if loops else _FORBIDDEN.get(type(node), _UNKNOWN_CONSTRUCT))


def _check_constant(node: ast.Constant, source: Source) -> None:
    if node.value is None or isinstance(node.value, bool | str):
        return
    if isinstance(node.value, int | float) and _PLAIN_NUMBER.fullmatch(source.segment(node)):
        vars(node)["value"] = Decimal(source.segment(node))
        return
    raise _forbidden(*source.span(node), _UNKNOWN_CONSTRUCT)
