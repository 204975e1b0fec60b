"""Reads the filter panel: `ff0=stage&fc0=any&fv0=lead&fv0=won` becomes `f=stage:any:lead|won`, the address form."""

from __future__ import annotations

from collections.abc import Iterable

from engine.forms.filters import write_condition

Parameters = Iterable[tuple[str, str]]


def panel_posted(parameters: Parameters) -> bool:
    """Whether the query comes from the panel, so that the address should be rewritten."""
    return any(name.startswith("ff") and name[2:].isdigit() for name, _ in parameters)


def canonical(parameters: Parameters) -> list[tuple[str, str]]:
    """The query with the panel's rows as `f` parameters, in the order of their numbers; other parameters are kept.
    Rows without a field are dropped; so are empty values."""
    kept: list[tuple[str, str]] = []
    rows: dict[int, dict[str, list[str]]] = {}
    for name, value in parameters:
        if name[:2] in ("ff", "fc", "fv") and name[2:].isdigit():
            rows.setdefault(int(name[2:]), {}).setdefault(name[:2], []).append(value.strip())
        elif value:
            kept.append((name, value))
    conditions = [("f", _written(row)) for _, row in sorted(rows.items()) if row.get("ff", [""])[0]]
    return kept + conditions


def _written(row: dict[str, list[str]]) -> str:
    values = (value for value in row.get("fv", []) if value)
    return write_condition(row["ff"][0], row.get("fc", [""])[0], values)
