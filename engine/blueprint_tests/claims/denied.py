"""Somebody may not do something."""

from __future__ import annotations

from engine.blueprint_tests.claim_kind import ClaimKind
from engine.blueprint_tests.model import Claim
from engine.blueprint_tests.names import Names
from engine.blueprint_tests.rights import options, read_right
from engine.language.source import Node, Scalar


class Denied(ClaimKind):
    name = "denied"
    options = options(
        "A right somebody does not have, as {as: sales, update: d} or {as: sales, create: deal}.",
        "某人没有的权限，如 {as: sales, update: d} 或 {as: sales, create: deal}。",
    )

    def read(self, word: Scalar, node: Node, names: Names) -> Claim | None:
        return read_right(word, node, names, granted=False)
