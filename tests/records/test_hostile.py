"""Values nobody should send: each is refused by its field or cleaned, never a failure of the database."""

from __future__ import annotations

import random
from contextlib import suppress
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings, strategies as st

from engine.records.errors import Invalid
from engine.records.paging import BadCursor, encode
from engine.records.query import Condition, PageRequest
from engine.schema.model import ListQuery, Sort
from tests.records.shop import Shop

SYSTEM = ("created_at", "created_by", "updated_at", "updated_by", "last_activity_at")
ODD = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(),
    st.integers(2**62, 2**70),
    st.text(),
    st.text(alphabet="\0\ud800\udfff%_\\'\"\u202e", max_size=5),
    st.just("x" * 2_000),
    st.decimals(allow_nan=False, allow_infinity=False),
)


@pytest.mark.parametrize("name", SYSTEM)
def test_a_person_does_not_write_what_the_system_keeps(sqlite_shop: Shop, name: str) -> None:
    account = sqlite_shop.add("account", "ann", name="Acme")
    for attempt in (
        lambda: sqlite_shop.add("account", "ann", name="New", **{name: 1}),
        lambda: sqlite_shop.change("account", account, "ann", **{name: 1}),
    ):
        with pytest.raises(Invalid, match="is kept by the system and cannot be written"):
            attempt()


@pytest.mark.parametrize("name", ["id", "version", "deleted_at", "name__k", "code__u", "nothing", "", "name; DROP"])
def test_a_name_that_is_no_field_is_refused(sqlite_shop: Shop, name: str) -> None:
    account = sqlite_shop.add("account", "ann", name="Acme")
    with pytest.raises(Invalid) as refusal:
        sqlite_shop.add("account", "ann", name="New", **{name: 1})
    assert refusal.value.errors[name].in_("en") == f"There is no field called {name}."
    with pytest.raises(Invalid):
        sqlite_shop.change("account", account, "ann", **{name: 1})


def test_line_items_are_no_value(sqlite_shop: Shop) -> None:
    with pytest.raises(Invalid, match="Lines is kept by the system"):
        sqlite_shop.add("deal", name="Big", lines=[])


def test_what_no_text_holds_is_taken_out(shop: Shop) -> None:
    account = shop.add("account", name="A\0c\ud800me\x1b", code="\0")
    assert (shop.row("account", account)["name"], shop.row("account", account)["code"]) == ("Acme", None)


@pytest.mark.parametrize(
    ("name", "value", "error"),
    [
        ("name", "x" * 501, "This text is too long. It may have up to 500 characters."),
        ("amount", 10**18, "This number is too large. It may have 16 digits before the decimal point."),
        ("amount", "a lot", "This is not a number. Write it like 1234.50 or 1,234.50."),
        ("probability", 2**63, "This number is too large."),
        ("account", 2**63, "This is not a record that can be chosen here."),
        ("account", 17, "There is no such record (Account), or you may not see it."),
        ("owner", -1, "This is not a record that can be chosen here."),
        ("stage", "nowhere", "This is not one of the stages."),
        ("urgent", "perhaps", "Enter yes or no."),
        ("met_at", "9999-12-31T23:59:59-12:00", "This is not a date and time."),
        ("close_date", "2026-02-30", "There is no such day: 2026-02 has 28 days."),
    ],
)
def test_a_value_beyond_its_field_is_refused(shop: Shop, name: str, value: Any, error: str) -> None:
    with pytest.raises(Invalid) as refusal:
        shop.add("deal", **{"name": "Big", name: value})
    assert refusal.value.errors[name].in_("en").startswith(error)


def test_texts_too_long_for_an_index_are_refused(shop: Shop) -> None:
    chance = random.Random(7)
    name, note = ("".join(chr(chance.randrange(0x4E00, 0x9FA5)) for _ in range(500)) for _ in range(2))
    if shop.database.dialect == "sqlite":
        assert shop.add("task", name=name, note=note)
    else:
        with pytest.raises(Invalid, match="A text in this record is too long to be told apart from others"):
            shop.add("task", name=name, note=note)


@settings(max_examples=150, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(values=st.dictionaries(st.sampled_from(["name", "account", "amount", "met_at", "close_date", "urgent"]), ODD))
def test_no_value_breaks_a_write(shop: Shop, values: dict[str, Any]) -> None:
    with suppress(Invalid):
        shop.add("deal", "ann", **{"name": "Big", **values})


@settings(max_examples=150, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(text=st.text(alphabet=st.characters(exclude_categories=[]), max_size=20))
def test_no_text_breaks_a_search_or_a_filter(shop: Shop, text: str) -> None:
    query = ListQuery("account", ("name",))
    for comparison in ("contains", "starts_with", "is"):
        request = PageRequest((Condition("name", comparison, (text,)),), search=text)
        assert shop.store.list(shop.actor("eve"), query, request).rows == ()


@pytest.mark.parametrize(
    "values",
    [("1", 1), (1, 1), (None, 2**64), (True, 1), ("a\0", 1), ("a\ud800", 1), ("a",), (None, None, 1), (1.5, 1)],
)
def test_a_cursor_of_other_values_is_refused(shop: Shop, values: tuple[Any, ...]) -> None:
    query = ListQuery("deal", ("name",), sort=(Sort("amount"),))
    with pytest.raises(BadCursor):
        shop.store.list(shop.actor("eve"), query, PageRequest(after=encode(values)))


@pytest.mark.parametrize("cursor", ["", "%", "AAAA", "eyJ9", "W10", "W3sieCI6IDF9XQ", "W3sibiI6ICJOYU4ifSwgMV0", "é"])
def test_a_text_that_is_no_cursor_is_refused(shop: Shop, cursor: str) -> None:
    query = ListQuery("deal", ("name",), sort=(Sort("amount"),))
    if cursor:
        with pytest.raises(BadCursor):
            shop.store.list(shop.actor("eve"), query, PageRequest(after=cursor))
    else:
        assert shop.store.list(shop.actor("eve"), query, PageRequest(after=cursor)).rows == ()
