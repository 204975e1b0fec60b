"""A form as a page or a dialog: its sections, errors and conflicts."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from urllib.parse import urlencode

from starlette.responses import Response

from engine.forms import contexts
from engine.forms.contexts import FormError, FormSection, FormTab, Link
from engine.forms.contexts.duplicates import Near
from engine.forms.controls import ControlMaker, Filled, LineFilled, new_line
from engine.forms.model import Cell, FormScreen, HelpBlock, LinesBlock, Section, Tab
from engine.forms.values import text_of
from engine.locale.text import Text
from engine.records.model import Record, Row
from engine.schema.matching import matched_fields
from engine.schema.model import Entity
from engine.templating import Html
from engine.web.desk import Desk
from engine.web.filling import Filling, copy_source, form_fields, form_screen
from engine.web.form_lines import copied_lines, line_rows, lost_lines, stored_lines
from engine.web.list_place import carried
from engine.web.live_form import has_rules, section_id
from engine.web.rules import breaks, hidden_fields, locked_fields, required_fields
from engine.web.titles import titles_of


def show_form(
    desk: Desk, entity: Entity, record: Record | None, filling: Filling, status: int = 200, near: Near | None = None
) -> Response:
    head = desk.head(entity)
    title = (
        desk.say("form.edit_title", title=record.title)
        if record
        else desk.say("form.new_title", entity=desk.inner(head.label))
    )
    here = f"{head.url}/{record.id}" if record else head.url
    place = carried(desk.request.query) if record else ""
    last = Link(record.title, here + place) if record else Link(title, "", current=True)
    dialog = bool(desk.request.query.get("dialog") or desk.request.form.get("dialog"))
    controls = _Controls(desk, entity, filling, replace(desk.controls, mark="d-") if dialog else desk.controls)
    context = contexts.FormScreen(
        page=desk.page(title),
        entity=head,
        crumbs=(Link(head.plural, head.url, head.icon), last),
        title=title,
        action=f"{here}/edit{place}" if record else _new_url(desk, entity),
        sections=controls.sections(form_screen(desk, entity), dialog),
        tabs=() if dialog else controls.tabs(form_screen(desk, entity)),
        submit=desk.say("form.save") if record else desk.say("form.create", entity=desk.inner(head.label)),
        cancel_url=here + place,
        version=_version(record, filling),
        errors=controls.summary(),
        conflicts=_conflicts(desk, entity, record, filling),
        for_field=desk.request.query.get("for", desk.request.form.get("for", "")),
        near_url="" if record or not entity.matching else _new_url(desk, entity).replace("/new", "/near", 1),
        near_fields=matched_fields(entity.matching),
        near=near,
        judged=has_rules(desk, entity),
    )
    return desk.render("parts/form_dialog.html" if dialog else "screens/form.html", context, status)


def _new_url(desk: Desk, entity: Entity) -> str:
    """Where a new record is posted: what the address gives it goes along."""
    kept = [(name, value) for name, value in desk.request.query.multi_items() if name in entity.fields]
    return f"/e/{entity.name}/new" + (f"?{urlencode(kept)}" if kept else "")


def _version(record: Record | None, filling: Filling) -> str:
    """The version the person read; after a conflict the newest one, because both values are shown now."""
    if filling.conflict:
        return str(filling.conflict.details.version)
    return str(record.version) if record else ""


@dataclass(frozen=True)
class _Controls:
    desk: Desk
    entity: Entity
    filling: Filling
    maker: ControlMaker

    def sections(self, screen: FormScreen, dialog: bool) -> tuple[FormSection, ...]:
        """A dialog has neither tabs nor line items."""
        if dialog or not screen.tabs:
            return tuple(self._sections(screen.sections, "", dialog))
        return tuple(section for tab in screen.tabs for section in self._sections(tab.sections, tab.id, dialog))

    def tabs(self, screen: FormScreen) -> tuple[FormTab, ...]:
        """The tabs that have fields, when there are several, with the errors on them; the first with one is open."""
        filled = [(tab, _fields_of(tab)) for tab in screen.tabs if _fields_of(tab)]
        counts = [sum(name.split(".")[0] in names for name in self.filling.errors) for _, names in filled]
        first = next((number for number, count in enumerate(counts) if count), 0)
        tabs = (
            FormTab(tab.id, self.desk.text(tab.label), counts[number], current=number == first)
            for number, (tab, _) in enumerate(filled)
        )
        return tuple(tabs) if len(filled) > 1 else ()

    def _sections(self, written: Iterable[Section], tab: str, dialog: bool) -> Iterator[FormSection]:
        values = {**self.filling.row, **self.filling.bound.values}
        hidden = hidden_fields(self.desk, self.entity, values)
        for section in written:
            out = breaks(self.desk, self.entity, values, section.visible) and not self._wrong(section)
            controls = [*self._controls(section, hidden, dialog)]
            title = self.desk.text(section.label) if any(control.lines is None for control in controls) else ""
            helps = tuple(Html(self.desk.text(b.html)) for b in section.blocks if isinstance(b, HelpBlock))
            if controls or helps:
                yield FormSection(title, tuple(controls), helps, tab, section_id(section), hidden=out)

    def _controls(self, section: Section, hidden: frozenset[str], dialog: bool) -> Iterator[contexts.Control]:
        """A field that is hidden now is there for the script to show; its error shows it anyway. The number of a
        record is not there before it, and line items not while they cannot be changed."""
        locked = locked_fields(self.desk, self.entity, self.filling.row) if "id" in self.filling.row else frozenset()
        needed = required_fields(self.desk, self.entity, {**self.filling.row, **self.filling.bound.values})
        filled = Filled(self.filling.row, self.filling.bound.typed, self.filling.errors, self._titles)
        for item in section.items:
            if isinstance(item, LinesBlock) and not dialog and item.field.name not in locked:
                yield self._lines(item)
            elif isinstance(item, Cell) and not (item.field.numbered and "id" not in self.filling.row):
                name, wide = item.field.name, item.width == "full"
                control = self.maker.control(
                    item.field, filled, required=name in needed, readonly=name in locked, wide=wide
                )
                yield replace(control, hidden=name in hidden and name not in self.filling.errors)

    def _wrong(self, section: Section) -> bool:
        return any(cell.field.name in self.filling.errors for cell in section.cells)

    def summary(self) -> tuple[FormError, ...]:
        """In the order of the form; what stands against the whole record comes first."""
        order = form_screen(self.desk, self.entity).order
        ordered = sorted(self.filling.errors.items(), key=lambda error: _place(error[0], order))
        return tuple(self._error(name, text) for name, text in ordered)

    def _lines(self, block: LinesBlock) -> contexts.Control:
        submitted = self.filling.lines.get(block.field.name)
        rows: Sequence[Row] = ()
        if "id" in self.filling.row:
            rows = stored_lines(self.desk, block, int(self.filling.row["id"]))
        shown = line_rows(self.desk, block, rows, submitted, self.filling.errors)
        shown += lost_lines(rows, submitted)
        if submitted is None and "id" not in self.filling.row and (source := copy_source(self.desk)):
            shown += copied_lines(self.desk, block, source)
        if self.desk.request.form.get("_add") == block.field.name:
            shown.append(LineFilled("", new_line(block)))
        return self.maker.lines(block, shown)

    @cached_property
    def _titles(self) -> Mapping[tuple[str, int], str]:
        """Titles of the records that submitted or given links name."""
        shown = {**self.filling.row, **self.filling.bound.values}
        fields = form_fields(self.desk, self.entity)
        return titles_of(self.desk, [found for field in fields for found in field.references(shown.get(field.name))])

    def _error(self, name: str, text: Text) -> FormError:
        first, *rest = name.split(".")
        field = self.entity.fields.get(first)
        if len(rest) == 1:
            name = f"{name}.{self._first_column(first)}"
        elif field is not None and rest and field.target:
            field = self.desk.workspace.blueprint.entities[field.target].fields.get(rest[-1], field)
        label = self.desk.text(field.label) if field else ""
        return FormError(self.maker.mark + name.replace(".", "-") if field else "", label, self.desk.text(text))

    def _first_column(self, lines: str) -> str:
        """Where the error of a line item as a whole stands."""
        blocks = form_screen(self.desk, self.entity).lines
        return next((block.columns[0].field.name for block in blocks if block.field.name == lines), "")


def _place(name: str, order: Sequence[str]) -> tuple[int, int, int]:
    """Where the control of an error stands: its place in the form, the row of line items, the column."""
    first, _, rest = name.partition(".")
    row, _, inner = rest.partition(".")
    places = [order.index(each) if each in order else -1 for each in (first, f"{first}.{inner}")]
    return places[0], int(row) if row.isdecimal() else -1, places[1]


def _fields_of(tab: Tab) -> frozenset[str]:
    """The names of the fields and line items on a tab."""
    cells = [cell.field.name for section in tab.sections for cell in section.cells]
    lines = [b.field.name for section in tab.sections for b in section.blocks if isinstance(b, LinesBlock)]
    return frozenset((*cells, *lines))


def _conflicts(desk: Desk, entity: Entity, record: Record | None, filling: Filling) -> tuple[contexts.Conflict, ...]:
    if filling.conflict is None or record is None:
        return ()
    clashes = filling.conflict.details.clashes
    pairs = [(entity.fields[clash.field], value) for clash in clashes for value in (clash.wanted, clash.stored)]
    titles = titles_of(desk, [reference for field, value in pairs for reference in field.references(value)])
    by, at = str(record.row.get("updated_by__title") or ""), record.row.get("updated_at")
    return tuple(
        contexts.Conflict(
            name=clash.field,
            label=desk.text(entity.fields[clash.field].label),
            mine=text_of(entity.fields[clash.field], clash.wanted, desk.formats, titles),
            theirs=text_of(entity.fields[clash.field], clash.stored, desk.formats, titles),
            by=by,
            when=desk.formats.ago(at, desk.store.moment(desk.actor).now) if at else "",
        )
        for clash in filling.conflict.details.clashes
    )
