"""What a page shows, as an export asks for it: the view of an address with its filters, order, search and columns."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import urlencode, urlsplit

from engine.exchange.asked import ExportAsked, prepared
from engine.exchange.exporting import Export
from engine.exchange.view_columns import Shown, shown_by
from engine.forms.model import ListScreen, ViewScreen
from engine.records.errors import RecordNotFound
from engine.schema.model import Entity
from engine.web.desk import Desk
from engine.web.list_columns import list_columns
from engine.web.list_groups import asked_group
from engine.web.security import local_path
from engine.web.view_opening import view_behind

ALL = "all"
"""What the bar of selected records sends where everything in the view is meant."""
FROM = "from"
"""The parameter with the address of the page that is exported."""


@dataclass(frozen=True)
class ExportPage:
    """The page an export is asked for on. `desk` is the one of that page."""

    desk: Desk
    entity: Entity
    view: ViewScreen
    address: str
    ids: tuple[str, ...]
    """Selected records; empty: all the page shows."""

    def asked(self, form: str, *, every_field: bool, names: bool, encoding: str) -> ExportAsked:
        query = self.desk.request.query
        return ExportAsked(
            entity=self.entity.name,
            form=form,
            language=self.desk.language,
            view=self.desk.opened.base.name if self.desk.opened else self.view.name,
            columns=() if every_field else tuple(field.name for field, _ in self.shown),
            filters=() if self.ids else tuple(query.getlist("f")),
            sort=self._sort,
            search="" if self.ids else query.get("q", "").strip()[:200],
            ids=self.ids or self._starred,
            names=names,
            encoding=encoding,
        )

    @property
    def shown(self) -> Shown:
        if isinstance(self.view, ListScreen):
            columns = list_columns(self.desk, self.entity, self.view).shown
            return tuple((column.field, column.label) for column in columns)
        return shown_by(self.view, self.entity)

    @property
    def _starred(self) -> tuple[str, ...] | None:
        if self.desk.request.query.get("starred") != "1":
            return None
        return tuple(map(str, self.desk.shelf.starred_ids(self.desk.actor, self.entity.name)))

    @property
    def _sort(self) -> str:
        """As the address of a list says it: groups follow each other, sorted within."""
        asked = self.desk.request.query.get("sort", "")
        group, _ = (
            asked_group(self.desk.request.query.get("group", ""), self.entity, self.view)
            if isinstance(self.view, ListScreen)
            else (None, True)
        )
        if group is None:
            return asked
        own = ",".join(f"-{sort.field}" if sort.descending else sort.field for sort in self.view.query.sort)
        parts = [part for part in (asked or own).split(",") if part]
        first = next((part for part in parts if part.lstrip("-") == group.field.name), group.field.name)
        return ",".join(dict.fromkeys((first, *parts)))

    def export(self, asked: ExportAsked) -> Export:
        return prepared(self.desk.workspace.blueprint, asked, self.desk.formats.today)


def export_page(desk: Desk, entity: Entity) -> ExportPage:
    """The page the address or the form names, with the records selected there. Raises `RecordNotFound`."""
    address = _address(desk, entity)
    behind, view = view_behind(desk, entity, address)
    if view is None:
        raise RecordNotFound
    given = [] if desk.request.form.get("all") == "1" else desk.request.form.getlist("id")
    ids = tuple(dict.fromkeys(text for text in given if text.isascii() and text.isdigit() and len(text) <= 16))
    return ExportPage(behind, entity, view, address, ids)


def export_url(desk: Desk, entity: Entity) -> str:
    """Where the page can be exported from; empty for who may not."""
    if not desk.workspace.policy.may_export(desk.actor, entity.name):
        return ""
    return f"/e/{entity.name}/export?{urlencode({FROM: desk.request.target})}"


def _address(desk: Desk, entity: Entity) -> str:
    """Of the page in the browser as it is now; else as it was when its link or form was drawn."""
    request = desk.request
    current = urlsplit(request.headers.get("hx-current-url", ""))
    here = f"{current.path}?{current.query}" if request.is_htmx and current.path else ""
    for written in (here, request.form.get(FROM, ""), request.query.get(FROM, ""), request.form.get("next", "")):
        address = local_path(written)
        if written and address.partition("?")[0].startswith(f"/e/{entity.name}"):
            return address
    return f"/e/{entity.name}"
