"""A phone number, stored in E.164 with its extension, so that it can be dialled from anywhere and compared."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING, Any

import phonenumbers
from phonenumbers import PhoneNumber, PhoneNumberFormat, ValidationResult
from sqlalchemy import Column

from engine.locale.formats import Formats
from engine.locale.text import Text
from engine.schema.field_type import FieldType, Sample, refuse
from engine.schema.sorting import plain_text

if TYPE_CHECKING:
    from engine.schema.model import Field

LONGEST = 60
COUNTRY_CODES = frozenset(map(str, phonenumbers.COUNTRY_CODE_TO_REGION_CODE))
CHINESE_EXTENSION = re.compile(r"\s*(?:转|分机)\s*")


class Phone(FieldType):
    name = "phone"
    label = Text.of({"en": "Phone", "zh-CN": "电话"})
    help = Text.of({"en": "A phone number, kept with its country code.", "zh-CN": "电话号码，连同国家代码保存。"})
    icon = "phone"
    options = {
        "region": {
            "type": "string",
            "enum": sorted(phonenumbers.SUPPORTED_REGIONS),
            "description": "The ISO 3166 code of the country that numbers without a country code belong to; "
            "the workspace's when it is not written.",
        },
    }
    samples = (
        Sample("(212) 555-0142", "+12125550142", "(212) 555-0142", {"region": "US"}),
        Sample("212-555-0142 ext 7", "+12125550142;ext=7", "(212) 555-0142 ext. 7", {"region": "US"}),
        Sample("１３８ ００１３ ８０００", "+8613800138000", "+86 138 0013 8000", {"region": "CN"}),
        Sample("010-62345678转801", "+861062345678;ext=801", "+86 10 6234 5678 ext. 801", {"region": "CN"}),
        Sample("+44 20 7946 0018", "+442079460018", "+44 20 7946 0018"),
    )
    refused = ("call me", "12", "555-0142", "+999 1234567", "1" * 80)
    identifying = True
    comparisons = ("contains", "is", "empty", "not_empty")
    widget = "phone"
    width = 140

    def columns(self, field: Field) -> tuple[Column[Any], ...]:
        return (Column(field.name, plain_text()),)

    def parse(self, typed: str, field: Field, formats: Formats) -> str:
        region = field.settings.get("region") or formats.phone_region or None
        plain = CHINESE_EXTENSION.sub(" ext. ", typed)
        try:
            number = phonenumbers.parse(plain if len(plain) <= LONGEST else "", region)
        except phonenumbers.NumberParseException:
            raise refuse("phone" if region else "phone_region") from None
        if phonenumbers.is_possible_number_with_reason(number) != ValidationResult.IS_POSSIBLE:
            raise refuse("phone")
        extension = f";ext={number.extension}" if number.extension else ""
        return phonenumbers.format_number(number, PhoneNumberFormat.E164) + extension

    def format(self, value: Any, field: Field, formats: Formats) -> str:
        return _shown(value, formats.phone_region)

    def edit_text(self, value: Any, field: Field, formats: Formats) -> str:
        return _shown(value, "")

    def search_text(self, value: Any, field: Field) -> str:
        """All digits, those without the country code, and the last four."""
        digits = value.partition(";")[0].removeprefix("+")
        code = next((digits[:size] for size in (1, 2, 3) if digits[:size] in COUNTRY_CODES), "")
        national = digits[len(code) :].lstrip("0")
        return f"{code}{national} {national} {national[-4:]}"

    def href(self, value: Any, field: Field) -> str:
        return f"tel:{value}"


@lru_cache(maxsize=16_384)
def _shown(value: str, home: str) -> str:
    """In national form for a number of the region `home`; kept, because working it out takes 0.2 ms."""
    number: PhoneNumber = phonenumbers.parse(value)
    national = bool(home) and number.country_code == phonenumbers.country_code_for_region(home)
    return phonenumbers.format_number(
        number, PhoneNumberFormat.NATIONAL if national else PhoneNumberFormat.INTERNATIONAL
    )
