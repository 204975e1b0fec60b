from __future__ import annotations

from datetime import timedelta

import pytest

from tests.product import Product, running
from tests.web.api.client import Client, client_of, token_of

UNKNOWN = (401, "The token is unknown, expired or revoked.", [])


def test_a_list_takes_two_statements_and_one_for_each_expanded_link(shared_crm: Product) -> None:
    api = client_of(shared_crm)
    api.get("opportunity")
    counts = []
    for query in ("", "?limit=1", "?expand=account,owner", "?count=true", "?f=amount:at_least:1&sort=-amount"):
        with shared_crm.services.database.count_statements() as statements:
            api.get(f"opportunity{query}")
        counts.append(len(statements))
    assert counts == [2, 2, 4, 3, 2]


def test_a_record_takes_two_statements_and_one_for_each_kind_of_line_items(shared_crm: Product) -> None:
    api = client_of(shared_crm)
    record = api.get("opportunity?limit=1&fields=name")["data"][0]["id"]
    with shared_crm.services.database.count_statements() as statements:
        api.get(f"opportunity/{record}")
    workspace = shared_crm.services.workspace
    assert workspace is not None
    kinds = [field for field in workspace.blueprint.entities["opportunity"].declared if not field.type.stored]
    assert kinds and len(statements) == 2 + len(kinds)


def test_without_a_token_there_is_no_answer_and_cookies_are_none(b2b: Product) -> None:
    browser = b2b.enter("dana")
    answer = browser.client.get("/api/v1/account")
    assert answer.status_code == 401 and answer.headers["www-authenticate"] == "Bearer"
    assert answer.json()["detail"] == "Send a token in the header: Authorization: Bearer crm_…"


@pytest.mark.parametrize("header", ["Bearer nothing", "Bearer crm_nothing", "Basic ZGFuYTpkYW5h", "Bearer \u00e9"])
def test_a_wrong_token_is_refused(shared_b2b: Product, header: str) -> None:
    answer = shared_b2b.browser().client.get("/api/v1/account", headers={"authorization": header.encode("latin-1")})
    assert answer.status_code == 401 and answer.headers["www-authenticate"] == 'Bearer error="invalid_token"'


def test_a_token_ends_when_it_expires_is_revoked_or_its_user_may_not_come_in(b2b: Product) -> None:
    tokens = b2b.services.api_tokens
    expiring = client_of(b2b, expires_at=b2b.clock.now() + timedelta(days=1))
    revoked, closed = client_of(b2b), client_of(b2b, "henrik")
    for api in (expiring, revoked, closed):
        api.get("account?limit=1")
    b2b.clock.advance(timedelta(days=1))
    found = tokens.find(revoked.token)
    assert found is not None and tokens.revoke(found.token_id, found.user_id)
    browser = b2b.enter("dana")
    users = [u for u in client_of(b2b).get("user")["data"] if u["email"] == "henrik@example.org"]
    here = f"/users/{users[0]['id']}"
    assert browser.open(f"{here}/deactivate").submit(f"{here}/deactivate").status == 200
    assert [api.refused("GET", "account") for api in (expiring, revoked, closed)] == [UNKNOWN] * 3


def test_the_database_keeps_no_token_and_when_it_was_used_once_a_minute(b2b: Product) -> None:
    api, moments = client_of(b2b), []
    for seconds in (0, 59, 1):
        b2b.clock.advance(timedelta(seconds=seconds))
        api.get("account?limit=1")
        (entry,) = b2b.services.api_tokens.of(None)
        moments.append(entry.last_used_at)
    assert moments[0] == moments[1] and moments[2] == b2b.clock.now() and entry.hint == api.token[-4:]
    content = (b2b.services.settings.data_folder / "crm.db").read_bytes()
    assert api.token.encode() not in content and api.token[4:].encode() not in content


def test_a_token_reaches_the_entities_it_was_made_for(shared_b2b: Product) -> None:
    api = client_of(shared_b2b, scope="read", entities=["opportunity"])
    assert [each["name"] for each in api.get("/api/v1")["entities"]] == ["opportunity"]
    assert api.get("opportunity?limit=1&expand=account")["data"][0]["_expanded"] == {"account": None}
    assert api.refused("GET", "account") == (403, "The token does not reach Accounts.", [])


def test_a_person_sees_no_more_than_on_the_screens(shared_b2b: Product) -> None:
    own = client_of(shared_b2b, "mei")
    ids = [int(record["id"]) for record in own.get("opportunity?fields=name&limit=200")["data"]]
    assert sorted(ids)[:50] and set(shared_b2b.ids("opportunity", person="mei")) <= set(ids)
    hidden = set(client_ids(client_of(shared_b2b))) - set(ids)
    for record in sorted(hidden)[:2]:
        assert own.refused("GET", f"opportunity/{record}")[0] == 404


def client_ids(api: Client) -> list[int]:
    return [int(record["id"]) for record in api.get("opportunity?fields=name&limit=200")["data"]]


def test_too_many_requests_are_told_to_wait(b2b: Product) -> None:
    with running(b2b.services.settings.data_folder, now=b2b.clock.now(), api_rate=3) as product:
        api = client_of(product)
        answers = [api.ask("GET", "account?limit=1") for _ in range(4)]
        assert [answer.status_code for answer in answers] == [200, 200, 200, 429]
        assert [answer.headers["ratelimit"] for answer in answers[2:]] == ['"token";r=0;t=60'] * 2
        assert answers[3].headers["retry-after"] == "20" and answers[3].json()["type"] == "/api/docs#too_many_requests"
        product.clock.advance(timedelta(seconds=20))
        assert api.ask("GET", "account?limit=1").status_code == 200


@pytest.mark.parametrize(
    "path", ["/api", "/api/", "/api/v2/account", "/api/v1/account/17/nothing", "/api/v1/", "/api/v1/a%0Ab"]
)
def test_an_unknown_address_is_a_problem_too(shared_b2b: Product, path: str) -> None:
    assert client_of(shared_b2b).refused("GET", path)[0] == 404


def test_other_methods_and_other_answers_are_refused(shared_b2b: Product) -> None:
    api = client_of(shared_b2b)
    wrong = api.ask("PUT", "account")
    assert wrong.status_code == 405 and "GET" in wrong.headers["allow"]
    assert api.ask("BREW", "account").status_code == 405
    assert api.ask("GET", "account", headers={"accept": "text/csv"}).status_code == 406
    head = api.ask("HEAD", "account?limit=1")
    assert head.status_code == 200 and head.text == "" and head.headers["content-type"] == "application/json"


def test_a_defect_is_a_problem_with_a_reference(shared_b2b: Product, caplog: pytest.LogCaptureFixture) -> None:
    api = client_of(shared_b2b)
    broken = shared_b2b.services.api_tokens
    original, broken.find = broken.find, lambda token: 1 / 0  # type: ignore[method-assign, assignment]
    answer = api.client.get("/api/v1/account", headers={"authorization": f"Bearer {token_of(shared_b2b, 'dana')}"})
    broken.find = original  # type: ignore[method-assign]
    assert answer.status_code == 500 and answer.headers["content-type"] == "application/problem+json"
    assert answer.json()["detail"].split()[-1].strip(".") in caplog.text
