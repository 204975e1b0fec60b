"""The home page of a blueprint: what is written, what the engine makes of nothing, and what is told of a slip."""

from __future__ import annotations

from engine.compiling import compile_sources

SHOP = """blueprint: {id: shop, version: 1.0.0}
settings: {languages: [en]}
entities:
  deal:
    plural: Deals
    header: [amount]
    fields: {name: {type: text}, amount: {type: money}, stage: {type: stage, pipeline: sales}}
  note: {plural: Notes, fields: {name: {type: text}, due: {type: date}, done: {type: boolean}}}
views: {deal: {big: {type: list, columns: [name, amount], filter: "amount > 9"}}}
pipelines:
  sales:
    entity: deal
    states: {lead: {kind: open}, won: {kind: won}}
    transitions: {win: {from: lead, to: won}}
roles: {boss: {entities: {"*": {read: all}}}}
"""


def tiles(text: str) -> list[tuple[str, str | None, int, str | None]]:
    compiled = compile_sources({"blueprint.yaml": text})
    assert compiled.blueprint is not None, list(compiled.problems)
    return [
        (
            tile.kind,
            tile.label.in_("en") if tile.label else None,
            tile.width,
            tile.records.url if tile.records else None,
        )
        for tile in compiled.blueprint.screens.home
    ]


def told(tile: str) -> list[str]:
    text = f"{SHOP}pages: {{home: {{tiles: [{tile}]}}}}\n"
    return [problem.line("en").partition(" ")[2] for problem in compile_sources({"blueprint.yaml": text}).problems]


def test_a_blueprint_without_a_home_gets_one() -> None:
    assert tiles(SHOP.replace("  note: {", "  note: {acts_as: task, ")) == [
        ("count", "Deals in progress", 1, "/e/deal?f=stage:any_of:lead"),
        ("tasks", None, 2, None),
        ("list", "My deals", 2, "/e/deal?f=owner:is_me"),
        ("recent", None, 2, None),
    ]


def test_tiles_say_what_they_show() -> None:
    home = """pages:
  home:
    tiles:
      - {tile: count, view: deal.big, sum: amount, label: Large ones}
      - {tile: count, entity: note, filter: "not done", width: 2}
      - {tile: list, view: deal.big, limit: 3, width: 4}
      - {tile: starred, width: 3, for_roles: [boss]}
"""
    assert tiles(SHOP + home) == [
        ("count", "Large ones", 1, "/e/deal/v/big"),
        ("count", "Notes", 2, "/e/note"),
        ("list", "Big", 4, "/e/deal/v/big"),
        ("starred", None, 3, None),
    ]


def test_a_slip_in_a_tile_is_told_with_its_place_and_a_hint() -> None:
    assert [
        *told("{tile: lst}"),
        *told("{tile: list, view: deal.bg}"),
        *told("{tile: list, view: dea.big}"),
        *told("{tile: list, view: big}"),
        *told("{tile: list}"),
        *told("{tile: list, view: deal.big, sum: amount}"),
        *told("{tile: count, view: deal.big, filter: name == null}"),
        *told("{tile: count, view: deal.big, sum: name}"),
        *told("{tile: count, entity: deal, filter: amont > 3}"),
        *told("{tile: tasks}"),
        *told("{tile: recent, for_roles: [bos]}"),
        *told("{tile: recent, width: 5}"),
    ] == [
        'E204 "lst" is not one of tasks, list, count, recent, starred, inbox; did you mean "list"?',
        'E464 deal has no view "bg"; did you mean "big"?',
        'E212 there is no entity "dea"; did you mean "deal"?',
        'E208 "big" does not have this form: an entity and its view, such as deal.open',
        'E460 the tile "list" does not say which records it is about; '
        "add view: and an entity with its view, such as deal.open",
        'E461 "sum" is no option of the tile list',
        'E463 "filter" cannot stand beside a view; leave it out, or name an entity instead of the view',
        'E423 "name" is not a number and has no sum',
        'E311 there is no field or name "amont"; did you mean "amount"?',
        "E462 no entity is a list of tasks; add acts_as: task to an entity",
        'E215 there is no role "bos"; did you mean "boss"?',
        "E205 5 is out of range: at most 4",
    ]
