"""What is measured: each piece of work as the product does it and as it is done by hand, and the bound of the ratio."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import quote, urlencode

from benchmarks.asking import Client, Question
from benchmarks.made import COLUMNS, SEARCHED, deals

FIELDS = "fields=name,account,owner,stage,amount,close_date,source,rating&expand=account,owner"
LIST = "/e/deal/v/all"
API = "/api/v1/deal"
DEEP = 0.9
"""The part of all rows that stands before the deep page."""
MOST = 200
"""Rows of a page on the way to the deep one."""


@dataclass(frozen=True)
class Work:
    name: str
    ours: Question
    limit: Question
    most: float
    """The bound: processor time of the product, in times of the limit's."""


def works(ours: Client, limit: Client, cookie: str, token: str, rows: int) -> Iterator[Work]:
    page = {"cookie": cookie, "accept-encoding": "identity", "accept-language": "en"}
    part = {**page, "hx-request": "true", "hx-target": "list"}
    api = {"authorization": f"Bearer {token}", "accept-language": "en"}
    yield Work("rows of a list, HTML", Question(LIST, headers=part), Question("/rows"), 2)
    yield Work("whole page of a list, HTML", Question(LIST, headers=page), Question("/rows"), 4)
    yield Work("list, JSON", Question(f"{API}?{FIELDS}&limit=50&view=all", headers=api), Question("/json"), 2.5)
    cursor, key = _deep(ours, api, int(rows * DEEP))
    deep = Question(f"{API}?{FIELDS}&limit=50&view=all&cursor={quote(cursor)}", headers=api)
    yield Work(f"page behind row {int(rows * DEEP):,}, JSON", deep, Question(f"/deep?{urlencode(key)}"), 2.5)
    found = Question(f"{API}?{FIELDS}&limit=50&view=all&q={SEARCHED}&f=stage:any_of:won", headers=api)
    yield Work("word and filter, JSON", found, Question(f"/search?q={SEARCHED}"), 3)
    first = json.loads(ours.ask(Question(f"{API}?limit=1&fields=id", headers=api)))["data"][0]["id"]
    yield Work("a record, JSON", Question(f"{API}/{first}", headers=api), Question("/deal/77"), 3)
    account = json.loads(ours.ask(Question("/api/v1/account?limit=1&fields=id", headers=api)))["data"][0]["id"]
    given, stored = new_deals(account)
    create = Question(API, "POST", api, lambda number: {**given, "name": f"New deal {number}"}, 201)
    yield Work("create", create, Question("/deal", "POST", {}, lambda n: {**stored, "name": f"New deal {n}"}, 201), 4)
    change = Question(f"{API}/{first}", "PATCH", api, lambda number: {"next_step": f"Step {number}", "pieces": number})
    hand = Question("/deal/77", "PATCH", {}, lambda number: {"next_step": f"Step {number}", "pieces": number})
    yield Work("update", change, hand, 4)


def new_deals(account: str) -> tuple[dict[str, object], dict[str, object]]:
    """One deal as the API takes it, and as the table of the limit keeps it."""
    text = dict(zip(COLUMNS, next(deals(1)), strict=True))
    numbers = {name: int(text[name]) for name in ("pieces", "rating")}
    moment = text["first_call"].replace(" ", "T") + "Z"
    given = {**text, **numbers, "account": account, "renewal": text["renewal"] == "yes", "first_call": moment}
    exact = {name: int(float(text[name]) * 100) for name in ("amount", "cost", "score")}
    stored: dict[str, object] = {
        **text,
        **numbers,
        **exact,
        "account": 7,
        "renewal": 1,
        "discount": int(text["discount"]),
    }
    return given, stored


def _deep(client: Client, headers: dict[str, str], rows: int) -> tuple[str, dict[str, int]]:
    """The cursor behind that many rows, walked to page by page, and the same place by hand: cents and id."""
    cursor = ""
    last: dict[str, str] = {}
    for _ in range(rows // MOST):
        behind = f"&cursor={quote(cursor)}" if cursor else ""
        question = Question(f"{API}?fields=amount&limit={MOST}&view=all{behind}", headers=headers)
        answer = json.loads(client.ask(question))
        cursor, last = answer["next_cursor"], answer["data"][-1]
    return cursor, {"amount": int(last["amount"].replace(".", "")), "id": 2**40}
