"""The first run: choose a blueprint, name the workspace, make the first admin."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path

from sqlalchemy import Connection
from starlette.responses import HTMLResponse, RedirectResponse, Response

from engine.access.actor import ENGINE, Actor
from engine.access.credentials import PasswordRefused, check_password
from engine.blueprint import Blueprint
from engine.compiling import compile_folder
from engine.exchange.reading import suffixes
from engine.exchange.starts import Start
from engine.exchange.unreadable import UnreadableFile
from engine.forms import contexts
from engine.forms.contexts import BlueprintCard, BlueprintEntity, Choice, Control, FormError
from engine.forms.pages import pages
from engine.locale.catalogue import message, message_text
from engine.locale.text import Text
from engine.publishing.apply import AlreadyFounded
from engine.publishing.workspace import Workspace
from engine.records.errors import Invalid
from engine.records.people import write_user
from engine.web.desk import LANGUAGE_NAMES, WebRequest, make_page
from engine.web.first_rows import fill, guessed_tables
from engine.web.security import SESSION_COOKIE, set_cookie

FIELDS = (("workspace", "text"), ("name", "text"), ("email", "email"), ("password", "password"))
ART = {"b2b": "board", "nonprofit": "ring", "education": "funnel", "starter": "blank"}
"""The drawing of each shipped blueprint, in the gallery's order; others stand before the blank one."""
SHOWN = 8
FILE = "file-"
"""The name of a blueprint guessed from a file begins with it."""


@dataclass(frozen=True, slots=True)
class _Chosen:
    """What the workspace will be founded from."""

    card: BlueprintCard
    blueprint: Blueprint
    folder: Path
    start: Start | None = None


def show_setup(request: WebRequest) -> Response:
    """The gallery; with a blueprint chosen, the form for the workspace and its first admin."""
    if request.services.workspace is not None:
        return RedirectResponse("/", status_code=303)
    chosen = _chosen(request, request.query.get("blueprint", ""))
    if chosen is None or "back" in request.query:
        return _gallery(request, chosen.card.name if chosen else "")
    return _account(request, chosen, {"workspace": chosen.card.title}, {}, "sample" in request.query)


def take_file(request: WebRequest) -> Response:
    """A spreadsheet to start from: a blueprint is guessed from it, and shown with the form of the first admin."""
    if request.services.workspace is not None:
        return RedirectResponse("/", status_code=303)
    upload = next((upload for name, upload in request.uploads if name == "file"), None)
    if upload is None:
        return _gallery(request, error=message_text("setup.file_missing"))
    if not upload.whole:
        limit = request.services.settings.file_limit // 1024**2
        return _gallery(request, error=message_text("unreadable.too_large", limit=limit))
    try:
        token = request.services.starts.keep(upload.name, upload.stream)
    except UnreadableFile as unreadable:
        return _gallery(request, error=unreadable.message)
    return RedirectResponse(f"/setup?blueprint={FILE}{token}", status_code=303)


def set_up(request: WebRequest) -> Response:
    """Found the workspace. Everything is checked before anything is written."""
    services = request.services
    if services.workspace is not None:
        return RedirectResponse("/", status_code=303)
    chosen = _chosen(request, request.form.get("blueprint", ""))
    if chosen is None:
        return RedirectResponse("/setup", status_code=303)
    typed = {name: request.form.get(name, "").strip() for name, _ in FIELDS}
    sample = "sample" in request.form
    if errors := _errors(typed):
        return _account(request, chosen, typed, errors, sample, 422)
    hashed = services.credentials.hash(typed["password"])
    first = _FirstAdmin(request, typed, hashed)
    try:
        services.workspace = services.founder.found(chosen.folder, typed["workspace"], sample, _silent, first.enter)
    except Invalid as invalid:
        return _account(request, chosen, typed, dict(invalid.errors), sample, 422)
    except AlreadyFounded:
        services.workspace = services.founder.open()
        return RedirectResponse("/", status_code=303)
    start = chosen.start if "rows" in request.form else None
    response = RedirectResponse(fill(services, first.actor, start) if start else "/", status_code=303)
    lifetime = int(services.settings.session_lifetime.total_seconds())
    set_cookie(response, SESSION_COOKIE, first.token, request.secure, lifetime)
    return response


def _silent(done: int, total: int) -> None:
    """The first run shows its progress in the browser's own way."""


def _errors(typed: dict[str, str]) -> dict[str, Text]:
    errors = {name: message_text("setup.missing") for name in ("workspace", "name") if not typed[name]}
    if "@" not in typed["email"]:
        errors["email"] = message_text("setup.email_wrong")
    try:
        check_password(typed["password"], typed["email"])
    except PasswordRefused as refused:
        errors["password"] = refused.message
    return errors


@dataclass
class _FirstAdmin:
    """Who founds the workspace: made and logged in with it, or not at all."""

    request: WebRequest
    typed: dict[str, str]
    hashed: str
    token: str = ""
    actor: Actor = ENGINE

    def enter(self, connection: Connection, workspace: Workspace) -> None:
        """Make the user, give them every admin role, begin a session. Raises `Invalid`."""
        services = self.request.services
        roles = [role.name for role in workspace.blueprint.roles.values() if role.admin]
        values = {"name": self.typed["name"], "email": self.typed["email"]}
        write = workspace.store.writing(connection, ENGINE, "ui")
        user_id = write_user(write, services.credentials, values, roles, self.hashed)
        self.actor = Actor(user_id, frozenset(roles))
        agent = self.request.headers.get("user-agent", "")
        self.token = services.sessions.create(connection, user_id, agent, self.request.address)


def _gallery(request: WebRequest, chosen: str = "", error: Text | None = None) -> Response:
    cards, language = _cards(request), request.language
    name = chosen if any(card.name == chosen for card in cards) else cards[0].name
    page = make_page(request, None, message("setup.title", language))
    said = error.in_(language) if error else ""
    context = contexts.SetupScreen(page, cards, name, accept=",".join(suffixes()), error=said)
    return HTMLResponse(pages(language).render("screens/setup.html", context), 422 if error else 200)


def _account(
    request: WebRequest,
    chosen: _Chosen,
    typed: dict[str, str],
    errors: dict[str, Text],
    sample: bool,
    status: int = 200,
) -> Response:
    language = request.language
    controls = tuple(
        Control(
            widget=widget,
            name=name,
            id=f"c-{name}",
            label=message(f"setup.{name}", language),
            text="" if widget == "password" else typed.get(name, ""),
            error=errors[name].in_(language) if name in errors else "",
            help=message("setup.password_help", language) if name == "password" else "",
            required=True,
        )
        for name, widget in FIELDS
    )
    summary = tuple(
        FormError(f"c-{name}", message(f"setup.{name}", language), errors[name].in_(language)) for name in errors
    )
    page = make_page(request, None, message("setup.account_title", language))
    tables = guessed_tables(chosen.start, chosen.blueprint, language) if chosen.start else ()
    count = sum(table.rows for table in chosen.start.tables) if chosen.start else 0
    context = contexts.SetupAccountScreen(
        page,
        chosen.card,
        sample,
        controls,
        summary,
        tables,
        rows=message("setup.rows", language, count=count) if count else "",
        fill=request.method == "GET" or "rows" in request.form,
    )
    return HTMLResponse(pages(language).render("screens/setup_account.html", context), status)


def _chosen(request: WebRequest, name: str) -> _Chosen | None:
    """A shipped blueprint by its name, or the one guessed from a file."""
    if name.startswith(FILE):
        start = request.services.starts.find(name.removeprefix(FILE))
        blueprint = compile_folder(start.blueprint).blueprint if start else None
        if start is None or blueprint is None:
            return None
        summary = message("setup.from_file", request.language)
        card = replace(_card(name, blueprint, request.language), summary=summary)
        return _Chosen(card, blueprint, start.blueprint, start)
    shipped = dict(_shipped(request.services.blueprints)).get(name)
    if shipped is None:
        return None
    return _Chosen(_card(name, shipped, request.language), shipped, request.services.blueprints / name)


def _cards(request: WebRequest) -> tuple[BlueprintCard, ...]:
    return tuple(_card(name, blueprint, request.language) for name, blueprint in _shipped(request.services.blueprints))


@lru_cache(maxsize=4)
def _shipped(folder: Path) -> tuple[tuple[str, Blueprint], ...]:
    """The blueprints that come with the product, in the gallery's order."""
    found = []
    for path in sorted(folder.iterdir()):
        blueprint = compile_folder(path).blueprint if (path / "blueprint.yaml").exists() else None
        if blueprint is not None:
            found.append((path.name, blueprint))
    order = [*ART][:-1] + sorted(name for name, _ in found if name not in ART) + [*ART][-1:]
    return tuple(sorted(found, key=lambda item: order.index(item[0])))


def _card(name: str, blueprint: Blueprint, language: str) -> BlueprintCard:
    entities = [e for e in blueprint.entities.values() if not e.builtin and not e.line_of]
    stages = [stage for pipeline in blueprint.pipelines.values() for stage in pipeline.stages.values()]
    separator = "、" if language.startswith("zh") else ", "
    return BlueprintCard(
        name=name,
        title=blueprint.title.in_(language),
        summary=blueprint.description.in_(language),
        hue=blueprint.hue,
        art=ART.get(name, "gallery"),  # type: ignore[arg-type]
        size=separator.join(
            (
                message("setup.size_entities", language, count=len(entities)),
                message("setup.size_roles", language, count=len(blueprint.roles)),
            )
        ),
        entities=tuple(BlueprintEntity(e.label.in_(language), e.icon, e.hue) for e in entities[:SHOWN]),
        stages=tuple(Choice(stage.key, stage.label.in_(language), stage.hue) for stage in stages[:SHOWN]),
        roles=separator.join(role.label.in_(language) for role in blueprint.roles.values()),
        languages=tuple(LANGUAGE_NAMES[code] for code in blueprint.settings.languages),
        version=blueprint.version,
    )
