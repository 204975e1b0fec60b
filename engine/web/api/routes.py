"""Every address of the API and the view that answers it."""

from __future__ import annotations

from starlette.responses import Response
from starlette.routing import BaseRoute, Mount, Route as HttpRoute

from engine.access.api_rate import ApiRate
from engine.web.api import bulk, describing, files, reading, writing
from engine.web.api.adapter import ApiEndpoint, ApiView, Route
from engine.web.api.problem import refused
from engine.web.api.request import ROOT, ApiRequest
from engine.web.services import Services

API: list[tuple[str, str, ApiView]] = [
    ("GET", "", reading.show_index),
    ("GET", "/{entity}", reading.show_list),
    ("POST", "/{entity}", writing.create_record),
    ("POST", "/{entity}/bulk", bulk.write_many),
    ("POST", "/{entity}/files", files.stage_files),
    ("GET", "/{entity}/{id}", reading.show_record),
    ("PATCH", "/{entity}/{id}", writing.change_record),
    ("DELETE", "/{entity}/{id}", writing.delete_record),
    ("POST", "/{entity}/{id}/restore", writing.restore_record),
    ("GET", "/{entity}/{id}/files", files.list_files),
    ("POST", "/{entity}/{id}/files", files.add_files),
    ("GET", "/{entity}/{id}/files/{file}", files.download),
    ("DELETE", "/{entity}/{id}/files/{file}", files.remove_file),
]
DOCUMENT = ("GET", "/openapi.json", describing.show_document)
"""Which a person who is logged in may read too."""
UPLOADS = ("/{entity}/files", "/{entity}/{id}/files")
"""Addresses that files are sent to."""
DOWNLOADS = ("/{entity}/{id}/files/{file}",)
"""Addresses that answer with something else than JSON."""


def api_routes(services: Services) -> tuple[list[BaseRoute], list[BaseRoute]]:
    """Those of the API, and what answers everything else below `/api`."""
    rate = ApiRate(services.settings.api_rate, services.clock)
    views: dict[str, dict[str, ApiView]] = {}
    for method, path, view in API:
        views.setdefault(path, {})[method] = view

    def route(path: str, found: Route) -> BaseRoute:
        return HttpRoute(path, endpoint=ApiEndpoint(services, rate, found))

    method, path, view = DOCUMENT
    below = [
        route(path, Route({method: view}, for_people=True)),
        *(route(path, Route(by, path in UPLOADS, path in DOWNLOADS)) for path, by in views.items() if path),
        route("/{path:path}", Route(dict.fromkeys(METHODS, _nowhere))),
    ]
    first = [route(ROOT, Route(views[""])), Mount(ROOT, routes=below)]
    nowhere = Route(dict.fromkeys(METHODS, _nowhere))
    return first, [route(path, nowhere) for path in ("/api", "/api/{path:path}")]


METHODS = ("GET", "POST", "PATCH", "DELETE", "PUT", "OPTIONS", "TRACE")


def _nowhere(api: ApiRequest) -> Response:
    raise refused("not_found")
