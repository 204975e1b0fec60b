"""The whole catalogue of problem kinds, by code."""

from __future__ import annotations

from engine.language.problem_kind import by_code
from engine.language.problem_kinds import (
    computed,
    definitions,
    expressions,
    home,
    matching,
    product,
    reading,
    reuse,
    screens,
    shape,
    tests,
    views,
    warnings,
)

KINDS = by_code(
    (
        *reading.KINDS,
        *reuse.KINDS,
        *shape.KINDS,
        *expressions.KINDS,
        *definitions.KINDS,
        *computed.KINDS,
        *product.KINDS,
        *screens.KINDS,
        *views.KINDS,
        *home.KINDS,
        *matching.KINDS,
        *tests.KINDS,
        *warnings.KINDS,
    ),
)
