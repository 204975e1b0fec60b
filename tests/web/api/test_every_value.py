"""Every field type through the API: what programs write in JSON is given and taken back unchanged."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings, strategies as st

from tests.product import found, running
from tests.web.api.client import Client, client_of

BLUEPRINT = Path(__file__).parent.parent.parent / "blueprints" / "every_type"
VALUES = {
    "colour": "red",
    "palette": ["green", "blue"],
    "contact": {"family": "Lovelace", "given": "Ada"},
    "home": {"street": "1 Main St", "city": "Springfield", "postcode": "62701", "country": "USA"},
    "period": {"first": "2026-03-01"},
    "spot": {"latitude": "31.23", "longitude": "121.47"},
    "data": '{\n  "b": 1.10\n}',
    "words": ["new", "木"],
    "weight": "12.500",
    "price": "1200.50",
    "share": "12.50",
    "effort": 90,
    "rating": 3,
    "pieces": 7,
    "ready": True,
    "due": "2026-03-04",
    "met_at": "2026-03-04T09:30:00Z",
    "opens": "14:15",
    "brand": "#aabbcc",
    "email": "ada@example.com",
    "phone": "+8613912345678",
    "site": "https://example.com",
    "story": "Line one\nLine two",
    "reason": None,
}


@pytest.fixture(scope="module")
def api(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Client]:
    folder = tmp_path_factory.mktemp("every_type")
    found(folder, str(BLUEPRINT))
    with running(folder, api_rate=0) as product:
        yield client_of(product, "mei")


def test_every_kind_of_value_is_read_as_it_was_written(api: Client) -> None:
    made = api.send("POST", "thing", {"name": "Shelf", "palette": ["blue"]} | VALUES)
    assert made.status_code == 201, made.text
    told = made.json()
    assert {name: told[name] for name in VALUES} == VALUES
    again = api.send("PATCH", f"thing/{told['id']}", told)
    assert again.status_code == 200 and again.json() == told


@settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))
@given(text=st.text(max_size=60), number=st.decimals(0, 9999999, places=3), count=st.integers(0, 5000))
def test_what_the_api_takes_it_gives_back_and_takes_again(api: Client, text: str, number: Any, count: int) -> None:
    body = {"name": "Any", "story": text, "weight": str(number), "pieces": count}
    made = api.send("POST", "thing", body)
    if made.status_code == 201:
        told = made.json()
        again = api.send("PATCH", f"thing/{told['id']}", told).json()
        assert again == told and told["weight"] == str(number) and told["pieces"] == count
    else:
        assert made.status_code in (400, 422), made.text


def test_a_secret_is_never_told_and_a_program_may_write_it(api: Client) -> None:
    refused = api.send("POST", "thing", {"name": "Safe", "key": "open-sesame"})
    assert "open-sesame" not in refused.text
    assert "key" not in api.get("thing?limit=1")["data"][0]
