"""The words that records already have in a field of free words: what is offered while somebody types."""

from __future__ import annotations

from collections import Counter

from engine.access.actor import Actor
from engine.records.query import Condition, PageRequest
from engine.records.store import Store
from engine.schema.model import Field, ListQuery, Sort
from engine.schema.sorting import fold, sort_key

LOOKED_AT = 200
"""The newest records with such a word: the rarest of old ones are not offered."""


def used_words(store: Store, actor: Actor, field: Field, typed: str, limit: int) -> tuple[str, ...]:
    """Words of records the actor may read that contain `typed`: the same word first, then those that begin so, then
    by how often they are used. One statement."""
    asked = Condition(field.name, "contains", (typed,)) if typed else Condition(field.name, "not_empty")
    request = PageRequest(conditions=(asked,), limit=LOOKED_AT)
    page = store.list(actor, ListQuery(field.entity, (field.name,), sort=(Sort("id", descending=True),)), request)
    part, written, count = fold(typed), dict[str, str](), Counter[str]()
    for word in (word for row in page.rows for word in row[field.name]):
        folded = fold(word)
        if part in folded:
            written.setdefault(folded, word)
            count[folded] += 1
    ordered = sorted(count, key=lambda word: (word != part, not word.startswith(part), -count[word], sort_key(word)))
    return tuple(written[word] for word in ordered[:limit])
