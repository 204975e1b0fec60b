"""The CRM as an app: its manifest, its worker, the page without a connection."""

from __future__ import annotations

import pytest

from engine.forms.pages import static_address
from tests.product import Product


def test_the_manifest_names_the_workspace_and_icons_that_exist(shared_b2b: Product) -> None:
    client = shared_b2b.browser().client
    answer = client.get("/manifest.webmanifest")
    manifest = answer.json()
    assert answer.headers["content-type"] == "application/manifest+json"
    assert (manifest["name"], manifest["start_url"], manifest["display"]) == (
        shared_b2b.services.workspace.name,
        "/",
        "standalone",
    )
    assert [(icon["sizes"], icon["purpose"]) for icon in manifest["icons"]] == [
        ("192x192", "any"),
        ("512x512", "any"),
        ("512x512", "maskable"),
    ]
    assert {client.get(icon["src"]).headers["content-type"] for icon in manifest["icons"]} == {"image/png"}


def test_the_worker_knows_the_static_files_of_this_version_and_keeps_no_page_with_data(shared_b2b: Product) -> None:
    answer = shared_b2b.browser().client.get("/worker.js")
    assert answer.headers["content-type"].startswith("text/javascript")
    assert answer.text.startswith(f'const STATIC = "{static_address()}";\n')
    assert answer.headers["cache-control"] == "private, no-cache"


@pytest.mark.parametrize(
    ("code", "title"), [("en", "No connection"), ("zh-CN", "没有网络连接"), ("xx", "No connection")]
)
def test_the_offline_page_holds_nobodys_name_and_no_token(shared_b2b: Product, code: str, title: str) -> None:
    page = shared_b2b.enter("dana").open(f"/offline/{code}")
    assert page.tree.one("h1").text == title
    assert "Dana" not in page.html and page.tree.one("meta", name="csrf-token")["content"] == ""
