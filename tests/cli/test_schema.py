import json
from pathlib import Path

import jsonschema

from tests.cli.outcome import Run


def test_the_schema_is_draft_7(run: Run) -> None:
    schema = json.loads(run("schema").output)
    jsonschema.Draft7Validator.check_schema(schema)
    assert schema["$schema"] == "http://json-schema.org/draft-07/schema#"


def test_the_schema_of_a_blueprint_knows_its_entities(run: Run, small: Path) -> None:
    assert "note" in json.loads(run("schema", small).output)["properties"]["entities"]["properties"]


def test_a_broken_blueprint_gives_the_schema_without_its_names(run: Run, small: Path) -> None:
    small.write_text("nonsense: true\n")
    outcome = run("schema", small)
    assert (outcome.code, json.loads(outcome.output)) == (0, json.loads(run("schema").output))
    assert outcome.errors == f"{small} has problems, so its own names are left out; crm check tells them.\n"
