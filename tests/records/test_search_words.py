"""The words of a text and of a search: the law that a text is found by any beginning of its words."""

from __future__ import annotations

import pytest
from hypothesis import given, strategies as st

from engine.records.search_words import Term, terms, words


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Acme Corp. (Ltd)", ("acme", "corp", "ltd")),
        ("Café ÉCOLE ＡＢＣ", ("cafe", "ecole", "abc")),
        ("上海科技", ("上海", "海科", "科技", "技")),
        ("菇", ("菇",)),
        ("dana@example.org", ("dana", "example", "org")),
        ("A4纸 x2", ("a4", "纸", "x2")),
        ("", ()),
        ("*** -- 🎈", ()),
    ],
)
def test_a_text_has_its_words_folded_and_chinese_in_pairs(text: str, found: tuple[str, ...]) -> None:
    assert words(text) == found


@pytest.mark.parametrize(
    ("typed", "wanted"),
    [
        ("acm cor", (Term("acm", True), Term("cor", True))),
        ("上海", (Term("上海", False),)),
        ("上海科", (Term("上海", False), Term("海科", False))),
        ("菇", (Term("菇", True),)),
        ("138 0013 8000", (Term("13800138000", True),)),
        ("+86 138-0013-8000", (Term("8613800138000", True),)),
        ("(0212) 555 0142", (Term("2125550142", True),)),
        ("2026", (Term("2026", True),)),
        ("'\" OR *", (Term("or", True),)),
        ("%_\\", ()),
    ],
)
def test_a_search_wants_every_word_it_names(typed: str, wanted: tuple[Term, ...]) -> None:
    assert terms(typed) == wanted


@given(st.text(alphabet="abé上海科技有限公司 .-'", max_size=30), st.data())
def test_a_text_is_found_by_any_part_that_begins_a_word_or_is_chinese(text: str, data: st.DataObject) -> None:
    found = words(text)
    start = data.draw(st.integers(0, len(text)))
    part = text[start:]
    begins = start == 0 or not (part[:1].isalpha() and text[start - 1].isalpha() and part[:1] in "abé")
    kept = all(
        any(word.startswith(term.word) if term.prefix else word == term.word for word in found) for term in terms(part)
    )
    assert kept or not begins
