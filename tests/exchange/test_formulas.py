"""Texts that look like formulas are told apart from figures, and come back as they were."""

from __future__ import annotations

import pytest
from hypothesis import given, strategies

from engine.exchange.formulas import neutralised, restored


@pytest.mark.parametrize(
    "text",
    ["=1+1", "+cmd|' /C calc'!A0", "-2+SUM(A1)", "@SUM(1)", "\t=1", "\r=1", "＝1+1", "＠a", "=", "-", "+1;x", "'=1"],
)
def test_what_a_spreadsheet_could_run_gets_an_apostrophe(text: str) -> None:
    assert neutralised(text) == f"'{text}" and restored(neutralised(text)) == text


@pytest.mark.parametrize(
    "text",
    ["-12.50", "+86 138 0013 8000", "+1 617-555-0112 ext. 7", "-1,200", "+(212) 555", "a=b", "'quoted'", "", "1-2"],
)
def test_figures_and_plain_texts_stay(text: str) -> None:
    assert neutralised(text) == restored(text) == text


@given(strategies.text(alphabet="'=+-@\t1aＡ＝", max_size=6))
def test_every_text_comes_back(text: str) -> None:
    assert restored(neutralised(text)) == text
