"""Chinese addresses in a form: regions are offered, completed and held against each other."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.browsing.browser import Browser, Page
from tests.product import found, running

BLUEPRINT = Path(__file__).parent.parent / "blueprints" / "every_type"
ORDER = ("street", "district", "city", "province", "postcode", "country")


@pytest.fixture(scope="module")
def mei(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Browser]:
    folder = tmp_path_factory.mktemp("address")
    found(folder, str(BLUEPRINT))
    with running(folder) as product:
        yield product.enter("mei")


def create(mei: Browser, **parts: str) -> Page:
    form = mei.open("/e/thing/new").form("/e/thing/new")
    sent = [(name, text) for name, text in form.filled({"name": "Kiosk"}) if name != "home"]
    return mei.send("/e/thing/new", [*sent, *(("home", parts.get(part, "")) for part in ORDER)])


def test_short_names_are_stored_in_full(mei: Browser) -> None:
    page = create(mei, province="广东", city="深圳", district="南山", street="科技园路1号", postcode="518000")
    assert page.named("p-home").one("dd").text == "广东省深圳市南山区科技园路1号 518000"


def test_a_district_of_another_city_is_refused_and_what_was_typed_stays(mei: Browser) -> None:
    page = create(mei, province="广东省", city="深圳市", district="朝阳区", street="1号")
    assert page.status == 422
    assert page.error("c-home") == (
        "朝阳区 is not in 深圳市; there is one in 北京市、长春市. Choose a region that belongs there."
    )
    assert [control["value"] for control in page.form("/e/thing/new").controls if control["name"] == "home"][:4] == [
        *("1号", "朝阳区", "深圳市", "广东省")
    ]


@pytest.mark.parametrize(
    ("parts", "error"),
    [
        ({"city": "杭州", "postcode": "31000"}, "“31000” is no Chinese postal code. It has six digits, like 518000."),
        (
            {"country": "USA", "postcode": "ABC"},
            "“ABC” is no US postal code. It has five digits, like 62701, or nine, like 62701-1234.",
        ),
    ],
)
def test_a_postcode_of_another_shape_is_refused(mei: Browser, parts: dict[str, str], error: str) -> None:
    assert create(mei, **parts).error("c-home") == error


def test_the_inputs_of_an_address_are_offered_regions(mei: Browser) -> None:
    page = mei.fragment("/regions?level=district&q=朝阳区")
    assert page.texts(role="option") == ["朝阳区 北京市", "朝阳区 吉林省长春市"]
    assert mei.fragment("/regions?level=planet&q=x").texts(role="option") == []
