"""The values of parameters in a workspace: given when it is founded, kept until they are given anew."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import pytest

from engine.compiling import editor_schema
from engine.publishing.founding import BlueprintBroken, Founder
from engine.publishing.workspace import Workspace

TEXT = """
blueprint: {id: club, version: 1.0.0, title: "Club of ${param.town}"}
settings: {languages: [en]}
parameters:
  fee: {type: money, default: 10}
  town: {type: text, default: Basle}
  boats: {type: boolean, default: false}
entities:
  member:
    label: "Member in ${param.town}"
    title: name
    fields:
      name: {type: text}
      fee: {type: money, default: "=param.fee"}
      boat: {type: text, when_param: boats}
roles:
  admin: {admin: true, entities: {"*": {read: all, create: true}}}
"""


@pytest.fixture
def club(folder: Path) -> Path:
    (folder / "blueprint.yaml").write_text(TEXT, encoding="utf-8")
    return folder


def found(founder: Founder, folder: Path, values: Mapping[str, str]) -> Workspace:
    return founder.found(folder, None, False, lambda done, total: None, values=values)


def seen(workspace: Workspace | None) -> tuple[str, str, bool]:
    assert workspace is not None
    member = workspace.blueprint.entities["member"]
    fee = workspace.blueprint.parameters["fee"].value
    return str(fee), member.label.in_("en"), "boat" in member.fields


def test_a_workspace_runs_with_the_values_it_was_founded_with(founder: Founder, club: Path) -> None:
    assert seen(found(founder, club, {"fee": "12.5"})) == ("12.50", "Member in Basle", False)
    assert seen(founder.open()) == ("12.50", "Member in Basle", False)


def test_values_are_kept_until_they_are_given_anew(founder: Founder, club: Path) -> None:
    workspace = found(founder, club, {"fee": "12.5"})
    assert founder.update(club, workspace) is workspace
    assert seen(founder.update(club, workspace, {"boats": "true"})) == ("12.50", "Member in Basle", True)
    (club / "blueprint.yaml").write_text(TEXT.replace("version: 1.0.0", "version: 1.0.1"), encoding="utf-8")
    assert seen(founder.update(club, workspace, {"fee": "8", "town": "30"})) == ("8.00", "Member in 30", True)


def test_a_value_that_does_not_fit_is_told_and_nothing_is_founded(founder: Founder, club: Path) -> None:
    with pytest.raises(BlueprintBroken) as broken:
        found(founder, club, {"fee": "much", "twon": "Berne"})
    assert list(broken.value.compiled.problems.lines()) == [
        "fee=much:1:1 E218 the default does not fit the field: "
        "This is not a number. Write it like 1234.50 or 1,234.50.",
        'twon=Berne:1:1 E243 there is no parameter "twon"; did you mean "town"?',
    ]
    assert founder.open() is None


def test_editors_know_that_any_node_may_depend_on_a_parameter() -> None:
    entity = editor_schema()["properties"]["entities"]["additionalProperties"]
    assert entity["properties"]["when_param"]["type"] == ["string", "object"]
