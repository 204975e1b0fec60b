"""Records that may be the same, as people read of them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from engine.forms.contexts.duplicates import Near, NearRecord
from engine.forms.marks import person_mark, record_mark
from engine.forms.values import text_of
from engine.records.matching import Candidate, candidates
from engine.records.model import Row
from engine.schema.matching import MatchRule, matched_fields
from engine.schema.model import Entity
from engine.web.desk import Desk
from engine.web.titles import titles_of

FACTS = 3
SEEN, ANYWAY = "near_seen", "anyway"


def near(desk: Desk, entity: Entity, values: Mapping[str, Any]) -> tuple[Candidate, ...]:
    """What may be there already; nothing where the entity has no rules."""
    return candidates(desk.store, desk.actor, entity.name, values) if entity.matching else ()


def stops(desk: Desk, found: Sequence[Candidate]) -> bool:
    """Whether a new record has to wait for its person: a certain match until they insist, a likely one until it was
    shown, one that a rule blocks for ever."""
    seen, insists = desk.request.form.getlist(SEEN), bool(desk.request.form.get(ANYWAY))
    return any(each.blocks or not (insists or (str(each.id) in seen and not each.certain)) for each in found)


def near_panel(desk: Desk, entity: Entity, found: Sequence[Candidate], asks: bool = False) -> Near:
    blocks = any(each.blocks for each in found)
    records = [(each.row, each.match.rule, each.score) for each in found]
    return Near(near_records(desk, entity, records), asks and not blocks, blocks)


def near_records(
    desk: Desk, entity: Entity, found: Sequence[tuple[Row, MatchRule | None, int]]
) -> tuple[NearRecord, ...]:
    fields = [entity.fields[name] for name in matched_fields(entity.matching) if name != entity.title]
    named = [
        reference for row, _, _ in found for field in fields for reference in field.references(row.get(field.name))
    ]
    titles = titles_of(desk, named)
    mark = person_mark if entity.acts_as == "person" else record_mark
    shown = []
    for row, rule, likeness in found:
        title = str(row.get(entity.title) or f"#{row['id']}")
        facts = (text_of(field, row.get(field.name), desk.formats, titles) for field in fields)
        shown.append(
            NearRecord(
                id=str(row["id"]),
                title=title,
                url=f"/e/{entity.name}/{row['id']}",
                mark=mark(title),
                why=why(desk, entity, rule, likeness) if rule else "",
                certain=bool(rule and rule.certain),
                facts=tuple(dict.fromkeys(fact for fact in facts if fact))[:FACTS],
            )
        )
    return tuple(shown)


def why(desk: Desk, entity: Entity, rule: MatchRule, likeness: int) -> str:
    """Same e-mail; similar name (94 %)."""
    if rule.label is not None:
        said = desk.text(rule.label)
    else:
        said = desk.say("match.separator").join(
            desk.say(
                "match.alike" if part.kind.fuzzy else "match.same",
                label=desk.say("match.or").join(desk.text(entity.fields[name].label) for name in part.fields),
            )
            for part in rule.parts
        )
    return said if likeness == 100 else desk.say("match.percent", why=said, percent=likeness)
