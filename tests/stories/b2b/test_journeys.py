"""The way of a deal through the b2b blueprint: from the lead to the receipt, and what stands beside it."""

from __future__ import annotations

from tests.browsing.browser import Browser, Page
from tests.product import Product


def made(browser: Browser, entity: str, **typed: object) -> str:
    """The address of a new record."""
    page = browser.open(f"/e/{entity}/new").submit(f"/e/{entity}/new", {k: str(v) for k, v in typed.items()})
    assert page.status == 200 and not page.path.endswith("/new"), page.words
    return page.path.partition("?")[0]


def number(record: str) -> str:
    return record.rpartition("/")[2]


def move(browser: Browser, record: str, stage: str, **answers: str) -> Page:
    token = browser.open(record).tree.one("meta", name="csrf-token")["content"]
    return browser.send(f"{record}/stage", {"_csrf": token, "stage": stage, **answers})


def add_line(crm: Product, browser: Browser, record: str) -> None:
    """Ten pieces for 900 each."""
    typed = {"product": str(crm.ids("product", "code:is:WP-T2")[0]), "quantity": "10", "unit_price": "900"}
    assert browser.open(record).submit_by_htmx(f"{record}/lines/lines", typed).status == 200


def stage(browser: Browser, record: str) -> str:
    return browser.open(record).tree.one("li", "path__s--now").text


def mine(crm: Product, entity: str) -> str:
    return str(crm.ids(entity, "owner:is_me", person="mei")[0])


def test_a_lead_is_converted_into_an_account_and_one_of_its_contacts(crm: Product) -> None:
    mei, account = crm.enter("mei"), mine(crm, "account")
    lead = f"/e/lead/{crm.ids('lead', 'owner:is_me', 'stage:any_of:qualified', person='mei')[0]}"
    stranger = str(crm.ids("contact", f"account:none_of:{account}", person="mei")[0])
    contact = number(made(mei, "contact", name="Ada Quill", account=account))
    assert move(mei, lead, "converted").status == 422
    assert move(mei, lead, "converted", account=account, contact=stranger).status == 422
    assert move(mei, lead, "converted", account=account, contact=contact).status == 200
    assert stage(mei, lead).startswith("Converted")


def test_marketing_runs_a_campaign_and_sees_the_leads_that_came_of_it(crm: Product) -> None:
    nora = crm.enter("nora")
    campaign = made(nora, "campaign", name="Cold store week", type="mailing", status="planned", budget=3000)
    made(
        nora,
        "campaign_member",
        campaign=number(campaign),
        name="Ada Quill",
        contact=mine(crm, "contact"),
        status="sent",
    )
    assert "Ada Quill" in nora.open(f"{campaign}?tab=members").words
    running = f"/e/campaign/{crm.ids('campaign', 'status:any_of:active')[0]}"
    assert nora.open(f"{running}?tab=results").named("related-lead-campaign").all("tr")


def test_a_quote_is_approved_sent_and_accepted_and_becomes_an_order_that_is_paid(crm: Product) -> None:
    mei, henrik, felix = (crm.enter(name) for name in ("mei", "henrik", "felix"))
    account, contact = mine(crm, "account"), mine(crm, "contact")
    quote = made(mei, "quote", subject="Cold store", account=account, contact=contact)
    assert move(mei, quote, "in_approval").status >= 400
    add_line(crm, mei, quote)
    assert "/lines/lines" in mei.open(quote).html and "lines.0." in mei.open(f"{quote}/edit").html
    assert move(mei, quote, "in_approval").status == 200
    assert move(mei, quote, "approved", valid_until="2026-04-01").status >= 400
    assert move(henrik, quote, "approved").status == 422
    assert move(henrik, quote, "approved", valid_until="2026-04-01").status == 200
    assert move(mei, quote, "sent", issued_on="2026-03-04").status == 200
    assert "/lines/lines" not in mei.open(quote).html and "lines.0." not in mei.open(f"{quote}/edit").html
    accepted = {"accepted_on": "2026-03-04", "accepted_by": "Ada Quill"}
    assert move(mei, quote, "accepted", **accepted).status == 200 and stage(mei, quote).startswith("Accepted")
    order = made(mei, "order", account=account, quote=number(quote))
    add_line(crm, mei, order)
    assert move(felix, order, "confirmed", due_on="2026-04-20").status == 200
    plan = made(felix, "payment_plan", name="Cold store", account=account, order=number(order), amount=9000)
    part = {"payment_plan": number(plan), "account": account, "due_on": "2026-04-01"}
    instalment = made(felix, "instalment", name="Part 1", amount=9000, **part)
    receipt = made(felix, "receipt", account=account, instalment=number(instalment), amount=9000)
    assert felix.open(receipt).texts("h1")[0].startswith("R-2026-")
    assert felix.open(plan).named("p-outstanding").text.startswith("Still to pay $0")
    assert mei.open("/e/receipt/new").status == 403


def test_a_contract_is_reviewed_signed_and_runs(crm: Product) -> None:
    mei = crm.enter("mei")
    contract = made(mei, "contract", name="Service", account=mine(crm, "account"), value=5000, type="service")
    assert move(mei, contract, "legal").status == 422
    assert move(mei, contract, "legal", start_on="2026-04-01", end_on="2027-03-31").status == 200
    assert move(mei, contract, "signed", signed_on="2026-03-03", signed_by="Ada Quill").status == 200
    assert move(mei, contract, "active").status == 200 and stage(mei, contract).startswith("In force")


def test_a_case_is_taken_by_service_and_solved_with_a_solution(crm: Product) -> None:
    aiko, account = crm.enter("aiko"), mine(crm, "account")
    case = made(aiko, "case", subject="No alarm", account=account, due_at="2026-03-05 12:00", priority="p1")
    assert move(aiko, case, "in_work").status == 200
    assert move(aiko, case, "solved").status == 422
    solved = {"solved_at": "2026-03-04 09:30", "solution": "Changed the alarm chain"}
    assert move(aiko, case, "solved", **solved).status == 200 and stage(aiko, case).startswith("Solved")


def test_a_registered_deal_is_protected_by_the_channel_manager(crm: Product) -> None:
    ravi, partner = crm.enter("ravi"), crm.ids("partner")[0]
    deal = made(ravi, "deal_registration", name="New depot", partner=partner, company="Quillfeather", amount=7000)
    assert move(ravi, deal, "approved").status == 422
    assert move(ravi, deal, "approved", protect_until="2026-06-02").status == 200
    assert stage(ravi, deal).startswith("Protected")


def test_each_role_starts_on_a_home_page_of_its_own_and_sees_no_more_than_its_work(crm: Product) -> None:
    first = {
        "nora": "Leads without an answer",
        "felix": "Overdue",
        "aiko": "My open cases",
        "ravi": "Registrations to decide",
    }
    for name, label in first.items():
        page = crm.enter(name).open("/")
        assert page.tree.all("a", "kpi")[0].one(kind="kpi__l").text == label
    for name, entity in (("nora", "receipt"), ("felix", "lead"), ("aiko", "opportunity"), ("ravi", "quote")):
        assert crm.enter(name).open(f"/e/{entity}").status == 404
