"""A bar on the error stream while records are written; nothing where nobody watches."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import click


@contextmanager
def planting(label: str) -> Iterator[Callable[[int, int], None]]:
    """A bar to be told how many records are written, and of how many."""
    with click.progressbar(length=1, label=label, file=sys.stderr, hidden=not sys.stderr.isatty()) as bar:

        def tell(done: int, total: int) -> None:
            if bar.length != total:
                bar.length, bar.pos = total, 0
            bar.update(done - bar.pos)

        yield tell
