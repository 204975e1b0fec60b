"""The table of every address and the view that answers it."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from functools import partial
from pathlib import Path
from typing import Any

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.routing import Mount, Route

from engine.web.api.outages import problem_page
from engine.web.api.routes import api_routes
from engine.web.comparing import comparing
from engine.web.endpoint import Adapter, limit_threads
from engine.web.events import events_endpoint, look_at
from engine.web.housekeeping import hourly, tidy
from engine.web.middleware import middlewares
from engine.web.pulse import Pulse
from engine.web.services import Services
from engine.web.static_files import CachedFiles
from engine.web.views import (
    activity,
    api_docs,
    audit,
    bin,
    bulk,
    calendars,
    cells,
    comments,
    duplicates,
    entity_views,
    entry,
    exports,
    files,
    finding,
    forms,
    home,
    import_runs,
    imports,
    inbox,
    installing,
    layouts,
    leaving,
    lines,
    linking,
    merging,
    moves,
    oidc,
    operations,
    passwords,
    people,
    pickers,
    profile,
    records,
    regions,
    saved_views,
    second_factor,
    setup,
    stars,
    tasks,
    teams,
    tokens,
    trees,
    users,
    why,
)
from engine.web.views.errors import error_answer, unrouted_answer
from engine.web.views.missing import not_found
from engine.web.working import working

STATIC = Path(__file__).parent / "static"
View = Callable[..., Any]
FIRST_FILE = "/setup/file"
"""The one public address that takes a file."""

PUBLIC: list[tuple[str, str, View]] = [
    ("GET", "/login", entry.show_login),
    ("POST", "/login", entry.log_in),
    ("GET", "/login/oidc", oidc.go),
    ("GET", "/login/oidc/back", oidc.come_back),
    ("GET", "/login/code", second_factor.show_code),
    ("POST", "/login/code", second_factor.give_code),
    ("GET", "/forgot", passwords.show_forgot),
    ("POST", "/forgot", passwords.ask_forgot),
    ("GET", "/password/{token}", passwords.show_choosing),
    ("POST", "/password/{token}", passwords.choose),
    ("GET", "/language/{code}", entry.choose_language),
    ("GET", "/setup", setup.show_setup),
    ("POST", "/setup", setup.set_up),
    ("POST", FIRST_FILE, setup.take_file),
    ("GET", "/manifest.webmanifest", installing.show_manifest),
    ("GET", "/worker.js", installing.show_worker),
    ("GET", "/offline/{code}", installing.show_offline),
]
PRIVATE: list[tuple[str, str, View]] = [
    ("GET", "/", home.show_home),
    ("POST", "/logout", entry.log_out),
    ("GET", "/profile", profile.show_profile),
    ("POST", "/profile", profile.save_profile),
    ("POST", "/profile/password", profile.save_password),
    ("POST", "/profile/sessions/{id}/revoke", profile.revoke_session),
    ("GET", "/profile/second", second_factor.show_second),
    ("POST", "/profile/second/begin", second_factor.begin_second),
    ("POST", "/profile/second/confirm", second_factor.confirm_second),
    ("POST", "/profile/second/renew", second_factor.renew_codes),
    ("POST", "/profile/second/off", second_factor.end_second),
    ("GET", "/profile/tokens", tokens.show_tokens),
    ("POST", "/profile/tokens", tokens.add_token),
    ("POST", "/profile/tokens/{id}/revoke", tokens.revoke_token),
    ("GET", "/api/docs", api_docs.show_guide),
    ("GET", "/api/docs/{entity}", api_docs.show_entity),
    ("GET", "/users", users.show_users),
    ("POST", "/users", users.add_user),
    ("GET", "/users/{id}", people.show_person),
    ("POST", "/users/{id}", people.save_person),
    ("POST", "/users/{id}/link", people.make_link),
    ("POST", "/users/{id}/activate", people.activate),
    ("POST", "/users/{id}/second/off", people.reset_second),
    ("GET", "/users/{id}/deactivate", leaving.show_leaving),
    ("POST", "/users/{id}/deactivate", leaving.leave),
    ("POST", "/users/{id}/sessions/revoke", people.end_sessions),
    ("POST", "/users/{id}/sessions/{session}/revoke", people.end_sessions),
    ("GET", "/teams", teams.show_teams),
    ("POST", "/teams", teams.add_team),
    ("GET", "/teams/{id}", teams.show_team),
    ("POST", "/teams/{id}", teams.save_team),
    ("POST", "/teams/{id}/delete", teams.delete_team),
    ("GET", "/audit", audit.show_audit),
    ("POST", "/audit/export", audit.export_audit),
    ("GET", "/bin", bin.show_bin),
    ("GET", "/search", finding.show_search),
    ("GET", "/palette", finding.show_palette),
    ("GET", "/pick/{entity}", pickers.pick),
    ("POST", "/e/{entity}/default", saved_views.choose_default),
    ("POST", "/e/{entity}/views", saved_views.add_view),
    ("POST", "/e/{entity}/views/{id}", saved_views.save_view),
    ("POST", "/e/{entity}/views/{id}/delete", saved_views.delete_view),
    ("POST", "/e/{entity}/views/{id}/restore", saved_views.restore_view),
    ("GET", "/e/{entity}", entity_views.show_view),
    ("GET", "/e/{entity}/v/{view}", entity_views.show_view),
    ("GET", "/e/{entity}/v/{view}/count", entity_views.count_view),
    ("POST", "/e/{entity}/v/{view}/layout", layouts.save_layout),
    ("GET", "/regions", regions.show_regions),
    ("GET", "/e/{entity}/new", forms.new_record),
    ("POST", "/e/{entity}/new", forms.create_record),
    ("POST", "/e/{entity}/files/{field}", files.stage_files),
    ("POST", "/e/{entity}/{id}/files/{field}", files.add_files),
    ("POST", "/e/{entity}/{id}/files/{field}/{file}/remove", files.remove_file),
    ("POST", "/e/{entity}/{id}/files/{field}/{file}/restore", files.restore_file),
    ("GET", "/files/{id}/{name}", files.download),
    ("GET", "/e/{entity}/export", exports.ask),
    ("POST", "/e/{entity}/export", exports.export),
    ("GET", "/exports/{id}", exports.download),
    ("GET", "/e/{entity}/duplicates", duplicates.show_duplicates),
    ("POST", "/e/{entity}/duplicates/apart", duplicates.tell_apart),
    ("POST", "/e/{entity}/duplicates/together", duplicates.put_together),
    ("POST", "/e/{entity}/near", duplicates.show_near),
    ("GET", "/e/{entity}/merge", merging.show_merge),
    ("POST", "/e/{entity}/merge", merging.merge_records),
    ("POST", "/e/{entity}/bulk", bulk.act),
    ("POST", "/e/{entity}/bulk/undo", bulk.undo),
    ("GET", "/e/{entity}/import", imports.show_upload),
    ("POST", "/e/{entity}/import", imports.upload),
    ("GET", "/imports", imports.show_imports),
    ("GET", "/imports/{draft}", imports.show_map),
    ("POST", "/imports/{draft}", imports.save_map),
    ("POST", "/imports/{draft}/drop", imports.drop),
    ("GET", "/imports/{draft}/check", import_runs.show_check),
    ("POST", "/imports/{draft}/check", import_runs.repair),
    ("POST", "/imports/{draft}/mend", import_runs.mend),
    ("POST", "/imports/{draft}/start", import_runs.start),
    ("GET", "/imports/{draft}/run", import_runs.show_run),
    ("GET", "/imports/{draft}/errors/{kind}", import_runs.error_file),
    ("GET", "/e/{entity}/{id}", records.show_record),
    ("GET", "/e/{entity}/{id}/edit", forms.edit_record),
    ("POST", "/e/{entity}/{id}/edit", forms.save_record),
    ("GET", "/e/{entity}/{id}/why/{field}", why.show_why),
    ("GET", "/e/{entity}/{id}/cell/{field}", cells.edit_cell),
    ("POST", "/e/{entity}/{id}/cell/{field}", cells.save_cell),
    ("POST", "/e/{entity}/{id}/stage", moves.move_record),
    ("POST", "/e/{entity}/{id}/day", calendars.move_event),
    ("POST", "/e/{entity}/{id}/parent", trees.move_below),
    ("POST", "/e/{entity}/{id}/star", stars.set_star),
    ("POST", "/e/{entity}/{id}/delete", records.delete_record),
    ("POST", "/e/{entity}/{id}/restore", records.restore_record),
    ("POST", "/e/{entity}/{id}/lines/{field}", lines.add_line),
    ("POST", "/e/{entity}/{id}/place", lines.place_line),
    ("GET", "/e/{entity}/{id}/related/{other}/{by}", linking.ask),
    ("POST", "/e/{entity}/{id}/related/{other}/{by}", linking.link_chosen),
    ("POST", "/e/{entity}/{id}/related/{other}/{by}/{record}/link", linking.link_again),
    ("POST", "/e/{entity}/{id}/related/{other}/{by}/{record}/unlink", linking.unlink),
    ("GET", "/e/{entity}/{id}/history", activity.show_history),
    ("GET", "/e/{entity}/{id}/activity", activity.show_activity),
    ("GET", "/e/{entity}/{id}/timeline", activity.show_timeline),
    ("POST", "/e/{entity}/{id}/comments", comments.add_comment),
    ("POST", "/e/{entity}/{id}/follow", activity.follow),
    ("GET", "/comments/{comment}", comments.show_comment),
    ("GET", "/comments/{comment}/edit", comments.edit_comment),
    ("POST", "/comments/{comment}", comments.save_comment),
    ("POST", "/comments/{comment}/delete", comments.delete_comment),
    ("POST", "/comments/{comment}/restore", comments.restore_comment),
    ("GET", "/tasks", tasks.show_tasks),
    ("POST", "/tasks/{entity}/{id}/done", tasks.check_off),
    ("POST", "/tasks/{entity}/{id}/due", tasks.move_due),
    ("GET", "/operations", operations.show_operations),
    ("GET", "/operations/{operation}", operations.show_operation),
    ("POST", "/operations/{operation}/undo", operations.undo_operation),
    ("POST", "/operations/{operation}/stop", operations.stop_operation),
    ("POST", "/operations/{operation}/resume", operations.resume_operation),
    ("GET", "/inbox", inbox.show_inbox),
    ("GET", "/inbox/count", inbox.count_unread),
    ("POST", "/inbox/read", inbox.read_all),
    ("POST", "/inbox/{notice}/read", inbox.read_notice),
    ("POST", "/inbox/{notice}/open", inbox.open_notice),
]
TAKE_IMPORTS = frozenset({imports.upload})
"""Views that take files as large as those of imports may be."""


def make_application(services: Services) -> Starlette:
    """The ASGI application of one process."""
    adapter: Adapter[Services] = Adapter(services, error_answer, services.settings.file_limit)
    pulse = Pulse(look_at(services))
    api, nowhere = api_routes(services)
    large = services.settings.import_limit
    routes = [
        *(
            Route(path, adapter.endpoint(view, public=True, files=path == FIRST_FILE), methods=[method])
            for method, path, view in PUBLIC
        ),
        *api,
        *(Route(path, adapter.endpoint(view, public=True), methods=[method]) for method, path, view in PUBLIC),
        *(
            Route(path, adapter.endpoint(view, file_limit=large if view in TAKE_IMPORTS else 0), methods=[method])
            for method, path, view in PRIVATE
        ),
        *nowhere,
        Route("/events", events_endpoint(services, pulse), methods=["GET"]),
        Mount("/static", CachedFiles(directory=STATIC), name="static"),
        Route("/{path:path}", adapter.endpoint(not_found, public=True), methods=["GET", "POST"]),
    ]
    application = Starlette(
        routes=routes,
        middleware=middlewares(services.settings, problem_page),
        exception_handlers={HTTPException: unrouted_answer},
        lifespan=partial(_lifespan, services),
    )
    application.state.pulse = pulse
    return application


@asynccontextmanager
async def _lifespan(services: Services, application: Starlette) -> AsyncIterator[None]:
    limit_threads()
    wanted = services.settings.operations
    async with hourly(partial(tidy, services)), working(services.runner, wanted), comparing(services, wanted):
        yield
    application.state.pulse.close()
