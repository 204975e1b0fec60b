import string

import pytest

from engine.locale.catalogue import message, message_text, sentences
from engine.locale.text import LANGUAGES, Text

KEYS = sorted(set().union(*(sentences(language) for language in LANGUAGES)))


def slots(language: str, key: str) -> set[str]:
    sentence = sentences(language)[key]
    forms = [sentence] if isinstance(sentence, str) else sentence.values()
    return {name for form in forms for _text, name, _spec, _conversion in string.Formatter().parse(form) if name}


def test_every_sentence_is_written_in_every_language() -> None:
    assert {language: sorted(sentences(language)) for language in LANGUAGES} == dict.fromkeys(LANGUAGES, KEYS)


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_sentences_of_a_language_are_sorted(language: str) -> None:
    assert list(sentences(language)) == KEYS


@pytest.mark.parametrize("key", KEYS)
def test_a_sentence_has_the_same_slots_in_every_language(key: str) -> None:
    wanted = slots("en", key)
    assert [slots(language, key) | ({"count"} & wanted) for language in LANGUAGES] == [wanted] * len(LANGUAGES)


@pytest.mark.parametrize("key", KEYS)
def test_a_sentence_that_counts_has_the_plural_forms_of_its_language(key: str) -> None:
    forms = [sentences(language)[key] for language in LANGUAGES]
    plural = [set(form) for form in forms if not isinstance(form, str)]
    assert plural in ([], [{"one", "other"}, {"other"}])


def test_a_count_chooses_the_plural_form_and_is_grouped() -> None:
    english = [message("value.long", "en", count=count) for count in (1, 1200)]
    assert english == [
        "This text is too long. It may have 1 character.",
        "This text is too long. It may have up to 1,200 characters.",
    ]
    assert message("value.long", "zh-CN", count=1200) == "文字过长。最多 1,200 个字符。"


def test_another_language_falls_back_to_the_nearest() -> None:
    assert [message("value.yes", language) for language in ("zh-TW", "en-GB", "fr")] == ["是", "Yes", "Yes"]


def test_a_text_among_the_values_is_put_in_its_own_language() -> None:
    limit = Text.of({"en": "ten", "zh-CN": "十"})
    assert message_text("value.at_least", limit=limit) == Text.of(
        {"en": "Enter ten or more.", "zh-CN": "请输入不小于 十 的数。"}
    )


def test_an_unknown_sentence_is_a_key_error() -> None:
    with pytest.raises(KeyError, match="no such"):
        message("no such", "en")
