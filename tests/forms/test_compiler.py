from __future__ import annotations

from engine.expressions.types import BOOLEAN
from engine.forms.model import BoardScreen, Column, FormScreen, HelpBlock, ListScreen, MenuEntry, MenuGroup, Screens
from engine.locale.text import Text
from engine.schema.model import ListQuery, Sort
from tests.forms.sample import DEAL, screens_of


def list_of(screens: Screens, entity: str, name: str) -> ListScreen:
    view = screens.views[entity][name]
    assert isinstance(view, ListScreen)
    return view


def board_of(screens: Screens, entity: str, name: str) -> BoardScreen:
    view = screens.views[entity][name]
    assert isinstance(view, BoardScreen)
    return view


def cells(form: FormScreen) -> list[tuple[str, list[tuple[str, str]]]]:
    shown = [section for section in form.sections if section.cells]
    return [(section.id, [(cell.field.name, cell.width) for cell in section.cells]) for section in shown]


def names(columns: tuple[Column, ...]) -> list[str]:
    return [column.field.name for column in columns]


def test_a_list_knows_its_columns_and_the_query_it_asks() -> None:
    screens, problems = screens_of("""
views:
  deal:
    open:
      type: list
      icon: flag
      columns: [name, {field: amount, label: Worth, width: 90}, stage, created_at, owner]
      sort: [-amount, name]
      filter: "stage == 'open'"
      totals: {amount: sum}
      for_roles: [sales]
      default: true
""")
    view = list_of(screens, "deal", "open")
    assert problems == ()
    assert [(c.field.name, c.label.in_("en"), c.width, c.slot, c.total, c.editable) for c in view.columns] == [
        ("name", "Name", 280, "title", None, True),
        ("amount", "Worth", 90, "value", "sum", True),
        ("stage", "Stage", 136, "badge", None, False),
        ("created_at", "Created", 140, "sub2", None, False),
        ("owner", "Owner", 140, "meta", None, True),
    ]
    assert (view.label.in_("en"), view.icon, view.for_roles, view.default) == ("Open", "flag", ("sales",), True)
    fields = ("name", "amount", "stage", "created_at", "owner")
    sort = (Sort("amount", True), Sort("name"))
    assert view.query == ListQuery("deal", fields, view.query.filter, sort)
    assert view.query.filter is not None
    assert (view.query.filter.text, view.query.filter.type) == ("stage == 'open'", BOOLEAN)


def test_a_total_is_of_a_kind_that_its_column_can_have() -> None:
    screens, problems = screens_of("""
views:
  deal:
    all:
      type: list
      columns: [name, amount, close_date, owner, hot]
      totals: {name: count, amount: average, close_date: max, owner: min, hot: average}
""")
    assert [column.total for column in list_of(screens, "deal", "all").columns] == [
        "count",
        "average",
        "max",
        None,
        None,
    ]
    assert [problem.partition(" ")[2] for problem in problems] == [
        'E452 "owner" has no min; use count',
        'E452 "hot" has no average; use count',
    ]


def test_a_list_without_inline_edit_has_no_editable_column() -> None:
    screens, _ = screens_of("views: {deal: {all: {type: list, columns: [name, owner], inline_edit: false}}}\n")
    assert [column.editable for column in list_of(screens, "deal", "all").columns] == [False, False]


def test_a_list_reads_the_title_even_when_no_column_shows_it() -> None:
    screens, _ = screens_of("views: {deal: {all: {type: list, columns: [amount]}}}\n")
    view = list_of(screens, "deal", "all")
    assert view.query == ListQuery("deal", ("name", "amount"), None, (Sort("created_at", True),))


def test_a_board_knows_its_lanes_its_cards_and_its_sum() -> None:
    screens, problems = screens_of("""
views:
  deal:
    board: {type: board, by: stage, card: [name, amount, owner], sum: amount, sort: [close_date]}
    plain: {type: board, by: stage}
""")
    board, plain = board_of(screens, "deal", "board"), board_of(screens, "deal", "plain")
    assert problems == ()
    assert (board.by.name, names(board.card)) == ("stage", ["name", "amount", "owner"])
    assert board.sum is DEAL.fields["amount"]
    assert [column.editable for column in board.card] == [False, False, False]
    fields, sort = ("name", "amount", "owner", "stage"), (Sort("close_date"),)
    assert board.query == ListQuery("deal", fields, None, sort, since=True)
    assert (names(plain.card), plain.sum) == (["name", "amount", "account", "close_date", "owner"], None)


def test_every_fault_of_a_view_is_told_at_its_own_place() -> None:
    _, problems = screens_of("""views:
  deal:
    bad:
      type: list
      columns: [nme, name, name, lines, {field: hot, total: sum}]
      sort: [-notes, "-amout"]
      totals: {close_date: sum, name: sum}
      for_roles: [sale]
    one: {type: board}
    two: {type: board, by: amount, sum: hot}
    Bad: {type: list, columns: [name]}
    odd: {type: list, columns: [name], filter: "amount > 1 and amout > 2"}
  dael: {}
""")
    assert problems == (
        'v.yaml:5:17 E213 unknown field "nme" in deal.bad; did you mean "name"?',
        'v.yaml:5:28 E429 "name" stands here twice',
        'v.yaml:5:34 E424 "lines" holds line items, not one value; show it in a form with {children: lines}',
        'v.yaml:5:49 E423 "hot" is not a number and has no sum',
        'v.yaml:6:15 E426 a list cannot be sorted by "notes"',
        'v.yaml:6:24 E213 unknown field "amout" in sort; did you mean "amount"?',
        'v.yaml:7:16 E428 "close_date" has a total and is no column of this view',
        'v.yaml:7:33 E423 "name" is not a number and has no sum',
        'v.yaml:8:19 E215 there is no role "sale"; did you mean "sales"?',
        'v.yaml:9:5 E421 the board "one" does not say where its lanes come from; add by: and a stage or choice field',
        'v.yaml:10:28 E422 "amount" cannot be the lanes of a board; name a stage or choice field',
        'v.yaml:10:41 E423 "hot" is not a number and has no sum',
        'v.yaml:11:5 E206 "Bad" is not a legal name; did you mean "bad"?',
        'v.yaml:12:64 E311 there is no field or name "amout"; did you mean "amount"?',
        'v.yaml:13:3 E212 there is no entity "dael"; did you mean "deal"?',
    )


def test_an_option_of_another_kind_of_view_is_told() -> None:
    _, problems = screens_of("views:\n  deal:\n    open: {type: list, columns: [name], by: stage}\n")
    assert problems == ('v.yaml:3:41 E432 a view of type list has no option "by"',)


def test_an_entity_without_views_gets_a_list_and_a_board_when_it_has_stages() -> None:
    screens, _ = screens_of("blueprint: {id: a}\n")
    every, board = list_of(screens, "deal", "all"), board_of(screens, "deal", "board")
    assert names(every.columns) == ["name", "amount", "account", "stage", "close_date", "hot", "owner"]
    assert (every.label.in_("zh-CN"), every.default, every.query.sort) == ("全部", True, (Sort("created_at", True),))
    assert (board.label.in_("zh-CN"), board.by.name, board.sum) == ("看板", "stage", DEAL.fields["amount"])
    assert {name: list(views) for name, views in screens.views.items()} == {
        "account": ["all"],
        "deal": ["all", "board"],
        "line": ["all"],
        "user": ["all"],
    }


def test_a_form_has_sections_of_cells_and_tables_of_line_items() -> None:
    screens, problems = screens_of("""
forms:
  deal:
    main:
      sections:
        - {id: facts, label: Facts, fields: [name, {field: amount, width: full, label: Worth}, account, notes]}
        - {id: more, rows: [[close_date, hot], [owner]]}
        - {columns: 1, fields: [stage]}
        - {children: lines, columns: [quantity, gift]}
""")
    form = screens.forms["deal"]["main"]
    assert problems == ()
    assert cells(form) == [
        ("facts", [("name", "half"), ("amount", "full"), ("account", "half"), ("notes", "full")]),
        ("more", [("close_date", "half"), ("hot", "half"), ("owner", "full")]),
        ("section_3", [("stage", "full")]),
    ]
    assert [section.label.in_("en") for section in form.sections] == ["Facts", "More", "Section 3", ""]
    assert form.fields[1].label == Text.of("Worth")
    assert [(block.field.name, names(block.columns)) for block in form.lines] == [("lines", ["quantity", "gift"])]


def test_line_items_may_stand_in_a_section_and_show_all_their_fields() -> None:
    text = "forms: {deal: {main: {sections: [{fields: [name, account, {children: lines}]}]}}}\n"
    screens, problems = screens_of(text)
    form = screens.forms["deal"]["main"]
    assert (problems, cells(form)) == ((), [("section_1", [("name", "half"), ("account", "half")])])
    assert [names(block.columns) for block in form.lines] == [["name", "quantity", "gift"]]


def test_a_form_has_tabs_of_sections_with_blocks_in_their_order() -> None:
    screens, problems = screens_of("""
forms:
  account:
    main:
      tabs:
        - {id: facts, label: Facts, sections: [{id: a, fields: [name, {html: {en: "<b>A</b><script>x</script>"}}]}]}
        - id: work
          sections:
            - {related: deal, by: account, columns: [name]}
            - {id: rest, collapsed: true, visible: "name == 'x'", fields: [owner]}
""")
    form = screens.forms["account"]["main"]
    assert problems == ()
    assert [(tab.id, [section.label.in_("en") for section in tab.sections]) for tab in form.tabs] == [
        ("facts", ["A"]),
        ("work", ["", "Rest"]),
    ]
    assert form.sections[0].blocks == (HelpBlock(Text.of({"en": "<b>A</b>"})),)
    assert [(block.entity, block.by) for block in form.related] == [("deal", "account")]
    assert (form.sections[2].collapsed, form.sections[2].visible is not None) == (True, True)
    assert screens.records["account"].related == ()


def test_every_fault_of_tabs_is_told_at_its_own_place() -> None:
    _, problems = screens_of("""forms:
  deal:
    one: {label: One}
    two:
      tabs: [{id: a, sections: [{id: a, fields: [name]}, {related: deal}, {related: lin}]}]
      sections: [{fields: [amount]}]
    three: {sections: [{id: a, visible: "amont > 0", fields: [name]}]}
""")
    assert problems == (
        'v.yaml:3:5 E433 the form "one" needs either tabs or sections',
        'v.yaml:4:5 E433 the form "two" needs either tabs or sections',
        'v.yaml:5:38 E434 "a" is the name of another tab or section of this form',
        "v.yaml:5:68 E431 deal leads to deal by 0 fields; add by: and the link field",
        'v.yaml:5:85 E212 there is no entity "lin"; did you mean "line"?',
        'v.yaml:7:42 E311 there is no field or name "amont"; did you mean "amount"?',
    )


def test_every_fault_of_a_form_is_told_at_its_own_place() -> None:
    _, problems = screens_of("""forms:
  deal:
    main:
      sections:
        - {id: a, fields: [name, name, lines, nam]}
        - {children: lines, columns: [quantity, nope]}
        - {children: amount}
""")
    assert problems == (
        'v.yaml:3:5 W610 the form asks for no "account", which every record must have',
        'v.yaml:5:34 E429 "name" stands here twice',
        'v.yaml:5:40 E424 "lines" holds line items, not one value; show it in a form with {children: lines}',
        'v.yaml:5:47 E213 unknown field "nam" in deal.main; did you mean "name"?',
        'v.yaml:6:49 E213 unknown field "nope" in deal.main.lines',
        'v.yaml:7:22 E425 "amount" holds no line items',
    )


def test_an_entity_without_a_form_gets_one_with_required_fields_first_and_long_texts_last() -> None:
    screens, _ = screens_of("blueprint: {id: a}\n")
    form = screens.forms["deal"]["main"]
    halves = [(name, "half") for name in ("name", "account", "amount", "close_date", "hot", "owner")]
    assert cells(form) == [("details", [*halves, ("notes", "full")])]
    assert form.sections[0].label.in_("zh-CN") == "详细信息"
    assert [(block.field.name, names(block.columns)) for block in form.lines] == [
        ("lines", ["name", "quantity", "gift"])
    ]
    assert cells(screens.forms["user"]["main"]) == [("details", [("name", "half")])]


def test_a_record_page_has_facts_and_related_lists() -> None:
    screens, problems = screens_of("""
pages:
  account:
    header: [owner]
    related: [{entity: deal, by: account, label: Its deals, columns: [name, amount], sort: [-amount]}]
""")
    page = screens.records["account"]
    (block,) = page.related
    assert problems == ()
    assert ([field.name for field in page.header], page.form) == (["owner"], screens.forms["account"]["main"])
    assert (block.entity, block.by, block.label, names(block.columns)) == (
        "deal",
        "account",
        Text.of("Its deals"),
        ["name", "amount"],
    )
    assert block.query == ListQuery("deal", ("name", "amount"), None, (Sort("amount", True),))


def test_a_record_page_nobody_wrote_lists_what_links_to_it() -> None:
    screens, _ = screens_of("blueprint: {id: a}\n")
    page = screens.records["account"]
    assert [(block.entity, block.by, block.label.in_("en"), names(block.columns)) for block in page.related] == [
        ("deal", "account", "Deals", ["name", "amount", "stage", "close_date", "hot", "owner"])
    ]
    assert [field.name for field in screens.records["deal"].header] == ["amount", "close_date", "owner"]
    assert screens.records["deal"].related == ()


def test_every_fault_of_a_page_is_told_at_its_own_place() -> None:
    _, problems = screens_of("""pages:
  deal: {header: [amont], related: []}
  account:
    related: [{entity: deal, by: name}, {entity: line}, {entity: del}]
""")
    assert problems == (
        'v.yaml:2:19 E213 unknown field "amont" in pages.deal; did you mean "amount"?',
        'v.yaml:4:34 E430 "name" of deal does not lead to account',
        "v.yaml:4:50 E431 line leads to account by 0 fields; add by: and the link field",
        'v.yaml:4:66 E212 there is no entity "del"; did you mean "deal"?',
    )


def test_a_menu_entry_is_named_after_its_view_or_its_entity() -> None:
    screens, problems = screens_of("""
views: {deal: {open: {type: list, label: Open deals, icon: flag, columns: [name]}}}
menu: [{id: sales, label: Sales, entries: [{entity: deal}, {entity: deal, view: open}]}, {entries: [{entity: user}]}]
""")
    assert problems == ()
    assert screens.menu == (
        MenuGroup(
            "sales",
            Text.of("Sales"),
            (
                MenuEntry(Text.of("Deals"), "handshake", "deal"),
                MenuEntry(Text.of("Open deals"), "flag", "deal", "open"),
            ),
        ),
        MenuGroup("group_2", None, (MenuEntry(Text.of("Users"), "box", "user"),)),
    )


def test_a_menu_names_only_what_there_is() -> None:
    _, problems = screens_of("""views: {deal: {open: {type: list, columns: [name]}, lost: {type: lst}}}
menu: [{entries: [{entity: deal, view: opne}, {entity: deal, view: lost}, {entity: acount}]}]
""")
    assert problems == (
        'v.yaml:2:40 E420 the menu names "opne", which is no view, page or entity; did you mean "open"?',
        'v.yaml:2:84 E212 there is no entity "acount"; did you mean "account"?',
    )


def test_the_menu_nobody_wrote_opens_every_entity_people_keep_records_of() -> None:
    screens, _ = screens_of("blueprint: {id: a}\n")
    entries = (MenuEntry(Text.of("Accounts"), "box", "account"), MenuEntry(Text.of("Deals"), "handshake", "deal"))
    assert screens.menu == (MenuGroup("main", None, entries),)


def test_a_field_that_is_written_but_broken_raises_no_second_problem() -> None:
    _, problems = screens_of("""
entities: {deal: {fields: {broken: nonsense}}, ghost: nonsense}
views: {deal: {all: {type: list, columns: [name, broken], sort: [broken]}}, ghost: {all: {type: list}}}
menu: [{entries: [{entity: ghost}]}]
""")
    assert problems == ()


def test_a_label_that_lacks_a_language_is_a_warning() -> None:
    text = "views: {deal: {a: {type: list, label: {en: Mine}, columns: [name]}, b: {type: list, columns: [name]}}}\n"
    _, problems = screens_of(text, languages=("en", "zh-CN"))
    assert problems == ('v.yaml:1:39 W601 "Mine" has no text in zh-CN',)


def test_sections_of_the_wrong_shape_are_passed_over() -> None:
    screens, problems = screens_of("""
views: {deal: [1], account: {all: text, one: {type: list, columns: name, sort: {a: b}}}}
forms: {deal: {main: {sections: {a: b}}}}
pages: {deal: text, account: {related: [text], header: {a: b}}}
menu: {a: b}
""")
    assert problems == ()
    assert (screens.menu, list(screens.views["account"])) == ((), ["one"])


def test_an_icon_that_does_not_exist_is_told_with_the_one_that_was_meant() -> None:
    _, problems = screens_of("""views:
  deal:
    all: {type: list, icon: buildng-2, columns: [name]}
    open: {type: list, icon: house, columns: [name]}
menu:
  - {label: Sales, entries: [{entity: deal, icon: hous}]}
""")
    assert problems == (
        'v.yaml:3:29 W630 there is no icon "buildng-2"; did you mean "building-2"?',
        'v.yaml:6:51 W630 there is no icon "hous"; did you mean "house"?',
    )
