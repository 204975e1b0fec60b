from __future__ import annotations

from datetime import timedelta

import pytest

from engine.access import grants
from engine.access.actor import Actor
from engine.records.errors import Refused
from tests.browsing.browser import Browser, Page
from tests.product import PASSWORD, Product, log_in
from tests.web.test_audit import told
from tests.web.test_statements import count

NEW = "a walnut by the lake"


def person(browser: Browser, email: str) -> Page:
    row = next(item for item in browser.open("/users").tree.all("li") if email in item.text)
    return browser.open(row.one("a")["href"])


def test_an_invited_person_chooses_a_password_once_and_comes_in(b2b: Product) -> None:
    admin, guest = b2b.enter("dana"), b2b.browser()
    made = admin.open("/users").submit("/users", {"name": "Ivo", "email": "ivo@example.org", "role": "sales"})
    link = made.tree.one("code", "secret").text
    assert link.startswith("http://crm.example.com/password/") and link not in admin.open("/users").html
    path = link.removeprefix("http://crm.example.com")
    assert "Ivo, choose a password" in guest.open(path).words
    short = guest.open(path).submit(path, {"password": "short", "repeat": "other"})
    assert short.status == 422 and short.error("c-password") and short.error("c-repeat")
    inside = short.submit(path, {"password": NEW, "repeat": NEW})
    assert inside.path == "/" and "Ivo" in inside.words
    assert guest.open(path).status == 404 and log_in(b2b.browser(), "ivo@example.org", NEW).path == "/"


def test_a_link_ends_in_time_with_the_next_one_and_with_its_person(b2b: Product) -> None:
    admin, guest = b2b.enter("dana"), b2b.browser()
    mei = person(admin, "mei@example.org").path

    def link() -> str:
        return admin.open(mei).submit(f"{mei}/link").tree.one("code").text.removeprefix("http://crm.example.com")

    first, second = link(), link()
    assert (guest.open(first).status, guest.open(second).status) == (404, 200)
    b2b.clock.advance(timedelta(hours=24))
    assert guest.open(second).status == 404
    third = link()
    admin.open(f"{mei}/deactivate").submit(f"{mei}/deactivate", {"to": "-"})
    assert guest.open(third).status == 404 and "This link is over" in guest.open(third).words


def test_a_new_password_ends_every_session_of_the_person(b2b: Product) -> None:
    admin, mei, guest = b2b.enter("dana"), b2b.enter("mei"), b2b.browser()
    here = person(admin, "mei@example.org").path
    link = admin.open(here).submit(f"{here}/link").tree.one("code").text.removeprefix("http://crm.example.com")
    guest.open(link).submit(link, {"password": NEW, "repeat": NEW})
    assert mei.open("/").path == "/login" and guest.open("/").path == "/"
    assert log_in(b2b.browser(), "mei@example.org", PASSWORD).status == 422


def test_who_forgot_is_answered_the_same_whoever_they_are(b2b: Product) -> None:
    answers = [b2b.browser().open("/forgot").submit("/forgot", {"email": e}) for e in ("mei@example.org", "no@x.org")]
    assert answers[0].words == answers[1].words and answers[0].status == answers[1].status == 200
    assert "an administrator can see that you asked" in answers[0].words
    assert told(b2b.enter("dana").open("/audit?kind=reset_asked")) == ["林梅 Mei Lin asked for a new password"]
    limited = [b2b.browser().open("/forgot").submit("/forgot", {"email": "mei@example.org"}).status for _ in range(5)]
    assert limited == [200] * 4 + [429]


def test_an_admin_changes_what_a_person_is_called_their_team_and_roles(b2b: Product) -> None:
    admin = b2b.enter("dana")
    page = person(admin, "mei@example.org")
    form = [(n, v) for n, v in page.form(page.path, "name").filled({"name": "Mei Lin-Ross"}) if n != "roles"]
    saved = admin.send(page.path, [*form, ("roles", ""), ("roles", "sales"), ("roles", "manager")])
    assert saved.path == page.path and "Mei Lin-Ross" in saved.words
    held = [value for name, value in saved.form(page.path, "name").filled({}) if name == "roles" and value]
    assert sorted(held) == ["manager", "sales"]
    assert told(admin.open("/audit?kind=roles_changed"))[0].startswith("Dana Whitlock made Mei Lin-Ross ")
    twin = admin.open(page.path).submit(page.path, {"email": "dana@example.org"})
    assert twin.status == 422 and twin.error("c-email")


def test_the_last_admin_stays(b2b: Product) -> None:
    admin = b2b.enter("dana")
    page = person(admin, "dana@example.org")
    form = [(n, v) for n, v in page.form(page.path, "name").filled({}) if n != "roles"]
    refused = admin.send(page.path, [*form, ("roles", "sales")])
    assert refused.status == 422 and refused.error("c-roles").startswith("Somebody must be able to manage")
    assert not page.tree.all("form", action=f"{page.path}/deactivate")
    csrf = page.tree.one("meta", name="csrf-token")["content"]
    assert admin.send(f"{page.path}/deactivate", {"_csrf": csrf}).status == 404


def test_the_last_admin_is_not_taken_away_by_the_gateway_either(b2b: Product) -> None:
    admin, store = b2b.enter("dana"), b2b.services.store
    with b2b.services.database.read() as connection:
        (dana,) = grants.users_with(connection, "admin")
        (mei, *_) = grants.users_with(connection, "sales")
    actor = Actor(dana, frozenset({"admin"}))
    store.change(actor, "user", mei, {"active": False})
    for leave in (
        lambda: store.change(actor, "user", dana, {"active": False}),
        lambda: store.delete(actor, "user", dana),
    ):
        with pytest.raises(Refused, match="Somebody must be able to manage the workspace"):
            leave()
    assert admin.open("/users").status == 200


def test_an_admin_sees_and_ends_the_sessions_of_a_person(b2b: Product) -> None:
    admin, first, second = b2b.enter("dana"), b2b.enter("mei"), b2b.enter("mei")
    page = person(admin, "mei@example.org")
    ends = [form["action"] for form in page.tree.all("form") if "/sessions/" in form["action"]]
    assert len(ends) == 3
    page.submit(ends[0])
    assert sorted((first.open("/").path, second.open("/").path)) == ["/", "/login"]
    admin.open(page.path).submit(f"{page.path}/sessions/revoke")
    assert first.open("/").path == second.open("/").path == "/login"


def test_teams_are_a_tree_without_rings(b2b: Product) -> None:
    admin = b2b.enter("dana")
    admin.open("/teams").submit("/teams", {"name": "Asia"})
    asia = next(link["href"] for link in admin.open("/teams").tree.all("a") if link.text == "Asia")
    number = asia.rpartition("/")[2]
    admin.open("/teams").submit("/teams", {"name": "Shanghai", "parent": number})
    page = admin.open("/teams")
    row = next(item for item in page.tree.all("li") if "Shanghai" in item.text)
    assert row["style"] == "--depth: 1"
    below = row.one("a")["href"].rpartition("/")[2]
    ring = admin.open(asia).submit(asia, {"parent": below})
    assert ring.status == 422 and ring.error("c-parent")
    admin.open(row.one("a")["href"]).submit(f"/teams/{below}/delete")
    assert "Shanghai" not in admin.open("/teams").words


@pytest.mark.parametrize(("path", "most"), [("/users", 4), ("/teams", 4), ("/users/{mei}", 7)])
def test_pages_of_people_take_few_statements_and_are_for_admins(shared_b2b: Product, path: str, most: int) -> None:
    admin = shared_b2b.enter("dana")
    path = path.replace("/users/{mei}", person(admin, "mei@example.org").path)
    assert count(shared_b2b, admin, path) <= most and shared_b2b.enter("henrik").open(path).status == 404
