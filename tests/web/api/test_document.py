from __future__ import annotations

from typing import Any

import jsonschema_rs
import pytest

from tests.product import Product
from tests.web.api.client import client_of

SCHEMA = "https://spec.openapis.org/oas/3.1/dialect/base"


@pytest.mark.parametrize("language", ["en", "zh-CN"])
def test_the_document_names_what_its_reader_may_reach(shared_b2b: Product, language: str) -> None:
    api = client_of(shared_b2b, scope="read", entities=["opportunity"])
    told = api.get("openapi.json", **{"accept-language": language})
    assert told["openapi"] == "3.1.0" and [tag["name"] for tag in told["tags"]] == ["opportunity"]
    assert {path.split("/")[3] for path in told["paths"] if path.count("/") > 2} == {"opportunity"}
    stage = told["components"]["schemas"]["opportunity"]["properties"]["stage"]
    assert "lead" in stage["enum"] or "demo" in stage["enum"]
    assert stage["title"] == {"en": "Stage", "zh-CN": "阶段"}[language]


def test_what_is_read_fits_the_schemas_and_every_schema_is_one(shared_b2b: Product) -> None:
    api = client_of(shared_b2b)
    told = api.get("openapi.json")
    schemas: dict[str, Any] = told["components"]["schemas"]
    for entity in ("opportunity", "account", "contact", "activity", "user"):
        root = {"$ref": f"#/components/schemas/{entity}", "components": {"schemas": schemas}}
        validator = jsonschema_rs.Draft202012Validator(root)
        for record in api.get(f"{entity}?limit=50")["data"]:
            validator.validate(record)
        validator.validate(api.get(f"{entity}/{record['id']}"))
    for schema in schemas.values():
        jsonschema_rs.meta.validate({**schema, "$schema": "https://json-schema.org/draft/2020-12/schema"})


def test_every_name_of_the_document_is_written_in_it_once(shared_b2b: Product) -> None:
    told = client_of(shared_b2b).get("openapi.json")
    ids = [each["operationId"] for item in told["paths"].values() for each in item.values() if isinstance(each, dict)]
    assert len(ids) == len(set(ids)) > 50
    text, found = str(told), set[str]()
    for kind, named in told["components"].items():
        found |= {f"#/components/{kind}/{name}" for name in named}
    used = {part.split("'")[0] for part in text.split("'$ref': '")[1:]}
    assert used <= found


def test_a_person_reads_the_document_and_the_guide_in_a_browser(shared_b2b: Product) -> None:
    mei = shared_b2b.enter("mei")
    assert mei.client.get("/api/v1/openapi.json").json()["openapi"] == "3.1.0"
    assert shared_b2b.browser().client.get("/api/v1/openapi.json").status_code == 401
    guide = mei.open("/api/docs")
    assert "Authorization: Bearer crm_…" in guide.words and guide.named("conflict")
    page = guide.follow("Opportunities")
    assert "/api/v1/opportunity/{id}" in page.words and "close_date" in page.words
    assert "curl 'http://crm.example.com/api/v1/opportunity?" in page.words
    assert mei.open("/api/docs/nothing").status == 404


def test_the_guide_is_there_in_chinese(shared_b2b: Product) -> None:
    browser = shared_b2b.enter("dana")
    browser.client.headers["accept-language"] = "zh-CN"
    assert "API 文档" in browser.open("/api/docs").words
