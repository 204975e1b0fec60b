"""Functions and parameters of a blueprint that nothing in it mentions."""

from __future__ import annotations

import re
from collections.abc import Iterator, Set

from engine.language.source import Mapping, Node, Scalar, Sequence
from engine.schema.compilation import Compilation, pairs

_CALL = re.compile(r"\b([a-z][a-z0-9_]*)\s*\(")
_PARAMETER = re.compile(r"\bparam\.([a-z][a-z0-9_]*)")


def report_unused(root: Mapping, mentioned: Set[str], compilation: Compilation) -> None:
    """A warning for each; those at fault are told so elsewhere. `mentioned` parameters are not in the tree any more."""
    texts = [scalar.text for scalar in _scalars(root) if "(" in scalar.text or "param." in scalar.text]
    called = {name for text in texts for name in _CALL.findall(text)}
    read = mentioned | {name for text in texts for name in _PARAMETER.findall(text)}
    for section, code, used in (("functions", "W640", called), ("parameters", "W641", read)):
        for key, _ in pairs(root.get(section)):
            if key.text not in used and key.text not in compilation.definitions.broken:
                compilation.problems.note(code, key.place, {"name": key.text}, length=key.width)


def _scalars(node: Node) -> Iterator[Scalar]:
    waiting: list[Node] = [node]
    while waiting:
        found = waiting.pop()
        if isinstance(found, Scalar):
            yield found
        elif isinstance(found, Mapping):
            waiting.extend(value for name, value in found.items() if name not in ("demo", "seed"))
        elif isinstance(found, Sequence):
            waiting.extend(found.items)
