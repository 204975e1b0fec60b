from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

from hypothesis import given, strategies as st

from engine.forms.binding import Bound, BoundLine, bind, bind_lines, gathered
from engine.forms.columns import columns_of
from engine.forms.model import LinesBlock
from engine.locale.formats import Formats
from engine.locale.text import Text
from engine.schema.field_types.multi_choice import MultiChoice
from engine.schema.model import Option
from tests.forms.sample import DEAL, LINE, refusal

FORMATS = Formats.neutral()
HUES = tuple(Option(key, Text.of(key)) for key in ("blue", "red"))
LINES = LinesBlock(DEAL.fields["lines"], columns_of(LINE, [LINE.fields[n] for n in ("name", "quantity", "gift")]))


def bound(submitted: Mapping[str, str]) -> Bound:
    return bind(DEAL.fields.values(), submitted, FORMATS)


def test_each_submitted_text_becomes_a_value_of_its_type() -> None:
    typed = {"name": " Big one ", "amount": "90000.50", "account": "17", "close_date": "2026-11-28", "stage": "won"}
    result = bound(typed)
    assert result.values == {
        "name": "Big one",
        "amount": Decimal("90000.50"),
        "account": 17,
        "close_date": date(2026, 11, 28),
        "stage": "won",
    }
    assert (result.errors, result.typed) == ({}, typed)


def test_an_empty_text_empties_the_field_and_an_absent_one_leaves_it_alone() -> None:
    result = bound({"name": "  ", "amount": ""})
    assert (result.values, result.errors) == ({"name": None, "amount": None}, {})


def test_a_text_that_does_not_fit_is_an_error_and_stays_as_typed() -> None:
    result = bound({"name": "Big one", "amount": "a lot", "close_date": "soon"})
    assert result.values == {"name": "Big one"}
    assert result.typed == {"name": "Big one", "amount": "a lot", "close_date": "soon"}
    assert result.errors == {
        "amount": refusal(DEAL.fields["amount"], "a lot"),
        "close_date": refusal(DEAL.fields["close_date"], "soon"),
    }


def test_an_unchecked_box_is_false_only_when_its_form_had_it() -> None:
    assert bound({"hot.present": "1"}).values == {"hot": False}
    assert bound({"hot.present": "1", "hot": "true"}).values == {"hot": True}
    assert bound({"name": "Big one"}).values == {"name": "Big one"}


def test_of_a_name_posted_several_times_the_last_counts_unless_its_type_takes_them_all() -> None:
    texts = gathered(
        [("hot", "false"), ("hot", "true"), ("name", "one"), ("hues", ""), ("hues", "red"), ("hues", "blue")]
    )
    assert texts == {"hot": "true", "name": "one", "hues": "blue"}
    assert bound(texts).values == {"hot": True, "name": "one"}
    hues = replace(DEAL.fields["name"], name="hues", type=MultiChoice(), options=HUES)
    result = bind([hues], texts, FORMATS)
    assert (result.values, result.typed) == ({"hues": ("blue", "red")}, {"hues": "\nred\nblue"})


def test_fields_nobody_sets_are_left_out() -> None:
    result = bound({"created_by": "1", "lines": "1", "id": "3", "owner": "5", "nonsense": "x"})
    assert (result.values, result.errors, result.typed) == ({"owner": 5}, {}, {"owner": "5"})


def test_line_items_are_bound_by_their_numbers() -> None:
    submitted = {
        "lines.10.id": "42",
        "lines.10.quantity": "3",
        "lines.2.name": "New one",
        "lines.2.quantity": "many",
        "lines.2.gift.present": "1",
        "lines.x.name": "no number",
        "other.1.name": "elsewhere",
    }
    new, old = bind_lines(LINES, submitted, FORMATS)
    assert old == BoundLine(10, 42, False, Bound({"quantity": Decimal(3)}, {}, {"quantity": "3"}))
    assert (new.index, new.id, new.delete) == (2, None, False)
    assert new.bound.values == {"name": "New one", "gift": False}
    assert new.bound.errors == {"quantity": refusal(LINE.fields["quantity"], "many")}
    assert new.bound.typed == {"name": "New one", "quantity": "many", "gift": ""}


def test_a_new_line_with_nothing_in_it_is_no_line() -> None:
    submitted = {"lines.0.name": " ", "lines.0.quantity": "", "lines.0.gift.present": "1", "lines.1.id": ""}
    assert bind_lines(LINES, submitted, FORMATS) == ()


def test_a_deleted_line_is_not_parsed_and_a_new_one_is_forgotten() -> None:
    submitted: dict[str, Any] = {"lines.0.id": "42", "lines.0._delete": "1", "lines.0.quantity": "many"}
    submitted |= {"lines.1._delete": "1", "lines.1.name": "New one", "lines.2.id": "43", "lines.2._delete": ""}
    assert bind_lines(LINES, submitted, FORMATS) == (
        BoundLine(0, 42, True, Bound(typed={"quantity": "many"})),
        BoundLine(2, 43, False, Bound()),
    )


@given(st.dictionaries(st.sampled_from(list(DEAL.fields)), st.text(max_size=30)))
def test_whatever_is_typed_becomes_a_value_or_an_error_and_is_never_lost(submitted: dict[str, str]) -> None:
    result = bound(submitted)
    assert result.typed == {name: text for name, text in submitted.items() if name in result.typed}
    assert result.values.keys() | result.errors.keys() == result.typed.keys()
    assert not result.values.keys() & result.errors.keys()
