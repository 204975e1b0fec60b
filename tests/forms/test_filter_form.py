"""The filter panel's query as the address form."""

from __future__ import annotations

from engine.forms.filter_form import canonical, panel_posted


def test_rows_become_conditions_in_the_order_of_their_numbers() -> None:
    query = [
        ("sort", "-amount"),
        ("ff1", "amount"),
        ("fc1", "at_least"),
        ("fv1", " 9,000 "),
        ("fv1", ""),
        ("ff0", "stage"),
        ("fc0", "any"),
        ("fv0", "lead"),
        ("fv0", "won"),
    ]
    assert canonical(query) == [("sort", "-amount"), ("f", "stage:any:lead|won"), ("f", "amount:at_least:9,000")]


def test_a_comparison_without_a_value_and_an_empty_parameter_stay_short() -> None:
    assert canonical([("q", ""), ("ff0", "owner"), ("fc0", "me")]) == [("f", "owner:me")]


def test_only_the_panel_is_rewritten() -> None:
    assert panel_posted([("ff0", "stage")]) is True
    assert panel_posted([("f", "stage:any:lead"), ("ffx", "1")]) is False
