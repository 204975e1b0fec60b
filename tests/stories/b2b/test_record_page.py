"""The page of one record: its head, what the next stage asks for, its related lists."""

from __future__ import annotations

from engine.access.actor import ENGINE
from tests.browsing.html import Element
from tests.product import Product


def proposal(crm: Product) -> int:
    return crm.ids("opportunity", "owner:is_me", "stage:any_of:proposal", person="mei")[0]


def with_contacts(crm: Product, number: int) -> int:
    """An account with that many contacts."""
    workspace = crm.services.workspace
    assert workspace is not None
    with workspace.store.begin(ENGINE, "ui") as write:
        account = write.create("account", {"name": "Quillfeather"})
        for each in range(number):
            write.create("contact", {"name": f"Person {each}", "account": account})
    return account


def test_the_head_shows_the_company_two_tags_and_three_facts(crm: Product) -> None:
    page = crm.enter("mei").open(f"/e/opportunity/{proposal(crm)}")
    company = page.named("record-under").one("a", "link")
    assert company["href"] == page.named("p-account").one("a", "quiet")["href"]
    assert page.named("facts").texts("dt") == ["Amount", "Close date", "Owner"]
    account = crm.enter("mei").open(company["href"])
    tags = [account.named(f"p-{name}").one("dd").text for name in ("lifecycle", "tier")]
    assert account.named("record-under").texts("span", "tag") == [tag for tag in tags if not tag.startswith("Add")]
    assert account.named("facts").texts("dt") == ["Owner"]


def test_a_related_list_tells_how_many_there_are_and_opens_them_all(crm: Product) -> None:
    account = with_contacts(crm, 11)
    admin = crm.enter("dana")
    contacts = admin.open(f"/e/account/{account}?tab=people").named("related-contact-account")
    assert contacts.one("span", "count").text == "11"
    assert len([row for row in contacts.all("tr") if row["data-id"]]) == 8
    everything = admin.open(contacts.texts("a") and next(a["href"] for a in contacts.all("a") if a.text == "Show all"))
    assert everything.path == f"/e/contact?f=account%3Aany_of%3A{account}" and "11 records" in everything.words


def test_the_page_says_what_the_next_stage_asks_for(crm: Product) -> None:
    sales, record = crm.enter("mei"), f"/e/opportunity/{proposal(crm)}"
    assert sales.open(record).tree.one("div", "guide").text == "Ready for Negotiation. Move stage"
    workspace = crm.services.workspace
    assert workspace is not None
    early = crm.ids("opportunity", "owner:is_me", "stage:any_of:demo", person="mei")[0]
    workspace.store.change(ENGINE, "opportunity", early, {"close_date": None})
    page = sales.open(f"/e/opportunity/{early}")
    guide = page.tree.one("div", "guide")
    assert guide.text == "One field left before Proposal. Close date Fill it in Move stage"
    assert "Needed next" in page.named("p-close_date").text
    asked = page.submit_by_htmx(f"/e/opportunity/{early}/stage", press=("stage", "proposal"))
    assert asked.status == 422 and asked.form(f"/e/opportunity/{early}/stage", "close_date")


def test_a_record_has_tabs_with_addresses_and_the_last_one_is_remembered(crm: Product) -> None:
    admin, (one, other) = crm.enter("dana"), crm.ids("account")[:2]
    page = admin.open(f"/e/account/{one}")
    tabs = ["Overview", "People", "Business", "Quotes and orders", "Payments", "Service", "Background"]
    assert page.tree.one("nav", "rec__tabs").texts("a") == tabs
    assert page.tree.all(id="p-website") and not page.tree.all("section", "rel")
    people = page.follow("People", "record-main")
    assert people.path == f"/e/account/{one}?tab=people" and people.texts("a", "tab", aria_current="page") == ["People"]
    assert not people.tree.all(id="p-website") and people.named("related-contact-account")
    assert admin.open(f"/e/account/{other}").texts("a", "tab", aria_current="page") == ["People"]
    assert crm.enter("dana").open(f"/e/account/{other}?tab=nope").texts("a", "tab", aria_current="page") == ["Overview"]


def test_the_form_shows_every_tab_and_marks_the_one_with_an_error(crm: Product) -> None:
    admin = crm.enter("dana")
    page = admin.open("/e/account/new")
    assert page.texts("button", "tab") == ["Overview", "Background"]
    refused = page.submit("/e/account/new", {"name": "Quillfeather", "employees": "many"})
    assert (refused.status, refused.texts("button", "tab")) == (422, ["Overview", "Background 1 field to correct"])
    assert refused.texts("button", "tab", aria_selected="true") == ["Background 1 field to correct"]


def test_a_duplicate_starts_with_the_values_but_not_the_unique_ones_nor_the_stage(crm: Product) -> None:
    mei, (deal, contact) = crm.enter("mei"), (proposal(crm), crm.ids("contact", "email:not_empty")[0])
    page = mei.open(f"/e/opportunity/{deal}").follow("Duplicate", "record-menu")
    title = page.form("/e/opportunity/new").values["name"]
    made = page.submit("/e/opportunity/new")
    assert made.texts("h1") == [title] and not made.path.endswith(str(deal))
    assert made.tree.one("li", "path__s--now").text.startswith("Qualification")
    assert mei.open(f"/e/contact/new?copy={contact}").form("/e/contact/new").values["email"] == ""
    hidden = (set(crm.ids("opportunity")) - set(crm.ids("opportunity", person="mei"))).pop()
    assert mei.open(f"/e/opportunity/new?copy={hidden}").status == 404


def test_a_record_is_printed_whole_with_nothing_to_press(crm: Product) -> None:
    account = with_contacts(crm, 2)
    page = crm.enter("dana").open(f"/e/account/{account}?print=1")
    assert page.texts("h1") == ["Quillfeather"] and "Contacts (2)" in page.texts("h2")
    assert not page.tree.all("form") and not page.tree.all("button") and not page.tree.all("nav")
    assert {"Company", "Standing", "Notes"} <= set(page.texts("h2"))


def test_who_may_not_edit_gets_no_guide_and_no_moves(crm: Product) -> None:
    page = crm.enter("dana").open(f"/e/product/{crm.ids('product')[0]}")
    assert not page.tree.all("div", "guide") and not page.tree.all(id="stage-menu")


def test_a_duplicate_brings_line_items_of_its_own(crm: Product) -> None:
    workspace = crm.services.workspace
    assert workspace is not None
    deal, product = proposal(crm), crm.ids("product")[0]
    line = {"opportunity": deal, "product": product, "quantity": 3, "unit_price": 250}
    workspace.store.create(ENGINE, "opportunity_line", line)
    mei = crm.enter("mei")
    before = mei.open(f"/e/opportunity/{deal}").named("lines-lines")
    made = mei.open(f"/e/opportunity/new?copy={deal}").submit("/e/opportunity/new").named("lines-lines")

    def cells(table: Element) -> list[list[str]]:
        return [row.texts("td") for row in table.all("tr") if row["data-id"]]

    assert cells(made) == cells(before) != []
    ids = {row["data-id"] for table in (before, made) for row in table.all("tr") if row["data-id"]}
    assert len(ids) == 2 * len(cells(before))
