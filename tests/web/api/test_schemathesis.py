"""Requests made from the API's own document, right ones and wrong ones: no defect, nothing undocumented."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import schemathesis
from hypothesis import HealthCheck, given, settings, strategies as st
from hypothesis.errors import Unsatisfiable
from schemathesis.checks import not_a_server_error
from schemathesis.generation import GenerationMode
from schemathesis.python import asgi
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    negative_data_rejection,
    response_headers_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from tests.product import Product, found, running
from tests.web.api.client import client_of, token_of

BLUEPRINT = Path(__file__).parent.parent.parent / "blueprints" / "every_type"
EXAMPLES = 100 if os.environ.get("CRM_PROVE") else 4
CHECKS = [
    not_a_server_error,
    status_code_conformance,
    content_type_conformance,
    response_headers_conformance,
    response_schema_conformance,
]


@pytest.fixture(scope="module")
def every_type(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Product]:
    folder = tmp_path_factory.mktemp("every_type")
    found(folder, str(BLUEPRINT))
    with running(folder, api_rate=0) as product:
        yield product


@pytest.mark.parametrize("mode", [GenerationMode.POSITIVE, GenerationMode.NEGATIVE])
def test_every_request_gets_an_answer_of_the_document(every_type: Product, mode: GenerationMode) -> None:
    api = client_of(every_type, "mei")
    schema = schemathesis.openapi.from_dict(api.get("openapi.json"))
    schema.app = every_type.app
    headers = {"Authorization": f"Bearer {token_of(every_type, 'mei')}"}
    known = {name: [each["id"] for each in api.get(f"{name}?limit=3")["data"]] for name in ("thing", "note", "user")}
    with asgi.get_client(every_type.app) as session:
        for operation in (result.ok() for result in schema.get_all_operations()):
            try:
                strategy = operation.as_strategy(generation_mode=mode)
                _try(strategy, known, session, headers, mode)
            except Unsatisfiable:
                assert mode is GenerationMode.NEGATIVE


def _try(strategy: Any, known: dict[str, list[str]], session: Any, headers: dict[str, str], mode: Any) -> None:
    @settings(max_examples=EXAMPLES, deadline=None, database=None, suppress_health_check=list(HealthCheck))
    @given(case=strategy, real=st.booleans())
    def ask(case: Any, real: bool) -> None:
        entity = case.path.split("/")[3] if case.path.count("/") > 2 else ""
        if real and mode is GenerationMode.POSITIVE and "id" in case.path_parameters and known.get(entity):
            case.path_parameters["id"] = known[entity][0]
        judged = mode is GenerationMode.NEGATIVE and not case.path.endswith("/bulk")
        checks = [*CHECKS, *([negative_data_rejection] if judged else [])]
        case.call_and_validate(session=session, headers=headers, checks=checks)

    ask()
