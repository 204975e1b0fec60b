"""`python -m benchmarks`: the product beside what is written by hand, on SQLite and, where there is one, PostgreSQL."""

from __future__ import annotations

import argparse
import os
import sys
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack, closing
from pathlib import Path

import psycopg

from benchmarks import expressions, rollups
from benchmarks.asking import Client, compared
from benchmarks.first_page import first_page_bytes
from benchmarks.made import write_files
from benchmarks.report import HEAD, PAGES, Figure, write
from benchmarks.serving import free_port, run, serving
from benchmarks.works import LIST, works
from benchmarks.workspace import founded

POSTGRES = "CRM_TEST_POSTGRES_URL"


def figures(folder: Path, rows: int, databases: tuple[str, str], seconds: float) -> Iterator[Figure]:
    """Every figure on one kind of database; `databases` are the addresses for the product and for the limit."""
    accounts, file = write_files(folder, rows)
    log = folder / "log"
    workspace = founded(folder, databases[0], log)
    by_hand = {"LIMIT_DATABASE": databases[1]}
    workspace.bring_in("account", accounts)
    ours = workspace.bring_in("deal", file)
    hand = run([sys.executable, "-m", "benchmarks.by_hand", str(file)], by_hand, log)
    told = [
        f"{rows / spent.seconds:,.0f} rows/s, {spent.processor / rows * 1e6:,.0f} µs each" for spent in (ours, hand)
    ]
    yield Figure(f"import of {rows:,} rows", told[0], told[1], ours.processor / hand.processor, None)
    for one in expressions.figures(_for_expressions(folder, databases[1]), rows):
        told = [f"{seconds * 1000:,.3f} ms" for seconds in (one.ours, one.limit)]
        yield Figure(one.name, told[0], told[1], one.ours / one.limit, one.most)
    kept, without = rollups.figures(workspace.environment)
    ratio = kept.processor / without.processor
    yield Figure("write with three stored rollups", kept.told, without.told, ratio, None)
    port, other = free_port(), free_port()
    limit = [sys.executable, "-m", "uvicorn", "--factory", "benchmarks.by_hand:app", "--port", str(other)]
    limit += ["--log-level", "warning", "--no-access-log"]
    with (
        serving(workspace.serve(port), port, workspace.environment, log) as product,
        serving(limit, other, by_hand, log) as plain,
        ExitStack() as ends,
    ):
        started = Figure("cold start", f"{product.started:.2f} s", f"{plain.started:.2f} s", None, None)
        client, hand_client = ends.enter_context(closing(Client(product))), ends.enter_context(closing(Client(plain)))
        cookie = workspace.cookie(product)
        for work in works(client, hand_client, cookie, workspace.token, rows):
            found, bound = compared((client, work.ours), (hand_client, work.limit), seconds)
            told = [f"{one.median_ms:.2f} ms, {one.processor:.2f} s" for one in (found, bound)]
            yield Figure(work.name, told[0], told[1], found.processor / bound.processor, work.most)
        yield started
        yield Figure("memory after that", f"{product.memory():.0f} MB", f"{plain.memory():.0f} MB", None, None)
        page = {"cookie": cookie, "accept-encoding": "identity", "accept-language": "en"}
        size = first_page_bytes(client, LIST, page)
        yield Figure("first visit to a list", f"{size / 1000:.0f} kB", "", None, None)


def main() -> None:
    asked = argparse.ArgumentParser(prog="benchmarks", description=__doc__)
    asked.add_argument("--rows", default="100k", help="how many deals: 100k, 1m or a number")
    asked.add_argument("--seconds", type=float, default=6, help="how long each piece of work is measured")
    asked.add_argument("--write", action="store_true", help=f"write the figures to {PAGES['en']}")
    given = asked.parse_args()
    rows = int(given.rows.lower().replace("k", "000").replace("m", "000000"))
    kinds: dict[str, list[Figure]] = {}
    for kind, pair in _databases():
        with tempfile.TemporaryDirectory(prefix="crm-bench.") as folder:
            print(f"{kind}\n{HEAD['en']}", flush=True)
            found = kinds.setdefault(kind, [])
            for figure in figures(Path(folder), rows, pair or _files(folder), given.seconds):
                found.append(figure)
                print(figure.row(), flush=True)
    if given.write:
        write(kinds, rows)


def _for_expressions(folder: Path, address: str) -> str:
    return address if address.startswith("postgresql") else f"sqlite:///{folder}/expressions.db"


def _files(folder: str) -> tuple[str, str]:
    return f"sqlite:///{folder}/product.db", f"{folder}/limit.db"


def _databases() -> Iterator[tuple[str, tuple[str, str] | None]]:
    yield "SQLite", None
    if server := os.environ.get(POSTGRES):
        plain = server.replace("postgresql+psycopg", "postgresql")
        with psycopg.connect(plain, autocommit=True) as connection:
            for name in ("bench_product", "bench_limit"):
                connection.execute(f"CREATE DATABASE {name}")
        head = plain.rpartition("/")[0]
        yield "PostgreSQL", (f"{head}/bench_product", f"{head}/bench_limit")


if __name__ == "__main__":
    main()
