"""What makes the CRM an app on a phone: its manifest, its service worker, and the page shown without a connection."""

from __future__ import annotations

import json
from dataclasses import replace

from starlette.responses import HTMLResponse, Response

from engine.forms import contexts
from engine.forms.pages import STATIC, pages, static_address
from engine.locale.catalogue import message
from engine.web.desk import LANGUAGE_NAMES, WebRequest, make_page

ICONS = (("app/icon-192.png", "192x192", "any"), ("app/icon-512.png", "512x512", "any"))
MASKABLE = ("app/icon-maskable-512.png", "512x512", "maskable")
CANVAS, BRAND = "#f5f4f2", "#3347c8"


def show_manifest(request: WebRequest) -> Response:
    """The web app manifest (W3C) under the workspace's own name."""
    workspace, static = request.services.workspace, static_address()
    name = workspace.name if workspace else message("setup.product", request.language)
    icons = [
        {"src": f"{static}/{path}", "sizes": sizes, "type": "image/png", "purpose": purpose}
        for path, sizes, purpose in (*ICONS, MASKABLE)
    ]
    manifest = {
        "id": "/",
        "name": name,
        "short_name": name[:12].rstrip(),
        "lang": request.language,
        "start_url": "/",
        "scope": "/",
        "display": "standalone",
        "background_color": CANVAS,
        "theme_color": CANVAS,
        "icons": icons,
    }
    return Response(json.dumps(manifest, ensure_ascii=False), media_type="application/manifest+json")


def show_worker(request: WebRequest) -> Response:
    """The service worker, told where this version's static files are: a new version is a new worker."""
    offline = {code: f"/offline/{code}" for code in LANGUAGE_NAMES}
    told = f"const STATIC = {json.dumps(static_address())};\nconst OFFLINE = {json.dumps(offline)};\n"
    text = told + (STATIC / "js" / "worker.js").read_text(encoding="utf-8")
    return Response(text, media_type="text/javascript")


def show_offline(request: WebRequest) -> Response:
    """`/offline/<code>`: kept by browsers and shown when the server cannot be reached; nobody's data is in it."""
    code = request.path_params["code"]
    language = code if code in LANGUAGE_NAMES else request.language
    made = make_page(request, request.services.workspace, message("offline.title", language))
    page = replace(made, language=language, csrf="", user=None, languages=(), toasts=())
    return HTMLResponse(pages(language).render("screens/offline.html", contexts.OfflineScreen(page)))
