"""A broken rule says what it asks for."""

from __future__ import annotations

from pathlib import Path

import pytest

from engine.compiling import compile_folder
from engine.records.rule_sentences import broken_sentence

BLUEPRINT = """
blueprint: {id: rules, version: 1.0.0, title: Rules}
entities:
  invoice:
    label: {en: Invoice, zh-CN: 发票}
    plural: {en: Invoices, zh-CN: 发票}
    title: name
    fields:
      name: {type: text, label: {en: Name, zh-CN: 名称}}
      total: {type: decimal, label: {en: Total, zh-CN: 合计}}
      issued: {type: date, label: {en: Issued on, zh-CN: 开具日期}}
      due: {type: date, label: {en: Due on, zh-CN: 到期日期}}
      paid: {type: decimal, validate: "RULE", label: {en: Paid, zh-CN: 已付}}
"""


@pytest.mark.parametrize(
    ("rule", "english", "chinese"),
    [
        ("paid >= 0", "Paid must be at least 0.", "“已付”不能小于 0。"),
        ("0 < paid", "Paid must be more than 0.", "“已付”必须大于 0。"),
        (
            "paid >= 0 and paid <= total",
            "Paid must be at least 0. Paid must be at most “Total”.",
            "“已付”不能小于 0。“已付”不能大于“合计”。",
        ),
        ("issued == null or due >= issued", "Due on must not be before “Issued on”.", "“到期日期”不能早于“开具日期”。"),
        ("due <= today()", "Due on must not be after today.", "“到期日期”不能晚于今天。"),
        ("paid != total", "Paid must differ from “Total”.", "“已付”不能与“合计”相同。"),
        ("paid > total * 2", "This value is not allowed for Paid.", "“已付”不能是这个值。"),
        ("paid > 1 or total > 1", "This value is not allowed for Paid.", "“已付”不能是这个值。"),
    ],
)
def test_a_rule_is_told_in_both_languages(tmp_path: Path, rule: str, english: str, chinese: str) -> None:
    (tmp_path / "blueprint.yaml").write_text(BLUEPRINT.replace("RULE", rule), encoding="utf-8")
    blueprint = compile_folder(tmp_path).blueprint
    assert blueprint is not None
    invoice = blueprint.entities["invoice"]
    sentence = broken_sentence(invoice, invoice.fields["paid"])
    assert (sentence.in_("en"), sentence.in_("zh-CN")) == (english, chinese)
