"""The sections of a record's page: fields as they are read, line items, related lists, standing texts."""

from __future__ import annotations

from collections.abc import Iterator

from engine.forms.contexts import Section, SectionBlock
from engine.forms.model import Block, HelpBlock, LinesBlock, RecordScreen, RelatedBlock, Section as SectionScreen
from engine.records.model import Record
from engine.templating import Html
from engine.web.desk import Desk
from engine.web.line_tables import line_table
from engine.web.props import PropMaker
from engine.web.record_tabs import RELATED, open_tab
from engine.web.related import RelatedLists
from engine.web.rules import breaks

OPEN_SECTIONS = 3


def shown_sections(
    desk: Desk,
    record: Record,
    screen: RecordScreen,
    needed_next: frozenset[str],
    *,
    editable: bool,
    everything: bool = False,
) -> tuple[Section, ...]:
    """The sections of the open tab, or of all with `everything`, that have something to show, then the related lists
    without a section; `needed_next` are fields the next stage asks for. One statement for each list, and one that
    counts."""
    chosen = _chosen(desk, screen, everything)
    linkable = not everything and record.row.get("deleted_at") is None
    written = [section for section in chosen if not breaks(desk, record.entity, record.row, section.visible)]
    lists = RelatedLists.read(
        desk, record, [block for section in written for block in section.blocks], editable=linkable
    )
    props = PropMaker.of(desk, record, needed_next, editable=editable)
    return tuple(_sections(desk, record, written, lists, props))


def _chosen(desk: Desk, screen: RecordScreen, everything: bool) -> list[SectionScreen]:
    loose = [SectionScreen(f"related_{n}", block.label, (block,)) for n, block in enumerate(screen.related)]
    if everything or not screen.form.tabs:
        return [*screen.form.sections, *loose]
    current = open_tab(desk, screen)
    return loose if current == RELATED else [s for tab in screen.form.tabs if tab.id == current for s in tab.sections]


def _sections(
    desk: Desk, record: Record, written: list[SectionScreen], lists: RelatedLists, props: PropMaker
) -> Iterator[Section]:
    for number, section in enumerate(written):
        fields = props.make(cell.field for cell in section.cells)
        found = (_block(desk, record, block, lists) for block in section.blocks)
        blocks = tuple(block for block in found if block is not None)
        title = desk.text(section.label) if section.cells or len(section.blocks) > 1 else ""
        if fields or blocks:
            opened = not section.collapsed and number < OPEN_SECTIONS
            yield Section(section.id, title, fields, blocks, open=opened)


def _block(desk: Desk, record: Record, block: Block, lists: RelatedLists) -> SectionBlock | None:
    if isinstance(block, LinesBlock):
        return SectionBlock(lines=line_table(desk, record, block))
    if isinstance(block, HelpBlock):
        return SectionBlock(help=Html(desk.text(block.html)))
    if isinstance(block, RelatedBlock) and lists.may_show(block):
        return SectionBlock(related=lists.list_of(block))
    return None
