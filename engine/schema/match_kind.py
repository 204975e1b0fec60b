"""The contract of a comparison between two records: what one module of `match_kinds/` says about itself."""

from __future__ import annotations

from typing import Any, ClassVar

from engine.locale.text import Text

WHOLE = 100


class MatchKind:
    """An instance is stateless. By default two values are alike when they share a key, and not at all otherwise."""

    name: ClassVar[str]
    help: ClassVar[Text]
    types: ClassVar[tuple[str, ...]]
    """The field types whose values it compares; the first one compares so when nothing else is said."""
    at_least: ClassVar[int] = WHOLE
    """From which likeness on two values match, unless a rule says otherwise."""
    fuzzy: ClassVar[bool] = False
    """Values that share a key need not match: their likeness decides."""

    def keys(self, value: Any, ignore_tag: bool = False) -> tuple[str, ...]:
        """What matching values have in common, and few others; none for a value that says nothing. `value` is as its
        field holds it, never None."""
        raise NotImplementedError

    def likeness(self, one: Any, other: Any, ignore_tag: bool = False) -> int:
        """From 0 to 100, the same either way round."""
        return WHOLE if set(self.keys(one, ignore_tag)) & set(self.keys(other, ignore_tag)) else 0
