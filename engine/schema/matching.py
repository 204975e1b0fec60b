"""When two records of an entity may be the same: the frozen rules, and how like two rows are under them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from hashlib import blake2b
from itertools import islice, product
from typing import TYPE_CHECKING, Any

from engine.locale.text import Text
from engine.schema.typed_text import INVISIBLE

if TYPE_CHECKING:
    from engine.schema.match_kind import MatchKind

Row = Mapping[str, Any]
MOST_KEYS = 16
"""Keys of a record under one rule."""
LONGEST_KEY = 80
CERTAIN = 1000
"""What a certain match ranks above all likely ones."""


@dataclass(frozen=True, slots=True)
class MatchPart:
    """One comparison: any of the fields of one record with any of the other's."""

    fields: tuple[str, ...]
    kind: MatchKind
    at_least: int
    ignore_tag: bool = False

    def keys(self, row: Row) -> tuple[str, ...]:
        found = (self.kind.keys(value, self.ignore_tag) for value in self._values(row))
        return tuple(dict.fromkeys(key for keys in found for key in keys))

    def likeness(self, one: Row, other: Row) -> int:
        """The most of any two values; 0 when that is less than the rule asks for."""
        pairs = product(self._values(one), self._values(other))
        best = max((self.kind.likeness(a, b, self.ignore_tag) for a, b in pairs), default=0)
        return best if best >= self.at_least else 0

    def _values(self, row: Row) -> list[Any]:
        return [value for name in self.fields if (value := row.get(name)) is not None]


@dataclass(frozen=True, slots=True)
class MatchRule:
    """All its parts must match."""

    name: str
    label: Text | None
    parts: tuple[MatchPart, ...]
    certain: bool
    block: bool

    @property
    def fields(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys(name for part in self.parts for name in part.fields))

    def keys(self, row: Row) -> tuple[str, ...]:
        """What a record shares with every one it may match, as short texts; none when a part has no value."""
        parts = [part.keys(row) for part in self.parts]
        return tuple(_short("|".join(keys)) for keys in islice(product(*parts), MOST_KEYS))

    def likeness(self, one: Row, other: Row) -> int:
        """From 0, no match, to 100: the mean of its parts."""
        found = [part.likeness(one, other) for part in self.parts]
        return round(sum(found) / len(found)) if all(found) else 0


@dataclass(frozen=True, slots=True)
class Match:
    """Why two records may be the same."""

    rule: MatchRule
    likeness: int

    @property
    def rank(self) -> int:
        return self.likeness + (CERTAIN if self.rule.certain else 0)


def best_match(rules: Sequence[MatchRule], one: Row, other: Row) -> Match | None:
    """The strongest rule under which two rows match."""
    found = (Match(rule, rule.likeness(one, other)) for rule in rules)
    return max((match for match in found if match.likeness), key=lambda match: match.rank, default=None)


def matched_fields(rules: Sequence[MatchRule]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(name for rule in rules for name in rule.fields))


def made_of(rules: Sequence[MatchRule]) -> str:
    """A text that changes when keys are made in another way."""
    parts = (f"{rule.name}:{part.fields}:{part.kind.name}:{part.ignore_tag}" for rule in rules for part in rule.parts)
    return ";".join(parts)


def _short(key: str) -> str:
    plain = INVISIBLE.sub("", key)
    return plain if len(plain) <= LONGEST_KEY else "#" + blake2b(plain.encode(), digest_size=16).hexdigest()
