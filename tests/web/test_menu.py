"""The menu leads only to pages the person may see."""

from __future__ import annotations

from dataclasses import replace

from engine.forms.defaults import default_menu
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


def test_the_list_of_a_task_that_is_called_as_the_page_of_tasks_is_not_named_again(shared_b2b: Product) -> None:
    workspace = shared_b2b.services.workspace
    assert workspace is not None
    screens, all_of = workspace.blueprint.screens, default_menu(workspace.blueprint.entities)
    shared_b2b.services.workspace = replace(
        workspace, blueprint=replace(workspace.blueprint, screens=replace(screens, menu=all_of))
    )
    links = shared_b2b.enter("mei").open("/").tree.texts("a", "nav")
    shared_b2b.services.workspace = workspace
    assert ([link for link in links if link == "Tasks"], "Activities" in links) == (["Tasks"], True)


def test_the_menu_names_tasks_once_and_their_page_leads_to_the_list(shared_b2b: Product) -> None:
    page = shared_b2b.enter("mei").open("/tasks")
    assert [link for link in page.tree.texts("a", "nav") if "Tasks" in link] == ["Tasks"]
    assert next(link["href"] for link in page.tree.all("a") if link.text == "All tasks") == "/e/task"
