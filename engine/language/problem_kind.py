"""The contract of a problem kind: one entry of the catalogue in `problem_kinds/`."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from string import Formatter
from typing import Literal

from engine.locale.text import Text

Severity = Literal["error", "warning"]


@dataclass(frozen=True, slots=True)
class ProblemKind:
    """`message` and `hint` have {named} slots; `explanation` says what the problem means and how to mend it."""

    code: str
    severity: Severity
    message: Text
    explanation: Text
    hint: Text | None = None

    @property
    def slots(self) -> frozenset[str]:
        texts = (self.message, self.hint) if self.hint else (self.message,)
        written = (text for both in texts for _, text in both.by_language)
        return frozenset(name for text in written for _, name, _, _ in Formatter().parse(text) if name)


def both(en: str, zh: str) -> Text:
    return Text((("en", en), ("zh-CN", zh)))


def by_code(kinds: Iterable[ProblemKind]) -> Mapping[str, ProblemKind]:
    """The kinds by code. Raises `ValueError` when two share one."""
    catalogue: dict[str, ProblemKind] = {}
    for kind in kinds:
        if kind.code in catalogue:
            raise ValueError(f"two problem kinds have the code {kind.code}")
        catalogue[kind.code] = kind
    return catalogue


def error(
    code: str, message: tuple[str, str], why: tuple[str, str], hint: tuple[str, str] | None = None
) -> ProblemKind:
    """An error; each text is (English, Chinese)."""
    return ProblemKind(code, "error", both(*message), both(*why), both(*hint) if hint else None)


def warning(
    code: str, message: tuple[str, str], why: tuple[str, str], hint: tuple[str, str] | None = None
) -> ProblemKind:
    """A warning; each text is (English, Chinese)."""
    return ProblemKind(code, "warning", both(*message), both(*why), both(*hint) if hint else None)
