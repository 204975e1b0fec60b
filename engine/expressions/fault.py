"""What is wrong with the text of an expression, and where in it."""

from __future__ import annotations

from collections.abc import Mapping

from engine.locale.text import Text


class ExpressionFault(ValueError):
    """`code` and `values` name a problem kind and fill its slots; `start` and `length` count characters of the text."""

    def __init__(
        self,
        code: str,
        start: int,
        length: int,
        near: str | None = None,
        values: Mapping[str, str | Text] | None = None,
    ) -> None:
        super().__init__(f"{code} at {start}")
        self.code = code
        self.start = start
        self.length = length
        self.near = near
        self.values: dict[str, str | Text] = dict(values or {})
