"""The frozen model of a compiled blueprint: entities, fields, pipelines, roles and what a list asks for."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Literal

from engine.expressions.parse import Expression
from engine.language.source import Place
from engine.locale.text import Text

if TYPE_CHECKING:
    from engine.schema.computed import Computed
    from engine.schema.field_type import FieldType, Reference
    from engine.schema.import_maps import ImportMap
    from engine.schema.matching import MatchRule

StageKind = Literal["open", "won", "lost", "hold"]
FieldRight = Literal["none", "read", "write"]


@dataclass(frozen=True, slots=True)
class Option:
    key: str
    label: Text
    hue: str = "gray"


@dataclass(frozen=True, slots=True)
class Default:
    """What a new record starts with: a literal value, or an expression computed when it is created."""

    value: Any = None
    expression: Expression | None = None


@dataclass(frozen=True, slots=True)
class Joint:
    """An entity whose records join two others: its link to the record that has the field, its link to the other."""

    entity: str
    source: str
    target: str


@dataclass(frozen=True, slots=True)
class Field:
    """One field. `settings` holds the type's own options as plain values (int, Decimal, str, bool, list, dict)."""

    name: str
    entity: str
    type: FieldType
    label: Text
    place: Place
    help: Text | None = None
    settings: Mapping[str, Any] = field(default_factory=dict)
    options: tuple[Option, ...] = ()
    """The choices of a `choice` field, the stages of a `stage` field."""
    target: str | None = None
    """The entity a link, user, team or children field points at."""
    targets: tuple[str, ...] = ()
    """The entities a field of several links, or of a link to one of several entities, points at."""
    joint: Joint | None = None
    """Where records of an entity of its own say which records the field names: it has no column."""
    required: Expression | None = None
    visible: Expression | None = None
    readonly: Expression | None = None
    validate: Expression | None = None
    link_filter: Expression | None = None
    """Over the entity a link points at: only such records may be chosen."""
    default: Default | None = None
    when_hidden: Literal["keep", "clear"] = "clear"
    unique: bool = False
    unique_in_group: bool = False
    """Part of a group of fields that no two records share."""
    index: bool = False
    search: bool = False
    track: bool = True
    copy: bool = True
    system: bool = False
    computed: Computed | None = None
    """How the engine works out the value, whose kind `type` is then; None for a value that people give."""
    broken: bool = False
    """A problem says what is wrong with it; expressions that read it are not judged."""

    @property
    def compared(self) -> bool:
        """Whether other records may not have the same value, alone or together with other fields."""
        return self.unique or self.unique_in_group

    @property
    def worked_out_when_read(self) -> bool:
        """Whether the table holds no value of it."""
        return self.computed is not None and not self.computed.stored

    def leads_to(self, entity: str) -> bool:
        """Whether records of the entity may be its value, or among its values."""
        return self.type.stored and (self.target == entity or entity in self.targets)

    def references(self, value: Any) -> tuple[Reference, ...]:
        """(entity, id) of each record that `value` names."""
        if self.target and self.type.stored:
            return ((self.target, value),) if isinstance(value, int) else ()
        return self.type.references(value, self) if self.targets and value is not None else ()

    @property
    def given(self) -> bool:
        """Whether the engine gives the value; nobody else ever sets it."""
        return self.computed is not None or self.numbered

    @property
    def numbered(self) -> bool:
        """Whether the engine counts the records in it when they are created."""
        return not self.broken and self.type.numbering(self) is not None

    @property
    def always_required(self) -> bool:
        return self.required is not None and self.required.constant is True

    def option(self, key: str) -> Option | None:
        return next((option for option in self.options if option.key == key), None)


@dataclass(frozen=True, slots=True)
class Check:
    """What no record may be, judged on the row after a write that changes something it reads."""

    never: Expression
    error: Text
    beside: str | None = None
    """The field the error stands beside; None: the top of the form."""
    reads: frozenset[str] = field(init=False, repr=False, compare=False)
    """The fields of the record that `never` looks at."""

    def __post_init__(self) -> None:
        object.__setattr__(self, "reads", self.never.reads)


@dataclass(frozen=True, slots=True)
class Entity:
    name: str
    label: Text
    plural: Text
    title: str
    """Name of the field that names a record to people."""
    fields: Mapping[str, Field]
    """Declared fields in order, then the system fields (`field.system`)."""
    place: Place
    icon: str = "box"
    hue: str = "gray"
    header: tuple[str, ...] = ()
    slots: Mapping[str, str] = field(default_factory=dict)
    """Phone card slot (title, value, sub, sub2, badge, meta) -> field name."""
    unique: tuple[tuple[str, ...], ...] = ()
    acts_as: str | None = None
    line_of: tuple[str, str] | None = None
    """For an entity of line items: (parent entity, name of the link field to it)."""
    builtin: bool = False
    matching: tuple[MatchRule, ...] = ()
    """When two of its records may be the same."""
    imports: tuple[ImportMap, ...] = ()
    """Saved maps from the columns of files to its fields."""
    checks: tuple[Check, ...] = ()

    declared: tuple[Field, ...] = field(init=False, repr=False, compare=False)
    """The fields that are not the system's; worked out once, as every write asks for them."""

    def __post_init__(self) -> None:
        declared = tuple(field for field in self.fields.values() if not field.system)
        object.__setattr__(self, "declared", declared)

    @property
    def stage_field(self) -> Field | None:
        return next((field for field in self.fields.values() if "pipeline" in field.settings), None)


@dataclass(frozen=True, slots=True)
class Stage:
    key: str
    label: Text
    kind: StageKind
    probability: int
    hue: str
    rots_after_days: int | None = None
    limit: int | None = None
    """How many records may stand in it before boards say so."""
    limit_blocks: bool = False
    """Whether a move beyond the limit is refused."""


@dataclass(frozen=True, slots=True)
class Transition:
    name: str
    label: Text
    sources: tuple[str, ...] | None
    """Stage keys it leaves from; None is any other stage."""
    target: str
    who: tuple[str, ...] | None
    """Role names that may make it; None is everybody who may update the record."""
    condition: Expression | None
    ask: tuple[str, ...]
    """Fields that must have a value when it is made."""


@dataclass(frozen=True, slots=True)
class Pipeline:
    name: str
    entity: str
    field: str
    """The stage field it belongs to."""
    label: Text
    stages: Mapping[str, Stage]
    transitions: tuple[Transition, ...]
    """Empty: every move is allowed."""

    @property
    def first(self) -> Stage:
        return next(iter(self.stages.values()))


@dataclass(frozen=True, slots=True)
class EntityRights:
    """What a role may do with one entity. An expression is judged on the record; a constant one holds for all."""

    read: Expression | None = None
    create: bool = False
    update: Expression | None = None
    delete: Expression | None = None
    export: bool = False
    bulk: bool = False
    imports: bool = False
    fields: Mapping[str, FieldRight] = field(default_factory=dict)
    """Field -> how far the role goes; one that is not named may be read and written."""


@dataclass(frozen=True, slots=True)
class Role:
    name: str
    label: Text
    entities: Mapping[str, EntityRights]
    admin: bool = False
    """Manages users and settings."""


@dataclass(frozen=True, slots=True)
class Sort:
    field: str
    descending: bool = False


@dataclass(frozen=True, slots=True)
class ListQuery:
    """What a list, board or picker asks the gateway for, without who asks and which page."""

    entity: str
    fields: tuple[str, ...]
    """Fields to read; a link brings the title of its target, in the same statement."""
    filter: Expression | None = None
    sort: tuple[Sort, ...] = ()
    flags: tuple[Expression, ...] = ()
    """Conditions whose answer each row brings as `flag__0`, `flag__1` and so on."""
    titles: bool = True
    """Whether a link brings the title of its target."""
    since: bool = False
    """Whether each row brings the moment since which it is in its stage, as `entered__`."""


@dataclass(frozen=True, slots=True)
class SeedRecord:
    """A record written in `seed` or `demo`: values are unparsed scalars, links name references."""

    entity: str
    ref: str
    values: Mapping[str, Any]
    place: Place


@dataclass(frozen=True, slots=True)
class WorkspaceSettings:
    """Defaults of a workspace, from the blueprint's `settings` section."""

    time_zone: str = "UTC"
    currency: str = "USD"
    languages: tuple[str, ...] = ("en", "zh-CN")
    week_start: Literal["monday", "sunday", "saturday"] = "monday"
    fiscal_year_start: str = "01-01"
    phone_region: str = "US"
