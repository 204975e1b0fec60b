"""The section `functions`: expressions with a name, which every other expression may call."""

from __future__ import annotations

import ast
from collections.abc import Mapping as MappingType
from dataclasses import replace

from engine.expressions.check import Checker
from engine.expressions.definitions import Constant, Defined, Definitions
from engine.expressions.expanding import expanded
from engine.expressions.fault import ExpressionFault
from engine.expressions.functions import FUNCTIONS
from engine.expressions.quantified import CALLS
from engine.expressions.syntax import Source, read_syntax
from engine.expressions.types import Kind
from engine.language.names import check_name
from engine.language.problem_kind import both
from engine.language.source import Entry, Mapping, Node, Scalar
from engine.locale.text import Text
from engine.schema.compilation import Compilation, FieldMap, pairs
from engine.schema.fields_compiler import compile_field_shape
from engine.schema.model import Field
from engine.schema.options_compiler import OptionSets
from engine.schema.pipelines_compiler import Pipelines

ROW = ""
"""Stands for the entity whose fields are what a function takes."""
TAKEN = both("value of a function", "函数的取值")


def compile_definitions(
    constants: MappingType[str, Constant],
    broken: frozenset[str],
    fields: FieldMap,
    sets: OptionSets,
    pipelines: Pipelines,
    compilation: Compilation,
) -> Definitions:
    """The functions, with the parameters that all expressions know; `broken` parameters are at fault."""
    compiler = _Functions(Definitions({}, constants, broken), fields, sets, pipelines, compilation)
    for key, _ in compilation.section("functions"):
        compiler.define(key.text, ())
    return compiler.definitions


class _Functions:
    """Each function is compiled after those it calls."""

    def __init__(
        self,
        definitions: Definitions,
        fields: FieldMap,
        sets: OptionSets,
        pipelines: Pipelines,
        compilation: Compilation,
    ) -> None:
        self.definitions, self.fields = definitions, fields
        self.sets, self.pipelines, self.compilation = sets, pipelines, compilation
        self.nodes = {key.text: (key, node) for key, node in compilation.section("functions")}
        self.done: set[str] = set()

    def define(self, name: str, above: tuple[str, ...]) -> None:
        if name in self.done:
            return
        key, node = self.nodes[name]
        if name in above:
            ring = " → ".join((*above[above.index(name) :], name))
            self.compilation.problems.note("E241", key.place, {"ring": ring}, length=key.width)
            self._lose(*above[above.index(name) :])
            return
        read = self._read(node)
        for called in _called(read[0]) if read else ():
            if called in self.nodes:
                self.define(called, (*above, name))
        if name not in self.done:
            self._add(key, node, read)

    def _add(self, key: Scalar, node: Node, read: tuple[ast.expr, Source] | None) -> None:
        self.done.add(key.text)
        function = self._function(key, node, *read) if self._named(key) and read else None
        if function is None:
            self._lose(key.text)
        else:
            functions = {**self.definitions.functions, key.text: function}
            self.definitions = replace(self.definitions, functions=functions)

    def _lose(self, *names: str) -> None:
        """What is at fault is a fault of nothing else."""
        self.done.update(names)
        self.definitions = replace(self.definitions, broken=self.definitions.broken | set(names))

    def _named(self, key: Scalar) -> bool:
        if key.text in (*FUNCTIONS, *CALLS):
            self.compilation.problems.note("E240", key.place, {"name": key.text}, length=key.width)
            return False
        return check_name(key, self.compilation.problems)

    def _read(self, node: Node) -> tuple[ast.expr, Source] | None:
        """The syntax of the expression; None when it has none, or is told to be at fault."""
        written = node.get("expr") if isinstance(node, Mapping) else None
        if not isinstance(written, Scalar) or written.missing:
            return None
        try:
            return read_syntax(written.text)
        except ExpressionFault as fault:
            self._tell(written, fault)
            return None

    def _function(self, key: Scalar, node: Node, tree: ast.expr, source: Source) -> Defined | None:
        takes = self._takes(node)
        written = node.get("expr") if isinstance(node, Mapping) else None
        if takes is None or not isinstance(written, Scalar):
            return None
        scope = replace(self.compilation, definitions=self.definitions).scope(ROW, {**self.fields, ROW: takes})
        if scope.unsure(written.text):
            return None
        try:
            body = expanded(tree, source, scope)
            checker = Checker(source, scope)
            if checker.types[checker.check(body)].kind is Kind.LIST:
                raise source.fault("E322", body)
        except ExpressionFault as fault:
            self._tell(written, fault)
            return None
        self._check_used(node, source)
        types = {name: field.type.expression_type(field) for name, field in takes.items()}
        return Defined(key.text, types, body)

    def _takes(self, node: Node) -> dict[str, Field] | None:
        """What the function takes, as fields of a row; None when a problem says what is wrong."""
        found: dict[str, Field] = {}
        sound = True
        for key, written in pairs(node.get("takes") if isinstance(node, Mapping) else None):
            sound &= check_name(key, self.compilation.problems)
            shape = Mapping(written.place, (Entry(Scalar(written.place, "type"), written),))
            shape = written if isinstance(written, Mapping) else shape
            field = compile_field_shape(ROW, key, shape, self.sets, self.pipelines, self.compilation)
            sound &= not field.broken and self._fits(field, shape)
            found[key.text] = field
        return found if sound else None

    def _fits(self, field: Field, shape: Mapping) -> bool:
        several = field.type.expression_type(field).kind is Kind.LIST
        written = shape.get("type")
        if isinstance(written, Scalar) and (several or not field.type.stored or field.type.sealed):
            given: dict[str, str | Text] = {"what": TAKEN, "type": written.text}
            self.compilation.problems.note("E244", written.place, given, length=written.width)
            return False
        return True

    def _check_used(self, node: Node, source: Source) -> None:
        """Every value that is taken stands in the expression, so that each argument of a call is checked."""
        parts = list(ast.walk(read_syntax(source.text)[0]))
        names = {each.id for each in parts if isinstance(each, ast.Name)}
        names |= {each.attr for each in parts if isinstance(each, ast.Attribute)}
        for key, _ in pairs(node.get("takes") if isinstance(node, Mapping) else None):
            if key.text not in names:
                self.compilation.problems.note("E242", key.place, {"name": key.text}, length=key.width)

    def _tell(self, written: Scalar, fault: ExpressionFault) -> None:
        place = written.place_at(fault.start)
        self.compilation.problems.note(fault.code, place, fault.values, near=fault.near, length=fault.length)


def _called(tree: ast.expr) -> list[str]:
    calls = (node.func for node in ast.walk(tree) if isinstance(node, ast.Call))
    return list(dict.fromkeys(func.id for func in calls if isinstance(func, ast.Name)))
