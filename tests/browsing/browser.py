"""A browser without script: it keeps cookies, follows redirects, and sends forms as they stand in the page."""

from __future__ import annotations

import gzip
from collections.abc import Mapping, Sequence
from functools import cached_property
from urllib.parse import urljoin

import httpx2
from starlette.testclient import TestClient

from tests.browsing.html import Element, parse

Pairs = list[tuple[str, str]]
Files = Sequence[tuple[str, str, bytes]]


class Browser:
    def __init__(self, client: TestClient) -> None:
        self.client = client

    def open(self, url: str, **headers: str) -> Page:
        return self._page(self.client.get(url, headers=_named(headers)))

    def fragment(self, url: str, target: str = "", **headers: str) -> Page:
        """What htmx gets for `url`."""
        return self.open(url, hx_request="true", hx_target=target, **headers)

    def send(self, url: str, data: Mapping[str, str] | Pairs, files: Files = (), **headers: str) -> Page:
        """A form of one's own making; nothing is added to it. `files` are (control, name, content)."""
        pairs = list(data.items()) if isinstance(data, Mapping) else data
        grouped: dict[str, list[str]] = {}
        for name, value in pairs:
            grouped.setdefault(name, []).append(value)
        parts = [(control, (name, content)) for control, name, content in files]
        return self._page(self.client.post(url, data=grouped, files=parts or None, headers=_named(headers)))

    def _page(self, answer: httpx2.Response) -> Page:
        if onward := answer.headers.get("hx-redirect"):
            return self.open(onward)
        return Page(self, answer)


class Page:
    """One answer: its status, its words and its forms."""

    def __init__(self, browser: Browser, answer: httpx2.Response) -> None:
        self.browser, self.answer = browser, answer
        self.status, self.headers, self.html = answer.status_code, answer.headers, answer.text

    @property
    def path(self) -> str:
        """Path and query of the address it was found at in the end."""
        return str(self.answer.url.raw_path, "ascii")

    @cached_property
    def tree(self) -> Element:
        return parse(self.html)

    @property
    def words(self) -> str:
        return self.tree.text

    @property
    def gzipped(self) -> int:
        """Bytes it takes when it is compressed."""
        return len(gzip.compress(self.answer.content, 5))

    def named(self, id: str) -> Element:
        """The element with this id."""
        return self.tree.one(id=id)

    def texts(self, tag: str = "", kind: str = "", **attributes: str) -> list[str]:
        return [element.text for element in self.tree.all(tag, kind, **attributes)]

    def link(self, text: str, inside: str = "main") -> str:
        """Where the link with these words leads; `inside` is a tag or an id to look in."""
        region = next(e for e in self.tree.walk() if inside in (e.tag, e["id"]))
        found = [a for a in region.all("a") if text in (a.text, a["aria-label"])]
        assert found, f"there is no link {text!r}"
        return found[0]["href"]

    def follow(self, text: str, inside: str = "main") -> Page:
        return self.browser.open(urljoin(self.path, self.link(text, inside)))

    def error(self, control: str) -> str:
        """The error beside the control with this id."""
        return self.named(f"{control}-e").text

    def form(self, action: str, *controls: str) -> Form:
        """The first form that is sent to `action` and has these controls."""
        forms = [Form(self, element) for element in self.tree.all("form") if element["action"] == action]
        assert forms, f"there is no form for {action}, only {[form['action'] for form in self.tree.all('form')]}"
        fitting = [form for form in forms if set(controls) <= {control["name"] for control in form.controls}]
        assert fitting, f"no form for {action} has {controls}"
        return fitting[0]

    def submit(
        self, action: str, typed: Mapping[str, str] = {}, press: tuple[str, str] | None = None, **headers: str
    ) -> Page:
        """Fill in the form that is sent to `action` and send it with the button `press`."""
        form = self.form(action, *typed)
        pairs = form.filled(typed) + ([press] if press else [])
        if form.element["method"] == "get":
            return self.browser.open(f"{action}?{httpx2.QueryParams(pairs)}", **headers)
        return self.browser.send(action, pairs, **headers)

    def submit_by_htmx(self, action: str, typed: Mapping[str, str] = {}, press: tuple[str, str] | None = None) -> Page:
        return self.submit(action, typed, press, hx_request="true")


class Form:
    def __init__(self, page: Page, element: Element) -> None:
        self.page, self.element = page, element

    @property
    def controls(self) -> list[Element]:
        """Its inputs, also those elsewhere in the page that name it."""
        outside = [e for e in self.page.tree.walk() if self.element["id"] and e["form"] == self.element["id"]]
        inside = [e for e in self.element.walk() if not e["form"]]
        return [e for e in (*inside, *outside) if e.tag in ("input", "select", "textarea") and e["name"]]

    @property
    def values(self) -> dict[str, str]:
        """What it would send as it stands; of a name that is there twice, the last."""
        return dict(self.filled({}))

    def filled(self, typed: Mapping[str, str]) -> Pairs:
        """What it sends after typing. A checkbox is ticked by its value and cleared by ""."""
        return [
            (control["name"], value)
            for control in self.controls
            if "disabled" not in control and (value := _value(control, typed)) is not None
        ]


def _value(control: Element, typed: Mapping[str, str]) -> str | None:
    wanted = typed.get(control["name"])
    if control["type"] in ("checkbox", "radio"):
        value = control.attributes.get("value", "on")
        chosen = "checked" in control if wanted is None else wanted == value
        return value if chosen else None
    if control["type"] == "hidden":
        return control["value"]
    if wanted is not None:
        return wanted
    if control.tag == "textarea":
        return "".join(child for child in control.children if isinstance(child, str)).removeprefix("\n")
    if control.tag == "select":
        options = control.all("option")
        chosen_options = [option for option in options if "selected" in option] or options[:1]
        return chosen_options[0]["value"] if chosen_options else None
    return control["value"]


def _named(headers: Mapping[str, str]) -> dict[str, str]:
    return {name.replace("_", "-"): value for name, value in headers.items()}
