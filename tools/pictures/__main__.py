"""`python -m tools.pictures` makes them all, with names only those. Without Chromium they stay as they are."""

from __future__ import annotations

import shutil
import socket
import sys
import tempfile
import threading
import time
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import uvicorn
from playwright.sync_api import Browser, FilePayload, Page, sync_playwright

from engine.access.login import find_user
from engine.app import BLUEPRINTS, make_app, open_services
from engine.clock import SettableClock
from engine.settings import Settings
from engine.web.security import SESSION_COOKIE
from engine.web.services import Services
from tools.pictures.palette import reduced

IMAGES = Path(__file__).resolve().parents[2] / "docs" / "images"
NOW = datetime(2026, 3, 4, 9, 30, tzinfo=UTC)
RECORD = "/e/opportunity/{id}?in=open"


@dataclass(frozen=True)
class Look:
    path: str
    language: str = "en-GB"
    theme: str = "light"
    phone: bool = False
    wait: str = "#main"
    find: str = ""
    """What is typed into the command palette."""
    who: str = "mei@example.org"
    until: str = ""
    """For an import: the file is brought, and "check" goes on to the check of its rows."""


ADMIN = "dana@example.org"
FILE: FilePayload = {
    "name": "pipeline-2026.csv",
    "mimeType": "text/csv",
    "buffer": "\n".join(
        (
            "Opportunity,Account,Value (USD),Stage,Close date,Owner,Ref",
            'Cold-chain sensors,Winterreach Growers,"216,000",Proposal,30/11/2026,mei@example.org,A-10093',
            'pH probes,Winterreach Growers,"31,200",Demo,12/01/2027,mei@example.org,A-10094',
            'Valve survey,Winter reach Growers,"128,800",Demo,31/02/2027,mei@example.org,A-10095',
            ',Winterreach Growers,"14,000",Proposal,04/12/2026,mei@example.org,A-10096',
            'Line rebuild,Winter reach Growers,"62,300",Nego,19/01/2027,mei@example.org,A-10097',
            'Second line,Winterreach Growers,"58,900",Demo,22/01/2027,mei@example.org,A-10098',
        )
    ).encode(),
}


LOOKS = {
    "list": Look("/e/opportunity"),
    "list.peek": Look("/e/opportunity/v/open?peek={id}", wait="#peek h2"),
    "list.dark": Look("/e/opportunity", theme="dark"),
    "list.zh-CN": Look("/e/opportunity", language="zh-CN"),
    "list.phone": Look("/e/opportunity", phone=True),
    "board": Look("/e/opportunity/v/board"),
    "calendar": Look("/e/opportunity/v/closing"),
    "pivot": Look("/e/opportunity/v/pivot"),
    "record": Look(RECORD, wait="#timeline .tl__i"),
    "record.zh-CN": Look(RECORD, language="zh-CN", wait="#timeline .tl__i"),
    "record.phone": Look(RECORD, phone=True),
    "form": Look("/e/opportunity/new"),
    "home": Look("/"),
    "inbox": Look("/inbox"),
    "tasks": Look("/tasks"),
    "import": Look("/e/opportunity/import", who=ADMIN, until="map"),
    "import.check": Look("/e/opportunity/import", who=ADMIN, until="check"),
    "palette": Look("/e/opportunity", find="green"),
}


def serve(services: Services) -> uvicorn.Server:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        port = found.getsockname()[1]
    server = uvicorn.Server(uvicorn.Config(make_app(services), port=port, log_level="error", proxy_headers=False))
    threading.Thread(target=server.run, daemon=True).start()
    while not server.started:
        time.sleep(0.05)
    return server


def session(services: Services, who: str) -> str:
    with services.database.write() as connection:
        user = find_user(connection, who)
        return services.sessions.create(connection, user or 0, "pictures", "127.0.0.1")


def opened(browser: Browser, base: str, token: str, look: Look) -> Page:
    context = browser.new_context(
        base_url=base,
        locale=look.language,
        color_scheme="dark" if look.theme == "dark" else "light",
        viewport={"width": 390, "height": 844} if look.phone else {"width": 1280, "height": 800},
        is_mobile=look.phone,
        has_touch=look.phone,
        reduced_motion="reduce",
        service_workers="block",
    )
    context.add_cookies([{"name": SESSION_COOKIE, "value": token, "url": base}])
    return context.new_page()


def shoot(page: Page, look: Look, record: str) -> bytes | None:
    """The picture; nothing when there is no such page."""
    answer = page.goto(look.path.format(id=record), wait_until="load")
    if answer is None or answer.status != 200:
        return None
    page.wait_for_selector(look.wait)
    page.evaluate("document.fonts.ready")
    if look.find:
        page.keyboard.press("Control+k")
        page.locator("dialog input").first.fill(look.find)
        page.wait_for_selector("dialog [role=option] >> nth=2")
    if look.until:
        bring(page, look.until)
    page.wait_for_load_state("networkidle")
    return reduced(page.screenshot(animations="disabled", caret="hide"))


def bring(page: Page, until: str) -> None:
    """A file on the page of an import, as far as its columns or the check of its rows."""
    page.set_input_files("#file", files=[FILE])
    page.wait_for_url("**/imports/*")
    if until == "check":
        page.locator('button[value="check"]').click()
        page.wait_for_url("**/check")


def record_of(page: Page) -> str:
    """The id of an opportunity that stands high in the list."""
    page.goto("/e/opportunity/v/open?sort=-amount&f=stage:any_of:proposal")
    return page.locator("#list tbody tr[data-id]").first.get_attribute("data-id") or ""


def main(names: list[str]) -> None:
    chromium = shutil.which("chromium") or shutil.which("google-chrome")
    if not chromium:
        print("No Chromium here: the pictures stay as they are.")
        return
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        services = open_services(Settings.from_environment({}, data_folder=Path(folder)), SettableClock(NOW))
        services.workspace = services.founder.found(BLUEPRINTS / "b2b", "Larkfield", True, lambda done, total: None)
        server = serve(services)
        tokens = {who: session(services, who) for who in {look.who for look in LOOKS.values()}}
        browser = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox", "--disable-gpu"])
        base = f"http://127.0.0.1:{server.config.port}"
        record = record_of(opened(browser, base, tokens[LOOKS["list"].who], LOOKS["list"]))
        for name in names or LOOKS:
            page = opened(browser, base, tokens[LOOKS[name].who], LOOKS[name])
            if picture := shoot(page, LOOKS[name], record):
                (IMAGES / f"{name}.png").write_bytes(picture)
            page.context.close()
        browser.close()
        server.should_exit = True


if __name__ == "__main__":
    main(sys.argv[1:])
