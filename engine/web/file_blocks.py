"""The files of a record's fields on its page: each with who attached it and when."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cached_property

from engine.forms.contexts import FileItem, FilesBlock
from engine.forms.file_items import file_drop, file_item
from engine.records.files import StoredFile
from engine.records.model import Record
from engine.schema.file_ref import FileRef
from engine.schema.model import Field
from engine.web.desk import Desk


@dataclass(frozen=True)
class FileBlocks:
    """One statement for all fields, and none when they are empty."""

    desk: Desk
    record: Record

    def block(self, field: Field, *, editable: bool, error: str = "") -> FilesBlock:
        here = f"/e/{self.record.entity.name}/{self.record.id}/files/{field.name}"
        name, limit = f"f-{field.name}", self.desk.request.services.settings.file_limit
        drop = file_drop(field, self.desk.formats, limit, name="file", id=name, url=here) if editable else None
        files = field.type.files(self.record.row.get(field.name))
        return FilesBlock(
            field=field.name,
            label=self.desk.text(field.label),
            csrf=self.desk.request.csrf_token,
            items=tuple(self._item(file, f"{here}/{file.id}/remove" if editable else "") for file in files),
            drop=drop,
            error=error,
            widget=field.type.widget,
        )

    def every(self) -> tuple[FileItem, ...]:
        """All files of the record, the newest first."""
        return tuple(self._item(file.ref, "") for file in list(self._stored.values())[::-1])

    @cached_property
    def _stored(self) -> Mapping[int, StoredFile]:
        files = self.desk.request.services.files.of(self.desk.store, self.record)
        return {file.ref.id: file for file in files}

    def _item(self, file: FileRef, remove_url: str) -> FileItem:
        item = replace(file_item(file, self.desk.formats), remove_url=remove_url)
        stored = self._stored.get(file.id)
        if stored is None:
            return item
        now = self.desk.store.moment(self.desk.actor).now
        when, full = self.desk.formats.ago(stored.created_at, now), self.desk.formats.datetime(stored.created_at)
        return replace(item, who=stored.who, when=when, when_full=full)
