"""What type the fields of a new entity have, going by the values and titles of the columns of a sheet.

A type is taken when nearly all values fit it. What only the title says, or what some values do not fit, is unsure and
told so, for a person to look at."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from functools import lru_cache
from typing import Any, Literal

from engine.exchange.column_facts import Facts, written
from engine.exchange.column_reader import TYPED_PLACES
from engine.exchange.field_types import field_types
from engine.exchange.header_hints import hints
from engine.exchange.sheet import Percentage
from engine.language.nodes import Place
from engine.locale.formats import Formats
from engine.locale.text import Text
from engine.schema.field_type import ValueRefused
from engine.schema.model import Field

Sure = Literal["sure", "likely", "unsure"]
ENOUGH = 0.9
"""The share of values that decides."""
MOST_OPTIONS, LONGEST_OPTION = 24, 40
LONG = 180
REQUIRED_FROM = 5
"""Rows that make "never empty" say something."""
YES_NO = {"true", "false", "yes", "no", "是", "否"}
CURRENCIES: Mapping[str, str] = {
    "¥": "CNY", "￥": "CNY", "元": "CNY", "RMB": "CNY", "CNY": "CNY", "人民币": "CNY", "$": "USD", "US$": "USD",
    "USD": "USD", "€": "EUR", "EUR": "EUR", "£": "GBP", "GBP": "GBP", "HK$": "HKD", "HKD": "HKD", "CHF": "CHF",
}  # fmt: skip
SIGNS = "|".join(re.escape(sign) for sign in sorted(CURRENCIES, key=len, reverse=True))
NUMBER = r"[+-]?\(?\d{1,3}(?:[ ,'’]\d{3})+(?:\.\d+)?\)?|[+-]?\d+(?:\.\d+)?"
PLAIN = re.compile(rf"(?:{NUMBER})", re.ASCII)
MONEY = re.compile(rf"-?(?P<before>{SIGNS})?\s*(?:{NUMBER})\s*(?P<after>{SIGNS})?", re.ASCII)
"""With a sign on either side, or on both."""
PERCENT = re.compile(rf"(?:{NUMBER})\s*%", re.ASCII)
LEADING_ZERO = re.compile(r"0\d+", re.ASCII)
ADDRESS = re.compile(r"(?:https?://|www\.)\S+\.\S+", re.IGNORECASE)
SHORT_DATE = re.compile(r"(\d{1,2})[/.-](\d{1,2})[/.-](\d{4}|\d{2})(?:[ T]+(\d{1,2}:\d{2}.*))?", re.ASCII)
TIME = re.compile(r"\d{1,2}:\d{2}", re.ASCII)
PARTS = re.compile(r"[,，;；、|]")
DIGITS = 15
"""Digits of a figure; longer ones are names."""


@dataclass(frozen=True, slots=True)
class ColumnGuess:
    """`type` is a field type; `settings` are its options as they stand in YAML."""

    facts: Facts
    type: str
    sure: Sure
    settings: Mapping[str, Any] = field(default_factory=dict)
    options: tuple[str, ...] = ()
    date_order: Literal["", "dmy", "mdy"] = ""
    misfits: tuple[str, ...] = ()
    """Values that do not fit."""

    @property
    def required(self) -> bool:
        return self.facts.always and self.facts.rows >= REQUIRED_FROM and self.type != "boolean"


def guess_column(facts: Facts, formats: Formats) -> ColumnGuess:
    if not facts.sample:
        return _by_title(facts, formats)
    for guess in (_typed, _marked, _figures, _words):
        if found := guess(facts, formats):
            return found
    return ColumnGuess(facts, "long_text" if _is_long(facts) else "text", "sure")


# -- an empty column


def _by_title(facts: Facts, formats: Formats) -> ColumnGuess:
    """Only its title can say anything."""
    kinds = ("email", "phone", "url", "long_text", "tags", "percent", "money", "date")
    found = next((kind for kind in kinds if hints(facts.header, kind)), "text")
    settings = {"currency": formats.currency} if found == "money" else {}
    return ColumnGuess(facts, found, "unsure", settings)


# -- cells of a workbook that have a type


def _typed(facts: Facts, formats: Formats) -> ColumnGuess | None:
    kinds: Sequence[tuple[str, Callable[[Any], bool]]] = (
        ("boolean", lambda cell: isinstance(cell, bool)),
        ("date", lambda cell: isinstance(cell, date) and not isinstance(cell, datetime)),
        ("datetime", lambda cell: isinstance(cell, date)),
        ("time", lambda cell: isinstance(cell, time)),
        ("duration", lambda cell: isinstance(cell, timedelta)),
        ("percent", lambda cell: isinstance(cell, Percentage)),
    )
    for name, is_one in kinds:
        misfits = [written(cell) for cell in facts.sample if not is_one(cell)]
        if len(misfits) <= (1 - ENOUGH) * len(facts.sample):
            return _guess(facts, name, misfits, {"scale": _places(facts)} if name == "percent" else {})
    return None


def _places(facts: Facts) -> int:
    """The decimal places that most percentages are written with; those of formulas have many more."""
    places = (len(written(cell).removesuffix("%").partition(".")[2]) for cell in facts.sample)
    return max((max(count, 2) for count in places if count <= TYPED_PLACES), default=2)


# -- texts that say by their form what they are


def _marked(facts: Facts, formats: Formats) -> ColumnGuess | None:
    texts = _texts(facts)
    if texts and {text.casefold() for text in texts} <= YES_NO:
        return ColumnGuess(facts, "boolean", "sure")
    tests: Sequence[tuple[str, Callable[[str], bool]]] = (
        ("email", lambda text: "@" in text and _fits("email", text, formats)),
        ("url", lambda text: bool(ADDRESS.fullmatch(text))),
        ("percent", lambda text: bool(PERCENT.fullmatch(_half_width(text)))),
        ("time", lambda text: bool(TIME.fullmatch(text))),
        ("phone", lambda text: _is_phone(text, facts, formats)),
    )
    for name, test in tests:
        misfits = _misfits(texts, test)
        if misfits is not None:
            return _guess(facts, name, misfits, {"scale": 2} if name == "percent" else {})
    return (_money(facts, texts) or _dates(facts, texts, formats)) if texts else None


def _money(facts: Facts, texts: Sequence[str]) -> ColumnGuess | None:
    """Amounts with the sign of a currency; several currencies are a text, or amounts would be added up wrongly."""
    found = [(text, MONEY.fullmatch(_half_width(text))) for text in texts]
    signs = [match["before"] or match["after"] for _, match in found if match]
    currencies = {CURRENCIES[sign] for sign in signs if sign}
    misfits = [text for text, match in found if not match]
    if len(currencies) != 1 or len(misfits) > (1 - ENOUGH) * len(texts):
        return None
    return _guess(facts, "money", misfits, {"currency": currencies.pop()})


def _dates(facts: Facts, texts: Sequence[str], formats: Formats) -> ColumnGuess | None:
    short = [match for text in texts if (match := SHORT_DATE.fullmatch(_half_width(text)))]
    if len(short) >= ENOUGH * len(texts):
        return _short_dates(facts, short, _misfits(texts, lambda text: bool(SHORT_DATE.fullmatch(text))) or ())
    for name in ("date", "datetime"):
        misfits = _misfits(texts, lambda text, name=name: _is_date(text, name, facts, formats))  # type: ignore[misc]
        if misfits is not None:
            return _guess(facts, name, misfits)
    return None


def _short_dates(facts: Facts, found: Sequence[re.Match[str]], misfits: Iterable[str]) -> ColumnGuess:
    """Which of two numbers is the month is said by those above twelve; it is unsure where none is."""
    first, second = ([int(match[number]) for match in found] for number in (1, 2))
    order: Literal["dmy", "mdy"] = "mdy" if max(second) > 12 else "dmy"
    name = "datetime" if any(match[4] for match in found) else "date"
    guess = replace(_guess(facts, name, list(misfits)), date_order=order)
    return guess if max(first) > 12 or max(second) > 12 else replace(guess, sure="unsure")


def _is_date(text: str, name: str, facts: Facts, formats: Formats) -> bool:
    """Eight digits are a day only where the title says so; a time alone is none."""
    plain = _half_width(text)
    if plain.isdigit() and not hints(facts.header, "date"):
        return False
    if not re.search(r"\d{4}|[a-zA-Z]{3}", plain) or not re.search(r"\d", plain):
        return False
    return _fits(name, text, formats)


def _is_phone(text: str, facts: Facts, formats: Formats) -> bool:
    """Bare digits are a phone number where the title says so, or where they are a Chinese mobile number."""
    digits = re.sub(r"\D", "", text)
    if not 7 <= len(digits) <= 16 or re.search(r"[a-zA-Z@]{4,}", text):
        return False
    told = hints(facts.header, "phone")
    marked = text.startswith("+") or (formats.phone_region == "CN" and re.fullmatch(r"1[3-9]\d{9}", text))
    return bool(told or marked) and _fits("phone", text, formats)


# -- figures


def _figures(facts: Facts, formats: Formats) -> ColumnGuess | None:
    texts = [_half_width(written(cell)) for cell in facts.sample]
    misfits = _misfits(texts, lambda text: bool(PLAIN.fullmatch(text)))
    if misfits is None or any(_is_name(text) for text in texts):
        return None
    if hints(facts.header, "phone"):
        return _guess(facts, "phone", [text for text in texts if not _fits("phone", text, formats)])
    if hints(facts.header, "text") or (hints(facts.header, "key") and facts.unique):
        return ColumnGuess(facts, "text", "likely")
    places = max((len(text.rpartition(".")[2]) for text in texts if "." in text), default=0)
    if hints(facts.header, "money") and places <= 2:
        return replace(_guess(facts, "money", misfits, {"currency": formats.currency}), sure="likely")
    if hints(facts.header, "percent") and all(abs(_number(text)) <= 100 for text in texts if text not in misfits):
        return replace(_guess(facts, "percent", misfits), sure="unsure")
    if places:
        return _guess(facts, "decimal", misfits, {"scale": min(max(places, 2), 9)})
    return _guess(facts, "integer", misfits)


def _is_name(text: str) -> bool:
    """A figure nobody counts with: 00123, 6222020200112345678."""
    return bool(LEADING_ZERO.fullmatch(text)) or sum(letter.isdigit() for letter in text) > DIGITS


def _number(text: str) -> Decimal:
    return Decimal(re.sub(r"[^\d.-]", "", text) or 0)


# -- words


def _words(facts: Facts, formats: Formats) -> ColumnGuess | None:
    if hints(facts.header, "long_text") or _is_long(facts):
        return ColumnGuess(facts, "long_text", "sure")
    if _is_tags(facts):
        return ColumnGuess(facts, "tags", "likely")
    if options := _options(facts):
        told = hints(facts.header, "choice")
        return ColumnGuess(facts, "choice", "sure" if told else "likely", options=options)
    return None


def _is_long(facts: Facts) -> bool:
    return facts.several_lines or facts.longest > LONG


def _is_tags(facts: Facts) -> bool:
    """Several words in a cell, the same ones again and again."""
    texts = [written(cell) for cell in facts.sample]
    parts = [part.strip() for text in texts for part in PARTS.split(text)]
    several = sum(bool(PARTS.search(text)) for text in texts)
    short = all(0 < len(part) <= LONGEST_OPTION for part in parts)
    if not several or not short:
        return False
    told = hints(facts.header, "tags")
    repeated = 3 * len(set(parts)) <= len(parts) and 10 * several >= 2 * len(texts)
    return told or (repeated and not hints(facts.header, "address"))


def _options(facts: Facts) -> tuple[str, ...]:
    """Few values, each there several times; what the title calls a choice needs less proof."""
    told = hints(facts.header, "choice")
    most = MOST_OPTIONS if told else MOST_OPTIONS // 2
    often = 2 if told else 4
    fits = 1 < facts.distinct <= most and facts.filled >= often * facts.distinct
    short = all(len(text) <= LONGEST_OPTION and "\n" not in text for text in facts.counts)
    named = not told and (hints(facts.header, "key") or hints(facts.header, "address"))
    return tuple(facts.counts) if fits and short and not named else ()


# -- shared


def _guess(facts: Facts, name: str, misfits: Sequence[str], settings: Mapping[str, Any] | None = None) -> ColumnGuess:
    few = tuple(dict.fromkeys(misfits))[:3]
    return ColumnGuess(facts, name, "likely" if few else "sure", settings or {}, misfits=few)


def _texts(facts: Facts) -> Sequence[str]:
    """The values, when nearly all are texts."""
    texts = [cell.strip() for cell in facts.sample if isinstance(cell, str)]
    return texts if len(texts) >= ENOUGH * len(facts.sample) else []


def _misfits(texts: Sequence[str], test: Callable[[str], bool]) -> list[str] | None:
    """The texts that do not pass; None when they are too many."""
    left = [text for text in texts if not test(text)]
    return left if texts and len(left) <= (1 - ENOUGH) * len(texts) else None


def _half_width(text: str) -> str:
    return unicodedata.normalize("NFKC", text).strip().replace("￥", "¥")


@lru_cache(maxsize=20_000)
def _fits(type_name: str, text: str, formats: Formats) -> bool:
    """Whether the field type takes the text."""
    field_type = field_types()[type_name]
    probe = Field(type_name, "", field_type, Text.of(type_name), Place("", 1, 1))
    try:
        value = field_type.parse(text, probe, formats)
        field_type.validate(value, probe)
    except ValueRefused:
        return False
    return True
