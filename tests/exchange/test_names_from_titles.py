"""What columns and sheets of a spreadsheet are called in a blueprint."""

from __future__ import annotations

from engine.exchange.names_from_titles import slug
from engine.schema.pinyin import syllable


def test_a_letter_is_said_as_in_its_word_whatever_was_said_before_it_alone() -> None:
    assert (syllable("行"), slug("行业"), syllable("行")) == ("xing", "hang_ye", "xing")
    assert (slug("银行 Account"), slug("Unit price"), slug("ＵｎｉｔPrice")) == (
        "yin_hang_account",
        "unit_price",
        "unit_price",
    )
