"""The third-party files the browser gets are those the manifest names."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path

import engine.web

STATIC = Path(engine.web.__file__).parent / "static"
VENDOR = STATIC / "vendor"
MANIFEST = json.loads((VENDOR / "manifest.json").read_text(encoding="utf-8"))
FOLDERS = {
    "htmx.org": "htmx",
    "sortablejs": "sortablejs",
    "trix": "trix",
    "@fontsource-variable/inter": "inter",
    "lucide-static": "lucide",
}


def test_every_vendored_file_is_listed_with_its_hash() -> None:
    listed = {
        f"{FOLDERS[package['name']]}/{name}": digest
        for package in MANIFEST
        for name, digest in package["files"].items()
    }
    found = {
        path.relative_to(VENDOR).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in VENDOR.rglob("*")
        if path.is_file() and path.name != "manifest.json"
    }
    assert found == listed


def test_every_package_says_its_version_and_brings_its_licence() -> None:
    assert [package["name"] for package in MANIFEST if not (package["version"] and package["licence"])] == []
    assert [name for name, folder in FOLDERS.items() if not (VENDOR / folder / "LICENSE.txt").is_file()] == []


def test_the_component_styles_take_every_colour_from_the_tokens() -> None:
    sheets = [
        (STATIC / name).read_text(encoding="utf-8")
        for name in ("app.css", *(path.relative_to(STATIC).as_posix() for path in (STATIC / "css").glob("*.css")))
    ]
    assert [word for sheet in sheets for word in ("oklch(", "rgb(", ": #") if word in sheet] == []
