"""The limit: Starlette and a database driver, written by hand for this one table, without login, rights or language.

It answers what the product answers: rows as HTML, rows as JSON, a record, a new one, a changed one, with a row of
history and the entry of the search index; and it brings in the same file with the same checks."""

from __future__ import annotations

import csv
import json
import os
import sys
from collections.abc import Iterator, Sequence
from datetime import UTC, date, datetime
from decimal import Decimal
from itertools import islice
from typing import Any

from jinja2 import Environment
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse, Response
from starlette.routing import Route

from benchmarks.hand_database import HandDatabase, opened
from benchmarks.made import ACCOUNTS, COLUMNS, REGIONS, SOURCES, STAGES, account

BATCH, PAGE = 500, 50
SHOWN = (
    "d.id, d.name, d.account, a.name AS account_title, 1 AS owner, 'Ben Cole' AS owner_title,"
    " d.stage, d.amount, d.close_date, d.source, d.rating"
)
FROM = "FROM deal d LEFT JOIN account a ON a.id = d.account"
FIRST = f"SELECT {SHOWN} {FROM} ORDER BY d.amount DESC, d.id DESC LIMIT {PAGE}"
DEEP = f"SELECT {SHOWN} {FROM} WHERE (d.amount, d.id) < (?, ?) ORDER BY d.amount DESC, d.id DESC LIMIT {PAGE}"
RECORD = f"SELECT d.*, a.name AS account_title {FROM} WHERE d.id = ?"
ROWS = Environment(autoescape=True).from_string(
    """<table><tbody>{% for r in rows %}<tr data-id="{{ r.id }}"><td><input type="checkbox" value="{{ r.id }}"></td>
<td><a href="/e/deal/{{ r.id }}">{{ r.name }}</a></td>
<td><a href="/e/account/{{ r.account }}">{{ r.account_title }}</a></td>
<td>{{ r.owner_title }}</td><td><span class="chip">{{ r.stage }}</span></td><td class="num">{{ money(r.amount) }}</td>
<td>{{ r.close_date }}</td><td><span class="chip">{{ r.source }}</span></td>
<td>{{ r.rating }}</td></tr>{% endfor %}</tbody></table>"""
)


def money(cents: int) -> str:
    return f"${cents / 100:,.2f}"


def checked(row: Sequence[str], accounts: dict[str, int]) -> list[Any]:
    """The stored values of a row of the file. Raises `ValueError`."""
    given = dict(zip(COLUMNS, row, strict=True))
    amount, cost = (int(Decimal(given[name]) * 100) for name in ("amount", "cost"))
    if not given["name"] or len(given["name"]) > 120 or given["account"] not in accounts or not 0 <= cost <= amount:
        raise ValueError(given["name"])
    if given["stage"] not in STAGES or given["source"] not in SOURCES or given["region"] not in REGIONS:
        raise ValueError(given["stage"])
    if "@" not in given["email"] or not given["website"].startswith("https://"):
        raise ValueError(given["email"])
    moment = datetime.fromisoformat(given["first_call"]).replace(tzinfo=UTC).isoformat(" ")
    return [
        *(given["name"], accounts[given["account"]], given["stage"], amount, cost, int(given["discount"])),
        *(int(given["pieces"]), date.fromisoformat(given["close_date"]).isoformat(), moment, given["source"]),
        *(given["region"], int(given["rating"]), given["email"].lower(), given["phone"].replace(" ", "")),
        *(given["website"], int(given["renewal"] == "yes"), int(Decimal(given["score"]) * 100)),
        *(given["next_step"], given["code"], given["notes"]),
    ]


def bring_in(database: HandDatabase, file: str) -> None:
    """The accounts, then the rows of `file` with checks, links, history and search index, 500 in a transaction."""
    database.make()
    named = [account(number) for number in range(ACCOUNTS)]
    database.many("INSERT INTO account VALUES (?, ?, ?)", [(n + 1, *row) for n, row in enumerate(named)])
    accounts = {row[0]: n + 1 for n, row in enumerate(named)}
    with open(file, encoding="utf-8", newline="") as text:
        rows = csv.reader(text)
        next(rows)
        number = 0
        while batch := [checked(row, accounts) for row in islice(rows, BATCH)]:
            database.insert([(number + at + 1, *row) for at, row in enumerate(batch)])
            number += len(batch)
    database.finish()


def app() -> Starlette:
    database = opened(os.environ["LIMIT_DATABASE"])
    last = database.rows("SELECT max(id) AS id FROM deal")[0]["id"]
    ids: Iterator[int] = iter(range(last + 1, last + 10_000_000))

    async def rows(request: Request) -> Response:
        return HTMLResponse(ROWS.render(rows=database.rows(FIRST), money=money))

    async def listed(request: Request) -> Response:
        return JSONResponse({"data": database.rows(FIRST)})

    async def deep(request: Request) -> Response:
        key = (int(request.query_params["amount"]), int(request.query_params["id"]))
        return JSONResponse({"data": database.rows(DEEP, key)})

    async def search(request: Request) -> Response:
        return JSONResponse({"data": database.found(SHOWN, FROM, request.query_params["q"], "won", PAGE)})

    async def record(request: Request) -> Response:
        return JSONResponse(database.rows(RECORD, (int(request.path_params["id"]),))[0])

    async def create(request: Request) -> Response:
        given = await request.json()
        number = next(ids)
        database.insert([(number, *(given[name] for name in COLUMNS))])
        return JSONResponse({"id": number}, 201)

    async def change(request: Request) -> Response:
        given, number = await request.json(), int(request.path_params["id"])
        stored = database.rows(RECORD, (number,))[0]
        changes = {name: [stored[name], value] for name, value in given.items() if stored[name] != value}
        database.change(number, given, json.dumps(changes))
        return JSONResponse({"id": number})

    return Starlette(
        routes=[
            *(Route("/rows", rows), Route("/json", listed), Route("/deep", deep), Route("/search", search)),
            *(Route("/deal/{id}", record), Route("/deal", create, methods=["POST"])),
            Route("/deal/{id}", change, methods=["PATCH"]),
        ]
    )


if __name__ == "__main__":
    bring_in(opened(os.environ["LIMIT_DATABASE"]), sys.argv[1])
