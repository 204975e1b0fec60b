"""What axe finds on a page in every look: both widths, both themes, both languages, with as few loads as can be."""

from __future__ import annotations

from typing import Any

from axe_playwright_python.base import AXE_SCRIPT
from playwright.sync_api import Page

from tests.browser.conftest import settled

LOOKS = {
    "desktop": {},
    "desktop dark": {"theme": "dark"},
    "phone": {"phone": True},
    "phone dark": {"phone": True, "theme": "dark"},
    "desktop zh": {"language": "zh-CN"},
    "phone zh": {"phone": True, "language": "zh-CN"},
}
# A theme changes colours and nothing else; a language changes all but colours.
COLOURS = ("color-contrast", "link-in-text-block")
# Chromium keeps some inherited colours when the theme turns under a page; a page laid out afresh has the new ones.
AFRESH = """() => {
  document.documentElement.style.display = "none";
  document.body.getBoundingClientRect();
  document.documentElement.style.display = "";
  document.body.getBoundingClientRect();
  const ends = (animation) => animation.effect.getComputedTiming().endTime !== Infinity;
  document.getAnimations().filter(ends).forEach((animation) => animation.finish());
}"""
SIZES = {False: (1440, 900), True: (390, 844)}


def violations(
    page: Page, inside: str | None = None, only: tuple[str, ...] = (), but: tuple[str, ...] = ()
) -> list[str]:
    """What axe finds on the page, or inside one part of it; one line each. `only` and `but` name its rules."""
    options: dict[str, Any] = {"resultTypes": ["violations"], "rules": {rule: {"enabled": False} for rule in but}}
    if only:
        options["runOnly"] = list(only)
    if not page.evaluate("'axe' in window"):
        page.evaluate(AXE_SCRIPT)
    found = page.evaluate(
        "([inside, options]) => axe.run(inside || document, options).then((found) => found.violations)",
        [inside, options],
    )
    return [f"{item['id']}: {node['html'][:160]}" for item in found for node in item["nodes"]]


def turn(page: Page, phone: bool) -> None:
    """Makes the opened page one on a phone, or one on a desktop."""
    width, height = SIZES[phone]
    session = page.context.new_cdp_session(page)
    size = {"width": width, "height": height, "deviceScaleFactor": 1, "mobile": phone}
    session.send("Emulation.setDeviceMetricsOverride", size)
    session.send("Emulation.setTouchEmulationEnabled", {"enabled": phone})
    page.wait_for_timeout(20)


def in_both_themes(page: Page, only: tuple[str, ...] = ()) -> dict[str, list[str]]:
    """The theme the browser asks for is turned and turned back; `only` names the rules that are tried in the light."""
    found = {"light": violations(page, only=only)}
    for theme in ("dark", "light"):
        page.emulate_media(color_scheme=theme)  # type: ignore[arg-type]
        page.evaluate(AFRESH)
        if theme == "dark":
            found[theme] = violations(page, only=COLOURS)
    return found


def at_both_widths(page: Page, path: str, phone_first: bool) -> dict[str, list[str]]:
    """Opens an address at one width, then turns the opened page to the other one. Colours are tried in English,
    everything else in each language."""
    found = {}
    turn(page, phone_first)
    page.goto(path)
    settled(page)
    for phone in (phone_first, not phone_first):
        turn(page, phone)
        width = "phone" if phone else "desktop"
        if page.evaluate("document.documentElement.lang") == "en":
            in_themes = in_both_themes(page, COLOURS if phone else ())
            found |= {f"{width} {theme}": faults for theme, faults in in_themes.items()}
        else:
            found[f"{width} zh"] = violations(page, but=COLOURS)
    return {look: faults for look, faults in found.items() if faults}
