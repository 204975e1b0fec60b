"""A submitted form as it arrives: texts in memory, files on the disk, each only as far as its limit."""

from __future__ import annotations

from collections.abc import AsyncGenerator, AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass

from starlette.datastructures import Headers, ImmutableMultiDict, UploadFile
from starlette.exceptions import HTTPException
from starlette.formparsers import MultiPartException, MultiPartParser
from starlette.requests import Request as HttpRequest

from engine.records.files import Upload
from engine.web.security import SAFE_METHODS

MOST_FIELDS = 5000
MOST_FILES = 60
LONGEST_TEXT = 16 * 1024 * 1024
"""Bytes of one text, which its field may refuse in a sentence; a body has a limit of its own."""
PLAIN, MULTIPART = "application/x-www-form-urlencoded", "multipart/form-data"


@dataclass(frozen=True, slots=True)
class Submitted:
    form: ImmutableMultiDict[str, str]
    uploads: tuple[tuple[str, Upload], ...] = ()
    """(name of the control, file), in the order they were sent."""


NOTHING = Submitted(ImmutableMultiDict())


def kind_of(http: HttpRequest) -> str:
    """The media type of what a write sends; "" for a read."""
    if http.method in SAFE_METHODS:
        return ""
    return http.headers.get("content-type", "").partition(";")[0].strip().lower()


@asynccontextmanager
async def reading(http: HttpRequest, file_limit: int) -> AsyncIterator[Submitted | None]:
    """What was submitted, while the block runs; then its files are gone. None when it cannot be read. `file_limit` is
    the most bytes of one file; with 0 no file may be sent."""
    kind = kind_of(http)
    if kind == PLAIN:
        try:
            async with http.form(max_fields=MOST_FIELDS, max_part_size=LONGEST_TEXT) as form:
                pairs = form.multi_items()
        except HTTPException:
            yield None
            return
        yield Submitted(ImmutableMultiDict([(name, text) for name, text in pairs if isinstance(text, str)]))
    elif kind == MULTIPART:
        reader = _Reader(http.headers, http.stream(), file_limit)
        try:
            parsed = await reader.parse()
        except MultiPartException:
            yield None
            return
        try:
            yield reader.submitted(parsed.multi_items())
        finally:
            await parsed.close()
    else:
        yield NOTHING


class _Reader(MultiPartParser):
    """What a file has beyond the limit is read past and not kept, so that the rest of a form is not lost with it."""

    def __init__(self, headers: Headers, stream: AsyncGenerator[bytes, None], file_limit: int) -> None:
        files = MOST_FILES if file_limit else 0
        super().__init__(headers, stream, max_files=files, max_fields=MOST_FIELDS, max_part_size=LONGEST_TEXT)
        self._file_limit = file_limit
        self._seen: dict[int, int] = {}

    def on_part_data(self, data: bytes, start: int, end: int) -> None:
        part = self._current_part
        if part.file is not None:
            seen = self._seen[id(part.file)] = self._seen.get(id(part.file), 0) + end - start
            if seen > self._file_limit:
                return
        super().on_part_data(data, start, end)

    def submitted(self, items: list[tuple[str, UploadFile | str]]) -> Submitted:
        texts = [(name, value) for name, value in items if isinstance(value, str)]
        files = [(name, value) for name, value in items if not isinstance(value, str) and value.filename]
        return Submitted(
            ImmutableMultiDict(texts),
            tuple((name, Upload(file.filename or "", file.file, self._is_whole(file))) for name, file in files),
        )

    def _is_whole(self, file: UploadFile) -> bool:
        return self._seen.get(id(file), 0) <= self._file_limit
