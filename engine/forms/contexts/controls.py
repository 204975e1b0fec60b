"""One value and one control, wherever they stand."""

from __future__ import annotations

from dataclasses import dataclass

from engine.forms.contexts.files import FileControl
from engine.forms.contexts.shell import Mark
from engine.templating import Html

NO_HTML = Html()


@dataclass(frozen=True, slots=True)
class Tag:
    text: str
    hue: str


@dataclass(frozen=True, slots=True)
class LinkedRecord:
    """One record that a value names. `href` is empty when it has no page."""

    text: str
    href: str = ""
    mark: Mark | None = None


@dataclass(frozen=True, slots=True)
class Value:
    """One formatted value, drawn by `widgets/<widget>/value.html`. `text` is empty when the value is."""

    widget: str
    text: str
    href: str = ""
    hue: str = ""
    mark: Mark | None = None
    yes: bool = False
    """For a boolean: whether it is true."""
    tags: tuple[Tag, ...] = ()
    linked: tuple[LinkedRecord, ...] = ()
    """For a value of several links."""
    kind: str = ""
    """For a record of one of several entities: the name of its entity, and its icon."""
    icon: str = ""
    html: Html = NO_HTML
    """For a rich text: what is drawn instead of `text`."""
    picture: str = ""
    """Where the picture that is the value is drawn from; `text` is the name of its file."""


@dataclass(frozen=True, slots=True)
class Choice:
    key: str
    label: str
    hue: str = ""
    selected: bool = False


@dataclass(frozen=True, slots=True)
class Part:
    """One input of a control that has several; all of them post the name of the control."""

    name: str
    id: str
    label: str
    text: str = ""


@dataclass(frozen=True, slots=True)
class LineRow:
    """A row of line items in a form. Control names are `<field>.<index>.<column>`; a stored row's id travels as
    `<field>.<index>.id`."""

    index: str
    id: str
    controls: tuple[Control, ...]
    delete: bool = False
    """Removed on the form: it is out of sight and goes when the form is saved."""
    version: str = ""


@dataclass(frozen=True, slots=True)
class LineForm:
    heads: tuple[LineHead, ...]
    rows: tuple[LineRow, ...]
    blank: LineRow
    """The row that "Add" copies; its index is `__n__`, which the script replaces by the next free number."""


@dataclass(frozen=True, slots=True)
class LineHead:
    label: str
    numeric: bool = False
    required: bool = False
    width: int = 160
    total: bool = False
    """The script adds up what is typed in the column."""
    prefix: str = ""


@dataclass(frozen=True, slots=True)
class Control:
    """One field in a form or inline editor, drawn by `widgets/<widget>/control.html`.

    `text` is what is in the input: the typed text after an error, else the value's edit text. A boolean is "true" or
    "false"; a choice its key; a link the id. A boolean posts "false" and, when ticked, "true" after it: the last
    value counts. Where several choices may be ticked, or `parts` typed, the name is posted once for each."""

    widget: str
    name: str
    id: str
    label: str
    text: str = ""
    error: str = ""
    help: str = ""
    icon: str = ""
    required: bool = False
    readonly: bool = False
    wide: bool = False
    focus: bool = False
    choices: tuple[Choice, ...] = ()
    """Options of a choice or stage; for a link at least the chosen record, plus recent ones when at hand."""
    prefix: str = ""
    """The currency of a money field."""
    suffix: str = ""
    max_length: int = 0
    numeric: bool = False
    pick_url: str = ""
    """`/pick/<entity>?field=<entity.field>`; the script adds `&q=`."""
    create_url: str = ""
    """`/e/<entity>/new?dialog=1`, empty when the person may not create one."""
    target_label: str = ""
    """Name of the entity a link points at."""
    stored: str = ""
    """For a secret: what may be shown of the one that is kept."""
    shown: str | None = None
    """The ids of linked records as they were shown; posted as `<name>.shown`."""
    by_title: str = ""
    """Titles of records to be linked, as typed where there is no script; posts `<name>.titles`."""
    person: bool = False
    lines: LineForm | None = None
    parts: tuple[Part, ...] = ()
    region: str = ""
    """ISO 3166 code of the workspace's country."""
    files: FileControl | None = None
    computed: bool = False
    """Worked out by the engine; the script shows what it comes to while the form is filled in."""
    new: bool = False
    """Of a record that is not there yet."""
    hidden: bool = False
    """A rule hides it now; the script shows it when that changes."""

    @property
    def group(self) -> bool:
        """Several inputs under one label."""
        return bool(self.parts or self.files) or self.widget in ("children", "links", "multi_choice", "rating")


@dataclass(frozen=True, slots=True)
class FormError:
    id: str
    """Id of the control the message links to; empty for a message about the whole record."""
    label: str
    message: str


@dataclass(frozen=True, slots=True)
class Conflict:
    """A field somebody else changed meanwhile. Posts `choose__<name>` = `mine` or `theirs`."""

    name: str
    label: str
    mine: str
    theirs: str
    by: str
    when: str
