"""The regions of China an address may name: a fragment its inputs fetch while somebody types."""

from __future__ import annotations

from starlette.responses import Response

from engine.forms.contexts import RegionList, RegionOption
from engine.locale.china import LEVELS, offers
from engine.web.desk import Desk, WebRequest

OPTIONS = 80
LONGEST = 20
"""Characters of what is asked for; no name is longer."""


def show_regions(request: WebRequest) -> Response:
    """`/regions?level=district&q=&province=&city=`: what belongs to the chosen regions, or what `q` is part of."""
    level = request.query.get("level", LEVELS[0])
    typed, province, city = (request.query.get(name, "").strip()[:LONGEST] for name in ("q", "province", "city"))
    found = offers(level, typed, province, city, OPTIONS) if level in LEVELS else []
    options = tuple(_option(names) for names in found)
    return Desk.of(request).render("parts/regions.html", RegionList(options))


def _option(names: tuple[str, str, str]) -> RegionOption:
    """Named by its last region; those it lies in stand beside it, a municipality once."""
    given = [name for name in dict.fromkeys(names) if name]
    return RegionOption(*names, title=given[-1], inside="".join(given[:-1]))
