"""Compiles the columns of a list into one flat template: no macro, no include and no function call runs per cell.

A widget says how its cells look in `widgets/<widget>/cell.html`, a text with placeholders: `$value` the raw value as an
expression, `$title` the title of a linked record, `$titles` those of several, `$label $name $slot` of the column, and
filters: `$show` formats a value, `$tag` draws its tags and `$linked` its titles (`widgets/<widget>/option.html`),
`$who` a name with its avatar, `$avatar` that alone. `widgets/<widget>/href.html`, if there is one, is the address a
cell that cannot be edited leads to (`$url` is that of the linked record)."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from functools import partial
from string import Template
from typing import Any

from engine.forms.contexts import Mark
from engine.forms.marks import person_mark, record_mark
from engine.forms.row_tints import RowTint, Tints
from engine.templating import Html, Pages, join

MOST_DRAWN = 4096
MOST_LINKED = 3
_ID = "{% set id = row['id'] %}"
_OPENED = '{% if id == opened %} data-open="true"{% endif %}'
_GAP = "\ue000"

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
    tags: Callable[[Any], Iterable[tuple[str, str]]] | None = None
    """For a value drawn as several tags: (label, hue) of each."""
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
    """The compiled rows of one list in one language. `removable` adds a button that deletes the row's record,
    `unlinkable` one that takes it out of a related list, `selectable` a checkbox in front and a way to peek at
    the record."""

    def __init__(
        self,
        pages: Pages,
        entity: str,
        columns: Iterable[RowColumn],
        *,
        removable: bool = False,
        unlinkable: bool = False,
        selectable: bool = False,
        title: str = "",
        tints: Iterable[RowTint] = (),
    ) -> None:
        self._pages = pages
        self._entity = entity
        self._columns = tuple(columns)
        self._tints = Tints(tuple(tints))
        self._filters = _filters(pages, self._columns) | self._tints.filters()
        self._yes = pages.compiled(_source(pages, "parts/row_yes.html"))()
        self._selectable, self._title = selectable, title
        cells = "".join(self._cell(index) for index in range(len(self._columns)))
        beginning = self._named("parts/row_select.html", "list.select") if selectable else ""
        ending = self._fill("parts/row_remove.html", {"entity": entity}) if removable else ""
        ending += self._named("parts/row_unlink.html", "related.unlink") if unlinkable else ""
        marks = (_OPENED if selectable else "") + self._tints.attributes()
        row = f'{_ID}<tr role="row" data-id="{{{{ id }}}}"{marks}>{beginning}{cells}{ending}</tr>\n'
        self._render = self._compiled(f"{{% for row in rows %}}{row}{{% endfor %}}")
        self._cells: dict[str, Callable[..., Html]] = {}

    def render(
        self, rows: Iterable[Row], *, csrf: str = "", place: str = "", peek: str = "", opened: int = 0, unlink: str = ""
    ) -> Html:
        """The `<tr>`s of the list; `csrf` is needed when they are removable, with `unlink`, an address up to the
        record's id, when they are unlinkable; `place` ends the links to the records,
        `peek`, an address up to the record's id, is needed when they are selectable; `opened` is the id of the record
        that is peeked at."""
        shared = {"csrf": csrf, "place": place, "peek": peek, "opened": opened, "unlink": unlink}
        return self._render(rows=rows, saved="", yes=self._yes, **shared)

    def cell(self, name: str, row: Row) -> Html:
        """One `<td>` as it is drawn in the list, marked as just saved. Raises KeyError for an unknown column."""
        if name not in self._cells:
            index = {column.name: index for index, column in enumerate(self._columns)}[name]
            self._cells[name] = self._compiled(_ID + self._cell(index))
        return self._cells[name](row=row, saved=" is-saved", place="", yes=self._yes)

    def _compiled(self, source: str) -> Callable[..., Html]:
        return self._pages.compiled(source, self._filters)

    def _cell(self, index: int) -> str:
        column = self._columns[index]
        content = self._content(index)
        slot = f' data-slot="{column.slot}"' if column.slot else ""
        if column.title:
            pin = "pin-2" if self._selectable else "pin"
            peek = self._named("parts/row_peek.html", "list.peek") if self._selectable else ""
            words = self._tints.words() + self._tints.words(column.name)
            tint = self._tints.attributes(column.name)
            return f'<th role="rowheader" scope="row" class="{pin}"{slot}{tint}>{content}{words}{peek}</th>'
        kind = ' class="end num"' if column.numeric else ""
        tint, words = self._tints.attributes(column.name), self._tints.words(column.name)
        return f'<td role="cell"{kind}{slot}{tint}>{content}{words}</td>'

    def _content(self, index: int) -> str:
        column = self._columns[index]
        places = {**_placeholders(column, index), "entity": self._entity}
        if column.title:
            return self._fill("parts/row_title.html", places)
        content = self._fill(f"widgets/{column.widget}/cell.html", places)
        if column.editable:
            return self._fill("parts/row_edit.html", {**places, "content": content})
        return self._linked(column, places, content)

    def _linked(self, column: RowColumn, places: Mapping[str, str], content: str) -> str:
        address = self._pages.source(f"widgets/{column.widget}/href.html")
        if address is None:
            return content
        url = Template(address.strip()).substitute(places)
        return f'{{% if {places["value"]} != none %}}<a class="quiet" href="{url}">{content}</a>{{% endif %}}'

    def _named(self, template: str, message: str) -> str:
        """A part whose label names the record: the sentence is read once, only the title is put in for each row."""
        before, after = self._pages.compiled(f"{{{{ t('{message}', title='{_GAP}') }}}}")().split(_GAP)
        value = f"row['{self._title}']" if self._title else "id"
        return self._fill(template, {"before": before, "after": after, "value": value})

    def _fill(self, template: str, places: Mapping[str, str]) -> str:
        return Template(_source(self._pages, template)).substitute(places)


class _Drawn(dict[Any, Html]):
    """What a cell shows for a value, drawn once: numbers and dates by value, options by key, names by name."""

    def __init__(self, draw: Callable[[Any], Html]) -> None:
        super().__init__()
        self._draw = draw
        self[None] = Html()

    def __missing__(self, value: Any) -> Html:
        drawn = self._draw(value)
        if len(self) < MOST_DRAWN:
            self[value] = drawn
        return drawn


def _filters(pages: Pages, columns: tuple[RowColumn, ...]) -> dict[str, Callable[[Any], Any]]:
    who, avatar = (pages.compiled(_source(pages, f"parts/{name}.html")) for name in ("who", "avatar"))
    filters: dict[str, Callable[[Any], Any]] = {}
    for index, column in enumerate(columns):
        mark = person_mark if column.person or column.widget == "user" else record_mark
        filters |= {
            f"show_{index}": _Drawn(partial(_shown, column.show)).__getitem__,
            f"label_{index}": partial(_label, column),
            f"who_{index}": _Drawn(partial(_named, who, mark)).__getitem__,
            f"avatar_{index}": _Drawn(partial(_named, avatar, mark)).__getitem__,
            f"tag_{index}": _Drawn(_option(pages, column)).__getitem__,
            f"linked_{index}": _Drawn(_linked(pages, column)).__getitem__,
        }
    return filters


def _shown(show: Callable[[Any], str], value: Any) -> Html:
    return join((show(value),))


def _label(column: RowColumn, _: str) -> str:
    return column.label


def _named(draw: Callable[..., Html], mark: Callable[[str], Mark], name: Any) -> Html:
    """A title of several parts is drawn as its text."""
    return draw(name=str(name), mark=mark(str(name)))


def _option(pages: Pages, column: RowColumn) -> Callable[[Any], Html]:
    """Draws an option of the column; one that is no longer among them is shown by its key."""
    draw = pages.compiled(pages.source(f"widgets/{column.widget}/option.html") or "{{ label }}")

    def option(key: Any) -> Html:
        if column.tags is not None and isinstance(key, tuple):
            return join(draw(label=label, hue=hue) for label, hue in column.tags(key))
        label, hue = column.options.get(key, (key, "gray"))
        return draw(label=label, hue=hue)

    return option


def _linked(pages: Pages, column: RowColumn) -> Callable[[Any], Html]:
    """Draws the titles of several linked records, the first few of them and how many more there are."""
    draw = pages.compiled(pages.source(f"widgets/{column.widget}/option.html") or "{{ label }}")

    def linked(named: Iterable[tuple[str, int, str]]) -> Html:
        titles = [title for _, _, title in named]
        shown = [draw(label=title, hue="") for title in titles[:MOST_LINKED]]
        more = [draw(label=f"+{len(titles) - MOST_LINKED}", hue="")] if len(titles) > MOST_LINKED else []
        return join([*shown, *more])

    return linked


def _source(pages: Pages, template: str) -> str:
    source = pages.source(template)
    if source is None:
        raise LookupError(f"no template {template}")
    return source.strip()


def _placeholders(column: RowColumn, index: int) -> dict[str, str]:
    filters = {name: f"{name}_{index}" for name in ("show", "who", "avatar", "tag", "linked")}
    return {
        **filters,
        "value": f"row['{column.name}']",
        "title": f"row['{column.name}__title']",
        "titles": f"row['{column.name}__titles']",
        "url": f"/e/{column.target}/{{{{ row['{column.name}'] }}}}",
        "label": f"''|label_{index}",
        "slot": column.slot,
        "name": column.name,
        "num": " num" if column.numeric else "",
    }
