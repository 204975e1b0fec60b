"""Records to be linked by their titles: the way to add links to a field where there is no script to pick them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

from engine.expressions.parse import Expression
from engine.forms.binding import BY_TITLE, Bound, Repeated
from engine.locale.catalogue import message_text
from engine.locale.text import Text
from engine.records.query import PageRequest
from engine.schema.model import Field, ListQuery
from engine.schema.sorting import fold
from engine.web.desk import Desk

COMMA = re.compile(r"[,，、;；\r\n]")
MOST = 20
"""Titles that are looked up for one field; what is typed beyond them is told as unknown."""
LIKE = 50


def with_titles(desk: Desk, fields: Iterable[Field], texts: Mapping[str, str]) -> tuple[dict[str, str], Bound]:
    """What a form submitted, with the ids of records named by their titles; the errors of titles that name none or
    several, with what was typed."""
    found, typed, errors = dict(texts), dict[str, str](), dict[str, Text]()
    for field in fields:
        written = texts.get(field.name + BY_TITLE, "").strip()
        if not (field.type.kept_apart and written):
            continue
        ids, error = _ids(desk, field, written)
        if error:
            errors[field.name], typed[field.name + BY_TITLE] = error, written
        before = texts.get(field.name, "")
        known = before.texts if isinstance(before, Repeated) else (before,)
        found[field.name] = Repeated.of((*known, *ids))
    return found, Bound(typed=typed, errors=errors)


def _ids(desk: Desk, field: Field, written: str) -> tuple[list[str], Text | None]:
    titles = [title for title in (part.strip() for part in COMMA.split(written)) if title]
    ids: list[str] = []
    for number, title in enumerate(titles):
        same = titled(desk, field.targets[0], title, field.link_filter) if number < MOST else []
        if len(same) != 1:
            label = desk.workspace.blueprint.entities[field.targets[0]].label
            unknown = message_text("value.no_such_title", title=title[:80], label=label)
            return ids, unknown if not same else message_text("value.several_titles", title=title[:80])
        ids.append(str(same[0]))
    return ids, None


def titled(desk: Desk, entity: str, title: str, chosen_from: Expression | None = None) -> list[int]:
    """The records the actor may see, and that `chosen_from` holds for, that have this title, whatever its case."""
    name = desk.workspace.blueprint.entities[entity].title
    query = ListQuery(entity, (name,), filter=chosen_from)
    rows = desk.store.list(desk.actor, query, PageRequest(search=title[:200], limit=LIKE)).rows
    return [row["id"] for row in rows if fold(str(row[name])) == fold(title)]
