"""The provinces, cities and districts of China: what belongs to what. Read when an address first asks for them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path

SOURCE = Path(__file__).parent / "data" / "china.txt"
MUNICIPALITIES = frozenset({"11", "12", "31", "50"})
NO_CITY = ("", "市辖区", "县")
LEVELS = ("province", "city", "district")

Path3 = tuple[str, str, str]
"""Names of a province, a city and a district; "" for those below the level that is meant."""


@dataclass(slots=True)
class Region:
    """`code` is the one of GB/T 2260; `parts` are the regions of the next level."""

    code: str
    name: str
    parts: list[Region] = field(default_factory=list)


class Misplaced(ValueError):
    """`name` does not belong to `parent`; `homes` are the regions that have one of this name."""

    def __init__(self, name: str, parent: str, homes: Sequence[str]) -> None:
        super().__init__(f"{name} is not in {parent}")
        self.name, self.parent, self.homes = name, parent, tuple(homes)


@lru_cache(maxsize=1)
def provinces() -> tuple[Region, ...]:
    root = Region("", "")
    branch = [root]
    for line in SOURCE.read_text(encoding="utf-8").splitlines():
        if not line.startswith("#"):
            depth = len(line) - len(line.lstrip())
            code, name = line.split()
            region = Region(code, name)
            del branch[depth + 1 :]
            branch[depth].parts.append(region)
            branch.append(region)
    return tuple(root.parts)


def settle(province: str, city: str, district: str) -> Path3:
    """The full names of what was typed: 广东, 深圳, 南山 is 广东省, 深圳市, 南山区. What the data does not know stays,
    because districts are founded and renamed. Raises `Misplaced` for a name that belongs elsewhere."""
    top = _named(provinces(), province) if province else _province_of(city)
    if top is None:
        return province, city, district
    if top.code in MUNICIPALITIES:
        city, district = _in_municipality(top, city, district)
    middle = _inside(top, city, _cities())
    if middle is None and not city and district:
        holders = [each for each in top.parts if _named(each.parts, district)]
        middle = holders[0] if len(holders) == 1 else None
    if middle is None:
        return top.name, city, district
    last = _inside(middle, district, _districts()) if middle.parts else None
    return top.name, middle.name, last.name if last else district


def offers(level: str, typed: str, province: str, city: str, most: int) -> list[Path3]:
    """What may be meant at a level: without `typed` all that belongs to the level above, else what its names contain,
    those of the chosen province and city first, then the whole country."""
    near = _below(level, province, city)
    if not typed:
        return near[:most]
    depth = LEVELS.index(level)
    everywhere = (path for path in _paths() if path[depth] and not any(path[depth + 1 :]))
    found = dict.fromkeys(path for path in (*near, *everywhere) if typed in "".join(path[: depth + 1]))
    chosen = tuple(filter(None, (province, city)[:depth]))
    return sorted(found, key=lambda path: (path[: len(chosen)] != chosen, typed not in path[depth]))[:most]


def _below(level: str, province: str, city: str) -> list[Path3]:
    if level == "province":
        return [(each.name, "", "") for each in provinces()]
    top = _named(provinces(), province)
    if top is None:
        return []
    if level == "city":
        return [(top.name, each.name, "") for each in top.parts]
    middle = top.parts[0] if top.code in MUNICIPALITIES else _named(top.parts, city)
    return [(top.name, middle.name, each.name) for each in middle.parts] if middle else []


def _paths() -> Iterator[Path3]:
    for top in provinces():
        yield top.name, "", ""
        for middle in top.parts:
            yield top.name, middle.name, ""
            yield from ((top.name, middle.name, last.name) for last in middle.parts)


def _named(regions: Iterable[Region], text: str) -> Region | None:
    """The region with this name, or the only one whose name it begins."""
    found = [region for region in regions if region.name.startswith(text)]
    exact = [region for region in found if region.name == text]
    return exact[0] if exact else found[0] if len(found) == 1 and len(text) > 1 else None


def _province_of(city: str) -> Region | None:
    holders = [top for top in provinces() if city and _named(top.parts, city)]
    return holders[0] if len(holders) == 1 else None


def _in_municipality(top: Region, city: str, district: str) -> tuple[str, str]:
    """Such a city is its own province; some write the district where others write the city."""
    if city in NO_CITY:
        return (top.name if district else ""), district
    if not district and _named(top.parts[0].parts, city):
        return top.name, city
    return city, district


def _inside(parent: Region, text: str, elsewhere: Iterable[tuple[str, Region]]) -> Region | None:
    found = _named(parent.parts, text) if text else None
    if text and found is None:
        homes = list(dict.fromkeys(home for home, region in elsewhere if region.name == text))
        if homes:
            raise Misplaced(text, parent.name, homes)
    return found


def _cities() -> Iterator[tuple[str, Region]]:
    return ((top.name, middle) for top in provinces() for middle in top.parts)


def _districts() -> Iterator[tuple[str, Region]]:
    return ((middle.name, last) for top in provinces() for middle in top.parts for last in middle.parts)
