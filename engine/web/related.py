"""The related lists of a record: the first records of each, how many there are, and what one may do with them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any
from urllib.parse import urlencode

from engine.forms.columns import is_writable
from engine.forms.contexts import Related
from engine.forms.list_rows import rows_of
from engine.forms.model import Block, RelatedBlock
from engine.records.model import Record
from engine.records.page import Page
from engine.records.query import Condition, PageRequest
from engine.records.totals import Aggregate
from engine.schema.model import Field
from engine.web.columns import column_head
from engine.web.desk import Desk

SHOWN = 8
"""Records a related list shows; the rest is a link to the whole list."""
COUNT_LIMIT = 1000
"""A list counts no further: an exact count of a large table costs more than the page."""


@dataclass(frozen=True, slots=True)
class RelatedLists:
    """The related lists of one page, read together: one statement each, and one that counts those with more."""

    desk: Desk
    record: Record
    pages: Mapping[tuple[str, str], Page]
    totals: Mapping[tuple[str, str], Aggregate]
    editable: bool

    @classmethod
    def read(cls, desk: Desk, record: Record, blocks: Iterable[Block], *, editable: bool) -> RelatedLists:
        """Without `editable` nothing can be linked or unlinked."""
        related = [block for block in blocks if isinstance(block, RelatedBlock) and is_open(desk, block)]
        pages = [desk.store.list(desk.actor, block.query, _belonging(desk, block, record, SHOWN)) for block in related]
        keys = [_key(block) for block in related]
        totals = _totals(desk, record, related, pages)
        return cls(desk, record, dict(zip(keys, pages, strict=True)), dict(zip(keys, totals, strict=True)), editable)

    def may_show(self, block: RelatedBlock) -> bool:
        return _key(block) in self.pages

    def list_of(self, block: RelatedBlock, error: str = "") -> Related:
        key = _key(block)
        shown = _related(self.desk, self.record, block, self.pages[key], self.totals[key])
        if self.editable:
            shown = _with_links(self.desk, self.record, block, shown, self.pages[key])
        return replace(shown, error=error)


def _key(block: RelatedBlock) -> tuple[str, str]:
    return block.entity, block.by


def is_open(desk: Desk, block: RelatedBlock) -> bool:
    return desk.workspace.policy.may_open(desk.actor, block.entity)


def _belonging(desk: Desk, block: RelatedBlock, record: Record, limit: int) -> PageRequest:
    field = desk.workspace.blueprint.entities[block.entity].fields[block.by]
    return PageRequest(conditions=(Condition(block.by, "any_of", (linking_value(field, record),)),), limit=limit)


def linking_value(field: Field, record: Record) -> Any:
    """What the field of a record that links here holds, or holds among others."""
    return field.type.naming([(record.entity.name, record.id)]) if field.targets else record.id


def _totals(desk: Desk, record: Record, blocks: Sequence[RelatedBlock], pages: Sequence[Page]) -> list[Aggregate]:
    """How many records each list has, up to `COUNT_LIMIT`, and the sums of those that do not have more: of records on
    the page without a statement."""
    longer = [block for block, page in zip(blocks, pages, strict=True) if page.after]
    asked = [_belonging(desk, block, record, COUNT_LIMIT) for block in longer]
    counted = iter(desk.store.counts(desk.actor, [block.query for block in longer], COUNT_LIMIT, asked))
    counts = [next(counted) if page.after else len(page.rows) for page in pages]
    return [_sums(desk, record, *each) for each in zip(blocks, pages, counts, strict=True)]


def _sums(desk: Desk, record: Record, block: RelatedBlock, page: Page, count: int) -> Aggregate:
    summed = [column.field.name for column in block.columns if column.total]
    if not summed or not page.rows or count >= COUNT_LIMIT:
        return Aggregate(count, {})
    if page.after:
        return desk.store.aggregate(desk.actor, block.query, _belonging(desk, block, record, COUNT_LIMIT), summed)
    return Aggregate(count, {name: sum(row[name] or 0 for row in page.rows) for name in summed})


def _related(desk: Desk, record: Record, block: RelatedBlock, page: Page, totals: Aggregate) -> Related:
    other = desk.workspace.blueprint.entities[block.entity]
    head = desk.head(other)
    rows = rows_of(other, block.columns, desk.formats, writable=False)
    typed = typed_value(desk, block, record)
    condition = urlencode({"f": f"{block.by}:any_of:{typed}"})
    return Related(
        name=f"{block.entity}-{block.by}",
        label=desk.text(block.label),
        icon=other.icon,
        count=f"{COUNT_LIMIT - 1}+" if totals.count >= COUNT_LIMIT else str(totals.count),
        heads=tuple(column_head(desk, column, totals=totals, sortable=False) for column in block.columns),
        rows=rows.render(page.rows),
        add_url=f"{head.new_url}?{urlencode({block.by: typed})}" if head.new_url else "",
        all_url=f"{head.url}?{condition}" if page.rows else "",
    )


def typed_value(desk: Desk, block: RelatedBlock, record: Record) -> str:
    """The record as the field of the others names it in an address."""
    field = desk.workspace.blueprint.entities[block.entity].fields[block.by]
    return field.type.edit_text(linking_value(field, record), field, desk.formats)


def related_url(record: Record, block: RelatedBlock) -> str:
    return f"/e/{record.entity.name}/{record.id}/related/{block.entity}/{block.by}"


def may_link(desk: Desk, block: RelatedBlock) -> bool:
    """Whether the actor may change the linking field of any record at all; each write is judged by itself."""
    field = desk.workspace.blueprint.entities[block.entity].fields[block.by]
    return is_writable(field) and not desk.workspace.policy.grant(desk.actor, "update", block.entity).nothing


def _with_links(desk: Desk, record: Record, block: RelatedBlock, shown: Related, page: Page) -> Related:
    """The list with what links another record, and what unlinks each where the field may be empty."""
    if not may_link(desk, block):
        return shown
    other, here = desk.workspace.blueprint.entities[block.entity], related_url(record, block)
    if other.fields[block.by].always_required:
        return replace(shown, link_url=here)
    rows = rows_of(other, block.columns, desk.formats, writable=False, unlinkable=True)
    drawn = rows.render(page.rows, csrf=desk.request.csrf_token, unlink=f"{here}/")
    return replace(shown, link_url=here, rows=drawn, removable=True)
