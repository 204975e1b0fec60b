from __future__ import annotations

from engine.language.problems import Problems
from engine.language.source import read_text as read_source
from engine.locale.text import Text
from engine.schema.texts import read_text


def texts_of(source: str, *languages: str) -> tuple[Text, tuple[str, ...]]:
    """The text of the key `label`, and the lines of the problems."""
    problems = Problems()
    file = read_source(source, "a.yaml", problems)
    node = file.root.get("label") if file else None
    assert node is not None
    return read_text(node, languages, problems), problems.lines()


def test_a_text_in_every_language_of_the_workspace_is_read_without_a_warning() -> None:
    text, problems = texts_of("label: {en: Deal, zh-CN: 商机}\n", "en", "zh-CN")
    assert (text.in_("en"), text.in_("zh-CN"), problems) == ("Deal", "商机", ())


def test_a_language_that_is_missing_is_a_warning_at_the_text() -> None:
    assert texts_of("label: {zh-CN: 商机}\n", "en", "zh-CN")[1] == ('a.yaml:1:8 W601 "商机" has no text in en',)


def test_a_plain_string_is_enough_only_where_one_language_is_spoken() -> None:
    assert texts_of("label: 1.10\n", "en") == (Text.of("1.10"), ())
    assert texts_of("label: Deal\n", "en", "zh-CN")[1] == ('a.yaml:1:8 W601 "Deal" has no text in zh-CN',)
    assert texts_of("label: 商机\n", "en", "zh-CN")[1] == ('a.yaml:1:8 W601 "商机" has no text in en',)


def test_a_list_where_a_text_is_wanted_gives_an_empty_text() -> None:
    assert texts_of("label: [Deal]\n", "en", "zh-CN") == (Text(()), ())
