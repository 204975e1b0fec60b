"""The lists of records that link to the one on the page: linked, unlinked, added up."""

from __future__ import annotations

from engine.access.actor import ENGINE
from tests.browsing.browser import Browser, Page
from tests.product import Product


def made(crm: Product, entity: str, **values: object) -> int:
    workspace = crm.services.workspace
    assert workspace is not None
    return workspace.store.create(ENGINE, entity, values)


def people(browser: Browser, account: int) -> Page:
    return browser.open(f"/e/account/{account}?tab=people")


def listed(page: Page) -> list[str]:
    return [row["data-id"] for row in page.named("related-contact-account").all("tr") if row["data-id"]]


def test_an_existing_record_is_linked_by_its_title_without_script_and_this_is_taken_back(crm: Product) -> None:
    before, after = made(crm, "account", name="Quillfeather"), made(crm, "account", name="Larkspur")
    ann, admin = made(crm, "contact", name="Ann Quill", account=before), crm.enter("dana")
    asked = people(admin, after).follow("Link existing: Contacts")
    assert asked.texts("h2")[0] == "Link to Larkspur"
    assert "The field “Account” of the chosen record is set to this one." in asked.words
    linked = asked.submit(f"/e/account/{after}/related/contact/account", {"record.titles": "ann quill"})
    assert listed(linked) == [str(ann)] and "Ann Quill is linked." in linked.words
    undone = linked.submit(f"/e/account/{after}/related/contact/account/{ann}/unlink?back={before}")
    assert listed(undone) == [] and listed(people(admin, before)) == [str(ann)]


def test_the_picker_offers_those_that_are_not_linked_yet(crm: Product) -> None:
    account = made(crm, "account", name="Quillfeather")
    ann = made(crm, "contact", name="Quillon Quill", account=account)
    zed = made(crm, "contact", name="Quillon Other", account=made(crm, "account", name="Larkspur"))
    admin, here = crm.enter("dana"), f"/e/account/{account}/related/contact/account"
    picker = admin.fragment(here).named("c-linked")["data-picker"]
    offered = admin.fragment(f"{picker}&q=Quillon").tree.all(role="option")
    assert [option["data-value"] for option in offered] == [str(zed)]
    again = admin.fragment(here).submit_by_htmx(here, press=("record", str(zed)))
    assert sorted(row["data-id"] for row in again.tree.all("tr") if row["data-id"]) == sorted([str(ann), str(zed)])
    assert '"text": "Quillon Other is linked."' in again.headers["hx-trigger"]


def test_what_stands_against_linking_is_said_beside_the_control(crm: Product) -> None:
    account = made(crm, "account", name="Quillfeather")
    for _ in range(2):
        made(crm, "contact", name="Twin Smith", account=account)
    admin, here = crm.enter("dana"), f"/e/account/{account}/related/contact/account"
    form = admin.open(here)
    typed = {title: form.submit(here, {"record.titles": title}) for title in ("", "Nobody", "Twin Smith")}
    assert [(page.status, page.error("c-linked")) for page in typed.values()] == [
        (422, "Contact is required."),
        (422, "There is no record named Nobody (Contact), or you may not see it."),
        (422, "Several records are named Twin Smith. Link the right one from its own page."),
    ]
    assert typed["Nobody"].form(here).values["record.titles"] == "Nobody"
    for wrong in ("x", "999999999999"):
        assert form.submit(here, press=("record", wrong)).status == 422


def test_a_row_is_unlinked_and_linked_again(crm: Product) -> None:
    account = made(crm, "account", name="Quillfeather")
    task = made(crm, "activity", subject="Call them", type="call", account=account)
    admin = crm.enter("dana")
    page = admin.open(f"/e/account/{account}?tab=business")
    here = f"/e/account/{account}/related/activity/account/{task}"
    rows = page.named("related-activity-account")
    assert rows.one("button", aria_label="Unlink Call them")
    unlinked = page.submit(f"{here}/unlink")
    assert "None yet." in unlinked.named("related-activity-account").text
    assert "Call them is no longer linked." in unlinked.words
    again = unlinked.submit(f"{here}/link")
    assert "Call them" in again.named("related-activity-account").text


def test_unlinking_without_script_leads_back_to_the_tab_it_was_done_on(crm: Product) -> None:
    account = made(crm, "account", name="Quillfeather")
    task = made(crm, "activity", subject="Call them", type="call", account=account)
    admin, tab = crm.enter("dana"), f"/e/account/{account}?tab=business"
    unlink = f"/e/account/{account}/related/activity/account/{task}/unlink"
    answer = admin.send(unlink, admin.open(tab).form(unlink).values, referer=f"http://crm.example.com{tab}")
    assert answer.path == tab and "Call them is no longer linked." in answer.words


def test_a_required_link_can_be_moved_and_not_be_removed(crm: Product) -> None:
    account = made(crm, "account", name="Quillfeather")
    deal = made(crm, "opportunity", name="A deal", account=account, amount=100)
    admin = crm.enter("dana")
    page = admin.open(f"/e/account/{account}?tab=business")
    deals = page.named("related-opportunity-account")
    assert deals.all("a", "rel__link") and not deals.all("button")
    refused = admin.send(
        f"/e/account/{account}/related/opportunity/account/{deal}/unlink",
        {"_csrf": page.tree.one("meta", name="csrf-token")["content"]},
        hx_request="true",
    )
    assert refused.status == 422 and refused.tree.one("p", "rel__error").text == "Account is required."


def test_who_may_not_change_a_record_is_told_so_and_strangers_learn_nothing(crm: Product) -> None:
    mine, hidden = (
        crm.ids("account", person="mei")[0],
        set(crm.ids("opportunity")) - set(crm.ids("opportunity", person="mei")),
    )
    mei, here = crm.enter("mei"), f"/e/account/{mine}/related/opportunity/account"
    refused = mei.fragment(here).submit_by_htmx(here, press=("record", str(hidden.pop())))
    assert (refused.status, refused.error("c-linked")) == (
        422,
        "There is no such record (Opportunity), or you may not see it.",
    )
    for nothing in ("product/account", "contact/owner", "nope/nope"):
        assert mei.open(f"/e/account/{mine}/related/{nothing}").status == 404


def test_money_is_added_up_below_a_list_also_of_records_not_shown(crm: Product) -> None:
    few, many = made(crm, "account", name="Quillfeather"), made(crm, "account", name="Larkspur")
    for account, number in ((few, 2), (many, 11)):
        for each in range(number):
            made(crm, "opportunity", name=f"Deal {each}", account=account, amount=1000)
    admin = crm.enter("dana")
    sums = [
        admin.open(f"/e/account/{account}?tab=business").named("related-opportunity-account").one("tfoot").text
        for account in (few, many)
    ]
    assert sums == ["Sum $2,000", "Sum $11,000"]
