"""A record with every field type through the pages: made, edited in place, filtered, shown, in both languages."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.browsing.browser import Browser, Page
from tests.product import found, running

BLUEPRINT = Path(__file__).parent.parent / "blueprints" / "every_type"
TYPED = {
    "name": "Shelf",
    "brand": "ABC",
    "rating": "3",
    "effort": "1小时30分",
    "words": "new，New, 木",
    "opens": "下午2:15",
    "spot": "31.23 121.47",
    "data": '{"b":1.10}',
    "article": "Line one\n\nLine <two",
}
SEVERAL = [
    ("palette", "green"),
    ("palette", "red"),
    ("period", "2026-03-01"),
    ("period", ""),
    ("contact", "Grace"),
    ("contact", "Hopper"),
    *(("home", part) for part in ("1 Main St", "", "Springfield", "IL", "62701", "")),
    ("parts.0.name", "Plank"),
    ("parts.0.colours", "blue"),
    ("parts.0.colours", "red"),
    ("parts.0.maker", "Ada"),
    ("parts.0.maker", "Lovelace"),
]


@pytest.fixture(scope="module")
def founded(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("every_type")
    found(folder, str(BLUEPRINT))
    return folder


@pytest.fixture
def mei(founded: Path, tmp_path: Path) -> Iterator[Browser]:
    with running(shutil.copytree(founded, tmp_path / "copy")) as product:
        yield product.enter("mei")


def create(mei: Browser, **typed: str) -> Page:
    """A new thing with a value in each field; a repeated name replaces what the form would send."""
    form = mei.open("/e/thing/new").form("/e/thing/new")
    several = {name for name, _ in SEVERAL}
    sent = [(name, text) for name, text in form.filled(TYPED | typed) if name not in several]
    return mei.send("/e/thing/new", [*sent, *SEVERAL])


def shown(page: Page, field: str) -> str:
    return page.named(f"p-{field}").one("dd").text


def names(mei: Browser, condition: str) -> list[str]:
    page = mei.open(f"/e/thing?f={condition}")
    assert not page.tree.all(kind="note"), page.words
    return [row.one("th").text.split()[-1] for row in page.tree.all("tr") if row["data-id"]]


def record(mei: Browser, name: str) -> str:
    rows = [
        row for row in mei.open("/e/thing").tree.all("tr") if row["data-id"] and row.one("th").text.split()[-1] == name
    ]
    return f"/e/thing/{rows[0]['data-id']}"


def test_a_record_of_every_type_is_made_in_the_form_and_shown(mei: Browser) -> None:
    page = create(mei)
    assert {field: shown(page, field) for field in (*TYPED, "palette", "period", "contact", "home")} == {
        "name": "Shelf",
        "brand": "#aabbcc",
        "rating": "★★★☆☆",
        "effort": "1 h 30 min",
        "words": "new 木",
        "opens": "14:15",
        "spot": "31.23, 121.47",
        "data": '{ "b": 1.10 }',
        "article": "Line one Line <two",
        "palette": "Red Green",
        "period": "From 1 Mar 2026",
        "contact": "Grace Hopper",
        "home": "1 Main St, Springfield, IL 62701",
    }
    assert [cell.text for cell in page.named("lines-parts").one("tbody").all("td")][1:4] == [
        "Red Blue",
        "Ada Lovelace",
        "P-0002",
    ]


def test_a_number_is_given_by_the_engine_and_is_no_input_of_a_form(mei: Browser) -> None:
    assert not mei.open("/e/thing/new").tree.all(id="c-number")
    page = create(mei, number="T2603-999")
    assert shown(page, "number") == "T2603-004 Kept by the system, read only"
    assert "readonly" in mei.open(f"{page.path}/edit").named("c-number")
    assert mei.fragment(f"{page.path}/cell/number?place=prop").status == 404


def test_each_wrong_value_has_its_sentence_and_nothing_typed_is_lost(mei: Browser) -> None:
    wrong = {"brand": "red", "effort": "long", "opens": "25:00", "spot": "north", "data": "{a: 1}"}
    page = create(mei, **wrong)
    assert page.status == 422
    assert {field: page.error(f"c-{field}") for field in wrong} == {
        "brand": "This is not a colour. Write it like #1a6dff.",
        "effort": "This is not a duration. Write it like 1h 30m, 1:30 or 90 for minutes.",
        "opens": "This is not a time. Write it like 09:30 or 3pm.",
        "spot": "These are not coordinates. Write latitude and longitude like 31.23, 121.47.",
        "data": "This is not JSON: line 1, column 2 cannot be read.",
    }
    form = page.form("/e/thing/new")
    kept = [(name, text) for name, text in form.filled({}) if name in (*wrong, *dict(SEVERAL))]
    assert kept.count(("palette", "red")) == kept.count(("parts.0.colours", "blue")) == 1
    assert [text for name, text in kept if name == "home"] == ["1 Main St", "", "Springfield", "IL", "62701", ""]
    assert {name: text for name, text in kept if name in wrong} == wrong


@pytest.mark.parametrize(
    ("field", "texts", "shown_then"),
    [
        ("palette", ["", "blue", "green"], "Green Blue"),
        ("palette", [""], "Palette"),
        ("words", ["one, two"], "one two"),
        ("rating", ["5"], "★★★★★"),
        ("effort", ["45"], "45 min"),
        ("contact", ["Grace", "Hopper"], "Grace Hopper"),
        ("home", ["", "", "Lyon", "", "69001", "France"], "Lyon, 69001, France"),
        ("period", ["", "2026-05-01"], "Until 1 May"),
        ("spot", ["北纬39.9° 东经116.4°"], "39.9, 116.4"),
        ("brand", ["#0a0"], "#00aa00"),
    ],
)
def test_a_cell_is_edited_where_it_stands(mei: Browser, field: str, texts: list[str], shown_then: str) -> None:
    here = f"{record(mei, 'Lamp')}/cell/{field}"
    form = mei.fragment(f"{here}?place=cell").form(here)
    own = [(name, text) for name, text in form.filled({}) if name != "value"]
    saved = mei.send(here, [*own, *(("value", text) for text in texts)], hx_request="true")
    assert (saved.status, saved.words) == (200, shown_then)


def test_a_conflict_over_a_value_of_several_parts_offers_both(mei: Browser) -> None:
    here = f"{record(mei, 'Lamp')}/cell/contact"
    form = mei.fragment(f"{here}?place=cell").form(here)
    own = [(name, text) for name, text in form.filled({}) if name != "value"]
    mei.send(here, [*own, ("value", "Grace"), ("value", "Hopper")], hx_request="true")
    refused = mei.send(here, [*own, ("value", "Ada"), ("value", "Lovelace")], hx_request="true")
    assert refused.status == 409
    mine, theirs = [button for button in refused.tree.all("button") if button["name"] == "value"]
    assert (mine["value"], theirs["value"]) == ("Ada\nLovelace", "Grace\nHopper")
    again = [(name, text) for name, text in refused.form(here).filled({}) if name != "value"]
    assert mei.send(here, [*again, ("value", "Ada\r\nLovelace")], hx_request="true").words == "Ada Lovelace"


@pytest.mark.parametrize(
    ("condition", "found"),
    [
        ("number:contains:t2603-00", ["Chair", "Lamp", "Table"]),
        ("number:is:T2603-001", ["Lamp"]),
        ("testers:not_empty", ["Chair"]),
        ("mates:empty", ["Lamp", "Table"]),
        ("palette:any_of:green|red", ["Chair", "Lamp", "Table"]),
        ("palette:all_of:red|blue", ["Lamp", "Table"]),
        ("palette:none_of:red", ["Chair"]),
        ("words:any_of:WOOD, sale", ["Chair", "Lamp", "Table"]),
        ("words:all_of:wood, sale", ["Chair"]),
        ("words:any_of:灯", []),
        ("rating:at_least:3", ["Lamp"]),
        ("effort:at_most:1h 30m", ["Chair", "Lamp"]),
        ("opens:after:12:00", ["Table"]),
        ("opens:between:9:00|10am", ["Lamp"]),
        ("brand:is:F09123", ["Lamp"]),
        ("period:overlaps:2026-02-01 to 2026-03-01", ["Lamp", "Table"]),
        ("period:overlaps:2026-05-05", ["Chair"]),
        ("period:ongoing", ["Lamp"]),
        ("period:upcoming", ["Chair"]),
        ("period:ended", ["Table"]),
        ("contact:contains:张伟", ["Lamp"]),
        ("contact:contains:ada love", ["Chair"]),
        ("home:contains:深圳市南山", ["Lamp"]),
        ("home:empty", ["Chair", "Table"]),
        ("spot:not_empty", ["Lamp"]),
        ("data:contains:2.50", ["Lamp"]),
        ("article:contains:bright and", ["Lamp"]),
        ("article:contains:strong", []),
    ],
)
def test_a_list_is_filtered_by_every_type(mei: Browser, condition: str, found: list[str]) -> None:
    assert names(mei, condition) == found


def test_rules_and_filters_of_the_blueprint_read_lists_and_parts(mei: Browser) -> None:
    assert names(mei, "name:contains:a") == ["Chair", "Lamp", "Table"]
    red = mei.open("/e/thing/v/red")
    assert [row.one("th").text.split()[-1] for row in red.tree.all("tr") if row["data-id"]] == ["Table"]
    assert [bool(mei.open(record(mei, name)).tree.all(id="p-reason")) for name in ("Lamp", "Chair")] == [True, False]


def test_a_rich_text_is_shown_with_its_format_and_without_its_script(mei: Browser) -> None:
    page = mei.open(record(mei, "Lamp"))
    assert "<p>Bright <strong>and</strong> warm</p>" in page.html
    assert "alert(1)" not in page.html


def test_names_and_addresses_are_asked_for_in_the_order_of_the_language(mei: Browser) -> None:
    def labels(page: Page) -> list[str]:
        return [
            each.text
            for group in ("contact", "home")
            for each in page.named(f"c-{group}-field").all(kind="part__label")
        ]

    english = labels(mei.open("/e/thing/new"))
    mei.send("/profile", [*mei.open("/profile").form("/profile").filled({}), ("language", "zh-CN")])
    chinese = labels(mei.open("/e/thing/new"))
    assert english == [
        "Given name",
        "Family name",
        "Street",
        "District",
        "City",
        "State or province",
        "Postal code",
        "Country",
    ]
    assert chinese == ["姓", "名", "国家或地区", "省份", "城市", "区县", "街道地址", "邮政编码"]


def test_without_script_each_added_row_stays_even_when_it_is_empty(mei: Browser) -> None:
    page = mei.open("/e/thing/new")
    for _ in range(3):
        page = page.submit("/e/thing/new", press=("_add", "parts"))
    assert [row["data-line"] for row in page.named("c-parts-field").one("tbody").all("tr")] == ["0", "1", "2"]


def test_words_of_other_records_are_offered_while_a_tag_is_typed(mei: Browser) -> None:
    assert mei.fragment("/pick/thing?field=thing.words").texts(role="option") == ["sale", "Wood", "灯具"]
    assert mei.fragment("/pick/thing?field=thing.words&q=O").texts(role="option") == ["Wood", "Add “O”"]
    assert mei.fragment("/pick/thing?field=thing.words&q=%23WOOD").texts(role="option") == ["Wood"]
    assert mei.fragment("/pick/thing?field=thing.words&q=%22%5C").status == 200
    assert mei.open("/e/thing/new").named("c-words")["data-tags"] == "/pick/thing?field=thing.words"
