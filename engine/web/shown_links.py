"""Links made of records of their own may come and go while a form is open: what was not shown in it stays."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace

from engine.forms.binding import SHOWN, Bound
from engine.records.model import Row
from engine.schema.model import Field


def with_shown(fields: Iterable[Field], bound: Bound, texts: Mapping[str, str], row: Row) -> Bound:
    """What was added and taken away since the form was drawn, done to what is linked in `row` now."""
    values, typed = dict(bound.values), dict(bound.typed)
    for field in fields:
        text = texts.get(field.name + SHOWN)
        if field.joint is None or text is None or field.name not in values:
            continue
        wanted, shown = values[field.name] or (), {word for word in text.split() if word.isdecimal()}
        now = row.get(field.name) or ()
        kept = [each for each in now if each in wanted or str(each) not in shown]
        added = [each for each in wanted if each not in now and str(each) not in shown]
        values[field.name], typed[field.name + SHOWN] = (*kept, *added) or None, text
    return replace(bound, values=values, typed=typed)
