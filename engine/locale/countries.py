"""The country a person names in an address."""

from __future__ import annotations

from functools import lru_cache

from engine.locale.languages import locale_of, regions

OTHER_NAMES = {
    "CN": (
        "P.R. China",
        "PR China",
        "PRC",
        "People's Republic of China",
        "中华人民共和国",
        "中国大陆",
        "Mainland China",
    ),
    "US": ("U.S.", "U.S.A.", "USA", "United States of America", "America", "美利坚合众国"),
    "GB": ("UK", "Great Britain", "England"),
}


def country_code(text: str) -> str:
    """The ISO 3166 code of a country named in English or Chinese, or by its code; "" for none."""
    return _codes().get(text.strip().casefold(), "")


@lru_cache(maxsize=1)
def _codes() -> dict[str, str]:
    known = regions()
    codes = {code.casefold(): code for code in known}
    for language in ("en", "zh-CN"):
        names = locale_of(language).territories.items()
        codes |= {str(name).casefold(): code for code, name in names if code in known}
    return codes | {name.casefold(): code for code, names in OTHER_NAMES.items() for name in names}
