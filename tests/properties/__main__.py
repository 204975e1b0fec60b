"""`python -m tests.properties`: far more expressions than the suite has time for, and one line of figures."""

from __future__ import annotations

import argparse
import itertools
import os
import sys
import time
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor

from sqlalchemy import Engine

from tests.expressions.world import postgresql, sqlite
from tests.properties.laws import COLUMNS, ROWS, databases, differences

BATCH = COLUMNS * 10


def _engines() -> Iterator[Engine]:
    yield sqlite()
    if os.environ.get("CRM_TEST_POSTGRES_URL"):
        yield postgresql()


def _batch(seed: int) -> list[str]:
    with databases(*_engines()) as found_in:
        return [str(difference) for difference in differences(seed, BATCH, found_in)]


def main() -> int:
    asked = argparse.ArgumentParser(prog="tests.properties", description=__doc__)
    asked.add_argument("--expressions", type=int, default=100_000)
    asked.add_argument("--processes", type=int, default=os.cpu_count())
    asked.add_argument("--seed", type=int, default=1_000_000, help="where the chance begins")
    given = asked.parse_args()
    batches, started = -(-given.expressions // BATCH), time.monotonic()
    engines, done, wrong = 1 + sum(1 for _ in _engines()), 0, 0
    with ProcessPoolExecutor(given.processes) as pool:
        for found in pool.map(_batch, itertools.islice(itertools.count(given.seed), batches)):
            done, wrong = done + BATCH, wrong + len(found)
            for line in found:
                print(line, flush=True)
            if done % (BATCH * 20) == 0:
                print(f"{done:,} expressions, {time.monotonic() - started:,.0f} s", file=sys.stderr, flush=True)
    told = f"{wrong} differences" if wrong else "no difference"
    print(f"{done:,} expressions × {ROWS} rows on {engines} engines: {told}")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
