"""Values nobody should type: each has a sentence beside its field and stays there, or is stored as it is."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote, quote_from_bytes

import pytest

from tests.browsing.browser import Browser, Page
from tests.product import found, running

BLUEPRINT = Path(__file__).parent.parent / "blueprints" / "every_type"
NEW = "/e/thing/new"
NOT_A_NUMBER = "This is not a number. Write it like 1234.50 or 1,234.50."
NO_SUCH_DAY = "There is no such day: 2026-02 has 28 days."
REFUSED = {
    "name": ("<b>", "This text does not have the form that is expected here."),
    "email": ("a@b", "This is not an email address. Write it like ann@example.com."),
    "phone": (
        "call me",
        "This is not a phone number. Write it with its area code, or start with + and the country code.",
    ),
    "site": ("javascript:alert(1)", "This is not a web address. Write it like https://example.com."),
    "brand": ("red", "This is not a colour. Write it like #1a6dff."),
    "pieces": ("12a", NOT_A_NUMBER),
    "weight": ("9" * 400, NOT_A_NUMBER),
    "price": ("1.2.3", NOT_A_NUMBER),
    "share": ("half", NOT_A_NUMBER),
    "effort": ("soon", "This is not a duration. Write it like 1h 30m, 1:30 or 90 for minutes."),
    "words": ("x" * 41, "A tag may have up to 40 characters."),
    "due": ("31 February", NO_SUCH_DAY),
    "met_at": ("2026-02-31 10:00", NO_SUCH_DAY),
    "opens": ("25:00", "This is not a time. Write it like 09:30 or 3pm."),
    "spot": ("north", "These are not coordinates. Write latitude and longitude like 31.23, 121.47."),
    "data": ("{bad", "This is not JSON: line 1, column 2 cannot be read."),
}
HUGE = {"pieces": "1e999", "weight": "NaN", "price": "9" * 18, "share": "Infinity", "effort": "9" * 30, "opens": "9:99"}
ODD = {
    "a bidi override": "Lamp \N{RIGHT-TO-LEFT OVERRIDE}gpj.exe",
    "an emoji family": "\N{WOMAN}\N{ZERO WIDTH JOINER}\N{WOMAN}\N{ZERO WIDTH JOINER}\N{GIRL} family",
    "characters of four bytes": "\U00020bb7野家",
    "piled accents": "\N{LATIN CAPITAL LETTER Z WITH CARON}" + "\N{COMBINING CARON}" * 30,
    "quotes": "'; DROP TABLE e_thing; --",
}
BROKEN = {
    "a half character": (b"Lamp\xed\xb3\xbfpost", "Lamp\N{REPLACEMENT CHARACTER}"),
    "what is no utf-8": (b"Lamp\xffpost", "Lamp\N{REPLACEMENT CHARACTER}post"),
}


@pytest.fixture(scope="module")
def mei(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Browser]:
    folder = tmp_path_factory.mktemp("bad")
    found(folder, str(BLUEPRINT))
    with running(folder) as product:
        yield product.enter("mei")


def send(mei: Browser, **texts: str) -> Page:
    sent = [(name, text) for name, text in mei.open(NEW).form(NEW).filled({}) if name not in texts]
    return mei.send(NEW, [*sent, *texts.items()])


def typed(page: Page, name: str) -> str:
    return page.form(NEW).values[name]


def test_each_wrong_value_of_a_form_has_its_sentence_and_stays(mei: Browser) -> None:
    page = send(mei, **{name: text for name, (text, _) in REFUSED.items()})
    assert page.status == 422
    assert {name: page.error(f"c-{name}") for name in REFUSED} == {name: error for name, (_, error) in REFUSED.items()}
    assert {name: typed(page, name) for name in REFUSED} == {name: text for name, (text, _) in REFUSED.items()}


def test_each_huge_number_has_a_sentence_and_stays(mei: Browser) -> None:
    page = send(mei, name="Lamp", **HUGE)
    assert page.status == 422 and all(page.error(f"c-{name}") for name in HUGE)
    assert {name: typed(page, name) for name in HUGE} == HUGE


def test_a_text_of_ten_megabytes_is_refused_beside_its_field_and_nothing_typed_is_lost(mei: Browser) -> None:
    page = send(mei, name="Lamp", story="x" * (10 * 1024 * 1024), site="example.com")
    assert page.status == 422
    assert page.error("c-story") == "This text is too long. It may have up to 2,000 characters."
    assert page.html.count("x" * 1024) == 10 * 1024 and typed(page, "site") == "example.com"


@pytest.mark.parametrize("text", ODD.values(), ids=ODD.keys())
def test_an_odd_text_is_stored_as_it_is(mei: Browser, text: str) -> None:
    page = send(mei, name=text, story=text, words=text.replace(";", " "))
    assert "/new" not in page.path
    edit = mei.open(f"{page.path}/edit").form(f"{page.path}/edit").values
    assert (edit["name"], edit["story"]) == (text, text)


@pytest.mark.parametrize(("text", "stored"), BROKEN.values(), ids=BROKEN.keys())
def test_what_no_text_can_hold_is_left_out_and_the_rest_is_stored(mei: Browser, text: bytes, stored: str) -> None:
    sent = [(name, value) for name, value in mei.open(NEW).form(NEW).filled({}) if name != "name"]
    body = "&".join(f"{quote(name)}={quote(value)}" for name, value in sent) + f"&name={quote_from_bytes(text)}"
    kind = {"content-type": "application/x-www-form-urlencoded"}
    page = Page(mei, mei.client.post(NEW, content=body, headers=kind))
    assert page.status == 200 and page.tree.one("h1").text.startswith(stored)


def test_a_nul_is_told_beside_its_field_and_the_rest_of_the_form_stays(mei: Browser) -> None:
    page = send(mei, name="Lamp\0post", pieces="7")
    assert page.status == 422 and page.error("c-name").startswith("The text holds a character that cannot be stored")
    assert page.form(NEW).values["pieces"] == "7"


def test_the_direction_of_a_title_does_not_reach_the_words_of_a_toast(mei: Browser) -> None:
    title = ODD["a bidi override"]
    toast = send(mei, name=title).tree.one("div", "toast")
    assert toast.one("bdi").text == title


def test_a_script_in_a_formatted_text_is_not_stored(mei: Browser) -> None:
    page = send(mei, name="Lamp", article="<p>Hi<script>alert(1)</script><img src=x onerror=alert(1)> <b>you</b></p>")
    article = page.named("p-article").one("div", "prose")
    assert article.text == "Hi you" and not article.all("script") and not article.all("img")
