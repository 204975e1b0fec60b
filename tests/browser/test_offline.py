"""Without a connection the browser says so, in the person's language, and keeps nobody's data."""

from __future__ import annotations

from playwright.sync_api import expect

from tests.browser.conftest import Visitor

KEPT = """async () => {
  const cache = await caches.open((await caches.keys())[0]);
  const paths = (await cache.keys()).map((request) => new URL(request.url).pathname);
  return paths.filter((path) => !path.startsWith("/static/"));
}"""


def test_a_page_asked_for_without_a_connection_says_so_and_comes_back_with_it(visitor: Visitor) -> None:
    page = visitor.open("/e/account", language="zh-CN", worker=True)
    page.evaluate("navigator.serviceWorker.ready.then(() => true)")
    page.goto("/e/contact")
    assert sorted(page.evaluate(KEPT)) == ["/offline/en", "/offline/language", "/offline/zh-CN"]
    page.context.set_offline(True)
    page.goto("/e/account")
    expect(page.get_by_role("heading", name="没有网络连接")).to_be_visible()
    page.context.set_offline(False)
    page.goto("/e/account")
    expect(page.get_by_role("table")).to_be_visible()
