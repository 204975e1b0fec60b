"""Forms: tabs of sections of cells; a cell is a field or a block."""

from __future__ import annotations

from collections.abc import Iterator, Mapping as MappingType
from dataclasses import dataclass, field, replace
from typing import Literal

from engine.expressions.types import BOOLEAN
from engine.forms.columns import is_lines, make_columns, read_columns, shown_field
from engine.forms.compilation import ScreenCompilation
from engine.forms.defaults import default_cell, default_form, default_lines
from engine.forms.model import Block, Cell, FormScreen, HelpBlock, LinesBlock, Section, Tab
from engine.forms.related_compiler import read_related
from engine.language.names import check_name
from engine.language.nodes import Mapping, Node, Scalar, Sequence
from engine.locale.text import Text
from engine.schema.compilation import humanise, is_true, pairs, text_of
from engine.schema.expression_nodes import parse_node
from engine.schema.field_types.rich_text import RichText
from engine.schema.model import Entity, Field

Forms = MappingType[str, MappingType[str, FormScreen]]
Width = Literal["half", "full"]
BLOCKS = ("children", "related", "html")


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
    """Reads one form, and remembers which fields it has shown and which names it has used."""

    entity: Entity
    where: str
    compilation: ScreenCompilation
    seen: set[str] = field(default_factory=set)
    ids: set[str] = field(default_factory=set)

    def form(self, key: Scalar, node: Mapping) -> FormScreen:
        self.compilation.text(node.get("label"), Text(()))
        if ("tabs" in node) == ("sections" in node):
            self.compilation.fault("E433", key)
        tabs = tuple(self._tabs(node.get("tabs")))
        sections = tuple(section for tab in tabs for section in tab.sections)
        if not tabs:
            sections = tuple(self._sections(node.get("sections")))
        if key.text == "main" and (_items(node.get("sections")) or tabs):
            self._report_missing(key)
        return FormScreen(self.entity.name, key.text, sections, tabs)

    def _report_missing(self, key: Scalar) -> None:
        """Fields without which no record can be made."""
        back = self.entity.line_of[1] if self.entity.line_of else None
        for declared in self.entity.declared:
            wanted = declared.always_required and declared.default is None and declared.name != back
            if wanted and not is_lines(declared) and declared.name not in self.seen:
                self.compilation.fault_in("W610", key, declared.name)

    def _tabs(self, node: Node | None) -> Iterator[Tab]:
        for number, item in enumerate(_items(node), start=1):
            if isinstance(item, Mapping):
                name = self._id(item, f"tab_{number}")
                label = self.compilation.text(item.get("label"), Text.of(humanise(name)))
                yield Tab(name, label, tuple(self._sections(item.get("sections"))))

    def _sections(self, node: Node | None) -> Iterator[Section]:
        nodes = [item for item in _items(node) if isinstance(item, Mapping)]
        for number, item in enumerate(nodes, start=1):
            section = self._section(number, item)
            if section.items:
                yield section

    def _section(self, number: int, node: Mapping) -> Section:
        if any(word in node for word in BLOCKS):
            return Section(f"block_{len(self.ids)}_{number}", Text(()), tuple(self._block(node)))
        name = self._id(node, f"section_{len(self.ids) + 1}")
        label = self.compilation.text(node.get("label"), Text.of(humanise(name)))
        scope, problems = self.compilation.scope_of(self.entity), self.compilation.problems
        return Section(
            id=name,
            label=label,
            items=tuple(self._cells(node)),
            collapsed=is_true(node.get("collapsed")),
            visible=parse_node(node.get("visible"), scope, BOOLEAN, problems),
        )

    def _id(self, node: Mapping, default: str) -> str:
        """The name of a tab or section; no two of a form share one."""
        written = node.get("id")
        name = text_of(written) or default
        if name in self.ids and isinstance(written, Scalar):
            self.compilation.fault("E434", written)
        self.ids.add(name)
        return name

    def _cells(self, node: Mapping) -> Iterator[Cell | Block]:
        """The cells in order; in one column, or alone in its row, a cell is as wide as the form."""
        columns = node.get("columns")
        single = isinstance(columns, Scalar) and columns.value == 1
        for item in _items(node.get("fields")):
            yield from self._cell(item, "full" if single else None)
        for row in _items(node.get("rows")):
            cells = _items(row)
            for item in cells:
                yield from self._cell(item, "full" if len(cells) == 1 else "half")

    def _cell(self, node: Node, width: Width | None) -> Iterator[Cell | Block]:
        """The cell or block, unless it is wrong."""
        if isinstance(node, Mapping) and any(word in node for word in BLOCKS):
            yield from self._block(node)
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

    def _block(self, node: Mapping) -> Iterator[Block]:
        if "related" in node:
            found = read_related(node.get("related"), node, self.entity, self.where, self.compilation)
            yield from (found,) if found else ()
        elif "html" in node:
            written = self.compilation.text(node.get("html"), Text(()))
            yield HelpBlock(Text(tuple((code, str(RichText().html(text))) for code, text in written.by_language)))
        else:
            yield from self._children(node)

    def _children(self, node: Mapping) -> Iterator[LinesBlock]:
        name = node.get("children")
        children = self.compilation.field(name, self.entity, self.where) if isinstance(name, Scalar) else None
        if children is None or not isinstance(name, Scalar):
            return
        if not is_lines(children):
            self.compilation.fault("E425", name)
        elif self._first(name):
            yield from self._lines(children, node)

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
