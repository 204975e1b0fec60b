"""Forms: sections of cells, and tables of line items."""

from __future__ import annotations

from collections.abc import Iterator, Mapping as MappingType
from dataclasses import dataclass, field, replace
from typing import Literal

from engine.forms.columns import is_lines, make_columns, read_columns, shown_field
from engine.forms.compilation import ScreenCompilation
from engine.forms.defaults import default_cell, default_form, default_lines
from engine.forms.model import Cell, FormScreen, LinesBlock, Section
from engine.language.names import check_name
from engine.language.nodes import Mapping, Node, Scalar, Sequence
from engine.locale.text import Text
from engine.schema.compilation import humanise, pairs, text_of
from engine.schema.model import Entity, Field

Forms = MappingType[str, MappingType[str, FormScreen]]
Width = Literal["half", "full"]


def compile_forms(compilation: ScreenCompilation) -> Forms:
    """The forms of every entity; each has one named `main`."""
    written = {entity.name: _forms(entity, node, compilation) for entity, node in compilation.per_entity("forms")}
    return {
        name: {"main": default_form(entity, compilation.entities), **written.get(name, {})}
        for name, entity in compilation.entities.items()
    }


def _forms(entity: Entity, node: Node, compilation: ScreenCompilation) -> MappingType[str, FormScreen]:
    forms = {}
    for key, form in pairs(node):
        check_name(key, compilation.problems)
        if isinstance(form, Mapping):
            forms[key.text] = _FormReader(entity, f"{entity.name}.{key.text}", compilation).form(key, form)
    return forms


@dataclass(slots=True)
class _FormReader:
    """Reads one form, and remembers which fields it has shown."""

    entity: Entity
    where: str
    compilation: ScreenCompilation
    seen: set[str] = field(default_factory=set)
    lines: list[LinesBlock] = field(default_factory=list)

    def form(self, key: Scalar, node: Mapping) -> FormScreen:
        self.compilation.text(node.get("label"), Text(()))
        written = _items(node.get("sections"))
        nodes = [item for item in written if isinstance(item, Mapping)]
        sections = [self._section(number, item) for number, item in enumerate(nodes, start=1)]
        shown = tuple(section for section in sections if section and section.cells)
        if key.text == "main" and written:
            self._report_missing(key)
        return FormScreen(self.entity.name, key.text, shown, tuple(self.lines))

    def _report_missing(self, key: Scalar) -> None:
        """Fields without which no record can be made."""
        back = self.entity.line_of[1] if self.entity.line_of else None
        for declared in self.entity.declared:
            wanted = declared.always_required and declared.default is None and declared.name != back
            if wanted and not is_lines(declared) and declared.name not in self.seen:
                self.compilation.fault_in("W610", key, declared.name)

    def _section(self, number: int, node: Mapping) -> Section | None:
        if "children" in node:
            self._block(node)
            return None
        name = text_of(node.get("id")) or f"section_{number}"
        label = self.compilation.text(node.get("label"), Text.of(humanise(name)))
        return Section(name, label, tuple(self._cells(node)))

    def _cells(self, node: Mapping) -> Iterator[Cell]:
        """The cells in order; in one column, or alone in its row, a cell is as wide as the form."""
        columns = node.get("columns")
        single = isinstance(columns, Scalar) and columns.value == 1
        for item in _items(node.get("fields")):
            yield from self._cell(item, "full" if single else None)
        for row in _items(node.get("rows")):
            cells = _items(row)
            for item in cells:
                yield from self._cell(item, "full" if len(cells) == 1 else "half")

    def _cell(self, node: Node, width: Width | None) -> Iterator[Cell]:
        """The cell, unless it is a table of line items or wrong."""
        if isinstance(node, Mapping) and "children" in node:
            self._block(node)
            return
        name = node.get("field") if isinstance(node, Mapping) else node
        shown = shown_field(name, self.entity, self.where, self.compilation)
        if shown is not None and isinstance(name, Scalar) and self._first(name):
            yield self._sized(shown, node, width)

    def _sized(self, shown: Field, node: Node, width: Width | None) -> Cell:
        given = text_of(node.get("width")) if isinstance(node, Mapping) else None
        label = node.get("label") if isinstance(node, Mapping) else None
        named = replace(shown, label=self.compilation.text(label, shown.label)) if label else shown
        if given in ("half", "full"):
            return Cell(named, "half" if given == "half" else "full")
        return Cell(named, width or default_cell(shown).width)

    def _block(self, node: Mapping) -> None:
        name = node.get("children")
        children = self.compilation.field(name, self.entity, self.where) if isinstance(name, Scalar) else None
        if children is None or not isinstance(name, Scalar):
            return
        if not is_lines(children):
            self.compilation.fault("E425", name)
        elif self._first(name):
            self.lines.extend(self._lines(children, node))

    def _lines(self, children: Field, node: Mapping) -> Iterator[LinesBlock]:
        default = default_lines(children, self.compilation.entities)
        if default is None:
            return
        line = self.compilation.entities[children.target or ""]
        wishes = read_columns(node.get("columns"), line, f"{self.where}.{children.name}", self.compilation)
        yield LinesBlock(children, make_columns(line, wishes)) if wishes else default

    def _first(self, name: Scalar) -> bool:
        """Whether the field is new in this form."""
        if name.text in self.seen:
            self.compilation.fault("E429", name)
            return False
        self.seen.add(name.text)
        return True


def _items(node: Node | None) -> tuple[Node, ...]:
    return node.items if isinstance(node, Sequence) else ()
