"""The engine's own tables. Their names begin with `sys_`; ids are made by the engine, times are aware UTC."""

from __future__ import annotations

from sqlalchemy import (
    JSON,
    BigInteger,
    Boolean,
    CheckConstraint,
    Column,
    Index,
    Integer,
    MetaData,
    String,
    Table,
    Text,
    text,
)

from engine.schema.columns import UtcDateTime

NAMING = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s",
    "pk": "pk_%(table_name)s",
}

metadata = MetaData(naming_convention=NAMING)
_Json = JSON(none_as_null=True)
_IN_ONE, _OPEN = text("operation IS NOT NULL"), text("left_at IS NULL")
_ENTRY = ("entity", "field", "entered_at")

workspace = Table(
    "sys_workspace",
    metadata,
    Column("id", Integer, CheckConstraint("id = 1", name="single"), primary_key=True, autoincrement=False),
    Column("name", Text, nullable=False),
    Column("blueprint_id", Text, nullable=False),
    Column("blueprint_version", Text, nullable=False),
    Column("blueprint_title", _Json, nullable=False, comment="language -> text"),
    Column("published", BigInteger, nullable=False, comment="id of the sys_blueprint row that runs"),
    Column("settings", _Json, nullable=False),
    Column("created_at", UtcDateTime, nullable=False),
    Column("id_node", Integer, nullable=False, server_default="0"),
)

blueprint = Table(
    "sys_blueprint",
    metadata,
    Column("id", BigInteger, primary_key=True, autoincrement=False),
    Column("source", _Json, nullable=False, comment="file name -> text, as published"),
    Column("hash", String(64), nullable=False),
    Column("published_at", UtcDateTime, nullable=False),
    Column("published_by", BigInteger),
)

credential = Table(
    "sys_credential",
    metadata,
    Column("user_id", BigInteger, primary_key=True, autoincrement=False),
    Column("password_hash", Text, nullable=False),
    Column("changed_at", UtcDateTime, nullable=False),
)

session = Table(
    "sys_session",
    metadata,
    Column("id", String(64), primary_key=True, comment="SHA-256 of the token in the cookie"),
    Column("user_id", BigInteger, nullable=False),
    Column("created_at", UtcDateTime, nullable=False),
    Column("last_seen_at", UtcDateTime, nullable=False),
    Column("expires_at", UtcDateTime, nullable=False),
    Column("user_agent", Text, nullable=False),
    Column("address", Text, nullable=False),
    Column("csrf_token", String(64), nullable=False),
    Index(None, "user_id"),
    Index(None, "expires_at"),
)

api_token = Table(
    "sys_api_token",
    metadata,
    Column("id", BigInteger, primary_key=True, autoincrement=False),
    Column("user_id", BigInteger, nullable=False),
    Column("digest", String(64), nullable=False, comment="SHA-256 of the token"),
    Column("hint", String(8), nullable=False, comment="the last characters of the token"),
    Column("name", Text, nullable=False),
    Column("scope", String(16), nullable=False),
    Column("entities", _Json, comment="names of the entities it reaches; empty for all"),
    Column("created_at", UtcDateTime, nullable=False),
    Column("expires_at", UtcDateTime),
    Column("last_used_at", UtcDateTime),
    Column("revoked_at", UtcDateTime),
    CheckConstraint("scope IN ('read', 'write')", name="scope"),
    Index(None, "digest", unique=True),
    Index(None, "user_id"),
)

api_answer = Table(
    "sys_api_answer",
    metadata,
    Column("token_id", BigInteger, primary_key=True, autoincrement=False),
    Column("key", String(255), primary_key=True, comment="the Idempotency-Key of the request"),
    Column("fingerprint", String(64), nullable=False, comment="SHA-256 of the request"),
    Column("status", Integer, nullable=False),
    Column("location", Text),
    Column("body", Text),
    Column("at", UtcDateTime, nullable=False),
    Index(None, "at"),
)

grant = Table(
    "sys_grant",
    metadata,
    Column("user_id", BigInteger, primary_key=True, autoincrement=False),
    Column("role", String(63), primary_key=True),
    Index(None, "role"),
)

login_failure = Table(
    "sys_login_failure",
    metadata,
    Column("id", BigInteger, primary_key=True, autoincrement=False),
    Column("key", String(64), nullable=False, comment="SHA-256 of what failed: an account or an address"),
    Column("at", UtcDateTime, nullable=False),
    Index(None, "key", "at"),
    Index(None, "at"),
)

preference = Table(
    "sys_preference",
    metadata,
    Column("user_id", BigInteger, primary_key=True, autoincrement=False),
    Column("language", String(35)),
    Column("theme", String(16)),
    Column("density", String(16)),
    Column("single_keys", String(3), comment="off: letters alone do nothing"),
    Column("default_views", _Json, comment="entity -> the view it opens with: a name, or the id of a saved one"),
)

view = Table(
    "sys_view",
    metadata,
    Column("id", BigInteger, primary_key=True, autoincrement=False),
    Column("entity", String(63), nullable=False),
    Column("name", Text, nullable=False),
    Column("kind", String(63), nullable=False, comment="the kind its base had when it was saved"),
    Column("base", String(63), nullable=False, comment="name of the blueprint's view it stands on"),
    Column("query", _Json, nullable=False, comment="[name, value] pairs of the address, in the order of the kind"),
    Column("owner", BigInteger, nullable=False),
    Column("shared_with", _Json, comment="role names, or * for everybody; empty for a personal view"),
    Column("position", Integer, nullable=False, server_default="0"),
    Column("created_at", UtcDateTime, nullable=False),
    Column("updated_at", UtcDateTime, nullable=False),
    Column("deleted_at", UtcDateTime),
    Index(None, "entity", "owner"),
)

view_layout = Table(
    "sys_view_layout",
    metadata,
    Column("user_id", BigInteger, primary_key=True, autoincrement=False),
    Column("entity", String(63), primary_key=True),
    Column("view", String(63), primary_key=True, comment="the name of a view, or the id of a saved one"),
    Column("layout", _Json, nullable=False, comment="order, hidden, widths and pins of its columns"),
)

history = Table(
    "sys_history",
    metadata,
    Column("id", BigInteger, primary_key=True, autoincrement=False),
    Column("entity", String(63), nullable=False),
    Column("record_id", BigInteger, nullable=False),
    Column("at", UtcDateTime, nullable=False),
    Column("actor_id", BigInteger, comment="the user; empty for the engine itself"),
    Column("source", Text, nullable=False),
    Column("kind", String(16), nullable=False),
    Column("version", Integer, nullable=False, comment="the record's version after the write"),
    Column("changes", _Json, nullable=False, comment="field -> [old, new]"),
    Column("operation", BigInteger, comment="the sys_operation it was written in; empty for a write by itself"),
    CheckConstraint("kind IN ('created', 'updated', 'deleted', 'restored')", name="kind"),
    Index(None, "entity", "record_id", "id"),
    Index("ix_sys_history_operation_id", "operation", "id", sqlite_where=_IN_ONE, postgresql_where=_IN_ONE),
)

operation = Table(
    "sys_operation",
    metadata,
    Column("id", BigInteger, primary_key=True, autoincrement=False),
    Column("kind", String(63), nullable=False, comment="which job does it, as bulk_edit"),
    Column("entity", String(63), nullable=False),
    Column("actor_id", BigInteger, comment="the user it is done for; empty for the engine itself"),
    Column("state", String(16), nullable=False),
    Column("total", Integer, comment="how many records or rows there are; empty while nobody knows"),
    Column("done", Integer, nullable=False, server_default="0"),
    Column("refused", Integer, nullable=False, server_default="0"),
    Column("position", BigInteger, nullable=False, server_default="0", comment="where it goes on, as its job counts"),
    Column("settings", _Json, nullable=False),
    Column("result", _Json, nullable=False),
    Column("undo_of", BigInteger, comment="the operation that this one undoes"),
    Column("holder", String(127), comment="the process that runs it, or ran it last"),
    Column("heartbeat", UtcDateTime),
    Column("created_at", UtcDateTime, nullable=False),
    Column("started_at", UtcDateTime),
    Column("finished_at", UtcDateTime),
    Column("undone_at", UtcDateTime),
    Column("cleared_at", UtcDateTime, comment="since when its parts, refusals and files are gone"),
    Index(None, "actor_id", "id"),
    Index(None, "state", "id"),
    Index(None, "undo_of"),
)

operation_part = Table(
    "sys_operation_part",
    metadata,
    Column("operation", BigInteger, primary_key=True, autoincrement=False),
    Column("number", Integer, primary_key=True, autoincrement=False, comment="counted from 0"),
    Column("items", _Json, nullable=False, comment="what one write transaction takes on, as ids of records"),
)

operation_refusal = Table(
    "sys_operation_refusal",
    metadata,
    Column("id", BigInteger, primary_key=True, autoincrement=False),
    Column("operation", BigInteger, nullable=False),
    Column("position", BigInteger, nullable=False, comment="the row of a file; 0 where there is none"),
    Column("entity", String(63), comment="of the record; empty for the operation's own"),
    Column("record_id", BigInteger),
    Column("title", Text, comment="what it was called where it is no record"),
    Column("cell", Text, comment="the field, or the column of a file"),
    Column("reason", _Json, nullable=False, comment="language -> text"),
    Index(None, "operation", "id"),
)

sequence = Table(
    "sys_sequence",
    metadata,
    Column("entity", String(63), primary_key=True),
    Column("field", String(63), primary_key=True),
    Column("period", String(16), primary_key=True, comment="the days that count together, as 2026-03"),
    Column("last", BigInteger, nullable=False, comment="the number given last"),
)

stage_entry = Table(
    "sys_stage_entry",
    metadata,
    Column("id", BigInteger, primary_key=True, autoincrement=False),
    Column("entity", String(63), nullable=False),
    Column("record_id", BigInteger, nullable=False),
    Column("field", String(63), nullable=False),
    Column("stage", Text, nullable=False),
    Column("previous", Text),
    Column("entered_at", UtcDateTime, nullable=False),
    Column("left_at", UtcDateTime),
    Column("actor_id", BigInteger),
    Index(None, "entity", "record_id", "field", "left_at"),
    Index(None, "entity", "stage", "entered_at"),
    Index("ix_sys_stage_entry_open", *_ENTRY, "record_id", sqlite_where=_OPEN, postgresql_where=_OPEN),
)

star = Table(
    "sys_star",
    metadata,
    Column("user_id", BigInteger, primary_key=True, autoincrement=False),
    Column("entity", String(63), primary_key=True),
    Column("record_id", BigInteger, primary_key=True, autoincrement=False),
    Column("at", UtcDateTime, nullable=False),
    Index(None, "user_id", "at"),
)

recent = Table(
    "sys_recent",
    metadata,
    Column("user_id", BigInteger, primary_key=True, autoincrement=False),
    Column("entity", String(63), primary_key=True),
    Column("record_id", BigInteger, primary_key=True, autoincrement=False),
    Column("at", UtcDateTime, nullable=False),
    Index(None, "user_id", "at"),
)

comment = Table(
    "sys_comment",
    metadata,
    Column("id", BigInteger, primary_key=True, autoincrement=False),
    Column("entity", String(63), nullable=False),
    Column("record_id", BigInteger, nullable=False),
    Column("author_id", BigInteger, comment="the user; empty for the engine itself"),
    Column("at", UtcDateTime, nullable=False, comment="when it was written"),
    Column("kind", String(16), nullable=False),
    Column("body", Text, nullable=False, comment="light text; people are named as @[user:<id>]"),
    Column("occurred_at", UtcDateTime, comment="when the call or meeting took place, where that is another time"),
    Column("minutes", Integer),
    Column("edited_at", UtcDateTime),
    Column("deleted_at", UtcDateTime),
    CheckConstraint("kind IN ('note', 'call', 'meeting')", name="kind"),
    Index(None, "entity", "record_id", "id"),
)

follow = Table(
    "sys_follow",
    metadata,
    Column("entity", String(63), primary_key=True),
    Column("record_id", BigInteger, primary_key=True, autoincrement=False),
    Column("user_id", BigInteger, primary_key=True, autoincrement=False),
    Column("following", Boolean, nullable=False, comment="false: told to stop, and nothing but the person starts it"),
    Column("at", UtcDateTime, nullable=False),
)

notification = Table(
    "sys_notification",
    metadata,
    Column("id", BigInteger, primary_key=True, autoincrement=False),
    Column("user_id", BigInteger, nullable=False),
    Column("kind", String(16), nullable=False),
    Column("entity", String(63), nullable=False),
    Column("record_id", BigInteger, nullable=False),
    Column("comment_id", BigInteger),
    Column("operation", BigInteger, comment="the sys_operation that ended; then the kind and record say nothing"),
    Column("audit_id", BigInteger, comment="the sys_audit entry it tells of; then the kind and record say nothing"),
    Column("actor_id", BigInteger, comment="whose act it tells of; empty for the engine itself"),
    Column("at", UtcDateTime, nullable=False),
    Column("read_at", UtcDateTime),
    CheckConstraint("kind IN ('mention', 'assigned', 'comment')", name="kind"),
    Index(None, "user_id", "id"),
    Index("ix_sys_notification_unread", "user_id", "read_at"),
    Index(None, "comment_id"),
)

file = Table(
    "sys_file",
    metadata,
    Column("id", BigInteger, primary_key=True, autoincrement=False),
    Column("hash", String(64), nullable=False, comment="SHA-256 of the content, its name in the file store"),
    Column("name", Text, nullable=False),
    Column("media", Text, nullable=False, comment="media type, found by looking at the content"),
    Column("size", BigInteger, nullable=False, comment="bytes"),
    Column("created_at", UtcDateTime, nullable=False),
    Column("created_by", BigInteger, comment="the user; empty for the engine itself"),
    Column("entity", String(63), comment="empty while it belongs to no record yet"),
    Column("record_id", BigInteger),
    Column("field", String(63), comment="empty for a file of the record in no field"),
    Column("released_at", UtcDateTime, comment="since when nothing holds it; empty while something does"),
    Index(None, "entity", "record_id"),
    Index(None, "hash"),
    Index(None, "released_at"),
)
