from sqlalchemy import make_url

from engine.schema.sorting import LONGEST_KEY, fold, plain_text, sort_key


def in_order(*texts: str) -> list[str]:
    return sorted(texts, key=sort_key)


def test_common_chinese_is_sorted_by_pinyin() -> None:
    assert in_order("张", "李", "王", "阿", "北京", "上海") == ["阿", "北京", "李", "上海", "王", "张"]


def test_latin_letters_are_sorted_without_case_and_accents() -> None:
    assert in_order("apricot", "Zoo", "Äpfel", "apfel", "Øre", "éclair", "Straße", "strasse") == [
        "Äpfel",
        "apfel",
        "apricot",
        "éclair",
        "Øre",
        "Straße",
        "strasse",
        "Zoo",
    ]


def test_digits_come_before_letters_and_letters_before_chinese() -> None:
    assert in_order("阿", "b", "10", "A", "9") == ["10", "9", "A", "b", "阿"]


def test_full_width_letters_and_spaces_count_as_plain_ones() -> None:
    assert sort_key("  ＡＢ   Ｃ１ ") == "ab c1"


def test_a_key_has_a_bounded_length() -> None:
    assert [len(sort_key(letter * 10_000)) for letter in ("a", "张", "ﷺ", "𠀀")] == [LONGEST_KEY] * 4


def test_half_a_character_has_a_key_too() -> None:
    assert sort_key("a\ud800") == "a?"


def test_folded_texts_are_the_same_whatever_their_case_width_and_spaces() -> None:
    assert {fold(text) for text in ("ACME  Ltd", " acme ltd", "ＡＣＭＥ Ltd\t")} == {"acme ltd"}
    assert fold("Straße") == fold("STRASSE")


def test_text_columns_are_compared_by_code_point_on_both_databases() -> None:
    dialects = [make_url(url).get_dialect()() for url in ("postgresql+psycopg://", "sqlite://")]
    assert [plain_text().compile(dialect) for dialect in dialects] == ['TEXT COLLATE "C"', "TEXT"]
