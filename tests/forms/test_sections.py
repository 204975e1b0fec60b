from __future__ import annotations

import pytest

from engine.forms.sections import SECTIONS
from engine.language.checking import TEXT, check
from engine.language.problems import Problems
from engine.language.source import read_text

SCHEMA = {"definitions": {"text": TEXT, "expression": {"type": "string"}}, "type": "object", "properties": SECTIONS}


def problems_of(source: str) -> tuple[str, ...]:
    problems = Problems()
    file = read_text(source, "a.yaml", problems)
    assert file is not None
    check(file.root, SCHEMA, problems)
    return problems.lines()


def test_every_way_to_write_a_screen_is_accepted() -> None:
    assert (
        problems_of("""
views:
  deal:
    open:
      {type: list, label: Open, icon: flag, columns: [name, {field: amount, label: {en: Worth}, width: 90, total: sum}],
       sort: [-amount, name], filter: "amount > 0", default: true, inline_edit: false, totals: {amount: sum},
       for_roles: [sales]}
    board: {type: board, by: stage, card: [name, amount], sum: amount}
forms:
  deal:
    main:
      sections:
        - {id: facts, label: Facts, columns: 2, fields: [name, {field: amount, width: full, label: Worth}]}
        - {rows: [[stage, owner], [{field: notes}]]}
        - {children: lines, columns: [product]}
        - {id: more, collapsed: true, visible: "amount > 0", fields: [{children: lines}, {html: Ask early.}]}
    other: {tabs: [{id: people, label: People, sections: [{related: task, by: deal, columns: [name], sort: [-due]}]}]}
pages: {deal: {header: [amount], related: [{entity: task, by: deal, label: Tasks, columns: [name], sort: [-due]}]}}
menu: [{id: sales, label: Sales, entries: [{entity: deal, view: open, label: Open, icon: flag}]}]
""")
        == ()
    )


@pytest.mark.parametrize(
    ("source", "problem"),
    [
        (
            "views: {deal: {a: {type: lst}}}\n",
            'a.yaml:1:26 E204 "lst" is not one of list, board, calendar, gallery, tree, pivot; did you mean "list"?',
        ),
        (
            "views: {deal: {a: {type: list, colums: [a]}}}\n",
            'a.yaml:1:32 E201 unknown key "colums"; did you mean "columns"?',
        ),
        (
            "views: {deal: {a: {type: list, columns: [[a]]}}}\n",
            "a.yaml:1:42 E203 a field or a map with field: is wanted here; this is a list",
        ),
        (
            "views: {deal: {a: {type: list, sort: [Amount desc]}}}\n",
            'a.yaml:1:39 E208 "Amount desc" does not have this form: a field, with - in front for the largest first',
        ),
        (
            "forms: {deal: {main: {sections: [{fields: [{field: a, width: third}]}]}}}\n",
            'a.yaml:1:62 E204 "third" is not one of half, full',
        ),
        (
            "forms: {deal: {main: {tabs: [{id: a, section: []}]}}}\n",
            'a.yaml:1:38 E201 unknown key "section"; did you mean "sections"?',
        ),
        ("pages: {deal: {related: [{by: a}]}}\n", 'a.yaml:1:26 E202 the key "entity" is missing'),
        (
            "menu: [{id: Sales, entries: [{entity: deal}]}]\n",
            'a.yaml:1:13 E208 "Sales" does not have this form: a name such as next_steps',
        ),
    ],
)
def test_a_misspelt_screen_is_told_at_its_place(source: str, problem: str) -> None:
    assert problems_of(source) == (problem,)
