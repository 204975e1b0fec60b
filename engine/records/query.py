"""A ListQuery, who asks, the filters and the page become one statement."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from sqlalchemy import (
    BigInteger,
    ColumnElement,
    Select,
    True_,
    and_,
    bindparam,
    false,
    func,
    or_,
    select,
    true,
    union_all,
)

from engine.access.actor import Actor
from engine.database.connection import Dialect
from engine.locale.catalogue import message_text
from engine.records import linked
from engine.records.errors import Refused
from engine.records.grouping import Group, group_key, group_order
from engine.records.indexes import has_index, leads_index
from engine.records.model import RecordModel
from engine.records.paging import Keys, beyond, decode, ordering, parts
from engine.records.rows import RowSource
from engine.records.search import NEWEST, holds, ids_with, matches, newest
from engine.records.search_words import terms
from engine.records.time_in_stage import ENTERED, entered, since
from engine.records.totals import total_columns
from engine.schema.comparisons import COMPARISONS, Context
from engine.schema.model import Entity, Field, ListQuery, Sort
from engine.schema.typed_text import many_lines

KEY = "key__"
"""Prefix of the result columns that hold the sort values of a row."""
AMONG = "among__"
"""The parameter with the ids of the records asked for."""
AT = "at__"
"""Prefix of the parameters with the values of a cursor."""
GROUP = "group__"
"""The result column with the group of a row."""


@dataclass(frozen=True, slots=True)
class Condition:
    """One chip of a filter: a field, the name of a comparison, the values it compares with."""

    field: str
    comparison: str
    values: tuple[Any, ...] = ()


@dataclass(frozen=True, slots=True)
class ConditionGroup:
    """Conditions of which any, or all, must hold."""

    joint: Literal["any", "all"]
    parts: tuple[Condition | ConditionGroup, ...]


AnyCondition = Condition | ConditionGroup


@dataclass(frozen=True, slots=True)
class PageRequest:
    """Which part of a list: filters and sort on top of the query's own, and where to go on."""

    conditions: tuple[AnyCondition, ...] = ()
    sort: tuple[Sort, ...] = ()
    search: str = ""
    """Text that the title contains."""
    after: str | None = None
    before: str | None = None
    limit: int = 50
    group: Group | None = None
    """The rows of a group follow each other; the sort goes on within it."""
    among: tuple[int, ...] | None = None
    """Only the records with these ids: a bound parameter, so that the statement can be kept."""

    @property
    def plain(self) -> bool:
        """Without filters of its own: its statements are the same for everybody with the same roles."""
        return self.among is None and self.unfiltered

    @property
    def unfiltered(self) -> bool:
        """The same, of all records or of those with certain ids."""
        return not (self.conditions or self.search)

    def at(self, keys: Keys) -> Sequence[Any]:
        """The values of its cursor, none on the first page. Raises `BadCursor`."""
        cursor = self.before or self.after
        return decode(cursor, keys) if cursor else ()

    @property
    def bound(self) -> dict[str, Any]:
        """What a kept statement of this request is run with, beside who asks and when."""
        return {} if self.among is None else {AMONG: self.among}


class ListStatement:
    """Builds the statements of one list for one actor."""

    def __init__(self, model: RecordModel, dialect: Dialect, query: ListQuery, actor: Actor, context: Context) -> None:
        self.rows = RowSource(model, dialect, query.entity)
        seen = model.seen_by(actor)
        self.entity: Entity = seen.entities[query.entity]
        self.hidden = seen.limits.hidden_of(query.entity)
        self.query, self.actor, self.context = query, actor, context

    def page(self, request: PageRequest, at: Sequence[Any] | None = None) -> Select[Any]:
        """The rows of a page and one more, which tells whether there is a next one. `at` are the values of its cursor,
        or the parameters that stand for them."""
        keys, backwards = self.keys(request), request.before is not None
        labels = [column.label(f"{KEY}{number}") for number, (column, _) in enumerate(keys)]
        columns = [*self.columns(), *labels]
        if request.group:
            columns.append(self._group(request.group).label(GROUP))
        where, limit = self.where(request), request.limit + 1
        at = request.at(keys) if at is None else at
        if self._is_in_parts(request, keys, at):
            found = [
                select(*columns).select_from(self.rows.joined).where(*where, condition).order_by(*order).limit(limit)
                for condition, order in parts(keys, at, backwards)
            ]
            whole = union_all(*(select(part.subquery()) for part in found)).subquery()
            order = ordering([(whole.c[f"{KEY}{n}"], down) for n, (_, down) in enumerate(keys)], backwards)
            return select(whole).order_by(*order).limit(limit)
        if at:
            where.append(beyond(keys, at, backwards))
        statement = select(*columns).select_from(self.rows.joined).where(*where)
        return statement.order_by(*ordering(keys, backwards)).limit(limit)

    def _is_in_parts(self, request: PageRequest, keys: Keys, at: Sequence[Any]) -> bool:
        """Whether an index has the order of the list, but the database would not use it for one condition: behind a
        cursor, and on PostgreSQL for any order that descends with empties last."""
        asked = bool(at) or (self.rows.dialect == "postgresql" and keys[0][1])
        narrowed = request.search or request.among is not None
        return asked and not narrowed and len(keys) > 1 and leads_index(self.rows.table, keys[0][0])

    def ids(self, limit: int | None, request: PageRequest = PageRequest()) -> Select[Any]:
        """The ids of up to `limit` records, in no order: for bounded counts."""
        where = self.where(request)
        return select(self.rows.table.c.id).select_from(self.rows.joined).where(*where).limit(limit)

    def keys_of(self, request: PageRequest, record_id: int) -> Select[Any]:
        """The sort values of one record, if it is in the list."""
        keys = self.keys(request)
        where = [*self.where(request), self.rows.table.c.id == record_id]
        columns = (column.label(f"{KEY}{number}") for number, (column, _) in enumerate(keys))
        return select(*columns).select_from(self.rows.joined).where(*where)

    def beside(self, request: PageRequest, values: Sequence[Any], backwards: bool | None) -> Select[Any]:
        """The ids of the rows before the one with these sort values, nearest first, or of those after it; of all, in
        no order, for None."""
        keys = self.keys(request)
        where = self.where(request)
        if backwards is None:
            return select(self.rows.table.c.id).select_from(self.rows.joined).where(*where)
        where.append(beyond(keys, values, backwards))
        ids = select(self.rows.table.c.id).select_from(self.rows.joined).where(*where)
        return ids.order_by(*ordering(keys, backwards))

    def found(self, typed: str, limit: int) -> Select[Any]:
        """The ids of the newest records with every word. Who reads every record is spared looking at all matches."""
        where, record_id = self.where(PageRequest()), self.rows.table.c.id
        if isinstance(self.rows.allowed(self.actor, "read"), True_):
            where.append(record_id.in_(newest(self.entity.name, typed, self.rows.dialect, NEWEST)))
        else:
            where.append(matches(record_id, self.entity.name, typed, self.rows.dialect))
        statement = select(record_id.label("id")).select_from(self.rows.joined).where(*where)
        return statement.order_by(record_id.desc()).limit(limit)

    def aggregate(self, request: PageRequest, sums: Sequence[str], by: str | None = None) -> Select[Any]:
        """The number of records and each of `sums`, named as totals are; for each value of `by`, if given."""
        self.check((*(name.rpartition(":")[2] for name in sums), *([by] if by else [])))
        where = self.where(request)
        columns = [func.count().label("count"), *(part for name in sums for part in total_columns(self.rows, name))]
        if by is None and not sums:
            return self.count(request)
        if by is None:
            return select(*columns).select_from(self.rows.joined).where(*where)
        key = self.rows.value(by)
        return select(key.label(GROUP), *columns).select_from(self.rows.joined).where(*where).group_by(key)

    def count(self, request: PageRequest, most: int | None = None) -> Select[Any]:
        """How many records there are, counted up to `most`. Where the actor reads every record and nothing but words
        narrows the list an index is counted, and no row is visited but those of the bin."""
        if not self._is_of_all(request):
            return select(func.count().label("count")).select_from(self.ids(most, request).subquery())
        record_id, entity, dialect = self.rows.table.c.id, self.entity.name, self.rows.dialect
        binned = select(func.count()).where(self.rows.table.c.deleted_at.is_not(None))
        ids = select(record_id)
        if request.search:
            binned = binned.where(holds(record_id, request.search, dialect) == 1)
            ids = ids_with(entity, request.search, dialect)
        gone = binned.scalar_subquery().correlate(None)
        found = ids.limit(None if most is None else most + gone).subquery()
        return select((func.count() - gone).label("count")).select_from(found)

    def is_search_of_all(self, request: PageRequest) -> bool:
        """Whether nothing but words narrows the list, and the actor reads every record of the entity."""
        return self._is_of_all(request) and bool(terms(request.search))

    def _is_of_all(self, request: PageRequest) -> bool:
        narrowed = request.conditions or self.query.filter is not None or request.among is not None
        plain = type(self) is ListStatement and not narrowed and bool(terms(request.search)) == bool(request.search)
        return plain and isinstance(self.rows.allowed(self.actor, "read"), True_)

    def first_rows(self, request: PageRequest, count: int) -> Select[Any] | None:
        """The ids of the first rows of a list, whatever is searched for, each with whether it holds the words; None
        where no index has the order of the list: on PostgreSQL, which tells empties last from empties first, none."""
        keys, table = self.keys(request), self.rows.table
        ordered = self.rows.dialect == "sqlite" and has_index(table, keys)
        if not ordered or not self.is_search_of_all(request) or request.group:
            return None
        backwards, cursor = request.before is not None, request.before or request.after
        where = [*self.among(), *([beyond(keys, decode(cursor, keys), backwards)] if cursor else [])]
        columns = (table.c.id, holds(table.c.id, request.search, self.rows.dialect).label("holds"))
        return select(*columns).where(*where).order_by(*ordering(keys, backwards)).limit(count)

    def groups(self, request: PageRequest, group: Group, keys: Sequence[Any], sums: Sequence[str]) -> Select[Any]:
        """The number of records and the sums of each group among `keys`."""
        self.check((*(name.rpartition(":")[2] for name in sums), group.field))
        key = self._group(group)
        among = or_(key.in_([each for each in keys if each is not None]), key.is_(None) if None in keys else false())
        where = [*self.where(request), among]
        added = [part for name in sums for part in total_columns(self.rows, name)]
        statement = select(key.label(GROUP), func.count().label("count"), *added)
        return statement.select_from(self.rows.joined).where(*where).group_by(GROUP)

    def _group(self, group: Group) -> ColumnElement[Any]:
        return group_key(self.rows, group, self.actor, self.context.time_zone)

    def columns(self) -> list[ColumnElement[Any]]:
        """What each row brings: the query's fields with the titles of links, and its flags."""
        names = dict.fromkeys((self.entity.title, *self.query.fields))
        table = self.rows.table
        columns: list[ColumnElement[Any]] = [table.c.id, table.c.version]
        for field in (self.entity.fields[name] for name in names if name in self.entity.fields):
            columns += self._field_columns(field)
        if self.query.since and self.entity.stage_field:
            columns.append(entered(self.rows, self.entity.stage_field).label(ENTERED))
        flags = enumerate(self.query.flags)
        return [*columns, *(self.rows.condition(flag).label(f"flag__{number}") for number, flag in flags)]

    def _field_columns(self, field: Field) -> list[ColumnElement[Any]]:
        if field.joint is not None:
            column: ColumnElement[Any] = linked.ids(self.rows, field, self.actor).label(field.name)
        else:
            column = self.rows.value(field.name)
        if field.worked_out_when_read:
            column = column.label(field.name)
        if not self.query.titles:
            return [column]
        if field.type.kept_apart:
            return [column, linked.titles(self.rows, field, self.actor).label(f"{field.name}__titles")]
        if field.targets:
            return [column, linked.title(self.rows, field, self.actor).label(f"{field.name}__title")]
        if not field.target:
            return [column]
        return [column, self.rows.title(field, self.actor).label(f"{field.name}__title")]

    def among(self) -> list[ColumnElement[bool]]:
        """The records a list is of, whoever reads it and whatever they ask for."""
        return [self.rows.table.c.deleted_at.is_(None)]

    def where(self, request: PageRequest) -> list[ColumnElement[bool]]:
        """Alive, readable by the actor, within the query's filter and the request's. Raises `Refused`."""
        self.check(_named(request))
        where = [*self.among(), self.rows.allowed(self.actor, "read")]
        if self.query.filter is not None:
            where.append(self.rows.condition(self.query.filter))
        where += [self._holds(condition) for condition in request.conditions]
        if request.among is not None:
            ids = bindparam(AMONG, request.among, BigInteger(), expanding=True)
            where.append(self.rows.table.c.id.in_(ids))
        if request.search:
            where.append(matches(self.rows.table.c.id, self.entity.name, request.search, self.rows.dialect))
        return where

    def check(self, names: Iterable[str]) -> None:
        """Nobody is told by a filter, an order or a sum what they may not read. Raises `Refused`."""
        if self.hidden and any(name in self.hidden for name in names):
            raise Refused(message_text("refused.field", entity=self.entity.label))

    def _holds(self, condition: AnyCondition) -> ColumnElement[bool]:
        if isinstance(condition, Condition):
            return self._compare(condition)
        join, rest = (or_, false()) if condition.joint == "any" else (and_, true())
        return join(rest, *(self._holds(part) for part in condition.parts))

    def _compare(self, condition: Condition) -> ColumnElement[bool]:
        field = self.entity.fields.get(condition.field)
        if field and field.type.kept_apart:
            return linked.compare(self.rows, field, self.actor, condition.comparison, condition.values)
        column: ColumnElement[Any] = self.rows.value(field.type.filter_column(field) if field else condition.field)
        values = tuple(_shown(value) if isinstance(value, str) else value for value in condition.values)
        comparison = COMPARISONS[condition.comparison]
        if field and comparison.about == "entry":
            return since(self.rows, field, lambda moment: comparison.build(moment, values, self.context))
        return comparison.build(column, values, self.context)

    def keys(self, request: PageRequest) -> Keys:
        """What a page is ordered by: its groups, its sort; the id breaks ties."""
        sort, group = request.sort or self.query.sort, request.group
        self.check(item.field for item in sort)
        grouped = group_order(self.rows, group, self.actor, self.context.time_zone) if group else []
        keys = [(self.rows.sort_column(item.field, self.actor), item.descending) for item in sort]
        return [*grouped, *keys, (self.rows.table.c.id, bool(sort and sort[-1].descending))]


def _named(request: PageRequest) -> Iterator[str]:
    """The fields a request asks about."""
    parts: list[AnyCondition] = list(request.conditions)
    while parts:
        part = parts.pop()
        if isinstance(part, Condition):
            yield part.field
        else:
            parts += part.parts
    yield from (item.field for item in request.sort)
    if request.group:
        yield request.group.field


def _shown(text: str) -> str:
    """Without the characters that no stored text has and PostgreSQL does not take."""
    return many_lines(text) or ""
