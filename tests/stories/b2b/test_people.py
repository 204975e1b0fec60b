"""Who may do what, who there is, and one's own settings."""

from __future__ import annotations

import json
import re
from pathlib import Path

from engine.locale import catalogue
from engine.locale.catalogue import message
from tests.product import PASSWORD, Product, log_in

MESSAGES = Path(catalogue.__file__).parent / "messages"


def others(crm: Product) -> str:
    """The address of an account that belongs to a colleague of another team."""
    return f"/e/account/{crm.ids('account', 'owner:is_me', person='priya')[0]}"


def hidden(crm: Product) -> str:
    """The address of an opportunity Mei may not see."""
    return f"/e/opportunity/{crm.ids('opportunity', 'owner:is_me', person='priya')[0]}"


def test_sales_read_accounts_of_other_teams_and_do_not_change_them(crm: Product) -> None:
    sales, record = crm.enter("mei"), others(crm)
    page = sales.open(record)
    assert page.status == 200 and not page.tree.all("a", href=f"{record}/edit") and not page.tree.all(kind="val__edit")
    refused = sales.open(f"{record}/edit")
    assert (refused.status, "Your role does not allow you to change this record (Account)." in refused.words) == (
        403,
        True,
    )
    token = page.tree.one("meta", name="csrf-token")["content"]
    for url, data in (("edit", {"name": "Mine now"}), ("cell/name", {"value": "Mine now"}), ("delete", {})):
        sales.send(f"{record}/{url}", {"_csrf": token, **data})
    assert "Mine now" not in sales.open(record).words and crm.enter("priya").open(record).status == 200


def test_what_one_may_not_see_looks_like_what_is_not_there(crm: Product) -> None:
    sales = crm.enter("mei")
    for path in ("", "/edit", "/history", "/cell/name"):
        there, nowhere = sales.open(hidden(crm) + path), sales.open("/e/opportunity/4711" + path)
        assert (there.status, there.words) == (404, nowhere.words)
    assert "There is nothing here" in there.words and sales.open("/e/nothing").words == there.words


def test_pages_of_other_roles_do_not_exist_and_are_not_in_the_menu(crm: Product) -> None:
    sales, admin = crm.enter("mei"), crm.enter("dana")
    assert sales.open("/users").status == 404 and "/users" not in sales.open("/profile").html
    assert sales.open("/e/product/new").status == 403
    assert "/e/product/new" not in sales.open("/e/product").html and "/e/product/new" in admin.open("/e/product").html
    assert admin.open("/users").texts("h1") == ["People"]


def test_managers_work_in_everybodys_records(crm: Product) -> None:
    manager, record = crm.enter("henrik"), others(crm)
    saved = manager.open(f"{record}/edit").submit(f"{record}/edit", {"notes": "Talked to them"})
    assert saved.path == record
    assert manager.open(f"{record}/edit").form(f"{record}/edit").values["notes"] == "Talked to them"
    assert manager.open("/users").status == 404


def test_an_admin_adds_a_person_who_comes_in_with_the_link_shown_once(crm: Product) -> None:
    admin = crm.enter("dana")
    wrong = admin.open("/users").submit("/users", {"name": "Ivo", "email": "ivo", "role": "sales"})
    assert wrong.status == 422 and wrong.error("c-email").startswith("This is not an email address.")
    assert wrong.form("/users").values["name"] == "Ivo"
    made = wrong.submit("/users", {"email": "ivo@example.org"})
    link = made.tree.one("code").text.removeprefix("http://crm.example.com")
    assert "ivo@example.org was added." in made.words and link not in admin.open("/users").words
    page = crm.browser().open(link).submit(link, {"password": "a walnut by the lake", "repeat": "a walnut by the lake"})
    assert page.path == "/" and "Ivo" in page.words
    twin = admin.open("/users").submit("/users", {"name": "Ivo 2", "email": "IVO@example.org", "role": "sales"})
    assert twin.status == 422 and twin.error("c-email")


def test_who_is_deactivated_is_out_at_once_and_back_when_activated(crm: Product) -> None:
    admin, tom = crm.enter("dana"), crm.enter("tom")
    row = next(item for item in admin.open("/users").tree.all("li") if "tom@example.org" in item.text)
    here = row.one("a")["href"]
    admin.open(f"{here}/deactivate").submit(f"{here}/deactivate", {"to": "-"})
    gone = admin.open(here)
    assert tom.open("/e/account").path.startswith("/login")
    assert log_in(crm.browser(), "tom@example.org").status == 422
    assert "Inactive" in gone.words
    gone.submit(f"{here}/activate")
    assert log_in(crm.browser(), "tom@example.org").status == 200


def test_nobody_locks_themselves_out(crm: Product) -> None:
    admin = crm.enter("dana")
    row = next(item for item in admin.open("/users").tree.all("li") if "dana@example.org" in item.text)
    here = row.one("a")["href"]
    assert f"{here}/deactivate" not in [link["href"] for link in admin.open(here).tree.all("a")]
    assert admin.open(f"{here}/deactivate").status == 404


LATIN = re.compile(r"[A-Za-z]{2,}")
NAMES = {"B2B", "sales", "Dana", "Whitlock", "DW", "English", "Esc", "Tab", "Del", "HH", "MM", "US"}
NAMES |= {"GIF", "JPG", "PNG", "WEBP", "MB"}


def test_in_chinese_the_texts_of_the_product_are_chinese(crm: Product) -> None:
    admin = crm.enter("dana")
    saved = admin.open("/profile").submit("/profile", {"language": "zh-CN"})
    assert saved.tree.one("html")["lang"] == "zh-CN" and saved.texts(kind="toast")
    for path in ("/e/account/new", "/e/opportunity/new", "/e/activity/new", "/e/product?q=zzz", "/nowhere"):
        page = admin.open(path)
        labels = {element[name] for element in page.tree.walk() for name in ("aria-label", "title", "placeholder")}
        found = {word for text in (page.words, *labels) for word in LATIN.findall(text)}
        assert found - NAMES - {"zzz", "YYYY", "DD"} == set(), path


def test_in_chinese_no_sentence_of_the_english_catalogue_is_left(crm: Product) -> None:
    admin = crm.enter("dana")
    admin.open("/profile").submit("/profile", {"language": "zh-CN"})
    record = f"/e/opportunity/{crm.ids('opportunity', 'stage:any_of:demo')[0]}"
    english = _catalogue("en") - _catalogue("zh-CN")
    for path in ("/e/opportunity", "/e/opportunity/v/board", "/users", record, f"{record}/edit", f"{record}/history"):
        page = admin.open(path)
        shown = {element.text for element in page.tree.walk()}
        labels = {element[name] for element in page.tree.walk() for name in ("aria-label", "title", "placeholder")}
        assert (shown | labels) & english == set(), path


def _catalogue(language: str) -> set[str]:
    texts = json.loads((MESSAGES / f"{language}.json").read_text(encoding="utf-8"))
    return {text for text in texts.values() if isinstance(text, str)}


def test_theme_and_density_stay_with_the_person(crm: Product) -> None:
    saved = crm.enter("mei").open("/profile").submit("/profile", {"theme": "dark", "density": "compact"})
    assert "Settings saved" in saved.texts(kind="toast")[0]
    page = crm.enter("mei").open("/e/account").tree.one("html")
    assert (page["data-theme"], page["data-density"]) == ("dark", "compact")
    assert "data-theme" not in crm.enter("tom").open("/e/account").tree.one("html")


def test_shortcuts_of_one_key_can_be_turned_off(crm: Product) -> None:
    mei = crm.enter("mei")
    assert not mei.open("/e/account").tree.one("html")["data-keys"]
    mei.open("/profile").submit("/profile", {"single_keys": "off"})
    assert mei.open("/e/account").tree.one("html")["data-keys"] == "off"


def test_a_new_password_ends_the_other_sessions(crm: Product) -> None:
    here, elsewhere = crm.enter("mei"), crm.enter("mei")
    form = here.open("/profile")
    new = {"current": PASSWORD, "password": "willow-heron-77", "repeat": "willow-heron-77"}
    wrong = form.submit("/profile/password", new | {"current": "guess", "repeat": "willow-heron-78"})
    assert wrong.status == 422
    assert wrong.error("c-current") == message("profile.password_wrong", "en")
    assert wrong.error("c-repeat") == message("profile.password_differs", "en")
    assert elsewhere.open("/profile").path == "/profile"
    assert "Password changed" in form.submit("/profile/password", new).texts(kind="toast")[0]
    assert elsewhere.open("/profile").path == "/login?next=%2Fprofile" and here.open("/profile").path == "/profile"
    assert log_in(crm.browser(), "mei@example.org").status == 422
    assert log_in(crm.browser(), "mei@example.org", "willow-heron-77").status == 200


def test_a_session_elsewhere_is_ended_from_the_profile(crm: Product) -> None:
    here, elsewhere = crm.enter("mei"), crm.enter("mei")
    page = here.open("/profile")
    revoke = next(form["action"] for form in page.tree.all("form") if form["action"].endswith("/revoke"))
    page.submit(revoke)
    assert elsewhere.open("/profile").path.startswith("/login") and here.open("/profile").path == "/profile"


def test_after_logging_out_the_page_asks_for_the_login_and_leads_back(crm: Product) -> None:
    sales = crm.enter("mei")
    assert sales.open("/e/account").submit("/logout").path == "/login"
    asked = sales.open("/e/account?sort=-name")
    assert asked.path == "/login?next=%2Fe%2Faccount%3Fsort%3D-name"
    back = asked.submit("/login", {"email": "mei@example.org", "password": PASSWORD})
    assert back.path == "/e/account?sort=-name"
