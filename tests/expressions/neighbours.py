"""What stands around the deals of the small world: their accounts, line items and contracts, in Python and in SQL."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    ColumnElement,
    Date,
    FromClause,
    MetaData,
    Select,
    Table,
    Text,
    bindparam,
    select,
)

from engine.expressions.evaluate import Read, Reads
from engine.expressions.parse import Expression
from engine.expressions.tree import FieldPath, Path, Quantified
from engine.expressions.types import BOOLEAN, DATE, INTEGER, TEXT, Kind, Rows, Type, choice, decimal, record
from engine.schema.columns import ScaledDecimal, UtcDateTime, Words

Row = Mapping[str, Any]
Around = Mapping[str, Sequence[Row]]
"""The rows of each entity; each has an id."""
TEAMS = (3, 5)
NEIGHBOURS: Mapping[str, Mapping[str, Type]] = {
    "account": {"name": TEXT, "owner": record("user"), "rating": INTEGER, "parent": record("account")},
    "line": {
        "deal": record("deal"),
        "price": decimal(2, "EUR"),
        "count": INTEGER,
        "product": TEXT,
        "done": BOOLEAN,
        "day": DATE,
        "account": record("account"),
    },
    "contract": {
        "account": record("account"),
        "owner": record("user"),
        "state": choice(("draft", "active")),
        "value": decimal(2, "EUR"),
        "name": TEXT,
        "signed": DATE,
    },
}
RELATED: Mapping[str, Mapping[str, Rows]] = {
    "deal": {"lines": Rows("line", key="deal", field="lines")},
    "account": {"contracts": Rows("contract", key="account"), "deals": Rows("deal", key="account")},
}
COLUMNS: Mapping[Kind, Callable[[Type], Any]] = {
    Kind.NUMBER: lambda type: ScaledDecimal(type.scale) if type.scale else BigInteger(),
    Kind.TEXT: lambda type: Text(),
    Kind.CHOICE: lambda type: Text(),
    Kind.BOOLEAN: lambda type: Boolean(),
    Kind.DATE: lambda type: Date(),
    Kind.DATETIME: lambda type: UtcDateTime(),
    Kind.RECORD: lambda type: BigInteger(),
    Kind.LIST: lambda type: Words(),
    Kind.PARTS: lambda type: Words(),
}
TABLES = MetaData()
_TEAMS = bindparam("teams", expanding=True, type_=BigInteger())


def table_of(name: str, fields: Mapping[str, Type]) -> Table:
    columns = (Column(field, COLUMNS[type.kind](type)) for field, type in fields.items())
    return Table(name, TABLES, Column("id", BigInteger, primary_key=True), *columns)


for _entity, _fields in NEIGHBOURS.items():
    table_of(f"{_entity}s", _fields)


class Reader:
    """Reads the row of an entity and what its links lead to."""

    def __init__(self, world: Around, fields: Mapping[str, Mapping[str, Type]], entity: str, row: Row) -> None:
        self.world, self.fields, self.entity, self.row = world, fields, entity, row

    def __call__(self, path: Path) -> Any:
        if path == ("me", "teams"):
            return TEAMS
        entity, row = self.entity, self.row
        for name in path[:-1]:
            if ".".join(path) in self.row:
                return self.row[".".join(path)]
            entity = str(self.fields[entity][name].entity)
            row = next((each for each in self.world.get(entity, ()) if each["id"] == row.get(name)), {})
        return row.get(path[-1])

    def count(self, expression: Expression, node: Quantified, reads: Reads, holds: Callable[[Read], bool]) -> int:
        owner = reads[node.owner.level](node.owner.path) if isinstance(node.owner, FieldPath) else None
        if node.owner is not None and owner is None:
            return 0
        rows = [row for row in self.world[node.rows.entity] if not node.rows.key or row.get(node.rows.key) == owner]
        return sum(holds(Reader(self.world, self.fields, node.rows.entity, row)) for row in rows)


class Joined:
    """The table of an entity and what its links lead to; implements `engine.expressions.counting.Related`."""

    def __init__(
        self, fields: Mapping[str, Mapping[str, Type]], entity: str, rows: Rows | None = None, owner: Any = None
    ) -> None:
        self.fields, self.entity = fields, entity
        table = TABLES.tables[f"{entity}s"]
        self.table: FromClause = table.alias() if rows else table
        self.joins: dict[Path, tuple[str, FromClause, ColumnElement[bool]]] = {}
        self.belongs = [self.table.c[rows.key] == owner] if rows and rows.key else []

    @property
    def joined(self) -> FromClause:
        source = self.table
        for _, alias, condition in self.joins.values():
            source = source.outerjoin(alias, condition)
        return source

    def column(self, path: Path) -> Any:
        if path == ("me", "teams"):
            return _TEAMS
        entity, source = self.entity, self.table
        for depth, name in enumerate(path[:-1], 1):
            if self.fields[entity][name].entity is None:
                break
            if path[:depth] not in self.joins:
                target = str(self.fields[entity][name].entity)
                alias = TABLES.tables[f"{target}s"].alias()
                self.joins[path[:depth]] = (target, alias, alias.c.id == source.c[name])
            entity, source, _ = self.joins[path[:depth]]
        return source.c[path[-1]]

    def relate(self, rows: Rows, owner: Any) -> Joined:
        return Joined(self.fields, rows.entity, rows, owner)

    def select(self, what: ColumnElement[Any], where: ColumnElement[bool] | None) -> Select[Any]:
        here, limits = self.joined, [*self.belongs, *([] if where is None else [where])]
        return select(what).select_from(here).where(*limits).correlate_except(here)
