"""Links that records of their own make, through the pages: form, cell, list, filter, API, and what one may not do."""

from __future__ import annotations

import pytest

from engine.access.actor import ENGINE
from engine.records.query import PageRequest
from engine.schema.model import ListQuery
from tests.browsing.browser import Browser, Page
from tests.product import Product
from tests.web.api.client import client_of
from tests.web.test_statements import count


@pytest.fixture
def ann(b2b: Product) -> int:
    """A contact of mei's who is a member of no campaign."""
    mei = next(row["id"] for row in rows(b2b, "user", "email") if row["email"] == "mei@example.org")
    account = made(b2b, "account", name="Quillfeather", owner=mei)
    return made(b2b, "contact", name="Ann Quill", account=account, owner=mei)


def made(product: Product, entity: str, **values: object) -> int:
    assert product.services.workspace is not None
    return product.services.workspace.store.create(ENGINE, entity, values)


def rows(product: Product, entity: str, *fields: str) -> list[dict[str, object]]:
    assert product.services.workspace is not None
    found = product.services.workspace.store.list(ENGINE, ListQuery(entity, fields), PageRequest(limit=5000))
    return [dict(row) for row in found.rows]


def campaigns(product: Product) -> dict[str, str]:
    return {str(row["name"]): str(row["id"]) for row in rows(product, "campaign", "name")}


def save(browser: Browser, contact: int, page: Page, *chosen: str) -> Page:
    here = f"/e/contact/{contact}/edit"
    kept = [(name, text) for name, text in page.form(here).filled({}) if name not in ("campaigns", "campaigns.titles")]
    return browser.send(here, [*kept, ("campaigns", ""), *(("campaigns", each) for each in chosen)])


def shown(page: Page) -> list[str]:
    return [tag.text for tag in page.named("p-campaigns").all(kind="tag")]


def test_a_form_makes_members_and_bins_them_and_keeps_what_came_meanwhile(b2b: Product, ann: int) -> None:
    dana, known = b2b.enter("dana"), campaigns(b2b)
    first, second, third = sorted(known)[:3]
    form = dana.open(f"/e/contact/{ann}/edit")
    assert shown(save(dana, ann, form, known[first], known[second])) == [first, second]
    stale = dana.open(f"/e/contact/{ann}/edit")
    made(b2b, "campaign_member", contact=ann, campaign=int(known[third]))
    assert shown(save(dana, ann, stale, known[second])) == [second, third]
    members = [row for row in rows(b2b, "campaign_member", "name", "contact") if row["contact"] == ann]
    assert [row["name"] for row in members] == ["Ann Quill", "Ann Quill"]


def test_a_refused_form_loses_nothing_that_was_chosen(b2b: Product, ann: int) -> None:
    dana, known = b2b.enter("dana"), campaigns(b2b)
    first = min(known)
    here = f"/e/contact/{ann}/edit"
    kept = [(n, t) for n, t in dana.open(here).form(here).filled({"name": ""}) if not n.startswith("campaigns")]
    refused = dana.send(here, [*kept, ("campaigns.shown", ""), ("campaigns", ""), ("campaigns", known[first])])
    boxes = refused.named("c-campaigns-field").all("input", type="checkbox")
    assert (refused.status, [box["value"] for box in boxes if box["value"]]) == (422, [known[first]])
    assert refused.form(here).values["campaigns.shown"] == ""


def test_a_cell_saves_them_and_says_what_stands_against_it(b2b: Product, ann: int) -> None:
    mei, known = b2b.enter("mei"), campaigns(b2b)
    first = min(known)
    here = f"/e/contact/{ann}/cell/campaigns"
    form = mei.fragment(f"{here}?place=cell").form(here)
    own = [(name, text) for name, text in form.filled({}) if name != "value"]
    assert mei.send(here, [*own, ("value", ""), ("value", known[first])], hx_request="true").words == first
    again = [(name, text) for name, text in mei.fragment(here).form(here).filled({}) if name != "value"]
    refused = mei.send(here, [*again, ("value", "")], hx_request="true")
    assert refused.status == 422
    assert "Your role does not allow you to delete this record (Campaign member)." in refused.words


def test_who_can_make_no_members_reads_the_campaigns_locked(b2b: Product, ann: int) -> None:
    first = min(campaigns(b2b))
    made(b2b, "campaign_member", contact=ann, campaign=int(campaigns(b2b)[first]))
    prop = b2b.enter("sam").open(f"/e/contact/{ann}").named("p-campaigns")
    assert not prop.all(kind="tag") and prop.all(kind="val--lock") and not prop.all(kind="val__edit")


def test_a_list_shows_and_filters_them_without_a_statement_more(b2b: Product, ann: int) -> None:
    dana, known = b2b.enter("dana"), campaigns(b2b)
    first = min(known)
    made(b2b, "campaign_member", contact=ann, campaign=int(known[first]))
    page = dana.open(f"/e/contact?cols=name,campaigns&f=campaigns:any_of:{known[first]}&q=Quill")
    assert [row.all("td")[-1].text for row in page.tree.all("tr") if row["data-id"]] == [first]
    assert f"Campaigns is any of {first}" in page.words
    assert count(b2b, dana, "/e/contact?cols=name,campaigns") == count(b2b, dana, "/e/contact?cols=name")


def test_a_contact_role_joins_an_opportunity_and_a_contact(b2b: Product, ann: int) -> None:
    dana = b2b.enter("dana")
    deal = made(b2b, "opportunity", name="A deal", account=rows(b2b, "account")[0]["id"])
    assert b2b.services.workspace is not None
    store = b2b.services.workspace.store
    store.change(ENGINE, "opportunity", deal, {"contacts": (ann,)})
    page = dana.open(f"/e/opportunity/v/all?cols=name,contacts&f=contacts:any_of:{ann}")
    assert [row.all("td")[-1].text for row in page.tree.all("tr") if row["data-id"]] == ["Ann Quill"]
    roles = [row for row in rows(b2b, "contact_role", "opportunity", "role") if row["opportunity"] == deal]
    assert [row["role"] for row in roles] == ["influencer"]


def test_the_api_reads_and_writes_them(b2b: Product, ann: int) -> None:
    client, known = client_of(b2b), campaigns(b2b)
    first, second = sorted(known)[:2]
    made(b2b, "campaign_member", contact=ann, campaign=int(known[first]))
    assert client.get(f"contact/{ann}")["campaigns"] == [known[first]]
    answer = client.send("PATCH", f"contact/{ann}", {"campaigns": [known[second], known[first]]})
    assert (answer.status_code, answer.json()["campaigns"]) == (200, [known[first], known[second]])
    seller = client_of(b2b, "mei")
    refused = seller.refused("PATCH", f"contact/{ann}", {"campaigns": []})
    assert (refused[0], [field for field, _ in refused[2]]) == (422, ["campaigns"])
