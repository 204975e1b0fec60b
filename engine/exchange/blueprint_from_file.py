"""The blueprint of a guess: the text of its files, as a person would have begun it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from engine.exchange.names_from_titles import option_key, slug
from engine.exchange.table_guess import EntityGuess, FieldGuess, FileGuess
from engine.exchange.yaml_text import entry, scalar
from engine.locale.catalogue import message

HUES = ("blue", "teal", "violet", "orange", "green", "rose", "sky", "amber", "plum", "lime")
ICONS: Mapping[str, tuple[str, ...]] = {
    "building-2": ("client", "customer", "company", "account", "客户", "公司", "供应商", "supplier", "vendor"),
    "user-round": ("contact", "person", "people", "lead", "employee", "member", "联系人", "人员", "员工", "会员"),
    "package": ("product", "item", "goods", "产品", "商品", "物料"),
    "shopping-cart": ("order", "sale", "purchase", "订单", "销售", "采购"),
    "handshake": ("deal", "opportunity", "project", "商机", "项目"),
    "receipt": ("invoice", "payment", "发票", "付款", "回款"),
    "square-check": ("task", "todo", "activity", "任务", "跟进", "活动"),
}
FIRST = ("link", "choice", "money", "date", "datetime", "email", "phone", "integer", "decimal", "percent", "text")
"""Types whose columns a list shows, the most telling first."""
MOST_COLUMNS = 8
LARGEST_SECTION = 30
SECTIONS: Mapping[str, tuple[str, ...]] = {
    "contact": ("email", "phone", "url"),
    "figures": ("money", "percent", "integer", "decimal", "duration", "date", "datetime", "time"),
    "notes": ("long_text", "tags"),
}
RIGHTS = {"read": True, "create": True, "update": True, "delete": True, "export": True, "bulk": True, "import": True}


def blueprint_files(guess: FileGuess) -> dict[str, str]:
    """File name -> text."""
    files = {"blueprint.yaml": _lines(_head(guess)), "roles.yaml": _lines(_roles(guess))}
    files["menu.yaml"] = _lines(_menu(guess))
    for number, entity in enumerate(guess.entities):
        files[f"entities/{entity.name}.yaml"] = _lines(_entity(guess, entity, HUES[number % len(HUES)]))
    return files


def write_blueprint(folder: Path, files: Mapping[str, str]) -> None:
    for name, text in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")


def _head(guess: FileGuess) -> list[str]:
    head = {"id": (slug(guess.name) or "workspace")[:40], "version": "0.1.0", "engine": ">=0.1"}
    settings = {"time_zone": guess.time_zone, "currency": guess.currency, "languages": [guess.language]}
    return [
        f"# {_say(guess, 'blueprint_file.made', name=guess.name)}",
        *_block("blueprint", {**head, "title": _title(guess.name), "icon": "sheet", "hue": HUES[0]}),
        "",
        *_block("settings", {**settings, "week_start": "monday", "phone_region": guess.phone_region}),
    ]


def _entity(guess: FileGuess, entity: EntityGuess, hue: str) -> list[str]:
    head = {"label": entity.label, "plural": entity.plural, "title": entity.title, "icon": _icon(entity)}
    lines = ["entities:", f"  {entity.name}:"]
    for key, value in {**head, "hue": hue}.items():
        lines += entry(key, value, 2)
    lines += entry("header", _header(entity), 2) if _header(entity) else []
    lines += ["    fields:"]
    for each in entity.fields:
        lines += entry(each.name, _field(guess, entity, each), 3, _doubt(guess, each))
    return [*lines, "", *_views(guess, entity), "", *_form(guess, entity)]


def _field(guess: FileGuess, entity: EntityGuess, each: FieldGuess) -> dict[str, Any]:
    column, is_title = each.column, each.name == entity.title
    field: dict[str, Any] = {"type": each.type}
    if each.to:
        field |= {"to": each.to, "on_delete": "clear"}
    else:
        field |= column.settings
    if each.type == "choice":
        field["options"] = _options(column.options)
    if column.required and not (each.to and column.sure != "sure") and not column.misfits:
        field["required"] = True
    if each.unique:
        field["unique"] = True
    if is_title or each.type in ("email", "phone") or each.unique:
        field["search"] = True
    return {**field, "label": each.label}


def _options(labels: Sequence[str]) -> dict[str, Any]:
    options: dict[str, Any] = {}
    for number, label in enumerate(labels):
        key = option_key(label, options)
        options[key] = {"label": label, "hue": HUES[number % len(HUES)]}
    return options


def _doubt(guess: FileGuess, each: FieldGuess) -> str:
    """What a person should look at; nothing where all values fit."""
    if each.column.misfits:
        return _say(
            guess, "blueprint_file.misfits", values=", ".join(f'"{value[:30]}"' for value in each.column.misfits)
        )
    if each.column.date_order and each.column.sure == "unsure":
        return _say(guess, "blueprint_file.date_order")
    return _say(guess, "blueprint_file.unsure") if each.column.sure == "unsure" else ""


def _views(guess: FileGuess, entity: EntityGuess) -> list[str]:
    lines = ["views:", f"  {entity.name}:", "    all:"]
    shown = list_fields(entity)
    dated = next((each.name for each in entity.fields if each.type in ("date", "datetime")), None)
    linked = any(each.to for each in entity.fields)
    totals = {each.name: "sum" for each in shown if each.type == "money"}
    view: dict[str, Any] = {
        "type": "list",
        "default": True,
        "label": _say(guess, "blueprint_file.all", name=entity.plural),
    }
    view |= {"columns": [each.name for each in shown], "sort": [f"-{dated}" if dated and linked else entity.title]}
    for key, value in {**view, **({"totals": totals} if totals else {}), "inline_edit": True}.items():
        lines += entry(key, value, 3)
    if state := next((each for each in entity.fields if _is_state(each)), None):
        card = [each.name for each in shown if each is not state][:4]
        board = {"type": "board", "by": state.name, "label": _say(guess, "blueprint_file.board"), "card": card}
        lines += ["    board:"]
        for key, value in board.items():
            lines += entry(key, value, 3)
    return lines


def _form(guess: FileGuess, entity: EntityGuess) -> list[str]:
    lines = ["forms:", f"  {entity.name}:", "    main:", "      sections:"]
    for name, label, fields in _sections(guess, entity):
        lines += [f"        - id: {name}", f"          label: {scalar(label)}", "          columns: 2"]
        lines += ["          fields:"]
        lines += [f"            - {each}" for each in fields]
    return lines


def _sections(guess: FileGuess, entity: EntityGuess) -> list[tuple[str, str, list[str]]]:
    """Fields of one kind together, where there are enough to be told apart."""
    groups: dict[str, list[FieldGuess]] = {name: [] for name in ("main", *SECTIONS)}
    for each in entity.fields:
        kind = next((name for name, types in SECTIONS.items() if each.type in types), "main")
        groups["main" if each.name == entity.title else kind].append(each)
    if len(entity.fields) <= 6:
        groups = {"main": [*entity.fields]}
    groups["main"].sort(key=lambda each: each.name != entity.title)
    sections = []
    for kind, fields in groups.items():
        for number, start in enumerate(range(0, len(fields), LARGEST_SECTION), start=1):
            label = entity.label if kind == "main" else _say(guess, f"blueprint_file.{kind}")
            name, label = (f"{kind}_{number}", f"{label} {number}") if number > 1 else (kind, label)
            chunk = fields[start : start + LARGEST_SECTION]
            wide = [f"{{field: {f.name}, width: full}}" if f.type == "long_text" else f.name for f in chunk]
            sections.append((name, label, wide))
    return sections


def _menu(guess: FileGuess) -> list[str]:
    lines = ["menu:", "  - id: main", f"    label: {scalar(_say(guess, 'blueprint_file.records'))}", "    entries:"]
    return [*lines, *(f"      - {{entity: {entity.name}}}" for entity in guess.entities)]


def _roles(guess: FileGuess) -> list[str]:
    member = {
        "read": "all",
        "create": True,
        "update": "all",
        "delete": "own",
        "export": True,
        "bulk": True,
        "import": True,
    }
    lines = ["roles:", "  admin:", f"    label: {scalar(_say(guess, 'blueprint_file.admin'))}", "    admin: true"]
    lines += ["    entities:", *entry("*", RIGHTS, 3), "  member:"]
    lines += [f"    label: {scalar(_say(guess, 'blueprint_file.member'))}", "    entities:"]
    return [*lines, *(line for entity in guess.entities for line in entry(entity.name, member, 3))]


def list_fields(entity: EntityGuess) -> list[FieldGuess]:
    """The title and what tells most, in the order of the sheet."""
    order = {name: place for place, name in enumerate(FIRST)}
    others = [each for each in entity.fields if each.name != entity.title and each.type in order and _is_full(each)]
    best = sorted(others, key=lambda each: order[each.type])[: MOST_COLUMNS - 1]
    return [entity.field(entity.title), *(each for each in entity.fields if each in best)]


def _is_full(each: FieldGuess) -> bool:
    """Not one that is nearly always empty."""
    facts = each.column.facts
    return not facts.rows or 10 * facts.filled >= facts.rows


def _is_state(each: FieldGuess) -> bool:
    words = ("status", "stage", "state", "phase", "阶段", "状态", "进度")
    return each.type == "choice" and any(word in each.column.facts.header.lower() for word in words)


def _header(entity: EntityGuess) -> list[str]:
    return [each.name for each in list_fields(entity)[1:] if each.type in ("link", "choice", "money")][:3]


def _icon(entity: EntityGuess) -> str:
    plain = f"{entity.name} {entity.label}".lower()
    return next((icon for icon, words in ICONS.items() if any(word in plain for word in words)), "sheet")


def _title(name: str) -> str:
    plain = " ".join(name.replace("_", " ").split())
    return plain[:1].upper() + plain[1:60]


def _block(name: str, values: Mapping[str, Any]) -> list[str]:
    return [f"{name}:", *(line for key, value in values.items() for line in entry(key, value, 1))]


def _say(guess: FileGuess, key: str, **values: str) -> str:
    return message(key, guess.language, **values)


def _lines(lines: Sequence[str]) -> str:
    return "\n".join(lines) + "\n"
