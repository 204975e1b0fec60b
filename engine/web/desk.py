"""What a view works with: the request, the workspace pinned for it, who acts, and how they read."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any, Literal

from starlette.responses import HTMLResponse, RedirectResponse, Response

from engine.access.actor import Actor
from engine.forms.contexts import EntityHead, Link, MenuGroup, Page, Person, Toast
from engine.forms.controls import ControlMaker
from engine.forms.marks import person_mark
from engine.forms.model import MenuEntry, MenuGroup as MenuScreenGroup, may_see
from engine.forms.pages import inner_english, pages
from engine.locale.catalogue import message
from engine.locale.formats import Formats
from engine.locale.text import Text
from engine.publishing.workspace import Workspace
from engine.records.errors import RecordNotFound
from engine.records.model import Record
from engine.records.shelf import Shelf
from engine.records.store import Store
from engine.schema.model import Entity
from engine.templating import isolated, with_html
from engine.web.endpoint import Request
from engine.web.flash import Flash, clear_flash, read_flash
from engine.web.opened_view import OpenedView
from engine.web.security import FOLDED_COOKIE
from engine.web.services import Services

WebRequest = Request[Services]
SECOND = "/profile/second"
LANGUAGE_NAMES = {"en": "English", "zh-CN": "简体中文"}


class SecondFactorMissing(Exception):
    """The person must have a second factor and has none: they turn it on first."""


class NotSetUp(Exception):
    """There is no workspace yet: the first run comes first."""


def _actor(request: WebRequest) -> Actor:
    return Actor(request.user.user_id, request.user.roles) if request.user else Actor(None)


@dataclass(frozen=True)
class Desk:
    """Made at the start of every view; one workspace from start to end."""

    request: WebRequest
    workspace: Workspace
    opened: OpenedView | None = None
    """On the pages of a view."""

    @classmethod
    def of(cls, request: WebRequest) -> Desk:
        if request.services.workspace is None:
            raise NotSetUp
        desk = cls(request, request.services.workspace.seen_by(_actor(request)))
        if desk.second_factor_missing and not request.path.startswith(SECOND):
            raise SecondFactorMissing
        return desk

    @property
    def second_factor_missing(self) -> bool:
        user, wanted = self.request.user, self.request.services.settings.second_factor
        if user is None or user.second or wanted == "free":
            return False
        return wanted == "everybody" or self.workspace.policy.is_admin(self.actor)

    @property
    def language(self) -> str:
        return self.request.language

    @property
    def store(self) -> Store:
        return self.workspace.store

    @cached_property
    def shelf(self) -> Shelf:
        """The records the actor starred and opened last."""
        return Shelf(self.request.services.database, self.store)

    @cached_property
    def actor(self) -> Actor:
        return _actor(self.request)

    @cached_property
    def formats(self) -> Formats:
        settings = self.workspace.blueprint.settings
        return Formats(
            language=self.language,
            time_zone=settings.time_zone,
            currency=settings.currency,
            today=self.store.moment(self.actor).today,
            phone_region=settings.phone_region,
            week_start=settings.week_start,
        )

    @cached_property
    def controls(self) -> ControlMaker:
        policy = self.workspace.policy
        entities = self.workspace.blueprint.entities
        creatable = frozenset(name for name in entities if policy.may_create(self.actor, name) and self._has_page(name))
        return ControlMaker(entities, self.formats, creatable, self.request.services.settings.file_limit)

    def say(self, key: str, **values: Any) -> str:
        return message(key, self.language, **values)

    def text(self, text: Text) -> str:
        return text.in_(self.language)

    def inner(self, label: str) -> str:
        """A label as it stands inside a sentence."""
        return inner_english(label) if self.language.startswith("en") else label

    # -- what is asked for

    def entity(self) -> Entity:
        """The entity of the address. Raises `RecordNotFound` when there is none the actor may open."""
        name = self.request.path_params["entity"]
        entity = self.workspace.blueprint.entities.get(name)
        if entity is None or not self.may_visit(name):
            raise RecordNotFound
        return entity

    def may_visit(self, name: str) -> bool:
        """Whether the entity has pages and the actor may open some."""
        return self._has_page(name) and self.workspace.policy.may_open(self.actor, name)

    def _has_page(self, name: str) -> bool:
        entity = self.workspace.blueprint.entities[name]
        return not entity.builtin and not entity.line_of

    def record_id(self) -> int:
        text = self.request.path_params["id"]
        if not text.isascii() or not text.isdigit() or len(text) > 16:
            raise RecordNotFound
        return int(text)

    def record(self) -> Record:
        """The record of the address. Raises `RecordNotFound`."""
        return self.store.get(self.actor, self.entity().name, self.record_id())

    def version(self) -> int | None:
        text = self.request.form.get("version", "")
        return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else None

    @property
    def blank_address(self) -> str:
        """This page when nothing is asked of it; on a saved view a bare address means what was saved."""
        return f"{self.request.path}?q=" if self.opened and self.opened.saved else self.request.path

    # -- what is answered

    def page(self, title: str) -> Page:
        return make_page(self.request, self.workspace, title, menu=self._menu(), toasts=self._toasts(), own=self._own())

    def render(self, template: str, context: Any, status: int = 200) -> Response:
        response = HTMLResponse(pages(self.language).render(template, context), status)
        if template.startswith("screens/"):
            clear_flash(response, self.request.cookies, self.request.secure)
        return response

    def redirect(self, url: str, flash: Flash | None = None) -> Response:
        """Go on to a page; htmx follows by itself. `flash` is shown there once."""
        if self.request.is_htmx:
            response = Response(status_code=200, headers={"hx-redirect": url})
        else:
            response = RedirectResponse(url, status_code=303)
        if flash:
            flash.set_on(response, self.request.secure)
        return response

    def head(self, entity: Entity) -> EntityHead:
        may_create = self.workspace.policy.may_create(self.actor, entity.name)
        url = f"/e/{entity.name}"
        return EntityHead(
            name=entity.name,
            label=self.text(entity.label),
            plural=self.text(entity.plural),
            icon=entity.icon,
            hue=entity.hue,
            url=url,
            new_url=f"{url}/new" if may_create else "",
            import_url=f"{url}/import" if self.workspace.policy.may_import(self.actor, entity.name) else "",
        )

    @property
    def _groups(self) -> tuple[MenuScreenGroup, ...]:
        return self.workspace.blueprint.screens.menu

    def _own(self) -> tuple[Link, ...]:
        pages = [Link(self.say("home.title"), "/", "house"), Link(self.say("inbox.title"), "/inbox", "inbox")]
        if calendar := self._calendar():
            pages.append(Link(self.say("shell.calendar"), calendar, "calendar"))
        if any(self.workspace.policy.may_open(self.actor, name) for name in self.workspace.blueprint.tasks):
            pages.append(Link(self.say("tasks.title"), "/tasks", "square-check"))
        return tuple(replace(page, current=self.request.path == page.url) for page in pages)

    def _calendar(self) -> str:
        """The calendar of what takes place: of the first entity that acts as an event; empty when there is none."""
        blueprint = self.workspace.blueprint
        for entity in blueprint.entities.values():
            if entity.acts_as == "event" and self.may_visit(entity.name):
                views = blueprint.screens.views[entity.name].values()
                shown = (view for view in views if view.kind == "calendar" and may_see(view, self.actor.roles))
                if view := next(shown, None):
                    return f"/e/{entity.name}/v/{view.name}"
        return ""

    def _menu(self) -> tuple[MenuGroup, ...]:
        groups = []
        folded = self.request.cookies.get(FOLDED_COOKIE)
        for group in self._groups:
            if group.for_roles and not self.actor.roles & set(group.for_roles):
                continue
            links = tuple(
                Link(
                    label=self.text(entry.label),
                    url=f"/e/{entry.entity}" + (f"/v/{entry.view}" if entry.view else ""),
                    icon=entry.icon,
                    current=self._is_current(entry),
                )
                for entry in group.entries
                if self._may_enter(entry) and not self._is_named_twice(entry)
            )
            if links:
                shut = _begins_folded(group, self.actor) if folded is None else group.id in folded.split(".")
                here = any(link.current for link in links)
                groups.append(
                    MenuGroup(self.text(group.label) if group.label else "", links, group.id, here or not shut)
                )
        return tuple(groups)

    def _may_enter(self, entry: MenuEntry) -> bool:
        """Whether the entry leads to a page the actor may see."""
        if not self.workspace.policy.may_open(self.actor, entry.entity):
            return False
        screens = self.workspace.blueprint.screens
        if entry.view is None:
            return screens.default_view(entry.entity, self.actor.roles) is not None
        return may_see(screens.views[entry.entity][entry.view], self.actor.roles)

    def _is_named_twice(self, entry: MenuEntry) -> bool:
        """The list of an entity that the page of tasks has the name of, and leads to."""
        listed = entry.view is None and entry.entity in self.workspace.blueprint.tasks
        return listed and self.text(entry.label) == self.say("tasks.title")

    def _is_current(self, entry: MenuEntry) -> bool:
        """An entry for a view stands for that page alone, one for an entity for all its other pages."""
        path, here = self.request.path, f"/e/{entry.entity}"
        if entry.view:
            return path == f"{here}/v/{entry.view}"
        named = {f"/e/{other.entity}/v/{other.view}" for group in self._groups for other in group.entries if other.view}
        return (path == here or path.startswith(f"{here}/")) and path not in named

    def _toasts(self) -> tuple[Toast, ...]:
        flash = read_flash(self.request.cookies, self.request.secure)
        if flash is None:
            return ()
        kind: Literal["ok", "bad"] = "bad" if flash.key == "error.refused" else "ok"
        values = {name: isolated(value) for name, value in flash.values.items()}
        text = with_html(lambda plain: self.say(flash.key, **plain), values)
        return (Toast(text, kind, undo_url=flash.undo_url),)


def _begins_folded(group: MenuScreenGroup, actor: Actor) -> bool:
    return group.folded or (bool(group.folded_for) and actor.roles <= set(group.folded_for))


def make_page(
    request: WebRequest,
    workspace: Workspace | None,
    title: str,
    menu: tuple[MenuGroup, ...] = (),
    toasts: tuple[Toast, ...] = (),
    own: tuple[Link, ...] = (),
) -> Page:
    """The shell of a page; before the login or the first run it has no menu and no user."""
    user = request.user
    admin = bool(workspace and user and workspace.policy.is_admin(Actor(user.user_id, user.roles)))
    return Page(
        title=title,
        language=request.language,
        workspace=workspace.name if workspace else message("setup.product", request.language),
        csrf=request.csrf_token,
        nonce=request.nonce,
        path=request.target,
        theme=user.theme if user and user.theme in ("light", "dark") else "",  # type: ignore[arg-type]
        single_keys=user is None or user.single_keys != "off",
        density=user.density if user and user.density in ("compact", "relaxed") else "comfortable",  # type: ignore[arg-type]
        user=Person(user.name, person_mark(user.name)) if user and workspace else None,
        menu=menu,
        languages=() if user else _other_languages(request),
        toasts=toasts,
        admin=admin,
        own=own if user else (),
        unread=user.unread if user else 0,
    )


def _other_languages(request: WebRequest) -> tuple[Link, ...]:
    return tuple(
        Link(name, f"/language/{code}?next={request.path}", "languages", language=code)
        for code, name in LANGUAGE_NAMES.items()
        if code != request.language
    )
