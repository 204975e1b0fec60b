from __future__ import annotations

from engine.access.actor import ENGINE
from engine.records.query import Condition, PageRequest
from engine.schema.model import ListQuery
from tests.product import Product, log_in
from tests.web.api.client import token_of
from tests.web.test_audit import told
from tests.web.test_people import person


def owned(product: Product, entity: str, user: str) -> set[int]:
    assert product.services.store is not None
    request = PageRequest(conditions=(Condition("owner", "any_of", (int(user),)),))
    return set(product.services.store.ids(ENGINE, ListQuery(entity, ()), request, 10_000))


def test_who_leaves_hands_over_what_they_own_and_it_can_be_undone(b2b: Product) -> None:
    admin = b2b.enter("dana")
    here, heir = person(admin, "mei@example.org").path, person(admin, "tom@example.org").path.rpartition("/")[2]
    mei = here.rpartition("/")[2]
    mine = {name: owned(b2b, name, mei) for name in ("account", "opportunity")}
    assert all(mine.values())
    token = token_of(b2b, "mei")
    page = admin.open(f"{here}/deactivate")
    assert page.submit(f"{here}/deactivate", {"to": ""}).status == 422
    done = page.submit(f"{here}/deactivate", {"to": heir, "to.opportunity": "-"})
    assert done.path == "/operations" and "Handed over from 林梅 Mei Lin" in done.words
    assert mine["account"] <= owned(b2b, "account", heir)
    assert owned(b2b, "opportunity", mei) == mine["opportunity"]
    assert log_in(b2b.browser(), "mei@example.org").status == 422
    assert any("handed over what 林梅 Mei Lin owned: account (" in text for text in told(admin.open("/audit")))
    accounts = next(
        link["href"] for link in done.tree.all("a") if "/operations/" in link["href"] and "ccount" in link.text
    )
    admin.open(accounts).submit(f"{accounts}/undo")
    assert mine["account"] == owned(b2b, "account", mei)
    assert admin.open(f"{here}/deactivate").status == 404
    admin.open(here).submit(f"{here}/activate")
    assert b2b.services.api_tokens.find(token) is None
    assert log_in(b2b.browser(), "mei@example.org").path == "/"
