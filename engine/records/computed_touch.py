"""What the writes of a transaction have touched of what computed values are made of."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Set
from copy import deepcopy
from typing import Any

from engine.schema.computed_order import CAME, Place, Plan

Ends = dict[int, set[int]]
"""Record -> the records that its link names, or named before the write."""


class Touched:
    """Kept from write to write until the values are worked out anew."""

    def __init__(self) -> None:
        self.rows: dict[Place, set[int]] = {}
        """The records of which a field was written, by (entity, field)."""
        self.unjudged: dict[Place, set[int]] = {}
        """Those among them whose own formulas were not worked out with the write."""
        self.ends: dict[Place, Ends] = {}
        """By the link."""
        self.whole: dict[str, set[int]] = {}
        """Records, by entity, every value of which is worked out anew."""
        self.moved: dict[str, dict[int, set[str]]] = {}
        """The written fields of each record, by entity, until the end of the write."""
        self.before: dict[str, dict[int, Mapping[str, Any] | None]] = {}
        """What is known of each of those records as it was before the write; None for a new one."""
        self.held: set[tuple[str, int]] = set()
        """Records behind links, (entity, id), that are locked until the end of the transaction."""

    def clear(self) -> None:
        self.rows, self.unjudged, self.ends, self.whole = {}, {}, {}, {}

    def copy(self) -> Touched:
        """What is kept so far, untouched by what follows."""
        return deepcopy(self)

    def put_back(self, kept: Touched) -> None:
        self.__dict__.update(kept.__dict__)

    def was(self, entity: str, record_id: int, before: Mapping[str, Any] | None) -> None:
        """A record as it is before something is written of it: what is told first counts."""
        known = self.before.setdefault(entity, {})
        told = known.get(record_id, {})
        known[record_id] = None if told is None or before is None else {**before, **told}

    def written(
        self,
        plan: Plan,
        entity: str,
        record_id: int,
        names: Iterable[str],
        states: Iterable[Mapping[str, Any]],
        judged: bool = False,
    ) -> None:
        """A record of which fields were written; `states` are its row before and after, as far as there is one."""
        read: Set[str] = plan.read.get(entity, frozenset())
        moved = self.moved.setdefault(entity, {}).setdefault(record_id, set())
        moved.update(names := list(names))
        changed = [(entity, name) for name in names if name in read]
        for place in changed:
            self.rows.setdefault(place, set()).add(record_id)
            if not judged:
                self.unjudged.setdefault(place, set()).add(record_id)
        for link in plan.ends.get(entity, ()) if changed else ():
            ends = self.ends.setdefault((entity, link.name), {}).setdefault(record_id, set())
            ends |= {named for row in states for _, named in link.references(row.get(link.name))}

    def came(self, plan: Plan, entity: str, row: Mapping[str, Any], restored: bool = False) -> None:
        """A record that came out of the bin or went into it."""
        self.was(entity, int(row["id"]), row)
        self.written(plan, entity, int(row["id"]), [CAME], [row])
        if restored:
            self.whole.setdefault(entity, set()).add(int(row["id"]))
