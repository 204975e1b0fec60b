"""Templates: the one door to jinja2. Each room keeps its own folder of templates and its own context dataclasses."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import fields
from functools import lru_cache
from pathlib import Path
from typing import Any, Protocol

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup, escape

Html = Markup
"""Text that is already HTML; everything else is escaped where it is put into a page."""


_UNSAFE = re.compile("[&<>\"']")


class Say(Protocol):
    def __call__(self, key: str, language: str, **values: Any) -> str:
        """The sentence `key` in `language`, with its slots filled."""
        ...


class Pages:
    """The page environment of one language. Templates are compiled once and kept for the life of the process.

    Templates may call `t(key, slot=value)`, `icon(name, size)`, the room's own `tools`, and read `static`, the address
    of the static files. A name a template does not get is an error, never an empty text."""

    def __init__(
        self,
        folder: Path,
        language: str,
        say: Say,
        *,
        static: str = "/static",
        symbol: Callable[[str], str] = "/static/icons.svg#i-{}".format,
        tools: Mapping[str, Any] | None = None,
        escape: bool = True,
    ) -> None:
        """`symbol` gives the address of an icon's drawing. Without `escape` the texts are plain ones, no HTML."""
        self.language = language
        self._environment = Environment(
            loader=FileSystemLoader(folder),
            autoescape=escape,
            undefined=StrictUndefined,
            auto_reload=False,
            cache_size=-1,
            trim_blocks=True,
            lstrip_blocks=True,
        )
        self._environment.globals |= {
            "t": _translator(language, say),
            "icon": _icons(symbol),
            "static": static,
            **(tools or {}),
        }

    def render(self, template: str, context: Any) -> str:
        """`template` is a path below the folder; `context` a dataclass whose fields become its variables."""
        kind: type = type(context)
        values = {name: getattr(context, name) for name in _field_names(kind)}
        return self._environment.get_template(template).render(values)

    def source(self, template: str) -> str | None:
        """The text of a template, or None when there is no such file."""
        if template not in self._files():
            return None
        return self._environment.loader.get_source(self._environment, template)[0]  # type: ignore[union-attr]

    def compiled(self, source: str, filters: Mapping[str, Callable[[Any], Any]] | None = None) -> Callable[..., Html]:
        """A function rendering `source` with the variables it is called with. `filters` are its own, by name: they
        cost a tenth of what a function call costs in a template. Everything is escaped, by the quicker `_safe`."""
        environment = self._environment.overlay(autoescape=False, finalize=_safe)
        environment.filters = {**environment.filters, **(filters or {})}
        template = environment.from_string(source)
        return lambda **values: Markup(template.render(values))

    @lru_cache(maxsize=1)  # noqa: B019 - one environment per language lives as long as the process
    def _files(self) -> frozenset[str]:
        return frozenset(self._environment.list_templates())


def isolated(text: str) -> Html:
    """A text of somebody's own inside a sentence: its direction does not reach what stands around it."""
    return Markup("<bdi>{}</bdi>").format(text)


def join(parts: Iterable[str]) -> Html:
    """Parts of a page as one; a part that is not `Html` is escaped."""
    return Markup("").join(parts)


def _safe(value: Any) -> str:
    """What `escape` gives, without making an object for each of the many texts that need no escaping."""
    kind = type(value)
    if kind is str:
        return str(escape(value)) if _UNSAFE.search(value) else value
    if kind is int:
        return str(value)
    return value if kind is Markup else str(escape(value))


@lru_cache(maxsize=256)
def _field_names(context: type) -> tuple[str, ...]:
    return tuple(field.name for field in fields(context))


def _translator(language: str, say: Say) -> Callable[..., str]:
    def translate(key: str, /, **values: Any) -> str:
        if any(isinstance(value, Markup) for value in values.values()):
            return with_html(lambda plain: say(key, language, **plain), values)
        return say(key, language, **values)

    return translate


def with_html(sentence: Callable[[Mapping[str, Any]], str], values: Mapping[str, Any]) -> Html:
    """A sentence with HTML in its slots: its own words and the plain values are escaped, the HTML is not."""
    marks = {name: f"\ue000{name}\ue001" for name, value in values.items() if isinstance(value, Markup)}
    text = escape(sentence({**values, **marks}))
    for name, mark in marks.items():
        text = Markup(str(text).replace(mark, str(values[name])))
    return text


def _icons(symbol: Callable[[str], str]) -> Callable[..., Html]:
    @lru_cache(maxsize=1024)
    def icon(name: str, size: str = "", extra: str = "") -> Html:
        kinds = " ".join(part for part in ("icon", f"icon--{size}" if size else "", extra) if part)
        return Markup('<svg class="{}" aria-hidden="true"><use href="{}"/></svg>').format(kinds, symbol(name))

    return icon
