"""The reading half of the gateway: lists, records, counts and searches, under the rights of who asks."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from copy import copy
from datetime import datetime
from typing import Any, Self

from sqlalchemy import Connection, Select, bindparam, literal, select, union_all

from engine.access.actor import Actor
from engine.clock import Clock
from engine.database.connection import Database, Dialect
from engine.database.identifiers import Identifiers
from engine.expressions.moment import Moment, moment_at
from engine.records import history, merge_history, rings, rules, transitions
from engine.records.errors import RecordNotFound
from engine.records.first_rows import FirstRows
from engine.records.grouping import Group
from engine.records.model import Record, RecordModel, Row
from engine.records.neighbours import Neighbours, neighbours
from engine.records.one_record import record_statement
from engine.records.page import Page, PlainPage, cursor_of, page_of, plain_page_of
from engine.records.pivots import Cell, PivotStatement
from engine.records.query import AT, GROUP, Condition, ListStatement, PageRequest
from engine.records.roots import RootStatement
from engine.records.rows import RowSource
from engine.records.search_ahead import looked_ahead
from engine.records.search_words import terms
from engine.records.spans import Span, SpanStatement
from engine.records.statements import Statements, shape
from engine.records.totals import Aggregate, read_total
from engine.records.view import RecordView
from engine.schema.comparisons import Context
from engine.schema.model import Entity, ListQuery
from engine.schema.record_ids import LARGEST


class Reader:
    """The records of one workspace under one published blueprint, as an actor may read them."""

    def __init__(self, database: Database, model: RecordModel, ids: Identifiers, clock: Clock) -> None:
        self._database, self._ids, self._clock = database, ids, clock
        self._statements = Statements()
        self._inside: Connection | None = None
        self.model = model

    def list(self, actor: Actor, query: ListQuery, request: PageRequest = PageRequest()) -> Page:
        """One page, in one statement, for a search in two. Raises `BadCursor`."""
        request = looked_ahead(request, lambda: self._statement(actor, query), lambda first: self._found(actor, first))
        return page_of(self._found(actor, *self._page_statement(actor, query, request)), request)

    def plain_page(self, actor: Actor, query: ListQuery, request: PageRequest) -> PlainPage:
        """Like `list`, forwards only and without a map for each row. Raises `BadCursor`."""
        request = looked_ahead(request, lambda: self._statement(actor, query), lambda first: self._found(actor, first))
        statement, bound = self._page_statement(actor, query, request)
        with self.reading() as connection:
            found = connection.execute(statement, {**self._parameters(actor), **bound})
            return plain_page_of(tuple(found.keys()), found.all(), request.limit)

    def aggregate(
        self, actor: Actor, query: ListQuery, request: PageRequest = PageRequest(), sums: Sequence[str] = ()
    ) -> Aggregate:
        statement = self._statement(actor, query).aggregate(request, sums)
        with self.reading() as connection:
            row = connection.execute(statement, self._parameters(actor)).mappings().one()
        return self._aggregate(query, row, sums)

    def counts_beside(
        self,
        actor: Actor,
        query: ListQuery,
        request: PageRequest,
        most: int | None,
        others: Sequence[ListQuery],
        limit: int,
    ) -> tuple[int, Sequence[int]]:
        """How many records a list has, counted up to `most`, and each other query, up to `limit`: one statement."""
        names = [f"other{number}__" for number in range(len(others))]

        def build() -> Select[Any]:
            counts = [
                self._statement(actor, other).count(PageRequest(), limit).scalar_subquery().label(name)
                for name, other in zip(names, others, strict=True)
            ]
            return self._statement(actor, query).count(request, most).add_columns(*counts)

        key = ("counted", shape(actor, query), most, limit, tuple(shape(actor, other) for other in others))
        statement = self._statements.get(key, (query, *others), build) if request.plain else build()
        with self.reading() as connection:
            row = connection.execute(statement, self._parameters(actor)).mappings().one()
        return row["count"], [row[name] for name in names]

    def aggregate_by(
        self, actor: Actor, query: ListQuery, by: str, request: PageRequest = PageRequest(), sums: Sequence[str] = ()
    ) -> dict[Any, Aggregate]:
        """The aggregate of each value of the field `by`."""
        statement = self._statement(actor, query).aggregate(request, sums, by)
        return {row[GROUP]: self._aggregate(query, row, sums) for row in self._found(actor, statement)}

    def groups(
        self, actor: Actor, query: ListQuery, request: PageRequest, keys: Sequence[Any], sums: Sequence[str]
    ) -> dict[Any, Aggregate]:
        """The aggregate of each of these groups of `request.group`; one statement."""
        if request.group is None or not keys:
            return {}
        statement = self._statement(actor, query).groups(request, request.group, keys, sums)
        return {row[GROUP]: self._aggregate(query, row, sums) for row in self._found(actor, statement)}

    def pivot(
        self,
        actor: Actor,
        query: ListQuery,
        groups: Sequence[Group],
        sums: Sequence[str] = (),
        request: PageRequest = PageRequest(),
        limit: int = 1000,
    ) -> Sequence[Cell]:
        """How many records have each combination of values, and their sums; at most `limit`, the largest first."""
        statement = PivotStatement(*self._parts(actor, query))
        built = statement.grouped(request, groups, sums, limit)
        return [statement.cell(row, groups, sums) for row in self._found(actor, built)]

    def between(self, actor: Actor, query: ListQuery, span: Span, request: PageRequest) -> tuple[Sequence[Row], bool]:
        """The records of a span of days, the earliest first, at most `request.limit`; and whether there are more."""
        statement = SpanStatement(*self._parts(actor, query)).between(request, span)
        rows = [dict(row) for row in self._found(actor, statement)]
        return rows[: request.limit], len(rows) > request.limit

    def roots(self, actor: Actor, query: ListQuery, parent: str, request: PageRequest) -> Page:
        """One page of the records with nothing above them that the actor may see. Raises `BadCursor`."""
        statement = RootStatement(*self._parts(actor, query)).roots(request, parent)
        return page_of(self._found(actor, statement), request)

    def above(
        self, actor: Actor, entity: str, parent: str, ids: Sequence[int]
    ) -> Mapping[int, tuple[tuple[int, str], ...]]:
        """What stands above each record, as far as the actor may see it, the topmost first: (id, title)."""
        model = self.model.entities[entity]
        rows = RowSource(self.model, self._database.dialect, entity)
        statement = rings.path_statement(rows, model.fields[parent], model.title, ids, actor)
        return rings.paths(self._found(actor, statement))

    def first_of_each(
        self, actor: Actor, query: ListQuery, by: Sequence[str], request: PageRequest = PageRequest()
    ) -> Sequence[tuple[Row, str]]:
        """The first `request.limit` rows of each combination of the values of `by`, each with the cursor behind it."""
        statement = FirstRows(*self._parts(actor, query)).each(request, by)
        return [(dict(row), cursor_of(row)) for row in self._found(actor, statement)]

    def counts(
        self, actor: Actor, queries: Sequence[ListQuery], limit: int, requests: Sequence[PageRequest] = ()
    ) -> Sequence[int]:
        """How many records each query has, under its request if one is given, counted up to `limit`: one statement."""
        if not queries:
            return []
        asked = requests or [PageRequest()] * len(queries)
        selects = [
            self._statement(actor, query).count(request, limit).add_columns(literal(number))
            for number, (query, request) in enumerate(zip(queries, asked, strict=True))
        ]
        with self.reading() as connection:
            rows = connection.execute(union_all(*selects), self._parameters(actor)).all()
        return [count for count, _ in sorted(rows, key=lambda row: int(row[1]))]

    def ids(self, actor: Actor, query: ListQuery, request: PageRequest, limit: int) -> Sequence[int]:
        """The ids of at most `limit` records of a list, in no order; one statement."""
        statement = self._statement(actor, query).ids(limit, request)
        with self._database.read() as connection:
            return connection.execute(statement, self._parameters(actor)).scalars().all()

    def neighbours(
        self, actor: Actor, query: ListQuery, request: PageRequest, record_id: int, limit: int
    ) -> Neighbours | None:
        """Where a record stands in a list, counted up to `limit`; None when it is not in it. Two statements."""
        with self.reading() as connection:
            parameters = self._parameters(actor)
            return neighbours(connection, lambda: self._statement(actor, query), request, record_id, limit, parameters)

    def get(self, actor: Actor, entity: str, record_id: int) -> Record:
        """One record with every field and the titles of what it links to, also from the bin.
        Raises `RecordNotFound`, also for one the actor may not see."""
        if not 0 < record_id <= LARGEST:
            raise RecordNotFound
        key = ("record", entity, actor.roles, actor.unlimited)
        statement = self._statements.get(key, None, lambda: record_statement(self.model, self.dialect, entity, actor))
        row = next(iter(self._found(actor, statement, {"record": record_id})), None)
        if row is None:
            raise RecordNotFound
        seen = self.model.seen_by(actor).entities[entity]
        return Record(seen, dict(row), bool(row["may_update__"]), bool(row["may_delete__"]))

    def blank(self, actor: Actor, entity: str) -> Row:
        """What a new record of the actor would start with: its defaults, the actor as owner."""
        whole, model = self.model.whole, self.model.seen_by(actor).entities[entity]
        with self.reading() as connection:
            view = RecordView(connection, whole, self.dialect, whole.entities[entity], self.moment(actor))
            return rules.with_defaults(model, {"owner": actor.user_id}, view) | {"owner": actor.user_id}

    def titles(self, actor: Actor, entity: str, ids: Sequence[int]) -> dict[int, str]:
        """The titles of the records the actor may read, by id; one statement."""
        if not ids:
            return {}
        title = self.model.entities[entity].title
        request = PageRequest(conditions=(Condition("id", "any_of", tuple(ids)),), limit=len(ids))
        page = self.list(actor, ListQuery(entity, (title,)), request)
        return {row["id"]: str(row[title] or f"#{row['id']}") for row in page.rows}

    def search(self, actor: Actor, typed: str, entities: Sequence[str], limit: int) -> Mapping[str, Sequence[int]]:
        """The newest records that have every word of `typed` and that the actor may read: up to `limit` ids of each
        entity, in one statement. Entities without any are left out."""
        if not entities or not terms(typed):
            return {}
        found = [self._statement(actor, ListQuery(name, ())).found(typed, limit).subquery() for name in entities]
        selects = [select(literal(name), ids.c.id) for name, ids in zip(entities, found, strict=True)]
        with self.reading() as connection:
            rows = connection.execute(union_all(*selects), self._parameters(actor)).all()
        ids_of = {name: [int(found) for other, found in rows if other == name] for name in entities}
        return {name: sorted(ids, reverse=True) for name, ids in ids_of.items() if ids}

    def history(self, actor: Actor, entity: str, record_id: int, limit: int = 100) -> Sequence[history.Entry]:
        """The last writes of a record, newest first. Raises `RecordNotFound`."""
        model = self.get(actor, entity, record_id).entity
        with self.reading() as connection:
            others = merge_history.gone_into(self.model, self.dialect, actor, self.moment(actor), entity, record_id)
            return history.entries(connection, self.model, model, record_id, limit, others=others)

    @property
    def dialect(self) -> Dialect:
        return self._database.dialect

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """A connection for what the engine keeps beside records the actor has read."""
        if self._inside is not None:
            yield self._inside
            return
        with self._database.read() as connection:
            yield connection

    def seen_by(self, actor: Actor) -> Self:
        """The same records, whose model has no more of their fields than the actor may read."""
        seen = copy(self)
        seen.model = self.model.seen_by(actor)
        return seen

    def within(self, connection: Connection) -> Self:
        """The same records, read as they stand in a transaction of the caller's."""
        inside = copy(self)
        inside._inside = connection
        return inside

    def stages(self, entity: str, record_id: int) -> Sequence[tuple[str, datetime, datetime | None]]:
        """The stages of a record the actor has read: (stage, entered, left), oldest first."""
        with self.reading() as connection:
            return history.stages_of(connection, entity, record_id)

    def moves(self, actor: Actor, entity: Entity, row: Row) -> tuple[str, ...]:
        """The stages the actor may try to move a record to."""
        field = entity.stage_field
        pipeline = self.model.pipeline_of(field) if field else None
        return transitions.targets(pipeline, row.get(field.name), actor) if field and pipeline else ()

    def moment(self, actor: Actor) -> Moment:
        """Now, and today in the workspace's time zone, for the actor."""
        return moment_at(self._clock.now(), actor.user_id, self.model.calendar)

    def _statement(self, actor: Actor, query: ListQuery) -> ListStatement:
        return ListStatement(*self._parts(actor, query))

    def _parts(self, actor: Actor, query: ListQuery) -> tuple[RecordModel, Dialect, ListQuery, Actor, Context]:
        model = self.model.whole
        return model, self._database.dialect, query, actor, model.context(self.moment(actor))

    def _parameters(self, actor: Actor) -> dict[str, Any]:
        return self.moment(actor).parameters

    def _found(self, actor: Actor, statement: Select[Any], more: Mapping[str, Any] = {}) -> Sequence[Row]:
        with self.reading() as connection:
            found = connection.execute(statement, {**self._parameters(actor), **more})
            names = tuple(found.keys())
            return [dict(zip(names, row, strict=True)) for row in found.all()]

    def _page_statement(
        self, actor: Actor, query: ListQuery, request: PageRequest
    ) -> tuple[Select[Any], Mapping[str, Any]]:
        """The statement of a page, and what it is run with beside who asks and when. Raises `BadCursor`."""
        if not request.unfiltered:
            return self._statement(actor, query).page(request), request.bound
        shaped = shape(actor, query), request.sort, request.group
        keys = self._statements.get(("keys", *shaped), query, lambda: self._statement(actor, query).keys(request))
        values = request.at(keys)
        bound = {f"{AT}{number}": value for number, value in enumerate(values) if value is not None}

        def build() -> Select[Any]:
            named = [(f"{AT}{number}", column.type) for number, (column, _) in enumerate(keys)]
            at = [bindparam(name, type_=kind) if name in bound else None for name, kind in named[: len(values)]]
            return self._statement(actor, query).page(request, at)

        rest = request.limit, request.among is None, request.before is not None, len(values), tuple(bound)
        return self._statements.get(("page", *shaped, *rest), query, build), request.bound | bound

    def _aggregate(self, query: ListQuery, row: Mapping[Any, Any], sums: Sequence[str]) -> Aggregate:
        entity = self.model.whole.entities[query.entity]
        return Aggregate(row["count"], {name: read_total(row, entity, name) for name in sums})
