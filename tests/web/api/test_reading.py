from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from tests.product import Product
from tests.web.api.client import Client, client_of, plain


@pytest.fixture(scope="module")
def admin(shared_crm: Product) -> Client:
    return client_of(shared_crm)


def every(api: Client, path: str) -> list[dict[str, Any]]:
    """The records of all pages."""
    found, page = [], api.get(path)
    found += page["data"]
    while page["next"]:
        page = api.get(page["next"])
        found += page["data"]
    return found


def test_a_list_has_exact_values_as_texts_and_its_order_is_the_one_of_the_screens(admin: Client) -> None:
    page = admin.get("opportunity?fields=name,amount,account,close_date,created_at&sort=-amount&limit=2")
    assert [sorted(record) for record in page["data"]] == [
        ["account", "amount", "close_date", "created_at", "id", "name", "version"]
    ] * 2
    first, second = page["data"]
    assert float(first["amount"]) > float(second["amount"]) and first["amount"].endswith(".00")
    assert first["account"].isdigit() and first["id"].isdigit() and first["created_at"].endswith("Z")


def test_pages_follow_each_other_without_gaps(admin: Client) -> None:
    pages = every(admin, "contact?fields=name&sort=name&limit=7")
    whole = every(admin, "contact?fields=name&sort=name&limit=200")
    assert [record["id"] for record in pages] == [record["id"] for record in whole] and len(pages) > 14


def test_filters_search_and_groups_are_those_of_the_screens(admin: Client, shared_crm: Product) -> None:
    condition = "any(stage:any_of:demo;amount:at_least:100000)"
    found = every(admin, f"opportunity?fields=name&f={condition}")
    assert sorted(int(record["id"]) for record in found) == sorted(shared_crm.ids("opportunity", condition))[-50:]
    assert {r["name"] for r in every(admin, "account?q=Winterreach")} == {
        r["name"] for r in every(admin, "account?f=name:contains:Winterreach")
    }


def test_a_view_brings_its_filter_and_its_sort(admin: Client, shared_crm: Product) -> None:
    workspace = shared_crm.services.workspace
    assert workspace is not None
    view = next(v for v in workspace.blueprint.screens.views["opportunity"].values() if v.query.filter is not None)
    every_one, viewed = (
        every(admin, "opportunity?fields=name"),
        every(admin, f"opportunity?view={view.name}&fields=name"),
    )
    assert 0 < len(viewed) < len(every_one)


def test_links_are_expanded_with_what_may_be_seen(admin: Client) -> None:
    page = admin.get("opportunity?expand=account,owner&fields=name&limit=5")
    for record in page["data"]:
        expanded = record["_expanded"]
        assert expanded["account"]["name"] and expanded["owner"]["email"].endswith("@example.org")
        assert expanded["account"] == admin.get(f"account/{expanded['account']['id']}")


def test_a_count_is_given_when_it_is_asked_for(admin: Client) -> None:
    page = admin.get("opportunity?count=true&limit=1")
    assert (page["count"], page["count_is_exact"]) == (len(every(admin, "opportunity?fields=name")), True)


def test_a_record_has_its_line_items(admin: Client) -> None:
    record = admin.get("opportunity/" + admin.get("opportunity?f=name:contains:e&sort=-amount")["data"][0]["id"])
    assert isinstance(record["lines"], list)
    assert plain(record, "id", "version").keys() == {"id", "version"}


def test_what_was_changed_and_deleted_since_a_moment_comes_in_its_order(crm: Product) -> None:
    api = client_of(crm)
    first, second = api.get("activity?limit=2&fields=subject")["data"]
    workspace, since = crm.services.workspace, crm.clock.now() + timedelta(minutes=5)
    assert workspace is not None
    crm.clock.set(since)
    from_dana = crm.services.api_tokens.find(api.token)
    assert from_dana is not None
    workspace.store.change(from_dana.actor, "activity", int(first["id"]), {"subject": "Changed"})
    crm.clock.advance(timedelta(minutes=1))
    workspace.store.delete(from_dana.actor, "activity", int(second["id"]))
    asked = since.isoformat().replace("+00:00", "Z")
    page = api.get(f"activity?updated_since={asked}&fields=subject")
    assert [record["subject"] for record in page["data"]] == ["Changed"]
    assert page["deleted"] == [{"id": second["id"], "deleted_at": "2026-03-04T09:36:00Z"}]
    assert (page["next"], page["updated_since"]) == (None, "2026-03-04T09:35:00Z")
    assert api.get(f"activity?updated_since={asked}&limit=1")["next"]


def test_a_deleted_record_is_gone_and_an_unknown_one_is_not_found(crm: Product) -> None:
    api = client_of(crm)
    record = api.get("activity?limit=1")["data"][0]["id"]
    user = crm.services.api_tokens.find(api.token)
    assert user is not None and crm.services.workspace is not None
    crm.services.workspace.store.delete(user.actor, "activity", int(record))
    assert api.refused("GET", f"activity/{record}") == (410, "The record is in the bin. It can be restored.", [])
    for path in ("account/17", "account/1e3", "account/-1", "account/0", "account/99999999999999999999", "nothing/17"):
        assert api.refused("GET", path)[0] == 404


@pytest.mark.parametrize(
    ("query", "error"),
    [
        ("limit=0", ("limit", "limit")),
        ("limit=1e3", ("limit", "limit")),
        ("limit=201", ("limit", "limit")),
        ("filter=x", ("filter", "unknown_parameter")),
        ("limit=2&limit=3", ("limit", "repeated")),
        ("f=nothing:is:x", ("f", "filter")),
        ("f=amount:at_least:abc", ("f", "filter")),
        ("f=amount:sounds_like:1", ("f", "filter")),
        ("sort=nothing", ("sort", "sort")),
        ("fields=nothing", ("fields", "unknown_field")),
        ("expand=name", ("expand", "no_link")),
        ("cursor=abc", ("cursor", "cursor")),
        ("view=nothing", ("view", "no_view")),
        ("view=17", ("view", "no_view")),
        ("count=yes", ("count", "boolean")),
        ("updated_since=yesterday", ("updated_since", "datetime")),
        ("updated_since=2026-01-01T00:00:00", ("updated_since", "datetime")),
        ("updated_since=2026-01-01T00:00:00Z&sort=name", ("sort", "not_together")),
    ],
)
def test_a_parameter_that_cannot_be_read_is_named(admin: Client, query: str, error: tuple[str, str]) -> None:
    status, _, errors = admin.refused("GET", f"opportunity?{query}")
    assert (status, errors) == (400, [error])


def test_problems_are_told_in_the_language_that_is_asked_for(admin: Client) -> None:
    answer = admin.ask("GET", "opportunity?f=nothing:is:x", headers={"accept-language": "zh-CN"})
    assert answer.json() == {
        "type": "/api/docs#bad_request",
        "title": "无法识别请求",
        "status": 400,
        "detail": "参数 f 的用法不正确。",
        "instance": "/api/v1/opportunity",
        "errors": [{"field": "f", "code": "filter", "message": "此处没有字段“nothing”。"}],
    }


def test_what_was_changed_is_read_along_an_index(shared_b2b: Product) -> None:
    api, database = client_of(shared_b2b), shared_b2b.services.database
    with database.count_statements() as statements:
        api.get("opportunity?updated_since=2026-01-01T00:00:00Z&limit=2&fields=name")
    with database.read() as connection:
        plain = statements[-1].replace("?", "'2026'")
        plan = " ".join(row[3] for row in connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {plain}"))
    assert "USING INDEX ix_e_opportunity_updated_at_id" in plan and "TEMP B-TREE FOR ORDER BY" not in plan
