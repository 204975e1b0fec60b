from __future__ import annotations

import shutil
from datetime import timedelta
from pathlib import Path

import pyotp
import pytest

from engine.clock import SettableClock
from tests.browsing.browser import Browser, Page
from tests.product import PASSWORD, Product, log_in, running
from tests.web.test_audit import told
from tests.web.test_people import person

PAGE = "/profile/second"


def code(clock: SettableClock, key: str) -> str:
    return pyotp.TOTP(key).at(clock.now())


def turn_on(product: Product, browser: Browser) -> tuple[str, list[str]]:
    """The key of the app and the recovery codes."""
    page = browser.open(PAGE).submit(f"{PAGE}/begin")
    key = page.tree.one("code", "secret").text.replace(" ", "")
    assert "<svg" in page.html
    done = page.submit(f"{PAGE}/confirm", {"code": code(product.clock, key)})
    return key, done.texts("code")


def half(product: Product, name: str = "mei") -> Page:
    page = log_in(product.browser(), f"{name}@example.org")
    assert page.path.startswith("/login/code")
    return page


def test_a_code_of_the_app_is_asked_for_after_the_password_and_taken_once(b2b: Product) -> None:
    mei, elsewhere = b2b.enter("mei"), b2b.enter("mei")
    key, codes = turn_on(b2b, mei)
    assert len(codes) == 10 and elsewhere.open("/").path == "/login"
    used = code(b2b.clock, key)
    assert half(b2b).submit("/login/code", {"code": used}).status == 422
    b2b.clock.advance(timedelta(seconds=30))
    page = half(b2b)
    entered = page.submit("/login/code", {"code": code(b2b.clock, key)})
    assert entered.path == "/" and entered.status == 200
    assert half(b2b).submit("/login/code", {"code": code(b2b.clock, key)}).status == 422
    assert key not in mei.open(PAGE).html and "10 recovery codes are left." in mei.open(PAGE).words


def test_a_recovery_code_lets_in_once_however_it_is_typed(b2b: Product) -> None:
    _, codes = turn_on(b2b, b2b.enter("mei"))
    assert half(b2b).submit("/login/code", {"code": f" {codes[0].lower().replace('-', ' ')}"}).path == "/"
    assert half(b2b).submit("/login/code", {"code": codes[0]}).status == 422


def test_codes_are_limited_and_the_page_belongs_to_who_proved_the_password(b2b: Product) -> None:
    key, _ = turn_on(b2b, b2b.enter("mei"))
    page = half(b2b)
    b2b.clock.advance(timedelta(minutes=4))
    wrong = [page.submit("/login/code", {"code": "000000"}).status for _ in range(6)]
    assert wrong == [422] * 5 + [429]
    assert b2b.browser().open("/login/code").path == "/login"
    late = half(b2b, "mei")
    b2b.clock.advance(timedelta(minutes=16))
    assert late.submit("/login/code", {"code": code(b2b.clock, key)}).path == "/login"


def test_it_is_turned_off_with_a_code_or_by_an_admin(b2b: Product) -> None:
    mei, admin = b2b.enter("mei"), b2b.enter("dana")
    turn_on(b2b, mei)
    assert mei.open(PAGE).submit(f"{PAGE}/renew", {"code": "not a code"}).status == 422
    here = person(admin, "mei@example.org").path
    admin.open(here).submit(f"{here}/second/off")
    assert log_in(b2b.browser(), "mei@example.org").path == "/"
    assert told(admin.open("/audit?kind=second_factor_off")) == [
        "Dana Whitlock turned off the second factor of 林梅 Mei Lin"
    ]
    key, _ = turn_on(b2b, mei)
    b2b.clock.advance(timedelta(seconds=60))
    form = mei.open(PAGE)
    assert mei.send(f"{PAGE}/off", {"_csrf": form.tree.one("meta", name="csrf-token")["content"]}).status == 422
    token = mei.open(PAGE).tree.one("meta", name="csrf-token")["content"]
    assert mei.send(f"{PAGE}/off", {"_csrf": token, "code": code(b2b.clock, key)}).status == 200
    assert log_in(b2b.browser(), "mei@example.org").path == "/"


def test_a_new_password_by_link_does_not_pass_by_the_second_factor(b2b: Product) -> None:
    admin, guest = b2b.enter("dana"), b2b.browser()
    turn_on(b2b, b2b.enter("mei"))
    here = person(admin, "mei@example.org").path
    link = admin.open(here).submit(f"{here}/link").tree.one("code").text.removeprefix("http://crm.example.com")
    new = {"password": "a walnut by the lake", "repeat": "a walnut by the lake"}
    assert guest.open(link).submit(link, new).path.startswith("/login/code") and guest.open("/").path == "/login"


@pytest.mark.parametrize(("who", "asked"), [("admins", {"dana"}), ("everybody", {"dana", "mei"})])
def test_the_workspace_may_ask_for_it(tmp_path: Path, founded_b2b: Path, who: str, asked: set[str]) -> None:
    with running(shutil.copytree(founded_b2b, tmp_path / "b2b"), second_factor=who) as product:
        for name in ("dana", "mei"):
            browser = product.browser()
            log_in(browser, f"{name}@example.org", PASSWORD)
            assert (browser.open("/e/account").path == PAGE) == (name in asked)


def test_neither_the_key_nor_recovery_codes_stand_in_the_database(b2b: Product) -> None:
    key, codes = turn_on(b2b, b2b.enter("mei"))
    with b2b.services.database.read() as connection:
        kept = repr(connection.exec_driver_sql("SELECT * FROM sys_second_factor").all())
        kept += repr(connection.exec_driver_sql("SELECT * FROM sys_recovery_code").all())
    assert key not in kept and all(one.replace("-", "") not in kept and one not in kept for one in codes)
