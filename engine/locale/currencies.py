"""Currencies and the signs of numbers, from CLDR: symbols, decimal places, separators."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache

from babel.numbers import (
    get_currency_precision,
    get_currency_symbol,
    get_decimal_symbol,
    get_group_symbol,
)

from engine.locale.languages import locale_of
from engine.locale.text import LANGUAGES

SPOKEN_SIGNS = {"CNY": ("元", "人民币", "RMB"), "JPY": ("円", "日元")}
"""Signs people type that CLDR does not list."""


@dataclass(frozen=True, slots=True)
class MoneyFrame:
    """What stands around an amount, and how many decimal places it has when it is not whole."""

    before: str
    after: str
    scale: int


@lru_cache(maxsize=512)
def currency_scale(currency: str) -> int:
    """Decimal places of a currency: 2 for most, 0 for JPY, 3 for KWD."""
    return get_currency_precision(currency)


@lru_cache(maxsize=64)
def separators(language: str) -> tuple[str, str]:
    """(decimal sign, grouping sign) of a language; "" is the neutral one: a point and nothing."""
    if not language:
        return ".", ""
    locale = locale_of(language)
    return get_decimal_symbol(locale), get_group_symbol(locale)


@lru_cache(maxsize=64)
def percent_sign(language: str) -> str:
    return str(locale_of(language).percent_formats[None].suffix[0]) if language else ""


@lru_cache(maxsize=1024)
def money_frame(language: str, currency: str) -> MoneyFrame:
    if not language:
        return MoneyFrame("", "", currency_scale(currency))
    locale = locale_of(language)
    pattern = locale.currency_formats["standard"]
    symbol = get_currency_symbol(currency, locale)
    space = "\N{NO-BREAK SPACE}" if symbol[-1:].isalpha() else ""
    before = pattern.prefix[0].replace("¤", symbol + space)
    return MoneyFrame(before, pattern.suffix[0].replace("¤", symbol), currency_scale(currency))


def without_currency(text: str, currency: str) -> str:
    """The amount without the currency's code or a symbol of it: "$1,200", "1200 USD" and "￥612,500元" -> digits."""
    plain = unicodedata.normalize("NFKC", text)
    return _signs(currency).sub("", plain).strip()


@lru_cache(maxsize=512)
def _signs(currency: str) -> re.Pattern[str]:
    symbols = {get_currency_symbol(currency, locale_of(language)) for language in LANGUAGES}
    narrow = {symbol[-1] for symbol in symbols if not symbol[-1].isalnum()}
    signs = symbols | narrow | {currency, *SPOKEN_SIGNS.get(currency, ())}
    either = "|".join(re.escape(sign) for sign in sorted(signs, key=len, reverse=True))
    return re.compile(rf"(?<![^\W\d])(?:{either})(?![^\W\d])", re.IGNORECASE)
