from __future__ import annotations

from dataclasses import replace

from engine.forms.defaults import default_related
from engine.forms.slots import assign_slots
from tests.forms.sample import ACCOUNT, DEAL, make_entity, make_field


def test_the_slots_an_entity_names_go_before_those_its_types_suit() -> None:
    entity = replace(DEAL, slots={"badge": "hot", "meta": "close_date", "sub": "notes"})
    fields = [entity.fields[name] for name in ("name", "amount", "account", "stage", "close_date", "hot")]
    assert assign_slots(entity, fields) == {
        "hot": "badge",
        "close_date": "meta",
        "name": "title",
        "amount": "value",
        "account": "sub",
    }


def test_the_first_field_is_the_title_of_a_card_that_does_not_show_the_title() -> None:
    assert assign_slots(DEAL, [DEAL.fields["hot"], DEAL.fields["amount"]]) == {"hot": "title", "amount": "value"}


def test_related_lists_of_two_links_say_which_link_they_follow() -> None:
    links = [make_field("visit", name, "link", settings={"to": "account"}) for name in ("host", "guest")]
    visit = make_entity("visit", make_field("visit", "name", "text"), *links)
    blocks = default_related(ACCOUNT, {"account": ACCOUNT, "visit": visit})
    assert [(block.by, block.label.in_("en"), [column.field.name for column in block.columns]) for block in blocks] == [
        ("host", "Visits · Host", ["name", "guest", "owner"]),
        ("guest", "Visits · Guest", ["name", "host", "owner"]),
    ]
