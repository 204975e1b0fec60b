"""What happens around a record: the composer, the timeline, one comment."""

from __future__ import annotations

from dataclasses import dataclass

from engine.forms.contexts.controls import Choice, Control
from engine.forms.contexts.files import FileItem
from engine.forms.contexts.records import HistoryEntry
from engine.forms.contexts.shell import Link, Mark, Page
from engine.forms.contexts.tasks import TaskRow
from engine.templating import Html


@dataclass(frozen=True, slots=True)
class Said:
    """One note, call or meeting."""

    id: str
    kind: str
    who: str
    mark: Mark
    when: str
    when_full: str
    body: Html
    length: str = ""
    """How long a call or meeting took, "14 min"."""
    edited: bool = False
    url: str = ""
    """`/comments/<id>`"""
    may_edit: bool = False
    may_delete: bool = False


@dataclass(frozen=True, slots=True)
class Happening:
    """One item of the timeline; one of its parts is there."""

    said: Said | None = None
    change: HistoryEntry | None = None
    task: TaskRow | None = None
    event: Link | None = None
    """`count` is when it takes place."""


@dataclass(frozen=True, slots=True)
class Span:
    """Happenings under one heading: today, this week, a month."""

    label: str
    """Empty when the heading stands above already."""
    happenings: tuple[Happening, ...]


@dataclass(frozen=True, slots=True)
class Timeline:
    """The fragment `/e/<entity>/<id>/timeline`."""

    url: str
    """Its own address, to read it again."""
    tabs: tuple[Link, ...]
    spans: tuple[Span, ...]
    earlier_url: str = ""
    history: tuple[HistoryEntry, ...] = ()
    """Every change, on the tab that shows nothing else."""
    empty: str = ""
    files: tuple[FileItem, ...] = ()
    """Every file of the record, on the tab that shows nothing else."""
    todo: tuple[TaskRow, ...] = ()
    """What is to be done, above what happened."""
    newest_url: str = ""
    """The way back from a page that begins with an old comment."""


@dataclass(frozen=True, slots=True)
class Composer:
    """What is written is kept until it is posted; 422 sends it again with the errors."""

    url: str
    csrf: str
    kinds: tuple[Choice, ...]
    body: str = ""
    picked: tuple[str, ...] = ()
    error: str = ""
    details: tuple[Control, ...] = ()
    """When a call or meeting took place, and how long."""
    task: tuple[Control, ...] = ()
    """What a task asks for beside its words: its day, who does it, what else it must have."""


@dataclass(frozen=True, slots=True)
class Follow:
    """`parts/follow.html`: whether the person hears of the record, and who else does."""

    csrf: str
    follow_url: str
    following: bool
    others: tuple[Mark, ...] = ()
    who: str = ""


@dataclass(frozen=True, slots=True)
class Activity:
    timeline: Timeline
    composer: Composer | None
    """None for a record in the bin."""
    follow: Follow
    csrf: str


@dataclass(frozen=True, slots=True)
class ActivityPart:
    """`parts/activity.html`, the side of a record's page: the fragment `/e/<entity>/<id>/activity`."""

    activity: Activity


@dataclass(frozen=True, slots=True)
class ActivityScreen:
    """`screens/activity.html`: the same as a page, for browsers without script."""

    page: Page
    title: str
    crumbs: tuple[Link, ...]
    activity: Activity


@dataclass(frozen=True, slots=True)
class TimelinePart:
    """`parts/timeline.html`, and `parts/timeline_page.html` for what is older."""

    timeline: Timeline
    csrf: str


@dataclass(frozen=True, slots=True)
class ComposerPart:
    """`parts/composer.html`"""

    composer: Composer
    csrf: str


@dataclass(frozen=True, slots=True)
class Posted:
    """`parts/posted.html`: an empty composer, and the timeline (out of band)."""

    timeline: Timeline
    composer: Composer
    csrf: str


@dataclass(frozen=True, slots=True)
class SaidPart:
    """`parts/comment.html`"""

    said: Said
    csrf: str


@dataclass(frozen=True, slots=True)
class TimelineTask:
    """`parts/timeline_task.html`: a task beside a record, after it was checked off."""

    task: TaskRow
    csrf: str


@dataclass(frozen=True, slots=True)
class CommentEditor:
    """`parts/comment_edit.html`"""

    url: str
    csrf: str
    id: str
    body: str
    error: str = ""


@dataclass(frozen=True, slots=True)
class CommentScreen:
    """`screens/comment.html`: the editor as a page, for browsers without script."""

    page: Page
    url: str
    csrf: str
    id: str
    body: str
    error: str = ""
