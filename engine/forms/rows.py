"""Compiles the columns of a list into one flat template: no macro and no include runs per cell.

A widget says how its cells look in `widgets/<widget>/cell.html`, a text with placeholders: `$value` the raw value as
an expression, `$show` its formatter, `$options` its choices (key -> label and hue), `$title` the title of a linked
record, `$label $name $slot` of the column, `$mark` the avatar function. `widgets/<widget>/href.html`, if there is one,
is the address a cell that cannot be edited leads to (`$url` is that of the linked record)."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from string import Template
from typing import Any

from engine.templating import Html, Pages

Row = Mapping[str, Any]
"""Field name -> raw value, `<link>__title`, `id` and `version`."""


@dataclass(frozen=True, slots=True)
class RowColumn:
    """A column as rows need it. `show` formats a value that is not None; `options` is key -> (label, hue)."""

    name: str
    label: str
    widget: str
    show: Callable[[Any], str] = str
    options: Mapping[str, tuple[str, str]] = field(default_factory=dict)
    numeric: bool = False
    slot: str = ""
    editable: bool = False
    target: str = ""
    """The entity a link points at."""
    title: bool = False
    """It names the record: a pinned row header that leads to it."""
    person: bool = False
    """The title is a person's name."""


class Rows:
    """The compiled rows of one list in one language. `removable` adds a button that deletes the row's record."""

    def __init__(self, pages: Pages, entity: str, columns: Iterable[RowColumn], *, removable: bool = False) -> None:
        self._pages = pages
        self._entity = entity
        self._columns = tuple(columns)
        self._bound = _bindings(self._columns)
        cells = "".join(self._cell(index) for index in range(len(self._columns)))
        ending = pages.source("parts/row_remove.html") if removable else ""
        ending = Template(ending or "").substitute(entity=entity)
        self._render = pages.compiled(
            f"{{% for row in rows %}}<tr role=\"row\" data-id=\"{{{{ row['id'] }}}}\">{cells}{ending}</tr>\n{{% endfor %}}",
            self._bound,
        )
        self._cells: dict[str, Callable[..., Html]] = {}

    def render(self, rows: Iterable[Row], *, csrf: str = "") -> Html:
        """The `<tr>`s of the list; `csrf` is needed when they are removable."""
        return self._render(rows=rows, saved="", csrf=csrf)

    def cell(self, name: str, row: Row) -> Html:
        """One `<td>` as it is drawn in the list, marked as just saved. Raises KeyError for an unknown column."""
        if name not in self._cells:
            index = {column.name: index for index, column in enumerate(self._columns)}[name]
            self._cells[name] = self._pages.compiled(self._cell(index), self._bound)
        return self._cells[name](row=row, saved=" is-saved")

    def _cell(self, index: int) -> str:
        column = self._columns[index]
        content = self._content(index)
        slot = f' data-slot="{column.slot}"' if column.slot else ""
        if column.title:
            return f'<th role="rowheader" scope="row" class="pin"{slot}>{content}</th>'
        kind = ' class="end num"' if column.numeric else ""
        return f'<td role="cell"{kind}{slot}>{content}</td>'

    def _content(self, index: int) -> str:
        column = self._columns[index]
        places = _placeholders(column, index)
        if column.title:
            return self._fill("parts/row_title.html", {**places, "entity": self._entity})
        content = self._fill(f"widgets/{column.widget}/cell.html", places)
        if column.editable:
            return self._fill("parts/row_edit.html", {**places, "entity": self._entity, "content": content})
        return self._linked(column, places, content)

    def _linked(self, column: RowColumn, places: Mapping[str, str], content: str) -> str:
        address = self._pages.source(f"widgets/{column.widget}/href.html")
        if address is None:
            return content
        url = Template(address.strip()).substitute(places)
        return f'{{% if {places["value"]} != none %}}<a class="quiet" href="{url}">{content}</a>{{% endif %}}'

    def _fill(self, template: str, places: Mapping[str, str]) -> str:
        source = self._pages.source(template)
        if source is None:
            raise LookupError(f"no template {template}")
        return Template(source.strip()).substitute(places)


class _Options(dict[str, tuple[str, str]]):
    """Choices by key; a key that is no longer among them is shown as it is."""

    def __missing__(self, key: str) -> tuple[str, str]:
        return key, "gray"


def _bindings(columns: tuple[RowColumn, ...]) -> dict[str, Any]:
    bound: dict[str, Any] = {}
    for index, column in enumerate(columns):
        bound |= {f"show_{index}": column.show, f"label_{index}": column.label}
        bound[f"options_{index}"] = _Options(column.options)
    return bound


def _placeholders(column: RowColumn, index: int) -> dict[str, str]:
    people = column.person or column.widget == "user"
    return {
        "value": f"row['{column.name}']",
        "show": f"show_{index}",
        "options": f"options_{index}",
        "title": f"row['{column.name}__title']",
        "url": f"/e/{column.target}/{{{{ row['{column.name}'] }}}}",
        "label": f"label_{index}",
        "slot": column.slot,
        "name": column.name,
        "mark": "person_mark" if people else "record_mark",
        "shape": "avatar" if people else "avatar avatar--co",
        "num": " num" if column.numeric else "",
    }
