"""The controls of field types as a person uses them: mouse, keyboard, touch, both languages."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.conftest import Site, Visitor, served

EVERY_TYPE = Path(__file__).parent.parent / "blueprints" / "every_type"
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


def part(page: Page, name: str) -> str:
    return page.locator(f"[data-address] [data-part={name}]").input_value()


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
