"""The tables of the search index. SQLite looks words up in an FTS5 table over `sys_search`, PostgreSQL in a GIN index
on it; both hold words the engine made, separated by spaces, and take them as they are."""

from __future__ import annotations

from sqlalchemy import DDL, BigInteger, Column, Index, String, Table, Text, event

from engine.database.system_tables import metadata

search = Table(
    "sys_search",
    metadata,
    Column("record_id", BigInteger, primary_key=True, autoincrement=False),
    Column("entity", String(63), nullable=False),
    Column("words", Text, nullable=False, comment="separated by spaces, the mark of the entity first"),
    Index(None, "entity", "record_id"),
)

searched = Table(
    "sys_searched",
    metadata,
    Column("entity", String(63), primary_key=True),
    Column("fields", Text, nullable=False, comment="how the entity's words were made"),
)

FTS = "fts_search"
_FTS5 = DDL(  # type: ignore[no-untyped-call]
    f"CREATE VIRTUAL TABLE IF NOT EXISTS {FTS} USING fts5("
    "words, content='sys_search', content_rowid='record_id', tokenize=\"ascii tokenchars '_'\", prefix='1 2 3')"
)
WORD_VECTOR = "array_to_tsvector(string_to_array(words, ' '))"
_GIN = DDL(  # type: ignore[no-untyped-call]
    f"CREATE INDEX IF NOT EXISTS ix_sys_search_words ON sys_search USING gin ({WORD_VECTOR})"
)

event.listen(search, "after_create", _FTS5.execute_if(dialect="sqlite"))
event.listen(search, "after_create", _GIN.execute_if(dialect="postgresql"))
