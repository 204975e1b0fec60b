from __future__ import annotations

from typing import Any

from engine.language.merging import overlaid_maps
from engine.language.nodes import Mapping, plain
from engine.language.problems import Problems
from engine.language.source import read_text
from engine.language.translations import apply_translations

MODEL = """\
entities:
  deal:
    label: Deal
    help: {en: A sale}
    fields: {amount: {type: money, label: Amount}}
checks:
  - {name: limit, error: Too much}
  - Plain
"""


def root_of(text: str, name: str) -> Mapping:
    source = read_text(text, name, Problems())
    assert source is not None
    return source.root


def translated(i18n: str) -> tuple[Any, tuple[str, ...]]:
    problems = Problems()
    whole = overlaid_maps(root_of(MODEL, "crm.yaml"), root_of(i18n, "i18n/zh-CN.yaml"))
    return plain(apply_translations(whole, problems).without("i18n")), problems.lines()


def test_texts_are_laid_over_the_nodes_they_translate() -> None:
    root, told = translated(
        "i18n:\n  zh-CN:\n    entities.deal.label: 商机\n    entities.deal.help: 一笔销售\n"
        "    entities.deal.fields.amount.label: 金额\n    checks.limit.error: 太多\n    checks.2: 普通\n"
    )

    assert told == ()
    assert root["entities"]["deal"] == {
        "label": {"en": "Deal", "zh-CN": "商机"},
        "help": {"en": "A sale", "zh-CN": "一笔销售"},
        "fields": {"amount": {"type": "money", "label": {"en": "Amount", "zh-CN": "金额"}}},
    }
    assert root["checks"] == [
        {"name": "limit", "error": {"en": "Too much", "zh-CN": "太多"}},
        {"en": "Plain", "zh-CN": "普通"},
    ]


def test_without_translations_the_tree_is_as_it_was() -> None:
    assert translated("a: 1\n")[0] == {**plain(root_of(MODEL, "crm.yaml")), "a": 1}


def test_an_address_that_names_nothing_comes_with_the_one_that_is_meant() -> None:
    (line,) = translated("i18n: {zh-CN: {entities.dael.label: 商机}}")[1]

    assert line.startswith('i18n/zh-CN.yaml:1:16 E161 the translation "entities.dael.label" names nothing')
    assert line.endswith('there is no "dael"; did you mean "entities.deal.label"?')
    assert translated("i18n: {zh-CN: {entities.deal.label.x.y: 商机}}")[1] == (
        'i18n/zh-CN.yaml:1:16 E161 the translation "entities.deal.label.x.y" names nothing: there is no "x"',
    )


def test_an_address_of_a_map_is_no_text() -> None:
    assert translated("i18n: {zh-CN: {entities.deal: 商机}}")[1] == (
        'i18n/zh-CN.yaml:1:16 E162 the translation "entities.deal" does not point at a text',
    )


def test_a_text_that_the_same_package_has_already_is_told_and_another_package_replaces_it() -> None:
    own = root_of("a: {en: One, zh-CN: 一}\ni18n: {zh-CN: {a: 壹}}\n", "crm.yaml")
    base = overlaid_maps(root_of("a: {en: One, zh-CN: 一}\n", "../base/a.yaml"), own.without("a"))
    problems = Problems()

    assert plain(apply_translations(own, problems))["a"] == {"en": "One", "zh-CN": "一"}
    assert problems.lines() == ('crm.yaml:2:16 E163 "a" already has a text in zh-CN',)
    assert plain(apply_translations(base, Problems()))["a"] == {"en": "One", "zh-CN": "壹"}


def test_an_address_of_thousands_of_parts_is_one_problem() -> None:
    assert len(translated("i18n: {zh-CN: {" + "a." * 500 + "b: x}}")[1]) == 1
    assert len(translated("i18n: {zh-CN: {? " + "a." * 50_000 + "b : x}}")[1]) == 1
