"""Reads the filter panel: `ff0=stage&fc0=any&fv0=lead&fv0=won` becomes `f=stage:any:lead|won`, the address form.
Rows with the same `fg` become one group, of which any must hold."""

from __future__ import annotations

from collections.abc import Iterable

from engine.forms.filters import write_condition, write_group

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
        if name[:2] in ("ff", "fc", "fv", "fg") and name[2:].isdigit():
            rows.setdefault(int(name[2:]), {}).setdefault(name[:2], []).append(value.strip())
        elif value:
            kept.append((name, value))
    groups: dict[str, list[dict[str, list[str]]]] = {}
    for number, row in sorted(rows.items()):
        if row.get("ff", [""])[0]:
            groups.setdefault(row.get("fg", [""])[0] or f"row {number}", []).append(row)
    return kept + [("f", _joined(group)) for group in groups.values()]


def _joined(rows: list[dict[str, list[str]]]) -> str:
    if len(rows) == 1:
        return _written(rows[0])
    return write_group("any", (_written(row, grouped=True) for row in rows))


def _written(row: dict[str, list[str]], grouped: bool = False) -> str:
    values = (value for value in row.get("fv", []) if value)
    return write_condition(row["ff"][0], row.get("fc", [""])[0], values, grouped)
