"""The figures of a check, and the rows behind each: created, changed, as they are, or in with a warning."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Literal

from engine.exchange.check import Check, Outcome, Sample
from engine.exchange.targets import importable
from engine.forms.contexts import ImportCell, ImportFigure, ImportTable
from engine.schema.model import Field
from engine.web.desk import Desk
from engine.web.importing import ImportFile

MOST_COLUMNS = 12
REFUSED = "refused"
FIGURES: tuple[tuple[Outcome | Literal["refused"], str, Literal["ok", "warn", "bad", ""]], ...] = (
    ("create", "plus", "ok"),
    ("update", "pencil", ""),
    ("skip", "circle", ""),
    ("warn", "triangle-alert", "warn"),
    ("refused", "circle-alert", "bad"),
)


def counts_of(check: Check) -> Mapping[str, int]:
    """Outcome -> rows."""
    return {
        "create": check.create,
        "update": check.update,
        "skip": check.skip,
        "warn": check.warnings,
        REFUSED: check.refused,
    }


def asked_outcome(desk: Desk, check: Check) -> Outcome | None:
    """The outcome whose rows the address asks for; None for the rows that are left out."""
    asked = desk.request.query.get("rows")
    return next((sample.outcome for sample in check.samples if sample.outcome == asked), None)


def figures(desk: Desk, check: Check, asked: Outcome | None) -> Iterator[ImportFigure]:
    there = {REFUSED, *(sample.outcome for sample in check.samples)}
    for name, icon, kind in FIGURES:
        count = counts_of(check)[name]
        if count or name not in ("skip", "warn"):
            yield ImportFigure(
                desk.formats.number(count),
                desk.say(f"import.n_{name}"),
                icon,
                kind if count or kind != "bad" else "",
                f"?rows={name}" if count and name in there else "",
                chosen=bool(count) and name == (asked or REFUSED),
            )


def sampled(file: ImportFile, check: Check, asked: Outcome) -> ImportTable:
    """The first rows of an outcome as they are in the file, with what their warnings say."""
    fields = {field.name: field for field in importable(file.entity)}
    columns = [column for column in file.plan.columns if column.field in fields][:MOST_COLUMNS]
    shown = [(column.position, fields[column.field or ""]) for column in columns]
    samples = [sample for sample in check.samples if sample.outcome == asked]
    heads = tuple((file.desk.text(field.label), field.type.numeric) for _, field in shown)
    warned = ((file.desk.say("import.warning"), False),) if asked == "warn" else ()
    rows = tuple((str(sample.line), tuple(_cells(file.desk, sample, shown, fields))) for sample in samples)
    more = counts_of(check)[asked] > len(rows)
    counted = file.desk.say("import.first_rows", count=file.desk.formats.number(len(rows))) if more else ""
    return ImportTable((*warned, *heads), rows, counted)


def _cells(
    desk: Desk, sample: Sample, shown: list[tuple[int, Field]], fields: Mapping[str, Field]
) -> Iterator[ImportCell]:
    if sample.outcome == "warn":
        yield ImportCell(" ".join(dict.fromkeys(_said(desk, sample, fields))), prose=True)
    for position, field in shown:
        text = sample.cells[position] if position < len(sample.cells) else ""
        yield ImportCell(text, numeric=field.type.numeric)


def _said(desk: Desk, sample: Sample, fields: Mapping[str, Field]) -> Iterator[str]:
    for name, sentence in sample.said:
        field, reason = fields.get(name), desk.text(sentence)
        yield desk.say("import.said", field=desk.text(field.label), reason=reason) if field else reason
