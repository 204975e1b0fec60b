"""What people can choose from: languages, currencies, regions and time zones, as babel knows them."""

from __future__ import annotations

from functools import lru_cache
from zoneinfo import available_timezones

from babel import Locale
from babel.core import get_global


@lru_cache(maxsize=64)
def locale_of(language: str) -> Locale:
    """Babel's locale; Chinese without a script is read by its region (`zh-CN` is simplified)."""
    return Locale.parse(language, sep="-", resolve_likely_subtags=True)


@lru_cache(maxsize=1)
def currencies() -> frozenset[str]:
    """The ISO 4217 codes of the currencies some territory uses today."""
    used = get_global("territory_currencies").values()
    return frozenset(code for rows in used for code, _start, end, tender in rows if end is None and tender)


@lru_cache(maxsize=1)
def regions() -> frozenset[str]:
    """The ISO 3166 codes of countries and territories."""
    return frozenset(code for code in get_global("territory_currencies") if len(code) == 2) - {"EU", "ZZ"}


@lru_cache(maxsize=1)
def time_zones() -> frozenset[str]:
    """The IANA names of time zones."""
    return frozenset(available_timezones())


def is_currency(code: str) -> bool:
    return code in currencies()


def is_region(code: str) -> bool:
    return code in regions()


def is_time_zone(name: str) -> bool:
    return name in time_zones()
