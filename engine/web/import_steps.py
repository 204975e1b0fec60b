"""What the pages of an import share: its steps, how its file was read, the list of imports."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from engine.exchange.drafts import Draft
from engine.exchange.sheet import Sheet
from engine.exchange.targets import kind_of
from engine.exchange.text_files import DELIMITERS, ENCODINGS
from engine.expressions.types import Kind
from engine.forms.contexts import Choice, ImportHead, ImportReading, ImportRow, Link
from engine.records.operations import Operation
from engine.schema.model import Entity
from engine.web.desk import Desk

DELIMITER_NAMES = {",": "comma", ";": "semicolon", "\t": "tab", "|": "bar"}
DECIMALS = {".": "1,234.56", ",": "1.234,56"}
STATE_KINDS = {
    "waiting": "info",
    "running": "info",
    "done": "ok",
    "stopped": "warn",
    "failed": "bad",
    "interrupted": "warn",
    "undoing": "info",
    "undone": "",
}
STEPS = 4


def import_head(desk: Desk, entity: Entity, step: int, draft: Draft | None = None) -> ImportHead:
    """A step that is done leads back to it, but once the rows are imported there is no way back."""
    here = f"/imports/{draft.id}" if draft else ""
    ways = {1: f"/e/{entity.name}/import", 2: here, 3: f"{here}/check"}
    back = {} if draft is None or draft.operation else ways
    steps = tuple(Link(desk.say(f"import.step_{number}"), back.get(number, "")) for number in range(1, STEPS + 1))
    head = desk.head(entity)
    title = desk.say("import.of", entity=inner(desk, head.plural))
    if draft:
        title = desk.say("import.from", entity=head.plural, file=draft.name)
    return ImportHead(head, title, step, steps, "/imports")


def inner(desk: Desk, label: str) -> str:
    """A label inside a sentence."""
    return label[:1].lower() + label[1:] if desk.language.startswith("en") and label[1:2].islower() else label


def reading(desk: Desk, entity: Entity, draft: Draft, read: Sheet) -> ImportReading:
    """How the file was read, with what may be chosen instead."""
    say = desk.say
    facts = [(say("import.rows"), desk.formats.number(draft.rows))]
    if read.sheets:
        facts.append((say("import.sheet"), read.name))
    if read.encoding:
        facts.append((say("import.encoding"), ENCODINGS.get(read.encoding, read.encoding)))
        facts.append((say("import.split"), _delimiter(desk, read.delimiter)))
    known = ((column, entity.fields.get(column.field or "")) for column in draft.plan.mapped)
    columns = [(column, field) for column, field in known if field is not None]
    orders = {column.date_order for column, field in columns if kind_of(field) in (Kind.DATE, Kind.DATETIME)}
    if orders:
        order = orders.pop() if len(orders) == 1 else ""
        facts.append((say("import.days"), say(f"import.told_{order}" if order else "import.dates_auto")))
    numeric = any(field.type.numeric for _, field in columns)
    if numeric:
        facts.append((say("import.numbers"), DECIMALS[draft.plan.decimal]))
    text = bool(read.encoding)
    return ImportReading(
        facts=tuple(facts),
        sheets=tuple(Choice(name, name, selected=name == read.name) for name in read.sheets)
        if len(read.sheets) > 1
        else (),
        encodings=tuple(Choice(key, name, selected=key == read.encoding) for key, name in ENCODINGS.items())
        if text
        else (),
        delimiters=tuple(Choice(sign, _delimiter(desk, sign), selected=sign == read.delimiter) for sign in DELIMITERS)
        if text
        else (),
        decimals=tuple(Choice(sign, shown, selected=sign == draft.plan.decimal) for sign, shown in DECIMALS.items())
        if numeric
        else (),
        header_line=str(read.header_line),
    )


def import_rows(desk: Desk, drafts: Iterable[Draft], operations: dict[int, Operation]) -> Iterator[ImportRow]:
    """The imports of entities the person may still see."""
    now = desk.store.moment(desk.actor).now
    for draft in drafts:
        entity = desk.workspace.blueprint.entities.get(draft.entity)
        if entity is None or not desk.may_visit(entity.name):
            continue
        operation = operations.get(draft.operation or 0)
        state = operation.state if operation else "draft"
        here = f"/imports/{draft.id}"
        plural = desk.text(entity.plural)
        yield ImportRow(
            title=draft.name,
            url=f"{here}/run" if draft.operation else f"{here}/check" if draft.check else here,
            icon=entity.icon,
            hue=entity.hue,
            detail=desk.say("import.detail", entity=plural, count=draft.rows),
            state=desk.say(f"import.state_{state}"),
            state_kind=STATE_KINDS.get(state, ""),  # type: ignore[arg-type]
            when=desk.formats.ago(draft.created_at, now),
            when_full=desk.formats.datetime(draft.created_at),
            drop_url="" if draft.operation else f"{here}/drop",
        )


def _delimiter(desk: Desk, sign: str) -> str:
    return desk.say(f"import.delimiter_{DELIMITER_NAMES[sign]}") if sign in DELIMITER_NAMES else sign
