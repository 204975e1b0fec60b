"""The controls of field types as a person uses them: mouse, keyboard, touch, both languages."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.conftest import Site, Visitor, served
from tests.browser.test_accessibility import LOOKS, violations

BLUEPRINTS = Path(__file__).parent.parent / "blueprints"
EVERY_TYPE = BLUEPRINTS / "every_type"
MEI = "mei@example.org"


@pytest.fixture(scope="module")
def workshop(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    with served(tmp_path_factory.mktemp("workshop"), EVERY_TYPE, "Workshop") as site:
        yield site


@pytest.fixture
def maker(workshop: Site, browser: Browser) -> Iterator[Visitor]:
    yield Visitor(workshop, browser)
    for context in browser.contexts:
        context.close()


@pytest.fixture
def people(tmp_path: Path, browser: Browser) -> Iterator[Visitor]:
    with served(tmp_path, BLUEPRINTS / "people", "People") as site:
        yield Visitor(site, browser)
        for context in browser.contexts:
            context.close()


def part(page: Page, name: str) -> str:
    return page.locator(f"[data-address] [data-part={name}]").input_value()


def copied(page: Page, kind: str, text: str) -> None:
    """Puts a text on the clipboard, as another program would."""
    page.evaluate(
        """([kind, text]) => document.addEventListener("copy", (event) => {
            event.preventDefault(); event.clipboardData.setData(kind, text); }, { once: true })""",
        [kind, text],
    )
    page.keyboard.press("Control+c")


def test_an_address_goes_from_the_province_to_the_district(maker: Visitor) -> None:
    page = maker.open("/e/thing/new", email=MEI, language="zh-CN")
    page.locator("[data-part=province]").click()
    page.get_by_role("option", name="广东省").click()
    page.get_by_role("option", name="深圳市").click()
    page.get_by_role("option", name="南山区").click()
    expect(page.locator("[data-part=street]")).to_be_focused()
    assert (part(page, "province"), part(page, "city"), part(page, "district")) == ("广东省", "深圳市", "南山区")


def test_a_district_finds_its_city_by_keyboard_and_another_province_empties_it(maker: Visitor) -> None:
    page = maker.open("/e/thing/new", email=MEI, language="zh-CN", phone=True)
    district = page.locator("[data-part=district]")
    district.type("朝阳")
    expect(page.get_by_role("option", name="朝阳区")).to_have_text(["朝阳区北京市", "朝阳区吉林省长春市"])
    while "长春市" not in page.locator(".mi.is-active").inner_text():
        district.press("ArrowDown")
    district.press("Enter")
    assert (part(page, "province"), part(page, "city"), part(page, "district")) == ("吉林省", "长春市", "朝阳区")
    page.locator("[data-part=province]").fill("浙江")
    page.get_by_role("option", name="浙江省").click()
    assert (part(page, "city"), part(page, "district")) == ("", "")


def test_an_address_elsewhere_is_typed_freely(maker: Visitor) -> None:
    page = maker.open("/e/thing/new", email=MEI)
    page.locator("[data-part=country]").fill("France")
    page.locator("[data-part=city]").click()
    page.locator("[data-part=city]").type("Lyon")
    page.locator("[data-part=province]").click()
    expect(page.locator(".picker__list:popover-open")).to_have_count(0)
    assert part(page, "city") == "Lyon"


def test_a_formatted_text_is_written_in_an_editor_and_read_with_its_format(maker: Visitor) -> None:
    page = maker.open("/e/thing/new", email=MEI)
    page.fill("#c-name", "Novel")
    page.check("#c-rating", force=True)
    editor = page.locator("trix-editor#c-article")
    editor.click()
    page.keyboard.type("plain ")
    expect(editor).to_have_text("plain ")
    page.keyboard.press("Control+b")
    expect(page.get_by_role("button", name="Bold")).to_have_attribute("data-trix-active", "")
    page.keyboard.type("bold")
    page.get_by_role("button", name="Bulleted list").click()
    page.locator("form .btn--primary").first.click()
    prose = page.locator("#p-article .prose")
    expect(prose.locator("li")).to_have_text("plain bold")
    expect(prose.locator("li strong")).to_have_text("bold")
    assert page.locator("#p-article [data-edit]").count() == 1


def test_a_pasted_page_brings_its_words_and_no_script(maker: Visitor) -> None:
    page = maker.open("/e/thing/new", email=MEI, language="zh-CN")
    copied(page, "text/html", "<p class=MsoNormal>Kept<script>hit=1</script><img src=x onerror='hit=1'></p>")
    page.locator("trix-editor#c-article").click()
    page.keyboard.press("Control+v")
    expect(page.locator("trix-editor#c-article")).to_have_text("Kept")
    assert page.evaluate("window.hit === undefined")
    assert page.get_by_role("button", name="加粗").is_visible()


def test_a_formatted_text_is_changed_where_it_is_read(maker: Visitor) -> None:
    page = maker.open("/e/thing?f=name:is:Lamp", email=MEI, phone=True, language="zh-CN")
    page.goto("/e/thing/" + (page.locator("tr[data-id]").first.get_attribute("data-id") or ""))
    page.locator("#p-article [data-edit]").click()
    expect(page.locator("#p-article trix-editor")).to_be_focused()
    page.keyboard.press("Control+End")
    page.keyboard.type("!")
    page.keyboard.press("Control+Enter")
    expect(page.locator("#p-article .prose")).to_have_text("Bright and warm!")
    expect(page.locator("#p-article .prose strong")).to_have_text("and")


@pytest.mark.parametrize("look", ["desktop", "desktop dark", "phone zh"])
def test_a_form_of_every_type_has_no_accessibility_fault(maker: Visitor, look: str) -> None:
    page = maker.open("/e/thing/new", email=MEI, **LOOKS[look])  # type: ignore[arg-type]
    expect(page.locator("trix-editor")).to_be_visible()
    assert violations(page) == []


def test_a_table_from_a_spreadsheet_fills_rows_and_says_what_does_not_fit(maker: Visitor) -> None:
    page = maker.open("/e/thing/new", email=MEI)
    rows = "\n".join(f'"Plank\t{number}"\t{"Red, Blue" if number else "Mauve"}' for number in range(502))
    copied(page, "text/plain", f"Name\tColours\n{rows}\n")
    page.get_by_role("button", name="Add row").click()
    page.keyboard.press("Control+v")
    lines = page.locator("[data-lines=parts]")
    expect(lines.locator(".lines__note")).to_have_text(
        "A table takes up to 500 rows. 2 of the pasted rows were left out.", timeout=30_000
    )
    assert lines.locator("tbody tr").count() == 500
    assert lines.locator("[data-line='1'] input").first.input_value() == "Plank\t1"
    assert lines.locator("[data-line='1'] input:checked").count() == 2
    expect(lines.locator("[data-line='0'] .field__error")).to_have_text("There is no “Mauve” to choose here.")


def words(page: Page) -> list[str]:
    return [chip["word"] for chip in page.locator(".tagbox__one").evaluate_all("all => all.map(e => ({...e.dataset}))")]


def test_tags_are_chips_that_typing_offers_and_backspace_takes_away(maker: Visitor) -> None:
    page = maker.open("/e/thing/new", email=MEI)
    page.fill("#c-name", "Bench")
    page.check("#c-rating", force=True)
    box = page.get_by_role("combobox", name="Tags")
    box.press_sequentially("sa")
    page.get_by_role("option", name="sale").click()
    box.press_sequentially("Garden, SALE,")
    box.press("Backspace")
    assert words(page) == ["sale"]
    box.press_sequentially("灯")
    expect(page.locator(".picker__list [role=option]")).to_have_text(["灯具", "Add “灯”"])
    box.press("Enter")
    box.press_sequentially("new one")
    expect(page.locator(".picker__list [role=option]")).to_have_text(["Add “new one”"])
    box.press("Enter")
    page.get_by_role("button", name="Remove sale").click()
    assert words(page) == ["灯具", "new one"]
    hues = page.locator(".tagbox__one").evaluate_all("all => all.map(e => e.dataset.hue)")
    page.locator("form .btn--primary").first.click()
    tags = page.locator("#p-words .tag")
    expect(tags).to_have_text(["灯具", "new one"])
    assert tags.evaluate_all("all => all.map(e => e.dataset.hue)") == hues


def test_tags_are_changed_where_they_are_read(maker: Visitor) -> None:
    page = maker.open("/e/thing?f=name:is:Table", email=MEI, language="zh-CN")
    page.goto("/e/thing/" + (page.locator("tr[data-id]").first.get_attribute("data-id") or ""))
    page.locator("#p-words .val__edit").click()
    box = page.get_by_role("combobox", name="标签")
    expect(box).to_be_focused()
    box.press_sequentially("桌子，")
    assert words(page) == ["Wood", "桌子"]
    box.press("Enter")
    expect(page.locator("#p-words .tags .tag")).to_have_text(["Wood", "桌子"])


@pytest.mark.parametrize("phone", [False, True])
def test_a_colour_is_chosen_with_the_keyboard_typed_or_picked(maker: Visitor, phone: bool) -> None:
    page = maker.open("/e/thing/new", email=MEI, phone=phone)
    page.get_by_role("button", name="Brand colour: choose a colour").press("Enter")
    expect(page.get_by_role("button", name="Red", exact=True)).to_be_focused()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowRight")
    page.keyboard.press("Enter")
    assert page.locator("#c-brand").input_value() == "#5283e0"
    expect(page.locator("#c-brand")).to_be_focused()
    page.fill("#c-brand", "0af")
    assert page.locator(".colors__native").input_value() == "#00aaff"
    page.get_by_role("button", name="Brand colour: choose a colour").click()
    page.locator(".colors__native").fill("#123456")
    assert page.locator("#c-brand").input_value() == "#123456"


def test_sums_under_line_items_follow_what_is_typed(people: Visitor) -> None:
    page = people.open("/e/contact/new", email=MEI)
    for number, (hours, fee) in enumerate([("1.5", "1,200.10"), ("2", "¥0.2"), ("x", "")]):
        page.get_by_role("button", name="Add row").click()
        page.locator(f"[name='tasks.{number}.hours']").fill(hours)
        page.locator(f"[name='tasks.{number}.fee']").fill(fee)
    sums = page.locator("[data-sum]")
    expect(sums).to_have_text(["3.5", "CN¥1,200.30"])
    page.locator("[data-line='0'] [data-remove-line]").click()
    expect(sums).to_have_text(["2", "CN¥0.20"])
