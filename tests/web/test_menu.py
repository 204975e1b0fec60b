"""The menu leads only to pages the person may see."""

from __future__ import annotations

from dataclasses import replace

from tests.product import Product


def test_an_entry_whose_view_is_for_other_roles_is_not_in_the_menu(b2b: Product) -> None:
    workspace = b2b.services.workspace
    assert workspace is not None
    views = workspace.blueprint.screens.views
    board = replace(views["opportunity"]["board"], for_roles=("manager",))
    screens = replace(
        workspace.blueprint.screens, views={**views, "opportunity": {**views["opportunity"], "board": board}}
    )
    b2b.services.workspace = replace(workspace, blueprint=replace(workspace.blueprint, screens=screens))
    assert ("Pipeline" in b2b.enter("henrik").open("/e/account").tree.texts("a", "nav")) is True
    assert ("Pipeline" in b2b.enter("mei").open("/e/account").tree.texts("a", "nav")) is False


def test_the_menu_names_tasks_once_and_their_page_leads_to_the_list(shared_b2b: Product) -> None:
    page = shared_b2b.enter("mei").open("/tasks")
    assert [link for link in page.tree.texts("a", "nav") if "Tasks" in link] == ["Tasks"]
    assert next(link["href"] for link in page.tree.all("a") if link.text == "All tasks") == "/e/task"
