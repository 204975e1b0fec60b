from __future__ import annotations

from engine.forms.view_query import same_query, view_query

NAMES = ("f", "q", "sort", "cols")


def test_a_view_keeps_its_own_parameters_in_one_order() -> None:
    asked = [
        ("cols", "name"),
        ("after", "x"),
        ("cols", "amount"),
        ("f", "b:empty"),
        ("q", " "),
        ("f", "a:empty"),
        ("f", "b:empty"),
    ]
    assert view_query(asked, NAMES) == (("f", "b:empty"), ("f", "a:empty"), ("cols", "name,amount"))


def test_the_order_of_filters_does_not_matter_that_of_columns_does() -> None:
    one, other = view_query([("f", "a"), ("f", "b")], NAMES), view_query([("f", "b"), ("f", "a")], NAMES)
    assert same_query(one, other)
    assert not same_query(view_query([("cols", "a,b")], NAMES), view_query([("cols", "b,a")], NAMES))
