"""What a write locks beside its own record, so that no other writer changes what computed values are made of while it
works them out. Only PostgreSQL needs it: SQLite lets in one writer at a time."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence

from sqlalchemy import Select, select

from engine.records.transaction import Stored, Transaction, Values
from engine.schema.model import Entity, Field
from engine.schema.record_ids import LARGEST

Path = tuple[str, ...]
CHUNK = 500


def is_alone(transaction: Transaction) -> bool:
    """Whether nobody else can write meanwhile, or nothing is written."""
    return transaction.dialect != "postgresql" or transaction.judging or transaction.backlog is not None


def hold_behind(transaction: Transaction, entity: Entity, rows: Sequence[Values]) -> None:
    """Lock what lies behind links of rows that are about to be written, as far as values are made of it: who changes
    that does not see the new rows yet."""
    paths = () if is_alone(transaction) else transaction.model.plan.behind.get(entity.name, ())
    _hold_named(transaction, entity, rows, paths)


def hold_owners(transaction: Transaction, entity: Entity, ids: Collection[int]) -> None:
    """Lock the records that line items belong to before the line items, as who saves a whole form does."""
    if entity.line_of is None or not ids or is_alone(transaction):
        return
    owner, key = transaction.model.table(entity.line_of[0]), entity.line_of[1]
    line = transaction.model.table(entity.name)
    belonging = select(line.c[key]).where(line.c.id.in_(ids))
    statement = select(owner.c.id).where(owner.c.id.in_(belonging)).order_by(owner.c.id)
    transaction.connection.execute(statement.with_for_update(key_share=True)).all()


def stored(transaction: Transaction, entity: Entity, record_id: int, in_bin: bool = False) -> Stored:
    """A record the actor may see, locked behind the one it belongs to. Raises `RecordNotFound`."""
    if 0 < record_id <= LARGEST:
        hold_owners(transaction, entity, [record_id])
    return transaction.stored(entity, record_id, in_bin)


def hold(transaction: Transaction, entity: str, ids: Sequence[int]) -> None:
    """Lock records whose values are about to be worked out, in the order of their ids."""
    if not is_alone(transaction):
        table = transaction.model.table(entity)
        for start in range(0, len(ids), CHUNK):
            among = select(table.c.id).where(table.c.id.in_(ids[start : start + CHUNK])).order_by(table.c.id)
            transaction.connection.execute(among.with_for_update(key_share=True)).all()


def _hold_named(transaction: Transaction, entity: Entity, rows: Sequence[Values], paths: Iterable[Path]) -> None:
    """Each link that the paths begin with, then what they go on to, the entities in the order of their names."""
    starts: dict[str, list[Path]] = {}
    for path in paths:
        starts.setdefault(path[0], []).append(path[1:])
    links = sorted((entity.fields[name] for name in starts), key=lambda link: (_entity(link), link.name))
    for link in links:
        ids = sorted({named for row in rows for named in _named(link, row.get(link.name))})
        if not ids:
            continue
        target = transaction.entity(_entity(link))
        further = [path for path in starts[link.name] if path]
        _hold_named(transaction, target, _locked(transaction, target, ids, {path[0] for path in further}), further)


def _locked(transaction: Transaction, entity: Entity, ids: Sequence[int], links: Collection[str]) -> list[Values]:
    """Records with sums are about to be written themselves; of others nobody needs more than that they stay."""
    held = transaction.touched.held
    missing = ids if links else [each for each in ids if (entity.name, each) not in held]
    held.update((entity.name, each) for each in missing)
    table, found = transaction.model.table(entity.name), list[Values]()
    summed = entity.name in transaction.model.plan.rollups
    for start in range(0, len(missing), CHUNK):
        statement: Select[tuple[object, ...]] = select(table.c.id, *(table.c[name] for name in sorted(links)))
        statement = statement.where(table.c.id.in_(missing[start : start + CHUNK])).order_by(table.c.id)
        statement = statement.with_for_update(key_share=True) if summed else statement.with_for_update(read=True)
        found += [dict(row) for row in transaction.connection.execute(statement).mappings()]
    return found


def _entity(link: Field) -> str:
    return link.target or link.targets[0]


def _named(link: Field, value: object) -> Iterable[int]:
    if link.target:
        return [value] if isinstance(value, int) else []
    return [record_id for _, record_id in link.references(value)] if isinstance(value, tuple) else []
