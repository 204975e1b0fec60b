"""What an address says on top of a view: the parameters a saved view keeps."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

Pairs = tuple[tuple[str, str], ...]
LISTED = "cols"
"""Its values may be repeated or joined by commas; kept joined."""


def view_query(parameters: Iterable[tuple[str, str]], names: Sequence[str]) -> Pairs:
    """The parameters named, in the order of `names`, each filter once; blank ones are left out."""
    given = [(name, value.strip()) for name, value in parameters if name in names and value.strip()]
    columns = ",".join(value for name, value in given if name == LISTED)
    pairs = dict.fromkeys((name, columns if name == LISTED else value) for name, value in given)
    return tuple(sorted(pairs, key=lambda pair: names.index(pair[0])))


def same_query(one: Pairs, other: Pairs) -> bool:
    """Whether both ask for the same; the order of filters does not matter."""
    return sorted(one) == sorted(other)
