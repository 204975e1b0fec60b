"""The related lists of a record: the first records of each, how many there are, and what one may do with them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from engine.forms.contexts import Related
from engine.forms.list_rows import rows_of
from engine.forms.model import Block, RelatedBlock
from engine.records.model import Record
from engine.records.page import Page
from engine.records.query import Condition, PageRequest
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
    counts: Mapping[tuple[str, str], int]

    @classmethod
    def read(cls, desk: Desk, record: Record, blocks: Iterable[Block]) -> RelatedLists:
        related = [block for block in blocks if isinstance(block, RelatedBlock) and _open(desk, block)]
        pages = [desk.store.list(desk.actor, block.query, _belonging(desk, block, record, SHOWN)) for block in related]
        keys = [_key(block) for block in related]
        counts = _counts(desk, record, related, pages)
        return cls(desk, record, dict(zip(keys, pages, strict=True)), dict(zip(keys, counts, strict=True)))

    def may_show(self, block: RelatedBlock) -> bool:
        return _key(block) in self.pages

    def list_of(self, block: RelatedBlock) -> Related:
        return _related(self.desk, self.record, block, self.pages[_key(block)], self.counts[_key(block)])


def _key(block: RelatedBlock) -> tuple[str, str]:
    return block.entity, block.by


def _open(desk: Desk, block: RelatedBlock) -> bool:
    return desk.workspace.policy.may_open(desk.actor, block.entity)


def _belonging(desk: Desk, block: RelatedBlock, record: Record, limit: int) -> PageRequest:
    field = desk.workspace.blueprint.entities[block.entity].fields[block.by]
    return PageRequest(conditions=(Condition(block.by, "any_of", (_value(field, record),)),), limit=limit)


def _value(field: Field, record: Record) -> Any:
    """What the field of a record that links here holds, or holds among others."""
    return field.type.naming([(record.entity.name, record.id)]) if field.targets else record.id


def _counts(desk: Desk, record: Record, blocks: Sequence[RelatedBlock], pages: Sequence[Page]) -> list[int]:
    """How many records each list has, up to `COUNT_LIMIT`."""
    longer = [block for block, page in zip(blocks, pages, strict=True) if page.after]
    asked = [_belonging(desk, block, record, COUNT_LIMIT) for block in longer]
    counted = iter(desk.store.counts(desk.actor, [block.query for block in longer], COUNT_LIMIT, asked))
    return [next(counted) if page.after else len(page.rows) for page in pages]


def _related(desk: Desk, record: Record, block: RelatedBlock, page: Page, count: int) -> Related:
    other = desk.workspace.blueprint.entities[block.entity]
    head = desk.head(other)
    rows = rows_of(other, block.columns, desk.formats, writable=False)
    field = other.fields[block.by]
    typed = field.type.edit_text(_value(field, record), field, desk.formats)
    condition = urlencode({"f": f"{block.by}:any_of:{typed}"})
    return Related(
        name=f"{block.entity}-{block.by}",
        label=desk.text(block.label),
        icon=other.icon,
        count=f"{COUNT_LIMIT - 1}+" if count >= COUNT_LIMIT else str(count),
        heads=tuple(column_head(desk, column, sortable=False) for column in block.columns),
        rows=rows.render(page.rows),
        add_url=f"{head.new_url}?{urlencode({block.by: typed})}" if head.new_url else "",
        all_url=f"{head.url}?{condition}" if page.rows else "",
    )
