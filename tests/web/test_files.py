"""Attached files through the pages: chosen in a form without script, added to a record, refused, downloaded."""

from __future__ import annotations

import shutil
import zipfile
from collections.abc import Iterator
from datetime import timedelta
from io import BytesIO
from os import utime
from pathlib import Path

import pytest
from sqlalchemy import URL

from tests.browsing.browser import Browser, Page
from tests.conftest import copied, on_postgres
from tests.product import Product, found, running

BLUEPRINT = Path(__file__).parent.parent / "blueprints" / "every_type"
PDF = b"%PDF-1.7\n1 0 obj\n"
PNG = b"\x89PNG\r\n\x1a\n" + bytes(32)
EXE = b"MZ\x90\x00" + bytes(64)
PAGE = b"<!doctype html><script>alert(1)</script>"
NEW = "/e/thing/new"
ON_BOTH = pytest.mark.parametrize("product", ["sqlite", "postgresql"], indirect=True)
LIMIT = 2 * 1024 * 1024


@pytest.fixture(scope="module")
def founded(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("files")
    found(folder, str(BLUEPRINT))
    return folder


@pytest.fixture(scope="module")
def on_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[URL]:
    with on_postgres(tmp_path_factory.mktemp("files_postgres"), str(BLUEPRINT)) as url:
        yield url


@pytest.fixture
def product(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Product]:
    """The workspace on SQLite, and on PostgreSQL too where a test is marked with `ON_BOTH`."""
    if getattr(request, "param", "sqlite") == "sqlite":
        folder = shutil.copytree(request.getfixturevalue("founded"), tmp_path / "copy")
        with running(folder, file_limit=LIMIT) as product:
            yield product
    else:
        yield request.getfixturevalue("product_on_server")


@pytest.fixture
def product_on_server(on_server: URL, tmp_path: Path) -> Iterator[Product]:
    with copied(on_server) as url, running(tmp_path, url, file_limit=LIMIT) as product:
        yield product


@pytest.fixture
def mei(product: Product) -> Browser:
    return product.enter("mei")


def docx() -> bytes:
    box = BytesIO()
    with zipfile.ZipFile(box, "w") as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        archive.writestr("word/document.xml", "<w:document/>")
    return box.getvalue()


def create(mei: Browser, *files: tuple[str, bytes], field: str = "papers", name: str = "Shelf") -> Page:
    """A new thing, made in the form without script."""
    pairs = mei.open(NEW).form(NEW).filled({"name": name, "rating": "3"})
    return mei.send(NEW, pairs, [(f"{field}.upload", *file) for file in files])


def lamp(mei: Browser) -> str:
    rows = [row for row in mei.open("/e/thing").tree.all("tr") if row["data-id"] and "Lamp" in row.one("th").text]
    return f"/e/thing/{rows[0]['data-id']}"


def add(mei: Browser, record: str, name: str, content: bytes, field: str = "papers") -> Page:
    """As the script of the record page sends a file."""
    here = f"{record}/files/{field}"
    pairs = [("_csrf", mei.open(record).form(here).values["_csrf"])]
    return mei.send(here, pairs, [("file", name, content)], hx_request="true")


def names(page: Page, field: str = "papers") -> list[str]:
    return page.named(f"files-{field}").texts("a", "file__name")


@ON_BOTH
def test_files_chosen_in_a_form_without_script_belong_to_the_record(mei: Browser) -> None:
    page = create(mei, ("offer.pdf", PDF), ("Brief 图.docx", docx()))
    assert page.status == 200
    assert names(page) == ["offer.pdf", "Brief 图.docx"]
    assert page.named("files-papers").texts("span", "file__meta")[0] == "17 B · Mei Lin , just now"
    listed = [row for row in mei.open("/e/thing").tree.all("tr") if "Shelf" in row.text]
    assert listed[0].one(kind="filecell").text == "2 offer.pdf"


@ON_BOTH
def test_a_form_with_a_mistake_keeps_the_files_that_came_with_it(mei: Browser) -> None:
    refused = create(mei, ("offer.pdf", PDF), ("a.exe", EXE), name="")
    assert (refused.status, refused.error("c-name")) == (422, "Name is required.")
    assert refused.error("c-papers") == "“a.exe” is a Windows program. Programs cannot be attached."
    page = refused.submit(NEW, {"name": "Shelf", "rating": "3"})
    assert names(page) == ["offer.pdf"]


@ON_BOTH
def test_a_file_that_is_unticked_in_the_form_goes(mei: Browser) -> None:
    record = create(mei, ("one.pdf", PDF), ("two.pdf", PDF)).path
    form = mei.open(f"{record}/edit").form(f"{record}/edit")
    kept = [(name, text) for name, text in form.filled({"rating": "3"}) if not text.endswith("one.pdf")]
    assert names(mei.send(f"{record}/edit", kept)) == ["two.pdf"]


@pytest.mark.parametrize(
    ("name", "content", "sentence"),
    [
        ("photo.png", EXE, "“photo.png” is a Windows program. Programs cannot be attached."),
        ("run.png", b"#!/bin/sh\nrm -rf /", "“run.png” is a script that runs commands. Programs cannot be attached."),
        ("page.pdf", PAGE, "“page.pdf” is really a web page. Give it its right name, or choose another file."),
        ("page.html", PAGE, "“page.html” is a web page. This field takes: documents, pictures, CSV."),
        ("mail.txt", b"hello", "“mail.txt” is a plain text. This field takes: documents, pictures, CSV."),
        ("empty.pdf", b"", "“empty.pdf” is empty: it has no content."),
        ("old.pdf", bytes(40), "“old.pdf” is not a PDF document, although its name says so. It may be damaged."),
        ("big.pdf", PDF + bytes(1024 * 1024), "“big.pdf” is larger than 1 MB, the most a file may have here."),
        ("huge.pdf", PDF + bytes(2 * 1024 * 1024), "“huge.pdf” is larger than 2 MB, the most a file may have here."),
    ],
)
def test_a_file_that_is_not_what_is_wanted_is_refused_in_words(
    mei: Browser, name: str, content: bytes, sentence: str
) -> None:
    refused = add(mei, lamp(mei), name, content)
    assert (refused.status, refused.tree.one(role="alert").text) == (422, sentence)
    assert names(mei.open(lamp(mei))) == []


def test_there_may_be_no_more_files_than_the_field_takes(mei: Browser) -> None:
    for number in range(3):
        add(mei, lamp(mei), f"{number}.pdf", PDF)
    refused = add(mei, lamp(mei), "3.pdf", PDF)
    assert (refused.status, refused.tree.one(role="alert").text) == (422, "There may be up to 3 files here.")
    assert names(refused) == ["0.pdf", "1.pdf", "2.pdf"]


@ON_BOTH
def test_a_field_of_one_file_takes_the_newer_one(mei: Browser) -> None:
    add(mei, lamp(mei), "draft.pdf", PDF, "contract")
    assert names(add(mei, lamp(mei), "final.bin", b"\x00\x01", "contract"), "contract") == ["final.bin"]


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("..\\..\\etc/pass\u202egpj.pdf", "passgpj.pdf"),
        ("合同😀 (终稿).pdf", "合同😀 (终稿).pdf"),
        ("a\x7fb.pdf", "ab.pdf"),
        ("字" * 120 + ".pdf", "字" * 83 + ".pdf"),
    ],
)
def test_a_name_is_cleaned_of_paths_and_of_what_cannot_be_seen(mei: Browser, given: str, kept: str) -> None:
    page = add(mei, lamp(mei), given, PDF)
    assert (page.status, names(page)) == (200, [kept])
    assert page.named("files-papers").one("bdi").text == kept


@ON_BOTH
def test_a_removed_file_can_be_put_back(mei: Browser) -> None:
    record = lamp(mei)
    add(mei, record, "offer.pdf", PDF)
    remove = mei.open(record).named("files-papers").one("li").one("form")["action"]
    page = mei.open(record).submit(remove)
    assert (names(page), page.texts(kind="toast")) == ([], ["offer.pdf was removed. Undo Z"])
    undo = remove.removesuffix("remove") + "restore"
    assert names(page.submit(undo)) == ["offer.pdf"]


def test_a_file_is_downloaded_under_its_own_name_and_never_runs(mei: Browser) -> None:
    record = lamp(mei)
    url = add(mei, record, "报价 1.pdf", PDF).tree.all("a", download="")[0]["href"]
    answer = mei.client.get(url)
    assert (answer.status_code, answer.content) == (200, PDF)
    assert {
        name: answer.headers[name]
        for name in ("content-type", "content-disposition", "x-content-type-options", "content-security-policy")
    } == {
        "content-type": "application/pdf",
        "content-disposition": "attachment; filename*=utf-8''%E6%8A%A5%E4%BB%B7%201.pdf",
        "x-content-type-options": "nosniff",
        "content-security-policy": "sandbox; default-src 'none'; frame-ancestors 'none'",
    }
    assert mei.client.get(url, headers={"if-none-match": answer.headers["etag"]}).status_code == 304
    assert mei.client.get(url, headers={"range": "bytes=1-3"}).content == b"PDF"


def test_only_pictures_and_pdfs_are_shown_in_the_page(mei: Browser) -> None:
    record = lamp(mei)
    shown = {}
    for name, content in (("a.png", PNG), ("b.pdf", PDF), ("c.html", PAGE), ("d.svg", b"<svg onload='x()'/>")):
        url = add(mei, record, name, content, "contract").tree.all("a", download="")[0]["href"]
        answer = mei.client.get(f"{url}?view=1")
        shown[name] = (answer.headers["content-disposition"].split(";")[0], answer.headers["content-type"])
    assert shown == {
        "a.png": ("inline", "image/png"),
        "b.pdf": ("inline", "application/pdf"),
        "c.html": ("attachment", "application/octet-stream"),
        "d.svg": ("attachment", "application/octet-stream"),
    }


def test_a_picture_stands_for_its_record(mei: Browser) -> None:
    record = create(mei, ("front.png", PNG), field="photo").path
    page = mei.open(record)
    url = page.named("files-photo").one("a", "picture")["href"]
    assert page.tree.one("img", kind="avatar--xl")["src"] == url
    assert page.named("files-photo").one("img")["alt"] == "Open front.png"
    assert mei.client.get(url).headers["content-type"] == "image/png"
    cell = next(row for row in mei.open("/e/thing").tree.all("tr") if "Shelf" in row.text).one("img")
    assert (cell["src"], cell["alt"]) == (url, "front.png")


def test_a_picture_is_one_that_browsers_draw(mei: Browser) -> None:
    refused = add(mei, lamp(mei), "plan.svg", b"<svg onload='x()'/>", "photo")
    told = "“plan.svg” is an SVG drawing. This field takes: PNG, JPG, GIF, WEBP."
    assert (refused.status, refused.tree.one(role="alert").text) == (422, told)


@ON_BOTH
def test_a_signature_is_given_by_a_typed_name(mei: Browser) -> None:
    page = mei.open(NEW).submit(NEW, {"name": "Shelf", "rating": "3", "signed.written": "MZ Wang 王"})
    assert page.named("files-signed").one(kind="signed").text == "MZ Wang 王"
    assert page.named("files-signed").one("time").text == "Signed by Mei Lin, just now"
    again = mei.open(f"{page.path}/edit").submit(f"{page.path}/edit", {"signed.written": "M. Lin"})
    assert again.named("files-signed").one(kind="signed").text == "M. Lin"


def test_a_record_is_signed_on_its_page_and_the_signature_taken_back(mei: Browser) -> None:
    here = f"{lamp(mei)}/files/signed"
    page = mei.open(lamp(mei)).submit(here, {"file.written": "Mei Lin"})
    assert page.named("files-signed").one(kind="signed").text == "Mei Lin"
    drawn = add(mei, create(mei).path, "signature.png", PNG, "signed")
    assert drawn.named("files-signed").one("img")["alt"] == "Signature"


def test_a_signature_is_no_other_file(mei: Browser) -> None:
    refused = add(mei, lamp(mei), "scan.pdf", PDF, "signed")
    told = "A signature is drawn here, or given by typing a name."
    assert (refused.status, refused.tree.one(role="alert").text) == (422, told)


def test_a_copy_of_a_record_leaves_its_files_with_it(mei: Browser) -> None:
    record = create(mei, ("offer.pdf", PDF)).path
    copied = mei.open(f"{NEW}?copy={record.rpartition('/')[2]}").submit(NEW, {"name": "Twin", "rating": "3"})
    assert (copied.status, names(copied)) == (200, [])


def test_a_staged_file_is_its_owners_alone(product: Product, mei: Browser) -> None:
    kept = create(mei, ("offer.pdf", PDF), name="").tree.one("a", "file__name")["href"]
    assert mei.client.get(kept).status_code == 200
    assert product.browser().open(kept).path.startswith("/login")


@ON_BOTH
def test_the_file_of_another_record_cannot_be_taken(mei: Browser) -> None:
    record = create(mei, ("offer.pdf", PDF)).path
    line = mei.open(f"{record}/edit").tree.all("input", kind="check", name="papers")[0]["value"]
    pairs = [*mei.open(NEW).form(NEW).filled({"name": "Thief", "rating": "3"}), ("papers", line)]
    refused = mei.send(NEW, pairs)
    assert (refused.status, refused.error("c-papers")) == (422, "This file is not there any more. Choose it again.")


@ON_BOTH
def test_what_nothing_holds_is_collected_after_a_day(product: Product, mei: Browser) -> None:
    record = lamp(mei)
    add(mei, record, "kept.pdf", PDF)
    create(mei, ("left.pdf", PDF + b"left"), name="")
    contents = product.services.settings.files_folder
    product.clock.advance(timedelta(hours=23))
    assert product.services.files.collect() == 0
    product.clock.advance(timedelta(hours=2))
    assert product.services.files.collect() == 1
    assert [path.read_bytes() for path in contents.glob("*/*")] == [PDF]


@ON_BOTH
def test_what_a_crash_has_left_is_swept_after_a_day(product: Product, mei: Browser) -> None:
    add(mei, lamp(mei), "kept.pdf", PDF)
    store, contents = product.services.files, product.services.settings.files_folder
    left = [contents / ".new-abc", contents / "ab" / ("ab" * 32), contents / "ab" / ("ac" * 32)]
    left[1].parent.mkdir(exist_ok=True)
    for path in (*left, *contents.glob("*/*")):
        path.write_bytes(path.read_bytes() if path.exists() else b"left")
        utime(path, (product.clock.now().timestamp(),) * 2)
    product.clock.advance(timedelta(hours=25))
    utime(left[2], (product.clock.now().timestamp(),) * 2)
    store.sweep()
    assert [path.exists() for path in left] == [False, False, True]
    assert PDF in [path.read_bytes() for path in contents.glob("*/*")]


def test_files_are_there_after_a_restart(founded: Path, tmp_path: Path) -> None:
    folder = shutil.copytree(founded, tmp_path / "copy")
    with running(folder) as product:
        url = add(product.enter("mei"), lamp(product.enter("mei")), "a.pdf", PDF).tree.all("a", download="")[0]["href"]
    with running(folder) as product:
        assert product.enter("mei").client.get(url).content == PDF


def test_a_file_of_a_record_out_of_sight_is_missing_and_named_nowhere(b2b: Product) -> None:
    """The same answer as for a file that is not there, to somebody who sees the account but not the opportunity."""
    known, mei = set(b2b.ids("opportunity", person="mei")), b2b.enter("mei")
    record = f"/e/opportunity/{next(i for i in b2b.ids('opportunity') if i not in known)}"
    boss = b2b.enter("dana")
    url = add(boss, record, "geheim.pdf", PDF, "contract").tree.all("a", download="")[0]["href"]
    assert boss.client.get(url).content == PDF
    missing = mei.open("/files/1/a.pdf")
    asked = [mei.open(url), mei.open(f"{url}?view=1"), mei.open(record), mei.open(f"{record}/history")]
    assert [(page.status, page.tree.one("main").text) for page in asked] == [(404, missing.tree.one("main").text)] * 4
    account = mei.open(next(a["href"] for a in boss.open(record).tree.all("a") if a["href"].startswith("/e/account/")))
    found = mei.open("/e/opportunity/v/all?f=contract:contains:geheim")
    assert [row for row in found.tree.all("tr") if row["data-id"]] == []
    assert all("geheim.pdf" not in page.html for page in (account, found, mei.open("/e/opportunity")))


def test_a_file_of_a_record_out_of_sight_can_be_neither_added_nor_taken(b2b: Product) -> None:
    known, mei = set(b2b.ids("opportunity", person="mei")), b2b.enter("mei")
    record = f"/e/opportunity/{next(i for i in b2b.ids('opportunity') if i not in known)}"
    csrf = mei.open("/e/opportunity/new").form("/e/opportunity/new").values["_csrf"]
    answers = [mei.send(f"{record}/files/contract{act}", [("_csrf", csrf)]) for act in ("", "/1/remove", "/1/restore")]
    assert [page.status for page in answers] == [404, 404, 404]


@ON_BOTH
def test_a_file_that_is_not_there_is_missing(mei: Browser) -> None:
    for url in ("/files/1/a.pdf", "/files/x/a.pdf", f"/files/{'9' * 20}/a.pdf", f"{lamp(mei)}/files/name"):
        assert mei.client.get(url).status_code in (404, 405)


@ON_BOTH
def test_a_record_and_a_list_with_files_take_one_more_statement(product: Product, mei: Browser) -> None:
    record = create(mei).path

    def statements(path: str) -> int:
        with product.services.database.count_statements() as counted:
            assert mei.open(path).status == 200
        return len(counted)

    without = [statements("/e/thing"), statements(record)]
    for field, names in (("papers", ("a.png", "b.png")), ("contract", ("c.png",)), ("photo", ("d.png",))):
        for name in names:
            add(mei, record, name, PNG, field)
    assert [statements("/e/thing"), statements(record)] == [without[0], without[1] + 1]


@ON_BOTH
def test_a_list_is_filtered_by_files(mei: Browser) -> None:
    add(mei, lamp(mei), "Offer.pdf", PDF)

    def listed(condition: str) -> list[str]:
        page = mei.open(f"/e/thing?f={condition}")
        return [row.one("th").text.split()[-1] for row in page.tree.all("tr") if row["data-id"]]

    assert [listed(f"papers:{compared}") for compared in ("not_empty", "empty", "contains:offer")] == [
        ["Lamp"],
        ["Chair", "Table"],
        ["Lamp"],
    ]


def test_the_side_of_a_record_lists_every_file_with_who_attached_it(mei: Browser) -> None:
    record = lamp(mei)
    add(mei, record, "offer.pdf", PDF)
    side = mei.open(f"{record}/activity?show=files")
    assert side.texts("a", "file__name") == ["offer.pdf"]
    assert "Mei" in side.tree.one("span", "file__meta").text


def test_the_timeline_says_which_files_came_and_which_went(mei: Browser) -> None:
    record = lamp(mei)
    add(mei, record, "offer.pdf", PDF)
    (item,) = (one for one in mei.open(f"{record}/activity").tree.all("div", "tl__i") if one.all("a", "tl__file"))
    assert item.text.startswith("Mei") and "attached files" in item.text
    link = item.one("a", "tl__file")
    assert link.text == "offer.pdf" and mei.open(link["href"]).status == 200
    mei.open(record).submit(mei.open(record).named("files-papers").one("li").one("form")["action"])
    side = mei.open(f"{record}/activity")
    assert side.tree.all("a", "tl__file") == []
