"""The rows of an entity in SQL: a path such as `account.owner` becomes a column, joining what it passes."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from typing import Any

from sqlalchemy import (
    BigInteger,
    ColumnElement,
    CompoundSelect,
    FromClause,
    Integer,
    Select,
    String,
    Table,
    True_,
    and_,
    bindparam,
    case,
    false,
    literal,
    not_,
    null,
    or_,
    select,
    true,
    type_coerce,
    union,
)

from engine.access.actor import Actor
from engine.access.policy import Grant, Verb
from engine.database.connection import Dialect
from engine.expressions.sql import to_sql
from engine.expressions.types import Kind, Rows
from engine.expressions.whole import to_whole
from engine.records.model import RecordModel
from engine.records.pairs import ids_of, pairs_of
from engine.schema.columns import as_text
from engine.schema.day_range import DaySpan
from engine.schema.model import Field, Stage

Path = tuple[str, ...]


class RowSource:
    """One entity's table and the left joins asked for so far. Use `column` and `title` first, `joined` last. Under an
    `alias` its rows can stand in a statement beside other rows of the entity."""

    def __init__(self, model: RecordModel, dialect: Dialect, entity: str, alias: bool = False) -> None:
        self.model, self.dialect, self.entity = model.whole, dialect, entity
        self.table: FromClause = model.table(entity).alias() if alias else model.table(entity)
        self._joins: dict[Path, tuple[str, FromClause, ColumnElement[bool]]] = {}

    @property
    def joined(self) -> FromClause:
        source: FromClause = self.table
        for _, alias, condition in self._joins.values():
            source = source.outerjoin(alias, condition)
        return source

    def column(self, path: Path) -> ColumnElement[Any]:
        """The column of a field of the row, or of one reached through links; stage attributes; `me`'s own fields."""
        if path[0] == "me":
            return self._about_me(path[1:])
        entity, source, rest = self._walk(path)
        field = self.model.entities[entity].fields.get(rest[0])
        if field is not None and field.joint is not None and len(rest) == 1:
            return ids_of(self.model, self.dialect, field, source)
        if field is not None and field.worked_out_when_read and len(rest) == 1:
            return self._worked_out(field, path[:-1])
        return source.c[field_of(entity, rest[0])] if len(rest) == 1 else self._stage_attribute(entity, source, rest)

    def value(self, name: str) -> ColumnElement[Any]:
        """The value of a field of the row, or another column of its table."""
        field = self.model.entities[self.entity].fields.get(name)
        return self._worked_out(field, ()) if field and field.worked_out_when_read else self.table.c[name]

    def _worked_out(self, field: Field, prefix: Path) -> ColumnElement[Any]:
        """A formula that is worked out when it is read, as its column would hold it."""
        expression = field.computed.expression if field.computed else None
        kept = field.type.columns(field)[0].type
        if expression is None:
            return type_coerce(null(), kept)
        value = self.condition(expression, prefix)
        if expression.type.kind is not Kind.NUMBER:
            return type_coerce(value, kept)
        scale = getattr(kept, "scale", None) or 0
        return type_coerce(to_whole(expression, value, scale, self.dialect), kept)

    def title(self, field: Field, actor: Actor) -> ColumnElement[Any]:
        """The title of the linked record; nothing when the actor may not read it."""
        target = self.model.entities[field.target or ""]
        title = target.fields.get(target.title)
        column = title.type.title_column(title) if title else target.title
        return self._if_readable(field, actor, self.column((field.name, column)))

    def sort_column(self, name: str, actor: Actor) -> ColumnElement[Any]:
        """What lists sort by: the sort key of a text, the title of a link (if the actor may read it), the order of
        options."""
        field = self.model.entities[self.entity].fields.get(name)
        if field is None:
            return self.table.c[name]
        if field.target:
            title = self.model.entities[field.target].fields[self.model.entities[field.target].title]
            return self._if_readable(field, actor, self.column((name, title.type.sort_column(title))))
        if field.options:
            order = {option.key: position for position, option in enumerate(field.options)}
            return case(order, value=self.value(name), else_=null())
        if field.worked_out_when_read:
            return self.value(name)
        column = self.table.c[field.type.sort_column(field)]
        return as_text(column) if isinstance(column.type, DaySpan) else column

    def allowed(self, actor: Actor, verb: Verb) -> ColumnElement[bool]:
        """Whether the actor may do this with the row."""
        return self._allowed(actor, verb, self.entity, ())

    def followed(self, actor: Actor, path: Path) -> ColumnElement[bool]:
        """Whether the actor may read every record that a path of links passes and the one it ends at; where a link is
        empty there is nothing to read."""
        entity, holds = self.entity, []
        for depth, name in enumerate(path, 1):
            entity = self.model.entities[entity].fields[field_of(entity, name)].target or ""
            readable = self._allowed(actor, "read", entity, path[:depth])
            holds.append(or_(readable, self.column(path[:depth]).is_(None)))
        return and_(true(), *holds)

    def _allowed(self, actor: Actor, verb: Verb, entity: str, prefix: Path) -> ColumnElement[bool]:
        """A line item follows the rights of its record: who may change that one may add and delete line items."""
        parent = self.model.entities[entity].line_of
        if parent and not actor.unlimited:
            owner, link = parent
            return self._allowed(actor, "read" if verb == "read" else "update", owner, (*prefix, link))
        return self._holds(self.model.policy.grant(actor, verb, entity), prefix)

    def _if_readable(self, field: Field, actor: Actor, value: ColumnElement[Any]) -> ColumnElement[Any]:
        readable = self._allowed(actor, "read", field.target or "", (field.name,))
        return value if isinstance(readable, True_) else case((readable, value), else_=null())

    def unreadable(self, field: Field, actor: Actor) -> ColumnElement[bool]:
        """Whether the actor may not read the record a link leads to."""
        return not_(self._allowed(actor, "read", field.target or "", (field.name,)))

    def _holds(self, grant: Grant, prefix: Path) -> ColumnElement[bool]:
        if grant.everything:
            return true()
        if not grant.conditions:
            return false()
        return or_(*(self.condition(expression, prefix) for expression in grant.conditions))

    def condition(self, expression: Any, prefix: Path = ()) -> ColumnElement[bool]:
        """An expression about the row, or about the one `prefix` leads to."""
        outer = self.dialect, self.related
        return to_sql(expression, lambda path: self.operand(path if path[0] == "me" else prefix + path), *outer)

    def related(self, rows: Rows, owner: Any) -> RelatedRows:
        """The records that belong to this row, or to one its links lead to, in a statement about it."""
        return RelatedRows(self.model, self.dialect, rows, owner)

    def operand(self, path: Path) -> Any:
        """The column of a path; of a field that names several records, what may stand right of IN."""
        if path[0] == "me":
            return self.column(path)
        entity, source, rest = self._walk(path)
        field = self.model.entities[entity].fields.get(rest[0])
        if field is None or not field.type.kept_apart:
            return self.column(path)
        link = pairs_of(self.model, field)
        return select(link.c.target).where(link.c.source == source.c.id).correlate(source)

    def _walk(self, path: Path) -> tuple[str, FromClause, Path]:
        """The entity and the (aliased) table a chain of links ends at, each joined once; what is left of the path."""
        entity, source = self.entity, self.table
        for depth in range(1, len(path)):
            field = self.model.entities[entity].fields.get(field_of(entity, path[depth - 1]))
            if field is None or not field.target:
                return entity, source, path[depth - 1 :]
            links = path[:depth]
            if links not in self._joins:
                alias = self.model.table(field.target).alias()
                self._joins[links] = (field.target, alias, alias.c.id == source.c[field.name])
            entity, source, _ = self._joins[links]
        return entity, source, path[-1:]

    def _stage_attribute(self, entity: str, source: FromClause, rest: Path) -> ColumnElement[Any]:
        name, attribute = rest
        pipeline = self.model.pipeline_of(self.model.entities[entity].fields[name])
        if pipeline is None or not pipeline.stages:
            return null()
        kind = Integer() if attribute == "probability" else String()
        whens = {stage.key: literal(_attribute(stage, attribute), kind) for stage in pipeline.stages.values()}
        return case(whens, value=source.c[name], else_=null())

    def _about_me(self, path: Path) -> ColumnElement[Any]:
        me: ColumnElement[Any] = bindparam("me", type_=BigInteger())
        if path == ("teams",):
            return self.my_teams().scalar_subquery()
        users = RowSource(self.model, self.dialect, "user", alias=True)
        column = users.column(path)
        return select(column).select_from(users.joined).where(users.table.c.id == me).scalar_subquery()

    def my_teams(self) -> CompoundSelect[Any]:
        """The ids of the team of `:me` and of every team below one they lead."""
        return _teams_of_me(self.model.table("user"), self.model.table("team"))


class RelatedRows:
    """Implements `engine.expressions.counting.Related`: the records outside the bin that belong to `owner`, which is
    the id of a record or, for those that a field names, what may stand right of IN."""

    def __init__(
        self, model: RecordModel, dialect: Dialect, rows: Rows, owner: Any = None, without: Sequence[int] = ()
    ) -> None:
        self._source = RowSource(model, dialect, rows.entity, alias=True)
        self._rows, self._owner, self._without = rows, owner, without

    def column(self, path: Path) -> Any:
        return self._source.operand(path)

    def select(self, what: ColumnElement[Any], where: ColumnElement[bool] | None) -> Select[Any]:
        columns, here = self._source.table.c, self._source.joined
        limits = [columns.deleted_at.is_(None), *self._belonging()]
        if self._without:
            limits.append(columns.id.not_in(self._without))
        if where is not None:
            limits.append(where)
        return select(what).select_from(here).where(*limits).correlate_except(here)

    def _belonging(self) -> list[ColumnElement[bool]]:
        columns = self._source.table.c
        if self._rows.key is not None:
            return [columns[self._rows.key] == self._owner]
        return [columns.id.in_(self._owner)] if self._rows.field is not None else []


def field_of(entity: str, name: str) -> str:
    """The field an expression means by `name`: the team of a user is the one they work in, not the one that owns the
    user's record."""
    return "main_team" if (entity, name) == ("user", "team") else name


@lru_cache(maxsize=16)
def _teams_of_me(users: Table, teams: Table) -> CompoundSelect[Any]:
    """Made once for each pair of tables: a statement may ask for it many times but can name its recursion once."""
    me: ColumnElement[Any] = bindparam("me", type_=BigInteger())
    user, team, below = users.alias(), teams.alias(), teams.alias()
    led = select(team.c.id).where(team.c.lead == me, team.c.deleted_at.is_(None)).cte("led", recursive=True)
    led = led.union(select(below.c.id).join(led, below.c.parent == led.c.id))
    return union(select(user.c.main_team).where(user.c.id == me, user.c.main_team.is_not(None)), select(led.c.id))


def _attribute(stage: Stage, name: str) -> str | int:
    return stage.probability if name == "probability" else stage.kind
