"""Finding records by words: the condition of a list, and the newest matches over many entities."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import (
    ColumnElement,
    Select,
    and_,
    case,
    cast,
    column,
    false,
    func,
    literal,
    literal_column,
    select,
    table,
    true,
)
from sqlalchemy.dialects.postgresql import TSQUERY

from engine.database.connection import Dialect
from engine.database.search_tables import FTS, WORD_VECTOR, search
from engine.records.search_index import mark
from engine.records.search_words import Term, terms

NEWEST = 200
"""Matches looked at where some may lie in the bin: a search costs the same however many there are."""
_fts = table(FTS, column("rowid"))


def matches(record_id: ColumnElement[int], entity: str, typed: str, dialect: Dialect) -> ColumnElement[bool]:
    """Whether a record has every word of what was typed; none has when there is no word in it."""
    wanted = terms(typed)
    return record_id.in_(_ids(entity, wanted, dialect)) if wanted else false()


def holds(record_id: ColumnElement[int], typed: str, dialect: Dialect) -> ColumnElement[int]:
    """The same, as 1 or 0, by looking at the words of the one record: for words that so many records have that looking
    each of these up would take longer."""
    place = func.instr if dialect == "sqlite" else func.strpos
    padded = literal(" ") + search.c.words + literal(" ")
    found = [place(padded, f" {term.word}" if term.prefix else f" {term.word} ") > 0 for term in terms(typed)]
    here = select(case((and_(false() if not found else true(), *found), 1), else_=0))
    return func.coalesce(here.where(search.c.record_id == record_id).correlate_except(search).scalar_subquery(), 0)


def ids_with(entity: str, typed: str, dialect: Dialect) -> Select[tuple[int]]:
    """The ids of the records with every word, those in the bin too."""
    return _ids(entity, terms(typed), dialect)


def newest(entity: str, typed: str, dialect: Dialect, limit: int) -> Select[tuple[int]]:
    """The ids of the newest records with every word, whoever may read them."""
    found = _ids(entity, terms(typed), dialect)
    return found.order_by(found.selected_columns[0].desc()).limit(limit)


def _ids(entity: str, wanted: Sequence[Term], dialect: Dialect) -> Select[tuple[int]]:
    every = (Term(mark(entity), False), *wanted)
    if dialect == "sqlite":
        query = " AND ".join(f'"{term.word}"{"*" if term.prefix else ""}' for term in every)
        return select(_fts.c.rowid).where(literal_column(FTS).op("MATCH")(query))
    query = " & ".join(f"'{term.word}'{':*' if term.prefix else ''}" for term in every)
    vector: ColumnElement[str] = literal_column(WORD_VECTOR)
    found = select(search.c.record_id).where(vector.op("@@")(cast(query, TSQUERY)))
    apart = found.cte().prefix_with("MATERIALIZED")  # else every row may be judged in the order of a list, one by one
    return select(apart.c.record_id)
