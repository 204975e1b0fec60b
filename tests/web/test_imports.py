"""An import through the pages, without script: a file comes in, its columns get fields."""

from __future__ import annotations

from io import BytesIO

import pytest
import xlsxwriter

from tests.browsing.browser import Browser, Page
from tests.product import Product

UPLOAD = "/e/contact/import"
CONTACTS = (
    "Full name,E-mail,Account,Shoe size\nAda Moss,ada@moss.example,Winterreach Growers,41\nBo,bo@li.example,New,42\n"
)


def upload(browser: Browser, content: str | bytes = CONTACTS, name: str = "contacts.csv", url: str = UPLOAD) -> Page:
    """Choose a file on the page and send it."""
    token = browser.open(url).form(url).values["_csrf"]
    body = content.encode() if isinstance(content, str) else content
    return browser.send(url, {"_csrf": token}, [("file", name, body)])


def workbook(*rows: tuple[object, ...], sheet: str = "People") -> bytes:
    made = BytesIO()
    with xlsxwriter.Workbook(made, {"in_memory": True}) as book:
        book.add_worksheet("Empty")
        page = book.add_worksheet(sheet)
        for number, row in enumerate(rows):
            page.write_row(number, 0, row)
    return made.getvalue()


def kept(product: Product) -> list[str]:
    """The files of imports that are on the disk."""
    folder = product.services.settings.files_folder / "imports"
    return [path.name for path in folder.rglob("*") if path.is_file()]


def goes(page: Page) -> dict[str, str]:
    """Column of the file -> the field that is chosen for it."""
    rows = [row for row in page.tree.all(kind="map__r") if row["id"]]
    return {row.one("b").text: _chosen(row.one("select")["name"], page) for row in rows}


def _chosen(name: str, page: Page) -> str:
    options = page.tree.one("select", name=name).all("option")
    return next((option.text for option in options if "selected" in option), options[0].text)


def chips(page: Page) -> list[str]:
    return page.texts(kind="map__chip")


def test_a_file_comes_in_and_its_columns_find_their_fields(b2b: Product) -> None:
    page = upload(b2b.enter("dana"))
    assert page.status == 200 and page.path.startswith("/imports/")
    assert goes(page) == {
        "Full name": "Name *", "E-mail": "E-mail", "Account": "Account *", "Shoe size": "Choose a field"
    }  # fmt: skip
    assert chips(page) == ["Similar name", "By name", "By name", "Choose a field"]
    assert "3 of 4 matched" in page.words and "1 needs you" in page.words
    table = page.tree.one("table", "dtable")
    assert [cell.text for cell in table.all("td")][:4] == [
        "2",
        "Ada Moss",
        "ada@moss.example",
        "WG Winterreach Growers",
    ]


def test_every_choice_is_kept_and_nothing_typed_is_lost_on_the_way_back(b2b: Product) -> None:
    admin = b2b.enter("dana")
    page = upload(admin)
    shown = page.submit(page.path, {"c.0": "notes", "c.3": "-"}, ("do", "show"))
    assert goes(shown) == {
        "Full name": "Notes", "E-mail": "E-mail", "Account": "Account *", "Shoe size": "Do not import"
    }  # fmt: skip
    assert chips(shown) == ["Chosen", "By name", "By name", "Skipped"]
    assert "A required field has no column" in shown.words
    assert goes(admin.open(page.path)) == goes(shown)


def test_a_required_field_without_a_column_takes_one_value_for_all_rows(b2b: Product) -> None:
    page = upload(b2b.enter("dana"), "E-mail\na@b.example\n")
    refused = page.submit(page.path, press=("do", "check"))
    assert refused.status == 422 and refused.error("c-fixed-name") == "Name is required."
    shown = refused.submit(page.path, {"fixed.name": "Somebody"}, ("do", "show"))
    assert shown.tree.one(id="c-fixed-name")["value"] == "Somebody"


def test_two_columns_do_not_go_to_one_field(b2b: Product) -> None:
    page = upload(b2b.enter("dana"))
    refused = page.submit(page.path, {"c.3": "email"}, ("do", "check"))
    assert refused.status == 422 and chips(refused)[1] == chips(refused)[3] == "Needs a look"
    assert "Another column goes to this field already." in refused.named("errors").text


def test_how_a_file_is_read_can_be_changed(b2b: Product) -> None:
    page = upload(b2b.enter("dana"), "姓名;邮箱\n张伟;zhang@example.cn\n".encode("gb18030"))
    assert goes(page) == {"姓名": "Name *", "邮箱": "E-mail"} and "GB18030" in page.tree.one("dl", "stat").text
    whole = page.submit(page.path, {"delimiter": ","}, ("do", "reread"))
    assert list(goes(whole)) == ["姓名;邮箱"] and "Comma" in whole.tree.one("dl", "stat").text
    wrong = whole.submit(page.path, {"header_line": "40"}, ("do", "reread"))
    assert wrong.status == 422 and "There is nothing in row 40" in wrong.named("errors").text


def test_a_workbook_opens_at_its_first_sheet_with_something_in_it(b2b: Product) -> None:
    page = upload(b2b.enter("dana"), workbook(("Name", "E-mail"), ("Ada", "a@b.example")), "people.xlsx")
    assert goes(page) == {"Name": "Name *", "E-mail": "E-mail"}
    assert page.tree.one("dl", "stat").text == "Rows 1 Sheet People"


def test_the_values_of_a_choice_are_given_options_once(b2b: Product) -> None:
    text = "Name,Stage\nA deal,Demo\nAnother,Zzz\n"
    page = upload(b2b.enter("dana"), text, "deals.csv", "/e/opportunity/import")
    assert "1 of 2 values" in chips(page)
    number = page.tree.one("input", value="Zzz")["name"].removeprefix("t.")
    shown = page.submit(page.path, {f"v.{number}": "demo"}, ("do", "show"))
    assert "1 of 2 values" not in chips(shown)
    assert _chosen(f"v.{shown.tree.one('input', value='Zzz')['name'].removeprefix('t.')}", shown) == "Demo"


def test_a_mapping_is_kept_under_a_name_and_offered_for_the_next_file(b2b: Product) -> None:
    admin = b2b.enter("dana")
    page = upload(admin)
    kept = page.submit(page.path, {"c.3": "notes", "recipe_name": "From the fair"}, ("do", "keep"))
    assert kept.texts(kind="toast") == ["The mapping From the fair is saved"]
    again = upload(admin, "Shoe size,Full name\n41,Ada\n")
    button = again.tree.one("button", name="recipe")
    assert button.text == "From the fair" and goes(again)["Shoe size"] == "Choose a field"
    used = again.submit(again.path, press=("recipe", button["value"]))
    assert goes(used) == {"Shoe size": "Notes", "Full name": "Name *"} and chips(used) == ["As saved", "As saved"]


def test_of_many_columns_that_found_their_field_by_name_the_later_ones_stand_behind_one_line(b2b: Product) -> None:
    titles = ("Name", "Size", "Account", "Job title", "E-mail", "Phone", "Notes", "Owner", "Role", "Left the company")
    page = upload(b2b.enter("dana"), ",".join(titles) + "\nAda,41\n")
    rest = page.tree.one("details", "map__rest")
    assert rest.one("summary").text == "3 more columns matched by name"
    assert [row.one("b").text for row in rest.all(kind="map__r")] == ["Owner", "Role", "Left the company"]
    assert goes(page)["Owner"] == "Owner" and page.named("map-count").text.startswith("9 of 10 matched")
    shown = page.submit(page.path, {"c.7": "skip"}, ("do", "show"))
    assert "map__rest" not in shown.html and goes(shown)["Owner"] == "Do not import"


def test_the_first_rows_are_shown_as_the_list_will_show_them(b2b: Product) -> None:
    text = "Name,Account,Stage,Owner\nA deal,Winterreach Growers,Demo,mei@example.org\n"
    page = upload(b2b.enter("dana"), text, "deals.csv", "/e/opportunity/import")
    cells = page.named("map-preview").one("tbody").all("td")
    assert [cell.text for cell in cells][2:] == ["WG Winterreach Growers", "Demo", "林梅 林梅 Mei Lin"]
    assert cells[3].one("span", "tag")["data-hue"] and cells[2].one("span", "avatar--co")


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"", "The file is empty: there is no row in it."),
        (b"Name,E-mail\n", "The file has column titles and no rows below them."),
        (b"\x00\x01\x02\x03" * 99, "The file is not a table. Files that can be read: CSV, XLSX, XLS and ODS."),
    ],
)
def test_a_file_that_is_no_table_is_refused_in_a_sentence(b2b: Product, content: bytes, reason: str) -> None:
    admin = b2b.enter("dana")
    page = upload(admin, content)
    assert page.status == 422 and page.named("file-e").text == reason
    assert "No imports yet" in admin.open("/imports").words
    assert kept(b2b) == []


def test_a_draft_belongs_to_who_uploaded_it(b2b: Product) -> None:
    path = upload(b2b.enter("dana")).path
    other = b2b.enter("henrik")
    token = {"_csrf": other.open("/profile").form("/profile").values["_csrf"]}
    assert other.open(path).status == other.send(path, token).status == other.send(f"{path}/drop", token).status == 404
    assert "contacts.csv" not in other.open("/imports").words
    assert b2b.enter("dana").open(path).status == 200


def test_imports_are_listed_and_a_draft_is_given_up(b2b: Product) -> None:
    admin = b2b.enter("dana")
    path = upload(admin).path
    listed = admin.open("/imports")
    assert listed.texts(kind="imports__i") == ["contacts.csv Contacts, 2 rows Draft just now"]
    gone = listed.submit(f"{path}/drop")
    assert gone.path == "/imports" and "No imports yet" in gone.words and admin.open(path).status == 404
    assert kept(b2b) == []


def test_who_may_not_import_finds_no_page(b2b: Product) -> None:
    sales = b2b.enter("mei")
    token = {"_csrf": sales.open("/profile").form("/profile").values["_csrf"]}
    assert sales.open(UPLOAD).status == 404
    assert sales.send(UPLOAD, token, [("file", "x.csv", CONTACTS.encode())]).status == 404


def test_hostile_numbers_and_names_change_nothing(b2b: Product) -> None:
    page = upload(b2b.enter("dana"))
    typed = {"c.0": "password", "c.1": "id", "key": "owner", "mode": "drop", "by.2": "nonsense", "recipe": "x"}
    pairs = [(name, value) for name, value in page.form(page.path).filled({}) if name not in typed]
    shown = page.browser.send(page.path, [*pairs, *typed.items(), ("c.999", "name"), ("v.99.1", "x"), ("do", "show")])
    assert shown.status == 200 and list(goes(shown).values())[:2] == ["Choose a field", "ID"]
    for address in ("/imports/0", "/imports/x", "/imports/99999999999999999999", "/imports/5"):
        assert page.browser.open(address).status == 404


def test_lists_and_the_palette_lead_to_the_import_of_who_may(b2b: Product) -> None:
    admin, sales = b2b.enter("dana"), b2b.enter("mei")
    assert admin.open("/e/contact").follow("Import…").path == UPLOAD
    assert "Import…" not in sales.open("/e/contact").words
    found = admin.fragment("/palette?q=import+contact").tree.all("a", role="option")
    assert [link["href"] for link in found if link["href"].endswith("/import")] == [UPLOAD]
    assert "Import contacts" not in sales.fragment("/palette?q=import").words
