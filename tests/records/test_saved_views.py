"""Saved views on both databases."""

from __future__ import annotations

from dataclasses import replace

import pytest

from engine.access.actor import Actor
from engine.records.errors import RecordNotFound
from engine.records.saved_views import EVERYBODY, MOST, SavedView, TooMany
from tests.product import Product

KIM, LEE, BOSS = Actor(1), Actor(2, frozenset({"sales"})), Actor(3, frozenset({"manager"}))
VIEW = SavedView(0, "opportunity", "Mine", "list", "all", (("f", "name:contains:é|中"), ("sort", "-amount")), owner=1)


def test_a_view_is_seen_by_its_owner_and_by_whom_it_is_shared_with(shared_crm: Product) -> None:
    views = shared_crm.services.saved_views
    mine = views.add(VIEW)
    sales, all_ = views.add(replace(VIEW, shared_with=("sales",))), views.add(replace(VIEW, shared_with=(EVERYBODY,)))
    seen = [[view.id for view in views.of(actor, "opportunity")] for actor in (KIM, LEE, BOSS)]
    assert seen == [[sales.id, all_.id, mine.id], [sales.id, all_.id], [all_.id]]
    assert views.get(KIM, "opportunity", mine.id) == replace(VIEW, id=mine.id) and views.of(KIM, "account") == ()


def test_what_one_may_not_see_is_not_found(shared_crm: Product) -> None:
    views = shared_crm.services.saved_views
    mine = views.add(VIEW)
    for actor, entity, view_id in ((LEE, "opportunity", mine.id), (KIM, "account", mine.id), (KIM, "opportunity", 5)):
        with pytest.raises(RecordNotFound):
            views.get(actor, entity, view_id)


def test_a_deleted_view_is_gone_until_it_is_restored(shared_crm: Product) -> None:
    views = shared_crm.services.saved_views
    mine = views.add(VIEW)
    views.delete(mine)
    with pytest.raises(RecordNotFound):
        views.get(KIM, "opportunity", mine.id)
    views.restore(views.get(KIM, "opportunity", mine.id, deleted=True))
    assert views.get(KIM, "opportunity", mine.id).name == "Mine"


def test_one_person_keeps_a_bounded_number_of_views(shared_crm: Product) -> None:
    views = shared_crm.services.saved_views
    for _ in range(MOST):
        views.add(replace(VIEW, owner=9))
    with pytest.raises(TooMany):
        views.add(replace(VIEW, owner=9))
