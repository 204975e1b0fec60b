"""An import, step by step: the file, its columns, the check, the run; and the list of a person's imports."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from engine.forms.contexts.controls import Choice, Control, FormError
from engine.forms.contexts.shell import EntityHead, Link, Mark, Page

ColumnState = Literal["read", "part", "ask", "off", "bad"]
"""`part`: some of its values are not known. `ask`: nobody said where it goes. `off`: it is not imported."""


@dataclass(frozen=True, slots=True)
class ImportHead:
    """What stands above every step. `steps` has the label of each and where it leads, "" for one that is ahead."""

    entity: EntityHead
    title: str
    step: int
    steps: tuple[Link, ...]
    close_url: str


@dataclass(frozen=True, slots=True)
class ImportRow:
    """One import in the list. `hue` colours its state."""

    title: str
    url: str
    icon: str
    hue: str
    detail: str
    state: str
    state_kind: Literal["ok", "warn", "bad", "info", ""]
    when: str
    when_full: str
    drop_url: str = ""


@dataclass(frozen=True, slots=True)
class ImportsScreen:
    """`screens/imports.html`: what the person began and has done. `starts` lead to the upload of each entity."""

    page: Page
    rows: tuple[ImportRow, ...]
    starts: tuple[Link, ...]


@dataclass(frozen=True, slots=True)
class ImportUploadScreen:
    """`screens/import_upload.html`. `limit` is in bytes; `columns` are labels a file may have, the required first."""

    page: Page
    head: ImportHead
    action: str
    accept: str
    kinds: str
    limit: int
    limit_text: str
    columns: tuple[ImportWanted, ...]
    drafts: tuple[ImportRow, ...] = ()
    error: str = ""


@dataclass(frozen=True, slots=True)
class ImportWanted:
    label: str
    icon: str
    required: bool


@dataclass(frozen=True, slots=True)
class ImportValue:
    """A text of a column and the option it is read as. Posts `t.<name>` (the text) and `v.<name>` (the option, or
    without `choices` the text to read instead)."""

    name: str
    text: str
    count: str
    choices: tuple[Choice, ...]
    known: bool


@dataclass(frozen=True, slots=True)
class ImportColumn:
    """One column of the file. `fields` post `c.<position>`; the other choices are those its field needs."""

    position: int
    title: str
    samples: str
    state: ColumnState
    chip: str
    fields: tuple[ChoiceGroup, ...]
    told: str = ""
    """What will be done with it, in a few words: how linked records are recognised, the order of dates."""
    by: tuple[Choice, ...] = ()
    dates: tuple[Choice, ...] = ()
    create: bool | None = None
    """Whether missing records are created; None where the field links to nothing, or the person may not."""
    create_label: str = ""
    skip_bad: bool | None = None
    """Whether what cannot be read is left empty; None where the field has to have a value."""
    values: tuple[ImportValue, ...] = ()
    values_left: str = ""
    """How many values are not listed."""
    error: str = ""

    @property
    def has_more(self) -> bool:
        return bool(self.by or self.dates or self.values) or self.create is not None or self.skip_bad is not None


@dataclass(frozen=True, slots=True)
class ChoiceGroup:
    """Options of a select under a label; "" for those at its top."""

    label: str
    choices: tuple[Choice, ...]


@dataclass(frozen=True, slots=True)
class ImportReading:
    """How the file is read, and what can be changed: a choice of one is not offered."""

    facts: tuple[tuple[str, str], ...]
    sheets: tuple[Choice, ...]
    encodings: tuple[Choice, ...]
    delimiters: tuple[Choice, ...]
    header_line: str
    decimals: tuple[Choice, ...] = ()
    """How numbers written as text are read."""


@dataclass(frozen=True, slots=True)
class ImportCell:
    """A value as it will look, or as it stands in the file with what is wrong with it; or a sentence (`prose`)."""

    text: str
    error: str = ""
    new: bool = False
    hue: str = ""
    """Of the option that the text is."""
    mark: Mark | None = None
    """Of the record that the text names."""
    numeric: bool = False
    muted: bool = False
    prose: bool = False
    place: str = ""
    """`<line>.<position>` of a wrong cell that can be mended; "" where it cannot."""
    named: str = ""
    """The cell in words."""
    add: str = ""
    """What stands in an empty cell that has to have something."""
    mend_url: str = ""
    """Where what is typed for it is posted, while it is being mended."""
    choices: tuple[Choice, ...] = ()
    """What the cell may be mended to; none where anything may be typed."""


@dataclass(frozen=True, slots=True)
class ImportTable:
    """Rows of a file: `lines` are their numbers in it."""

    heads: tuple[tuple[str, bool], ...]
    """(label, whether it is a number)."""
    rows: tuple[tuple[str, tuple[ImportCell, ...]], ...]
    counted: str = ""


@dataclass(frozen=True, slots=True)
class ImportMap:
    """What is decided about the columns: the parts of the page that change with each choice."""

    columns: tuple[ImportColumn, ...]
    folded: tuple[ImportColumn, ...]
    """Columns that found their field by its very name, when there are many; they stand behind one line."""
    matched: int
    asking: int
    keys: tuple[Choice, ...]
    modes: tuple[Choice, ...]
    key_help: str
    missing: tuple[Control, ...]
    """Fields every record must have and no column goes to; they post `fixed.<name>`, a value for all rows."""
    preview: ImportTable
    check_label: str
    errors: tuple[FormError, ...] = ()


@dataclass(frozen=True, slots=True)
class ImportMapScreen:
    """`screens/import_map.html`: which column goes where."""

    page: Page
    head: ImportHead
    action: str
    map: ImportMap
    reading: ImportReading
    recipes: tuple[Choice, ...]
    recipe_name: str
    back_url: str


@dataclass(frozen=True, slots=True)
class ImportLive:
    """`parts/import_live.html`: the parts of the page that follow from a choice, sent alone."""

    map: ImportMap
    entity: EntityHead


@dataclass(frozen=True, slots=True)
class ImportFigure:
    text: str
    label: str
    icon: str
    kind: Literal["ok", "warn", "bad", ""]
    url: str = ""
    """Where its rows are shown; empty when there are none."""
    chosen: bool = False


@dataclass(frozen=True, slots=True)
class ImportIssue:
    """Rows with the same fault. `acts` are what can be done about it: (what is posted as `do`, label)."""

    bad: bool
    title: str
    detail: str
    values: tuple[ImportValue, ...] = ()
    acts: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class ImportMended:
    """A cell that was mended; `place` as `ImportCell.place`."""

    place: str
    line: str
    column: str
    text: str


@dataclass(frozen=True, slots=True)
class ImportCheckScreen:
    """`screens/import_check.html`: what the import will do, and which rows it will leave out."""

    page: Page
    head: ImportHead
    action: str
    start_url: str
    title: str
    figures: tuple[ImportFigure, ...]
    issues: tuple[ImportIssue, ...]
    notes: tuple[str, ...]
    rows: ImportTable
    """The rows of the figure that is chosen."""
    rows_title: str
    error_files: tuple[Link, ...]
    import_label: str
    """Empty when no row can be imported."""
    foot: str
    back_url: str
    mend_url: str
    mended: tuple[ImportMended, ...] = ()
    mended_title: str = ""


@dataclass(frozen=True, slots=True)
class ImportStep:
    """A line of the run. `kind`: what is done, what is going on, what is to come, what went wrong."""

    text: str
    kind: Literal["done", "now", "ahead", "bad"]


@dataclass(frozen=True, slots=True)
class ImportAct:
    """A button that is a form."""

    label: str
    url: str
    icon: str
    kind: str = ""


@dataclass(frozen=True, slots=True)
class ImportRunScreen:
    """`screens/import_run.html`: the import, or the check of a large file, while it runs and afterwards."""

    page: Page
    head: ImportHead
    title: str
    text: str
    percent: int
    counted: str
    left: str
    steps: tuple[ImportStep, ...]
    note: str
    note_kind: Literal["", "ok", "warn", "bad"]
    here: str
    running: bool
    refused: ImportTable
    refused_title: str
    error_files: tuple[Link, ...]
    acts: tuple[ImportAct, ...]
    links: tuple[Link, ...]
