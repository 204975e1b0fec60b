"""Somebody may do something."""

from __future__ import annotations

from engine.blueprint_tests.claim_kind import ClaimKind
from engine.blueprint_tests.model import Claim
from engine.blueprint_tests.names import Names
from engine.blueprint_tests.rights import options, read_right
from engine.language.source import Node, Scalar


class Allowed(ClaimKind):
    name = "allowed"
    options = options(
        "A right somebody has, as {as: manager, update: d}.", "某人拥有的权限，如 {as: manager, update: d}。"
    )

    def read(self, word: Scalar, node: Node, names: Names) -> Claim | None:
        return read_right(word, node, names, granted=True)
