from __future__ import annotations

from typing import Any

import pytest

from engine.web.api import reading
from tests.product import Product
from tests.web.api.client import Client, client_of, plain


@pytest.fixture
def api(crm: Product) -> Client:
    return client_of(crm)


@pytest.fixture(scope="module")
def admin(shared_b2b: Product) -> Client:
    return client_of(shared_b2b)


def test_a_record_is_created_changed_deleted_and_restored(api: Client, crm: Product) -> None:
    account = api.get("account?limit=1")["data"][0]["id"]
    made = api.send("POST", "contact", {"name": "Ada Lovelace", "account": account, "email": "ada@example.com"})
    assert made.status_code == 201, made.text
    record = made.json()
    assert made.headers["location"] == f"/api/v1/contact/{record['id']}" and record["version"] == 1
    assert api.get(made.headers["location"]) == record
    changed = api.send("PATCH", f"contact/{record['id']}", {"version": 1, "email": None})
    assert changed.status_code == 200 and plain(changed.json(), "email", "version") == {"email": None, "version": 2}
    assert api.send("DELETE", f"contact/{record['id']}").status_code == 204
    assert api.ask("GET", f"contact/{record['id']}").status_code == 410
    assert api.refused("PATCH", f"contact/{record['id']}", {"email": "b@example.com"})[0] == 410
    assert api.refused("DELETE", f"contact/{record['id']}")[0] == 410
    restored, again = (api.send("POST", f"contact/{record['id']}/restore") for _ in range(2))
    assert restored.status_code == 200 and restored.json()["email"] is None
    assert again.status_code == 200 and again.json() == restored.json()
    assert api.refused("POST", "contact/17/restore")[0] == 404
    words = crm.enter("dana").open(f"/e/contact/{record['id']}/history").words
    assert words.count("through the API") == 4


def test_line_items_are_written_with_their_record(api: Client) -> None:
    found = api.get("opportunity?sort=-amount")["data"]
    record = next(one for each in found if (one := api.get(f"opportunity/{each['id']}"))["lines"])
    line = record["lines"][0]
    lines: list[dict[str, Any]] = [{**line, "quantity": "7"}, {**line, "id": None, "version": None, "quantity": 2}]
    changed = api.send("PATCH", f"opportunity/{record['id']}", {"lines": lines})
    assert changed.status_code == 200, changed.text
    told = changed.json()["lines"]
    assert len(told) == len(record["lines"]) + 1 and float(told[0]["quantity"]) == 7
    gone = [{"id": line["id"], "_delete": True}]
    left = api.send("PATCH", f"opportunity/{record['id']}", {"lines": gone}).json()["lines"]
    assert [each["id"] for each in left] == [each["id"] for each in told[1:]]


def test_every_error_is_told_with_its_field(admin: Client) -> None:
    body = {"name": None, "amount": "many", "nothing": 1, "stage": "nowhere", "close_date": "soon", "account": 17}
    status, detail, errors = admin.refused("POST", "opportunity", body)
    assert (status, detail) == (422, "6 values are not accepted.")
    assert sorted(errors) == [
        ("account", "type"),
        ("amount", "form"),
        ("close_date", "date"),
        ("name", "required"),
        ("nothing", "unknown_field"),
        ("stage", "choice"),
    ]


def test_errors_of_line_items_name_their_place(admin: Client) -> None:
    record = admin.get("opportunity?limit=1")["data"][0]["id"]
    body = {"lines": [{"quantity": "x"}, {"id": "17x"}, 3, {"nothing": 1}]}
    status, _, errors = admin.refused("PATCH", f"opportunity/{record}", body)
    assert status == 422 and {
        ("lines.0.quantity", "form"),
        ("lines.1.id", "record"),
        ("lines.2", "type"),
        ("lines.3.nothing", "unknown_field"),
    } <= set(errors)


def test_a_field_two_changed_is_a_conflict_with_both_values(api: Client) -> None:
    record = api.get("account?limit=1")["data"][0]
    url, version = f"account/{record['id']}", record["version"]
    assert api.send("PATCH", url, {"version": version, "name": "First"}).status_code == 200
    assert api.send("PATCH", url, {"version": version, "website": "https://example.com"}).status_code == 200
    answer = api.send("PATCH", url, {"version": version, "name": "Second"})
    told = answer.json()
    assert (answer.status_code, told["version"]) == (409, version + 2)
    assert plain(told["errors"][0], "field", "code", "wanted", "stored") == {
        "field": "name",
        "code": "conflict",
        "wanted": "Second",
        "stored": "First",
    }


def test_a_stage_moves_under_the_rules_of_its_pipeline(api: Client) -> None:
    deal = api.get("opportunity?f=stage:any_of:demo&limit=1")["data"][0]
    answer = api.send("PATCH", f"opportunity/{deal['id']}", {"stage": "lost"})
    told = answer.json()
    assert (answer.status_code, told["type"], told["stage"]) == (422, "/api/docs#move_refused", "lost")
    missing = {each["field"] for each in told["errors"]}
    assert missing and {each["code"] for each in told["errors"]} == {"required"}


def test_what_one_may_not_do_is_refused(shared_b2b: Product, admin: Client) -> None:
    assert admin.refused("POST", "user", {"name": "x"})[:2] == (403, "Users are managed on pages of their own.")
    reader = client_of(shared_b2b, scope="read")
    assert reader.refused("POST", "opportunity", {})[:2] == (403, "The token may only read.")
    assert client_of(shared_b2b, entities=["account"]).refused("POST", "opportunity", {})[0] == 403


@pytest.mark.parametrize(
    ("body", "detail"),
    [
        (b"", "The JSON is broken at line 1, column 1."),
        (b"{", "The JSON is broken at line 1, column 2."),
        (b"[]", "The body must be a JSON object."),
        (b'{"name": "a", "name": "b"}', 'The JSON has the key "name" twice.'),
        (b'{"amount": NaN}', "NaN is no JSON."),
        (b'{"amount": Infinity}', "Infinity is no JSON."),
        (b'{"name": ' + b"[" * 100_000 + b"]" * 100_000 + b"}", "The JSON is nested more than 40 levels deep."),
        (b'{"name": ' + b"[" * 50 + b"1" + b"]" * 50 + b"}", "The JSON is nested more than 40 levels deep."),
        (b'{"amount": ' + b"9" * 5000 + b"}", "A number has more than 400 characters."),
        (b'{"name": "\\ud800"}', "The JSON must be text in UTF-8, without halves of characters."),
        (b"\xff\xfe", "The JSON must be text in UTF-8, without halves of characters."),
    ],
)
def test_json_that_cannot_be_read_is_told_where(admin: Client, body: bytes, detail: str) -> None:
    assert admin.refused("POST", "opportunity", body) == (400, detail, [])


@pytest.mark.parametrize(
    "value", [True, 1, 1.5, "x" * 70_000, "\u0000", "-1", "1e999999999", ["a"], {"a": 1}, [[]], "", "NaN", 10**300]
)
def test_no_value_makes_a_defect(admin: Client, value: Any) -> None:
    described = admin.get("opportunity?limit=1")["data"][0]
    for name in described:
        answer = admin.send("PATCH", f"opportunity/{described['id']}", {name: value})
        assert answer.status_code in (200, 422, 403), (name, answer.text)


def test_other_media_and_too_much_are_refused(admin: Client, shared_b2b: Product) -> None:
    assert admin.refused("POST", "account", b"name=x", content_type="application/x-www-form-urlencoded")[0] == 415
    assert admin.refused("POST", "account", b"{}", content_type="text/plain")[0] == 415
    limit = shared_b2b.services.settings.api_body_limit
    assert admin.refused("POST", "account", b" " * (limit + 1))[:2] == (413, "The request has more than 10 MB of JSON.")
    huge = admin.refused("POST", "account", b" " * (17 * 1024 * 1024))
    assert huge[:2] == (413, "The request is larger than 16 MB, which is the most this server takes.")


def test_a_key_carries_a_request_out_once(api: Client, crm: Product) -> None:
    body, key = {"name": "Once"}, {"idempotency_key": "k-1"}
    first, again = (api.send("POST", "account", body, **key) for _ in range(2))
    assert (first.status_code, again.status_code) == (201, 201) and first.json() == again.json()
    assert again.headers["idempotency-replayed"] == "true" and again.headers["location"] == first.headers["location"]
    assert len(api.get("account?f=name:is:Once")["data"]) == 1
    assert api.refused("POST", "account", {"name": "Other"}, **key)[0] == 422
    assert api.refused("POST", "contact", body, **key)[0] == 422
    assert client_of(crm).send("POST", "account", {"name": "Another token"}, **key).status_code == 201


def test_a_refused_request_may_come_again_under_its_key_and_a_key_lasts_a_day(api: Client, crm: Product) -> None:
    key = {"idempotency_key": "k-2"}
    assert api.refused("POST", "account", {"nothing": 1}, **key)[0] == 422
    assert api.send("POST", "account", {"name": "Right"}, **key).status_code == 201
    crm.clock.set(crm.clock.now().replace(day=crm.clock.now().day + 1))
    assert api.send("POST", "account", {"name": "Next day"}, **key).status_code == 201
    assert api.refused("POST", "account", {"name": "x"}, idempotency_key="x" * 256)[0] == 400
    assert api.refused("POST", "account", {"name": "x"}, idempotency_key="two words")[0] == 400


def test_many_records_are_written_together_or_not_at_all(api: Client) -> None:
    known = api.get("account?limit=1")["data"][0]
    items = [{"name": "New one"}, {"id": known["id"], "name": "Renamed"}, {"name": None}, {"id": "17", "name": "x"}, 3]
    status, detail, errors = api.refused("POST", "account/bulk", {"items": items})
    assert (status, detail) == (422, "3 items are not accepted. Nothing was written.")
    assert errors == [("items.2.name", "required"), ("items.3", "not_found"), ("items.4", "type")]
    assert api.get(f"account/{known['id']}")["name"] == known["name"]
    done = api.send("POST", "account/bulk", {"items": items, "partial": True}).json()
    assert (done["done"], done["refused"]) == (2, 3)
    assert [result["status"] for result in done["results"]] == [201, 200, 422, 404, 422]
    assert api.get(f"account/{known['id']}")["name"] == "Renamed"
    assert api.get(f"account/{done['results'][0]['id']}")["name"] == "New one"


def test_many_records_are_written_by_who_has_the_right_and_each_under_its_own(b2b: Product) -> None:
    known = {each["id"]: each for each in client_of(b2b).get("opportunity?limit=200&fields=name")["data"]}
    own = client_of(b2b, "mei")
    mine = own.get("opportunity?limit=1&fields=name")["data"][0]["id"]
    hidden = next(iter(known.keys() - {each["id"] for each in own.get("opportunity?limit=200")["data"]}))
    items = [{"id": hidden, "next_step": "x"}, {"id": mine, "next_step": "Call"}]
    told = own.send("POST", "opportunity/bulk", {"items": items, "partial": True}).json()
    assert [(each["status"], each.get("id")) for each in told["results"]] == [(404, None), (200, mine)]
    refused = (403, "Your role does not allow you to change many records of Contracts at once.", [])
    assert own.refused("POST", "contract/bulk", {"items": [], "partial": True}) == refused
    paths = own.get("openapi.json")["paths"]
    assert "/api/v1/opportunity/bulk" in paths and "/api/v1/contract/bulk" not in paths


def test_more_than_a_thousand_at_once_are_refused_with_the_limit(admin: Client) -> None:
    refused = (422, "One value is not accepted.", [("items", "too_many")])
    assert admin.refused("POST", "account/bulk", {"items": [{"name": None}] * 1001}) == refused
    told = admin.send("POST", "account/bulk", {"items": [{}] * 1001}).json()["errors"][0]["message"]
    assert told == "There are more than 1000."


def test_a_record_is_read_with_all_its_line_items(api: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reading, "LINES", 2)
    found = api.get("opportunity?sort=-amount")["data"]
    record = next(one for each in found if (one := api.get(f"opportunity/{each['id']}"))["lines"])
    new = {**record["lines"][0], "id": None, "version": None}
    lines = [{**new, "quantity": number} for number in range(1, 6)]
    made = api.send("PATCH", f"opportunity/{record['id']}", {"lines": lines})
    assert made.status_code == 200, made.text
    read = api.get(f"opportunity/{record['id']}")["lines"]
    assert [float(line["quantity"]) for line in read[-5:]] == [1, 2, 3, 4, 5] and read == made.json()["lines"]
    assert [line["id"] for line in read[:-5]] == [line["id"] for line in record["lines"]]


@pytest.mark.parametrize("entity", ["opportunity", "account", "contact", "activity", "product"])
def test_what_the_api_gives_can_be_sent_back(admin: Client, entity: str) -> None:
    for each in admin.get(f"{entity}?limit=20")["data"]:
        record = admin.get(f"{entity}/{each['id']}?expand=owner")
        answer = admin.send("PATCH", f"{entity}/{each['id']}?expand=owner", record)
        assert answer.status_code == 200 and answer.json() == record, answer.text
