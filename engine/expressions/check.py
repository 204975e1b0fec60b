"""Names and types: turns a tree of the right syntax into a checked one, or says what does not fit."""

from __future__ import annotations

import ast
from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal
from typing import Any, cast

from engine.expressions.agreement import assignable, common_type, comparable, two_currencies
from engine.expressions.call import called_function, check_count, result_type, span_function
from engine.expressions.expanding import QUANTIFIERS, Given, Passed
from engine.expressions.fault import ExpressionFault
from engine.expressions.function import Argument, Function
from engine.expressions.names import WORDS, Names
from engine.expressions.quantified import CHANGED, check_changed, check_quantified
from engine.expressions.size import LARGEST, NO_SIZE, WHOLE, Size, of_column, of_literal, widest
from engine.expressions.syntax import Source
from engine.expressions.tree import FieldPath, literal_value
from engine.expressions.types import BOOLEAN, DATE, INTEGER, NULL, NUMBER, TEXT, Kind, Scope, Type
from engine.expressions.wording import in_words, kinds_in_words, quoted_list
from engine.language.problems import nearest

_SIGNS: dict[type[ast.AST], str] = {
    ast.Add: "+",
    ast.Sub: "-",
    ast.Mult: "*",
    ast.Div: "/",
    ast.Eq: "==",
    ast.NotEq: "!=",
    ast.Lt: "<",
    ast.LtE: "<=",
    ast.Gt: ">",
    ast.GtE: ">=",
    ast.In: "in",
    ast.NotIn: "not in",
}
_PLAIN_KINDS = (Kind.NUMBER, Kind.NULL)
_LITERAL_TYPES: dict[type, Type] = {str: TEXT, bool: BOOLEAN, Decimal: NUMBER, type(None): NULL}


class Checker:
    """Checks one expression. `types` and `sizes` are filled for the checked tree."""

    def __init__(self, source: Source, scope: Scope) -> None:
        self.source = source
        self.types: dict[ast.expr, Type] = {}
        self.sizes: dict[ast.expr, Size] = {}
        self.names = Names(source, scope)
        self._rules: dict[type[ast.expr], Callable[[Any], ast.expr]] = {
            ast.Constant: self._constant,
            ast.Name: self._name,
            ast.Attribute: self._field,
            ast.UnaryOp: self._unary,
            ast.BinOp: self._arithmetic,
            ast.BoolOp: self._boolean,
            ast.Compare: self._compare,
            ast.IfExp: self._choose,
            ast.Call: self._call,
            Given: self._given,
            Passed: self._argument,
        }

    def check(self, node: ast.expr) -> ast.expr:
        rule = self._rules.get(type(node))
        if rule is None:
            raise self.source.fault("E322", node)
        return rule(node)

    def expect(self, raw: ast.expr, checked: ast.expr, wanted: Type) -> None:
        """Raises ExpressionFault when the value may not stand where `wanted` is expected."""
        given = self.types[checked]
        if wanted.kind is Kind.CHOICE and isinstance(checked, ast.Constant) and isinstance(checked.value, str):
            return self._check_key(raw, checked, wanted)
        if assignable(given, wanted):
            return
        if two_currencies(given, wanted):
            raise self._currencies(raw, given, wanted)
        raise self.source.fault("E317", raw, wanted=in_words(wanted), given=in_words(given))

    def typed(self, node: ast.expr, type: Type, size: Size | None = None, raw: ast.expr | None = None) -> ast.expr:
        """Note the type of a checked node and, for a number, its size. Raises ExpressionFault past the bound."""
        self.types[node] = type
        if type.kind in _PLAIN_KINDS:
            self.sizes[node] = size or widest(())
            if raw is not None and not self.sizes[node].bounded:
                raise self.source.fault("E323", raw, limit=str(LARGEST))
        return node

    def _constant(self, node: ast.Constant) -> ast.expr:
        value = node.value or None if isinstance(node.value, str) else node.value
        size = of_literal(value) if isinstance(value, Decimal) else None
        return self.typed(_literal(value), _LITERAL_TYPES[type(value)], size, node)

    def _given(self, node: Given) -> ast.expr:
        size = of_literal(node.value) if isinstance(node.value, Decimal) else None
        return self.typed(_literal(node.value), NULL if node.value is None else node.type, size, node)

    def _argument(self, node: Passed) -> ast.expr:
        """The type is judged where the value stands; what is made of it, where the function is called."""
        with self.names.outside(node.depth):
            checked = self.check(node.value)
            self._passes(node, checked)
            return checked if node.read is node.value else self.check(node.read)

    def _passes(self, node: Passed, checked: ast.expr) -> None:
        given, literal = self.types[checked], isinstance(checked, ast.Constant)
        fits = assignable(given, node.wanted) or (literal and node.wanted.kind is Kind.CHOICE)
        if not fits and not two_currencies(given, node.wanted):
            wanted = in_words(node.wanted)
            raise self.source.fault("E329", node, signature=node.signature, wanted=wanted, given=in_words(given))
        self.expect(node, checked, node.wanted)

    def _name(self, node: ast.Name) -> ast.expr:
        return self._constant(_literal(WORDS[node.id])) if node.id in WORDS else self._field(node)

    def _field(self, node: ast.Name | ast.Attribute) -> ast.expr:
        field, type = self.names.field(node)
        return self.typed(field, type, of_column(type))

    def _unary(self, node: ast.UnaryOp) -> ast.expr:
        operand = self.check(node.operand)
        if isinstance(node.op, ast.Not):
            self.condition(node.operand, operand)
            return self.typed(ast.UnaryOp(ast.Not(), operand), BOOLEAN)
        if self.types[operand].kind not in _PLAIN_KINDS:
            raise self.source.fault("E320", node, sign="-", given=in_words(self.types[operand]))
        literal = literal_value(operand)
        if isinstance(literal, Decimal):
            return self.typed(_literal(-literal), NUMBER, self.sizes[operand])
        type = self._computed(operand)
        return self.typed(ast.UnaryOp(ast.USub(), operand), type, self.sizes[operand])

    def _computed(self, *nodes: ast.expr) -> Type:
        currency = next((self.types[node].currency for node in nodes if self.types[node].currency), None)
        return replace(NUMBER, currency=currency)

    def _arithmetic(self, node: ast.BinOp) -> ast.expr:
        left, right = self.check(node.left), self.check(node.right)
        checked = ast.BinOp(left, node.op, right)
        one, other = self.types[left], self.types[right]
        if one.kind in _PLAIN_KINDS and other.kind in _PLAIN_KINDS:
            return self._number(node, checked)
        if Kind.DATE in (one.kind, other.kind) and isinstance(node.op, ast.Add | ast.Sub):
            return self._days(node, checked)
        raise self._operands(node, node.op, one, other)

    def _number(self, node: ast.BinOp, checked: ast.BinOp) -> ast.expr:
        one, other = self.sizes[checked.left], self.sizes[checked.right]
        types = self.types[checked.left], self.types[checked.right]
        if isinstance(node.op, ast.Add | ast.Sub):
            if two_currencies(*types):
                raise self._currencies(node, *types)
            return self.typed(checked, self._computed(checked.left, checked.right), one.plus(other), node)
        size = one.times(other) if isinstance(node.op, ast.Mult) else one.over(other)
        both = types[0].currency and types[1].currency
        return self.typed(checked, NUMBER if both else self._computed(checked.left, checked.right), size, node)

    def _days(self, node: ast.BinOp, checked: ast.BinOp) -> ast.expr:
        """date + days, days + date, date - days, date - date."""
        kinds = self.types[checked.left].kind, self.types[checked.right].kind
        adding = isinstance(node.op, ast.Add)
        if kinds[0] is Kind.DATE and kinds[1] in _PLAIN_KINDS:
            self._whole(node.right, checked.right)
            return self.typed(checked, DATE)
        if adding and kinds[1] is Kind.DATE and kinds[0] in _PLAIN_KINDS:
            self._whole(node.left, checked.left)
            return self.typed(ast.BinOp(checked.right, ast.Add(), checked.left), DATE)
        if not adding and kinds[1] is Kind.DATE and kinds[0] in (Kind.DATE, Kind.NULL):
            return self.typed(checked, INTEGER, WHOLE)
        raise self._operands(node, node.op, self.types[checked.left], self.types[checked.right])

    def _whole(self, raw: ast.expr, days: ast.expr) -> None:
        if self.sizes[days].places:
            raise self.source.fault("E321", raw)

    def condition(self, raw: ast.expr, checked: ast.expr) -> None:
        """Raises ExpressionFault when the value answers neither yes nor no."""
        given = self.types[checked]
        if given.kind not in (Kind.BOOLEAN, Kind.NULL):
            raise self.source.fault("E317", raw, wanted=in_words(BOOLEAN), given=in_words(given))

    def _boolean(self, node: ast.BoolOp) -> ast.expr:
        values = [self.check(value) for value in node.values]
        for raw, value in zip(node.values, values, strict=True):
            self.condition(raw, value)
        return self.typed(ast.BoolOp(node.op, values), BOOLEAN)

    def _choose(self, node: ast.IfExp) -> ast.expr:
        test, body, other = (self.check(node.test), self.check(node.body), self.check(node.orelse))
        self.condition(node.test, test)
        agreed = common_type((self.types[body], self.types[other]))
        if agreed is None:
            one, two = self.types[body], self.types[other]
            raise self.source.fault("E319", node, left=in_words(one), right=in_words(two))
        size = widest(self.sizes[part] for part in (body, other) if part in self.sizes)
        return self.typed(ast.IfExp(test, body, other), agreed, size)

    def _call(self, node: ast.Call) -> ast.expr:
        name = node.func.id if isinstance(node.func, ast.Name) else ""
        if name == CHANGED:
            return check_changed(node, self)
        if name in QUANTIFIERS and (quantified := check_quantified(node, name, self)):
            return quantified
        function = called_function(node, self.source, self.names.scope)
        arguments = [self.check(argument) for argument in node.args]
        for position, (raw, argument) in enumerate(zip(node.args, arguments, strict=True)):
            if self._bound(argument):
                kinds = tuple(k for k in function.parameter(position).kinds if k not in (Kind.LIST,))
                given = in_words(self.types[argument])
                wanted = kinds_in_words(kinds)
                raise self.source.fault("E329", raw, signature=function.signature, wanted=wanted, given=given)
        result = result_type(node, function, arguments, self.types, self.source)
        sizes = [self.sizes.get(argument, NO_SIZE) for argument in arguments]
        for position, (raw, found) in enumerate(zip(node.args, sizes, strict=True)):
            if function.parameter(position).whole and found.places:
                raise self.source.fault("E331", raw, signature=function.signature)
        known = [Argument(self.types[argument], literal_value(argument)) for argument in arguments]
        size = function.size(sizes, known) if function.size else widest(sizes, result.scale)
        call = ast.Call(ast.Name(function.name, ast.Load()), arguments, [])
        return self.typed(call, result, size, node)

    def _compare(self, node: ast.Compare) -> ast.expr:
        if len(node.ops) == 1 and isinstance(node.ops[0], ast.In | ast.NotIn):
            span = span_function(node.comparators[0])
            if span is not None:
                return self._in_span(node, span)
        operands = [self.check(node.left)]
        self._no_inner_chain(node)
        raws = [node.left, *node.comparators]
        for op, raw_left, raw in zip(node.ops, raws, node.comparators, strict=False):
            left = operands[-1]
            if isinstance(op, ast.In | ast.NotIn):
                operands.append(self._members(node, op, raw_left, left, raw))
            else:
                operands.append(self.check(raw))
                self._check_pair(node, op, raw_left, left, raw, operands[-1])
        return self.typed(ast.Compare(operands[0], node.ops, operands[1:]), BOOLEAN)

    def _in_span(self, node: ast.Compare, span: Function) -> ast.expr:
        """`close_date in this_month()` asks the helper with the date as its first value; a moment is in by its day."""
        call = cast(ast.Call, node.comparators[0])
        asked = ast.copy_location(ast.Call(call.func, [node.left, *call.args], call.keywords), call)
        check_count(asked, span, self.source)
        day, *more = [self.check(argument) for argument in asked.args]
        if self.types[day].kind is Kind.DATETIME:
            day = self.typed(ast.Call(ast.Name("date_of", ast.Load()), [day], []), DATE)
        result_type(asked, span, [day, *more], self.types, self.source)
        found = self.typed(ast.Call(ast.Name(span.name, ast.Load()), [day, *more], []), BOOLEAN)
        return self.typed(ast.UnaryOp(ast.Not(), found), BOOLEAN) if isinstance(node.ops[0], ast.NotIn) else found

    def _no_inner_chain(self, node: ast.Compare) -> None:
        """The middle of a chain is written twice in SQL, so it may not hold another chain."""
        for middle in node.comparators[:-1]:
            for part in ast.walk(middle):
                if isinstance(part, ast.Compare) and len(part.ops) > 1:
                    raise self.source.fault("E327", part)

    def _check_pair(
        self, node: ast.expr, op: ast.cmpop, raw_left: ast.expr, left: ast.expr, raw_right: ast.expr, right: ast.expr
    ) -> None:
        one, other = self.types[left], self.types[right]
        if {one.kind, other.kind} == {Kind.DATE, Kind.DATETIME}:
            raise self.source.fault("E324", node)
        ordered = isinstance(op, ast.Lt | ast.LtE | ast.Gt | ast.GtE)
        if not comparable(one, other, ordered=ordered) or self._bound(left) or self._bound(right):
            raise self._operands(node, op, one, other)
        if two_currencies(one, other):
            raise self._currencies(node, one, other)
        self._check_key(raw_right, right, one)
        self._check_key(raw_left, left, other)

    def _bound(self, node: ast.expr) -> bool:
        """Whether it is a list of the person who asks, which has members and nothing else."""
        return isinstance(node, FieldPath) and node.path[0] == "me" and self.types[node].kind is Kind.LIST

    def _check_key(self, raw: ast.expr, literal: ast.expr, choice: Type) -> None:
        if choice.kind is not Kind.CHOICE or not choice.keys or not isinstance(literal, ast.Constant):
            return
        key = literal.value
        if isinstance(key, str) and key not in choice.keys:
            raise self.source.fault("E316", raw, nearest(key, choice.keys), key=key, keys=quoted_list(choice.keys))

    def _members(self, node: ast.expr, op: ast.cmpop, raw_left: ast.expr, left: ast.expr, raw: ast.expr) -> ast.expr:
        if isinstance(raw, ast.Tuple | ast.List):
            items = [self._member(node, raw_left, left, item) for item in raw.elts]
            return self.typed(ast.Tuple(items, ast.Load()), Type(Kind.LIST, item=self.types[left]))
        if not isinstance(raw, ast.Name | ast.Attribute):
            raise self.source.fault("E322", raw)
        list_ = self.check(raw)
        found = self.types[list_]
        if found.kind is not Kind.LIST:
            raise self.source.fault("E322", raw)
        item, one = found.item or NULL, self.types[left]
        if one.kind is not Kind.NULL and not comparable(one, item, ordered=False):
            raise self.source.fault("E328", node, left=in_words(one), item=in_words(item))
        self._check_key(raw_left, left, item)
        return list_

    def _member(self, node: ast.expr, raw_left: ast.expr, left: ast.expr, item: ast.expr) -> ast.expr:
        checked = self.check(item)
        if not isinstance(checked, ast.Constant):
            raise self.source.fault("E322", item)
        self._check_pair(item, ast.Eq(), raw_left, left, item, checked)
        return checked

    def _operands(self, node: ast.expr, op: ast.AST, one: Type, other: Type) -> ExpressionFault:
        sign = _SIGNS[type(op)]
        return self.source.fault("E315", node, sign=sign, left=in_words(one), right=in_words(other))

    def _currencies(self, node: ast.expr, one: Type, other: Type) -> ExpressionFault:
        return self.source.fault("E318", node, left=str(one.currency), right=str(other.currency))


def _literal(value: Any) -> ast.Constant:
    return ast.Constant(value)
